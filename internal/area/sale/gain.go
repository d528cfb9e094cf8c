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
	var list []Sale
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) (err error) {
		list, err = sold(ctx, q, actor.OrganizationID)
		return err
	})
	if err != nil {
		return Outlook{}, err
	}
	if clientID != "" {
		list = slices.DeleteFunc(list, func(of Sale) bool { return of.ClientID != clientID })
	}
	first := s.o.Clock.Today(ctx).EndOfMonth() + 1
	var o Outlook
	if o.Past, err = years(list, first.AddMonths(-aheadMonths)); err != nil {
		return o, err
	}
	o.Ahead, err = years(list, first)
	return o, err
}

func years(list []Sale, from day.Day) ([]Year, error) {
	out := []Year{}
	for _, currency := range money.Currencies() {
		y := Year{Currency: currency, Months: make([]Month, aheadMonths)}
		var offers, earnings money.Sums
		var offer, earned [aheadMonths]money.Sums
		any := false
		for _, of := range list {
			if of.Currency != currency {
				continue
			}
			for _, l := range of.Lines {
				for _, p := range l.Due(from, from.AddMonths(aheadMonths)-1) {
					any = true
					i := monthsBetween(from, p.From)
					offer[i].Add(l.Offer)
					if l.Earned != nil {
						earned[i].Add(*l.Earned)
					} else {
						y.Unknown++
					}
				}
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

// Items are the lines for invoices whose periods begin in [from, to], oldest first within a client.
func (s *Service) Items(ctx context.Context, from, to day.Day) ([]Item, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	all, err := sales(ctx, s.o.DB.Reader(), actor.OrganizationID)
	if err != nil {
		return nil, err
	}
	list := []Item{}
	for _, of := range all {
		head := of
		head.Lines = nil
		for _, l := range of.Lines {
			if l.Biller != "partner" {
				continue
			}
			for _, p := range l.Due(from, to) {
				i := Item{Sale: head, Line: l, Period: p, Code: vatCode(of.VAT, l.VATRate), Invoiced: l.Invoiced[p.From]}
				if i.VAT, err = l.Offer.Exact().MulFactor(l.VATRate.Part()).Round(of.Currency); err != nil {
					return nil, err
				}
				list = append(list, i)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Item) int {
		if a.Sale.Client != b.Sale.Client {
			if a.Sale.Client < b.Sale.Client {
				return -1
			}
			return 1
		}
		return int(a.Period.From - b.Period.From)
	})
	return list, nil
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
