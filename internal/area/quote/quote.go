// Package quote keeps what a partner offers a client or a prospect: products, quantities and periods, seen in one or
// several scenarios. It promises that a quote says in a year what it says today: with its figures it keeps the prices,
// the rules and every step that they came from, computing it again gives the same cents, and once it is sent nothing of
// it changes.
package quote

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Limits of a quote.
const (
	MaxLines     = 50
	MaxScenarios = 6
	MaxName      = 120 // characters of a recipient's or a scenario's name
	MaxNote      = 1000
)

// State is how far a quote has come.
type State string

// The states. Expired is not kept: a sent quote has it as soon as its last day is over.
const (
	Draft    State = "draft"
	Sent     State = "sent"
	Accepted State = "accepted"
	Declined State = "declined"
	Expired  State = "expired"
)

// Languages are those in which a quote can be written.
var Languages = []string{"it", "es", "fr", "de", "en"}

// Exclusion is something that a quote says it leaves out.
type Exclusion string

// The exclusions.
const (
	WithoutVAT       Exclusion = "vat"
	WithoutDomains   Exclusion = "domains"
	WithoutSetup     Exclusion = "setup"
	WithoutMigration Exclusion = "migration"
	WithoutSupport   Exclusion = "support"
)

// Exclusions are all that there are, in the order in which a quote names them.
var Exclusions = []Exclusion{WithoutVAT, WithoutDomains, WithoutSetup, WithoutMigration, WithoutSupport}

// Recipient is whom a quote is for.
type Recipient struct {
	ClientID string // "" for a prospect
	Name     string
}

// Quote is an offer with everything that it rests on.
type Quote struct {
	ID         string
	Year       int
	Serial     int
	Revision   int    // 1 is the first
	Revises    string // id of the revision before; "" for the first
	RevisedBy  string // id of the newest sent revision after this one; "" if there is none
	Recipient  Recipient
	AuthorID   string
	Language   string // of the recipient
	State      State  // Sent, not Expired, where the last day is over: see StateOn
	ValidUntil day.Day
	Exclusions []Exclusion
	Note       string
	Accepted   int // the scenario that was accepted, from 1; 0 is none
	Basis      Basis
	Answer     Answer
	Version    int
	Created    time.Time
	SentAt     time.Time
	AnsweredAt time.Time
}

// StateOn is the state on a day: a sent quote whose last day is over has expired.
func (q Quote) StateOn(today day.Day) State {
	if q.State == Sent && q.ValidUntil < today {
		return Expired
	}
	return q.State
}

// Number is what people call the quote: "2026-0007", its later revisions "2026-0007/2".
func (q Quote) Number() string { return number(q.Year, q.Serial, q.Revision) }

func number(year, serial, revision int) string {
	text := fmt.Sprintf("%d-%04d", year, serial)
	if revision > 1 {
		text += "/" + strconv.Itoa(revision)
	}
	return text
}

// Basis is everything that the figures of a quote follow from: nothing outside it changes them.
type Basis struct {
	Rules     int              `json:"rules"` // version of rules and arithmetic, see pricing.RulesVersion
	Book      Book             `json:"book"`
	Schedule  pricing.Schedule `json:"schedule"`
	Base      pricing.Base     `json:"base"`
	Ceiling   money.Rate       `json:"ceiling"`
	VAT       VAT              `json:"vat"`
	Lines     []Line           `json:"lines"`
	Scenarios []Scenario       `json:"scenarios"`
}

// VAT is a kind with the rate to add.
type VAT struct {
	Kind   pricing.VATKind `json:"kind"`
	Rate   money.Rate      `json:"rate"`             // zero where none is added
	From   day.Day         `json:"from,omitempty"`   // since when the Swiss rate applies
	Source string          `json:"source,omitempty"` // of the Swiss rate
}

// Book is the price list that a quote was made from, as it was then. Its lines stand in the quote's.
type Book struct {
	ID         string         `json:"id"`
	Version    int64          `json:"version"`
	Shipped    bool           `json:"shipped"`
	Name       string         `json:"name"`
	Currency   money.Currency `json:"currency"`
	ValidFrom  day.Day        `json:"validFrom"`
	Source     string         `json:"source"`
	ValidUntil day.Day        `json:"validUntil,omitempty"`
	Author     string         `json:"author,omitempty"`
}

// Line is one product of a quote.
type Line struct {
	Article   pricing.Line      `json:"article"`
	Months    int               `json:"months"` // billing period
	Operation pricing.Operation `json:"operation"`
	Managed   bool              `json:"managed"` // the partner manages it
}

// Scenario is one way in which the lines could be ordered and paid.
type Scenario struct {
	Name   string         `json:"name"` // "" is named by what it says
	Access pricing.Access `json:"access"`
	Means  pricing.Party  `json:"means"`
	Orders pricing.Party  `json:"orders"`
	Rate   money.Rate     `json:"rate"`
	Pooled int64          `json:"pooled"`           // pieces held elsewhere that count towards the step of each line
	Margin *money.Rate    `json:"margin,omitempty"` // on what the partner pays; nil passes it on as it is
	Items  []Item         `json:"items"`            // one per line
}

// Item is what a scenario says about a line.
type Item struct {
	Quantity int64        `json:"quantity"`
	Own      *money.Price `json:"own,omitempty"` // what the client pays for one piece and month (or year); goes before the margin
}

// gain is what the partner gets in a scenario for products that it manages.
func (s Scenario) gain() pricing.Outcome {
	c, _ := pricing.Decide(s.Access, s.Means, s.Orders, true)
	return c.Outcome
}

// resells tells whether the partner is charged and can charge the client in turn.
func (s Scenario) resells() bool { return s.gain() == pricing.Discount }

// Validate refuses what cannot be computed or offered.
func (b Basis) Validate() error {
	var c fault.Check
	if b.Rules < 1 || b.Rules > pricing.RulesVersion {
		return fault.New(fault.Conflict, "rules_unknown").With("rules", strconv.Itoa(b.Rules))
	}
	count(&c, "lines", len(b.Lines), MaxLines)
	count(&c, "scenarios", len(b.Scenarios), MaxScenarios)
	for i, l := range b.Lines {
		if l.Article.Price.Currency() != b.Book.Currency {
			c.Refuse(fmt.Sprintf("lines.%d.product", i), "other_currency", "currency", string(b.Book.Currency))
		}
	}
	for i, s := range b.Scenarios {
		at := fmt.Sprintf("scenarios.%d.", i)
		b.checkScenario(&c, at, s)
		if len(s.Items) != len(b.Lines) {
			c.Refuse(at+"quantities", "required")
			continue
		}
		for j, item := range s.Items {
			place(&c, at, j, b.input(i, j).Validate())
			if item.Own != nil && item.Own.Currency() != b.Book.Currency {
				c.Refuse(fmt.Sprintf("%sprices.%d", at, j), "other_currency", "currency", string(b.Book.Currency))
			}
		}
	}
	return c.Err()
}

func (b Basis) checkScenario(c *fault.Check, at string, s Scenario) {
	if s.Pooled < 0 || s.Pooled > pricing.MaxQuantity {
		c.Refuse(at+"pooled", "number_too_large", "max", strconv.Itoa(pricing.MaxQuantity))
	}
	if s.Pooled > 0 && b.Schedule.Mode != pricing.Volume {
		c.Refuse(at+"pooled", "pooled_needs_volume")
	}
	if s.Access == pricing.LimitedAccess && s.Orders == pricing.Partner {
		c.Refuse(at+"orders", "limited_no_order")
	}
	own := slices.ContainsFunc(s.Items, func(i Item) bool { return i.Own != nil })
	switch {
	case s.Margin == nil && !own || s.resells():
	case s.Access == pricing.LimitedAccess:
		c.Refuse(at+"margin", "resale_full_access")
	default:
		c.Refuse(at+"margin", "resale_client_pays")
	}
}

// place puts the refusals of one simulation to the fields where they were typed: some are the scenario's, some the line's.
func place(c *fault.Check, scenario string, line int, err error) {
	var e *fault.Error
	if !errors.As(err, &e) {
		return
	}
	for _, f := range e.Fields {
		at := fmt.Sprintf("lines.%d.%s", line, f.Name)
		switch f.Name {
		case "quantity":
			at = fmt.Sprintf("%squantities.%d", scenario, line)
		case "rate", "access", "means", "orders":
			at = scenario + f.Name
		case "base", "vat", "mode":
			at = f.Name
		}
		params := []string{}
		for k, v := range f.Params {
			params = append(params, k, v)
		}
		c.Refuse(at, f.Code, params...)
	}
}

func count(c *fault.Check, field string, n, most int) {
	switch {
	case n == 0:
		c.Refuse(field, "required")
	case n > most:
		c.Refuse(field, "too_many", "max", strconv.Itoa(most))
	}
}
