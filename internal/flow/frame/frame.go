// Package frame is what the frame of the window shows: who is signed in on it, and in which organization.
package frame

import (
	"context"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
)

// Service gathers what the frame shows.
type Service struct {
	profiles      *profile.Service
	organizations *organization.Service
	sessions      *session.Service
}

// NewService wires a service; it opens nothing.
func NewService(p *profile.Service, o *organization.Service, s *session.Service) *Service {
	return &Service{profiles: p, organizations: o, sessions: s}
}

// OrganizationView is one organization of the person.
type OrganizationView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Country  string `json:"country"`
	Currency string `json:"currency"`
	Role     string `json:"role"`
}

// CurrentView is who is signed in on this window, and where. Capabilities hide controls; they decide nothing.
type CurrentView struct {
	SignedIn       bool               `json:"signedIn"`
	AnyAccount     bool               `json:"anyAccount"` // the workspace has somebody who could sign in
	AnySSO         bool               `json:"anySso"`     // an organization here lets its members sign in through the browser
	LastEmail      string             `json:"lastEmail"`  // of who used Kontor last on this computer, while nobody is signed in
	AccountID      string             `json:"accountId"`
	FirstName      string             `json:"firstName"`
	LastName       string             `json:"lastName"`
	LoginEmail     string             `json:"loginEmail"`
	Language       string             `json:"language"`
	TimeZone       string             `json:"timeZone"` // IANA, "" is the computer's
	Avatar         string             `json:"avatar"`   // id of the picture, "" for initials
	OrganizationID string             `json:"organizationId"`
	Organizations  []OrganizationView `json:"organizations"`
	Capabilities   []string           `json:"capabilities"`
	Bound          bool               `json:"bound"` // a provider has opened the session: it reaches the organization alone
}

// Current tells who is signed in, and resumes the session that stayed signed in. Where the organization that the window
// showed is gone, the next one takes its place.
func (s *Service) Current(ctx context.Context) (CurrentView, error) {
	v := CurrentView{Organizations: []OrganizationView{}, Capabilities: []string{}}
	signedIn, err := s.sessions.Resume(ctx)
	if err != nil {
		return v, err
	}
	if v.AnySSO, err = s.sessions.AnySSO(ctx); err != nil {
		return v, err
	}
	if !signedIn {
		return v, s.outside(ctx, &v)
	}
	actor, err := s.sessions.Actor(ctx)
	if err != nil {
		return v, err
	}
	if actor.OrganizationID == "" {
		if err := s.sessions.Settle(access.With(ctx, actor)); err != nil {
			return v, err
		}
		if actor, err = s.sessions.Actor(ctx); err != nil {
			return v, err
		}
	}
	anySSO := v.AnySSO
	v, err = s.of(access.With(ctx, actor), actor)
	v.AnySSO = anySSO
	return v, err
}

// outside tells what the sign-in has to know before anybody is signed in.
func (s *Service) outside(ctx context.Context, v *CurrentView) (err error) {
	if v.AnyAccount, err = s.profiles.Any(ctx); err != nil {
		return err
	}
	v.LastEmail, err = s.sessions.LastHere(ctx)
	return err
}

func (s *Service) of(ctx context.Context, actor access.Actor) (CurrentView, error) {
	account, err := s.profiles.Mine(ctx)
	if err != nil {
		return CurrentView{}, err
	}
	memberships, err := s.organizations.Mine(ctx)
	if err != nil {
		return CurrentView{}, err
	}
	v := CurrentView{
		SignedIn: true, AnyAccount: true, AccountID: account.ID, FirstName: account.FirstName, LastName: account.LastName,
		LoginEmail: account.LoginEmail, Language: account.Language, TimeZone: account.TimeZone,
		Avatar: account.Avatar, OrganizationID: actor.OrganizationID, Bound: actor.Bound,
		Organizations: []OrganizationView{}, Capabilities: []string{},
	}
	for _, m := range memberships {
		o := m.Organization
		v.Organizations = append(v.Organizations, OrganizationView{
			ID: o.ID, Name: o.Name, Country: o.Country, Currency: o.Currency, Role: string(m.Role),
		})
	}
	for _, c := range actor.Capabilities() {
		v.Capabilities = append(v.Capabilities, string(c))
	}
	return v, nil
}
