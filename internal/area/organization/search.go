package organization

import (
	"context"

	"kontor/internal/core/find"
)

// Search finds the organizations of the person who is signed in, by name.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	list, err := s.Mine(ctx)
	return find.Among(question, list, func(m Membership) []string { return []string{m.Organization.Name} }, func(m Membership) find.Hit {
		return find.Hit{
			ID: m.Organization.ID, Title: m.Organization.Name, Route: "/organization",
			Params: map[string]string{"role": string(m.Role)},
		}
	}), err
}

// SearchMembers finds the people of the organization that the window shows, by name and address, and whoever was asked in.
// Requires access.ViewOrganization.
func (s *Service) SearchMembers(ctx context.Context, question find.Question) (find.Found, error) {
	list, asked, err := s.Members(ctx)
	for _, i := range asked {
		m := Member{Role: i.Role}
		m.LoginEmail = i.Email
		list = append(list, m)
	}
	return find.Among(question, list, func(m Member) []string {
		return []string{m.FirstName + " " + m.LastName, m.LoginEmail}
	}, func(m Member) find.Hit {
		h := find.Hit{
			ID: m.AccountID, Title: m.FirstName + " " + m.LastName,
			Params: map[string]string{"role": string(m.Role), "email": m.LoginEmail},
		}
		if m.AccountID == "" { // was asked in
			h.ID, h.Title, h.Params["email"] = m.LoginEmail, m.LoginEmail, ""
		}
		h.Route = find.Row("/organization/members", h.ID)
		return h
	}), err
}
