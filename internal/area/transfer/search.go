package transfer

import (
	"context"

	"kontor/internal/core/find"
)

// Search finds domains whose transfer is followed, by their name as people or as registries write it, by holder, registrar
// and order. Requires access.ManageDomains.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	list, err := s.Transfers(ctx)
	return find.Among(question, list, func(e Entry) []string {
		return []string{Display(e.Domain), e.Domain, e.Holder, e.Registrar, e.Order}
	}, func(e Entry) find.Hit {
		return find.Hit{
			ID: e.ID, Title: Display(e.Domain), Route: "/transfer/" + e.ID,
			Params: map[string]string{"stage": string(e.Stage), "holder": e.Holder},
		}
	}), err
}
