package payment

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/host/sqlite"
)

// AheadDays is how many days ahead Ahead reckons with the prepaid account. What comes later is judged by its means alone.
const AheadDays = 366

// Ahead is what is known of an organization's next renewals.
type Ahead struct {
	Covers   []Cover // the next charge of every renewal, by day of the end
	Profiles []Profile
}

// Ahead judges the next charge of every renewal of the organization, however far ahead it is: as the cover check, which
// looks CoverDays ahead, where the means alone decide or the prepaid account's balance reaches. Requires access.Accounting.
func (s *Service) Ahead(ctx context.Context) (Ahead, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Ahead{}, err
	}
	var t Situation
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		t, err = s.situation(ctx, q, actor.OrganizationID)
		return err
	})
	if err != nil {
		return Ahead{}, err
	}
	list, err := t.next(t.Today + AheadDays)
	return Ahead{list, t.Profiles}, err
}

// next is the next charge of every renewal, in their order; the prepaid account is drained until that day.
func (s Situation) next(until day.Day) ([]Cover, error) {
	covers := s.upcoming(until)
	if err := s.drain(covers); err != nil {
		return nil, err
	}
	means, first := s.byID(), map[string]Cover{}
	for _, c := range covers {
		if c.Nth == 0 {
			first[c.Renewal.ID] = c
		}
	}
	list := make([]Cover, 0, len(s.Renewals))
	for i := range s.Renewals {
		r := &s.Renewals[i]
		c, near := first[r.ID]
		if !near {
			c = s.cover(r, means(r), 0)
			if c.Profile.Kind == Prepaid && c.Status == Covered {
				c.Status = Hoped // nobody knows what the account will hold then
			}
		}
		list = append(list, c)
	}
	return list, nil
}
