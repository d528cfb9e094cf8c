package input

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
)

// Refusal is why a text is not what was asked for: the code of a field error and its parameters, as name, value pairs.
type Refusal struct {
	Code   string
	Params []string
}

func refuse(code string, params ...string) *Refusal { return &Refusal{Code: code, Params: params} }

// Unit is what may stand beside a figure. The zero Unit is a bare number.
type Unit struct {
	Percent  bool           // a percent sign may follow
	Currency money.Currency // its code or symbol may stand before or behind; another one is refused
}

// maxFigure is the longest text that may be a figure, in characters (code points), blanks and currency included.
const maxFigure = 100

// Figure reads a figure as a person typed it and returns it as decimal text ("-1234.50"), with every digit that was
// written. The locale is the person's language with its region ("it-CH"), whose marks count.
//
// A figure is digits, at most one decimal mark, and marks of one kind that group the digits before it in threes; nothing
// is ever dropped. The person's own marks count first. What has no meaning in them is understood if it has exactly one
// in those of all languages ("12,5" in English); with two it is refused and both are named.
//
// Refusals: required; not_a_number; number_ambiguous (first, second: the two readings); wrong_currency (currency: the
// one that was expected).
func Figure(typed, locale string, u Unit) (string, *Refusal) {
	sign, digits, refusal := bare(typed, u)
	if refusal != nil {
		return "", refusal
	}
	if n, ok := ownMarks(locale).read(digits); ok {
		return sign + n, nil
	}
	switch found := readings(digits); len(found) {
	case 0:
		return "", refuse("not_a_number")
	case 1:
		return sign + found[0], nil
	default:
		return "", refuse("number_ambiguous", "first", sign+found[0], "second", sign+found[1])
	}
}

// marks are the signs by which somebody writes figures.
type marks struct {
	decimal rune
	groups  string // any of these, but only one in a figure
}

const (
	blanks      = " \u00a0\u202f\u2009" // people type the first and see the others
	apostrophes = "'’"
)

// ownMarks are the marks of a locale. Blanks group in all of them (ISO 31-0).
func ownMarks(locale string) marks {
	own := words.Parse(locale).Marks()
	m := marks{[]rune(own.Decimal)[0], blanks}
	switch own.Group {
	case "’":
		m.groups += apostrophes
	case ".", ",":
		m.groups += own.Group
	}
	return m
}

// everyone are the marks of all languages together: what groups is never what divides.
var everyone = []marks{{'.', "," + apostrophes + blanks}, {',', "." + apostrophes + blanks}}

// readings are the different values that a figure has in the marks of all languages: none, one or two.
func readings(digits string) (found []string) {
	for _, m := range everyone {
		if n, ok := m.read(digits); ok && !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	return found
}

// read reads a figure without a sign. The result has no marks but a point and no zeros before its first digit but one.
func (m marks) read(digits string) (string, bool) {
	whole, fraction, divided := strings.Cut(digits, string(m.decimal))
	if divided && (fraction == "" || !isDigits(fraction)) {
		return "", false
	}
	if whole == "" && !divided {
		return "", false
	}
	whole, ok := m.ungroup(whole)
	if !ok {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if divided {
		return whole + "." + fraction, true
	}
	return whole, true
}

// ungroup takes the marks out of the digits before the decimal mark: the same one each time, in front of every three.
func (m marks) ungroup(whole string) (string, bool) {
	i := strings.IndexAny(whole, m.groups)
	if i < 0 {
		return whole, isDigits(whole)
	}
	mark := []rune(whole[i:])[0]
	groups := strings.Split(whole, string(mark))
	for n, g := range groups {
		if !isDigits(g) || n > 0 && len(g) != 3 || n == 0 && (len(g) == 0 || len(g) > 3 || g[0] == '0') {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// bare takes sign, currency and percent sign off a figure. What is left is digits and marks.
func bare(typed string, u Unit) (sign, digits string, refusal *Refusal) {
	if utf8.RuneCountInString(typed) > maxFigure {
		return "", "", refuse("not_a_number")
	}
	s := trim(width.Narrow.String(text.Seen(typed)))
	if s == "" {
		return "", "", refuse("required")
	}
	taken := 0 // signs and units that were there already
	take := func() bool { taken++; return taken == 1 }
	sign, s = takeSign(s)
	if u.Percent {
		if rest, ok := strings.CutSuffix(s, "%"); ok {
			s = trim(rest)
		}
	}
	if word := leading(s); word != "" {
		if refusal := u.currency(word); refusal != nil || !take() {
			return "", "", refusal
		}
		s = trim(s[len(word):])
		if sign == "" {
			sign, s = takeSign(s)
		}
	}
	if word := trailing(s); word != "" {
		if refusal := u.currency(word); refusal != nil {
			return "", "", refusal
		}
		if !take() {
			return "", "", refuse("not_a_number")
		}
		s = trim(s[:len(s)-len(word)])
	}
	if sign == "+" {
		sign = ""
	}
	return sign, s, nil
}

func trim(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }

// takeSign takes a plus or a minus from the front.
func takeSign(s string) (sign, rest string) {
	for _, minus := range []string{"-", "−", "+"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			if minus == "+" {
				return "+", trim(rest)
			}
			return "-", trim(rest)
		}
	}
	return "", s
}

// symbols are what people write for the currencies that Kontor knows, in lower case.
var symbols = map[string]money.Currency{
	"chf": money.CHF, "fr.": money.CHF, "fr": money.CHF, "sfr.": money.CHF, "sfr": money.CHF, "€": money.EUR, "eur": money.EUR, "euro": money.EUR, "euros": money.EUR,
}

// currency refuses what is no currency, or not the one that was asked for.
func (u Unit) currency(word string) *Refusal {
	c, known := symbols[strings.ToLower(word)]
	switch {
	case u.Currency == "" || !known && !isCurrency(word):
		return refuse("not_a_number")
	case c != u.Currency:
		return refuse("wrong_currency", "currency", string(u.Currency))
	}
	return nil
}

// isCurrency tells whether a word looks like a currency: three capitals, or a symbol.
func isCurrency(word string) bool {
	runes := []rune(word)
	if len(runes) == 1 {
		return unicode.Is(unicode.Sc, runes[0])
	}
	return len(runes) == 3 && !strings.ContainsFunc(word, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func ofUnit(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) }

// leading is the word or symbol in front of the first digit, a full stop behind an abbreviation included ("Fr. 5").
func leading(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !ofUnit(r) })
	if end <= 0 {
		return ""
	}
	if s[end] == '.' && symbols[strings.ToLower(s[:end+1])] != "" {
		end++
	}
	return s[:end]
}

// trailing is the word or symbol behind the last digit.
func trailing(s string) string {
	whole := s
	s = strings.TrimSuffix(s, ".")
	start := strings.LastIndexFunc(s, func(r rune) bool { return !ofUnit(r) })
	if start < 0 || start == len(s)-1 {
		return ""
	}
	for start++; start < len(s) && s[start]&0xc0 == 0x80; start++ { // what stands before may be several bytes long
	}
	if word := whole[start:]; len(s) == len(whole) || symbols[strings.ToLower(word)] != "" {
		return word
	}
	return ""
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
