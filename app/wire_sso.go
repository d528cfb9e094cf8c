package app

import (
	"context"

	"kontor/internal/area/session"
	"kontor/internal/host/sso"
)

// entra asks Entra ID for the sessions.
type entra struct{ client *sso.Client }

// Check implements session.SSO.
func (entra) Check(tenant, client string) (string, string, error) {
	p := sso.Provider{Tenant: tenant, Client: client}
	err := p.Validate()
	return p.Tenant, p.Client, err
}

// Begin implements session.SSO.
func (e entra) Begin(ctx context.Context, p session.Provider) (session.Attempted, error) {
	a, err := e.client.Begin(ctx, sso.Provider{Tenant: p.Tenant, Client: p.Client})
	if err != nil {
		return nil, err
	}
	return attempted{a}, nil
}

// Ready implements session.SSO.
func (e entra) Ready(ctx context.Context, p session.Provider) ([]session.Finding, error) {
	found, err := e.client.Ready(ctx, sso.Provider{Tenant: p.Tenant, Client: p.Client})
	list := make([]session.Finding, 0, len(found))
	for _, f := range found {
		list = append(list, session.Finding{Check: f.Check, State: string(f.State), Reason: string(f.Reason), Detail: f.Detail})
	}
	return list, err
}

// Redirect implements session.SSO.
func (entra) Redirect() string { return sso.Redirect }

// attempted is one sign-in through the browser.
type attempted struct{ *sso.Attempt }

func (a attempted) Link() string { return a.URL }

func (a attempted) Checking() bool { return a.Stage() != sso.Waiting }

func (a attempted) Wait() (session.Identity, error) {
	who, err := a.Attempt.Wait(context.Background())
	return session.Identity{Issuer: who.Issuer, Subject: who.Subject, Email: who.Email}, err
}
