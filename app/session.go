package app

import (
	"context"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/flow/firststart"
)

// SessionService begins, resumes and ends what a person does on this window.
type SessionService struct{ app *App }

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
	AccountID      string             `json:"accountId"`
	FirstName      string             `json:"firstName"`
	LastName       string             `json:"lastName"`
	LoginEmail     string             `json:"loginEmail"`
	Language       string             `json:"language"`
	Locale         string             `json:"locale"`   // BCP 47, "" follows the language
	TimeZone       string             `json:"timeZone"` // IANA, "" is the computer's
	Avatar         string             `json:"avatar"`   // id of the picture, "" for initials
	OrganizationID string             `json:"organizationId"`
	Organizations  []OrganizationView `json:"organizations"`
	Capabilities   []string           `json:"capabilities"`
}

// BeginInput is what a person enters to create an account and its organization.
type BeginInput struct {
	FirstName        string `json:"firstName"`
	LastName         string `json:"lastName"`
	LoginEmail       string `json:"loginEmail"`
	Language         string `json:"language"`
	OrganizationName string `json:"organizationName"`
	Country          string `json:"country"`
	Password         string `json:"password"`
	Stay             bool   `json:"stay"`
}

// RecoveryCodesView is a set of recovery codes for the secure form.
type RecoveryCodesView struct {
	Codes []string `json:"codes"`
}

// StrengthView is the estimate of a password: 0 (guessed at once) to 4 (very hard), and the years that guessing takes
// at ten thousand tries a second, as a whole number; "0" is less than one.
type StrengthView struct {
	Score int    `json:"score"`
	Years string `json:"years"`
}

// Current returns who is signed in, and resumes the session that stayed signed in.
func (s *SessionService) Current() (CurrentView, error) {
	return call(s.app, "session.Current", func(ctx context.Context, h *workspace) (CurrentView, error) {
		signedIn, err := h.sessions.Resume(ctx)
		if err != nil {
			return CurrentView{}, err
		}
		if !signedIn {
			any, err := h.profiles.Any(ctx)
			return CurrentView{AnyAccount: any, Organizations: []OrganizationView{}, Capabilities: []string{}}, err
		}
		actor, err := h.sessions.Actor(ctx)
		if err != nil {
			return CurrentView{}, err
		}
		return h.current(access.With(ctx, actor), actor)
	})
}

func (h *workspace) current(ctx context.Context, actor access.Actor) (CurrentView, error) {
	account, err := h.profiles.Mine(ctx)
	if err != nil {
		return CurrentView{}, err
	}
	memberships, err := h.organizations.Mine(ctx)
	if err != nil {
		return CurrentView{}, err
	}
	v := CurrentView{
		SignedIn: true, AnyAccount: true, AccountID: account.ID, FirstName: account.FirstName, LastName: account.LastName,
		LoginEmail: account.LoginEmail, Language: account.Language, Locale: account.Locale, TimeZone: account.TimeZone, Avatar: account.Avatar, OrganizationID: actor.OrganizationID,
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

// Begin creates an account and its organization, signs in and returns the recovery codes, which are shown this once.
func (s *SessionService) Begin(in BeginInput) (RecoveryCodesView, error) {
	return call(s.app, "session.Begin", func(ctx context.Context, h *workspace) (RecoveryCodesView, error) {
		codes, err := h.firstStart.Begin(ctx, firststart.Request{
			Account: profile.New{
				FirstName: in.FirstName, LastName: in.LastName, LoginEmail: in.LoginEmail, Language: in.Language,
			},
			Organization: organization.New{Name: in.OrganizationName, Country: in.Country},
			Password:     in.Password,
			Stay:         in.Stay,
		})
		return RecoveryCodesView{Codes: codes}, err
	})
}

// SignIn signs a person in who has an account on this computer.
func (s *SessionService) SignIn(email, password string, stay bool) error {
	return do(s.app, "session.SignIn", func(ctx context.Context, h *workspace) error {
		return h.sessions.SignIn(ctx, email, password, stay)
	})
}

// SignOut ends this window's session.
func (s *SessionService) SignOut() error {
	return do(s.app, "session.SignOut", func(ctx context.Context, h *workspace) error { return h.sessions.SignOut(ctx) })
}

// SwitchTo shows another of the person's organizations.
func (s *SessionService) SwitchTo(organizationID string) error {
	return do(s.app, "session.SwitchTo", func(ctx context.Context, h *workspace) error {
		return h.sessions.SwitchTo(ctx, organizationID)
	})
}

// Strength estimates a password while it is typed. Known are the person's own words, which an attacker tries first.
func (s *SessionService) Strength(password string, known []string) (StrengthView, error) {
	return call(s.app, "session.Strength", func(context.Context, *workspace) (StrengthView, error) {
		if len(password) > 4*session.MaxPassword || len(known) > 8 {
			return StrengthView{}, fault.New(fault.Invalid, "")
		}
		e := session.Estimate(password, known...)
		return StrengthView{Score: e.Score, Years: e.Years()}, nil
	})
}

// Countries lists the ISO codes that an organization's address may have.
func (s *SessionService) Countries() []string { return organization.Countries }
