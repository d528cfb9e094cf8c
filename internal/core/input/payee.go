package input

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// dot stands for a hidden character.
const dot = "·"

// Refuse notes the refusal on a field; nil is no refusal. A card number in place of what was asked for is named as
// such; the digits of what begins like an IBAN may look like one by chance.
func Refuse(c *fault.Check, field, typed string, r *Refusal) {
	switch {
	case r == nil:
	case HasCard(typed) && !strings.HasPrefix(r.Code, "iban_"):
		c.Refuse(field, "looks_like_card")
	default:
		c.Refuse(field, r.Code, r.Params...)
	}
}

// Mailbox is an e-mail address that money can be asked from or sent to. It prints only its mask.
type Mailbox struct{ text string }

// ParseMailbox reads one plain address; see ParseEmail.
func ParseMailbox(typed string) (Mailbox, *Refusal) {
	address, _, refusal := ParseEmail(typed)
	return Mailbox{address}, refusal
}

// Reveal is the whole address.
func (e Mailbox) Reveal() string { return e.text }

// Masked shows the first letter of either part and the end of the domain: "e···@p···.ch".
func (e Mailbox) Masked() string {
	at := strings.LastIndexByte(e.text, '@')
	if at < 0 {
		return ""
	}
	host := e.text[at+1:]
	return first(e.text) + strings.Repeat(dot, 3) + "@" + first(host) + strings.Repeat(dot, 3) + host[strings.LastIndexByte(host, '.'):]
}

// String is the mask.
func (e Mailbox) String() string { return e.Masked() }

// GoString is the mask.
func (e Mailbox) GoString() string { return e.Masked() }

func first(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// Mobile is a mobile number that TWINT can be tied to. It prints only its mask.
type Mobile struct{ number *phonenumbers.PhoneNumber }

// ParseMobile reads a Swiss or international mobile number; "079 …" is taken as Swiss.
func ParseMobile(typed string) (Mobile, *Refusal) {
	typed = text.Bare(typed)
	if typed == "" {
		return Mobile{}, refuse("required")
	}
	n, err := phonenumbers.Parse(typed, "CH")
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
	number := []rune(m.Reveal())
	shown, digits := len(number), 0
	for i := len(number) - 1; i >= 0 && digits < 4; i-- {
		if unicode.IsDigit(number[i]) {
			digits++
			shown = i
		}
	}
	country := strings.IndexByte(string(number), ' ')
	for i := max(country, 0); i < shown; i++ {
		if unicode.IsDigit(number[i]) {
			number[i] = '·'
		}
	}
	return string(number)
}

// String is the mask.
func (m Mobile) String() string { return m.Masked() }

// GoString is the mask.
func (m Mobile) GoString() string { return m.Masked() }
