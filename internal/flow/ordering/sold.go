package ordering

import (
	"context"
	"slices"

	"kontor/internal/area/client"
	"kontor/internal/area/sale"
	"kontor/internal/core/day"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// Sales implements client.Sales on the orders of quotes. Of is asked with each call.
type Sales struct {
	Of    func() *sale.Service
	Clock day.Clock
}

// Numbered tells whether an order of a quote has this number.
func (p Sales) Numbered(ctx context.Context, q sqlite.Queryer, organizationID, number string) (bool, error) {
	return p.Of().Numbered(ctx, q, organizationID, number)
}

// Sold lists what was sold to a client, with what it earned since a day.
func (p Sales) Sold(ctx context.Context, q sqlite.Queryer, organizationID, clientID string, since day.Day) ([]client.Sold, error) {
	list, err := p.Of().OrdersOfClient(ctx, q, organizationID, clientID)
	today := p.Clock.Today(ctx)
	out := make([]client.Sold, 0, len(list))
	for _, of := range list {
		if err != nil {
			break
		}
		one := client.Sold{ID: of.ID, Number: of.Title(), Quote: of.QuoteNumber, On: of.OrderedOn, Lines: len(of.Lines)}
		one.Expected, one.Charged, _, one.Open, err = of.Difference(today)
		for i, l := range of.Lines {
			if i == 0 {
				one.Product, one.Name = l.Product, l.Name
			}
			for _, due := range l.Due(since, today) {
				if l.Earned != nil {
					one.Gains = append(one.Gains, client.Gain{On: due.From, Amount: *l.Earned})
				}
			}
			for _, c := range l.Charges {
				if slices.ContainsFunc(l.Due(c.Period, c.Period), func(p sale.Period) bool { return p.From <= today }) {
					one.Charges = append(one.Charges, client.Gain{On: c.On, Amount: c.Amount})
				}
			}
			if next := l.Due(today+1, today.AddMonths(37)); l.Months > 0 && len(next) > 0 && (one.Renews == 0 || next[0].From < one.Renews) {
				one.Renews = next[0].From
			}
		}
		out = append(out, one)
	}
	return out, err
}

// Ahead lists what was sold to a client and is paid again within twelve months.
func (p Sales) Ahead(ctx context.Context, clientID string, limit int) ([]client.Running, int, error) {
	found, err := p.Of().Renewals(ctx, clientID, limit)
	list := make([]client.Running, 0, len(found.List))
	for _, r := range found.List {
		list = append(list, client.Running{
			On: r.On, Product: r.Line.Product, Name: r.Line.Name, Quantity: r.Line.Quantity, Months: r.Line.Months, Payer: pricing.Party(r.Line.Payer),
			Offer: &r.Offer, Earned: r.Earned, List: r.List, ListFrom: r.ListFrom, Order: r.Sale.ID, Number: r.Sale.Title(), OfQuote: true,
		})
	}
	return list, found.Found, err
}

// Earned adds up what the periods that begin in a span earn.
func (p Sales) Earned(ctx context.Context, q sqlite.Queryer, organizationID string, from, to day.Day) ([]client.Charge, error) {
	earned, err := p.Of().EarnedIn(ctx, q, organizationID, from, to)
	list := make([]client.Charge, 0, len(earned))
	for _, e := range earned {
		list = append(list, client.Charge{ClientID: e.ClientID, Amount: e.Amount})
	}
	return list, err
}
