//go:build e2e

package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"kontor/internal/dev/e2e"
)

// The web process may be killed, or end for want of memory: the page comes back where it was, and nobody is signed out.
func TestPageComesBackWhenItsProcessIsKilled(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Settings").Click()
	w.Heading("Settings").Visible()
	w.KillPage()
	w.Heading("Settings").Visible()
	w.Link("Home").Click()
	w.Heading("First steps").Visible()
}

// Whatever script or form asks for it: the window shows the program's own page, and no address is called.
func TestPageCannotBeLedElsewhere(t *testing.T) {
	t.Parallel()
	called := make(chan string, 8)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { called <- r.URL.Path }))
	defer elsewhere.Close()
	w := e2e.Start(t)
	w.ExpectConsole("Not allowed to load local resource")
	begin(w)
	for i, way := range []string{
		`location.href = arguments[0] + "/location"`,
		`location.replace(arguments[0] + "/replace")`,
		`window.open(arguments[0] + "/open")`,
		`document.body.append(Object.assign(document.createElement("a"), { href: arguments[0] + "/link", id: "elsewhere" }))
			document.getElementById("elsewhere").dispatchEvent(new MouseEvent("click", { cancelable: true }))`,
		`location.href = "file:///etc/hostname"`,
		`location.href = "data:text/html,elsewhere"`,
		`location.href = "https://infomaniak.example/"`,
	} {
		w.Script(nil, way, elsewhere.URL)
		page := []string{"Settings", "Home"}[i%2]
		w.Link(page).Click()
		w.Heading(page).Visible()
	}
	select {
	case path := <-called:
		t.Errorf("%s was called", path)
	default:
	}
}

// On a dark desktop nothing bright is to be seen between the start and the first page.
func TestDarkWindowNeverFlashes(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t, e2e.Env("GTK_THEME=Adwaita:dark"))
	begin(w)
	var painted struct{ Theme, Painted string }
	w.Until("the system's theme is kept", func() bool {
		w.Call(&painted, "settings.Window.Get")
		return painted.Painted == "dark"
	})
	if painted.Theme != "system" {
		t.Fatalf("%+v", painted)
	}
	w.Stop()
	stop, seen := make(chan struct{}), make(chan []int)
	go func() { seen <- w.Watch(stop) }()
	w.Restart()
	w.Button("Sign in to Kontor").Visible()
	close(stop)
	brightness := <-seen
	t.Log(brightness)
	if len(brightness) < 5 || slices.Max(brightness) > 80 {
		t.Errorf("brightness of the middle of the screen: %v; want none above 80 of 255", brightness)
	}
}

// Whose work is in the program can be read in the window.
func TestLicencesCanBeRead(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Settings").Click()
	w.Button("Third-party licences").Click()
	w.Dialog("Third-party licences").Visible()
	w.See("github.com/wailsapp/wails/v2")
	w.Axe()
	w.Screenshot("licences-light")
	w.Script(nil, `[...document.querySelectorAll("summary")].find((one) => one.textContent.includes("Fonts")).click()`)
	w.See("with Reserved Font Name 'Ark Pixel'")
}
