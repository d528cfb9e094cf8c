package activity

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"kontor/internal/core/text"
)

// lists are what services call the list in their answer: {"data": […]}.
var lists = []string{"data", "items", "value", "values", "records", "result", "results", "entries", "logs", "log", "activities", "rows", "list", "audit_logs", "auditlogs"}

// findList finds out where the objects are: one per line, or in the list at a place or in the object there.
func (s *sheet) findList(at int) {
	s.start = at
	if s.text[at] == '[' {
		s.start++
		return
	}
	line, _, _ := strings.Cut(s.text[at:], "\n")
	if list, ok := listIn(s.text[at:]); ok {
		s.start = at + list
		return
	}
	s.lines = len(line) <= maxRow && json.Valid([]byte(line)) || !strings.HasSuffix(strings.TrimSpace(line), "{") && strings.Count(s.text[at:min(len(s.text), at+4*len(line)+1000)], "\n{") > 0
}

// listIn finds the list in an object that is a whole file, behind its opening bracket.
func listIn(s string) (at int, ok bool) {
	const look = 1 << 16 // bytes before the list
	d := json.NewDecoder(strings.NewReader(s[:min(len(s), look)]))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, false
	}
	for d.More() {
		t, err := d.Token()
		key, is := t.(string)
		if err != nil || !is {
			return 0, false
		}
		value := strings.TrimLeft(s[d.InputOffset():], ": \t\r\n")
		if opened := strings.TrimPrefix(value, "["); slices.Contains(lists, strings.ToLower(key)) && opened != value &&
			strings.HasPrefix(strings.TrimLeft(opened, " \t\r\n"), "{") {
			return len(s) - len(opened), true
		}
		var skip json.RawMessage
		if d.Decode(&skip) != nil {
			return 0, false
		}
	}
	return 0, false
}

// eachObject hands on every object of the file.
func (s *sheet) eachObject(fn func(r *record, done int) error) error {
	line := 1 + strings.Count(s.text[:s.start], "\n")
	for at := s.start; at < len(s.text); {
		begin, end := s.next(at)
		raw := strings.TrimSpace(s.text[begin:end])
		line += strings.Count(s.text[at:begin], "\n")
		if raw != "" {
			list := objects(raw, line)
			for i := range list {
				if err := fn(&list[i], end); err != nil {
					return err
				}
			}
		}
		line += strings.Count(s.text[begin:end], "\n")
		at = end
	}
	return nil
}

// next is the stretch of the next object at or after a place, or of what stands there instead.
func (s *sheet) next(at int) (begin, end int) {
	rest := func(from int) int {
		if i := strings.IndexByte(s.text[from:], '\n'); i >= 0 {
			return from + i + 1
		}
		return len(s.text)
	}
	if s.lines {
		return at, rest(at)
	}
	for at < len(s.text) && strings.IndexByte(" \t\r\n,", s.text[at]) >= 0 {
		at++
	}
	switch {
	case at == len(s.text):
		return at, at
	case s.text[at] == ']' && s.start > 0 && strings.HasPrefix(s.text[s.start-1:], "["): // what follows the list is no record
		return len(s.text), len(s.text)
	case s.text[at] != '{':
		if i := strings.IndexByte(s.text[at:], '{'); i >= 0 {
			return at, at + i
		}
		return at, len(s.text)
	}
	return at, s.close(at)
}

// close is where the object ends that begins at a place. One that does not end, or whose brackets do not agree, goes on to
// where the next seems to begin: on a line of its own, as far from its beginning. Once that happened, the file is not
// searched to its end again for every object.
func (s *sheet) close(at int) int {
	next := func() int {
		indent := s.text[strings.LastIndexByte(s.text[:at], '\n')+1 : at]
		if i := strings.Index(s.text[at:], "\n"+indent+"{"); i >= 0 && strings.TrimSpace(indent) == "" {
			return at + i
		}
		return len(s.text)
	}
	most := len(s.text)
	if s.broken {
		most = next()
	}
	open, quoted := []byte{}, false
	for i := at; i < most; i++ {
		switch c := s.text[i]; {
		case c == '\n':
			quoted = false // no text of JSON goes over the end of a line
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			open = append(open, c+2) // the bracket that closes it
		case c == '}' || c == ']':
			if last := len(open) - 1; open[last] != c {
				most = i
			} else if open = open[:last]; last == 0 {
				return i + 1
			}
		}
	}
	s.broken = true
	return next()
}

// objects are the records of a stretch: one, or one for each act that it tells of.
func objects(raw string, line int) []record {
	if len(raw) > maxRow {
		return []record{{line: line, raw: raw, fault: "row_too_long"}}
	}
	flat, _ := flatten(raw)
	if flat == nil {
		return []record{{line: line, raw: raw, fault: "not_a_row"}}
	}
	list := make([]record, len(flat))
	for i := range flat {
		list[i] = record{line: line, part: i, raw: raw, inner: map[int]map[string]string{-1: flat[i]}}
	}
	return list
}

// findKeys reads the keys of all records: those of the first in their order, later ones behind.
func (s *sheet) findKeys(watch func(done int) error) error {
	seen, count := map[string]bool{}, 0
	return s.eachObject(func(r *record, done int) error {
		if count++; count%1000 == 0 {
			if err := watch(done); err != nil {
				return err
			}
		}
		if len(r.inner) == 0 || len(s.columns) >= maxColumns {
			return nil
		}
		added := []string{}
		for key := range r.inner[-1] {
			if !seen[key] {
				seen[key] = true
				added = append(added, key)
			}
		}
		if len(added) > 0 {
			places := placesOf(r.raw, added)
			slices.SortFunc(added, func(a, b string) int {
				if d := places[a] - places[b]; d != 0 {
					return d
				}
				return strings.Compare(a, b)
			})
		}
		for _, key := range added[:min(len(added), maxColumns-len(s.columns))] {
			s.columns = append(s.columns, column{name: key, cell: -1, path: key})
		}
		return nil
	})
}

// placesOf tells where keys stand in the text of an object.
func placesOf(raw string, keys []string) map[string]int {
	places := map[string]int{}
	for _, key := range keys {
		at := 0
		for part := range strings.SplitSeq(key, ".") {
			if i := strings.Index(raw[at:], `"`+part+`"`); i >= 0 {
				at += i
			}
		}
		places[key] = at
	}
	return places
}

// deepest is how far into a record its keys are looked at; what lies deeper stays JSON text.
const deepest = 4

// flatten reads one JSON object: its values by their keys, those of objects in it by both keys with a dot between. An
// object that holds a list of events, as Google writes them, gives one for each. Nil for what is no object.
func flatten(raw string) (list []map[string]string, keys []string) {
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &fields) != nil || fields == nil {
		return nil, nil
	}
	flat := map[string]string{}
	var events []map[string]json.RawMessage
	if json.Unmarshal(fields["events"], &events) == nil && len(events) > 0 {
		delete(fields, "events")
	}
	put(flat, "", fields, 1)
	list = []map[string]string{flat}
	if len(events) > 0 {
		list = list[:0]
		for _, event := range events {
			one := make(map[string]string, len(flat)+len(event))
			for k, v := range flat {
				one[k] = v
			}
			put(one, "events.", event, 2)
			list = append(list, one)
		}
	}
	for key := range list[0] {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return list, keys
}

func put(flat map[string]string, before string, fields map[string]json.RawMessage, depth int) {
	for key, raw := range fields {
		name := before + text.OneLine(key)
		var inner map[string]json.RawMessage
		if depth < deepest && len(raw) > 2 && raw[0] == '{' && json.Unmarshal(raw, &inner) == nil {
			put(flat, name+".", inner, depth+1)
			continue
		}
		flat[name] = plainValue(raw)
	}
}

// plainValue is a value of JSON as text; a list of one is what it holds.
func plainValue(raw json.RawMessage) string {
	if len(raw) > 2 && raw[0] == '[' {
		var one []json.RawMessage
		if json.Unmarshal(raw, &one) == nil && len(one) == 1 && len(one[0]) > 0 && one[0][0] != '{' && one[0][0] != '[' {
			raw = one[0]
		}
	}
	switch {
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")):
		return ""
	case raw[0] == '"':
		var s string
		_ = json.Unmarshal(raw, &s) // it was read as JSON before
		return s
	}
	return string(raw)
}
