package organization

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/obstacle"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// Window is what the page may call of the organization that the window shows, and of its members.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// DetailView is the organization that the window shows.
type DetailView struct {
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

// InvitationView is somebody who was asked in and has not accepted yet.
type InvitationView struct {
	Email      string `json:"email"`
	Role       string `json:"role"`
	Accounting bool   `json:"accounting"`
	InvitedAt  string `json:"invitedAt"`
	ExpiresAt  string `json:"expiresAt"` // "" of one that has neither an account nor a code
	Account    bool   `json:"account"`   // an account here is asked; otherwise the code makes one
	Over       bool   `json:"over"`      // its time, or the tries of its code
}

// InviteInput is whom to ask in.
type InviteInput struct {
	Email      string `json:"email"`
	Role       string `json:"role"`
	Accounting bool   `json:"accounting"`
	Mail       bool   `json:"mail"`   // send it by e-mail
	Locale     string `json:"locale"` // of the e-mail
}

// AskedView is an invitation that was made.
type AskedView struct {
	Name      string `json:"name"` // of the account that is asked; "" if nobody here has the address
	Code      string `json:"code"` // for whoever makes an account; shown this once
	ExpiresAt string `json:"expiresAt"`
	Mailed    bool   `json:"mailed"`
}

// OfferView is an invitation of the person who is signed in.
type OfferView struct {
	OrganizationID string `json:"organizationId"`
	Name           string `json:"name"`
	Role           string `json:"role"`
	InvitedBy      string `json:"invitedBy"` // "" if that account is gone
	InvitedAt      string `json:"invitedAt"`
}

// NotedView is somebody of whom it is noted which role she holds at Infomaniak.
type NotedView struct {
	ID      string `json:"id"` // "" makes a new note
	Name    string `json:"name"`
	Email   string `json:"email"`
	Role    string `json:"role"`
	NotedAt string `json:"notedAt"`
}

// MembersView is who belongs to the organization in Kontor, who was asked in, and who is noted.
type MembersView struct {
	Members     []MemberView     `json:"members"`
	Invitations []InvitationView `json:"invitations"`
	Noted       []NotedView      `json:"noted"`
}

// Current returns the organization that the window shows.
func (w *Window) Current() (DetailView, error) {
	return bridge.Call(w.room, "organization.Current", func(ctx context.Context, s *Service) (DetailView, error) {
		m, err := s.Current(ctx)
		return detailView(m.Organization, m.Role), err
	})
}

// Create makes another organization, of which the person becomes the legal representative, and shows it.
func (w *Window) Create(name, country string) (DetailView, error) {
	return bridge.Call(w.room, "organization.Create", func(ctx context.Context, s *Service) (DetailView, error) {
		o, err := s.Create(ctx, New{Name: name, Country: country})
		return detailView(o, access.LegalRepresentative), err
	})
}

// Update changes the organization; one that was changed elsewhere meanwhile is left alone and the fault says so.
func (w *Window) Update(in Update) (DetailView, error) {
	return bridge.Call(w.room, "organization.Update", func(ctx context.Context, s *Service) (DetailView, error) {
		o, err := s.Update(ctx, in)
		return detailView(o, access.From(ctx).Role), err
	})
}

// Members lists the people of the organization.
func (w *Window) Members() (MembersView, error) {
	return bridge.Call(w.room, "organization.Members", func(ctx context.Context, s *Service) (MembersView, error) {
		members, invitations, err := s.Members(ctx)
		v := MembersView{Members: []MemberView{}, Invitations: []InvitationView{}, Noted: []NotedView{}}
		if err != nil {
			return v, err
		}
		noted, err := s.Noted(ctx)
		for _, n := range noted {
			v.Noted = append(v.Noted, notedView(n))
		}
		for _, m := range members {
			v.Members = append(v.Members, MemberView{
				AccountID: m.AccountID, FirstName: m.FirstName, LastName: m.LastName, LoginEmail: m.LoginEmail,
				Avatar: m.Avatar, Role: string(m.Role), Accounting: m.Accounting, JoinedAt: bridge.Moment(m.JoinedAt),
				LockedAt: bridge.Moment(m.LockedAt),
			})
		}
		for _, i := range invitations {
			now := s.db.Now()
			v.Invitations = append(v.Invitations, InvitationView{
				Email: i.Email, Role: string(i.Role), Accounting: i.Accounting, InvitedAt: bridge.Moment(i.InvitedAt),
				ExpiresAt: bridge.Moment(i.ExpiresAt), Account: i.AccountID != "",
				Over: i.AccountID != "" && !now.Before(i.ExpiresAt) || i.AccountID == "" && !i.stands(now),
			})
		}
		return v, err
	})
}

// Invite asks a person in: nobody is a member before she has accepted.
func (w *Window) Invite(in InviteInput) (AskedView, error) {
	return bridge.Call(w.room, "organization.Invite", func(ctx context.Context, s *Service) (AskedView, error) {
		a, err := s.Invite(ctx, Asking{
			Email: in.Email, Role: access.Role(in.Role), Accounting: in.Accounting, Mail: in.Mail, Locale: words.Parse(in.Locale),
		})
		return AskedView{Name: a.Name, Code: a.Code, ExpiresAt: bridge.Moment(a.ExpiresAt), Mailed: a.Mailed}, err
	})
}

// Offers lists the invitations of the person who is signed in.
func (w *Window) Offers() ([]OfferView, error) {
	return bridge.Call(w.room, "organization.Offers", func(ctx context.Context, s *Service) ([]OfferView, error) {
		list, err := s.Offers(ctx)
		views := make([]OfferView, 0, len(list))
		for _, o := range list {
			views = append(views, OfferView{
				OrganizationID: o.OrganizationID, Name: o.Name, Role: string(o.Role), InvitedBy: o.InvitedBy, InvitedAt: bridge.Moment(o.InvitedAt),
			})
		}
		return views, err
	})
}

// Answer accepts or declines an invitation of the person who is signed in.
func (w *Window) Answer(organizationID string, accept bool) error {
	return bridge.Do(w.room, "organization.Answer", func(ctx context.Context, s *Service) error { return s.Answer(ctx, organizationID, accept) })
}

// Redeem accepts the invitation to the person's own address for which she has the code.
func (w *Window) Redeem(code string) error {
	return bridge.Do(w.room, "organization.Redeem", func(ctx context.Context, s *Service) error { return s.Redeem(ctx, code) })
}

// Withdraw takes an invitation back.
func (w *Window) Withdraw(email string) error {
	return bridge.Do(w.room, "organization.Withdraw", func(ctx context.Context, s *Service) error { return s.Withdraw(ctx, email) })
}

// SetRole gives a member another role, and a collaborator the accounting.
func (w *Window) SetRole(accountID, role string, accounting bool, password string) error {
	return bridge.Do(w.room, "organization.SetRole", func(ctx context.Context, s *Service) error {
		return s.SetRole(ctx, accountID, access.Role(role), accounting, password)
	})
}

// Note notes somebody's role at Infomaniak, or changes such a note.
func (w *Window) Note(in NotedView) (NotedView, error) {
	return bridge.Call(w.room, "organization.Note", func(ctx context.Context, s *Service) (NotedView, error) {
		n, err := s.Note(ctx, Noted{ID: in.ID, Name: in.Name, Email: in.Email, Role: access.Role(in.Role)})
		return notedView(n), err
	})
}

// Forget removes a note.
func (w *Window) Forget(id string) error {
	return bridge.Do(w.room, "organization.Forget", func(ctx context.Context, s *Service) error { return s.Forget(ctx, id) })
}

// TakeBackRole gives the person the role again that she took from herself a moment ago.
func (w *Window) TakeBackRole() error {
	return bridge.Do(w.room, "organization.TakeBackRole", func(ctx context.Context, s *Service) error { return s.TakeBackRole(ctx) })
}

// Remove takes a member out of the organization.
func (w *Window) Remove(accountID string) error {
	return bridge.Do(w.room, "organization.Remove", func(ctx context.Context, s *Service) error { return s.Remove(ctx, accountID) })
}

// Leave takes the person who is signed in out of the organization.
func (w *Window) Leave() error {
	return bridge.Do(w.room, "organization.Leave", func(ctx context.Context, s *Service) error { return s.Leave(ctx) })
}

// Deletion lists what keeps the organization from being deleted.
func (w *Window) Deletion() ([]obstacle.Obstacle, error) {
	return bridge.Call(w.room, "organization.Deletion", func(ctx context.Context, s *Service) ([]obstacle.Obstacle, error) {
		standing, err := s.Deletion(ctx)
		return append([]obstacle.Obstacle{}, standing...), err
	})
}

// Delete deletes the organization for good, after its name and the password were given.
func (w *Window) Delete(typedName, password string) error {
	return bridge.Do(w.room, "organization.Delete", func(ctx context.Context, s *Service) error { return s.Delete(ctx, typedName, password) })
}

// Countries lists the ISO codes that an organization's address may have.
func (w *Window) Countries() []string { return Countries }

func notedView(n Noted) NotedView {
	return NotedView{ID: n.ID, Name: n.Name, Email: n.Email, Role: string(n.Role), NotedAt: bridge.Moment(n.NotedAt)}
}

func detailView(o Organization, role access.Role) DetailView {
	return DetailView{
		ID: o.ID, Name: o.Name, Kind: string(o.Kind), Street: o.Street, Postcode: o.Postcode, Place: o.Place, Country: o.Country,
		Currency: o.Currency, VATNumber: o.VATNumber, Version: o.Version, CreatedAt: bridge.Moment(o.CreatedAt), Role: string(role),
	}
}
