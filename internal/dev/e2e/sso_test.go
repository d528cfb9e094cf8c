//go:build e2e

package e2e_test

import (
	"bufio"
	"crypto/tls"
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
	"testing"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"kontor/internal/dev/e2e"
	"kontor/internal/dev/testkit/certificate"
	"kontor/internal/host/sso"
)

const (
	entraHost   = "login.microsoftonline.com"
	entraTenant = "5b3fbd2a-7c5f-4d0e-9a44-0c8f4f1d2e3a"
	entraClient = "0f8fad5b-d9cb-469f-a165-70867728950e"
)

// entra is a real OpenID provider on loopback in the place of Entra ID. The program is the one that is shipped: it
// reaches the provider as it would in a company that has a proxy and a certificate authority of its own.
type entra struct {
	proxy string // for HTTPS_PROXY
	own   certificate.Certificate
}

func newEntra(t *testing.T) *entra {
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
	clients := storage.NewStorageWithClients(store, map[string]*storage.Client{entraClient: storage.NativeClient(entraClient, sso.Redirect)})
	issuer := sso.EntraIssuer(entraTenant)
	below, err := url.Parse(issuer)
	if err != nil {
		t.Fatal(err)
	}
	provider := exampleop.SetupServer(issuer, clients, slog.New(slog.DiscardHandler), false, op.WithAllowInsecure())
	e := &entra{own: certificate.New(t, entraHost)}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, below.Path+"/") {
			http.StripPrefix(below.Path, provider).ServeHTTP(w, r)
			return
		}
		provider.ServeHTTP(w, r) // its page to sign in lies at the root
	}))
	server.TLS = e.own.Config
	server.StartTLS()
	t.Cleanup(server.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != entraHost+":443" {
			http.Error(w, "only Entra ID", http.StatusForbidden)
			return
		}
		tunnel(w, server.Listener.Addr().String())
	}))
	t.Cleanup(proxy.Close)
	e.proxy = proxy.URL
	return e
}

// tunnel joins a connection that was asked for with CONNECT to an address.
func tunnel(w http.ResponseWriter, address string) {
	there, err := net.Dial("tcp", address)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	here, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = there.Close()
		return
	}
	_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	go func() {
		_, _ = io.Copy(there, bufio.NewReader(buffered))
		_ = there.Close()
	}()
	_, _ = io.Copy(here, there)
	_ = here.Close()
}

// browse follows a link as the person's browser does, signs in there, and comes back to Kontor.
func (e *entra) browse(t *testing.T, link string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	proxy, err := url.Parse(e.proxy)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: e2e.Patience, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: e.own.Roots, MinVersion: tls.VersionTLS12},
		Proxy: func(r *http.Request) (*url.URL, error) {
			if r.URL.Scheme == "https" {
				return proxy, nil
			}
			return nil, nil // back on loopback
		},
	}}
	login, err := browser.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	_ = login.Body.Close()
	done, err := browser.PostForm("https://"+entraHost+"/login/username", url.Values{
		"username": {"elena"}, "password": {"quiet"}, "id": {login.Request.URL.Query().Get("authRequestID")},
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = done.Body.Close()
	if done.StatusCode != http.StatusOK || done.Request.URL.Hostname() != "localhost" {
		t.Errorf("the browser ends at %s with %d", done.Request.URL, done.StatusCode)
	}
}

// browser stands in the place of the person's browser: a variable for the window, and the addresses that it was given.
func browser(t *testing.T) (path string, opened func() []string) {
	t.Helper()
	bin := t.TempDir()
	list := filepath.Join(bin, "opened")
	script := "#!/bin/sh\nprintf '%s\\n' \"$1\" >> " + list + "\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return "PATH=" + bin + ":" + os.Getenv("PATH"), func() []string {
		text, _ := os.ReadFile(list)
		return strings.Fields(string(text))
	}
}

// From the set-up to the session: the browser is opened, the person signs in there, the window is signed in.
func TestSigningInThroughTheBrowser(t *testing.T) {
	t.Parallel()
	provider := newEntra(t)
	path, links := browser(t)
	w := e2e.Start(t, e2e.Env(path, "HTTPS_PROXY="+provider.proxy, "SSL_CERT_FILE="+provider.own.File))
	begin(w)
	w.Link("Organization").Click()
	w.Find("tab", "SSO into Kontor").Click()
	w.Field("Directory (tenant) ID").Fill(entraTenant)
	w.Field("Application (client) ID").Fill(entraClient)
	w.Field("Domains of the addresses").Fill("ponteri.example")
	w.Button("Save").Click()
	prove(w, "Switch SSO into Kontor on with this directory?", "Save", password)
	w.See("SSO into Kontor switched on")

	// Nobody is known by an address: the account is linked from inside, with the password once.
	w.Link("Sessions").Click()
	w.Find("tab", "Kontor’s sign-in").Click()
	w.Button("Link SSO").Click()
	link := w.Dialog("Link SSO")
	link.Find("field", "Your password of Kontor").Fill(password)
	link.Find("button", "Open the browser").Click()
	w.Until("the browser", func() bool { return len(links()) == 1 })
	provider.browse(t, links()[0])
	w.See("SSO into Kontor linked")
	w.Call(nil, "session.Window.SignOut")
	w.Restart()

	w.Button("Sign in to Kontor with SSO").Click()
	dialog := w.Dialog("Sign in to Kontor with SSO")
	dialog.Find("field", "Sign-in e-mail").Fill("elena@ponteri.example")
	dialog.Find("button", "Open the browser").Click()
	w.See("Kontor waits two minutes at most.")
	w.Axe()
	w.Screenshot("sign-in-sso-waiting-light")
	w.Until("the browser", func() bool { return len(links()) == 2 })
	dialog.Find("button", "Open again").Click()
	w.Until("the browser again", func() bool { return len(links()) == 3 && links()[1] == links()[2] })
	provider.browse(t, links()[2])
	w.Heading("Home").Visible()
	w.See("this session reaches Studio Ponteri SA only")
	w.Button("Use the password").Click()
	prove(w, "Use the password", "Use the password", password)
	w.Link("Sessions").Click()
	w.See("with SSO")
}
