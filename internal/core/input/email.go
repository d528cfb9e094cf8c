package input

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// Limits of an address, in bytes (RFC 5321, 4.5.3.1).
const (
	MaxEmail = 254
	maxLocal = 64
)

// Email reads one plain address: no display name, no comment, no quoted part, no number in place of a domain. It is
// kept as it was typed.
func Email(c *fault.Check, field, typed string, required bool) string {
	address, _, refusal := ParseEmail(typed)
	if refusal != nil && (required || refusal.Code != "required") {
		Refuse(c, field, typed, refusal)
	}
	return address
}

// MailKey is the form in which two spellings of one mailbox are equal: lower case, the domain in its ASCII form. It
// fails with Invalid/not_an_email if the text is no plain address.
func MailKey(typed string) (string, error) {
	_, key, refusal := ParseEmail(typed)
	if refusal != nil {
		return "", fault.New(fault.Invalid, "not_an_email")
	}
	return key, nil
}

// ParseEmail reads an address as Email does, and gives its MailKey beside it.
func ParseEmail(typed string) (address, key string, refusal *Refusal) {
	s := text.Bare(typed)
	if s == "" {
		return "", "", refuse("required")
	}
	bad := refuse("not_an_email")
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > maxLocal || len(s) > MaxEmail || text.HasControl(s) || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsAny(s[:at], `"\`) {
		return "", "", bad
	}
	if HasCard(s) {
		return "", "", refuse("looks_like_card")
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s {
		return "", "", bad
	}
	host, refusal := ParseDomain(s[at+1:])
	if refusal != nil || strings.HasSuffix(s, ".") {
		return "", "", bad
	}
	return s[:at+1] + strings.ToLower(s[at+1:]), strings.ToLower(s[:at]) + "@" + host, nil
}
