package export

import "io"

// Field is a column of a file for spreadsheets: its heading, and what stands below it in the row of an R. The two are
// one declaration, so that no figure comes to stand under another's heading.
type Field[R any] struct {
	Title string
	Of    func(R) Cell
}

// TextField is a Field of words.
func TextField[R any](title string, of func(R) string) Field[R] {
	return Field[R]{Title: title, Of: func(r R) Cell { return Text(of(r)) }}
}

// NumberField is a Field of decimal text as package money writes it.
func NumberField[R any](title string, of func(R) string) Field[R] {
	return Field[R]{Title: title, Of: func(r R) Cell { return Number(of(r)) }}
}

// WriteCSV writes lines of text, then the headings, then one row for each of rows.
func WriteCSV[R any](w io.Writer, f Format, lead []string, rows []R, fields ...Field[R]) error {
	out := NewCSV(w, f)
	for _, line := range lead {
		out.Row(Text(line))
	}
	out.Row(titles(fields)...)
	return fill(out, rows, fields)
}

// WriteWorkbook writes an XLSX file with one sheet of that name: the headings, then one row for each of rows.
func WriteWorkbook[R any](w io.Writer, name string, rows []R, fields ...Field[R]) error {
	return fill(NewWorkbook(w, name, titles(fields)...), rows, fields)
}

func titles[R any](fields []Field[R]) []Cell {
	head := make([]Cell, 0, len(fields))
	for _, f := range fields {
		head = append(head, Text(f.Title))
	}
	return head
}

func fill[R any](out Table, rows []R, fields []Field[R]) error {
	for _, r := range rows {
		cells := make([]Cell, 0, len(fields))
		for _, f := range fields {
			cells = append(cells, f.Of(r))
		}
		out.Row(cells...)
	}
	return out.Flush()
}

// PaperColumn is a column of a table on paper: its heading, and what stands below it in the row of an R, as it shall
// stand. The two are one declaration, so that no figure comes to stand under another's heading. TextColumn and
// FigureColumn make one.
type PaperColumn[R any] struct {
	column Column
	of     func(R) string
}

// TextColumn is a column of words; width is in parts of the whole.
func TextColumn[R any](title string, width float64, of func(R) string) PaperColumn[R] {
	return PaperColumn[R]{Column{Title: title, Width: width}, of}
}

// FigureColumn is a column of figures, which stand at the right; width is in parts of the whole.
func FigureColumn[R any](title string, width float64, of func(R) string) PaperColumn[R] {
	return PaperColumn[R]{Column{Title: title, Width: width, Right: true}, of}
}

// PaperTable is the rows of a paper's part below their headings. Only PaperTableOf makes one.
type PaperTable struct {
	columns []Column
	rows    [][]string
}

// PaperTableOf lays out one row for each of rows.
func PaperTableOf[R any](rows []R, columns ...PaperColumn[R]) PaperTable {
	var t PaperTable
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
