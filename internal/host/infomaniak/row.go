package infomaniak

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// Lost counts what could not be read of an answer.
type Lost struct {
	Rows   int // without an id, or no objects at all
	Fields int // of a wrong kind
}

// Add counts another's losses too.
func (l *Lost) Add(other Lost) { l.Rows += other.Rows; l.Fields += other.Fields }

// maxText is the longest text of a field that is kept, in characters.
const maxText = 4096

// object reads the fields of a JSON object leniently. A field that is not there, or null, is not lost; one of a wrong kind is.
type object struct {
	fields map[string]json.RawMessage
	lost   *Lost
}

// readObject reads an object; ok is false where data is none.
func readObject(data []byte, lost *Lost) (o object, ok bool) {
	if lost == nil {
		lost = &Lost{}
	}
	o = object{lost: lost}
	if kind(data) != '{' || json.Unmarshal(data, &o.fields) != nil {
		return object{fields: map[string]json.RawMessage{}, lost: lost}, false
	}
	return o, true
}

// kind is the first byte of a value: { [ " t f n, or a digit or minus.
func kind(data []byte) byte {
	data = bytes.TrimLeft(data, " \t\r\n")
	if len(data) == 0 {
		return 'n'
	}
	return data[0]
}

// has tells whether a field is there and not null.
func (o object) has(name string) bool { return kind(o.fields[name]) != 'n' }

func (o object) wrong() { o.lost.Fields++ }

// text reads a text; a number is taken as it is written.
func (o object) text(name string) string {
	raw := o.fields[name]
	switch k := kind(raw); {
	case k == 'n':
		return ""
	case k == '"':
		var s string
		if json.Unmarshal(raw, &s) == nil {
			return clip(s, maxText)
		}
	case k == '-' || k >= '0' && k <= '9':
		return strings.TrimSpace(string(raw))
	}
	o.wrong()
	return ""
}

// id reads an id, which may be a number or a text. "" where there is none that could be one.
func (o object) id(name string) string {
	s := o.text(name)
	if s == "" || len(s) > 64 || s[0] == '-' || strings.ContainsAny(s, "/\\ ") || s == "0" {
		return ""
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && strings.ContainsAny(s, ".eE") { // 1e3, 12.0
		if n != math.Trunc(n) || n <= 0 || n > 1<<53 {
			return ""
		}
		return strconv.FormatInt(int64(n), 10)
	}
	return s
}

// whole reads a whole number, which may be a text.
func (o object) whole(name string) (int, bool) {
	if !o.has(name) {
		return 0, false
	}
	n, err := strconv.ParseInt(o.text(name), 10, 64)
	if err != nil || n != int64(int32(n)) {
		o.wrong()
		return 0, false
	}
	return int(n), true
}

// count reads a number of things: none below zero.
func (o object) count(name string) int {
	n, ok := o.whole(name)
	if ok && n < 0 {
		o.wrong()
	}
	return max(0, n)
}

// size reads a number of bytes.
func (o object) size(name string) int64 {
	if !o.has(name) {
		return 0
	}
	n, err := strconv.ParseInt(o.text(name), 10, 64)
	if err != nil || n < 0 {
		o.wrong()
		return 0
	}
	return n
}

// known reads a flag, which may be 0 and 1 or a text; nil where it was not told.
func (o object) known(name string) *bool {
	raw := bytes.TrimSpace(o.fields[name])
	if kind(raw) == 'n' {
		return nil
	}
	yes, no := true, false
	switch strings.ToLower(strings.Trim(string(raw), `"`)) {
	case "true", "1", "yes":
		return &yes
	case "false", "0", "no", "":
		return &no
	}
	o.wrong()
	return nil
}

func (o object) flag(name string) bool {
	b := o.known(name)
	return b != nil && *b
}

// moment reads a time: seconds since 1970 as a number or a text, or ISO 8601. Zero where it was not told.
func (o object) moment(name string) time.Time {
	if !o.has(name) {
		return time.Time{}
	}
	s := o.text(name)
	if s == "" {
		return time.Time{}
	}
	if seconds, err := strconv.ParseFloat(s, 64); err == nil {
		if seconds >= 1 && seconds < 253402300800 { // before the year 10000; a fraction of the first second is no moment
			return time.Unix(int64(seconds), 0).UTC()
		}
		if seconds == 0 {
			return time.Time{}
		}
		o.wrong()
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05", "2006-01-02"} {
		if at, err := time.Parse(layout, s); err == nil && at.Year() > 1970 && at.Year() < 10000 {
			return at.UTC()
		}
	}
	o.wrong()
	return time.Time{}
}

// object reads an object within this one.
func (o object) object(name string) (object, bool) {
	raw := o.fields[name]
	if kind(raw) == 'n' {
		return object{lost: o.lost}, false
	}
	inner, ok := readObject(raw, o.lost)
	if !ok && kind(raw) != '[' { // an empty list is how PHP writes an empty object
		o.wrong()
	}
	return inner, ok
}

// list reads a list of objects; a single object is a list of one.
func (o object) list(name string) []object {
	return objects(o.fields[name], o.lost)
}

func objects(raw json.RawMessage, lost *Lost) []object {
	switch kind(raw) {
	case 'n':
		return nil
	case '{':
		one, ok := readObject(raw, lost)
		if !ok {
			lost.Rows++
			return nil
		}
		return []object{one}
	case '[':
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			lost.Fields++
			return nil
		}
		list := make([]object, 0, len(items))
		for _, item := range items {
			if one, ok := readObject(item, lost); ok {
				list = append(list, one)
			} else {
				lost.Rows++
			}
		}
		return list
	}
	lost.Fields++
	return nil
}

// texts reads a list of texts; a single one is a list of one.
func (o object) texts(name string) []string {
	raw := o.fields[name]
	switch kind(raw) {
	case 'n':
		return nil
	case '[':
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil {
			break
		}
		list := []string{}
		for _, item := range items {
			one := object{fields: map[string]json.RawMessage{"": item}, lost: o.lost}
			if s := one.text(""); s != "" {
				list = append(list, s)
			}
		}
		return list
	case '"':
		return []string{o.text(name)}
	}
	o.wrong()
	return nil
}
