package quote

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/find"
)

// Search finds quotes by number, recipient and what the list finds them by, the newest first. Requires
// access.WriteQuotes.
func (s *Service) Search(ctx context.Context, question find.Question) (f find.Found, err error) {
	if _, err := access.Require(ctx, access.WriteQuotes); err != nil {
		return f, err
	}
	filter := Filter{Search: question.Text, Sort: "number", Descending: true, Limit: question.Limit}
	if question.Empty() {
		filter.Limit = 1
	}
	page, err := s.List(ctx, filter)
	f.Searched = page.Counts.All
	if err != nil || matching(question.Text) == "" {
		return f, err
	}
	f.Total, f.More = page.Found, page.More
	for _, e := range page.Entries {
		f.Hits = append(f.Hits, find.Hit{
			ID: e.ID, Title: e.Number, Route: "/quote/" + e.ID,
			Params: map[string]string{"recipient": e.Recipient, "state": string(e.State), "amount": e.Offer.String(), "until": e.ValidUntil.String(), "client": e.ClientID},
		})
	}
	return f, nil
}
