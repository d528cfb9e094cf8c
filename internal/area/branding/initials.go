package branding

import (
	"regexp"
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
// alone; of a single word, those of its parts. A particle in small letters does not count: d’Amboise is A, D’Ambrosio is D.
// Characters are what a person sees as one. The window computes the same for its avatars.
func InitialsOf(name string) string {
	called := meant(strings.Fields(norm.NFC.String(name)))
	if len(called) == 1 {
		if parts := meant(strings.FieldsFunc(called[0], joins)); len(parts) > 0 {
			called = parts
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

// joins tells what joins the parts of a word.
func joins(r rune) bool { return strings.ContainsRune("-–'’.", r) }

// particle is what stands before a name and does not belong to it.
var particle = regexp.MustCompile(`^\p{Ll}{1,4}['’]`)

// meant are the words that say something, each from where it begins to.
func meant(words []string) []string {
	var list []string
	for _, w := range words {
		if !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) }) {
			continue
		}
		if len(list) > 0 && legalForms[strings.ToLower(strings.ReplaceAll(w, ".", ""))] {
			continue
		}
		w = strings.TrimLeftFunc(w, joins)
		if rest := particle.ReplaceAllString(w, ""); rest != "" {
			w = rest
		}
		list = append(list, w)
	}
	return list
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
