package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/host/sso"
)

// browser notes what it was asked to open.
type browser struct {
	opened []string
	fails  error
}

func (b *browser) OpenURL(address string) error {
	b.opened = append(b.opened, address)
	return b.fails
}

const (
	ssoTenant = "5b3fbd2a-7c5f-4d0e-9a44-0c8f4f1d2e3a"
	ssoClient = "0f8fad5b-d9cb-469f-a165-70867728950e"
)

func TestSigningInThroughTheBrowserCanBeOpenedAgainAndCanceled(t *testing.T) {
	var provider *httptest.Server
	provider = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]string{
			"issuer": provider.URL, "authorization_endpoint": provider.URL + "/auth", "token_endpoint": provider.URL + "/token", "jwks_uri": provider.URL + "/keys",
		})
	}))
	t.Cleanup(provider.Close)
	b := &browser{}
	a := app.New(app.Options{Workspace: t.TempDir(), Version: "test", Browser: b, Issuer: func(string) string { return provider.URL }})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := services{session: testkit.Bound[*session.Window](a), first: testkit.Bound[*firststart.Window](a)}
	door := testkit.Bound[*session.SSOWindow](a)
	begin(t, s, false)
	if err := door.SetProvider(session.ProviderInput{Tenant: "https://accounts.example", Client: ssoClient, Domains: []string{"ponteri.example"}}, crashPassword); err == nil || !strings.Contains(err.Error(), "only_entra_id") {
		t.Errorf("another issuer: %v", err)
	}
	if err := door.SetProvider(session.ProviderInput{Tenant: ssoTenant, Client: ssoClient, Domains: []string{"ponteri.example"}}, crashPassword); err != nil {
		t.Fatal(err)
	}
	if v, err := door.Provider(); err != nil || !v.On || v.Redirect != sso.Redirect {
		t.Errorf("%+v, %v", v, err)
	}
	if err := s.session.SignOut(); err != nil {
		t.Fatal(err)
	}
	if _, err := door.Begin("a@elsewhere.example", false); fault.ReasonOf(err) != "sso_no_provider" {
		t.Errorf("an address of nobody's: %v", err)
	}
	v, err := door.Begin("elena@ponteri.example", false)
	if err != nil || v.Stage != "waiting" || !strings.HasPrefix(v.Link, provider.URL+"/auth?") {
		t.Fatalf("%+v, %v", v, err)
	}
	if err := door.OpenAgain(); err != nil || len(b.opened) != 2 || b.opened[0] != v.Link || b.opened[1] != v.Link {
		t.Errorf("opened %v, %v", b.opened, err)
	}
	if err := door.Cancel(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		v, err := door.State()
		if err != nil {
			t.Fatal(err)
		}
		if v.Stage == "failed" && strings.Contains(v.Fault, sso.ReasonCanceled) && v.Link == "" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("after canceling: %+v", v)
		}
	}
	if err := door.OpenAgain(); fault.ReasonOf(err) != session.ReasonNoAttempt {
		t.Errorf("opening what is over: %v", err)
	}
	b.fails = fault.New(fault.Unavailable, "no_browser")
	v, err = door.Begin("elena@ponteri.example", false)
	if err != nil || v.Stage != "waiting" || v.Link == "" || !strings.Contains(v.Fault, "no_browser") {
		t.Errorf("without a browser the link can still be copied: %+v, %v", v, err)
	}
	if err := door.Cancel(); err != nil {
		t.Fatal(err)
	}
}
