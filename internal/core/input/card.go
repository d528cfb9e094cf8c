package input

import (
	"regexp"
	"slices"
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

// gap is how many signs may stand between two groups of one number.
const gap = 3

// HasCard tells whether a text holds a payment card number, so that no field of Kontor ever keeps one: a Luhn-valid
// sequence of 13 to 19 digits that begins as cards do, alone or inside a text, with digits of any script and look
// (full-width, Arabic-Indic, superscript …) and invisible signs anywhere. It may be in groups of any lengths that all
// stand apart in one way, by blanks or by dashes; in the groups that cards are written in (apart), they may also be dots,
// strokes or the end of a line, and change. So lists of amounts, dates, times, addresses and telephone numbers are none:
// one in ten of them passes the check by chance, and what is refused by chance cannot be explained to anybody. A number that
// begins or ends inside an unbroken run of digits is not looked for: the 27 digits of a payment slip's reference would
// nearly always hold one. An account number that proves itself by its check digits is none, nor is an identifier (RFC 9562).
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
	s = lineEnds.Replace(norm.NFKC.String(s))
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = text.Line(line)
	}
	return hasCard(identifier.ReplaceAllLiteralString(withoutIBANs(strings.Join(lines, "\n")), "none"))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// identifier is that of a program: 8-4-4-4-12, with its version and variant.
var identifier = regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b`)

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

// apart is how a group of digits stands apart from the one before it.
type apart byte

const (
	far   apart = iota // by something that never stands inside a number: words, commas, colons
	blank              // by blanks
	dash               // by dashes, with or without blanks
	mark               // by one other sign, with or without blanks
	line               // by the end of a line
)

// group is an unbroken run of digits, of which no more are kept than show that it is too long.
type group struct {
	digits []byte
	apart  apart
}

func hasCard(s string) bool {
	// The last groups that may belong together, as many as a number can have: a text may be a hundred megabytes of them.
	var run []group
	between := distance{far: true}
	inside := false
	for _, r := range s {
		d, ok := digit(r)
		switch {
		case ok && inside:
			if last := len(run) - 1; len(run[last].digits) <= longest {
				run[last].digits = append(run[last].digits, d)
			}
			continue
		case ok:
			how := between.apart()
			switch {
			case how == far:
				run = run[:0]
			case len(run) == longest:
				run = run[:copy(run, run[1:])]
			}
			run = append(run, group{[]byte{d}, how})
			inside, between = true, distance{}
			continue
		case r >= 0x80 && unicode.In(r, unicode.M, unicode.Cf): // belongs to the digit before it, or is not seen
			continue
		case inside:
			inside = false
			if found(run) {
				return true
			}
		}
		between.add(r)
	}
	return inside && found(run)
}

// distance is what stands between two groups of digits.
type distance struct {
	blanks, dashes, marks, lines int
	far                          bool
}

func (d *distance) add(r rune) {
	switch {
	case r == '\n':
		d.lines++
	case unicode.IsSpace(r):
		d.blanks++
	case r == '-' || r >= 0x80 && (r == '−' || unicode.Is(unicode.Pd, r)):
		d.dashes++
	case strings.ContainsRune(`._·/\|*`, r):
		d.marks++
	default:
		d.far = true
	}
}

func (d *distance) apart() apart {
	switch only := d.blanks + d.dashes + d.marks + d.lines; {
	case d.far || only > gap:
		return far
	case d.dashes > 0 && d.marks+d.lines == 0:
		return dash
	case d.blanks == only:
		return blank
	case d.marks == 1 && d.dashes+d.lines == 0:
		return mark
	case d.lines == 1 && only == 1:
		return line
	}
	return far
}

// found tells whether the last groups of run, taken together, make a card number. It is asked at the end of every
// group, so every sequence of neighbouring groups has its turn.
func found(run []group) bool {
	digits := make([]byte, 0, longest)
	for i := len(run) - 1; i >= 0; i-- {
		if len(digits)+len(run[i].digits) > longest {
			return false
		}
		digits = append(append(make([]byte, 0, longest), run[i].digits...), digits...)
		if len(digits) >= shortest && issued(digits) && (even(run[i:]) || asOnCards(run[i:])) && luhn(digits) {
			return true
		}
	}
	return false
}

// even tells whether all groups stand apart in the same way, by blanks or by dashes.
func even(groups []group) bool {
	for _, g := range groups[1:] {
		if g.apart > dash || g.apart != groups[1].apart {
			return false
		}
	}
	return true
}

// asOnCards tells whether groups begin only where they do on cards: after every fourth digit, or after the fourth and the
// tenth (Amex, Diners), the sixth (with the number of the issuer first) or every third behind the fourth (13 digits). One
// of them may begin a line; a column of numbers is not one number.
func asOnCards(groups []group) bool {
	total, lines := 0, 0
	var starts []int
	for i, g := range groups {
		if i > 0 {
			starts = append(starts, total)
			if g.apart == line {
				lines++
			}
		}
		total += len(g.digits)
	}
	only := func(places ...int) bool {
		return !slices.ContainsFunc(starts, func(at int) bool { return !slices.Contains(places, at) })
	}
	switch {
	case lines > 1:
		return false
	case total == 13:
		return only(4, 8, 12) || only(4, 7, 10)
	case total == 14 || total == 15:
		return only(4, 10)
	case total == 16 || total == 19:
		return only(4, 8, 12, 16) || only(6)
	}
	return false
}

// issued tells whether payment cards begin like that: the major industries 3 to 6 of ISO/IEC 7812, 22 to 27 (Mir,
// Mastercard), and 8, which UnionPay and RuPay use. Without it one in ten of the moments and ids of other programs, which
// begin with 1, and of what begins with a year of this century would be a card.
func issued(digits []byte) bool {
	first, second := digits[0], digits[1]
	return first >= 3 && first <= 6 || first == 8 || first == 2 && second >= 2 && second <= 7
}

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
