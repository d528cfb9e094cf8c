// Package sale follows what becomes of an accepted quote: the order with what was sold, what Infomaniak really charged for
// it, when each product is paid again and at which price, and what the partner puts on its own invoices. It promises that
// what was charged is what somebody typed or imported, that a figure of the future says what it rests on, and that no sum
// goes over currencies.
package sale

import (
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// Limits of what a person enters, in characters.
const (
	MaxNumber    = 40
	MaxReference = 80
)

// MaxCharge is the largest charge that can be typed, as decimal text.
const MaxCharge = "10000000"

// Kind is what a line of an order is.
type Kind string

// The kinds.
const (
	Listed   Kind = "listed"   // Infomaniak's product
	Own      Kind = "own"      // a product or service of the partner's own
	Discount Kind = "discount" // what was taken off the whole
)

// Origin says where a figure is known from.
type Origin string

// The origins.
const (
	Typed    Origin = "typed"
	Imported Origin = "imported"
	Quoted   Origin = "quoted" // as the accepted quote has it
	ByList   Origin = "list"   // by the price list that holds then
)

// Sale is an order that was made of an accepted quote.
type Sale struct {
	ID          string
	QuoteID     string
	QuoteNumber string
	ClientID    string // "" for a prospect
	Client      string
	Language    string // of the quote; known where the quote was asked
	Scenario    int    // from 1
	AcceptedOn  day.Day
	AcceptedBy  string // "" is not known
	Number      string // of the order at Infomaniak; "" is not known
	OrderedOn   day.Day
	Currency    money.Currency
	VAT         string // excluded, swiss, country, reverse_charge
	Created     time.Time
	Lines       []Line
}

// Line is something that was sold; its amounts are those of one period, before VAT.
type Line struct {
	ID          string
	Quoted      int // place in the quote, from 1; 0 for a discount on the whole
	Kind        Kind
	Product     string
	Name        string
	Description string
	Quantity    string // decimal
	Unit        string // of an own line
	Months      int    // 0 is once
	Biller      string // partner, infomaniak: who invoices the client
	Payer       string // client, partner: whom Infomaniak charges; "" for an own line
	Expected    *money.Amount
	Offer       money.Amount
	Earned      *money.Amount
	VATRate     money.Rate
	StartsOn    day.Day
	EndedOn     day.Day // the last day, once it was stopped; 0 while it runs
	Charges     []Charge
	Invoiced    map[day.Day]day.Day // when a period was put on an invoice
}

// Charge is what Infomaniak charged for one period, before VAT.
type Charge struct {
	ID        string
	Period    day.Day // its first day
	On        day.Day
	Amount    money.Amount
	Reference string
	KnownFrom Origin
}

// Period is a stretch of time that is paid at once.
type Period struct{ From, To day.Day }

// Period is the n-th period of a line, from 0. What is due once has one, without an end.
func (l Line) Period(n int) Period {
	if l.Months == 0 {
		return Period{From: l.StartsOn}
	}
	return Period{l.StartsOn.AddMonths(n * l.Months), l.StartsOn.AddMonths((n+1)*l.Months) - 1}
}

// maxPeriods is how many periods of one line are looked at: a hundred years of months.
const maxPeriods = 1200

// longestMonth is how many days a month has at most.
const longestMonth = 31

// Due are the periods that begin in [from, to], as long as the line runs.
func (l Line) Due(from, to day.Day) []Period {
	list := []Period{}
	first := 0
	if l.Months > 0 && from > l.StartsOn {
		first = max(0, int(from-l.StartsOn)/(longestMonth*l.Months)-1) // no period that begins in the span is before it
	}
	for n := first; n < maxPeriods; n++ {
		p := l.Period(n)
		if p.From > to || l.EndedOn != 0 && p.From > l.EndedOn {
			break
		}
		if p.From >= from {
			list = append(list, p)
		}
		if l.Months == 0 {
			break
		}
	}
	return list
}

// Runs tells whether periods of the line still begin after a day.
func (l Line) Runs(on day.Day) bool { return l.Months > 0 && (l.EndedOn == 0 || l.EndedOn > on) }

func (l Line) charge(period day.Day) *Charge {
	for i := range l.Charges {
		if l.Charges[i].Period == period {
			return &l.Charges[i]
		}
	}
	return nil
}

// Difference is what Infomaniak charged beyond what was expected for the periods that have a charge; the second tells how
// many periods have begun without one.
func (s Sale) Difference(today day.Day) (expected, charged, more money.Amount, open int, err error) {
	var of, came money.Sums
	for _, l := range s.Lines {
		if l.Expected == nil {
			continue
		}
		for _, p := range l.Due(0, today) {
			c := l.charge(p.From)
			if c == nil {
				open++
				continue
			}
			of.Add(*l.Expected)
			came.Add(c.Amount)
		}
	}
	if expected, err = of.In(s.Currency); err != nil {
		return expected, charged, more, open, err
	}
	if charged, err = came.In(s.Currency); err != nil {
		return expected, charged, more, open, err
	}
	more, err = charged.Sub(expected)
	return expected, charged, more, open, err
}
