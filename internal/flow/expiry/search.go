package expiry

import (
	"context"

	"kontor/internal/core/find"
)

// Search finds what was read at Infomaniak and what was typed here, by name, organization and service. Renewals and
// transfers are found where they are kept. Requires access.OwnProfile.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	all, _, err := s.everything(ctx)
	list := all[:0]
	for _, e := range all {
		if e.Source == Typed || !e.At.IsZero() && e.Renewal == "" {
			list = append(list, e)
		}
	}
	return find.Among(question, list, func(e Entry) []string {
		return []string{e.Name, e.Organization, e.Service, e.Note}
	}, func(e Entry) find.Hit {
		return find.Hit{
			ID: e.Key, Title: e.Name, Route: find.Row("/expiry", e.Key),
			Params: map[string]string{"organization": e.Organization, "on": e.Ends.String(), "kind": string(e.Kind)},
		}
	}), err
}
