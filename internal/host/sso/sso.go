// Package sso signs a person in through the system browser with OpenID Connect: authorization code with PKCE (S256),
// state and nonce, answered on a loopback address (RFC 8252, RFC 7636). Every stage has an error of its own. It accepts
// Entra ID only, as Infomaniak does; which issuers those are is one function.
package sso

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"kontor/internal/core/fault"
)

// Reasons of what may go wrong, stage by stage.
const (
	ReasonDiscovery   = "sso_discovery"    // the provider's description did not answer, or is not its own
	ReasonListen      = "sso_listen"       // no loopback address to answer on
	ReasonDenied      = "sso_denied"       // the provider says no; param error
	ReasonExchange    = "sso_exchange"     // the code was not exchanged for a token
	ReasonToken       = "sso_token"        // the token is not signed by the provider, not for Kontor, or out of date
	ReasonNonce       = "sso_nonce"        // the token belongs to another attempt
	ReasonUnproven    = "sso_unproven"     // the provider says itself that it has not verified the address
	ReasonClockAhead  = "sso_clock_ahead"  // this computer's clock is wrong; param minutes
	ReasonClockBehind = "sso_clock_behind" // likewise
	ReasonTimeout     = "sso_timeout"      // nobody came back in time
	ReasonCanceled    = "sso_canceled"     // the person stopped it
	ReasonRunning     = "sso_running"      // an attempt is under way on this window
)

// callback is the path of the answer; Redirect is what an administrator registers at the provider, which ignores the
// port of a loopback address (RFC 8252, 7.3).
const (
	callback = "/callback"
	Redirect = "http://localhost" + callback
)

// Patience is how long an attempt may take from the link to the answer.
const Patience = 2 * time.Minute

// step is how long one request to the provider may take.
const step = 15 * time.Second

// guid is the form of the ids of tenants and clients.
var guid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// Provider is a company's Entra ID, as its administrator enters it.
type Provider struct {
	Tenant string // directory (tenant) id
	Client string // application (client) id
}

// Validate tidies the ids and refuses what cannot be one.
func (p *Provider) Validate() error {
	var c fault.Check
	p.Tenant, p.Client = strings.ToLower(strings.TrimSpace(p.Tenant)), strings.ToLower(strings.TrimSpace(p.Client))
	for field, id := range map[string]string{"tenant": p.Tenant, "client": p.Client} {
		switch {
		case id == "":
			c.Refuse(field, "required")
		case strings.Contains(id, "://") || strings.Contains(id, "."):
			c.Refuse(field, "only_entra_id")
		case !guid.MatchString(id):
			c.Refuse(field, "not_a_guid")
		}
	}
	return c.Err()
}

// EntraIssuer is the issuer of a tenant's tokens.
func EntraIssuer(tenant string) string {
	return "https://login.microsoftonline.com/" + tenant + "/v2.0"
}

// Identity is who the provider says has signed in. Issuer and Subject tell people apart; the rest are names.
type Identity struct {
	Issuer  string
	Subject string // "<tenant>/<object>" where the provider names them, as Entra ID does; else its subject
	Email   string // "" if it names none
	Name    string
}

// Client talks to providers.
type Client struct {
	http   *http.Client
	watch  *watch
	issuer func(tenant string) string
	now    func() time.Time

	patience, step time.Duration
}

// Options configure a Client. The zero value is right for the application.
type Options struct {
	Issuer func(tenant string) string // EntraIssuer when nil; tests run a provider of their own
	HTTP   *http.Client
	Now    func() time.Time

	Patience time.Duration // of an attempt; Patience when 0
	Step     time.Duration // of one request to the provider; step when 0
}

// New makes a client. It opens no connection.
func New(o Options) *Client {
	c := &Client{
		http: o.HTTP, issuer: o.Issuer, now: o.Now, patience: cmp.Or(o.Patience, Patience), step: cmp.Or(o.Step, step),
	}
	if c.http == nil {
		c.http = &http.Client{Timeout: c.step, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	c.http = within(c.http)
	if c.issuer == nil {
		c.issuer = EntraIssuer
	}
	if c.now == nil {
		c.now = time.Now
	}
	own := *c.http
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	c.watch = &watch{next: own.Transport, now: c.now}
	own.Transport = c.watch
	c.http = &own
	return c
}

// discover reads the provider's description of itself; one that names another issuer is refused.
func (c *Client) discover(ctx context.Context, p Provider) (*oidc.Provider, error) {
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, c.http), c.issuer(p.Tenant))
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, ReasonDiscovery)
	}
	// The browser is sent to the issuer's own host and to no other.
	if !sameHost(c.issuer(p.Tenant), provider.Endpoint().AuthURL, provider.Endpoint().TokenURL) {
		return nil, fault.Wrap(errors.New("endpoints of another host"), fault.Unavailable, ReasonDiscovery)
	}
	return provider, nil
}

// sameHost tells whether endpoints have the scheme and the host of the issuer.
func sameHost(issuer string, endpoints ...string) bool {
	base, err := url.Parse(issuer)
	if err != nil {
		return false
	}
	for _, e := range endpoints {
		u, err := url.Parse(e)
		if err != nil || u.Scheme != base.Scheme || u.Host != base.Host || u.User != nil {
			return false
		}
	}
	return true
}
