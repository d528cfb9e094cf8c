package transfer

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/find"
	"kontor/internal/host/sqlite"
)

// Search finds domains whose transfer is followed, by their name as people or as registries write it, by holder, registrar
// and order. Requires access.ManageDomains.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return find.Found{}, err
	}
	var list []Entry
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		list, err = entries(ctx, q, actor, nil, "")
		return err
	})
	return find.Among(question, list, func(e Entry) []string {
		return []string{Display(e.Domain), e.Domain, e.Holder, e.Registrar, e.Order}
	}, func(e Entry) find.Hit {
		return find.Hit{
			ID: e.ID, Title: Display(e.Domain), Route: "/transfer/" + e.ID,
			Params: map[string]string{"stage": string(e.Stage), "holder": e.Holder},
		}
	}), err
}
