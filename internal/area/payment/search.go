package payment

import (
	"context"

	"kontor/internal/core/find"
)

// SearchRenewals finds products by name. Requires access.Accounting.
func (s *Service) SearchRenewals(ctx context.Context, question find.Question) (find.Found, error) {
	list, err := s.Renewals(ctx)
	return find.Among(question, list, func(r Renewal) []string { return []string{r.Product} }, func(r Renewal) find.Hit {
		return find.Hit{
			ID: r.ID, Title: r.Product, Route: find.Row("/payment/renewals/products", r.ID),
			Params: map[string]string{"amount": r.Amount.String(), "on": r.ExpiresOn.String()},
		}
	}), err
}

// SearchProfiles finds payment profiles by what they show: firm, label, holder, the last digits. Requires
// access.Accounting.
func (s *Service) SearchProfiles(ctx context.Context, question find.Question) (find.Found, error) {
	overview, err := s.Overview(ctx)
	return find.Among(question, overview.Profiles, func(p Profile) []string {
		return []string{p.Name(), p.Label, p.Holder, p.Masked, string(p.Kind)}
	}, func(p Profile) find.Hit {
		return find.Hit{ID: p.ID, Title: p.Label, Route: find.Row(home, p.ID), Params: map[string]string{"means": p.Sign(), "holder": p.Holder}}
	}), err
}
