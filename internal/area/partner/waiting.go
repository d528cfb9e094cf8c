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
	quoted, err := s.quotes.Any(ctx)
	if err != nil || age.Book.Shipped && !quoted {
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
