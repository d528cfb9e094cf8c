package export

import (
	"errors"
	"fmt"
	"io"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// Field is a column of a file for spreadsheets: its heading, and what stands below it in the row of an R. The two are
// one declaration, so that no figure comes to stand under another's heading. TextField and its like make
// one.
type Field[R any] struct {
	title string
	of    func(R) Cell
	is    part
}

// part is what a column is in a table of money.
type part int

const (
	other part = iota
	amount
	currency
	organization
)

// ErrNobodysMoney says that a table of money does not tell in which currency its amounts are, or whose they are.
var ErrNobodysMoney = errors.New("export: amounts without their currency or organization")

// AmountField is a Field of money; an amount without a currency is an empty cell. A table that has one is written only if it
// also has a CurrencyField, which says the currency of every amount in its row, and an OrganizationField: in a spreadsheet,
// sums of several files or of several currencies come together otherwise. It fails with ErrNobodysMoney.
func AmountField[R any](title string, of func(R) money.Amount) Field[R] {
	return Field[R]{title, func(r R) Cell {
		a := of(r)
		if a.Currency() == "" {
			return Cell{}
		}
		cell := Number(a.Decimal())
		cell.currency = a.Currency()
		return cell
	}, amount}
}

// CurrencyField is the Field of the currency in which the amounts of a row are.
func CurrencyField[R any](title string, of func(R) money.Currency) Field[R] {
	return Field[R]{title, func(r R) Cell { return Text(string(of(r))) }, currency}
}

// OrganizationField is the Field of the organization whose amounts stand in a row.
func OrganizationField[R any](title string, of func(R) string) Field[R] {
	return Field[R]{title, func(r R) Cell { return Text(of(r)) }, organization}
}

// TextField is a Field of words.
func TextField[R any](title string, of func(R) string) Field[R] {
	return Field[R]{title, func(r R) Cell { return Text(of(r)) }, other}
}

// NumberField is a Field of decimal text as package money writes it. Money itself is an AmountField.
func NumberField[R any](title string, of func(R) string) Field[R] {
	return Field[R]{title, func(r R) Cell { return Number(of(r)) }, other}
}

// DayField is a Field of days; no day is an empty cell.
func DayField[R any](title string, of func(R) day.Day) Field[R] {
	return Field[R]{title, func(r R) Cell { return Day(of(r)) }, other}
}

// MinuteField is a Field of moments on the clock of a zone, to the minute; the zero time is an empty cell.
func MinuteField[R any](title string, zone *time.Location, of func(R) time.Time) Field[R] {
	return Field[R]{title, func(r R) Cell { return Minute(of(r), zone) }, other}
}

// SecondField is a MinuteField to the second.
func SecondField[R any](title string, zone *time.Location, of func(R) time.Time) Field[R] {
	return Field[R]{title, func(r R) Cell { return Second(of(r), zone) }, other}
}

// CellField is a Field whose rows hold cells of more than one kind.
func CellField[R any](title string, of func(R) Cell) Field[R] { return Field[R]{title, of, other} }

// File takes one value after the other and writes a row for each, its cells below their headings.
type File[R any] struct {
	out    rows
	fields []Field[R]
	err    error
}

func newFile[R any](out rows, fields []Field[R]) *File[R] {
	there := map[part]bool{}
	for _, f := range fields {
		there[f.is] = true
	}
	file := &File[R]{out: out, fields: fields}
	if there[amount] && !(there[currency] && there[organization]) {
		file.err = ErrNobodysMoney
	}
	return file
}

// NewCSV begins a CSV file: lines of text, then the headings.
func NewCSV[R any](w io.Writer, f Format, lead []string, fields ...Field[R]) *File[R] {
	out := newCSV(w, f)
	for _, line := range lead {
		out.Row(Text(line))
	}
	out.Row(titles(fields)...)
	return newFile(out, fields)
}

// NewWorkbook begins an XLSX file whose sheet has a name; its headings stay in sight.
func NewWorkbook[R any](w io.Writer, name string, fields ...Field[R]) *File[R] {
	return newFile(newWorkbook(w, name, titles(fields)...), fields)
}

// NewLines begins a file of JSON lines; the headings are the keys.
func NewLines[R any](w io.Writer, fields ...Field[R]) *File[R] {
	keys := make([]string, 0, len(fields))
	for _, f := range fields {
		keys = append(keys, f.title)
	}
	return newFile(newLines(w, keys...), fields)
}

// Row writes the row of one value.
func (f *File[R]) Row(r R) {
	cells, in := make([]Cell, 0, len(f.fields)), ""
	for _, field := range f.fields {
		cell := field.of(r)
		if field.is == currency {
			in = cell.text
		}
		cells = append(cells, cell)
	}
	for _, cell := range cells {
		if f.err == nil && cell.currency != "" && string(cell.currency) != in {
			f.err = fmt.Errorf("%w: %s in a row of %q", ErrNobodysMoney, cell.currency, in)
		}
	}
	f.out.Row(cells...)
}

// Flush writes what is left and returns the first error. Call it once, at the end.
func (f *File[R]) Flush() error { return errors.Join(f.err, f.out.Flush()) }

func (f *File[R]) all(list []R) error {
	for _, r := range list {
		f.Row(r)
	}
	return f.Flush()
}

// WriteCSV writes lines of text, then the headings, then one row for each of list.
func WriteCSV[R any](w io.Writer, f Format, lead []string, list []R, fields ...Field[R]) error {
	return NewCSV(w, f, lead, fields...).all(list)
}

// WriteWorkbook writes an XLSX file with one sheet of that name: the headings, then one row for each of list.
func WriteWorkbook[R any](w io.Writer, name string, list []R, fields ...Field[R]) error {
	return NewWorkbook(w, name, fields...).all(list)
}

// Echo writes rows as they were read from somebody's file, headings included, as CSV.
func Echo(w io.Writer, f Format, list [][]string) error {
	out := newCSV(w, f)
	for _, row := range list {
		cells := make([]Cell, 0, len(row))
		for _, text := range row {
			cells = append(cells, Text(text))
		}
		out.Row(cells...)
	}
	return out.Flush()
}

func titles[R any](fields []Field[R]) []Cell {
	head := make([]Cell, 0, len(fields))
	for _, f := range fields {
		head = append(head, Text(f.title))
	}
	return head
}

// DocumentColumn is a column of a table on paper: its heading, and what stands below it in the row of an R, as it shall
// stand. The two are one declaration, so that no figure comes to stand under another's heading. TextColumn and
// FigureColumn make one.
type DocumentColumn[R any] struct {
	column column
	of     func(R) string
}

// TextColumn is a column of words; width is in parts of the whole.
func TextColumn[R any](title string, width float64, of func(R) string) DocumentColumn[R] {
	return DocumentColumn[R]{column{title: title, width: width}, of}
}

// FigureColumn is a column of figures, which stand at the right; width is in parts of the whole.
func FigureColumn[R any](title string, width float64, of func(R) string) DocumentColumn[R] {
	return DocumentColumn[R]{column{title: title, width: width, right: true}, of}
}

// DocumentTable is the rows of a document's part below their headings. Only DocumentTableOf makes one.
type DocumentTable struct {
	columns []column
	rows    [][]string
}

// DocumentTableOf lays out one row for each of rows.
func DocumentTableOf[R any](rows []R, columns ...DocumentColumn[R]) DocumentTable {
	var t DocumentTable
	for _, c := range columns {
		t.columns = append(t.columns, c.column)
	}
	for _, r := range rows {
		texts := make([]string, 0, len(columns))
		for _, c := range columns {
			texts = append(texts, c.of(r))
		}
		t.rows = append(t.rows, texts)
	}
	return t
}
