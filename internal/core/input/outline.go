package input

import (
	"maps"
	"slices"
)

// Titled gives the fields of a schema the headings by which they are known: the field's name by the folded heading, as
// words.Names makes it.
func (s Schema) Titled(names map[string]string) Schema {
	titled := slices.Clone(s)
	for i := range titled {
		for _, title := range slices.Sorted(maps.Keys(names)) {
			if names[title] == titled[i].Name {
				titled[i].Titles = append(titled[i].Titles, title)
			}
		}
	}
	return titled
}

// Open finds the headings of a file's rows and reads it under a mapping; nil takes the one that the headings suggest.
// Errors: Invalid/file_empty, /file_too_many_columns; Invalid with fields, see Schema.Check.
func Open(rows []Row, s Schema, m *Mapping) (*Reader, error) {
	t, err := NewTable(rows, s)
	if err != nil {
		return nil, err
	}
	if m == nil {
		suggested := s.Suggest(t)
		m = &suggested
	}
	if err := s.Check(*m, t); err != nil {
		return nil, err
	}
	return NewReader(t, s, *m), nil
}

// Outline is what a mapping step shows of a file: its columns, which of them is taken for what, what has to be asked, and
// the first rows as they stand there.
type Outline struct {
	Columns   []string   `json:"columns"`
	Fields    []string   `json:"fields"`   // that a column can fill, in the order of a form
	Required  []string   `json:"required"` // those of them that need one
	Mapping   Mapping    `json:"mapping"`
	Questions []Question `json:"questions"`
	Sample    [][]string `json:"sample"`
	Rows      int        `json:"rows"`
}

// MaxSample is how many rows an outline shows.
const MaxSample = 8

// NewOutline looks at a file before it is read; a nil mapping is the suggested one. A mapping that lacks a column is shown
// as it is, so that the person can complete it.
func NewOutline(rows []Row, s Schema, m *Mapping) (Outline, error) {
	t, err := NewTable(rows, s)
	if err != nil {
		return Outline{}, err
	}
	if m == nil {
		suggested := s.Suggest(t)
		m = &suggested
	}
	return t.Outline(s, *m), nil
}

// Outline looks at a table under a mapping.
func (t Table) Outline(s Schema, m Mapping) Outline {
	o := Outline{
		Columns: t.Head, Fields: []string{}, Required: []string{}, Mapping: m, Questions: NewReader(t, s, m).Questions(), Sample: t.Sample(MaxSample),
		Rows: len(t.Rows),
	}
	for _, f := range s {
		o.Fields = append(o.Fields, f.Name)
		if f.Required {
			o.Required = append(o.Required, f.Name)
		}
	}
	return o
}

// Table is the file that is read.
func (r *Reader) Table() Table { return r.table }
