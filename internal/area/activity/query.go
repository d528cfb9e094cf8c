package activity

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	book "kontor/internal/core/words"
)

// Key names what a term of a query looks at.
type Key string

// The keys. Text is a term without a key.
const (
	KeyText    Key = ""
	KeyProduct Key = "product"
	KeyAction  Key = "action"
	KeyActor   Key = "actor"
	KeyResult  Key = "result"
	KeyObject  Key = "object" // the id of what was acted on
	KeySource  Key = "source" // own or imported
	KeySince   Key = "since"
	KeyUntil   Key = "until"
	KeyOn      Key = "on" // one day
)

// Limits of a query.
const (
	MaxQuery = 2000 // characters
	MaxTerms = 64
)

// Why a term is bad; field codes.
const (
	badKey   = "unknown_filter"
	badValue = "not_a_choice"
	badDate  = "not_a_date"
	badEmpty = "required"
	badWord  = "unknown_word"   // in an import: no product, action or result is called so
	badActor = "unknown_person" // nobody of that name; known only when the query is run
)

// Query is what the search box holds: terms, all of which must apply. Terms of one key without a minus stand for a
// choice: product:drive product:domain finds both.
type Query []Term

// Term is one chip.
type Term struct {
	Key     Key
	Not     bool
	Values  []string // in their canonical form; any of them may apply. One for text and dates
	Exact   bool     // text in quotes: these words in this order. Otherwise words that begin like this
	Problem string   // the field code that says why the term is bad; "" for a good one
	Raw     string   // a bad term as it was typed; it finds nothing and is kept
}

// Parse reads a query as somebody typed it who reads in that locale: keys, values and days may be written in any of the
// five languages, and the region says what 3/4/2026 is. It never fails and loses no word: what it does not understand
// becomes a bad term. Signs alone, such as a dash between words, mean nothing.
func Parse(typed string, by book.Locale) Query {
	typed = strings.ReplaceAll(typed, "\x00", " ") // no text has it, and the text index takes it for the end of one
	l := lexer{rest: strings.ToValidUTF8(typed, "�"), by: by}
	q := Query{}
	for l.skipSpace(); l.rest != ""; l.skipSpace() {
		if t, ok := l.term(); ok {
			q = append(q, t)
		}
	}
	return q
}

// String writes the query so that Parse reads the same query again.
func (q Query) String() string {
	parts := make([]string, len(q))
	for i, t := range q {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

func (t Term) String() string {
	if t.Problem != "" && t.Raw != "" {
		return t.Raw
	}
	var b strings.Builder
	if t.Not {
		b.WriteByte('-')
	}
	if t.Key == KeyText {
		for _, v := range t.Values {
			b.WriteString(quoteIf(v, t.Exact || !bareText(v)))
		}
		return b.String()
	}
	b.WriteString(string(t.Key))
	b.WriteByte(':')
	for i, v := range t.Values {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quoteIf(v, !bareValue(v)))
	}
	return b.String()
}

func quoteIf(v string, quote bool) string {
	if !quote {
		return v
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}

func bareValue(v string) bool { return v != "" && !strings.ContainsFunc(v, endsValue) }

// bareText tells whether a word can stand alone without being read as something else.
func bareText(v string) bool {
	if v == "" || v[0] == '-' || strings.ContainsFunc(v, endsWord) {
		return false
	}
	l := lexer{rest: v}
	_, keyed := l.key()
	return !keyed
}

func endsWord(r rune) bool  { return unicode.IsSpace(r) || r == '"' }
func endsValue(r rune) bool { return endsWord(r) || r == ',' }

// Validate says which terms are bad: field "terms.2", its code and what was typed.
func (q Query) Validate() error {
	var c fault.Check
	n := 0
	for i, t := range q {
		n += utf8.RuneCountInString(t.String())
		if t.Problem != "" {
			c.Refuse(termField(i), t.Problem, "value", t.String())
		}
	}
	if n > MaxQuery || len(q) > MaxTerms {
		c.Refuse("query", "too_long", "max", "2000")
	}
	return c.Err()
}

// blame puts what a refusal says of terms into them, and tells whether it says nothing else.
func (q Query) blame(err error) bool {
	fields := fault.FieldsOf(err)
	for _, f := range fields {
		i, err := strconv.Atoi(strings.TrimPrefix(f.Name, "terms."))
		if err != nil {
			return false
		}
		q[i].Problem = f.Code
	}
	return len(fields) > 0
}

type lexer struct {
	rest string
	by   book.Locale
}

func (l *lexer) skipSpace() { l.rest = strings.TrimLeftFunc(l.rest, unicode.IsSpace) }

// term reads one term; not ok for what means nothing, such as "".
func (l *lexer) term() (t Term, ok bool) {
	start := l.rest
	if len(l.rest) > 1 && l.rest[0] == '-' {
		if r, _ := utf8.DecodeRuneInString(l.rest[1:]); !unicode.IsSpace(r) {
			t.Not = true
			l.rest = l.rest[1:]
		}
	}
	name, keyed := l.key()
	if !keyed {
		return l.text(t)
	}
	values, closed := l.values()
	raw := start[:len(start)-len(l.rest)]
	if !closed {
		raw = closeQuote(raw)
	}
	key, known := keys[text.Fold(name)]
	if !known {
		return Term{Problem: badKey, Raw: raw}, true
	}
	t.Key = key
	t.Values, t.Problem = canonical(key, values, l.by)
	if t.Problem != "" {
		return Term{Problem: t.Problem, Raw: raw}, true
	}
	return t, true
}

// closeQuote ends a quoted value that the end of the input cut off. A lone backslash there would escape the quote.
func closeQuote(raw string) string {
	n := len(raw) - len(strings.TrimRight(raw, `\`))
	if n%2 == 1 {
		raw += `\`
	}
	return raw + `"`
}

func (l *lexer) text(t Term) (Term, bool) {
	var v string
	if strings.HasPrefix(l.rest, `"`) {
		v, _ = l.quoted()
		t.Exact = true
	} else {
		v = l.until(endsWord)
		t.Exact = !bareText(v) // a second minus can only be kept in quotes
	}
	t.Values = []string{v}
	return t, hasWord(v)
}

// key reads "letters:" if that is what comes next.
func (l *lexer) key() (string, bool) {
	n := strings.IndexFunc(l.rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if n <= 0 || l.rest[n] != ':' {
		return "", false
	}
	name := l.rest[:n]
	l.rest = l.rest[n+1:]
	return name, true
}

// values reads a list; closed is false if the input ended inside quotes.
func (l *lexer) values() (list []string, closed bool) {
	for {
		var v string
		closed := true
		if strings.HasPrefix(l.rest, `"`) {
			v, closed = l.quoted()
		} else {
			v = l.until(endsValue)
		}
		list = append(list, v)
		if !closed || !strings.HasPrefix(l.rest, ",") {
			return list, closed
		}
		l.rest = l.rest[1:]
	}
}

func (l *lexer) until(end func(rune) bool) string {
	n := strings.IndexFunc(l.rest, end)
	if n < 0 {
		n = len(l.rest)
	}
	v := l.rest[:n]
	l.rest = l.rest[n:]
	return v
}

func (l *lexer) quoted() (v string, closed bool) {
	var b strings.Builder
	s := l.rest[1:]
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			l.rest = s[i+1:]
			return b.String(), true
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
		}
		b.WriteByte(s[i])
	}
	l.rest = ""
	return b.String(), false
}

// hasWord tells whether the text index sees anything in v.
func hasWord(v string) bool {
	return strings.ContainsFunc(v, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// canonical turns values as typed into the form in which they are kept.
func canonical(key Key, values []string, by book.Locale) ([]string, string) {
	list := make([]string, 0, len(values))
	for _, v := range values {
		c, problem := canonicalValue(key, v, by)
		if problem != "" {
			return nil, problem
		}
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	if len(list) > 1 && (key == KeySince || key == KeyUntil || key == KeyOn) {
		return nil, badDate
	}
	return list, ""
}

func canonicalValue(key Key, v string, by book.Locale) (string, string) {
	if strings.TrimSpace(v) == "" {
		return "", badEmpty
	}
	switch key {
	case KeyProduct, KeyAction, KeyResult, KeySource:
		c, ok := choose(key, v)
		switch {
		case ok:
			return c, ""
		case key == KeyProduct || key == KeyAction: // an import may have kept it as it was written: the journal knows
			return v, ""
		}
		return "", badValue
	case KeySince, KeyUntil, KeyOn:
		d, ok := parseDay(v, by)
		if !ok {
			return "", badDate
		}
		return d.String(), ""
	case KeyActor:
		if c, ok := choose(key, v); ok {
			return c, ""
		}
	}
	return v, ""
}

func termField(i int) string { return "terms." + strconv.Itoa(i) }
