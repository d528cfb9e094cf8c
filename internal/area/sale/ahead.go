package sale

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// aheadMonths is how far renewals and the forecast look.
const aheadMonths = 12

// Renewal is the next period of something that runs, and what it costs then.
type Renewal struct {
	Sale      Sale // without its lines
	Line      Line
	On        day.Day
	Expected  *money.Amount // Infomaniak charges; nil for an own line
	Offer     money.Amount  // the client pays
	Earned    *money.Amount
	KnownFrom Origin
	List      string  // the price list that it is by
	ListFrom  day.Day // since when that list holds
}

// Renewals are what renews within twelve months, soonest first, priced by the list that holds on that day: one that is
// entered already with a later beginning counts from then on. Where no list says otherwise, the price is the quote's.
func (s *Service) Renewals(ctx context.Context) ([]Renewal, error) {
	actor, books, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	list := []Renewal{}
	today := s.o.Clock.Today(ctx)
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		all, err := sold(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		priced := s.pricer(ctx, q, actor.OrganizationID, books)
		for _, of := range all {
			for _, l := range of.Lines {
				due := l.Due(today+1, today.AddMonths(aheadMonths))
				if l.Kind == Discount || l.Months == 0 || len(due) == 0 {
					continue
				}
				r, err := priced(of, l, due[0].From)
				if err != nil {
					return err
				}
				list = append(list, r)
			}
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b Renewal) int { return cmp.Compare(a.On, b.On) })
	return list, err
}

func (s *Service) enter(ctx context.Context) (access.Actor, []pricing.Book, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return actor, nil, err
	}
	books, err := s.o.Prices.Books(ctx)
	return actor, books, err
}

// pricer prices lines by the lists that hold on a day; an order is read once for each list.
func (s *Service) pricer(ctx context.Context, q sqlite.Queryer, organizationID string, books []pricing.Book) func(Sale, Line, day.Day) (Renewal, error) {
	type key struct{ quote, book string }
	kept := map[key]*Sale{}
	return func(of Sale, l Line, on day.Day) (Renewal, error) {
		r := Renewal{Sale: of, Line: l, On: on, Expected: l.Expected, Offer: l.Offer, Earned: l.Earned, KnownFrom: Quoted}
		r.Sale.Lines = nil
		i := slices.IndexFunc(books, func(b pricing.Book) bool { return b.Currency == of.Currency && b.HoldsOn(on) })
		if l.Kind != Listed || i < 0 || !slices.ContainsFunc(books[i].Lines, func(p pricing.Line) bool { return p.Product == l.Product && p.Name == l.Name }) {
			return r, nil
		}
		k := key{of.QuoteID, books[i].ID}
		again, read := kept[k]
		if !read {
			sold, err := s.o.Quotes.Sold(ctx, q, organizationID, of.QuoteID, books[i].Lines)
			switch fault.CodeOf(err) {
			case "":
				again = &sold
			case fault.Invalid, fault.NotFound, fault.Conflict: // the list cannot price it, or the quote is gone: it stays as quoted
			default:
				return r, err
			}
			kept[k] = again
		}
		if again == nil {
			return r, nil
		}
		if j := slices.IndexFunc(again.Lines, func(o Line) bool { return o.Quoted == l.Quoted }); j >= 0 {
			then := again.Lines[j]
			r.Expected, r.Offer, r.Earned, r.KnownFrom, r.List, r.ListFrom = then.Expected, then.Offer, then.Earned, ByList, books[i].Name, books[i].ValidFrom
		}
		return r, nil
	}
}

// Change is what another list does to something that runs.
type Change struct {
	Before, After Renewal
}

// Changes compares what runs with a price list: the first period of each line that begins once the list holds, by the
// list that holds until then and by this one. Lines that stay the same are left out.
func (s *Service) Changes(ctx context.Context, bookID string) ([]Change, error) {
	actor, books, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(books, func(b pricing.Book) bool { return b.ID == bookID })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "")
	}
	book := books[i]
	others := slices.DeleteFunc(slices.Clone(books), func(b pricing.Book) bool { return b.ID == bookID })
	from := max(book.ValidFrom, s.o.Clock.Today(ctx))
	list := []Change{}
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		all, err := sold(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		before, after := s.pricer(ctx, q, actor.OrganizationID, others), s.pricer(ctx, q, actor.OrganizationID, []pricing.Book{book})
		for _, of := range all {
			if of.Currency != book.Currency {
				continue
			}
			for _, l := range of.Lines {
				due := l.Due(from, from.AddMonths(36))
				if l.Kind != Listed || l.Months == 0 || len(due) == 0 {
					continue
				}
				was, err := before(of, l, book.ValidFrom-1)
				if err != nil {
					return err
				}
				is, err := after(of, l, due[0].From)
				if err != nil {
					return err
				}
				if was.On = is.On; is.KnownFrom == ByList && (was.Offer != is.Offer || !same(was.Expected, is.Expected)) {
					list = append(list, Change{was, is})
				}
			}
		}
		return nil
	})
	return list, err
}

func same(a, b *money.Amount) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Lists are the price lists that one may look at, the newest first.
func (s *Service) Lists(ctx context.Context) ([]pricing.Book, error) {
	_, books, err := s.enter(ctx)
	return books, err
}
