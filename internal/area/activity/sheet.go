package activity

import (
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
)

// Limits of a file to import.
const (
	MaxFile    = 128 << 20 // bytes
	MaxRows    = 500_000
	maxColumns = 500
	maxRow     = 1 << 20 // bytes of a row; what is longer is set aside
)

// sheet is a file of rows that another program wrote: text in columns, a workbook, or JSON objects, one per line or in a list.
type sheet struct {
	text    string
	head    int  // the line of the headings, of a table
	json    bool // objects
	lines   bool // one per line
	start   int  // where the list begins
	broken  bool // an object of it does not end
	wide    bool // the row of the headings holds more columns than are read
	columns []column
	rows    *input.Splitter // of a table
	book    *workbook       // that the text comes from; nil for a text
}

// column is where a value of a record stands.
type column struct {
	name string
	cell int    // of a table; -1 in a file of objects
	path string // in the JSON of the cell or of the record; "" for the cell itself
}

// record is one row; fault is set where it cannot be read.
type record struct {
	line  int
	part  int // of an object that tells of several acts
	cells []input.Cell
	inner map[int]map[string]string // the JSON in cells, and in the record at -1
	raw   string
	fault string
}

// value is what a record has in a column.
func (r *record) value(c column) string {
	if c.path == "" {
		if c.cell < len(r.cells) {
			return r.cells[c.cell].Text
		}
		return ""
	}
	found, read := r.inner[c.cell]
	if !read && c.cell < len(r.cells) {
		list, _ := flatten(r.cells[c.cell].Text)
		if len(list) > 0 {
			found = list[0]
		}
		if r.inner == nil {
			r.inner = map[int]map[string]string{}
		}
		r.inner[c.cell] = found
	}
	return found[c.path]
}

// limits are what a file may bring; how many rows are taken is asked later.
var limits = input.Limits{Bytes: MaxFile, Rows: 4 * MaxRows, Columns: maxColumns, Cell: maxRow}

// openSheet recognises the form of a file and reads its columns; watch hears how many bytes of it were read, and ends it
// with its error.
func openSheet(data string, watch func(done int) error) (*sheet, error) {
	if len(data) > MaxFile {
		return nil, fault.New(fault.Invalid, "import_too_large").With("max", strconv.Itoa(MaxFile>>20)+" MB")
	}
	s := &sheet{}
	var err error
	if isWorkbook(data) {
		if data, s.book, err = readWorkbook(data); err != nil {
			return nil, err
		}
	}
	var ok bool
	if s.text, ok = input.DecodeString(data); !ok {
		return nil, fault.New(fault.Invalid, "file_unreadable")
	}
	first := strings.TrimLeft(s.text, " \t\r\n")
	if first == "" {
		return nil, fault.New(fault.Invalid, "file_empty")
	}
	if s.json = s.book == nil && (first[0] == '{' || first[0] == '['); s.json {
		s.findList(len(s.text) - len(first))
		err = s.findKeys(watch)
	} else {
		s.findHead()
	}
	if s.wide {
		return nil, fault.New(fault.Invalid, input.FileTooWide)
	}
	if err == nil && len(s.columns) == 0 {
		err = fault.New(fault.Invalid, "file_unreadable")
	}
	return s, err
}

// Where headings are looked for: how many title rows may stand above them, and how many rows below tell what they hold.
const (
	above = 20
	below = 60
)

// findHead looks for the headings: the row among the first in which most of them are known, or else the first. Columns
// without a heading, and what JSON in cells holds, are columns, too.
func (s *sheet) findHead() {
	in, first := input.NewSplitter(s.text), []input.Row{}
	for row, ok := in.Next(limits); ok && len(first) <= above+below; row, ok = in.Next(limits) {
		first = append(first, row)
	}
	at, best := 0, -1
	for i, r := range first[:min(len(first), above+1)] {
		if known := len(suggest(heads(r))); r.Fault == "" && known > best {
			at, best = i, known
		}
	}
	if best < 0 {
		s.wide = len(first) > 0 && first[0].Fault == "too_many_columns"
		return
	}
	s.head, s.columns = first[at].Line, heads(first[at])
	under := first[at+1:]
	usual := map[int]int{}
	for _, r := range under {
		usual[len(r.Cells)]++
	}
	for n := len(s.columns); n < maxColumns && usual[n+1]*2 > len(under); n++ {
		s.columns = append(s.columns, column{name: "(" + strconv.Itoa(n+1) + ")", cell: n})
	}
	for _, c := range slices.Clone(s.columns) {
		s.columns = append(s.columns, within(c, under)...)
	}
	s.columns = s.columns[:min(len(s.columns), maxColumns)]
}

func heads(r input.Row) []column {
	list := []column{}
	for i := range r.Cells {
		list = append(list, column{name: text.OneLine(r.Cell(i).Text), cell: i})
	}
	for len(list) > 0 && list[len(list)-1].name == "" {
		list = list[:len(list)-1]
	}
	return list
}

// within are the columns of the JSON objects that a column holds.
func within(c column, rows []input.Row) []column {
	seen, list := map[string]bool{}, []column{}
	for _, r := range rows {
		cell := r.Cell(c.cell).Text
		if cell == "" {
			continue
		}
		if cell[0] != '{' {
			return nil
		}
		objects, keys := flatten(cell)
		if objects == nil {
			return nil
		}
		for _, key := range keys {
			if !seen[key] {
				seen[key] = true
				list = append(list, column{name: c.name + "." + key, cell: c.cell, path: key})
			}
		}
	}
	return list
}

// names are what the columns are called.
func (s *sheet) names() []string {
	list := make([]string, len(s.columns))
	for i, c := range s.columns {
		list[i] = c.name
	}
	return list
}

// each hands every row to fn, with how many bytes were read; an error of fn ends it.
func (s *sheet) each(fn func(r *record, done int) error) error {
	if s.json {
		return s.eachObject(fn)
	}
	s.rows = input.NewSplitter(s.text)
	for row, ok := s.rows.Next(limits); ok; row, ok = s.rows.Next(limits) {
		if row.Line <= s.head {
			continue
		}
		if s.book != nil {
			row = s.book.place(row)
		}
		r := s.row(row)
		if err := fn(&r, len(s.text)-s.rows.Left()); err != nil {
			return err
		}
	}
	return nil
}

// row is the record of a row of a table. One with more cells than there are columns is not guessed at: a separator may
// stand in one of them.
func (s *sheet) row(row input.Row) record {
	r := record{line: row.Line, raw: row.Raw, cells: row.Cells}
	width := 0
	for _, c := range s.columns {
		width = max(width, c.cell+1)
	}
	for i := width; i < len(row.Cells); i++ {
		if row.Cell(i).Text != "" {
			r.fault = "too_many_cells"
		}
	}
	switch row.Fault {
	case "":
	case "too_long":
		r.fault = "row_too_long"
	default:
		r.fault = "not_a_row"
	}
	return r
}

// again reads a record anew that each gave before.
func (s *sheet) again(raw string, line, part int) record {
	if s.json {
		list := objects(raw, line)
		return list[min(part, len(list)-1)]
	}
	return s.row(s.rows.Again(raw, line, limits))
}
