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
			Area: "quote", Kind: "quote_ending", Ref: e.ID, Urgency: waiting.Soon, At: e.ValidUntil.Time(), Route: "/quote/" + e.ID + "/document?ask=1",
			Params: map[string]string{"number": e.Number, "recipient": e.Recipient},
		})
	}
	return list, nil
}

// Known tells Home how many quotes there are.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	p, err := s.List(ctx, Filter{Sort: "number", Limit: 1})
	return waiting.Known("quotes", p.Counts.All, err)
}
