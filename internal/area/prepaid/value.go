package prepaid

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/sqlite"
)

// The ledger is a chain by the time of booking. What a balance was on a day follows from the days on which money counts:
// for most entries that is the day of the booking, and the chain's own balance is right; the others, dated back, are few
// and corrected for.

// valueDay reads the day on which money counts; "" is today. Nothing counts in the future.
func (s *Service) valueDay(ctx context.Context, c *fault.Check, field, text string) day.Day {
	today := s.today(ctx)
	if text == "" {
		return today
	}
	d, err := day.Parse(text)
	switch {
	case err != nil:
		c.Refuse(field, "not_a_date")
	case d > today:
		c.Refuse(field, "date_in_future")
	}
	return d
}

// valued tells what the balance was at the end of any day.
type valued struct {
	q              sqlite.Queryer
	organizationID string
	zone           *time.Location
	currency       money.Currency
	backDated      []Entry
}

func newValued(ctx context.Context, q sqlite.Queryer, organizationID string, zone *time.Location, currency money.Currency) (valued, error) {
	list, err := sqlite.All(ctx, q, scanEntry, entryColumns+`WHERE organization_id = ? AND value_on IS NOT NULL ORDER BY seq`, organizationID)
	return valued{q, organizationID, zone, currency, list}, err
}

// on is the balance at the end of a day.
func (b valued) on(ctx context.Context, d day.Day) (money.Amount, error) {
	end := midnight(d+1, b.zone)
	booked, err := balanceBefore(ctx, b.q, b.organizationID, end, b.currency)
	if err != nil {
		return booked, err
	}
	var sum money.Sums
	sum.Add(booked)
	for _, e := range b.backDated {
		switch late := !e.At.Before(end); {
		case late && e.valueOn <= d:
			sum.Add(e.Change())
		case !late && e.valueOn > d:
			sum.Sub(e.Change())
		}
	}
	return sum.In(b.currency)
}

// history is the balance at the end of each day on which it changed, from the day first to today. The first point is the
// balance with which the first day begins. It asks for every day on its own: a seek in the index each, however many
// entries there are.
func (b valued) history(ctx context.Context, first, today day.Day) ([]Point, error) {
	var list []Point
	for d := first - 1; d <= today; d++ {
		balance, err := b.on(ctx, d)
		if err != nil {
			return nil, err
		}
		if p := (Point{On: max(d, first), Balance: balance}); len(list) == 0 || p.Balance != list[len(list)-1].Balance {
			list = append(list, p)
		}
	}
	return list, nil
}

// between lists the entries whose money counts within a period, in the order of those days, up to limit; the balance of
// each is the one by those days. Error: Conflict/statement_too_long.
func (b valued) between(ctx context.Context, from, to day.Day, limit int) ([]Entry, error) {
	booked, err := sqlite.All(ctx, b.q, scanEntry, entryColumns+`WHERE organization_id = ? AND value_on IS NULL AND at >= ? AND at < ? ORDER BY at, seq LIMIT ?`,
		b.organizationID, sqlite.Millis(midnight(from, b.zone)), sqlite.Millis(midnight(to+1, b.zone)), limit+1)
	if err != nil {
		return nil, err
	}
	for _, e := range b.backDated {
		if e.valueOn >= from && e.valueOn <= to {
			booked = append(booked, e)
		}
	}
	if len(booked) > limit {
		return nil, fault.New(fault.Conflict, "statement_too_long")
	}
	slices.SortFunc(booked, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.ValueOn(b.zone), y.ValueOn(b.zone)), cmp.Compare(x.Seq, y.Seq))
	})
	now, err := b.on(ctx, from-1)
	if err != nil {
		return nil, err
	}
	for i := range booked {
		if now, err = now.Add(booked[i].Change()); err != nil {
			return nil, err
		}
		booked[i].Balance = now
	}
	return booked, nil
}

// midnight is the moment at which a day begins where the person is.
func midnight(d day.Day, zone *time.Location) time.Time {
	y, m, n := d.Time().Date()
	return time.Date(y, m, n, 0, 0, 0, 0, zone)
}
