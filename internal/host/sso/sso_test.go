package sso_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"kontor/internal/core/fault"
	"kontor/internal/host/sso"
)

const (
	tenant = "5b3fbd2a-7c5f-4d0e-9a44-0c8f4f1d2e3a"
	client = "0f8fad5b-d9cb-469f-a165-70867728950e"
)

var provider = sso.Provider{Tenant: tenant, Client: client}

// real runs an OpenID provider on loopback, with one person in it.
func real(t *testing.T) *sso.Client {
	t.Helper()
	users := filepath.Join(t.TempDir(), "users.json")
	err := os.WriteFile(users, []byte(`{"id1":{"ID":"id1","Username":"elena","Password":"quiet","FirstName":"Elena","LastName":"B","Email":"elena@ponteri.example","EmailVerified":true}}`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.StoreFromFile(users)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	issuer := "http://" + l.Addr().String()
	clients := storage.NewStorageWithClients(store, map[string]*storage.Client{client: storage.NativeClient(client, sso.Redirect)})
	server := &http.Server{Handler: exampleop.SetupServer(issuer, clients, slog.New(slog.DiscardHandler), false, op.WithAllowInsecure()), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return sso.New(sso.Options{Issuer: func(string) string { return issuer }})
}

// browse follows the link as a browser does, and signs in where it is asked to.
func browse(t *testing.T, link, username, password string) int {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	login, err := browser.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	_ = login.Body.Close()
	id := login.Request.URL.Query().Get("authRequestID")
	done, err := browser.PostForm(login.Request.URL.Scheme+"://"+login.Request.URL.Host+"/login/username",
		url.Values{"username": {username}, "password": {password}, "id": {id}})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, done.Body)
	_ = done.Body.Close()
	return done.StatusCode
}

func TestSigningInAtARealProvider(t *testing.T) {
	c := real(t)
	a, err := c.Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	link, err := url.Parse(a.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := link.Query()
	if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || len(q.Get("state")) < 43 ||
		len(q.Get("nonce")) < 43 || q.Get("response_type") != "code" || !strings.HasPrefix(q.Get("redirect_uri"), "http://localhost:") {
		t.Errorf("link %s", a.URL)
	}
	if code := browse(t, a.URL, "elena", "quiet"); code != http.StatusOK {
		t.Errorf("the browser ends with %d", code)
	}
	who, err := a.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if who.Email != "elena@ponteri.example" || who.Subject != "id1" || who.Issuer == "" || a.Stage() != sso.Done {
		t.Errorf("%+v, %s", who, a.Stage())
	}
	// The loopback address is closed afterwards.
	port := strings.TrimPrefix(strings.TrimSuffix(q.Get("redirect_uri"), "/callback"), "http://localhost:")
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		conn, err := net.DialTimeout("tcp", "127.0.0.1:"+port, time.Second)
		if err != nil {
			return
		}
		_ = conn.Close()
	}
	t.Error("the loopback address is still open")
}

func TestAProviderIsReadyOrSaysWhyNot(t *testing.T) {
	findings, err := real(t).Ready(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.State != sso.Good || f.Reason != "" {
			t.Errorf("%+v", f)
		}
	}
	if len(findings) != 8 {
		t.Errorf("%d findings", len(findings))
	}
	gone := sso.New(sso.Options{Issuer: func(string) string { return "http://127.0.0.1:1" }})
	findings, err = gone.Ready(t.Context(), provider)
	if err != nil || len(findings) != 1 || findings[0].State != sso.Bad || findings[0].Reason != sso.Unreachable || findings[0].Check != "discovery" {
		t.Errorf("nobody there: %+v, %v", findings, err)
	}
	if _, err := gone.Begin(t.Context(), provider); fault.ReasonOf(err) != sso.ReasonDiscovery {
		t.Errorf("nobody there: %v", err)
	}
}

func TestTheCauseIsNamed(t *testing.T) {
	release := make(chan struct{})
	answers := map[string]struct {
		answer http.HandlerFunc
		want   sso.Reason
	}{
		"hotel page": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>Welcome to the Wi-Fi")) }, sso.NoDescription},
		"led elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://wifi.example/", http.StatusFound)
		}, sso.Redirected},
		"unknown tenant": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) }, sso.UnknownTenant},
		"proxy":          {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, sso.Blocked},
		"broken":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, sso.ProviderFailed},
		"silent": {func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-release:
			case <-r.Context().Done():
			}
		}, sso.TimedOut},
	}
	for name, test := range answers {
		server := httptest.NewServer(test.answer)
		client := sso.New(sso.Options{Issuer: func(string) string { return server.URL }, Step: 200 * time.Millisecond})
		findings, err := client.Ready(t.Context(), provider)
		if err != nil || len(findings) != 1 || findings[0].Reason != test.want {
			t.Errorf("%s: %+v, %v, want %s", name, findings, err, test.want)
		}
		if name == "silent" {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := client.Ready(ctx, provider); fault.CodeOf(err) != fault.Canceled {
				t.Errorf("stopped: %v", err)
			}
		}
		server.Close()
	}
	close(release)
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer untrusted.Close()
	findings, err := sso.New(sso.Options{Issuer: func(string) string { return untrusted.URL }}).Ready(t.Context(), provider)
	if err != nil || len(findings) != 1 || findings[0].Reason != sso.Certificate {
		t.Errorf("an unknown certificate: %+v, %v", findings, err)
	}
}

func TestOnlyEntraID(t *testing.T) {
	for want, p := range map[string]sso.Provider{
		"client:required tenant:required":     {},
		"tenant:only_entra_id":                {Tenant: "https://accounts.google.com", Client: client},
		"client:not_a_guid tenant:not_a_guid": {Tenant: "common", Client: "kontor"},
		"client:only_entra_id":                {Tenant: tenant, Client: "kontor.example.com"},
	} {
		err := p.Validate()
		for _, part := range strings.Fields(want) {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%+v: %v, want %s", p, err, part)
			}
		}
	}
	p := sso.Provider{Tenant: " " + strings.ToUpper(tenant), Client: client}
	if err := p.Validate(); err != nil || sso.EntraIssuer(p.Tenant) != "https://login.microsoftonline.com/"+tenant+"/v2.0" {
		t.Errorf("%+v: %v", p, err)
	}
}

func TestTheLoopbackAddressTakesOneAnswerOnly(t *testing.T) {
	a, err := real(t).Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	link, err := url.Parse(a.URL)
	if err != nil {
		t.Fatal(err)
	}
	redirect := link.Query().Get("redirect_uri")
	for name, request := range map[string]func() (*http.Request, error){
		"another path": func() (*http.Request, error) { return http.NewRequest(http.MethodGet, redirect+"/x", nil) },
		"a post":       func() (*http.Request, error) { return http.NewRequest(http.MethodPost, redirect, nil) },
		"another host": func() (*http.Request, error) {
			r, err := http.NewRequest(http.MethodGet, redirect, nil)
			r.Host = "evil.example:80"
			return r, err
		},
	} {
		r, err := request()
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusNotFound || a.Stage() != sso.Waiting {
			t.Errorf("%s: %d, %s", name, response.StatusCode, a.Stage())
		}
	}
	response, err := http.Get(redirect + "?code=x&state=guessed")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusBadRequest || a.Stage() != sso.Waiting {
		t.Errorf("a stray request: %d, %s", response.StatusCode, a.Stage())
	}
	// The attempt goes on: the right answer still comes through.
	if code := browse(t, a.URL, "elena", "quiet"); code != http.StatusOK {
		t.Errorf("after it the browser ends with %d", code)
	}
	if _, err := a.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCancelAndTime(t *testing.T) {
	c := real(t)
	a, err := c.Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	a.Cancel()
	a.Cancel()
	if _, err := a.Wait(t.Context()); fault.ReasonOf(err) != sso.ReasonCanceled || a.Stage() != sso.Failed {
		t.Errorf("canceled: %v", err)
	}
	a, err = c.Begin(t.Context(), provider)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Wait(ctx); fault.ReasonOf(err) != sso.ReasonCanceled {
		t.Errorf("nobody waits any more: %v", err)
	}
}

// hostile is a provider that answers as it is told to.
type hostile struct {
	*httptest.Server
	issuer  string // what it claims to be
	auth    string // where it sends the browser
	idToken func(nonce string) string
	keys    string
	delay   time.Duration
	slow    time.Duration // of the description

	authorize http.HandlerFunc // where the browser is sent
	tokens    atomic.Int32     // how often a code was to be exchanged
}

func newHostile(t *testing.T) *hostile {
	h := &hostile{keys: `{"keys":[]}`}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(h.slow)
		claimed := h.URL
		if h.issuer != "" {
			claimed = h.issuer
		}
		auth := h.URL + "/auth"
		if h.auth != "" {
			auth = h.auth
		}
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": claimed, "authorization_endpoint": auth, "token_endpoint": h.URL + "/token",
			"jwks_uri": h.URL + "/keys", "id_token_signing_alg_values_supported": []string{"none", "HS256", "RS256"},
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, h.keys) })
	mux.HandleFunc("/auth", func(w http.ResponseWriter, r *http.Request) {
		if h.authorize != nil {
			h.authorize(w, r)
		}
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		h.tokens.Add(1)
		time.Sleep(h.delay)
		if h.idToken == nil {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": h.idToken(r.FormValue("code"))})
	})
	h.Server = httptest.NewServer(mux)
	t.Cleanup(h.Close)
	return h
}

// answer comes back from the hostile provider with the right state; the code carries the nonce, so that it can be used.
func (h *hostile) answer(t *testing.T, more url.Values) (*sso.Attempt, error) {
	t.Helper()
	a, err := sso.New(sso.Options{Issuer: func(string) string { return h.URL }}).Begin(t.Context(), provider)
	if err != nil {
		return nil, err
	}
	link, err := url.Parse(a.URL)
	if err != nil {
		t.Fatal(err)
	}
	q := link.Query()
	back := url.Values{"state": {q.Get("state")}, "code": {q.Get("nonce")}}
	for k, v := range more {
		back[k] = v
	}
	response, err := http.Get(q.Get("redirect_uri") + "?" + back.Encode())
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	_, err = a.Wait(t.Context())
	return a, err
}

func TestAHostileProviderGetsNowhere(t *testing.T) {
	for name, test := range map[string]struct {
		prepare func(h *hostile, s *signer)
		query   url.Values
		want    string
	}{
		"another issuer in the description": {func(h *hostile, _ *signer) { h.issuer = "https://evil.example" }, nil, sso.ReasonDiscovery},
		"the browser to another host":       {func(h *hostile, _ *signer) { h.auth = "https://evil.example/auth" }, nil, sso.ReasonDiscovery},
		"it refuses":                        {func(*hostile, *signer) {}, url.Values{"error": {"access_denied"}}, sso.ReasonDenied},
		"no token":                          {func(*hostile, *signer) {}, nil, sso.ReasonExchange},
		"an unsigned token":                 {func(h *hostile, s *signer) { h.idToken = s.none(h) }, nil, sso.ReasonToken},
		"a symmetric signature":             {func(h *hostile, s *signer) { h.keys = s.keys(); h.idToken = s.symmetric(h) }, nil, sso.ReasonToken},
		"a key that is not its own":         {func(h *hostile, s *signer) { h.keys = newSigner(t).keys(); h.idToken = s.token(h, nil) }, nil, sso.ReasonToken},
		"another issuer in the token": {func(h *hostile, s *signer) {
			h.keys = s.keys()
			h.idToken = s.token(h, map[string]any{"iss": "https://evil.example"})
		}, nil, sso.ReasonToken},
		"for another program": {func(h *hostile, s *signer) {
			h.keys = s.keys()
			h.idToken = s.token(h, map[string]any{"aud": "another"})
		}, nil, sso.ReasonToken},
		"out of date": {func(h *hostile, s *signer) {
			h.keys = s.keys()
			h.idToken = s.token(h, map[string]any{"exp": time.Now().Add(-time.Hour).Unix()})
		}, nil, sso.ReasonToken},
		"of another attempt": {func(h *hostile, s *signer) {
			h.keys = s.keys()
			h.idToken = s.token(h, map[string]any{"nonce": "another"})
		}, nil, sso.ReasonNonce},
		"without an address": {func(h *hostile, s *signer) { h.keys = s.keys(); h.idToken = s.token(h, map[string]any{"email": ""}) }, nil, ""},
		"an address that it has not verified": {func(h *hostile, s *signer) {
			h.keys = s.keys()
			h.idToken = s.token(h, map[string]any{"email_verified": false})
		}, nil, sso.ReasonUnproven},
		"likewise as a word": {func(h *hostile, s *signer) {
			h.keys = s.keys()
			h.idToken = s.token(h, map[string]any{"email_verified": "false"})
		}, nil, sso.ReasonUnproven},
		"a policy of the company": {func(*hostile, *signer) {}, url.Values{"error": {"server_error"}, "error_description": {entraSays}}, sso.ReasonConditional},
		"slow, and then right": {func(h *hostile, s *signer) {
			h.delay = 500 * time.Millisecond
			h.keys = s.keys()
			h.idToken = s.token(h, nil)
		}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHostile(t)
			test.prepare(h, newSigner(t))
			_, err := h.answer(t, test.query)
			if got := fault.ReasonOf(err); got != test.want || test.want == "" && err != nil {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

// entraSays is a refusal as Entra ID writes it.
const entraSays = "AADSTS53003: Access has been blocked by Conditional Access policies. <b>x</b> Trace ID: 3f0a1c2e-7b1d-4f9e-9c57-6b6e3d1f5a00 " +
	"Correlation ID: 11111111-2222-3333-4444-555555555555 Timestamp: 2026-11-28 21:04:05Z"

// What Entra ID's support asks for is kept, and nothing else of what stood in the address bar.
func TestARefusalKeepsItsCodeAndTrace(t *testing.T) {
	h := newHostile(t)
	_, err := h.answer(t, url.Values{"error": {"server_error<script>"}, "error_description": {entraSays}})
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"code": "AADSTS53003", "trace": "3f0a1c2e-7b1d-4f9e-9c57-6b6e3d1f5a00", "correlation": "11111111-2222-3333-4444-555555555555", "at": "2026-11-28 21:04:05Z",
		"error": "server_errorscript",
	} {
		if f.Params[key] != want {
			t.Errorf("%s: %q, want %q", key, f.Params[key], want)
		}
	}
	if text := fault.JSON(err); strings.Contains(text, "<b>") || strings.Contains(text, "blocked by") {
		t.Errorf("%s", text)
	}
}

// A clock that is wrong is told, with its difference from the provider's.
func TestAWrongClockIsNamed(t *testing.T) {
	for wrong, want := range map[time.Duration]string{70 * time.Minute: sso.ReasonClockAhead, -70 * time.Minute: sso.ReasonClockBehind, time.Second: ""} {
		h, s := newHostile(t), newSigner(t)
		h.keys, h.idToken = s.keys(), s.token(h, map[string]any{"nbf": time.Now().Unix()})
		c := sso.New(sso.Options{Issuer: func(string) string { return h.URL }, Now: func() time.Time { return time.Now().Add(wrong) }})
		a, err := c.Begin(t.Context(), provider)
		if err != nil {
			t.Fatal(err)
		}
		to, answer := redirected(t, a)
		response, err := http.Get(to + "?" + answer.Encode())
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		_, err = a.Wait(t.Context())
		if fault.ReasonOf(err) != want || want != "" && !strings.Contains(fault.JSON(err), `"minutes":"70"`) {
			t.Errorf("off by %s: %s", wrong, fault.JSON(err))
		}
	}
}

// Two people of one name, or of two applications, are told apart by tenant and object.
func TestEntraNamesAPersonByTenantAndObject(t *testing.T) {
	h, s := newHostile(t), newSigner(t)
	h.keys, h.idToken = s.keys(), s.token(h, map[string]any{"tid": tenant, "oid": "object-1"})
	a, err := h.answer(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if who, err := a.Wait(t.Context()); err != nil || who.Subject != tenant+"/object-1" {
		t.Errorf("%+v, %v", who, err)
	}
}

// Whether the directory knows the application and the redirect is asked, not guessed.
func TestReadinessAsksForTheApplication(t *testing.T) {
	for body, want := range map[string][2]sso.State{
		"AADSTS700016: Application with identifier was not found": {sso.Bad, sso.Unchecked},
		"AADSTS50011: The redirect URI does not match":            {sso.Good, sso.Bad},
		"back": {sso.Good, sso.Good}, "something else": {sso.Unchecked, sso.Unchecked},
	} {
		h := newHostile(t)
		h.keys = newSigner(t).keys()
		h.authorize = func(w http.ResponseWriter, r *http.Request) {
			if q := r.URL.Query(); q.Get("client_id") != client || q.Get("prompt") != "none" || q.Get("redirect_uri") != sso.Redirect {
				t.Errorf("asked %v", q)
			}
			if body == "back" {
				http.Redirect(w, r, sso.Redirect+"?error=login_required", http.StatusFound)
				return
			}
			_, _ = io.WriteString(w, body)
		}
		found, err := sso.New(sso.Options{Issuer: func(string) string { return h.URL }}).Ready(t.Context(), provider)
		if err != nil || len(found) < 2 {
			t.Fatalf("%+v, %v", found, err)
		}
		last := found[len(found)-2:]
		if last[0].Check != "client" || last[0].State != want[0] || last[1].Check != "redirect" || last[1].State != want[1] {
			t.Errorf("%s: %+v", body, last)
		}
	}
}
