package input

import (
	"strconv"
	"strings"

	"kontor/internal/core/fault"
)

// Cell is one field of a table.
type Cell struct {
	Text  string
	Exact bool // a spreadsheet kept it as a figure or a day: Text is "-1234.5" or "2026-11-20" and has one meaning
}

// Row is one record of a file.
type Row struct {
	Line  int // where it begins, from 1
	Cells []Cell
	Raw   string // as it stands in the file; "" in a workbook
	Fault string // why it cannot be read: bad_quotes, too_many_columns, too_long; "" if it can
}

// Cell is the cell of a column, without blanks around it; a short row has empty ones.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	c := r.Cells[column]
	c.Text = strings.TrimSpace(c.Text)
	return c
}

// Empty tells whether a row has nothing in it.
func (r Row) Empty() bool {
	for i := range r.Cells {
		if r.Cell(i).Text != "" {
			return false
		}
	}
	return r.Fault == ""
}

// Limits are what a file may bring.
type Limits struct {
	Bytes   int
	Rows    int // above which reading ends with too_many_rows
	Columns int
	Cell    int // bytes of one cell
}

// Refused are the reasons for which a file is refused as a whole, as Invalid.
const (
	FileTooLarge = "file_too_large"     // max: MiB
	FileNotText  = "file_not_text"      // neither text nor a workbook
	FileTooMany  = "file_too_many_rows" // max
	FileEmpty    = "file_empty"
)

// EachRow reads the rows of a text file one after the other: separated by semicolons, commas, tabs or upright strokes,
// whichever its first rows have in common, or by what a line "sep=;" says. Empty rows are left out. An error of each ends
// the reading. A row with a fault is handed on like the others; it spoils nobody else's.
func EachRow(data []byte, l Limits, each func(Row) error) error {
	if len(data) > l.Bytes {
		return fault.New(fault.Invalid, FileTooLarge).With("max", strconv.Itoa(l.Bytes>>20)+" MiB")
	}
	s, ok := Decode(data)
	if !ok {
		return fault.New(fault.Invalid, FileNotText)
	}
	return SplitRows(s, l, each)
}

// SplitRows is EachRow for a text that was decoded before; its size is not looked at.
func SplitRows(s string, l Limits, each func(Row) error) error {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	in := splitter{rest: s, line: 1}
	if comma, ok := in.declared(); ok {
		in.comma = comma
	} else {
		in.comma = delimiter(s)
	}
	count := 0
	for in.rest != "" {
		row := in.next(l)
		if row.Empty() {
			continue
		}
		if count++; count > l.Rows {
			return fault.New(fault.Invalid, FileTooMany).With("max", strconv.Itoa(l.Rows))
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return nil
}

// Rows reads all rows of a text file; see EachRow.
func Rows(data []byte, l Limits) (rows []Row, err error) {
	err = EachRow(data, l, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	return rows, err
}

var delimiters = []byte{';', '\t', ',', '|'}

// delimiter is the sign that parts the columns: the one by which most of the first lines fall into the same number of
// them. The sign that comes first in the text wins a tie.
func delimiter(s string) byte {
	const look = 60
	best, bestLines, bestFirst := byte(';'), 0, len(s)
	for _, comma := range delimiters {
		in := splitter{rest: s, line: 1, comma: comma}
		widths := map[int]int{}
		for n := 0; n < look && in.rest != ""; n++ {
			if row := in.next(Limits{Columns: 1000, Cell: 1 << 16}); len(row.Cells) > 1 {
				widths[len(row.Cells)]++
			}
		}
		lines := 0
		for _, n := range widths {
			lines = max(lines, n)
		}
		if first := strings.IndexByte(s, comma); lines > bestLines || lines == bestLines && lines > 0 && first < bestFirst {
			best, bestLines, bestFirst = comma, lines, first
		}
	}
	return best
}

// splitter cuts a text into rows. It differs from encoding/csv in what it does with quotes that are wrong: one in the middle
// of a cell is a sign like any other, and one that is never closed spoils its own line only.
type splitter struct {
	rest  string
	line  int
	comma byte
}

// declared takes a first line "sep=;" off.
func (in *splitter) declared() (comma byte, ok bool) {
	first, rest, _ := strings.Cut(in.rest, "\n")
	first = strings.Trim(first, `"`)
	if len(first) != len("sep=;") || !strings.EqualFold(first[:4], "sep=") {
		return 0, false
	}
	in.rest, in.line = rest, 2
	return first[4], true
}

func (in *splitter) next(l Limits) Row {
	row := Row{Line: in.line}
	size, ok := in.cells(&row)
	if !ok { // only this line
		size = strings.IndexByte(in.rest, '\n') + 1
		if size == 0 {
			size = len(in.rest)
		}
		row.Cells, row.Fault = nil, "bad_quotes"
	}
	row.Raw = strings.TrimRight(in.rest[:size], "\n")
	in.line += strings.Count(in.rest[:size], "\n")
	in.rest = in.rest[size:]
	if len(row.Cells) > l.Columns {
		row.Cells, row.Fault = row.Cells[:l.Columns], "too_many_columns"
	}
	for i := range row.Cells {
		if len(row.Cells[i].Text) > l.Cell {
			row.Cells[i].Text, row.Fault = "", "too_long"
		}
	}
	return row
}

// cells cuts the first row and gives its length; it fails where quotes are wrong.
func (in *splitter) cells(row *Row) (size int, ok bool) {
	s := in.rest
	at := 0
	for {
		start := at
		for at < len(s) && (s[at] == ' ' || s[at] == '\t' && in.comma != '\t') {
			at++
		}
		if at < len(s) && s[at] == '"' {
			text, end, ok := quoted(s, at+1)
			if !ok {
				return 0, false
			}
			for at = end; at < len(s) && s[at] == ' '; at++ {
			}
			if at < len(s) && s[at] != in.comma && s[at] != '\n' {
				return 0, false
			}
			row.Cells = append(row.Cells, Cell{Text: text})
		} else {
			for at = start; at < len(s) && s[at] != in.comma && s[at] != '\n'; at++ {
			}
			row.Cells = append(row.Cells, Cell{Text: s[start:at]})
		}
		switch {
		case at == len(s):
			return at, true
		case s[at] == in.comma:
			at++
		default:
			return at + 1, true
		}
	}
}

// quoted reads up to the closing quote and gives the place behind it.
func quoted(s string, at int) (text string, end int, ok bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(s[at:], '"')
		if i < 0 {
			return "", 0, false
		}
		b.WriteString(s[at : at+i])
		at += i + 1
		if at == len(s) || s[at] != '"' {
			return b.String(), at, true
		}
		b.WriteByte('"')
		at++
	}
}
