package client

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// Sales are the orders that were made of accepted quotes. They and the orders that are noted here are shown together, and
// no order is both.
type Sales interface {
	// Sold lists what was sold to a client of an organization, with what it earned since a day.
	Sold(ctx context.Context, q sqlite.Queryer, organizationID, clientID string, since day.Day) ([]Sold, error)
	// Numbered tells whether an order of a quote has this number at Infomaniak.
	Numbered(ctx context.Context, q sqlite.Queryer, organizationID, number string) (bool, error)
	// Ahead lists what was sold to a client and is paid again within twelve months, the soonest few, and how many there are.
	Ahead(ctx context.Context, clientID string, limit int) ([]Running, int, error)
	// Earned adds up what the periods that begin in [from, to] earn, for each client and currency.
	Earned(ctx context.Context, q sqlite.Queryer, organizationID string, from, to day.Day) ([]Charge, error)
}

// Sold is an order that was made of an accepted quote.
type Sold struct {
	ID       string
	Number   string // at Infomaniak, else that of the quote
	Quote    string // number
	On       day.Day
	Product  string // of its first line
	Name     string
	Lines    int
	Expected money.Amount // by Infomaniak, for the periods that have a charge
	Charged  money.Amount
	Open     int    // periods that have begun without a charge
	Gains    []Gain // what the partner keeps of the periods that have begun
	Charges  []Gain // what Infomaniak charged, by the day of the charge
	Renews   day.Day
}

// Gain is an amount of a day, before VAT.
type Gain struct {
	On     day.Day
	Amount money.Amount
}

// Noted is an order of a client, noted here or made of a quote.
type Noted struct {
	ID       string
	OfQuote  string // number of the quote; "" is noted here
	Number   string
	On       day.Day
	Product  string
	Name     string
	Lines    int
	Expected money.Amount  // what Infomaniak charges
	Charged  *money.Amount // nil is not known
	Open     int           // periods without a charge
}

// Figures are what a client brings, and its orders of both kinds, the newest first.
type Figures struct {
	Months  []GainMonth // twelve for each currency, the last is this one
	Gain    []money.Amount
	Year    []money.Amount // of the twelve months
	Charged []money.Amount // really, in this calendar year
	Renews  day.Day        // what is paid again soonest; 0 is nothing
	Orders  []Noted
}

// GainMonth is what the orders of a month bring, discount and cashback together.
type GainMonth struct {
	First  day.Day
	Amount money.Amount
}

// Figures adds up what a client brings. Who keeps no accounts is told nothing. Requires access.ViewClients.
func (s *Service) Figures(ctx context.Context, id string) (f Figures, err error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return f, err
	}
	today := s.clock.Today(ctx)
	from := (today.EndOfMonth() + 1).AddMonths(-12)
	var noted []Order
	var sold []Sold
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if _, err := one(ctx, q, actor, id); err != nil {
			return err
		}
		if !actor.Can(access.Accounting) {
			return fault.New(fault.Forbidden, "")
		}
		if noted, err = s.orders(ctx, q, actor.OrganizationID, id); err != nil || s.sales == nil {
			return err
		}
		sold, err = s.sales.Sold(ctx, q, actor.OrganizationID, id, from)
		return err
	})
	if err != nil {
		return f, err
	}
	return figures(noted, sold, today)
}

func figures(noted []Order, sold []Sold, today day.Day) (f Figures, err error) {
	gains, charges := []Gain{}, []Gain{}
	renews := func(on day.Day) {
		if on > today && (f.Renews == 0 || on < f.Renews) {
			f.Renews = on
		}
	}
	for _, o := range noted {
		gains = append(gains, Gain{o.On, o.Gain})
		row := Noted{ID: o.ID, Number: o.Number, On: o.On, Product: o.Product, Name: o.Name, Lines: 1, Expected: o.Net, Charged: o.Charged}
		if o.Charged != nil {
			charges = append(charges, Gain{o.On, *o.Charged})
		} else {
			row.Open = 1
		}
		renews(o.To + 1)
		f.Orders = append(f.Orders, row)
	}
	for _, o := range sold {
		gains, charges = append(gains, o.Gains...), append(charges, o.Charges...)
		row := Noted{ID: o.ID, OfQuote: o.Quote, Number: o.Number, On: o.On, Product: o.Product, Name: o.Name, Lines: o.Lines, Expected: o.Expected, Open: o.Open}
		if len(o.Charges) > 0 {
			row.Charged = &o.Charged
		}
		renews(o.Renews)
		f.Orders = append(f.Orders, row)
	}
	slices.SortStableFunc(f.Orders, func(a, b Noted) int { return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.Number, a.Number)) })
	next := today.EndOfMonth() + 1
	year := today.String()[:4]
	if f.Charged, err = sumOf(charges, func(on day.Day) bool { return on.String()[:4] == year }); err != nil {
		return f, err
	}
	if f.Gain, err = sumOf(gains, func(on day.Day) bool { return on >= next.AddMonths(-1) && on < next }); err != nil {
		return f, err
	}
	within := func(on day.Day) bool { return on >= next.AddMonths(-12) && on < next }
	if f.Year, err = sumOf(gains, within); err != nil {
		return f, err
	}
	for _, total := range f.Year {
		for i := range 12 {
			first, after := next.AddMonths(i-12), next.AddMonths(i-11)
			var sum money.Sums
			for _, g := range gains {
				if g.On >= first && g.On < after && g.Amount.Currency() == total.Currency() {
					sum.Add(g.Amount)
				}
			}
			m := GainMonth{First: first}
			if m.Amount, err = sum.In(total.Currency()); err != nil {
				return f, err
			}
			f.Months = append(f.Months, m)
		}
	}
	return f, nil
}

// sumOf adds up what lies on days, each currency by itself.
func sumOf(list []Gain, on func(day.Day) bool) ([]money.Amount, error) {
	within := []money.Amount{}
	for _, g := range list {
		if on(g.On) {
			within = append(within, g.Amount)
		}
	}
	return money.Sum(within...)
}
