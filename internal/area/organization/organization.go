// Package organization keeps organizations and who belongs to them in which role. It promises that an organization
// always has a legal representative.
package organization

import (
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
)

// MaxName is the longest name of an organization, in characters.
const MaxName = 128

// Currencies in which Infomaniak invoices an organization; its postal address decides which (faq/1462).
const (
	CHF = "CHF"
	EUR = "EUR"
)

// Kind is what an organization is.
type Kind string

// The kinds of organizations.
const (
	Company     Kind = "company"
	Association Kind = "association"
	Private     Kind = "private"
	Public      Kind = "public"
)

// Organization owns products and pays for them.
type Organization struct {
	ID        string
	Name      string
	Kind      Kind
	Street    string
	Postcode  string
	Place     string
	Country   string // ISO 3166-1 alpha-2
	Currency  string // CHF or EUR; follows the country until it is set apart from it
	VATNumber string // of the European Union, for reverse charge (faq/2599); "" in Switzerland
	Version   int64  // rises with every change; see Update
	CreatedAt time.Time
}

// Member is one person of an organization, as the others see her.
type Member struct {
	access.Person
	Role       access.Role
	Accounting bool
	JoinedAt   time.Time
	LockedAt   time.Time // zero if the account is open, or the person who asks may not unlock it
}

// Membership is one person's place in one organization.
type Membership struct {
	Organization Organization
	Role         access.Role
	Accounting   bool // a collaborator who may see and do the accounting
}

// New is what an organization is made of.
type New struct {
	Name     string
	Country  string
	Currency string // CHF or EUR; "" follows the country
}

// Validate tidies the fields and refuses what cannot stand.
func (n *New) Validate() error {
	var c fault.Check
	n.Name = input.Name(&c, "organizationName", n.Name, MaxName, true)
	if !slices.Contains(Countries, n.Country) {
		c.Refuse("country", "not_a_choice")
	}
	return c.Err()
}

// CurrencyOf is the currency in which an organization with an address in that country is invoiced. That the address
// decides is Infomaniak's rule (faq/1462); that it is CHF in Switzerland and Liechtenstein and EUR elsewhere is Kontor's
// reading of it, and can be changed for an organization.
func CurrencyOf(country string) string {
	if country == "CH" || country == "LI" {
		return CHF
	}
	return EUR
}

// Countries that can be chosen, by ISO 3166-1 code: Europe, and where else the five languages are at home.
var Countries = []string{
	"CH", "LI", "IT", "FR", "DE", "AT", "ES", "BE", "LU", "MC", "AD", "SM", "VA", "PT", "GB", "IE", "NL", "DK", "SE", "NO",
	"FI", "IS", "PL", "CZ", "SK", "HU", "SI", "HR", "RO", "BG", "GR", "CY", "MT", "EE", "LV", "LT", "US", "CA", "MX", "AR", "CL",
	"CO", "PE", "MA", "TN", "SN", "CI",
}
