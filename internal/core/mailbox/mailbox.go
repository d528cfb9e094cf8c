// Package mailbox tells whether a text is a plain e-mail address, and whether two are the same mailbox.
package mailbox

import (
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"kontor/internal/core/fault"
)

// MaxLength is the longest address, in bytes (RFC 5321, 4.5.3.1.3).
const MaxLength = 254

// Key is the form in which two spellings of one mailbox are equal: lower case, the domain in its ASCII form.
// It fails if the text is no plain address.
func Key(address string) (string, error) {
	refused := fault.New(fault.Invalid, "not_an_email")
	address = strings.TrimSpace(address)
	if len(address) > MaxLength || strings.ContainsFunc(address, unicode.IsControl) {
		return "", refused
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address { // a display name, a comment or a quoted form
		return "", refused
	}
	at := strings.LastIndexByte(address, '@')
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil || !strings.Contains(domain, ".") || strings.HasPrefix(domain, "[") {
		return "", refused
	}
	return strings.ToLower(address[:at]) + "@" + strings.ToLower(domain), nil
}
