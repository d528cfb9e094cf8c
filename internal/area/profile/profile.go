// Package profile is a person's account: names, login e-mail, language. What it promises: a login e-mail belongs to
// one account however it is written, and a change never overwrites one that it has not seen.
package profile

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // time zones on systems that have none

	"golang.org/x/text/language"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
)

// MaxName is the longest first or last name, in characters.
const MaxName = 128

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

	TimeZone      string // see Update for these
	Country       string
	Phone         string
	RecoveryPhone string
	RecoveryEmail string

	Avatar         string // SHA-256 of the picture's file; "" shows the initials
	PreviousAvatar string // what Avatar was before; "" was the initials
}

// Name is how the person is shown.
func (a Account) Name() string { return strings.TrimSpace(a.FirstName + " " + a.LastName) }

// New is what an account is made of.
type New struct {
	FirstName  string
	LastName   string
	LoginEmail string
	Language   string
	Country    string // ISO 3166-1; "" is not said
	TimeZone   string // IANA; "" is the computer's
}

// Validate tidies the fields (surrounding space, Unicode space within names) and refuses what cannot stand.
func (n *New) Validate() error {
	var c fault.Check
	n.FirstName = input.Name(&c, "firstName", n.FirstName, MaxName, true)
	n.LastName = input.Name(&c, "lastName", n.LastName, MaxName, false) // many people have one name only
	n.LoginEmail = input.Email(&c, "loginEmail", n.LoginEmail, true)
	if !slices.Contains(Languages, n.Language) {
		c.Refuse("language", "not_a_choice")
	}
	checkZone(&c, n.TimeZone)
	checkCountry(&c, n.Country)
	return c.Err()
}

func checkZone(c *fault.Check, zone string) {
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		c.Refuse("timeZone", "not_a_choice")
	}
}

func checkCountry(c *fault.Check, country string) {
	if region, err := language.ParseRegion(country); country != "" && (err != nil || !region.IsCountry() || len(country) != 2) {
		c.Refuse("country", "not_a_choice")
	}
}
