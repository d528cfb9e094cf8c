package sso

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

// Stage is how far an attempt has come.
type Stage string

// The stages of an attempt.
const (
	Waiting  Stage = "waiting"  // for the person in the browser
	Checking Stage = "checking" // the answer is being checked
	Done     Stage = "done"
	Failed   Stage = "failed"
)

// Attempt is one way through the browser. It ends by itself after Patience.
type Attempt struct {
	URL string // what the browser opens

	client   *Client
	provider *oidc.Provider
	config   oauth2.Config
	verifier string
	state    string
	nonce    string

	cancel  context.CancelFunc
	servers []*http.Server
	once    sync.Once
	done    chan struct{}

	mu       sync.Mutex
	stage    Stage
	identity Identity
	err      error
}

// Begin prepares an attempt: the provider's description is read, a loopback address is opened for the answer, and the
// link for the browser is made. Whoever began must call Wait.
func (c *Client) Begin(ctx context.Context, p Provider) (*Attempt, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	provider, err := c.discover(ctx, p)
	if err != nil {
		return nil, err
	}
	a := &Attempt{
		client: c, provider: provider, verifier: oauth2.GenerateVerifier(), state: random(), nonce: random(),
		done: make(chan struct{}), stage: Waiting,
	}
	port, err := a.listen()
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, ReasonListen)
	}
	a.config = oauth2.Config{
		ClientID: p.Client, Endpoint: provider.Endpoint(),
		// "localhost" because Entra ID compares the host to the registered one and ignores the port only there.
		RedirectURL: "http://localhost:" + port + callback,
		Scopes:      []string{oidc.ScopeOpenID, "profile", "email"},
	}
	a.URL = a.config.AuthCodeURL(a.state, oidc.Nonce(a.nonce), oauth2.S256ChallengeOption(a.verifier))
	life, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.patience)
	a.cancel = cancel
	beside.Go(nil, "sso", func() {
		<-life.Done()
		if errors.Is(life.Err(), context.DeadlineExceeded) {
			a.end(Identity{}, fault.New(fault.Canceled, ReasonTimeout))
		}
	})
	return a, nil
}

// random is a value that nobody can guess: 256 bits, safe in a URL.
func random() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

// listen opens the same port on the loopback addresses of IPv4 and, where there is one, IPv6: a browser may take
// either for "localhost".
func (a *Attempt) listen() (port string, err error) {
	four, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err = net.SplitHostPort(four.Addr().String())
	if err != nil {
		return "", err
	}
	a.serve(four)
	if six, err := net.Listen("tcp6", "[::1]:"+port); err == nil {
		a.serve(six)
	}
	return port, nil
}

func (a *Attempt) serve(l net.Listener) {
	s := &http.Server{
		Handler: http.HandlerFunc(a.answer), ReadTimeout: 5 * time.Second, ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout: a.client.step + 5*time.Second, MaxHeaderBytes: 16 << 10,
	}
	a.servers = append(a.servers, s)
	beside.Go(nil, "sso", func() { _ = s.Serve(l) }) // ends when the attempt does
}

// answer takes the one answer of the browser: GET, on the exact path, from this computer's own name.
func (a *Attempt) answer(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	host, _, err := net.SplitHostPort(r.Host)
	local := err == nil && (host == "localhost" || host == "127.0.0.1" || host == "::1")
	if r.Method != http.MethodGet || !local || r.URL.Path != callback {
		http.NotFound(w, r)
		return
	}
	query := r.URL.Query()
	// Anybody on this computer can ask here, and any page in the browser: that ends no attempt.
	if subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(a.state)) != 1 {
		page(w, http.StatusBadRequest, "✗")
		return
	}
	first := false
	a.once.Do(func() { first = true })
	if !first { // the same answer again
		page(w, http.StatusGone, "✗")
		return
	}
	a.mu.Lock()
	a.stage = Checking
	a.mu.Unlock()
	identity, err := a.redeem(r.Context(), query)
	if err != nil {
		page(w, http.StatusForbidden, "✗")
	} else {
		page(w, http.StatusOK, "✓")
	}
	a.end(identity, err)
}

// page is what the browser shows at the end. It says the same in every language: the window has the words.
func page(w http.ResponseWriter, status int, sign string) {
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`<!doctype html><title>Kontor</title><body style="font:64px system-ui;display:grid;place-items:center;height:90vh"><p>Kontor ` + sign + `</p>`))
}

// redeem exchanges the code and checks the token: signature, issuer, audience, time, nonce.
func (a *Attempt) redeem(ctx context.Context, query url.Values) (Identity, error) {
	if refusal := query.Get("error"); refusal != "" {
		return Identity{}, refused(nil, ReasonDenied, refusal, query.Get("error_description"))
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, a.client.http), a.client.step)
	defer cancel()
	token, err := a.config.Exchange(ctx, query.Get("code"), oauth2.VerifierOption(a.verifier))
	if err != nil {
		return Identity{}, notExchanged(err)
	}
	raw, _ := token.Extra("id_token").(string)
	verified, err := a.provider.VerifierContext(ctx, &oidc.Config{
		ClientID: a.config.ClientID, Now: a.client.now,
		SupportedSigningAlgs: []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.PS256},
	}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, a.client.watch.explained(err)
	}
	if subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(a.nonce)) != 1 {
		return Identity{}, fault.New(fault.Forbidden, ReasonNonce)
	}
	var claims struct {
		Email             string `json:"email"`
		EmailVerified     any    `json:"email_verified"` // a word or a truth value, by the provider
		PreferredUsername string `json:"preferred_username"`
		Name              string `json:"name"`
		Tenant            string `json:"tid"`
		Object            string `json:"oid"`
	}
	if err := verified.Claims(&claims); err != nil {
		return Identity{}, fault.Wrap(err, fault.Forbidden, ReasonToken)
	}
	if claims.EmailVerified == false || claims.EmailVerified == "false" {
		return Identity{}, fault.New(fault.Forbidden, ReasonUnproven)
	}
	// The subject of Entra ID differs from one application to the next; tenant and object name a person everywhere.
	subject := verified.Subject
	if claims.Tenant != "" && claims.Object != "" {
		subject = claims.Tenant + "/" + claims.Object
	}
	name := cmp.Or(claims.Email, claims.PreferredUsername)
	if name == "" && a.provider.UserInfoEndpoint() != "" { // to show, not to tell by: that it fails does no harm
		if info, err := a.provider.UserInfo(ctx, oauth2.StaticTokenSource(token)); err == nil && info.Subject == verified.Subject {
			name = info.Email
		}
	}
	return Identity{Issuer: verified.Issuer, Subject: subject, Email: name, Name: claims.Name}, nil
}

// plain keeps what a provider calls its errors, and nothing else: it comes from the address bar.
func plain(code string) string {
	out := make([]byte, 0, 64)
	for i := 0; i < len(code) && len(out) < 64; i++ {
		if b := code[i]; b == '_' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' {
			out = append(out, b)
		}
	}
	return string(out)
}

// end settles the attempt once and closes the loopback address after the page has been sent.
func (a *Attempt) end(identity Identity, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stage == Done || a.stage == Failed {
		return
	}
	a.identity, a.err, a.stage = identity, err, Done
	if err != nil {
		a.stage = Failed
	}
	close(a.done)
	beside.Go(nil, "sso", func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		for _, s := range a.servers {
			if s.Shutdown(ctx) != nil {
				_ = s.Close()
			}
		}
		a.cancel()
	})
}

// Stage tells how far the attempt has come.
func (a *Attempt) Stage() Stage {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.stage
}

// Cancel stops the attempt.
func (a *Attempt) Cancel() { a.end(Identity{}, fault.New(fault.Canceled, ReasonCanceled)) }

// Wait returns who has signed in, or at which stage it failed.
func (a *Attempt) Wait(ctx context.Context) (Identity, error) {
	select {
	case <-a.done:
	case <-ctx.Done():
		a.end(Identity{}, fault.Wrap(ctx.Err(), fault.Canceled, ReasonCanceled))
		<-a.done
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.identity, a.err
}
