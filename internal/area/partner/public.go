package partner

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
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
	for _, b := range books { // as readBooks orders them
		if b.Currency == currency && b.HoldsOn(today) {
			return b, true, nil
		}
	}
	return pricing.Book{}, false, nil
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
