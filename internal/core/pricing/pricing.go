// Package pricing answers what a partner's products cost and who gains what: price books, degressive steps, the rules
// of discount and cashback, and the simulator that shows every step. Its figures are exact until the one rounding at
// the end of a line, francs and euros are separate lists that nothing converts, and what the published rules leave
// open is either a visible setting or an answer that says so.
package pricing

import (
	"errors"
	"fmt"
	"strings"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
)

// Limits of what can be asked and kept.
const (
	MaxQuantity = 1_000_000
	MaxTiers    = 50
	MaxLines    = 5_000
	MaxName     = 128 // characters of a product's or a list's name
	MaxSource   = 300 // characters of a source
)

// RulesVersion names the rules and the arithmetic of this package. What is kept with a version recomputes to the same
// figures for ever: a change that would alter any figure gets a new version and leaves the old one computable. Golden
// files hold the figures of each.
//
//   - 1: every line comes from a price list; the first invoices of all lines are summed, and VAT is rounded once on that sum.
//   - 2: lines of one's own and of text; what is due once, by the month, by the year is summed apart, each with VAT by rate.
const RulesVersion = 2

// PublishedCeiling is the most that Infomaniak publishes as a partner's rate ("up to 35 %"). A workspace may raise its
// own ceiling; the simulator says so then.
var PublishedCeiling = money.Percent(35)

// ExampleRate is the rate of the published worked example, and the default.
var ExampleRate = money.Percent(20)

// Origin says how far a figure can be relied on.
type Origin string

// The origins, from the firmest to the softest.
const (
	Published  Origin = "published"  // stated by Infomaniak, or exact arithmetic on what is stated
	ThirdParty Origin = "thirdparty" // stated by somebody else
	Own        Origin = "own"        // entered by the partner, from a source that is named
	Assumption Origin = "assumption" // nobody states it
)

// Per is the time that a list price pays for.
type Per string

// The two times.
const (
	PerMonth Per = "month"
	PerYear  Per = "year"
)

// Line is one product in a price book.
type Line struct {
	ID         string      `json:"id"`
	Product    string      `json:"product"` // code of the product, stable across lists and languages, e.g. "web_hosting"
	Name       string      `json:"name"`    // as the partner calls it; "" for products that the window has a translated name for
	Price      money.Price `json:"price,omitzero"`
	Per        Per         `json:"per"`
	Degressive bool        `json:"degressive"` // takes part in the degressive rate; published for web and mail hostings
	Origin     Origin      `json:"origin"`
	Source     string      `json:"source"`
	Category   Category    `json:"category,omitempty"` // what kind of product it is; "" is known from the product
}

// Book is a dated price list in one currency, before VAT.
type Book struct {
	ID         string
	Shipped    bool // came with Kontor; it is never changed, saving it makes a list of the organization's own
	Name       string
	Currency   money.Currency
	ValidFrom  day.Day
	ValidUntil day.Day // last day; zero has none
	Source     string
	Author     string // who drew it up
	Version    int64  // for optimistic concurrency
	Lines      []Line
}

// HoldsOn tells whether the list is in force on a day.
func (b Book) HoldsOn(d day.Day) bool {
	return b.ValidFrom <= d && (b.ValidUntil == 0 || b.ValidUntil >= d)
}

// Line is a line of the list by its id. Errors: Invalid at the field "product" when the list has none of that id.
func (b Book) Line(id string) (Line, error) {
	for _, l := range b.Lines {
		if l.ID == id {
			return l, nil
		}
	}
	var c fault.Check
	c.Refuse("product", "not_a_choice")
	return Line{}, c.Err()
}

// Mode is how steps apply.
type Mode string

// The two modes.
const (
	Volume    Mode = "volume"    // the step that the quantity reaches counts for every piece
	Graduated Mode = "graduated" // each piece has the step into which it falls
)

// Tier is one degressive step: from that many pieces on, that percentage.
type Tier struct {
	From    int64      `json:"from"`
	Percent money.Rate `json:"percent"`
	Origin  Origin     `json:"origin"`
	Source  string     `json:"source"`
}

// Schedule is a dated table of degressive steps, lowest threshold first.
type Schedule struct {
	ID        string  `json:"id"`
	Shipped   bool    `json:"shipped"`
	Mode      Mode    `json:"mode"`
	ValidFrom day.Day `json:"validFrom"`
	Source    string  `json:"source"`
	Tiers     []Tier  `json:"tiers"`
}

// Terms are what the organization has agreed or assumes for every simulation.
type Terms struct {
	Rate    money.Rate  // the partner's own rate
	Ceiling money.Rate  // the highest rate that the simulator accepts
	Base    Base        // what cashback is computed on
	Country money.Rate  // the rate of an EU country without reverse charge
	Floor   *money.Rate // the least margin on the sale price that a quote is saved with unasked; nil asks about none
	Version int64       // 0 while the shipped terms apply
}

// ShippedTerms apply until the organization saves its own.
func ShippedTerms() Terms {
	return Terms{Rate: ExampleRate, Ceiling: PublishedCeiling, Base: AfterDegressive, Country: money.Percent(20)}
}

// Validate refuses a rate above the ceiling and an unknown base.
func (t Terms) Validate() error {
	var c fault.Check
	CheckRate(&c, "rate", t.Rate, t.Ceiling)
	oneOf(&c, "base", t.Base, AfterDegressive, BeforeDegressive)
	return c.Err()
}

// PartnerRate reads a partner rate. One above the ceiling is refused with it, even where no rate can be that high.
func PartnerRate(c *fault.Check, field, text string, ceiling money.Rate) money.Rate {
	if _, err := money.ParseRate(text); errors.Is(err, money.ErrTooLarge) {
		CheckRate(c, field, money.Percent(100), ceiling) // the first refusal of a field is the one that is told
	}
	return input.Rate(c, field, text)
}

// CheckRate refuses a partner rate above the ceiling.
func CheckRate(c *fault.Check, field string, rate, ceiling money.Rate) {
	if rate.Cmp(ceiling) > 0 {
		c.Refuse(field, "rate_above_ceiling", "max", ceiling.String(), "published", PublishedCeiling.String())
	}
}

// Validate refuses steps that do not rise: thresholds and percentages each have to be larger than the ones before.
func (s Schedule) Validate() error {
	var c fault.Check
	oneOf(&c, "mode", s.Mode, Volume, Graduated)
	checkDay(&c, "validFrom", s.ValidFrom)
	line(&c, "source", s.Source, MaxSource, false)
	if len(s.Tiers) > MaxTiers {
		c.Refuse("tiers", "too_many", "max", fmt.Sprint(MaxTiers))
		return c.Err()
	}
	for i, t := range s.Tiers {
		at := fmt.Sprintf("tiers.%d.", i)
		switch {
		case t.From < 1:
			c.Refuse(at+"from", "number_too_small", "min", "1")
		case t.From > MaxQuantity:
			c.Refuse(at+"from", "number_too_large", "max", fmt.Sprint(MaxQuantity))
		case i > 0 && t.From <= s.Tiers[i-1].From:
			c.Refuse(at+"from", "not_rising", "above", fmt.Sprint(s.Tiers[i-1].From))
		}
		if i > 0 && t.Percent.Cmp(s.Tiers[i-1].Percent) <= 0 {
			c.Refuse(at+"percent", "not_rising", "above", s.Tiers[i-1].Percent.String())
		}
		oneOf(&c, at+"origin", t.Origin, Published, ThirdParty, Own, Assumption)
		if t.Origin == Published && (t.From != publishedTier.From || t.Percent != publishedTier.Percent) {
			c.Refuse(at+"origin", "not_published")
		}
		line(&c, at+"source", t.Source, MaxSource, false)
	}
	return c.Err()
}

// publishedTier is the one step that is published: 35 hostings, 25 %.
var publishedTier = Tier{From: 35, Percent: money.Percent(25)}

// publishedPrices are the unit prices that follow from the published example: 347.20 and 201.25 for 35 web hostings.
var publishedPrices = map[money.Currency]string{money.CHF: "9.92", money.EUR: "5.75"}

// isPublished tells whether a line says what is published.
func (l Line) isPublished() bool {
	return l.Product == "web_hosting" && l.Per == PerMonth && l.Price.Decimal() == publishedPrices[l.Price.Currency()]
}

// Validate refuses a list without a date or currency, and lines without a name, twice the same, or in another currency.
func (b Book) Validate() error {
	var c fault.Check
	line(&c, "name", b.Name, MaxName, false)
	oneOf(&c, "currency", b.Currency, money.Currencies()...)
	checkDay(&c, "validFrom", b.ValidFrom)
	if b.ValidUntil != 0 {
		checkDay(&c, "validUntil", b.ValidUntil)
		if b.ValidUntil < b.ValidFrom {
			c.Refuse("validUntil", "ends_before_start")
		}
	}
	line(&c, "source", b.Source, MaxSource, true)
	line(&c, "author", b.Author, MaxName, false)
	switch {
	case len(b.Lines) == 0:
		c.Refuse("lines", "required")
	case len(b.Lines) > MaxLines:
		c.Refuse("lines", "too_many", "max", fmt.Sprint(MaxLines))
		return c.Err()
	}
	seen := map[string]bool{}
	for i, l := range b.Lines {
		at := fmt.Sprintf("lines.%d.", i)
		line(&c, at+"name", l.Name, MaxName, l.Product == "")
		line(&c, at+"product", l.Product, MaxName, false)
		key := strings.ToLower(l.Product + "\x00" + l.Name)
		if seen[key] {
			c.Refuse(at+"name", "not_unique")
		}
		seen[key] = true
		if l.Price.Currency() != b.Currency {
			c.Refuse(at+"price", "other_currency", "currency", string(b.Currency))
		}
		oneOf(&c, at+"per", l.Per, PerMonth, PerYear)
		oneOf(&c, at+"origin", l.Origin, Published, ThirdParty, Own, Assumption)
		if l.Origin == Published && !l.isPublished() {
			c.Refuse(at+"origin", "not_published")
		}
		line(&c, at+"source", l.Source, MaxSource, false)
	}
	return c.Err()
}

// checkDay refuses no day, and one so far away that it is a slip.
func checkDay(c *fault.Check, field string, d day.Day) {
	if d == 0 {
		c.Refuse(field, "required")
	} else if y := d.Time().Year(); y < 2000 || y > 2100 {
		c.Refuse(field, "not_a_date")
	}
}

func oneOf[T ~string](c *fault.Check, field string, value T, allowed ...T) {
	for _, a := range allowed {
		if value == a {
			return
		}
	}
	c.Refuse(field, "not_a_choice")
}

// line refuses what no line of text may be, and one that was not tidied before.
func line(c *fault.Check, field, value string, most int, needed bool) {
	if input.Line(c, field, value, most, needed) != value {
		c.Refuse(field, "not_text") // unless another refusal stands
	}
}
