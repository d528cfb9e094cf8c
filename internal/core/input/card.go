package input

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/text"
)

// The lengths of card numbers in use (ISO/IEC 7812).
const (
	shortest = 13
	longest  = 19
)

// gap is how many separators in a row may stand between two digits of one number.
const gap = 3

// HasCard tells whether a text holds a payment card number, so that no field of Kontor ever keeps one: a Luhn-valid
// sequence of 13 to 19 digits that begins as cards do, however it is written (full-width, Arabic-Indic, superscript …) and grouped (blanks, dashes,
// dots, strokes, invisible signs), alone or inside a text. A number that begins or ends inside an unbroken run of digits
// is not looked for: the 27 digits of a payment slip's reference would nearly always hold one by chance. An account number
// that proves itself by its check digits is none, nor is an identifier (RFC 9562) or a moment in one of the usual forms:
// one in some hundred of the first and one in ten of the second would be taken for a card.
func HasCard(s string) bool {
	// A row of a file may be as long as the file. It is looked through in parts that begin and end between groups of digits,
	// and overlap by more than a number is long.
	const part, overlap = 1 << 20, 512
	for len(s) > part+overlap {
		end := part
		for end > part-overlap && mayBeDigit(s[end]) {
			end--
		}
		if hasCardIn(s[:end]) {
			return true
		}
		start := end - overlap
		for start < end && mayBeDigit(s[start-1]) {
			start++
		}
		s = s[start:]
	}
	return hasCardIn(s)
}

// mayBeDigit tells whether a byte is a digit or part of a sign that may be one.
func mayBeDigit(b byte) bool { return b >= '0' && b <= '9' || b >= 0x80 }

func hasCardIn(s string) bool {
	digits := 0 // and what may be one
	for i := range len(s) {
		if mayBeDigit(s[i]) {
			digits++
		}
	}
	if digits < shortest {
		return false
	}
	s = strings.Map(func(r rune) rune {
		if text.Invisible(r) {
			return -1
		}
		return r
	}, s)
	return hasCard(likeNone.ReplaceAllLiteralString(withoutIBANs(text.Line(norm.NFKC.String(s))), "none"))
}

// likeNone is what has a form that no card number is written in: an identifier of a program (8-4-4-4-12, with its version
// and variant), and a date with a time of day, the year first or last.
var likeNone = regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b` +
	`|\b(?:(?:19|20)[0-9]{2}[-./][01]?[0-9][-./][0-3]?[0-9]|[0-3]?[0-9][-./][0-3]?[0-9][-./](?:19|20)[0-9]{2})` +
	`,?[ T][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?\b`)

// likeIBAN is what may be an account number with what stands behind it.
var likeIBAN = regexp.MustCompile(`\b[A-Za-z]{2}[0-9]{2}(?: ?[0-9A-Za-z]){11,40}`)

// withoutIBANs puts a word in the place of every account number with the right check digits.
func withoutIBANs(s string) string {
	return likeIBAN.ReplaceAllStringFunc(s, func(found string) string {
		want, known := lengths[strings.ToUpper(found[:2])]
		for i, n := 0, 0; known && i < len(found); i++ {
			if found[i] != ' ' {
				n++
			}
			if n == want {
				if _, refusal := ParseIBAN(found[:i+1]); refusal == nil {
					return "IBAN" + found[i+1:]
				}
				break
			}
		}
		return found
	})
}

func hasCard(s string) bool {
	// The last groups of digits with nothing but separators between them, as many as a number can have, and of each no more
	// than shows that it is too long: a text may be a hundred megabytes of them.
	var run [][]byte
	separators := gap + 1
	for _, r := range s {
		d, ok := digit(r)
		switch {
		case ok && separators == 0:
			if last := len(run) - 1; len(run[last]) <= longest {
				run[last] = append(run[last], d)
			}
		case ok:
			switch {
			case separators > gap:
				run = run[:0]
			case len(run) == longest:
				run = run[:copy(run, run[1:])]
			}
			run = append(run, []byte{d})
			separators = 0
		case separator(r):
			separators++
		default:
			separators = gap + 1
		}
		if ok {
			continue
		}
		if separators == 1 || separators > gap {
			if found(run) {
				return true
			}
		}
		if separators > gap {
			run = run[:0]
		}
	}
	return found(run)
}

// found tells whether the last groups of run, taken together, make a card number. It is asked at the end of every
// group, so every sequence of neighbouring groups has its turn.
func found(run [][]byte) bool {
	digits := make([]byte, 0, longest)
	for i := len(run) - 1; i >= 0; i-- {
		if len(digits)+len(run[i]) > longest {
			return false
		}
		digits = append(append(make([]byte, 0, longest), run[i]...), digits...)
		if len(digits) >= shortest && issued(digits[0]) && luhn(digits) {
			return true
		}
	}
	return false
}

// issued tells whether payment cards begin with that digit (the major industries 2 to 6 of ISO/IEC 7812, and 8, which
// UnionPay uses). Without it one in ten of the moments and ids of other programs, which begin with 1, would be a card.
func issued(first byte) bool { return first >= 2 && first <= 6 || first == 8 }

// luhn is the check of ISO/IEC 7812-1: every second digit from the right is doubled, the cross sum ends in 0. A row of
// zeros passes the sum and is no card.
func luhn(digits []byte) bool {
	sum, any := 0, false
	for i := range digits {
		d := int(digits[len(digits)-1-i])
		any = any || d != 0
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return any && sum%10 == 0
}

// digit returns the value of a decimal digit of any script.
func digit(r rune) (byte, bool) {
	if r >= '0' && r <= '9' {
		return byte(r - '0'), true
	}
	if r < 0x80 || !unicode.IsDigit(r) {
		return 0, false
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10), true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10), true
		}
	}
	return 0, false
}

func separator(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf, unicode.M) || strings.ContainsRune(`._·−/\|*,:'’`, r)
}
