package organization

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// Waiting tells Home of members who are locked out, for whoever may unlock them.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	if !access.From(ctx).Can(access.UnlockMembers) {
		return nil, nil
	}
	members, _, err := s.Members(ctx)
	lines := []waiting.Line{}
	for _, m := range members {
		if m.LockedAt.IsZero() {
			continue
		}
		lines = append(lines, waiting.Line{
			Area: "organization", Kind: "account_locked", Urgency: waiting.Answer, At: m.LockedAt, Route: "/organization/members",
			Params: map[string]string{"name": m.FirstName + " " + m.LastName},
		})
	}
	return lines, err
}
