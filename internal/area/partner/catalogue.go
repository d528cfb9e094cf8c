package partner

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// Tools are what an organization computes with on a day.
type Tools struct {
	pricing.Tariff
	Book pricing.Book
	VAT  pricing.VATRate // the Swiss rate of the day
}

// Catalogue reads what an organization computes with, for whoever computes: a list (the one that applies on the day if
// book is ""), the steps, the terms and the Swiss VAT rate that apply. It asks for no permission: its caller has.
func Catalogue(ctx context.Context, q sqlite.Queryer, o Organizations, organizationID, book string, today day.Day) (t Tools, err error) {
	if book == "" {
		if book, err = current(ctx, q, o, organizationID, today); err != nil {
			return t, err
		}
	}
	if t.Book, err = readBook(ctx, q, organizationID, book); err != nil {
		return t, err
	}
	if t.Tariff, err = readTariff(ctx, q, organizationID, today); err != nil {
		return t, err
	}
	rates, _, err := readVATRates(ctx, q, organizationID)
	if err != nil {
		return t, err
	}
	t.VAT = rates.On(today)
	return t, err
}

// readTariff returns the steps, the terms, and what differs from them on a day.
func readTariff(ctx context.Context, q sqlite.Queryer, organizationID string, today day.Day) (t pricing.Tariff, err error) {
	if t.Schedule, err = readSchedule(ctx, q, organizationID, today); err != nil {
		return t, err
	}
	if t.Terms, err = readTerms(ctx, q, organizationID); err != nil {
		return t, err
	}
	own, err := readConditions(ctx, q, organizationID)
	t.Rates, t.Schedules = own.ratesOn(today), own.schedulesOn(today)
	return t, err
}

// StaleAfter is how many days old a list may become before it is asked about.
const StaleAfter = 90

// Age is how old the list is that applies.
type Age struct {
	Book  pricing.Book
	Days  int
	Stale bool
	Ended bool // its last day is over, and no other list of its currency is in force
}

// Age tells how old the list of the organization's own currency is that applies today. Requires access.UseSimulator.
func (s *Service) Age(ctx context.Context) (a Age, err error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return a, err
	}
	today := s.today(ctx)
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		id, err := current(ctx, q, s.organizations, actor.OrganizationID, today)
		if err != nil {
			return err
		}
		a.Book, err = readBook(ctx, q, actor.OrganizationID, id)
		return err
	})
	a.Days = int(today - a.Book.ValidFrom)
	a.Stale = a.Days > StaleAfter
	a.Ended = a.Book.ValidUntil != 0 && a.Book.ValidUntil < today
	return a, err
}
