package transfer

import (
	"encoding/csv"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
)

// Row is one line of a bulk list.
type Row struct {
	Line   int    // in the file, from 1
	Typed  string // the name as it was written
	Domain string // in ASCII; "" if it is none
	Code   string
	Reason string // why the row is set aside; "" for one that is good
	First  int    // for a duplicate: the line that has the name first
}

// Good tells whether the row can become a request.
func (r Row) Good() bool { return r.Reason == "" }

// ReadList reads a list of two columns, domain and code, separated by semicolons, commas or tabs, with or without a
// first line of titles. Bad rows are set aside one by one; only a list that is none at all is refused, at the field "list".
func ReadList(data []byte) ([]Row, error) {
	var c fault.Check
	if len(data) > MaxList {
		refuseSize(&c, "list", MaxList)
		return nil, c.Err()
	}
	words, ok := decode(data)
	if !ok {
		c.Refuse("list", "not_text")
		return nil, c.Err()
	}
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(words, "\r\n", "\n"), "\r", "\n"), "\n")
	comma := separator(lines)
	rows, seen := []Row{}, map[string]int{}
	for i, raw := range lines {
		if strings.TrimSpace(raw) == "" {
			continue
		}
		if len(rows) == MaxRows {
			c.Refuse("list", "too_many_rows", "max", strconv.Itoa(MaxRows))
			return nil, c.Err()
		}
		r := readRow(raw, comma)
		r.Line = i + 1
		if len(rows) == 0 && isTitle(r) {
			continue
		}
		if r.Domain != "" {
			if first, twice := seen[r.Domain]; twice {
				r.Reason, r.First = "duplicate", first
			} else {
				seen[r.Domain] = r.Line
			}
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		c.Refuse("list", "required")
	}
	return rows, c.Err()
}

// separator is the sign that parts the columns: the one that most lines have. A code may hold any of them, so a tie goes
// to the one that stands first in the first line.
func separator(lines []string) rune {
	best, most := ';', 0
	for _, s := range []rune{';', '\t', ','} {
		n := 0
		for _, l := range lines {
			if strings.ContainsRune(l, s) {
				n++
			}
		}
		if n > most || n == most && n > 0 && strings.IndexRune(lines[0], s) < strings.IndexRune(lines[0], best) {
			best, most = s, n
		}
	}
	return best
}

// readRow takes one line apart. Each is read by itself: a quote that is never closed spoils its own row only.
func readRow(raw string, comma rune) Row {
	in := csv.NewReader(strings.NewReader(raw))
	in.Comma, in.FieldsPerRecord, in.TrimLeadingSpace = comma, -1, true
	cells, err := in.Read()
	if err != nil {
		if strings.HasPrefix(strings.TrimSpace(raw), `"`) || strings.Contains(raw, string(comma)+`"`) {
			return Row{Typed: clip(raw), Reason: "bad_quotes"}
		}
		cells = strings.Split(raw, string(comma)) // a quote in the middle of a code is one of its signs
	}
	for len(cells) > 2 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	r := Row{Typed: clip(strings.TrimSpace(cells[0]))}
	r.Domain, r.Reason = Name(cells[0])
	switch {
	case r.Reason == "required":
		r.Reason = "domain_missing"
	case r.Reason != "":
	case len(cells) > 2:
		r.Reason = "too_many_columns"
	case len(cells) < 2 || strings.TrimSpace(cells[1]) == "":
		r.Reason = "code_missing"
	default:
		r.Code = text.Bare(cells[1])
		if reason := input.CodeRefusal(r.Code, MaxCode); reason != "" {
			r.Code, r.Reason = "", "code_"+strings.TrimPrefix(reason, "code_")
		}
	}
	return r
}

// isTitle tells whether a first row is a heading: no domain, and not even a name with a dot in it.
func isTitle(r Row) bool {
	return r.Domain == "" && r.Reason == "not_a_domain" && !strings.Contains(r.Typed, ".")
}

// clip keeps a wrong cell showable.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}
