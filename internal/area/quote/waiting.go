package quote

import (
	"context"

	"kontor/internal/core/waiting"
)

// Waiting tells Home of open quotes whose last day is near.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	near, err := s.Ending(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	list := []waiting.Line{}
	for _, e := range near {
		list = append(list, waiting.Line{
			Area: "quote", Kind: "quote_ending", Urgency: waiting.Soon, At: e.ValidUntil.Time(), Route: "/quote/" + e.ID,
			Params: map[string]string{"number": e.Number, "recipient": e.Recipient},
		})
	}
	return list, nil
}
