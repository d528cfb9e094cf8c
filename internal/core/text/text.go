// Package text knows what text is made of. It promises that what Clean lets pass is composed (NFC) Unicode without
// control characters, without signs that turn the direction of writing and without invisible ones but the joiners that a
// script needs; that Length counts what a person counts; and that Fold is the one form in which two spellings of a word
// are equal, everywhere in the program.
package text

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Why Clean refuses a text.
var (
	ErrNotText   = errors.New("text: not text")            // no UTF-8, control characters, heaps of accents
	ErrDirection = errors.New("text: turns the direction") // so that a part reads differently from what it is
)

// maxMarks is how many accents may stand on one sign: the most that a living script needs, and a few more.
const maxMarks = 8

// Clean is one line of text as it is kept: composed, without the invisible signs that come along when people copy. What
// could make a text look like another one or leave its line is refused, not taken out. Blanks stay as they are; Line
// tidies them.
func Clean(s string) (string, error) { return clean(s, false) }

// CleanLong is Clean for text of several lines: line ends become "\n", tabs stay.
func CleanLong(s string) (string, error) {
	return clean(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s), true)
}

func clean(s string, long bool) (string, error) {
	if !utf8.ValidString(s) {
		return "", ErrNotText
	}
	if !long {
		s = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ", "\u2028", " ", "\u2029", " ").Replace(s)
	}
	runes := []rune(norm.NFC.String(s))
	out := make([]rune, 0, len(runes))
	marks := 0
	for i, r := range runes {
		switch {
		case isIsolate(r):
			return "", ErrDirection
		case unicode.IsControl(r) && !(long && (r == '\n' || r == '\t')), isNoncharacter(r):
			return "", ErrNotText
		case Invisible(r) && !needed(out, r, runes[i+1:]):
			continue
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > maxMarks {
			return "", ErrNotText
		}
		out = append(out, r)
	}
	return norm.NFC.String(string(out)), nil // what an invisible sign held apart may join now
}

// Line is a text with single blanks between its words and none around it.
func Line(s string) string { return strings.Join(strings.Fields(s), " ") }

// Bare takes out all that cannot be seen but the joiners that a script needs: what codes, numbers and addresses lose that
// were copied from elsewhere. Text that is no UTF-8 stays as it is.
func Bare(s string) string {
	if !utf8.ValidString(s) {
		return s
	}
	runes := []rune(s)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if isIsolate(r) || Invisible(r) && !needed(out, r, runes[i+1:]) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			continue
		}
		out = append(out, r)
	}
	return strings.TrimSpace(string(out))
}

// Seen takes out all that nobody sees, joiners and the looks of digits too: no script needs them in a figure.
func Seen(s string) string {
	return strings.Map(func(r rune) rune {
		if Invisible(r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// OneLine makes one line of visible text of whatever came from elsewhere, for notices and lists: what is no text becomes
// blank or goes.
func OneLine(s string) string {
	return Line(Bare(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || isNoncharacter(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))))
}

// HasControl tells whether a text holds control characters: anything that is no sign, line ends and tabs included.
func HasControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// Readable tells whether a text has at least one letter or digit: what a name needs to be seen and read out.
func Readable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return (unicode.IsLetter(r) || unicode.IsNumber(r)) && !Invisible(r) })
}

// Length is how many characters a person counts: an emoji of a family is one, a letter with its accents too.
func Length(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == '\r' {
			return uniseg.GraphemeClusterCount(s)
		}
	}
	return len(s)
}

// Cut is the beginning of a text, of at most so many characters as Length counts them.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	rest, state := s, -1
	for range most {
		if rest == "" {
			return s
		}
		_, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
	}
	return s[:len(s)-len(rest)]
}

// isIsolate tells whether a sign begins or ends a stretch of text of another direction (UAX #9): what comes after it is
// shown elsewhere than where it stands.
func isIsolate(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

func isNoncharacter(r rune) bool { return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef }

const (
	zwnj, zwj   = 0x200c, 0x200d
	emojiLook   = 0xfe0f
	blackFlag   = 0x1f3f4
	firstTag    = 0xe0020
	lastTag     = 0xe007f
	firstLook   = 0xfe00
	moreLooks   = 0xe0100
	lastOfLooks = 0xe01ef
)

// Invisible tells whether a sign has no look of its own: joiners, marks of direction, fillers, selectors of looks.
func Invisible(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case unicode.Is(unicode.Cf, r):
		return !(r >= 0x600 && r <= 0x605 || r == 0x6dd || r == 0x70f || r == 0x890 || r == 0x891 || r == 0x8e2 || r == 0x110bd || r == 0x110cd) // signs that enclose numbers
	case r == 0x34f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x2800, r == 0x3164, r == 0xffa0, r == 0xfffc:
		return true
	case r >= 0x180b && r <= 0x180f, r >= firstLook && r <= emojiLook, r >= moreLooks && r <= lastOfLooks:
		return true
	}
	return r >= 0xe0000 && r <= 0xe0fff || r == 0x2065 || r >= 0xfff0 && r <= 0xfff8
}

// joining are the scripts in which a joiner changes how a word is written, so that it belongs to the spelling.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
	unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// needed tells whether an invisible sign belongs to what stands before and after it.
func needed(out []rune, r rune, rest []rune) bool {
	if len(out) == 0 {
		return false
	}
	before := out[len(out)-1]
	switch {
	case r == zwj || r == zwnj:
		if len(rest) == 0 {
			return false
		}
		if unicode.In(before, joining...) && unicode.In(rest[0], joining...) {
			return true
		}
		return r == zwj && isEmoji(beforeLook(out)) && isEmoji(rest[0])
	case r == emojiLook:
		return isEmoji(before) || before >= '0' && before <= '9' || before == '#' || before == '*'
	case r >= firstTag && r <= lastTag: // the flags of England, Scotland, Wales
		return before == blackFlag || before >= firstTag && before < lastTag
	case r >= moreLooks && r <= lastOfLooks, r >= firstLook && r < 0xfe03: // the look of a Chinese character
		return unicode.Is(unicode.Han, before)
	case r >= 0x180b && r <= 0x180f:
		return unicode.Is(unicode.Mongolian, before) && !Invisible(before)
	}
	return false
}

// beforeLook is the last sign that is no selector of a look or of a skin colour.
func beforeLook(runes []rune) rune {
	for i := len(runes) - 1; i >= 0; i-- {
		if r := runes[i]; r != emojiLook && (r < 0x1f3fb || r > 0x1f3ff) {
			return r
		}
	}
	return 0
}

func isEmoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2190 && r <= 0x2bff || r == 0x203c || r == 0x2049 || r == 0x2122 || r == 0x2139 ||
		r == 0xa9 || r == 0xae || r == 0x3030 || r == 0x303d || r == 0x3297 || r == 0x3299
}
