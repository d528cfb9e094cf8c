package client

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/text"
	"kontor/internal/core/vat"
)

// Limits of a record.
const (
	MaxContacts = 50
	MaxTags     = 20
	MaxTag      = 40
	MaxNote     = 4000
	MaxNotes    = 1000 // of one client
	MaxDays     = 365  // of a payment term
	maxPostcode = 16
)

// Languages are those in which a client's documents can be written.
var Languages = []string{"it", "es", "fr", "de", "en"}

// Record is who a client is on paper. Whatever is empty is not known.
type Record struct {
	LegalName string // on documents; "" is as the client is called
	Website   string
	Language  string // of its documents
	Country   string // ISO 3166-1 alpha-2; its VAT follows it
	Currency  money.Currency
	VATNumber string
	Private   bool          // a person, no business
	VAT       vat.Treatment // "" is as the two countries suggest
	Tags      []string
	Invoice   Address
	Delivery  Address // the zero Address is the same as Invoice
}

// Address is where letters and invoices go, in the parts that every country has.
type Address struct {
	Addressee string `json:"addressee"` // a second line below the name
	Street    string `json:"street"`
	Extra     string `json:"extra"` // a post box, a floor
	Postcode  string `json:"postcode"`
	Place     string `json:"place"`
	Country   string `json:"country"` // ISO 3166-1 alpha-2; "" is the client's
}

// IsZero tells whether nothing is known.
func (a Address) IsZero() bool { return a == Address{} }

// Lines are the lines of an envelope below the name. The country stands on it in ISO form before the postcode only where it
// is not the sender's.
func (a Address) Lines(country, sender string) []string {
	place := strings.TrimSpace(a.Postcode + " " + a.Place)
	if a.Country != "" {
		country = a.Country
	}
	if place != "" && country != "" && country != sender {
		place = country + "-" + place
	}
	var lines []string
	for _, line := range []string{a.Addressee, a.Street, a.Extra, place} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func (a *Address) validate(c *fault.Check, at string) {
	for _, part := range []struct {
		name string
		text *string
		most int
	}{
		{"addressee", &a.Addressee, MaxName},
		{"street", &a.Street, MaxName},
		{"extra", &a.Extra, MaxName},
		{"postcode", &a.Postcode, maxPostcode},
		{"place", &a.Place, MaxName},
	} {
		*part.text = input.Line(c, at+"."+part.name, *part.text, part.most, false)
	}
	country(c, at+".country", &a.Country)
}

// Validate tidies the record and refuses what cannot stand.
func (r *Record) Validate() error {
	var c fault.Check
	r.LegalName = input.Line(&c, "legalName", r.LegalName, MaxName, false)
	r.Website = input.Website(&c, "website", r.Website, false)
	if r.Language != "" && !slices.Contains(Languages, r.Language) {
		c.Refuse("language", "not_a_choice")
	}
	if r.Currency != "" && !slices.Contains(money.Currencies(), r.Currency) {
		c.Refuse("currency", "not_a_choice")
	}
	country(&c, "country", &r.Country)
	number, refusal := vat.ParseNumber(r.VATNumber, r.Country)
	if refusal != "" {
		input.Refuse(&c, "vatNumber", r.VATNumber, &input.Refusal{Code: refusal})
	} else if r.VATNumber = number; r.Country == "" && number != "" {
		r.Country = vat.Country(number)
	}
	if r.VAT != vat.Unknown && !slices.Contains(vat.Treatments(), r.VAT) {
		c.Refuse("vat", "not_a_choice")
	}
	r.Invoice.validate(&c, "invoice")
	r.Delivery.validate(&c, "delivery")
	r.tidyTags(&c)
	return c.Err()
}

// tidyTags leaves each tag once, in the order in which they were given.
func (r *Record) tidyTags(c *fault.Check) {
	tags, seen := []string{}, map[string]bool{}
	for _, tag := range r.Tags {
		tag = input.Line(c, "tags", tag, MaxTag, false)
		if key := text.Fold(tag); key != "" && !seen[key] {
			seen[key] = true
			tags = append(tags, tag)
		}
	}
	if r.Tags = tags; len(tags) > MaxTags {
		c.Refuse("tags", "too_many", "max", strconv.Itoa(MaxTags))
	}
}

// country refuses what is no code of a country.
func country(c *fault.Check, field string, code *string) {
	*code = strings.ToUpper(strings.TrimSpace(*code))
	if *code != "" && (len(*code) != 2 || (*code)[0] < 'A' || (*code)[0] > 'Z' || (*code)[1] < 'A' || (*code)[1] > 'Z') {
		c.Refuse(field, "not_a_choice")
		*code = ""
	}
}

// Role is what one turns to a contact for.
type Role string

// The roles.
const (
	ForQuotes    Role = "quotes"
	ForInvoices  Role = "invoices"
	ForTechnical Role = "technical"
	ForContract  Role = "contract" // may sign
)

// Roles are all roles in the order in which a form shows them.
func Roles() []Role { return []Role{ForQuotes, ForInvoices, ForTechnical, ForContract} }

// Contact is a person or a desk at a client.
type Contact struct {
	ID         string `json:"id"` // "" for a new one
	Name       string `json:"name"`
	Salutation string `json:"salutation"` // as a letter begins: "Dear Ms Muster"
	Roles      []Role `json:"roles"`
	Email      string `json:"email"`
	Phone      string `json:"phone"` // E.164
}

// Validate tidies the contact and refuses what cannot stand: one without any way to name or reach it.
func (p *Contact) Validate(region string) error {
	var c fault.Check
	p.Name = input.Line(&c, "name", p.Name, MaxName, false)
	p.Salutation = input.Line(&c, "salutation", p.Salutation, MaxName, false)
	p.Email = input.Email(&c, "email", p.Email, false)
	p.Phone = input.Phone(&c, "phone", p.Phone, region)
	roles := []Role{}
	for _, r := range Roles() {
		if slices.Contains(p.Roles, r) {
			roles = append(roles, r)
		}
	}
	if len(roles) != len(p.Roles) {
		c.Refuse("roles", "not_a_choice")
	}
	p.Roles = roles
	if c.Err() == nil && p.Name == "" && p.Email == "" && p.Phone == "" {
		c.Refuse("name", "required")
	}
	return c.Err()
}

// Conditions are what a client is offered otherwise than others.
type Conditions struct {
	PaymentDays int // 0 is as usual
	Categories  []Condition
}

// Condition is what holds for one category of products. Nil is as usual.
type Condition struct {
	Category string
	Partner  *money.Rate  // what the partner gets on it
	Discount *money.Rate  // what the client gets on the public price
	Own      *money.Price // what the client pays for one instead; never beside Discount
}

// ConditionInput is a condition as typed: decimal text, "" for what is as usual.
type ConditionInput struct {
	Category string `json:"category"`
	Partner  string `json:"partner"`
	Discount string `json:"discount"`
	Own      string `json:"own"`
	Currency string `json:"currency"` // of Own
}

// conditionsOf reads conditions as typed; a category without any is left out.
func conditionsOf(days string, list []ConditionInput) (Conditions, error) {
	var c fault.Check
	all := Conditions{Categories: []Condition{}}
	if days != "" {
		all.PaymentDays = int(input.Whole(&c, "paymentDays", days, 0, MaxDays))
	}
	seen := map[string]bool{}
	for i, typed := range list {
		at := "categories." + strconv.Itoa(i) + "."
		one := Condition{Category: typed.Category}
		if !slices.Contains(pricing.Categories(), pricing.Category(typed.Category)) || seen[typed.Category] {
			c.Refuse(at+"category", "not_a_choice")
		}
		seen[typed.Category] = true
		if typed.Partner != "" {
			rate := input.Rate(&c, at+"partner", typed.Partner)
			one.Partner = &rate
		}
		if typed.Discount != "" {
			rate := input.Rate(&c, at+"discount", typed.Discount)
			one.Discount = &rate
		}
		if typed.Own != "" {
			currency, err := money.ParseCurrency(typed.Currency)
			if err != nil {
				c.Refuse(at+"currency", "not_a_choice")
				continue
			}
			own := input.Price(&c, at+"own", typed.Own, currency)
			one.Own = &own
		}
		if one.Discount != nil && one.Own != nil {
			c.Refuse(at+"own", "discount_or_own")
		}
		if one.Partner != nil || one.Discount != nil || one.Own != nil {
			all.Categories = append(all.Categories, one)
		}
	}
	return all, c.Err()
}

// Note is a remark about a client. It never stands on a document.
type Note struct {
	ID        string
	At        time.Time
	AccountID string
	Text      string
	ChangedAt time.Time // zero if it is as it was written
	Version   int       // give it back with a change
}
