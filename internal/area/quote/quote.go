// Package quote keeps what a partner offers a client or a prospect: products, quantities and periods, seen in one or
// several scenarios. It promises that a quote says in a year what it says today: with its figures it keeps the prices,
// the rules and every step that they came from, computing it again gives the same cents, and once it is sent nothing of
// it changes.
package quote

import (
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Limits of a quote.
const (
	MaxLines     = 200
	MaxScenarios = 6
	MaxName      = 128 // characters of a recipient's or a scenario's name
	MaxNote      = 1000
	MaxText      = 1000 // characters of a line's description
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
	Given      string // the number as it was given, without the revision; "" is year and serial
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
	AnsweredBy string // who answered for the recipient, as it was noted; "" is not known
}

// StateOn is the state on a day: a sent quote whose last day is over has expired.
func (q Quote) StateOn(today day.Day) State {
	if q.State == Sent && q.ValidUntil < today {
		return Expired
	}
	return q.State
}

// Number is what people call the quote: "2026-0007", its later revisions "2026-0007/2".
func (q Quote) Number() string { return number(q.Given, q.Year, q.Serial, q.Revision) }

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
	Discount  *Discount        `json:"discount,omitempty"` // on all that the partner invoices
	Floor     *money.Rate      `json:"floor,omitempty"`    // the least margin on the sale price; nil asks about none
}

// VAT is a kind with the rate to add.
type VAT struct {
	Kind   pricing.VATKind `json:"kind"`
	Rate   money.Rate      `json:"rate"`             // zero where none is added
	From   day.Day         `json:"from,omitempty"`   // since when the Swiss rate applies
	Source string          `json:"source,omitempty"` // of the Swiss rate
	// Rates are those of the other classes, as far as they are known.
	Rates map[pricing.VATClass]money.Rate `json:"rates,omitempty"`
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

// Scenario is one way in which the lines could be ordered and paid.
type Scenario struct {
	Name   string         `json:"name"` // "" is named by what it says
	Access pricing.Access `json:"access"`
	Means  pricing.Party  `json:"means"`
	Orders pricing.Party  `json:"orders"`
	Rate   money.Rate     `json:"rate"`
	Pooled int64          `json:"pooled"`           // pieces held elsewhere that count towards the step of each line
	Margin *money.Rate    `json:"margin,omitempty"` // of Resale: on the cost, or on the sale price; nil passes the cost on
	Items  []Item         `json:"items"`            // one per line
	Resale Resale         `json:"resale,omitempty"`
}

// Item is what a scenario says about a line.
type Item struct {
	Quantity int64        `json:"quantity"`
	Milli    int64        `json:"milli,omitempty"` // thousandths beyond Quantity, of an own line: 2.5 hours are 2 and 500
	Own      *money.Price `json:"own,omitempty"`   // what the client pays for one piece and month (or year); goes before the margin
}

// gain is what the partner gets in a scenario for products that it manages.
func (s Scenario) gain() pricing.Outcome {
	c, _ := pricing.Decide(s.Access, s.Means, s.Orders, true)
	return c.Outcome
}

// resells tells whether the partner is charged and can charge the client in turn.
func (s Scenario) resells() bool { return s.gain() == pricing.Discount }
