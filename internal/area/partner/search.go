package partner

import (
	"context"

	"kontor/internal/core/find"
	"kontor/internal/core/pricing"
)

// Search finds price lists by name, currency, author and the products in them. Requires access.UseSimulator.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	desk, err := s.Desk(ctx)
	return find.Among(question, desk.Books, func(b pricing.Book) []string {
		words := []string{b.Name, string(b.Currency), b.Source, b.Author}
		for _, l := range b.Lines {
			words = append(words, label(l))
		}
		return words
	}, func(b pricing.Book) find.Hit {
		return find.Hit{
			ID: b.ID, Title: b.Name, Route: find.Row("/partner/terms", b.ID),
			Params: map[string]string{"currency": string(b.Currency), "from": b.ValidFrom.String()},
		}
	}), err
}
