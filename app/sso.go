package app

import (
	"context"
	"sync"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/link"
	"kontor/internal/host/sso"
)

// SSOService signs a person in through the system browser, and lets an administrator switch that on.
type SSOService struct{ app *App }

// SSOView is how far a sign-in through the browser has come.
type SSOView struct {
	Stage string `json:"stage"` // none, waiting, checking, done, failed
	Link  string `json:"link"`  // what the browser opens; "" once it is over
	Fault string `json:"fault"` // why it failed, as fault JSON; while it waits: why the browser was not opened
}

// SSOProviderView is an organization's Entra ID.
type SSOProviderView struct {
	On       bool     `json:"on"`
	Tenant   string   `json:"tenant"`
	Client   string   `json:"client"`
	Domains  []string `json:"domains"`
	Redirect string   `json:"redirect"` // what is registered at the provider
}

// SSOProviderInput is what an administrator enters.
type SSOProviderInput struct {
	Tenant  string   `json:"tenant"`
	Client  string   `json:"client"`
	Domains []string `json:"domains"`
}

// SSOFindingView is one line of the readiness check. Its words are organization_sso_<check>.
type SSOFindingView struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

// browsing is the one sign-in through the browser that a window may have under way.
type browsing struct {
	client *sso.Client
	opener link.Opener

	mu      sync.Mutex
	attempt *sso.Attempt
	over    bool
	err     error
}

// Begin opens the browser at the provider that answers for an address. The window asks State until it is over.
func (s *SSOService) Begin(email string, stay bool) (SSOView, error) {
	return call(s.app, "sso.Begin", func(ctx context.Context, h *workspace) (SSOView, error) {
		provider, err := h.sessions.ProviderFor(ctx, email)
		if err != nil {
			return SSOView{}, err
		}
		attempt, err := h.browsing.begin(ctx, provider)
		if err != nil {
			return SSOView{}, err
		}
		go h.browsing.finish(attempt, func(who sso.Identity) error {
			return h.sessions.SignInAs(context.Background(), provider, session.Identity{
				Issuer: who.Issuer, Subject: who.Subject, Email: who.Email,
			}, stay)
		})
		v := h.browsing.view()
		if err := h.browsing.opener.OpenURL(attempt.URL); err != nil {
			v.Fault = fault.JSON(err) // the attempt goes on: the link can be copied
		}
		return v, nil
	})
}

// State tells how far the sign-in has come.
func (s *SSOService) State() (SSOView, error) {
	return call(s.app, "sso.State", func(_ context.Context, h *workspace) (SSOView, error) { return h.browsing.view(), nil })
}

// OpenAgain opens the browser once more.
func (s *SSOService) OpenAgain() error {
	return do(s.app, "sso.OpenAgain", func(_ context.Context, h *workspace) error {
		v := h.browsing.view()
		if v.Link == "" {
			return fault.New(fault.Conflict, sso.ReasonNoAttempt)
		}
		return h.browsing.opener.OpenURL(v.Link)
	})
}

// Cancel stops the sign-in.
func (s *SSOService) Cancel() error {
	return do(s.app, "sso.Cancel", func(_ context.Context, h *workspace) error {
		h.browsing.stop()
		return nil
	})
}

// Provider returns the provider of the organization that the window shows.
func (s *SSOService) Provider() (SSOProviderView, error) {
	return call(s.app, "sso.Provider", func(ctx context.Context, h *workspace) (SSOProviderView, error) {
		v := SSOProviderView{Domains: []string{}, Redirect: sso.Redirect}
		p, err := h.sessions.Provider(ctx)
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
func (s *SSOService) SetProvider(in SSOProviderInput, password string) error {
	return do(s.app, "sso.SetProvider", func(ctx context.Context, h *workspace) error {
		return h.sessions.SetProvider(ctx, session.Provider{Tenant: in.Tenant, Client: in.Client, Domains: in.Domains}, entra, password)
	})
}

// RemoveProvider switches SSO off, after the password was given.
func (s *SSOService) RemoveProvider(password string) error {
	return do(s.app, "sso.RemoveProvider", func(ctx context.Context, h *workspace) error {
		return h.sessions.RemoveProvider(ctx, password)
	})
}

// Ready checks a provider before anybody depends on it. It asks the provider, and nobody else, over the network.
func (s *SSOService) Ready(tenant, client string) ([]SSOFindingView, error) {
	return call(s.app, "sso.Ready", func(ctx context.Context, h *workspace) ([]SSOFindingView, error) {
		if _, err := access.Require(ctx, access.EditOrganization); err != nil {
			return nil, err
		}
		findings, err := h.browsing.client.Ready(ctx, sso.Provider{Tenant: tenant, Client: client})
		views := []SSOFindingView{}
		for _, f := range findings {
			views = append(views, SSOFindingView(f))
		}
		return views, err
	})
}

func entra(tenant, client string) (string, string, error) {
	p := sso.Provider{Tenant: tenant, Client: client}
	err := p.Validate()
	return p.Tenant, p.Client, err
}

// begin starts an attempt in the place of an older one.
func (b *browsing) begin(ctx context.Context, p session.Provider) (*sso.Attempt, error) {
	b.stop()
	attempt, err := b.client.Begin(ctx, sso.Provider{Tenant: p.Tenant, Client: p.Client})
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.attempt, b.over, b.err = attempt, false, nil
	return attempt, nil
}

// finish waits for the answer and signs in whom it names.
func (b *browsing) finish(attempt *sso.Attempt, signIn func(sso.Identity) error) {
	who, err := attempt.Wait(context.Background())
	if err == nil {
		err = signIn(who)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.attempt == attempt {
		b.over, b.err = true, err
	}
}

func (b *browsing) stop() {
	b.mu.Lock()
	attempt := b.attempt
	b.mu.Unlock()
	if attempt != nil {
		attempt.Cancel()
	}
}

func (b *browsing) view() SSOView {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.attempt == nil:
		return SSOView{Stage: "none"}
	case b.err != nil:
		return SSOView{Stage: string(sso.Failed), Fault: fault.JSON(b.err)}
	case b.over:
		return SSOView{Stage: string(sso.Done)}
	case b.attempt.Stage() == sso.Waiting:
		return SSOView{Stage: string(sso.Waiting), Link: b.attempt.URL}
	}
	return SSOView{Stage: string(sso.Checking)}
}
