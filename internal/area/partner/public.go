package partner

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// InForce returns the list that today's public prices are taken from: in that currency, in force, the organization's
// own before a shipped one, the newest first. found is false where there is none. Requires access.UseSimulator.
func (s *Service) InForce(ctx context.Context, currency money.Currency) (book pricing.Book, found bool, err error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return pricing.Book{}, false, err
	}
	books, err := readBooks(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return pricing.Book{}, false, err
	}
	today := s.today(ctx)
	book, found = offered(books, currency, today)
	if !found || !book.HoldsOn(today) {
		return pricing.Book{}, false, nil
	}
	return book, true, nil
}

// Prices are all lists of the organization with what it computes with on a day.
type Prices struct {
	pricing.Tariff
	Books []pricing.Book // the newest first
	VAT   pricing.VATRates
}

// Prices returns them as they hold on a day. Requires access.UseSimulator.
func (s *Service) Prices(ctx context.Context, on day.Day) (p Prices, err error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return p, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if p.Tariff, err = readTariff(ctx, q, actor.OrganizationID, on); err != nil {
			return err
		}
		if p.Books, err = readBooks(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		p.VAT, _, err = readVATRates(ctx, q, actor.OrganizationID)
		return err
	})
	return p, err
}

// offered is the one list of a currency that everything begins with on a day: of those in force, as readBooks orders them,
// the first; else the one that ended last; else the next to come. found is false where the currency has no list.
func offered(books []pricing.Book, currency money.Currency, today day.Day) (book pricing.Book, found bool) {
	for _, b := range books {
		if b.Currency != currency {
			continue
		}
		if b.HoldsOn(today) {
			return b, true
		}
		if !found || sooner(b, book, today) {
			book, found = b, true
		}
	}
	return book, found
}

// sooner orders two lists that are not in force: one that has ended comes before one that has not begun; of those that
// ended the latest, of those to come the nearest.
func sooner(a, b pricing.Book, today day.Day) bool {
	if coming := a.ValidFrom > today; coming != (b.ValidFrom > today) {
		return !coming
	} else if coming {
		return a.ValidFrom < b.ValidFrom
	}
	return a.ValidUntil > b.ValidUntil
}

// SwissVAT is the Swiss rate of VAT on a day, as the organization keeps it. Requires access.UseSimulator.
func (s *Service) SwissVAT(ctx context.Context, on day.Day) (money.Rate, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return money.Rate{}, err
	}
	rates, _, err := readVATRates(ctx, s.db.Reader(), actor.OrganizationID)
	return rates.On(on).Rate, err
}

// PublicTotal is what anybody pays today for so many pieces and months of a line, before VAT: the list price less the
// degressive rate. Nothing is remembered of the question. Requires access.UseSimulator.
func (s *Service) PublicTotal(ctx context.Context, bookID, lineID, quantity string, months int) (money.Amount, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return money.Amount{}, err
	}
	in, _, err := s.input(ctx, actor, Question{
		Book: bookID, Line: lineID, Quantity: quantity, Rate: "0", Months: months,
		Access: string(pricing.FullAccess), Means: string(pricing.Client), Orders: string(pricing.Client), Managed: true,
		Operation: string(pricing.Order), VAT: string(pricing.VATExcluded),
	})
	if err != nil {
		return money.Amount{}, err
	}
	result, err := pricing.Simulate(in)
	return result.OpenPrice.Rounded, err
}
