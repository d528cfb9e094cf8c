//go:build e2e

package e2e_test

import (
	"os"
	"strings"
	"testing"

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
