package partner

import (
	"context"
	"strconv"

	"kontor/internal/core/waiting"
)

// Waiting tells Home of a price list that has become old or is over, where prices are made from one.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	age, err := s.Age(ctx)
	if err != nil || !age.Stale && !age.Ended {
		return nil, waiting.Visible(err)
	}
	if used, err := s.used(ctx, age); err != nil || !used {
		return nil, waiting.Visible(err)
	}
	if age.Ended {
		return []waiting.Line{{
			Area: "partner", Kind: "price_list_ended", Ref: age.Book.ID, Urgency: waiting.Stale, Route: "/partner/terms",
			Params: map[string]string{"currency": string(age.Book.Currency)},
		}}, nil
	}
	return []waiting.Line{{
		Area: "partner", Kind: "price_list_stale", Ref: age.Book.ID, Urgency: waiting.Stale, Route: "/partner",
		Facts:  string(age.Book.Currency), // not the days: it is a day older every morning
		Params: map[string]string{"days": strconv.Itoa(age.Days), "currency": string(age.Book.Currency)},
	}}, nil
}

// used tells whether prices are made from a list: it is the organization's own, or something was quoted. Of one that came
// with Kontor, a day-old workspace does not hear how old it is.
func (s *Service) used(ctx context.Context, age Age) (bool, error) {
	if !age.Book.Shipped || s.quotes == nil {
		return true, nil
	}
	return s.quotes.Any(ctx)
}

// asksAge tells whether the page asks about the age of the list.
func (s *Service) asksAge(ctx context.Context, age Age) (bool, error) {
	if !age.Stale {
		return false, nil
	}
	used, err := s.used(ctx, age)
	return used, waiting.Visible(err)
}

// Known tells Home how many price lists are the organization's own; the one that came with Kontor is none of them.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	d, err := s.Desk(ctx)
	own := 0
	for _, b := range d.Books {
		if !b.Shipped {
			own++
		}
	}
	return waiting.Known("lists", own, err)
}
