package app

import (
	"context"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
)

// OrganizationService shows and changes the organization that the window shows, and its members.
type OrganizationService struct{ app *App }

// OrganizationDetailView is the organization that the window shows.
type OrganizationDetailView struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Kind      string `json:"kind"` // company, association, private, public
	Street    string `json:"street"`
	Postcode  string `json:"postcode"`
	Place     string `json:"place"`
	Country   string `json:"country"`
	Currency  string `json:"currency"`
	VATNumber string `json:"vatNumber"`
	Version   int64  `json:"version"` // give it back with a change
	CreatedAt string `json:"createdAt"`
	Role      string `json:"role"` // of the person who asks
}

// OrganizationInput changes the fields that are not null. Version is that of the view that was shown.
type OrganizationInput struct {
	Version   int64   `json:"version"`
	Name      *string `json:"name"`
	Kind      *string `json:"kind"`
	Street    *string `json:"street"`
	Postcode  *string `json:"postcode"`
	Place     *string `json:"place"`
	Country   *string `json:"country"`
	Currency  *string `json:"currency"`
	VATNumber *string `json:"vatNumber"`
}

// MemberView is one person of the organization.
type MemberView struct {
	AccountID  string `json:"accountId"`
	FirstName  string `json:"firstName"`
	LastName   string `json:"lastName"`
	LoginEmail string `json:"loginEmail"`
	Avatar     string `json:"avatar"` // id of the picture, "" for initials
	Role       string `json:"role"`
	Accounting bool   `json:"accounting"`
	JoinedAt   string `json:"joinedAt"`
	LockedAt   string `json:"lockedAt"` // "" if the account is open, or the person who asks may not unlock it
}

// InvitationView is somebody who was asked in and has no account on this computer yet.
type InvitationView struct {
	Email      string `json:"email"`
	Role       string `json:"role"`
	Accounting bool   `json:"accounting"`
	InvitedAt  string `json:"invitedAt"`
}

// MembersView is who belongs to the organization, and who was asked in.
type MembersView struct {
	Members     []MemberView     `json:"members"`
	Invitations []InvitationView `json:"invitations"`
}

// ObstacleView is what keeps the organization from being deleted. Its words are organization_obstacle_<kind>.
type ObstacleView struct {
	Kind   string            `json:"kind"`
	Params map[string]string `json:"params"`
	Route  string            `json:"route"`
}

// Current returns the organization that the window shows.
func (s *OrganizationService) Current() (OrganizationDetailView, error) {
	return call(s.app, "organization.Current", func(ctx context.Context, h *workspace) (OrganizationDetailView, error) {
		m, err := h.organizations.Current(ctx)
		return organizationView(m.Organization, m.Role), err
	})
}

// Create makes another organization, of which the person becomes the legal representative, and shows it.
func (s *OrganizationService) Create(name, country string) (OrganizationDetailView, error) {
	return call(s.app, "organization.Create", func(ctx context.Context, h *workspace) (OrganizationDetailView, error) {
		o, err := h.organizations.Create(ctx, organization.New{Name: name, Country: country})
		if err != nil {
			return OrganizationDetailView{}, err
		}
		return organizationView(o, access.LegalRepresentative), h.sessions.SwitchTo(ctx, o.ID)
	})
}

// Update changes the organization; one that was changed elsewhere meanwhile is left alone and the fault says so.
func (s *OrganizationService) Update(in OrganizationInput) (OrganizationDetailView, error) {
	return call(s.app, "organization.Update", func(ctx context.Context, h *workspace) (OrganizationDetailView, error) {
		o, err := h.organizations.Update(ctx, organization.Update{
			Version: in.Version, Name: in.Name, Kind: (*organization.Kind)(in.Kind), Street: in.Street, Postcode: in.Postcode,
			Place: in.Place, Country: in.Country, Currency: in.Currency, VATNumber: in.VATNumber,
		})
		return organizationView(o, access.From(ctx).Role), err
	})
}

// Members lists the people of the organization.
func (s *OrganizationService) Members() (MembersView, error) {
	return call(s.app, "organization.Members", func(ctx context.Context, h *workspace) (MembersView, error) {
		members, invitations, err := h.organizations.Members(ctx)
		v := MembersView{Members: []MemberView{}, Invitations: []InvitationView{}}
		if err != nil {
			return v, err
		}
		ids := make([]string, len(members))
		for i, m := range members {
			ids[i] = m.AccountID
		}
		avatars, err := h.profiles.Avatars(ctx, ids)
		if err != nil {
			return v, err
		}
		locked, err := h.lockedMembers(ctx, ids)
		for _, m := range members {
			v.Members = append(v.Members, MemberView{
				AccountID: m.AccountID, FirstName: m.FirstName, LastName: m.LastName, LoginEmail: m.LoginEmail,
				Avatar: avatars[m.AccountID], Role: string(m.Role), Accounting: m.Accounting, JoinedAt: moment(m.JoinedAt),
				LockedAt: moment(locked[m.AccountID]),
			})
		}
		for _, i := range invitations {
			v.Invitations = append(v.Invitations, InvitationView{
				Email: i.Email, Role: string(i.Role), Accounting: i.Accounting, InvitedAt: moment(i.InvitedAt),
			})
		}
		return v, err
	})
}

// lockedMembers is who is locked out, for those who may unlock; nobody for the others.
func (h *workspace) lockedMembers(ctx context.Context, ids []string) (map[string]time.Time, error) {
	if !access.From(ctx).Can(access.UnlockMembers) {
		return nil, nil
	}
	return h.sessions.Locked(ctx, ids)
}

// Invite asks a person in by e-mail. It tells whether the person is a member now, or will be once an account is made.
func (s *OrganizationService) Invite(email, role string, accounting bool) (bool, error) {
	return call(s.app, "organization.Invite", func(ctx context.Context, h *workspace) (bool, error) {
		return h.organizations.Invite(ctx, email, access.Role(role), accounting)
	})
}

// Withdraw takes an invitation back.
func (s *OrganizationService) Withdraw(email string) error {
	return do(s.app, "organization.Withdraw", func(ctx context.Context, h *workspace) error {
		return h.organizations.Withdraw(ctx, email)
	})
}

// SetRole gives a member another role, and a collaborator the accounting.
func (s *OrganizationService) SetRole(accountID, role string, accounting bool, password string) error {
	return do(s.app, "organization.SetRole", func(ctx context.Context, h *workspace) error {
		return h.organizations.SetRole(ctx, accountID, access.Role(role), accounting, password)
	})
}

// Remove takes a member out of the organization.
func (s *OrganizationService) Remove(accountID string) error {
	return do(s.app, "organization.Remove", func(ctx context.Context, h *workspace) error {
		return h.organizations.Remove(ctx, accountID)
	})
}

// Leave takes the person who is signed in out of the organization.
func (s *OrganizationService) Leave() error {
	return do(s.app, "organization.Leave", func(ctx context.Context, h *workspace) error { return h.organizations.Leave(ctx) })
}

// Deletion lists what keeps the organization from being deleted.
func (s *OrganizationService) Deletion() ([]ObstacleView, error) {
	return call(s.app, "organization.Deletion", func(ctx context.Context, h *workspace) ([]ObstacleView, error) {
		standing, err := h.organizations.Deletion(ctx)
		views := []ObstacleView{}
		for _, o := range standing {
			views = append(views, ObstacleView{Kind: o.Kind, Params: o.Params, Route: o.Route})
		}
		return views, err
	})
}

// Delete deletes the organization for good, after its name and the password were given.
func (s *OrganizationService) Delete(typedName, password string) error {
	return do(s.app, "organization.Delete", func(ctx context.Context, h *workspace) error {
		return h.organizations.Delete(ctx, typedName, password)
	})
}

func organizationView(o organization.Organization, role access.Role) OrganizationDetailView {
	return OrganizationDetailView{
		ID: o.ID, Name: o.Name, Kind: string(o.Kind), Street: o.Street, Postcode: o.Postcode, Place: o.Place, Country: o.Country,
		Currency: o.Currency, VATNumber: o.VATNumber, Version: o.Version, CreatedAt: moment(o.CreatedAt), Role: string(role),
	}
}
