package prepaid

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/find"
	"kontor/internal/host/sqlite"
)

// Search finds orders by number and title, the newest first. Requires access.Accounting.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return find.Found{}, err
	}
	list, err := sqlite.All(ctx, s.db.Reader(), scanOrder, orderColumns+"ORDER BY placed_at DESC, id DESC", actor.OrganizationID)
	return find.Among(question, list, func(o Order) []string { return []string{o.Number, o.Title} }, func(o Order) find.Hit {
		return find.Hit{
			ID: o.ID, Title: o.Number, Route: find.Row("/payment/prepaid/orders", o.ID),
			Params: map[string]string{"title": o.Title, "state": string(o.State), "amount": o.Total.String()},
		}
	}), err
}
