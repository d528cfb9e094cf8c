package branding

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// legalForms only say of which kind a company is; nobody calls it by that.
var legalForms = map[string]bool{
	"sa": true, "sagl": true, "sàrl": true, "sarl": true, "srl": true, "spa": true, "snc": true, "sl": true, "slu": true,
	"ag": true, "kg": true, "gmbh": true, "ltd": true, "llc": true, "inc": true,
}

// InitialsOf are the two characters that stand for an organization: of its first and its last word, or of the first
// alone. Characters are what a person sees as one. The window computes the same for its avatars.
func InitialsOf(name string) string {
	words := strings.FieldsFunc(norm.NFC.String(name), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("-–'’.", r)
	})
	var called []string
	for _, w := range words {
		if !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) }) {
			continue
		}
		if len(called) == 0 || !legalForms[strings.ToLower(w)] {
			called = append(called, w)
		}
	}
	if len(called) == 0 {
		return "?"
	}
	text := first(called[0])
	if len(called) > 1 {
		text += first(called[len(called)-1])
	}
	return cases.Upper(language.Und).String(text)
}

func first(word string) string {
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(word, -1)
	return cluster
}

// AvatarOf is which of the ten avatar colours an id has, from 0 (FNV-1a, as in the window).
func AvatarOf(id string) int {
	hash := uint32(0x811c9dc5)
	for _, b := range []byte(id) {
		hash = (hash ^ uint32(b)) * 0x01000193
	}
	return int(hash % 10)
}
