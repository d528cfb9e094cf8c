//go:build e2e

package e2e_test

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

func TestWindowOpensAndCloses(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	var state struct{ Version, Workspace, Fault string }
	if failure := w.Call(&state, "SystemService.State"); failure != "" {
		t.Fatal(failure)
	}
	if state.Fault != "" || state.Version == "" || !strings.HasPrefix(state.Workspace, w.Home) {
		t.Errorf("state %+v, want a version, no fault and a workspace below %s", state, w.Home)
	}
	if _, err := os.Stat(state.Workspace); err != nil {
		t.Error(err)
	}
	w.Screenshot("window")
	if code := w.Stop(); code != 0 {
		t.Errorf("exit code %d after SIGTERM, want 0", code)
	}
}

func TestWindowOpensAgainAfterACrash(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.Kill()
	w.Restart()
	var state struct{ Fault string }
	if failure := w.Call(&state, "SystemService.State"); failure != "" || state.Fault != "" {
		t.Errorf("after a crash the workspace does not open: %s %s", failure, state.Fault)
	}
}

func TestTwoPeopleSideBySide(t *testing.T) {
	t.Parallel()
	one, two := e2e.Start(t), e2e.Start(t)
	for _, w := range []*e2e.Window{one, two} {
		var state struct{ Workspace string }
		w.Call(&state, "SystemService.State")
		if !strings.HasPrefix(state.Workspace, w.Home) {
			t.Errorf("workspace %s, want one below %s", state.Workspace, w.Home)
		}
	}
}

func TestNothingIsConnectedAtStart(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t, e2e.WatchNetwork())
	w.See("Kontor")
	w.Reload()
	w.See("Kontor")
	w.Stop() // sockets are noted until the end
	if found := w.Connections(); len(found) > 0 {
		t.Errorf("internet sockets from the start to the end:\n%s", strings.Join(found, "\n"))
	}
}

// Whoever closes the window with something typed in it is asked; the system, which ends the program at log-out, is not.
func TestClosingAsksAboutWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := simulator(t, "en", "light")
	typed := func() {
		t.Helper()
		w.Link("Domains").Click()
		w.Button("Note a transfer").Nth(1).Click()
		w.Dialog("Note a transfer").Find("field", "Domain").Fill("tre-larici.com")
	}
	closing := func() *e2e.Element {
		t.Helper()
		w.CloseByKey(func() bool {
			var asked bool
			w.Script(&asked, `return document.body.innerText.includes("Discard what you typed?")`)
			return asked
		})
		return w.Dialog("Discard what you typed?").Visible()
	}
	typed()
	closing().Find("button", "Keep editing").Click()
	w.Dialog("Discard what you typed?").Gone()
	w.Dialog("Note a transfer").Find("field", "Domain").Holds("tre-larici.com")
	closing()
	w.Screenshot("discard-light")
	if code := w.Stop(); code != 0 {
		t.Errorf("exit code %d after SIGTERM with a question on the screen, want 0", code)
	}

	w.Restart()
	typed()
	if code := w.Stop(); code != 0 {
		t.Errorf("exit code %d after SIGTERM with text typed, want 0", code)
	}

	w.Restart()
	typed()
	closing().Find("button", "Discard").Visible()
	w.Script(nil, `
		const button = document.activeElement.closest("[role=dialog]").querySelector("[type=submit]")
		setTimeout(() => button.click(), 200)`) // not before this script is answered
	for end := time.Now().Add(e2e.Patience); !errors.Is(syscall.Kill(w.PID(), 0), syscall.ESRCH); {
		if time.Now().After(end) {
			t.Fatal("the window stays")
		}
		time.Sleep(50 * time.Millisecond)
	}
}
