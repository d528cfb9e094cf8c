// Package payee checks and masks the places that money comes from or goes to: bank accounts, PayPal addresses, mobile
// numbers. It promises that whatever it returns is well formed and that its types print nothing but their mask; only
// Reveal tells the whole.
package payee

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/idna"

	"kontor/internal/core/fault"
	"kontor/internal/core/pan"
)

// dot stands for a hidden character.
const dot = "·"

// maxEmail is the longest address that mail servers must take (RFC 5321, 4.5.3.1.3, without the angle brackets).
const maxEmail = 254

// Refusal is why a text is no payee: the code of a field error and its parameters.
type Refusal struct {
	Code   string
	Params []string
}

func refuse(code string, params ...string) *Refusal { return &Refusal{Code: code, Params: params} }

// Refuse notes the refusal on a field; nil is no refusal. A card number in place of what was asked for is named as
// such; the digits of what begins like an IBAN may look like one by chance.
func Refuse(c *fault.Check, field, text string, r *Refusal) {
	switch {
	case r == nil:
	case pan.In(text) && !strings.HasPrefix(r.Code, "iban_"):
		c.Refuse(field, "looks_like_card")
	default:
		c.Refuse(field, r.Code, r.Params...)
	}
}

// Email is an address that money can be asked from or sent to. It prints only its mask.
type Email struct{ text string }

// ParseEmail reads one plain address with a registered kind of domain; no display name, no comment, no quoted part.
func ParseEmail(text string) (Email, *Refusal) {
	s := strings.TrimSpace(text)
	if s == "" {
		return Email{}, refuse("required")
	}
	a, err := mail.ParseAddress(s)
	at := strings.LastIndexByte(s, '@')
	if err != nil || a.Name != "" || a.Address != s || at < 1 || at > 64 || len(s) > maxEmail || !utf8.ValidString(s) ||
		strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsAny(s[:at], `"\`) {
		return Email{}, refuse("not_an_email")
	}
	host, err := idna.Lookup.ToASCII(s[at+1:])
	if err != nil || !strings.Contains(host, ".") || strings.HasSuffix(host, ".") || isDigits(host[strings.LastIndexByte(host, '.')+1:]) {
		return Email{}, refuse("not_an_email")
	}
	return Email{s[:at+1] + strings.ToLower(s[at+1:])}, nil
}

// Reveal is the whole address.
func (e Email) Reveal() string { return e.text }

// Masked shows the first letter of either part and the end of the domain: "e···@p···.ch".
func (e Email) Masked() string {
	at := strings.LastIndexByte(e.text, '@')
	if at < 0 {
		return ""
	}
	host := e.text[at+1:]
	return first(e.text) + strings.Repeat(dot, 3) + "@" + first(host) + strings.Repeat(dot, 3) + host[strings.LastIndexByte(host, '.'):]
}

// String is the mask.
func (e Email) String() string { return e.Masked() }

// GoString is the mask.
func (e Email) GoString() string { return e.Masked() }

func first(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// Mobile is a mobile number that TWINT can be tied to. It prints only its mask.
type Mobile struct{ number *phonenumbers.PhoneNumber }

// ParseMobile reads a Swiss or international mobile number; "079 …" is taken as Swiss.
func ParseMobile(text string) (Mobile, *Refusal) {
	if strings.TrimSpace(text) == "" {
		return Mobile{}, refuse("required")
	}
	n, err := phonenumbers.Parse(text, "CH")
	if err != nil || !phonenumbers.IsValidNumber(n) || n.GetExtension() != "" {
		return Mobile{}, refuse("not_a_phone")
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
		return Mobile{n}, nil
	}
	return Mobile{}, refuse("not_a_mobile")
}

// Reveal is the whole number in international form: "+41 79 123 18 06".
func (m Mobile) Reveal() string {
	if m.number == nil {
		return ""
	}
	return phonenumbers.Format(m.number, phonenumbers.INTERNATIONAL)
}

// Masked shows the country code and the last four digits: "+41 ·· ··· 18 06".
func (m Mobile) Masked() string {
	text := []rune(m.Reveal())
	shown, digits := len(text), 0
	for i := len(text) - 1; i >= 0 && digits < 4; i-- {
		if unicode.IsDigit(text[i]) {
			digits++
			shown = i
		}
	}
	country := strings.IndexByte(string(text), ' ')
	for i := max(country, 0); i < shown; i++ {
		if unicode.IsDigit(text[i]) {
			text[i] = '·'
		}
	}
	return string(text)
}

// String is the mask.
func (m Mobile) String() string { return m.Masked() }

// GoString is the mask.
func (m Mobile) GoString() string { return m.Masked() }
