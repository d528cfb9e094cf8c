package sso

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"

	"kontor/internal/core/fault"
)

// State says how a line of the readiness check came out.
type State string

// The states. What only a sign-in could show is Unchecked, and said to be so.
const (
	Good      State = "ok"
	Bad       State = "bad"
	Unchecked State = "unchecked"
)

// Reason says why a document of the provider could not be read.
type Reason string

// The reasons.
const (
	TimedOut       Reason = "timeout"
	Unreachable    Reason = "unreachable"     // no name, no route, nobody listens
	Certificate    Reason = "certificate"     // somebody stands in between, or the clock is wrong
	Redirected     Reason = "redirected"      // a network that wants a sign-in of its own
	UnknownTenant  Reason = "unknown_tenant"  // the provider knows no such directory
	Blocked        Reason = "blocked"         // a proxy or the provider refuses this computer
	ProviderFailed Reason = "provider_failed" // it answers with an error of its own
	NoDescription  Reason = "no_description"  // it answers with something else
	UnknownClient  Reason = "unknown_client"  // the directory has no application with this id
	NotRegistered  Reason = "not_registered"  // the application does not know the redirect
)

// Finding is one line of the readiness check.
type Finding struct {
	Check  string // message key: discovery, issuer, endpoints, code_flow, pkce, keys, client, redirect
	State  State
	Reason Reason // where a document could not be read
	Detail string // what was found, for the report
}

func finding(check string, ok bool, detail string) Finding {
	if ok {
		return Finding{Check: check, State: Good, Detail: detail}
	}
	return Finding{Check: check, State: Bad, Detail: detail}
}

// maxDocument is the largest document that is read from a provider.
const maxDocument = 1 << 20

// Ready checks a provider before anybody depends on it, in the order in which signing in would fail. It signs nobody in.
// Whether the provider knows the application and the redirect it asks as a browser without a session would; where the
// answer does not say, those lines are Unchecked.
// Errors: Invalid for ids that cannot be; Canceled.
func (c *Client) Ready(ctx context.Context, p Provider) ([]Finding, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	issuer := c.issuer(p.Tenant)
	var d struct {
		Issuer        string   `json:"issuer"`
		Authorization string   `json:"authorization_endpoint"`
		Token         string   `json:"token_endpoint"`
		Keys          string   `json:"jwks_uri"`
		Responses     []string `json:"response_types_supported"`
		Challenges    []string `json:"code_challenge_methods_supported"`
	}
	address := issuer + "/.well-known/openid-configuration"
	if err := c.read(ctx, address, &d); err != nil {
		return []Finding{failed("discovery", address, err)}, canceled(ctx)
	}
	found := []Finding{
		finding("discovery", true, address),
		finding("issuer", d.Issuer == issuer, d.Issuer),
		finding("endpoints", sameHost(issuer, d.Authorization, d.Token), d.Authorization),
		finding("code_flow", slices.Contains(d.Responses, "code"), "response_type=code"),
		// Entra ID supports S256 and does not say so in its description: silence is no refusal.
		finding("pkce", len(d.Challenges) == 0 || slices.Contains(d.Challenges, "S256"), "S256"),
	}
	var keys struct {
		Keys []struct {
			Use string `json:"use"`
			Kty string `json:"kty"`
		} `json:"keys"`
	}
	if err := c.read(ctx, d.Keys, &keys); err != nil {
		found = append(found, failed("keys", d.Keys, err))
		return append(found, unchecked(p)...), canceled(ctx)
	}
	signing := 0
	for _, k := range keys.Keys {
		if k.Use == "" || k.Use == "sig" {
			signing++
		}
	}
	found = append(found, finding("keys", signing > 0, strconv.Itoa(signing)))
	return append(found, c.known(ctx, p, d.Authorization)...), canceled(ctx)
}

// known asks for a sign-in without a page (prompt=none): a provider that knows the application and the redirect sends the
// browser back there with a refusal; Entra ID names what it does not know.
func (c *Client) known(ctx context.Context, p Provider, authorization string) []Finding {
	found := unchecked(p)
	address, err := url.Parse(authorization)
	if err != nil {
		return found
	}
	query := address.Query()
	for key, value := range map[string]string{
		"client_id": p.Client, "redirect_uri": Redirect, "response_type": "code", "scope": oidc.ScopeOpenID, "prompt": "none",
		"state": random(), "nonce": random(), "code_challenge": random(), "code_challenge_method": "S256",
	} {
		query.Set(key, value)
	}
	address.RawQuery = query.Encode()
	ctx, cancel := context.WithTimeout(ctx, c.step)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return found
	}
	client := *c.http
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(request)
	if err != nil {
		return found
	}
	defer func() { _ = response.Body.Close() }()
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxDocument))
	back := response.Header.Get("Location")
	switch code := first(aadsts, string(body)+back); {
	case code == "700016" || code == "90013":
		found[0].State, found[0].Reason = Bad, UnknownClient
	case code == "50011" || code == "500113":
		found[0].State, found[1].State, found[1].Reason = Good, Bad, NotRegistered
	case strings.HasPrefix(back, Redirect+"?") || strings.HasPrefix(back, Redirect+"#"):
		found[0].State, found[1].State = Good, Good
	}
	return found
}

// unchecked are the two about which the description says nothing.
func unchecked(p Provider) []Finding {
	return []Finding{
		{Check: "client", State: Unchecked, Detail: p.Client},
		{Check: "redirect", State: Unchecked, Detail: Redirect},
	}
}

func canceled(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return fault.Wrap(ctx.Err(), fault.Canceled, "")
}

// status is an answer that is not 200.
type status int

func (s status) Error() string { return "HTTP " + strconv.Itoa(int(s)) }

// failed says why a document could not be read.
func failed(check, address string, err error) Finding {
	f := Finding{Check: check, State: Bad, Detail: address}
	var code status
	var network net.Error
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &code):
		f.Detail += " (" + code.Error() + ")"
		switch {
		case code >= 300 && code < 400:
			f.Reason = Redirected
		case code == http.StatusBadRequest || code == http.StatusNotFound:
			f.Reason = UnknownTenant
		case code == http.StatusForbidden || code == http.StatusProxyAuthRequired || code == http.StatusUnauthorized:
			f.Reason = Blocked
		default:
			f.Reason = ProviderFailed
		}
	case errors.As(err, &untrusted):
		f.Reason = Certificate
	case errors.As(err, &network) && network.Timeout(), errors.Is(err, context.DeadlineExceeded):
		f.Reason = TimedOut
	case errors.As(err, &network):
		f.Reason = Unreachable
	default:
		f.Reason = NoDescription
	}
	return f
}

func (c *Client) read(ctx context.Context, address string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, c.step)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return status(response.StatusCode)
	}
	return json.NewDecoder(io.LimitReader(response.Body, maxDocument)).Decode(into)
}
