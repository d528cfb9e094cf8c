package infomaniak

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// envelope is what every answer is wrapped in.
type envelope struct {
	result  string
	data    json.RawMessage
	total   int    // -1: not told
	pages   int    // -1: not told
	cursor  string // of the next page
	more    bool   // there is a next page, by the cursor
	torn    bool   // there shall be a next page, and nothing leads to it
	problem problem
}

// problem is the error of an envelope. It can hold others of the same shape.
type problem struct {
	code   string
	text   string
	scopes []string
	fields []Field
}

const maxSentence = 500

// readEnvelope reads what can be read of an answer. readable is false where it is no envelope at all.
func readEnvelope(data []byte) (e envelope, readable bool) {
	e.total, e.pages = -1, -1
	o, ok := readObject(data, nil)
	if !ok {
		return e, false
	}
	e.result = o.text("result")
	e.data = o.fields["data"]
	if n, ok := o.whole("total"); ok && n >= 0 {
		e.total = n
	}
	if n, ok := o.whole("pages"); ok && n >= 0 {
		e.pages = n
	}
	e.cursor = o.text("cursor")
	more := o.known("has_more")
	e.more = e.cursor != "" && (more == nil || *more)
	e.torn = e.cursor == "" && more != nil && *more
	if p, ok := o.object("error"); ok {
		e.problem = readProblem(p, 0)
	}
	return e, e.result != ""
}

// readProblem reads an error and those that it holds; deeper than four it looks no further.
func readProblem(o object, depth int) problem {
	p := problem{code: clip(o.text("code"), 100), text: clip(o.text("description"), maxSentence)}
	if context, ok := o.object("context"); ok {
		for _, scope := range context.texts("scopes") {
			if scopeName.MatchString(scope) && !slices.Contains(p.scopes, scope) {
				p.scopes = append(p.scopes, scope)
			}
		}
		if name := clip(context.text("attribute"), 100); name != "" {
			p.fields = append(p.fields, Field{name, p.code, p.text, context.texts("values")})
		}
	}
	if depth >= 4 {
		return p
	}
	for _, one := range o.list("errors") {
		inner := readProblem(one, depth+1)
		p.scopes = append(p.scopes, inner.scopes...)
		p.fields = append(p.fields, inner.fields...)
		name := clip(one.text("field"), 100)
		if name != "" && len(inner.fields) == 0 {
			p.fields = append(p.fields, Field{name, inner.code, inner.text, nil})
		}
		if len(p.fields) > 100 {
			break
		}
	}
	return p
}

var (
	scopeName = regexp.MustCompile(`^[a-z][a-z0-9_]*([:.-][a-z0-9_]+)*$`)
	quoted    = regexp.MustCompile(`scopes?"?\s*:\s*\[?\s*\\?"([a-z][a-z0-9_:.-]{1,60})\\?"`)
)

// scopesIn are the scopes that a refusal names. The one body that is published is broken JSON, so they are looked for in the
// text as well.
func scopesIn(p problem, data []byte) []string {
	if len(p.scopes) > 0 {
		return p.scopes
	}
	var found []string
	for _, text := range [][]byte{[]byte(p.text), data[:min(len(data), 4096)]} {
		for _, m := range quoted.FindAllSubmatch(text, 10) {
			if s := string(bytes.TrimSpace(m[1])); !slices.Contains(found, s) {
				found = append(found, s)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found
}

// clip makes a text of another program fit to be kept: valid, without control characters, of a length.
func clip(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most])
	}
	return strings.TrimSpace(s)
}
