package input

import (
	"slices"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// Field is what a column of a file can mean to an import.
type Field struct {
	Name     string
	Required bool
	Titles   []string // the headings by which it is known, in all languages, as text.Fold writes them
	Holds    Kind
	Unit     Unit // of figures
}

// Kind is what the cells of a column hold; marks are told apart for figures and days only.
type Kind int

// The kinds.
const (
	Words Kind = iota
	Numbers
	Dates
)

// Schema are the fields of an import, in the order of a form.
type Schema []Field

// Mapping says which column of a file fills which field (columns count from 0), and what the person answered where the
// file leaves its marks open. The window keeps it between the preview and the import.
type Mapping struct {
	Columns map[string]int `json:"columns"`
	Decimal string         `json:"decimal"` // "." or ","; "" leaves it to what the file tells by itself
	Order   string         `json:"order"`   // DayFirst or MonthFirst; ""
}

// Table is a file with its headings found.
type Table struct {
	Above []Row    // title rows above the headings
	Head  []string // the headings, tidied
	Line  int      // of the headings
	Rows  []Row
}

// maxAbove is how many title rows may stand above the headings.
const maxAbove = 20

// NewTable finds the headings: the row among the first that has most headings known to the schema, or else the first row
// as wide as most of them. It fails with Invalid/file_empty if there is no row below it, with Invalid/file_too_many_columns if
// it is wider than is read.
func NewTable(rows []Row, s Schema) (Table, error) {
	at, best := 0, 0
	for i, r := range rows[:min(len(rows), maxAbove+1)] {
		known := 0
		for _, f := range s {
			if f.column(titles(r)) >= 0 {
				known++
			}
		}
		if known > best {
			at, best = i, known
		}
	}
	if best == 0 {
		at = firstWide(rows)
	}
	switch {
	case len(rows) > at && rows[at].Fault == tooWide:
		return Table{}, fault.New(fault.Invalid, FileTooWide)
	case len(rows) <= at+1:
		return Table{}, fault.New(fault.Invalid, FileEmpty)
	}
	return Table{Above: rows[:at], Head: titles(rows[at]), Line: rows[at].Line, Rows: rows[at+1:]}, nil
}

func titles(r Row) []string {
	list := make([]string, len(r.Cells))
	for i := range r.Cells {
		list[i] = text.OneLine(r.Cell(i).Text)
	}
	for len(list) > 0 && list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return list
}

// firstWide is the first row that is as wide as most of the first ones.
func firstWide(rows []Row) int {
	look := rows[:min(len(rows), maxAbove+1)]
	widths := map[int]int{}
	for _, r := range look {
		widths[len(titles(r))]++
	}
	usual := 0
	for w, n := range widths {
		if n > widths[usual] || n == widths[usual] && w > usual {
			usual = w
		}
	}
	return max(slices.IndexFunc(look, func(r Row) bool { return len(titles(r)) >= usual }), 0)
}

// column is the place of a field among headings, or -1. The first title that a file has wins.
func (f Field) column(head []string) int {
	for _, title := range f.Titles {
		if i := slices.IndexFunc(head, func(h string) bool { return plainTitle(h) == title }); i >= 0 {
			return i
		}
	}
	return -1
}

// plainTitle is a heading without what stands in brackets behind it: "Price (CHF)" is a price.
func plainTitle(heading string) string {
	title := text.Fold(heading)
	if i := strings.IndexAny(title, "(["); i > 0 {
		title = title[:i]
	}
	return strings.Trim(title, " :*")
}

// Suggest maps the columns whose headings are known; each column fills one field.
func (s Schema) Suggest(t Table) Mapping {
	m := Mapping{Columns: map[string]int{}}
	taken := map[int]bool{}
	for _, f := range s {
		if i := f.column(t.Head); i >= 0 && !taken[i] {
			m.Columns[f.Name], taken[i] = i, true
		}
	}
	return m
}

// Check refuses a mapping that cannot lead to anything: a field that is needed without a column (required), a column or a
// field that does not exist (not_a_choice), an answer that was not offered.
func (s Schema) Check(m Mapping, t Table) error {
	var c fault.Check
	for name, column := range m.Columns {
		known := slices.ContainsFunc(s, func(f Field) bool { return f.Name == name })
		if !known || column < 0 || column >= len(t.Head) {
			c.Refuse(name, "not_a_choice")
		}
	}
	for _, f := range s {
		if _, there := m.Columns[f.Name]; f.Required && !there {
			c.Refuse(f.Name, "required")
		}
	}
	if m.Decimal != "" && m.Decimal != "." && m.Decimal != "," {
		c.Refuse("decimal", "not_a_choice")
	}
	if m.Order != "" && m.Order != DayFirst && m.Order != MonthFirst {
		c.Refuse("order", "not_a_choice")
	}
	return c.Err()
}

// Reader reads the cells of a table under a mapping.
type Reader struct {
	table   Table
	schema  Schema
	mapping Mapping
	figures *Figures
	days    *Days
}

// NewReader looks through all cells that hold figures or days once, so that it knows what their marks mean.
func NewReader(t Table, s Schema, m Mapping) *Reader {
	r := &Reader{table: t, schema: s, mapping: m, figures: NewFigures(m.Decimal), days: NewDays(m.Order)}
	for _, f := range s {
		column, there := m.Columns[f.Name]
		if !there || f.Holds == Words {
			continue
		}
		for _, row := range t.Rows {
			if f.Holds == Numbers {
				r.figures.Add(row.Line, row.Cell(column), f.Unit)
			} else {
				r.days.Add(row.Line, row.Cell(column))
			}
		}
	}
	return r
}

// Questions are what has to be asked before the file can be read as a whole: none, one or two.
func (r *Reader) Questions() []Question {
	list := []Question{}
	for _, q := range []*Question{r.figures.Question(), r.days.Question()} {
		if q != nil {
			list = append(list, *q)
		}
	}
	return list
}

// Record is a row with its fields.
type Record struct {
	Row
	reader *Reader
}

// Records gives every row in turn.
func (r *Reader) Records(yield func(Record) bool) {
	for _, row := range r.table.Rows {
		if !yield(Record{row, r}) {
			return
		}
	}
}

// Text is the text of a field's cell; "" if the file has no such column.
func (r Record) Text(field string) string { return r.cell(field).Text }

// Has tells whether the file has a column for a field.
func (r Record) Has(field string) bool {
	_, there := r.reader.mapping.Columns[field]
	return there
}

func (r Record) cell(field string) Cell {
	column, there := r.reader.mapping.Columns[field]
	if !there {
		return Cell{}
	}
	return r.Cell(column)
}

// Figure reads the figure of a field as decimal text; what is refused is noted under the field's name. An empty cell is
// "" and not refused: whether it is needed, the reader of the value knows.
func (r Record) Figure(c *fault.Check, field string) string {
	cell := r.cell(field)
	if text.Bare(cell.Text) == "" {
		return ""
	}
	i := slices.IndexFunc(r.reader.schema, func(f Field) bool { return f.Name == field })
	value, refusal := r.reader.figures.Read(cell, r.reader.schema[i].Unit)
	Refuse(c, field, cell.Text, refusal)
	return value
}

// Day reads the day of a field as 2026-11-20, as Figure reads figures.
func (r Record) Day(c *fault.Check, field string) string {
	cell := r.cell(field)
	if text.Bare(cell.Text) == "" {
		return ""
	}
	d, refusal := r.reader.days.Read(cell)
	if refusal != nil {
		Refuse(c, field, cell.Text, refusal)
		return ""
	}
	return d.String()
}

// Rejected is a row that an import did not take.
type Rejected struct {
	Line   int          `json:"line"`
	Field  string       `json:"field"` // "" if the row as a whole cannot be read
	Code   string       `json:"code"`
	Params fault.Params `json:"params,omitempty"`
	Cells  []string     `json:"cells"` // as they stand in the file; empty where they hold a card number
}

// Reject makes the note of a row that was not taken, with its first refusal. A card number that it holds is not kept.
func (r Row) Reject(f fault.Field) Rejected {
	cells := make([]string, len(r.Cells))
	for i := range r.Cells {
		if cells[i] = r.Cell(i).Text; HasCard(cells[i]) {
			cells[i] = ""
		}
	}
	if r.Cells == nil && r.Raw != "" && !HasCard(r.Raw) {
		cells = []string{text.Cut(r.Raw, 500)}
	}
	if HasCard(strings.Join(cells, "|")) {
		cells = []string{}
	}
	return Rejected{Line: r.Line, Field: f.Name, Code: f.Code, Params: f.Params, Cells: cells}
}

// RejectedTable is what a person gets back as a file to mend and import again: the headings as they were, a row for each
// that was not taken, and behind it why. Reason words a refusal.
func RejectedTable(t Table, list []Rejected, title string, reason func(Rejected) string) [][]string {
	width := len(t.Head)
	for _, r := range list {
		width = max(width, len(r.Cells))
	}
	out := [][]string{append(padded(t.Head, width), title)}
	for _, r := range list {
		out = append(out, append(padded(r.Cells, width), reason(r)))
	}
	return out
}

func padded(cells []string, width int) []string {
	return append(slices.Clone(cells), make([]string, width-len(cells))...)
}

// Sample are the first rows of a table as they stand there, each as wide as the headings.
func (t Table) Sample(most int) [][]string {
	list := [][]string{}
	for _, r := range t.Rows[:min(len(t.Rows), most)] {
		cells := make([]string, len(t.Head))
		for i := range cells {
			cells[i] = text.OneLine(r.Cell(i).Text)
		}
		list = append(list, cells)
	}
	return list
}
