package activity

import (
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/export"
)

// workbook is what the text of a workbook does not tell: the rows in it of its lines, and which of them cannot be read.
type workbook struct {
	rows  map[int]int
	fault map[int]string
}

// isWorkbook tells an XLSX file, as far as it can be told by its beginning.
func isWorkbook(data string) bool { return strings.HasPrefix(data, "PK\x03\x04") }

// readWorkbook writes the first sheet of a workbook that has rows as text in columns, in which every cell stands as a person
// sees it, days as 2026-11-20.
func readWorkbook(data string) (string, *workbook, error) {
	rows, err := export.Read([]byte(data), limits)
	if err != nil {
		return "", nil, fault.Wrap(err, fault.Invalid, "file_unreadable")
	}
	b := &workbook{rows: map[int]int{}, fault: map[int]string{}}
	var text strings.Builder
	if len(rows) > 0 {
		text.WriteString("sep=;\n")
	}
	line := 2
	for _, row := range rows {
		b.rows[line] = row.Line
		if row.Fault != "" {
			b.fault[line] = row.Fault
		}
		for i, cell := range row.Cells {
			if i > 0 {
				text.WriteByte(';')
			}
			one := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(cell.Text)
			line += strings.Count(one, "\n")
			if strings.ContainsAny(one, ";\"\n") || one != strings.TrimSpace(one) {
				one = `"` + strings.ReplaceAll(one, `"`, `""`) + `"`
			}
			text.WriteString(one)
		}
		text.WriteByte('\n')
		line++
	}
	return text.String(), b, nil
}

// place puts a row of the text to where it stands in the workbook.
func (b *workbook) place(row input.Row) input.Row {
	if why := b.fault[row.Line]; why != "" {
		row.Fault = why
	}
	row.Line = b.rows[row.Line]
	return row
}
