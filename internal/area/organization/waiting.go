package organization

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// Waiting tells Home of the person's invitations, and of members who are locked out, for whoever may unlock them.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	invited := []waiting.Line{}
	if access.From(ctx).Can(access.OwnAccount) {
		offers, err := s.Offers(ctx)
		if err != nil {
			return nil, err
		}
		for _, o := range offers {
			invited = append(invited, waiting.Line{
				Area: "organization", Kind: "invitation", Ref: o.OrganizationID, Urgency: waiting.Answer, At: o.InvitedAt, Route: "/profile",
				Params: map[string]string{"organization": o.Name, "by": o.InvitedBy},
			})
		}
	}
	locked, err := s.locked(ctx)
	return append(invited, locked...), err
}

func (s *Service) locked(ctx context.Context) ([]waiting.Line, error) {
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
			Area: "organization", Kind: "account_locked", Ref: m.AccountID, Urgency: waiting.Answer, At: m.LockedAt, Route: "/organization/members",
			Params: map[string]string{"name": m.FirstName + " " + m.LastName},
		})
	}
	return lines, err
}

// Known tells Home what is there of what stands on paper: the address and the VAT number, each none or one.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	m, err := s.Current(ctx)
	facts, err := waiting.Known("address", given(m.Organization.Street != "" && m.Organization.Place != ""), err)
	if err != nil {
		return nil, err
	}
	return append(facts, waiting.Fact{Kind: "vat_number", Count: given(m.Organization.VATNumber != ""), Hidden: facts[0].Hidden}), nil
}

func given(is bool) int {
	if is {
		return 1
	}
	return 0
}
