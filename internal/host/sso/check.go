package sso

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"

	"kontor/internal/core/fault"
)

// Finding is one line of the readiness check.
type Finding struct {
	Check  string // message key: issuer, discovery, endpoints, code_flow, pkce, keys, claims, redirect
	OK     bool
	Detail string // what was found, for the report
}

// maxDocument is the largest document that is read from a provider.
const maxDocument = 1 << 20

// Ready checks a provider before anybody depends on it, in the order in which signing in would fail. It signs nobody in.
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
		return []Finding{{Check: "discovery", Detail: address}}, nil
	}
	found := []Finding{
		{"discovery", true, address},
		{"issuer", d.Issuer == issuer, d.Issuer},
		{"endpoints", sameHost(issuer, d.Authorization, d.Token), d.Authorization},
		{"code_flow", slices.Contains(d.Responses, "code"), "response_type=code"},
		// Entra ID supports S256 and does not say so in its description: silence is no refusal.
		{"pkce", len(d.Challenges) == 0 || slices.Contains(d.Challenges, "S256"), "S256"},
	}
	var keys struct {
		Keys []struct {
			Use string `json:"use"`
			Kty string `json:"kty"`
		} `json:"keys"`
	}
	err := c.read(ctx, d.Keys, &keys)
	signing := 0
	for _, k := range keys.Keys {
		if k.Use == "" || k.Use == "sig" {
			signing++
		}
	}
	return append(found,
		Finding{"keys", err == nil && signing > 0, strconv.Itoa(signing)},
		Finding{"claims", len(d.Claims) == 0 || slices.Contains(d.Claims, "email") || slices.Contains(d.Claims, "preferred_username"), "email, preferred_username"},
		Finding{"redirect", true, Redirect}), nil
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
		return fault.New(fault.Unavailable, ReasonDiscovery)
	}
	return json.NewDecoder(io.LimitReader(response.Body, maxDocument)).Decode(into)
}
