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
			Area: "partner", Kind: "price_list_ended", Urgency: waiting.Stale, Route: "/partner/terms",
			Params: map[string]string{"currency": string(age.Book.Currency)},
		}}, nil
	}
	return []waiting.Line{{
		Area: "partner", Kind: "price_list_stale", Urgency: waiting.Stale, Route: "/partner",
		Params: map[string]string{"days": strconv.Itoa(age.Days), "currency": string(age.Book.Currency)},
	}}, nil
}
