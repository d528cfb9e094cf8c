package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// lines writes a JSON object per row, its keys in the order of the columns. Nothing is guarded: no spreadsheet opens it.
type lines struct {
	out     *bufio.Writer
	columns []string
	err     error
}

// newLines begins a file whose objects have these keys.
func newLines(w io.Writer, columns ...string) *lines {
	return &lines{out: bufio.NewWriter(w), columns: columns}
}

// Row writes one object; cells beyond the columns are left out.
func (l *lines) Row(cells ...Cell) {
	for i, cell := range cells[:min(len(cells), len(l.columns))] {
		l.write([]byte(map[bool]string{true: "{", false: ","}[i == 0]))
		l.write(literal(l.columns[i]))
		l.write([]byte(":"))
		if cell.number {
			l.write([]byte(jsonNumber(cell.text)))
		} else {
			l.write(literal(cell.text))
		}
	}
	l.write([]byte("}\n"))
}

// Flush writes what is left. Call it once, at the end.
func (l *lines) Flush() error {
	if l.err == nil {
		l.err = l.out.Flush()
	}
	return l.err
}

func (l *lines) write(b []byte) {
	if l.err == nil {
		_, l.err = l.out.Write(b)
	}
}

func literal(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return bytes.TrimRight(b.Bytes(), "\n")
}

// jsonNumber takes leading zeros away, which decimal text may have and JSON may not.
func jsonNumber(decimal string) string {
	sign := ""
	if decimal[0] == '-' {
		sign, decimal = "-", decimal[1:]
	}
	for len(decimal) > 1 && decimal[0] == '0' && decimal[1] != '.' {
		decimal = decimal[1:]
	}
	return sign + decimal
}

// MaxSheetRows is how many rows a sheet of a workbook can hold; what follows goes on in another sheet.
const MaxSheetRows = 1_048_576

// workbookFile writes an XLSX file. Cells are typed: text is never a formula, and numbers are numbers.
type workbookFile struct {
	out    io.Writer
	file   *excelize.File
	sheet  *excelize.StreamWriter
	name   string
	sheets int
	row    int
	head   []Cell
	bold   int
	dated  map[int]int // styles of days and moments, by how long they are when written
	placed map[int]int // styles of figures, by their decimal places
	err    error
}

// maker is who a workbook says made it.
const maker = "Kontor"

// newWorkbook begins a workbook whose sheet has a name and a first row that stays in sight.
func newWorkbook(w io.Writer, name string, head ...Cell) *workbookFile {
	b := &workbookFile{out: w, file: excelize.NewFile(), name: name, head: head}
	b.bold, b.err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	b.dated, b.placed = map[int]int{}, map[int]int{}
	if b.err == nil { // whose file it is: a library says somebody else's name and year
		at := time.Now().UTC().Format(time.RFC3339)
		b.err = b.file.SetDocProps(&excelize.DocProperties{Creator: maker, LastModifiedBy: maker, Title: name, Created: at, Modified: at})
	}
	if b.err == nil {
		b.err = b.file.SetAppProps(&excelize.AppProperties{Application: maker})
	}
	for _, form := range []string{"yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss"} {
		if b.err == nil {
			b.dated[len(form)], b.err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &form})
		}
	}
	b.next()
	return b
}

// next begins another sheet.
func (b *workbookFile) next() {
	if b.err != nil {
		return
	}
	b.sheets++
	name := b.name
	if b.sheets == 1 {
		b.err = b.file.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s %d", b.name, b.sheets)
		_, b.err = b.file.NewSheet(name)
	}
	if b.err == nil {
		b.sheet, b.err = b.file.NewStreamWriter(name)
	}
	if b.err == nil {
		b.err = b.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	if b.err == nil && len(b.head) > 0 {
		const narrow, wide = 20, 60 // signs: a date that does not fit is shown as a row of #
		for i, head := range b.head {
			if b.err == nil {
				b.err = b.sheet.SetColWidth(i+1, i+1, float64(min(max(narrow, utf8.RuneCountInString(head.text)+2), wide)))
			}
		}
	}
	b.row = 0
	b.put(b.head, b.bold)
}

// Row writes one row.
func (b *workbookFile) Row(cells ...Cell) {
	if b.err == nil && b.row == MaxSheetRows {
		b.err = b.sheet.Flush()
		b.next()
	}
	b.put(cells, 0)
}

func (b *workbookFile) put(cells []Cell, style int) {
	if b.err != nil {
		return
	}
	values := make([]any, len(cells))
	for i, cell := range cells {
		kind := style
		switch _, places, _ := strings.Cut(cell.text, "."); {
		case !cell.moment.IsZero():
			kind = b.dated[len(cell.text)]
		case cell.number && places != "":
			kind = b.figure(len(places))
		}
		values[i] = excelize.Cell{StyleID: kind, Value: typed(cell)}
	}
	b.row++
	b.err = b.sheet.SetRow(fmt.Sprintf("A%d", b.row), values)
}

// figure is the style of figures with so many decimal places, in groups of three: 9.90 does not show as 9.9.
func (b *workbookFile) figure(places int) int {
	style, there := b.placed[places]
	if !there && b.err == nil {
		form := "#,##0." + strings.Repeat("0", places)
		style, b.err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &form})
		b.placed[places] = style
	}
	return style
}

// typed is the cell's value as a workbook keeps it. XLSX keeps every number as a binary fraction, which gives back up to
// 15 digits as they were; what has more, such as a long reference, stays text, so that no digit is lost.
// Days and moments are days since the end of 1899, as a workbook counts, so that they can be sorted and filtered.
func typed(cell Cell) any {
	if !cell.moment.IsZero() {
		return cell.moment.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
	}
	const exact = 15
	if !cell.number || len(cell.text) > exact {
		return cell.text
	}
	n, err := json.Number(cell.text).Float64()
	if err != nil {
		return cell.text
	}
	return n
}

// Flush writes the file. Call it once, at the end.
func (b *workbookFile) Flush() error {
	if b.err == nil {
		b.err = b.sheet.Flush()
	}
	if b.err == nil {
		b.err = b.file.Write(b.out)
	}
	if err := b.file.Close(); b.err == nil {
		b.err = err
	}
	return b.err
}
