package mirror

import (
	"strings"
	"testing"
	"unicode"

	"kontor/internal/core/text"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// The index keeps no places, and refuses a word that its tokenizer takes apart: whatever is typed must come to it in pieces.
func TestNoSignBetweenLettersIsRefusedByTheIndex(t *testing.T) {
	db := testkit.NewDB(t, nil)
	ask := func(r rune) {
		for _, w := range strings.FieldsFunc(text.Spaced(text.Fold("a"+string(r)+"b")), apart) {
			if _, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[int64], "SELECT rowid FROM mirror_event_text WHERE mirror_event_text MATCH ?", `"`+w+`"*`); err != nil {
				t.Errorf("%U: %v", r, err)
			}
		}
	}
	for r := rune(0); r < 0x250; r++ {
		ask(r)
	}
	for r := rune(0x250); r <= unicode.MaxRune; r += 61 {
		ask(r)
	}
	for r := rune(0x250); r <= 0x20000; r++ {
		if unicode.Is(unicode.M, r) || unicode.Is(since, r) {
			ask(r)
		}
	}
}
