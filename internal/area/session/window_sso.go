package session

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// SSOWindow is what the page may call to sign in through the system browser, and to let an administrator switch that on.
type SSOWindow struct{ room bridge.Room[*Service] }

// NewSSOWindow wires an SSOWindow.
func NewSSOWindow(room bridge.Room[*Service]) *SSOWindow { return &SSOWindow{room} }

// SSOView is how far a sign-in through the browser has come.
type SSOView struct {
	Stage string `json:"stage"` // none, waiting, checking, done, failed
	Link  string `json:"link"`  // what the browser opens; "" once it is over
	Fault string `json:"fault"` // why it failed, as fault JSON; while it waits: why the browser was not opened
}

// ProviderView is an organization's Entra ID.
type ProviderView struct {
	On       bool     `json:"on"`
	Tenant   string   `json:"tenant"`
	Client   string   `json:"client"`
	Domains  []string `json:"domains"`
	Redirect string   `json:"redirect"` // what is registered at the provider
}

// ProviderInput is what an administrator enters.
type ProviderInput struct {
	Tenant  string   `json:"tenant"`
	Client  string   `json:"client"`
	Domains []string `json:"domains"`
}

// Begin opens the browser at the provider that answers for an address. The window asks State until it is over.
func (w *SSOWindow) Begin(email string, stay bool) (SSOView, error) {
	return bridge.Call(w.room, "sso.Begin", func(ctx context.Context, s *Service) (SSOView, error) {
		opened, err := s.BeginInBrowser(ctx, email, stay)
		return s.begun(opened, err)
	})
}

// Link opens the browser at the provider of the organization that the window shows, after the password was given, and
// lets whom it names there open the account. The window asks State until it is over.
func (w *SSOWindow) Link(password string) (SSOView, error) {
	return bridge.Call(w.room, "sso.Link", func(ctx context.Context, s *Service) (SSOView, error) {
		opened, err := s.LinkInBrowser(ctx, password)
		return s.begun(opened, err)
	})
}

// begun is how far an attempt has come that was just begun. That the browser did not open does not end it: the link can
// be copied.
func (s *Service) begun(notOpened, err error) (SSOView, error) {
	if err != nil {
		return SSOView{}, err
	}
	v := ssoView(s.browser.progress())
	if notOpened != nil {
		v.Fault = fault.JSON(notOpened)
	}
	return v, nil
}

// LinkView is a provider's identity that opens the account.
type LinkView struct {
	Issuer   string `json:"issuer"`
	Named    string `json:"named"` // as the provider called the person
	LinkedAt string `json:"linkedAt"`
}

// LinksView is who opens the account at which provider, and whether the organization that the window shows has one.
type LinksView struct {
	Links   []LinkView `json:"links"`
	Offered bool       `json:"offered"`
}

// Links lists the identities that open the account of the person who is signed in.
func (w *SSOWindow) Links() (LinksView, error) {
	return bridge.Call(w.room, "sso.Links", func(ctx context.Context, s *Service) (LinksView, error) {
		list, err := s.Links(ctx)
		v := LinksView{Links: []LinkView{}}
		if err != nil {
			return v, err
		}
		for _, l := range list {
			v.Links = append(v.Links, LinkView{Issuer: l.Issuer, Named: l.Named, LinkedAt: bridge.Moment(l.LinkedAt)})
		}
		v.Offered, err = s.Offered(ctx)
		return v, err
	})
}

// Unlink takes back that a provider's identity opens the account.
func (w *SSOWindow) Unlink(issuer string) error {
	return bridge.Do(w.room, "sso.Unlink", func(ctx context.Context, s *Service) error { return s.Unlink(ctx, issuer) })
}

// State tells how far the sign-in has come.
func (w *SSOWindow) State() (SSOView, error) {
	return bridge.Call(w.room, "sso.State", func(_ context.Context, s *Service) (SSOView, error) { return ssoView(s.browser.progress()), nil })
}

// OpenAgain opens the browser once more.
func (w *SSOWindow) OpenAgain() error {
	return bridge.Do(w.room, "sso.OpenAgain", func(_ context.Context, s *Service) error { return s.browser.openAgain() })
}

// Cancel stops the sign-in.
func (w *SSOWindow) Cancel() error {
	return bridge.Do(w.room, "sso.Cancel", func(_ context.Context, s *Service) error {
		s.StopBrowser()
		return nil
	})
}

// Provider returns the provider of the organization that the window shows.
func (w *SSOWindow) Provider() (ProviderView, error) {
	return bridge.Call(w.room, "sso.Provider", func(ctx context.Context, s *Service) (ProviderView, error) {
		v := ProviderView{Domains: []string{}, Redirect: s.browser.sso.Redirect()}
		p, err := s.Provider(ctx)
		if fault.CodeOf(err) == fault.NotFound {
			return v, nil
		}
		if err != nil {
			return v, err
		}
		v.On, v.Tenant, v.Client, v.Domains = true, p.Tenant, p.Client, p.Domains
		return v, nil
	})
}

// SetProvider switches SSO on, after the password was given.
func (w *SSOWindow) SetProvider(in ProviderInput, password string) error {
	return bridge.Do(w.room, "sso.SetProvider", func(ctx context.Context, s *Service) error {
		return s.SetProvider(ctx, Provider{Tenant: in.Tenant, Client: in.Client, Domains: in.Domains}, s.browser.sso.Check, password)
	})
}

// RemoveProvider switches SSO off, after the password was given.
func (w *SSOWindow) RemoveProvider(password string) error {
	return bridge.Do(w.room, "sso.RemoveProvider", func(ctx context.Context, s *Service) error { return s.RemoveProvider(ctx, password) })
}

// Ready checks a provider before anybody depends on it. It asks the provider, and nobody else, over the network,
// and says which lines only a sign-in can show.
func (w *SSOWindow) Ready(tenant, client string) ([]Finding, error) {
	return bridge.Call(w.room, "sso.Ready", func(ctx context.Context, s *Service) ([]Finding, error) {
		findings, err := s.Ready(ctx, Provider{Tenant: tenant, Client: client})
		return append([]Finding{}, findings...), err
	})
}

// CancelReady stops the readiness check.
func (w *SSOWindow) CancelReady() error {
	return bridge.Do(w.room, "sso.CancelReady", func(_ context.Context, s *Service) error {
		s.CancelReady()
		return nil
	})
}

func ssoView(p progress) SSOView {
	v := SSOView{Stage: p.stage, Link: p.link}
	if p.err != nil {
		v.Fault = fault.JSON(p.err)
	}
	return v
}
