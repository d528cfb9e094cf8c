package input

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"kontor/internal/core/text"
)

// lengths is how many characters an IBAN of each country has (SWIFT, IBAN registry, release 99).
var lengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28,
	"CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
	"FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
	"IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
	"LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28,
	"NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
	"SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26,
	"UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// IBAN is a bank account number that passed its country's length and its check digits. It prints only its mask.
type IBAN struct{ text string }

// ParseIBAN reads an IBAN as people write it: any case, with spaces or without.
func ParseIBAN(typed string) (IBAN, *Refusal) {
	s := compact(typed)
	if s == "" {
		return IBAN{}, refuse("required")
	}
	if len(s) < 5 || !isLetters(s[:2]) || !isDigits(s[2:4]) || !isAlphanumeric(s[4:]) {
		return IBAN{}, refuse("not_an_iban")
	}
	want, known := lengths[s[:2]]
	if !known {
		return IBAN{}, refuse("iban_country", "country", s[:2])
	}
	if len(s) != want {
		return IBAN{}, refuse("iban_length", "country", s[:2], "want", fmt.Sprint(want), "got", fmt.Sprint(len(s)))
	}
	if mod97(s[4:]+s[:4]) != 1 || s[2:4] < "02" || s[2:4] > "98" {
		return IBAN{}, refuse("iban_check_digits")
	}
	return IBAN{s}, nil
}

// compact is a number as people group it, in capitals and without blanks and what cannot be seen.
func compact(typed string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, width.Narrow.String(text.Bare(typed))))
}

// mod97 is the remainder of ISO 7064 MOD 97-10: letters count as two digits, A is 10.
func mod97(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c >= 'A' {
			n = (n*100 + int(c-'A') + 10) % 97
		} else {
			n = (n*10 + int(c-'0')) % 97
		}
	}
	return n
}

// Reveal is the whole number in groups of four. It goes to the vault, or to a person who gave the password.
func (i IBAN) Reveal() string { return grouped(i.text) }

// Masked shows the country and the last four characters: "CH·· ···· ···· ···· ·295 7".
func (i IBAN) Masked() string {
	if i.text == "" {
		return ""
	}
	shown := len(i.text) - 4
	return grouped(i.text[:2] + strings.Repeat(dot, shown-2) + i.text[shown:])
}

// String is the mask.
func (i IBAN) String() string { return i.Masked() }

// GoString is the mask, too: %#v must not show more.
func (i IBAN) GoString() string { return i.Masked() }

// grouped puts a space after every fourth character.
func grouped(s string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ParseBIC reads a bank's code (ISO 9362): 8 or 11 characters, the fifth and sixth a country. Empty is allowed: within
// the SEPA area a transfer needs none.
func ParseBIC(typed string) (string, *Refusal) {
	s := strings.ToUpper(text.Bare(typed))
	if s == "" {
		return "", nil
	}
	if len(s) != 8 && len(s) != 11 || !isLetters(s[:6]) || !isAlphanumeric(s) {
		return "", refuse("not_a_bic")
	}
	return s, nil
}

func isLetters(s string) bool { return all(s, func(c byte) bool { return c >= 'A' && c <= 'Z' }) }
func isAlphanumeric(s string) bool {
	return all(s, func(c byte) bool { return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' })
}

func all(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}
