package sale

import (
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

// Renewals are some of what renews within twelve months.
type Renewals struct {
	List  []Renewal
	Found int // in all
}

// Renewals are what renews within twelve months for a client ("" for all), soonest first and at most limit of it (0 is
// all), priced by the list that holds on that day: one that is entered already with a later beginning counts from then on.
// Where no list says otherwise, the price is the quote's.
func (s *Service) Renewals(ctx context.Context, clientID string, limit int) (r Renewals, err error) {
	actor, books, err := s.enter(ctx)
	if err != nil {
		return r, err
	}
	r.List = []Renewal{}
	today := s.o.Clock.Today(ctx)
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		all, err := stretches(ctx, q, actor.OrganizationID, clientID)
		if err != nil {
			return err
		}
		due := []falling{}
		for _, of := range all {
			if next := of.of.Due(today+1, today.AddMonths(aheadMonths)); !of.discount && of.of.Months > 0 && len(next) > 0 {
				due = append(due, falling{of, next[0]})
			}
		}
		slices.SortStableFunc(due, soonest)
		lines, found, err := linesOf(ctx, q, actor.OrganizationID, due, limit)
		if err != nil {
			return err
		}
		r.Found = found
		priced := s.pricer(ctx, q, actor.OrganizationID, books)
		for _, l := range lines {
			one, err := priced(l.Sale, l.Line, l.Period.From)
			if err != nil {
				return err
			}
			r.List = append(r.List, one)
		}
		return nil
	})
	return r, err
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
		r.Sale.Language = again.Language
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

// Changes are some of what a price list changes.
type Changes struct {
	List []Change
	More bool // there are others
}

// Changes compares what runs for a client ("" for all) with a price list: the first period of each line that begins once
// the list holds, by the list that holds until then and by this one. Lines that stay the same are left out. The newest
// orders come first; with a limit (0 is none) no order is priced once there are more changes than that.
func (s *Service) Changes(ctx context.Context, bookID, clientID string, limit int) (found Changes, err error) {
	found.List = []Change{}
	actor, books, err := s.enter(ctx)
	if err != nil {
		return found, err
	}
	i := slices.IndexFunc(books, func(b pricing.Book) bool { return b.ID == bookID })
	if i < 0 {
		return found, fault.New(fault.NotFound, "")
	}
	book := books[i]
	others := slices.DeleteFunc(slices.Clone(books), func(b pricing.Book) bool { return b.ID == bookID })
	from := max(book.ValidFrom, s.o.Clock.Today(ctx))
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		all, err := heads(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		having, err := salesWith(ctx, q, actor.OrganizationID, repriced(book, others))
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(of Sale) bool {
			return of.Currency != book.Currency || clientID != "" && of.ClientID != clientID || !having[of.ID]
		})
		before, after := s.pricer(ctx, q, actor.OrganizationID, others), s.pricer(ctx, q, actor.OrganizationID, []pricing.Book{book})
		for i, of := range all {
			if i%ordersAtOnce == 0 {
				if err := fillSome(ctx, q, all[i:min(len(all), i+ordersAtOnce)]); err != nil {
					return err
				}
				of = all[i]
			}
			if limit > 0 && len(found.List) > limit {
				break
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
					found.List = append(found.List, Change{was, is})
				}
			}
		}
		return nil
	})
	if limit > 0 && len(found.List) > limit {
		found.List, found.More = found.List[:limit], true
	}
	return found, err
}

// repriced are the products of a list that cost something else than by the list that holds until then.
func repriced(book pricing.Book, others []pricing.Book) []string {
	was := map[string]pricing.Line{}
	if i := slices.IndexFunc(others, func(b pricing.Book) bool { return b.Currency == book.Currency && b.HoldsOn(book.ValidFrom-1) }); i >= 0 {
		for _, l := range others[i].Lines {
			l.ID = ""
			was[productKey(l)] = l
		}
	}
	list := []string{}
	for _, l := range book.Lines {
		key := productKey(l)
		l.ID = ""
		if before, there := was[key]; !there || before != l {
			list = append(list, key)
		}
	}
	return list
}

// productKey is a product of a list as salesWith asks for it.
func productKey(l pricing.Line) string { return l.Product + "\n" + l.Name }

// ordersAtOnce is how many orders are read together.
const ordersAtOnce = 20

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
