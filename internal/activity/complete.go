package activity

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/sqlite"
)

// maxWords is up to how many words a beginning is completed to. The text index can look for a beginning by itself, but
// then it first gathers every hit of every word that begins so; a choice of words it reads only as far as the page.
const maxWords = 48

// completer turns the text of a term into an expression of the text index, for words with a mark ("" for the words that
// everybody may find). "" means that nothing can match.
type completer func(t Term, with string) (string, error)

func newCompleter(ctx context.Context, q sqlite.Queryer) completer {
	return func(t Term, with string) (string, error) {
		v := t.Values[0]
		head, last := splitLast(v)
		if with != "" {
			v, head = mark(v, with), mark(head, with)
		}
		if t.Exact || last == "" { // what ends in a separator is a whole word
			return phrase(v), nil
		}
		folded, ok := fold(last)
		if !ok {
			return phrase(v) + " *", nil
		}
		words, err := completions(ctx, q, with+folded)
		if err != nil || len(words) == 0 {
			return "", err
		}
		if len(words) > maxWords {
			return phrase(v) + " *", nil
		}
		for i, w := range words {
			words[i] = phrase(head + w)
		}
		return "(" + strings.Join(words, " OR ") + ")", nil
	}
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

// completions lists the words of the index that begin so, up to one more than maxWords. Each step jumps to the next
// word, over all the entries that hold the last one.
func completions(ctx context.Context, q sqlite.Queryer, beginning string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], `
		WITH RECURSIVE next(term) AS (
			SELECT (SELECT w.term FROM journal_word w WHERE w.term >= ?1 LIMIT 1)
			UNION ALL
			SELECT (SELECT w.term FROM journal_word w WHERE w.term >= next.term || char(1) LIMIT 1)
			FROM next WHERE next.term < ?1 || char(1114111) LIMIT ?2
		) SELECT term FROM next WHERE term < ?1 || char(1114111)`, beginning, maxWords+1)
}
