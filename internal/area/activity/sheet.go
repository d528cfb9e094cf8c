package activity

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kontor/internal/core/fault"
)

// Limits of a file to import.
const (
	MaxFile    = 256 << 20 // bytes
	MaxRows    = 500_000
	maxColumns = 200
	maxRaw     = 2000 // bytes of a row that is kept aside
)

// sheet is a file of rows that another program wrote: CSV with any of the usual separators, or a JSON object per line.
type sheet struct {
	text    []byte // UTF-8, without a byte order mark
	json    bool
	comma   rune
	columns []string
}

// record is one row; fault is set where it cannot be read.
type record struct {
	line  int
	cells []string
	raw   string
	fault string
}

// openSheet recognises the form of a file and reads its columns.
func openSheet(data []byte) (*sheet, error) {
	if len(data) > MaxFile {
		return nil, fault.New(fault.Invalid, "import_too_large").With("max", "256 MB")
	}
	s := &sheet{text: clean(data)}
	first := bytes.TrimLeft(s.text, " \t\r\n")
	if len(first) == 0 {
		return nil, fault.New(fault.Invalid, "file_empty")
	}
	if s.json = first[0] == '{'; s.json {
		s.columns = s.jsonColumns()
	} else {
		s.comma = comma(s.text)
		r := s.reader()
		header, err := r.Read()
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "file_unreadable")
		}
		for _, name := range header {
			s.columns = append(s.columns, strings.TrimSpace(name))
		}
	}
	if len(s.columns) == 0 || len(s.columns) > maxColumns {
		return nil, fault.New(fault.Invalid, "file_unreadable")
	}
	return s, nil
}

// clean returns the file as UTF-8. What is no UTF-8 was most likely written by a spreadsheet in Western Europe.
func clean(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return data
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("�"))
	}
	return text
}

// comma is the separator that the first line holds most of, outside quotes.
func comma(text []byte) rune {
	counts := map[rune]int{}
	quoted := false
	for _, r := range string(text[:min(len(text), 64<<10)]) {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n':
			if len(counts) > 0 {
				return most(counts)
			}
		case r == ',' || r == ';' || r == '\t' || r == '|':
			counts[r]++
		}
	}
	return most(counts)
}

func most(counts map[rune]int) rune {
	best := ','
	for _, r := range []rune{',', ';', '\t', '|'} {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}

func (s *sheet) reader() *csv.Reader {
	r := csv.NewReader(bytes.NewReader(s.text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = s.comma, -1, true
	return r
}

// each hands every row to fn; an error of fn ends it.
func (s *sheet) each(fn func(record) error) error {
	if s.json {
		return s.eachObject(fn)
	}
	r := s.reader()
	if _, err := r.Read(); err != nil { // the header was read before
		return err
	}
	for {
		start := r.InputOffset()
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		rec := record{cells: cells}
		if len(cells) > 0 {
			rec.line, _ = r.FieldPos(0)
		}
		if err != nil {
			var parse *csv.ParseError
			if !errors.As(err, &parse) {
				return err
			}
			rec = record{line: parse.StartLine, fault: "not_a_row"}
		}
		raw := s.text[start:r.InputOffset()]
		rec.raw = strings.Trim(string(raw[:min(len(raw), maxRaw)]), "\r\n")
		if err := fn(rec); err != nil {
			return err
		}
	}
}

func (s *sheet) eachObject(fn func(record) error) error {
	index := make(map[string]int, len(s.columns))
	for i, c := range s.columns {
		index[c] = i
	}
	line := 0
	for raw := range bytes.Lines(s.text) {
		line++
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
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
	for raw := range bytes.Lines(s.text) {
		if n++; n > look {
			break
		}
		object(raw, func(key, _ string) {
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
