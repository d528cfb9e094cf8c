package activity

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// maxWords is up to how many words a beginning is completed to. The text index can look for a beginning by itself, but
// then it first gathers every hit of every word that begins so; a choice of words it reads only as far as the page.
const maxWords = 48

// completer turns the text of a term into an expression of the text index; "" means that nothing can match. Where it is
// one word of which too many begin so, it gives the folded beginning, too.
type completer func(t Term) (match, begins string, err error)

func newCompleter(ctx context.Context, q sqlite.Queryer) completer {
	return func(t Term) (match, begins string, err error) {
		v := t.Values[0]
		head, last := splitLast(v)
		if t.Exact || last == "" { // what ends in a separator is a whole word
			list, err := spelledWhole(ctx, q, v)
			return anyOf(list), "", err
		}
		others, err := spelled(ctx, q, text.Fold(last))
		if err != nil {
			return "", "", err
		}
		folded, ok := fold(last)
		if ok { // what begins so in its own spelling, too, is found anyway
			others = slices.DeleteFunc(others, func(w string) bool { return beginsWith(w, folded) })
		}
		for i, w := range others {
			others[i] = phrase(head + w)
		}
		if !ok { // nor is what is typed plain: Straß begins strasse, too
			plain, err := completions(ctx, q, text.Fold(last))
			for _, w := range plain {
				others = append(others, phrase(head+w))
			}
			return anyOf(append(others, phrase(v)+" *")), "", err
		}
		words, err := completions(ctx, q, folded)
		if err != nil || len(words)+len(others) == 0 {
			return "", "", err
		}
		if len(words) > maxWords {
			if len(others) > 0 {
				return anyOf(append(others, phrase(v)+" *")), "", nil
			}
			if head != "" {
				folded = ""
			}
			return phrase(v) + " *", folded, nil
		}
		for i, w := range words {
			words[i] = phrase(head + w)
		}
		return anyOf(append(words, others...)), "", nil
	}
}

// anyOf is the expression for any of several.
func anyOf(expressions []string) string {
	if len(expressions) == 1 && strings.HasSuffix(expressions[0], "*") {
		return expressions[0]
	}
	return "(" + strings.Join(expressions, " OR ") + ")"
}

// spelled lists the words that begin so, or have a part that does, in another spelling than the text index knows.
func spelled(ctx context.Context, q sqlite.Queryer, beginning string) ([]string, error) {
	if beginning == "" {
		return nil, nil
	}
	return sqlite.All(ctx, q, sqlite.Value[string],
		"SELECT DISTINCT word FROM journal_fold WHERE folded >= ?1 AND folded < ?1 || char(1114111) LIMIT ?2", beginning, maxSpelled)
}

// maxSpelled is how many words in another spelling are looked for at most, and in how many ways a phrase is written.
const (
	maxSpelled = 200
	maxPhrases = 64
)

// spelledWhole are the phrases whose words are the same but for their spelling: as they were typed, folded, and as the
// journal has them.
func spelledWhole(ctx context.Context, q sqlite.Queryer, v string) ([]string, error) {
	phrases, other := []string{""}, false
	for _, word := range strings.FieldsFunc(norm.NFC.String(v), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }) {
		folded := text.Fold(word)
		ways, err := sqlite.All(ctx, q, sqlite.Value[string], "SELECT word FROM journal_fold WHERE folded = ? LIMIT ?", folded, maxSpelled)
		if err != nil {
			return nil, err
		}
		if folded != "" && folded != strings.ToLower(word) {
			ways = append(ways, folded)
		}
		other = other || len(ways) > 0
		longer := []string{}
		for _, way := range append([]string{word}, ways...) {
			for _, p := range phrases {
				longer = append(longer, strings.TrimSpace(p+" "+way))
			}
		}
		phrases = longer[:min(len(longer), maxPhrases)]
	}
	list := []string{phrase(v)} // with what joins its words, which may be a part of one for the text index
	if other {
		for _, p := range phrases {
			list = append(list, phrase(p))
		}
	}
	return list, nil
}

// foldsOf are the spellings by which a word is found besides its own: folded, if that differs from how the text index
// writes it, and from every sign on whose script has no blanks.
func foldsOf(word string) (list []string) {
	plain := true
	for i := range len(word) {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if plain {
		return nil
	}
	if folded := text.Fold(word); folded != word && folded != "" {
		list = append(list, folded)
	}
	if !strings.ContainsFunc(word, text.Dense) {
		return list
	}
	n := 0
	for i, r := range word {
		if n++; n > 1 && n <= longestDense && text.Dense(r) {
			if folded := text.Fold(word[i:]); folded != "" {
				list = append(list, folded)
			}
		}
	}
	return list
}

// longestDense is up to which sign parts of a word are found.
const longestDense = 64

// marked are the expressions for a term in words with a mark. They are a person's own, and few: the text index completes
// them itself. No list tells how they are spelled, so every spelling is looked for.
func marked(t Term, with string) []string {
	v := t.Values[0]
	end := " *"
	if _, last := splitLast(v); t.Exact || last == "" {
		end = ""
	}
	list := []string{}
	for _, way := range append([]string{v}, text.Spellings(text.Fold(v), maxPhrases)...) {
		if p := phrase(mark(way, with)) + end; !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// phrase quotes words that have to follow each other.
func phrase(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// splitLast cuts v before its last word.
func splitLast(v string) (head, last string) {
	v = norm.NFC.String(v)
	i := strings.LastIndexFunc(v, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if i < 0 {
		return "", v
	}
	for i++; i < len(v) && v[i]&0xc0 == 0x80; i++ { // the separator may be several bytes long
	}
	return v[:i], v[i:]
}

// fold writes a word as the text index does: lower case, without accents. It answers only where that is beyond doubt.
func fold(word string) (string, bool) {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r >= unicode.MaxASCII:
			return "", false
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), true
}

// completions lists the words that begin so, up to one more than maxWords.
func completions(ctx context.Context, q sqlite.Queryer, beginning string) ([]string, error) {
	if beginning == "" {
		return nil, nil
	}
	return sqlite.All(ctx, q, sqlite.Value[string],
		"SELECT word FROM journal_word WHERE word >= ?1 AND word < ?1 || char(1114111) LIMIT ?2", beginning, maxWords+1)
}

// wordsOf calls yield with each word of a text, as completions lists it: letters that are plain but for their case and
// their accents are written plainly, so that a beginning finds them; all others stay what they are, and the text index
// folds them when it looks for the word. What a rare sign joins is given twice, joined and apart: the text index takes
// those that are younger than its tables, like ₽, for parts of a word.
func wordsOf(value string, yield func(word []byte)) {
	var inOne, inTwo [64]byte
	word, joined := inOne[:0], inTwo[:0]
	end := func() {
		if len(word) > 0 {
			yield(word)
		}
		if len(joined) > len(word) {
			yield(joined)
		}
		word, joined = word[:0], joined[:0]
	}
	for _, r := range value {
		switch {
		case r <= unicode.MaxASCII:
			switch {
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			default:
				end()
				continue
			}
			word, joined = append(word, byte(r)), append(joined, byte(r))
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			r = plainly(r)
			word, joined = utf8.AppendRune(word, r), utf8.AppendRune(joined, r)
		case accent(r):
		case r < 0xc0 || r >= 0x2000 && r < 0x2070: // usual signs between words
			end()
		default:
			if len(word) > 0 {
				yield(word)
			}
			word, joined = word[:0], utf8.AppendRune(joined, r)
		}
	}
	end()
}

// accent tells whether the text index skips a sign within a word.
func accent(r rune) bool {
	const first, second = 0x08029fdf, 0x000361f8 // of U+0300 and of U+0320 on, a bit each
	return r >= 0x300 && r < 0x320 && first>>(r-0x300)&1 == 1 || r >= 0x320 && r < 0x340 && second>>(r-0x320)&1 == 1
}

// plainly returns the letter under the accents of r if it is one of a to z and the text index finds it there; else r.
func plainly(r rune) rune {
	parts := norm.NFD.PropertiesString(string(r)).Decomposition()
	if r == 'Ǡ' || r == 'ǡ' || len(parts) == 0 || parts[0] > unicode.MaxASCII || !unicode.IsLetter(rune(parts[0])) {
		return r
	}
	return unicode.ToLower(rune(parts[0]))
}
