package input

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode finds out how a text file is written and gives it as UTF-8 without a byte order mark: UTF-8, UTF-16 with its mark
// or without, or Windows-1252, in which spreadsheets of Western Europe save. A byte that is wrong in UTF-8 spoils nothing
// else: it is read as Windows-1252 has it. A control character here and there becomes U+FFFD; what holds many in every
// reading is no text.
func Decode(data []byte) (string, bool) { return DecodeString(string(data)) }

// DecodeString is Decode for bytes that are a string already; plain UTF-8 is not copied.
func DecodeString(s string) (string, bool) {
	if order := wide(s); order >= 0 {
		out, err := unicode.UTF16(unicode.Endianness(order != 0), unicode.UseBOM).NewDecoder().String(s)
		if err != nil {
			return "", false
		}
		return legible(out)
	}
	s = strings.TrimPrefix(s, "\ufeff")
	if utf8.ValidString(s) {
		return legible(s)
	}
	return legible(repair(s))
}

// repair reads bytes that are not valid UTF-8: as UTF-8 with some wrong ones, if there are at least as many signs of more
// than one byte as wrong bytes, else as Windows-1252. Text in Windows-1252 hardly ever has such a sign.
func repair(data string) string {
	signs, wrong := 0, 0
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && n == 1:
			wrong++
		case n > 1:
			signs++
		}
		rest = rest[n:]
	}
	var b strings.Builder
	b.Grow(len(data) + 2*wrong)
	for rest := data; len(rest) > 0; {
		_, n := utf8.DecodeRuneInString(rest)
		if n > 1 && signs >= wrong || rest[0] < utf8.RuneSelf {
			b.WriteString(rest[:n])
			rest = rest[n:]
			continue
		}
		if r := charmap.Windows1252.DecodeByte(rest[0]); r != utf8.RuneError {
			b.WriteRune(r)
		} else {
			b.WriteByte(0) // no sign there either: counted among the control characters
		}
		rest = rest[1:]
	}
	return b.String()
}

// rare is among how many bytes of a text one control character may be.
const rare = 500

// legible replaces control characters where they are rare; a text with more of them is none.
func legible(s string) (string, bool) {
	count := 0
	for _, r := range s {
		if isControl(r) {
			if count++; count > len(s)/rare {
				return "", false
			}
		}
	}
	if count == 0 {
		return s, true
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return utf8.RuneError
		}
		return r
	}, s), true
}

// wide tells whether a file is UTF-16: 0 with the high byte first, 1 with the low byte first, -1 if it is not.
func wide(data string) int {
	switch {
	case strings.HasPrefix(data, "\xfe\xff"):
		return 0
	case strings.HasPrefix(data, "\xff\xfe"):
		return 1
	case len(data) < 4 || len(data)%2 != 0:
		return -1
	}
	zeros := [2]int{} // in text of our languages nearly every second byte is one
	look := data[:min(len(data), 1000)]
	for i := range len(look) {
		if look[i] == 0 {
			zeros[i%2]++
		}
	}
	for order, n := range zeros {
		if n > len(look)/4 && zeros[1-order] == 0 {
			return order
		}
	}
	return -1
}

func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' || r >= 0x7f && r < 0xa0 && r != 0x85
}
