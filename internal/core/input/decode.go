package input

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode finds out how a text file is written and gives it as UTF-8 without a byte order mark: UTF-8, UTF-16 with its mark
// or without, or Windows-1252, in which spreadsheets of Western Europe save. What holds control characters in every reading
// is no text.
func Decode(data []byte) (string, bool) {
	switch order := wide(data); {
	case order >= 0:
		out, err := unicode.UTF16(unicode.Endianness(order != 0), unicode.UseBOM).NewDecoder().Bytes(data)
		return string(out), err == nil && isText(string(out))
	case utf8.Valid(data):
		s := strings.TrimPrefix(string(data), "\ufeff")
		return s, isText(s)
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(out), err == nil && isText(string(out)) && !bytes.ContainsRune(out, utf8.RuneError)
}

// wide tells whether a file is UTF-16: 0 with the high byte first, 1 with the low byte first, -1 if it is not.
func wide(data []byte) int {
	switch {
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return 0
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return 1
	case len(data) < 4 || len(data)%2 != 0:
		return -1
	}
	zeros := [2]int{} // in text of our languages nearly every second byte is one
	look := data[:min(len(data), 1000)]
	for i, b := range look {
		if b == 0 {
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

func isText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' || r >= 0x7f && r < 0xa0 && r != 0x85
	})
}
