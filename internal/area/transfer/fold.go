package transfer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// text is a message made ready for matching: lower case, without marks, single blanks. Each byte of it remembers where
// it came from, so that what was found can be quoted as it was written.
type text struct {
	original string
	folded   string
	origin   []int // of each byte of folded, and one more: offsets into original
}

// sameSign are signs that a keyboard writes in more than one way.
var sameSign = map[rune]string{
	'’': "'", '‘': "'", '´': "'", '`': "'", '“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`,
	'‐': "-", '‑': "-", '–': "-", '—': "-", 'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o",
}

func fold(original string) text {
	t := text{original: original}
	var b strings.Builder
	b.Grow(len(original))
	t.origin = make([]int, 0, len(original)+1)
	blank := true // leading blanks go
	add := func(s string, at int) {
		b.WriteString(s)
		for range len(s) {
			t.origin = append(t.origin, at)
		}
	}
	for at, r := range original {
		switch {
		case unicode.IsSpace(r):
			if !blank {
				add(" ", at)
			}
			blank = true
			continue
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			continue
		case r < utf8.RuneSelf:
			add(string(unicode.ToLower(r)), at)
		default:
			add(plain(unicode.ToLower(r)), at)
		}
		blank = false
	}
	t.folded = strings.TrimSuffix(b.String(), " ")
	t.origin = append(t.origin[:len(t.folded)], len(original))
	return t
}

func plain(r rune) string {
	if s, ok := sameSign[r]; ok {
		return s
	}
	var b strings.Builder
	for _, p := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, p) {
			b.WriteRune(p)
		}
	}
	return b.String()
}

// quote returns what stands in the original where the folded text has [from, to), on one line.
func (t text) quote(from, to int) string {
	end := len(t.original)
	if to > from {
		_, size := utf8.DecodeRuneInString(t.original[t.origin[to-1]:])
		end = t.origin[to-1] + size
	}
	return strings.Join(strings.Fields(t.original[t.origin[from]:end]), " ")
}
