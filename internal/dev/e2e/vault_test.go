//go:build e2e

package e2e_test

import (
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

func TestWindowFindsTheKeyring(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, mode, reason string
		option             e2e.Option
	}{
		{"unlocked", "keyring", "", e2e.Env()},
		{"absent", "memory", "vault_keyring_absent", e2e.NoKeyring()},
		{"locked", "memory", "vault_keyring_locked", e2e.LockedKeyring()},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := e2e.Start(t, test.option)
			var state struct{ Mode, Reason string }
			for until := time.Now().Add(e2e.Patience); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
				if failure := w.Call(&state, "vault.Window.State"); failure != "" {
					t.Fatal(failure)
				}
				if state.Mode != "probing" {
					break
				}
			}
			if state.Mode != test.mode || state.Reason != test.reason {
				t.Errorf("vault %+v, want mode %s, reason %q", state, test.mode, test.reason)
			}
		})
	}
}
