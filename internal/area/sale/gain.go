package sale

import (
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// Month is what the periods that begin in a month come to, in one currency.
type Month struct {
	First  day.Day
	Offer  money.Amount // clients pay: the managed volume
	Earned money.Amount
}

// Year is twelve months of one currency and what they come to. Unknown lines have no known cost: what they earn is in no
// figure.
type Year struct {
	Currency money.Currency
	Months   []Month
	Offer    money.Amount
	Earned   money.Amount
	Unknown  int
}

// Outlook is the twelve months up to this one, and the twelve after it, for each currency.
type Outlook struct{ Past, Ahead []Year }

// Outlook adds up what the orders of a client ("" for all) bring: for the past by the quotes that they were made of, for
// the months to come by them too, as long as nothing is stopped.
func (s *Service) Outlook(ctx context.Context, clientID string) (Outlook, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Outlook{}, err
	}
	var list []stretch
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) (err error) {
		list, err = stretches(ctx, q, actor.OrganizationID, clientID)
		return err
	})
	if err != nil {
		return Outlook{}, err
	}
	first := s.o.Clock.Today(ctx).EndOfMonth() + 1
	var o Outlook
	if o.Past, err = years(list, first.AddMonths(-aheadMonths)); err != nil {
		return o, err
	}
	o.Ahead, err = years(list, first)
	return o, err
}

func years(list []stretch, from day.Day) ([]Year, error) {
	out := []Year{}
	for _, currency := range money.Currencies() {
		y := Year{Currency: currency, Months: make([]Month, aheadMonths)}
		var offers, earnings money.Sums
		var offer, earned [aheadMonths]money.Sums
		any := false
		for _, of := range list {
			if of.offer.Currency() != currency {
				continue
			}
			for _, p := range of.of.Due(from, from.AddMonths(aheadMonths)-1) {
				any = true
				i := monthsBetween(from, p.From)
				offer[i].Add(of.offer)
				earned[i].Add(of.earned)
				y.Unknown += of.unknown
			}
		}
		for i := range y.Months {
			var err error
			m := Month{First: from.AddMonths(i)}
			if m.Offer, err = offer[i].In(currency); err != nil {
				return nil, err
			}
			if m.Earned, err = earned[i].In(currency); err != nil {
				return nil, err
			}
			offers.Add(m.Offer)
			earnings.Add(m.Earned)
			y.Months[i] = m
		}
		if !any {
			continue
		}
		var err error
		if y.Offer, err = offers.In(currency); err != nil {
			return nil, err
		}
		if y.Earned, err = earnings.In(currency); err != nil {
			return nil, err
		}
		out = append(out, y)
	}
	return out, nil
}

// Earned is what a client earns in some time, in one currency.
type Earned struct {
	ClientID string
	Amount   money.Amount
}

// EarnedIn is what the periods that begin in [from, to] earn, one for each stretch of an order: a client may have several.
// It asks for no permission: its caller has.
func (s *Service) EarnedIn(ctx context.Context, q sqlite.Queryer, organizationID string, from, to day.Day) ([]Earned, error) {
	all, err := stretches(ctx, q, organizationID, "")
	list := []Earned{}
	for _, f := range dueIn(all, from, to) {
		if f.client != "" {
			list = append(list, Earned{f.client, f.earned})
		}
	}
	return list, err
}

// monthsBetween is how many months after that of one day another one lies.
func monthsBetween(from, on day.Day) int {
	a, b := from.Time(), on.Time()
	return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
}

// Item is a line for the partner's own invoice: a period that the partner charges the client for.
type Item struct {
	Sale     Sale // without its lines
	Line     Line
	Period   Period
	VAT      money.Amount // on this line, rounded by itself
	Code     string       // of the VAT: "CH 8.1", "RC", "0"
	Invoiced day.Day      // 0 as long as it is on no invoice
}

// Items are some of the lines for invoices of a span.
type Items struct {
	List  []Item
	Found int // in all
	Open  int // on no invoice
}

// Items are the lines for invoices whose periods begin in [from, to], oldest first within a client, at most limit of
// them (0 is all).
func (s *Service) Items(ctx context.Context, from, to day.Day, limit int) (items Items, err error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return items, err
	}
	items.List = []Item{}
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		due, err := invoiceable(ctx, q, actor.OrganizationID, from, to)
		if err != nil {
			return err
		}
		lines, found, err := linesOf(ctx, q, actor.OrganizationID, due, limit)
		if err != nil {
			return err
		}
		for _, l := range lines {
			i := Item{Sale: l.Sale, Line: l.Line, Period: l.Period, Code: vatCode(l.Sale.VAT, l.Line.VATRate), Invoiced: l.Line.Invoiced[l.Period.From]}
			if i.VAT, err = l.Line.Offer.Exact().MulFactor(l.Line.VATRate.Part()).Round(l.Sale.Currency); err != nil {
				return err
			}
			items.List = append(items.List, i)
		}
		invoiced, err := invoicedIn(ctx, q, actor.OrganizationID, from, to)
		items.Found, items.Open = found, found-invoiced
		return err
	})
	return items, err
}

// invoiceable is what the partner invoices for periods that begin in [from, to].
func invoiceable(ctx context.Context, q sqlite.Queryer, organizationID string, from, to day.Day) ([]falling, error) {
	all, err := stretches(ctx, q, organizationID, "")
	if err != nil {
		return nil, err
	}
	due := dueIn(slices.DeleteFunc(all, func(s stretch) bool { return !s.partner }), from, to)
	slices.SortStableFunc(due, byClient)
	return due, nil
}

// vatCode names how a line is taxed, as the header of the export explains: the kind of VAT and its rate.
func vatCode(kind string, rate money.Rate) string {
	switch kind {
	case "swiss":
		return "CH " + rate.String()
	case "country":
		return "EU " + rate.String()
	case "reverse_charge":
		return "RC"
	}
	return "0"
}
