package input

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"kontor/internal/core/text"
)

// names is how a typed name becomes what a registry keeps: lower case, composed, ASCII.
var names = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(true), idna.VerifyDNSLength(true),
	idna.CheckHyphens(true), idna.CheckJoiners(true), idna.BidiRule())

// ParseDomain reads a name of two labels or more and gives its ASCII form. Only what a registry can keep is one (IDNA
// 2008, RFC 5892): letters, digits and hyphens of any script, no dashes that look like hyphens and no emoji. Whether
// anybody runs its ending is not asked. A dot at the end is left away.
//
// Refusals: required; not_a_domain; domain_dash (domain: the name with hyphens in place of its dashes).
func ParseDomain(typed string) (ascii string, refusal *Refusal) {
	typed = strings.TrimSuffix(text.Bare(typed), ".")
	if typed == "" {
		return "", refuse("required")
	}
	if ascii, ok := domain(typed); ok {
		return ascii, nil
	}
	if _, ok := domain(Hyphens(typed)); ok {
		return "", refuse("domain_dash", "domain", Hyphens(typed))
	}
	return "", refuse("not_a_domain")
}

// Hyphens is a name with hyphens in place of the dashes that word processors make of them.
func Hyphens(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Pd, r) || r == '−' {
			return '-'
		}
		return r
	}, typed)
}

func domain(typed string) (ascii string, ok bool) {
	ascii, err := names.ToASCII(typed)
	if err != nil || !strings.Contains(ascii, ".") || isDigits(ascii[strings.LastIndexByte(ascii, '.')+1:]) {
		return "", false
	}
	shown, err := names.ToUnicode(ascii)
	if err != nil {
		return "", false
	}
	for label := range strings.SplitSeq(shown, ".") {
		if !registered(label) {
			return "", false
		}
	}
	return ascii, true
}

// registered tells whether every sign of a label may stand in one (RFC 5892, the exceptions of sections 2.6 and A
// included). The joiners and the direction of writing were checked before.
func registered(label string) bool {
	runes := []rune(label)
	for i, r := range runes {
		switch {
		case r == '-', r == 0x200c, r == 0x200d:
		case r == 0x640, r == 0x7fa, r >= 0x302e && r <= 0x302f, r >= 0x3031 && r <= 0x3035, r == 0x303b, oldJamo(r):
			return false
		case r == 'ß', r == 'ς', r == 0x6fd, r == 0x6fe, r == 0xf0b, r == 0x3007:
		case r == '·':
			if i == 0 || i+1 == len(runes) || runes[i-1] != 'l' || runes[i+1] != 'l' {
				return false
			}
		case r == 0x30fb:
			if !strings.ContainsFunc(label, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Han) }) {
				return false
			}
		case r == 0x375, r == 0x5f3, r == 0x5f4:
		case !unicode.In(r, unicode.Ll, unicode.Lo, unicode.Lm, unicode.Mn, unicode.Mc, unicode.Nd):
			return false
		}
	}
	return true
}

// oldJamo are the parts of Korean syllables that no modern word is written with by themselves.
func oldJamo(r rune) bool {
	return r >= 0x1100 && r <= 0x11ff || r >= 0xa960 && r <= 0xa97f || r >= 0xd7b0 && r <= 0xd7ff
}
