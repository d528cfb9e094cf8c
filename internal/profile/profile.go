// Package profile is a person's account: names, login e-mail, language. What it promises: a login e-mail belongs to
// one account however it is written, and a change never overwrites one that it has not seen.
package profile

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"kontor/internal/fault"
)

// Limits of what a person may enter, in characters.
const (
	MaxName  = 128
	MaxEmail = 254 // RFC 5321, 4.5.3.1.3
)

// Languages are those in which Kontor speaks, in the order in which they are offered.
var Languages = []string{"it", "es", "fr", "de", "en"}

// Account is a person who can sign in.
type Account struct {
	ID         string
	FirstName  string
	LastName   string
	LoginEmail string
	Language   string // one of Languages
	Version    int64  // rises with every change; see Update
	CreatedAt  time.Time
}

// Name is how the person is shown.
func (a Account) Name() string { return strings.TrimSpace(a.FirstName + " " + a.LastName) }

// New is what an account is made of.
type New struct {
	FirstName  string
	LastName   string
	LoginEmail string
	Language   string
}

// Validate tidies the fields (surrounding space, Unicode space within names) and refuses what cannot stand.
func (n *New) Validate() error {
	var c fault.Check
	n.FirstName = name(&c, "firstName", n.FirstName)
	n.LastName = name(&c, "lastName", n.LastName)
	n.LoginEmail = strings.TrimSpace(n.LoginEmail)
	if n.LoginEmail == "" {
		c.Refuse("loginEmail", "required")
	} else if _, err := EmailKey(n.LoginEmail); err != nil {
		c.Refuse("loginEmail", "not_an_email")
	}
	if !slices.Contains(Languages, n.Language) {
		c.Refuse("language", "not_a_choice")
	}
	return c.Err()
}

func name(c *fault.Check, field, value string) string {
	value = strings.Join(strings.Fields(value), " ")
	switch {
	case value == "":
		c.Refuse(field, "required")
	case utf8.RuneCountInString(value) > MaxName:
		c.Refuse(field, "too_long", "max", strconv.Itoa(MaxName))
	case strings.ContainsFunc(value, unicode.IsControl):
		c.Refuse(field, "not_text")
	}
	return value
}

// EmailKey is the form in which two spellings of one mailbox are equal: lower case, the domain in its ASCII form.
// It fails if the text is no plain address.
func EmailKey(address string) (string, error) {
	refused := fault.New(fault.Invalid, "not_an_email")
	address = strings.TrimSpace(address)
	if len(address) > MaxEmail || strings.ContainsFunc(address, unicode.IsControl) {
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
