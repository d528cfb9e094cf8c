package sample

import (
	"context"
	"time"

	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/core/access"
	"kontor/internal/core/money"
	"kontor/internal/flow/ordering"
	"kontor/internal/host/sqlite"
)

// unread are the readers and the post of orders: nobody writes letters in the story.
type unread struct{}

func (unread) Reader(context.Context, string) (sale.Reader, error) { return sale.Reader{}, nil }

func (unread) Send(context.Context, *sqlite.Tx, string, string, string, string) error { return nil }

// sales tells what became of the accepted quote: the order, what Infomaniak charged for it, once a little more than was
// expected, and what the studio put on its invoices.
func sales(ctx context.Context, s *story) error {
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	quotes := quote.NewService(quote.Options{DB: s.db, Journal: s.journal, Clock: s.calendar()})
	service := sale.NewService(sale.Options{
		DB: s.db, Journal: s.journal, Readers: unread{}, Post: unread{}, Clock: s.calendar(),
		Quotes: ordering.Quotes{Of: func() *quote.Service { return quotes }, Clock: s.calendar()},
	})
	defer func(before time.Time) { s.clock = before }(s.clock)
	s.clock = s.today.Add(8 * time.Hour)
	accepted, err := service.Unordered(ctx)
	if err != nil {
		return err
	}
	today := s.on(s.clock)
	for _, of := range accepted {
		s.clock = of.AcceptedOn.Time().Add(34 * time.Hour)
		id, err := service.Make(ctx, of.QuoteID, sale.Order{Number: "20563", OrderedOn: s.on(s.clock).String()})
		if err != nil {
			return err
		}
		list, err := service.List(ctx)
		if err != nil {
			return err
		}
		marks := []sale.Mark{}
		for i, l := range list[0].Lines {
			due := l.Due(0, today-1)
			for n, p := range due {
				s.clock = p.From.Time().Add(30 * time.Hour)
				if i > 0 || n < len(due)-1 {
					marks = append(marks, sale.Mark{Line: l.ID, Period: p.From.String()})
				}
				amount := *l.Expected
				if i == 0 && n == len(due)-1 {
					if amount, err = amount.Add(money.Must(money.ParseAmount("3.60", amount.Currency()))); err != nil {
						return err
					}
				}
				err := service.Charge(ctx, id, sale.Charged{
					Line: l.ID, Period: p.From.String(), On: (p.From + 1).String(), Amount: amount.Decimal(), Reference: "R-" + p.From.String()[:7],
				})
				if err != nil {
					return err
				}
			}
		}
		s.clock = s.today.Add(8 * time.Hour)
		if err := service.Invoice(ctx, marks, false); err != nil {
			return err
		}
	}
	return nil
}
