package text

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// same are signs that people write in more than one way, with the way in which they are compared. Everything in it is
// lower case; what Unicode itself takes apart (accents, widths, ligatures) is not listed.
var same = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ĸ': "k", 'ƒ': "f", 'ə': "e", 'ς': "σ",
	'’': "'", '‘': "'", '´': "'", '`': "'", 'ʼ': "'", '′': "'", '“': `"`, '”': `"`, '„': `"`, '«': `"`, '»': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '−': "-",
}

// accented are the scripts in which a mark on a letter is left out when people search. In others (Indic vowels, Japanese
// voicing) it makes another word.
var accented = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew}

// Fold is a text for comparison: case, accents, widths, ligatures, kinds of quotes and dashes and of blanks do not matter;
// ß is ss, ø is o, ł is l. Blanks are single and none is at an end, but a line end stays one ("\n").
func Fold(s string) string {
	if plain, ok := foldASCII(s); ok {
		return plain
	}
	return fold(s, nil)
}

// foldASCII folds a text that needs nothing but lower case.
func foldASCII(s string) (string, bool) {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c == '`' || c < ' ' || c == 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return "", false
		}
	}
	return strings.ToLower(s), true
}

// fold writes the folded text and, if it is asked for, from which byte of s each of its bytes comes.
func fold(s string, origin *[]int) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := ' ' // what would be written before the next sign; leading blanks go
	written, blankAt := false, 0
	add := func(text string, at int) {
		if text == "" {
			return
		}
		if written && blank != 0 {
			b.WriteRune(blank)
			if origin != nil {
				*origin = append(*origin, blankAt)
			}
		}
		blank, written = 0, true
		b.WriteString(text)
		if origin != nil {
			for range len(text) {
				*origin = append(*origin, at)
			}
		}
	}
	var it norm.Iter
	it.InitString(norm.NFKD, s)
	for !it.Done() {
		at := it.Pos()
		segment := it.Next() // a sign with its marks, taken apart
		if r, size := utf8.DecodeRune(segment); size == len(segment) && unicode.IsSpace(r) {
			if blank == 0 {
				blankAt = at
			}
			if r == '\n' || r == '\r' || blank == '\n' {
				blank = '\n'
			} else {
				blank = ' '
			}
			continue
		}
		add(foldSign(segment), at)
	}
	return b.String()
}

// foldSign folds a sign with its marks.
func foldSign(segment []byte) string {
	var b strings.Builder
	base, composed := rune(0), false
	for len(segment) > 0 {
		r, size := utf8.DecodeRune(segment)
		segment = segment[size:]
		switch {
		case unicode.Is(unicode.Mn, r):
			if base < utf8.RuneSelf || unicode.In(base, accented...) || Invisible(r) {
				continue
			}
			composed = true
			b.WriteRune(r)
			continue
		case Invisible(r), unicode.IsControl(r), isIsolate(r):
			continue
		case unicode.IsSpace(r): // within a sign that Unicode takes apart, as ´ is a blank with an accent
			continue
		}
		base, composed = r, composed || r >= 0x1100
		r = unicode.ToLower(r)
		if s, ok := same[r]; ok {
			b.WriteString(s)
		} else {
			b.WriteRune(r)
		}
	}
	if composed {
		return norm.NFC.String(b.String())
	}
	return b.String()
}

// Spellings are ways of writing a folded text that fold to it again, itself first: strasse, straße. Only letters change,
// and there are at most most of them, those with the fewest changes.
func Spellings(folded string, most int) []string {
	list := []string{folded}
	begun := map[string]bool{folded: true}
	for n := 0; n < len(list); n++ {
		for _, letter := range letters() {
			for at := 0; ; at++ {
				i := strings.Index(list[n][at:], same[letter])
				if i < 0 {
					break
				}
				at += i
				way := list[n][:at] + string(letter) + list[n][at+len(same[letter]):]
				if begun[way] {
					continue
				}
				if len(list) == most {
					return list
				}
				begun[way] = true
				list = append(list, way)
			}
		}
	}
	return list
}

// letters are those of same that are letters, those that stand for two first: they are the ones that people write apart.
var letters = sync.OnceValue(func() []rune {
	list := []rune{}
	for r, s := range same {
		if unicode.IsLetter(r) && r != 'ʼ' && s != string(r) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b rune) int { return cmp.Or(len(same[b])-len(same[a]), int(a-b)) })
	return list
})

// Trace is a text with its folded form, in which every place remembers where it came from: what is found in the folded
// form can be quoted as it was written.
type Trace struct {
	Original string
	Folded   string
	origin   []int // of each byte of Folded, and one more: offsets into Original
}

// NewTrace folds a text as Fold does, with line ends as blanks.
func NewTrace(original string) Trace {
	t := Trace{Original: original, origin: make([]int, 0, len(original)+1)}
	t.Folded = strings.ReplaceAll(fold(original, &t.origin), "\n", " ")
	t.origin = append(t.origin, len(original))
	return t
}

// Quote is what stands in the original where the folded text has [from, to), on one line.
func (t Trace) Quote(from, to int) string {
	end := len(t.Original)
	if to > from {
		for end = t.origin[to-1] + 1; end < len(t.Original) && !utf8.RuneStart(t.Original[end]); end++ {
		}
	}
	return Line(t.Original[t.origin[from]:end])
}

// dense are the scripts that are written without blanks between words.
var dense = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// Dense tells whether a letter belongs to a script that is written without blanks between words (or, as Korean, in
// words that people look for by their middle).
func Dense(r rune) bool { return r >= 0xe00 && unicode.In(r, dense...) }

// Spaced is a folded text with the signs of dense scripts set apart, so that an index of words finds each of them. A
// search for such signs looks for them one after the other.
func Spaced(folded string) string {
	if !strings.ContainsFunc(folded, Dense) {
		return folded
	}
	var b strings.Builder
	before := false
	for _, r := range folded {
		now := Dense(r)
		if (now && !unicode.Is(unicode.M, r) || before && !now) && b.Len() > 0 && !unicode.Is(unicode.Mn, r) {
			b.WriteByte(' ')
		}
		before = now
		b.WriteRune(r)
	}
	return b.String()
}
