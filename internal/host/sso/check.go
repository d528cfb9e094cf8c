package sso

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"

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
)

// Finding is one line of the readiness check.
type Finding struct {
	Check  string // message key: discovery, issuer, endpoints, code_flow, pkce, keys, claims, client, redirect
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

// Ready checks a provider before anybody depends on it, in the order in which signing in would fail. It signs nobody in,
// so it cannot tell whether the provider knows the application and the redirect: those lines are Unchecked.
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
		Claims        []string `json:"claims_supported"`
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
	found = append(found,
		finding("keys", signing > 0, strconv.Itoa(signing)),
		finding("claims", len(d.Claims) == 0 || slices.Contains(d.Claims, "email") || slices.Contains(d.Claims, "preferred_username"), "email, preferred_username"))
	return append(found, unchecked(p)...), canceled(ctx)
}

// unchecked are the two that only a sign-in shows.
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
