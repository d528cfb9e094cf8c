package client

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/find"
	"kontor/internal/host/sqlite"
)

// Search finds clients by name, place, number and products, also those that are clients no more. Requires
// access.ViewClients.
func (s *Service) Search(ctx context.Context, question find.Question) (f find.Found, err error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return f, err
	}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		where, args := seen(actor)
		f.Searched, err = sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM client c WHERE "+where, args...)
		if err != nil || question.Empty() {
			return err
		}
		for _, word := range question.Words {
			where += " AND instr(c.search, ?) > 0"
			args = append(args, word)
		}
		if f.Total, err = sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM client c WHERE "+where, args...); err != nil || f.Total == 0 {
			return err
		}
		first := question.Words[0]
		f.Hits, err = sqlite.All(ctx, q, func(r sqlite.Row) (h find.Hit, err error) {
			var place, state string
			var products int
			err = r.Scan(&h.ID, &h.Title, &place, &state, &products)
			h.Route = "/client/" + h.ID
			h.Params = map[string]string{"place": place, "state": state, "products": strconv.Itoa(products)}
			return h, err
		}, `SELECT c.id, c.name, c.place, c.state, c.products FROM client c WHERE `+where+`
			ORDER BY c.state NOT IN ('pending', 'active'), instr(c.name_key, ?) <> 1, instr(c.name_key, ?) = 0, c.name_key, c.id LIMIT ?`,
			append(args, first, first, question.Limit)...)
		return err
	})
	return f, err
}
