package activity

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
)

// Limits of a file to import.
const (
	MaxFile    = 256 << 20 // bytes
	MaxRows    = 500_000
	maxColumns = 200
	maxRaw     = 2000 // bytes of a row that is kept aside
)

// sheet is a file of rows that another program wrote: text in columns, or a JSON object per line.
type sheet struct {
	text    string
	json    bool
	head    int // the line of the headings
	columns []string
}

// record is one row; fault is set where it cannot be read.
type record struct {
	line  int
	cells []string
	raw   string
	fault string
}

// limits are what a file may bring; how many rows are taken is asked later.
var limits = input.Limits{Bytes: MaxFile, Rows: 4 * MaxRows, Columns: maxColumns, Cell: 1 << 20}

// openSheet recognises the form of a file and reads its columns.
func openSheet(data []byte) (*sheet, error) {
	if len(data) > MaxFile {
		return nil, fault.New(fault.Invalid, "import_too_large").With("max", "256 MB")
	}
	decoded, ok := input.Decode(data)
	if !ok {
		return nil, fault.New(fault.Invalid, "file_unreadable")
	}
	s := &sheet{text: decoded}
	first := strings.TrimLeft(s.text, " \t\r\n")
	if first == "" {
		return nil, fault.New(fault.Invalid, "file_empty")
	}
	if s.json = first[0] == '{'; s.json {
		s.columns = s.jsonColumns()
	} else if err := s.findHead(); err != nil {
		return nil, err
	}
	if len(s.columns) == 0 {
		return nil, fault.New(fault.Invalid, "file_unreadable")
	}
	return s, nil
}

// above is how many title rows may stand above the headings.
const above = 20

// findHead looks for the headings: the row among the first in which most of them are known, or else the first.
func (s *sheet) findHead() error {
	enough, seen, best := errors.New("enough"), 0, -1
	err := input.SplitRows(s.text, limits, func(r input.Row) error {
		columns := []string{}
		for i := range r.Cells {
			columns = append(columns, text.OneLine(r.Cell(i).Text))
		}
		if known := len(suggest(columns)); r.Fault == "" && known > best {
			s.head, s.columns, best = r.Line, columns, known
		}
		if seen++; seen > above {
			return enough
		}
		return nil
	})
	if errors.Is(err, enough) {
		return nil
	}
	return err
}

// each hands every row to fn; an error of fn ends it.
func (s *sheet) each(fn func(record) error) error {
	if s.json {
		return s.eachObject(fn)
	}
	cells := []string{}
	return input.SplitRows(s.text, limits, func(r input.Row) error {
		if r.Line <= s.head {
			return nil
		}
		rec := record{line: r.Line, raw: r.Raw[:min(len(r.Raw), maxRaw)]}
		if r.Fault != "" {
			rec.fault = "not_a_row"
			return fn(rec)
		}
		cells = cells[:0]
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		rec.cells = cells
		return fn(rec)
	})
}

// days looks through a column of moments for what tells the order of its days.
func (s *sheet) days(order string, column int) (*input.Days, error) {
	days := input.NewDays(order)
	return days, s.each(func(r record) error {
		if column < len(r.cells) && strings.ContainsRune(r.cells[column], '/') {
			days.Add(r.line, input.Cell{Text: r.cells[column]})
		}
		return nil
	})
}

// order is the order of the days in a column, as the person said or as the column tells; "" if nothing does.
func (s *sheet) order(said string, column int) (string, error) {
	if said != "" {
		return said, nil
	}
	days, err := s.days(said, column)
	return days.Order(), err
}

func (s *sheet) eachObject(fn func(record) error) error {
	index := make(map[string]int, len(s.columns))
	for i, c := range s.columns {
		index[c] = i
	}
	line := 0
	for whole := range strings.Lines(s.text) {
		line++
		raw := bytes.TrimSpace([]byte(whole))
		if len(raw) == 0 {
			continue
		}
		rec := record{line: line, raw: string(raw[:min(len(raw), maxRaw)]), cells: make([]string, len(s.columns))}
		if !object(raw, func(key, value string) {
			if i, ok := index[key]; ok {
				rec.cells[i] = value
			}
		}) {
			rec.fault = "not_a_row"
		}
		if err := fn(rec); err != nil {
			return err
		}
	}
	return nil
}

// jsonColumns are the keys of the first lines, in the order in which they appear.
func (s *sheet) jsonColumns() []string {
	const look = 200
	columns, seen, n := []string{}, map[string]bool{}, 0
	for raw := range strings.Lines(s.text) {
		if n++; n > look {
			break
		}
		object([]byte(raw), func(key, _ string) {
			if !seen[key] {
				seen[key] = true
				columns = append(columns, key)
			}
		})
	}
	return columns
}

// object reads one flat JSON object; a nested value stays JSON text.
func object(raw []byte, each func(key, value string)) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		return false
	}
	for _, key := range keysInOrder(raw) {
		each(key, plainValue(fields[key]))
	}
	return true
}

func keysInOrder(raw []byte) []string {
	d := json.NewDecoder(bytes.NewReader(raw))
	_, _ = d.Token() // the brace
	keys := []string{}
	for d.More() {
		t, err := d.Token()
		key, ok := t.(string)
		var skip json.RawMessage
		if err != nil || !ok || d.Decode(&skip) != nil {
			break
		}
		keys = append(keys, key)
	}
	return keys
}

func plainValue(raw json.RawMessage) string {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case raw[0] == '"':
		var s string
		_ = json.Unmarshal(raw, &s) // it was read as JSON before
		return s
	}
	return string(raw)
}
