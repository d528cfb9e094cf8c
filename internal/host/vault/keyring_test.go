//go:build keyring

package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// These tests talk to a real keyring: gnome-keyring, or what KONTOR_KEYRING names. Each step is a program of its own (this test binary, run again) in a
// D-Bus session of its own, because one process keeps one connection to one bus. All programs of a test share a home.

const (
	stepVariable = "KONTOR_VAULT_STEP"
	homeVariable = "KONTOR_VAULT_HOME"
)

var steps = map[string]func(ctx context.Context, db *sqlite.DB, dir string) error{
	"keep": func(ctx context.Context, db *sqlite.DB, dir string) error {
		v := Open(db, dir, Options{})
		err := db.Write(ctx, func(tx *sqlite.Tx) error {
			return v.Put(ctx, tx, "mail", "1", "password", []byte("kept in the keyring"))
		})
		return errors.Join(err, stateIs(ctx, v, State{Mode: Keyring}), secretIs(ctx, v, "1", "kept in the keyring"))
	},
	"starts that keep nothing": func(ctx context.Context, db *sqlite.DB, dir string) error {
		for range 3 {
			v := Open(db, dir, Options{})
			if err := errors.Join(v.wait(ctx), stateIs(ctx, v, State{Mode: Keyring})); err != nil {
				return err
			}
			v.Close()
		}
		out, err := exec.CommandContext(ctx, "secret-tool", "search", "--all", "service", service).CombinedOutput()
		if strings.Contains(string(out), "label") {
			return fmt.Errorf("a start leaves %s, %w", out, err)
		}
		if litter := chosen().litter; litter != nil {
			if left, err := litter(os.Getenv(homeVariable)); left != "" || err != nil {
				return fmt.Errorf("a start leaves %q, %w", left, err)
			}
		}
		return nil
	},
	"find again": func(ctx context.Context, db *sqlite.DB, dir string) error {
		v := Open(db, dir, Options{})
		return errors.Join(secretIs(ctx, v, "1", "kept in the keyring"), stateIs(ctx, v, State{Mode: Keyring}))
	},
	"locked, then unlocked by the person": func(ctx context.Context, db *sqlite.DB, dir string) error {
		v := Open(db, dir, Options{}) // the bus starts a keyring that is locked
		_, err := v.Get(ctx, "mail", "1", "password")
		if fault.ReasonOf(err) != WhyLocked {
			return fmt.Errorf("a locked keyring: %w", err)
		}
		err = db.Write(ctx, func(tx *sqlite.Tx) error {
			return v.Put(ctx, tx, "mail", "2", "password", []byte("of this run"))
		})
		if err := errors.Join(err, stateIs(ctx, v, State{Mode: Memory, Why: WhyLocked, Held: 1, Stranded: true})); err != nil {
			return err
		}
		if err := unlockKeyring(); err != nil {
			return err
		}
		return errors.Join(v.Retry(ctx), stateIs(ctx, v, State{Mode: Keyring}),
			secretIs(ctx, v, "1", "kept in the keyring"), secretIs(ctx, v, "2", "of this run"))
	},
	"emptied, then started over": func(ctx context.Context, db *sqlite.DB, dir string) error {
		if err := empty(); err != nil {
			return err
		}
		keeper := access.With(ctx, access.Actor{AccountID: "account-1", Keeper: true})
		v := Open(db, dir, Options{Reauth: testkit.Reauthenticator("right")})
		if err := errors.Join(v.wait(ctx), stateIs(ctx, v, State{Mode: Memory, Why: WhyMissing, Stranded: true})); err != nil {
			return err
		}
		if err := errors.Join(v.StartOver(keeper, "right"), stateIs(ctx, v, State{Mode: Keyring})); err != nil {
			return err
		}
		return db.Write(ctx, func(tx *sqlite.Tx) error {
			return v.Put(ctx, tx, "mail", "1", "password", []byte("kept in the keyring"))
		})
	},
	"absent": func(ctx context.Context, db *sqlite.DB, dir string) error {
		start := time.Now()
		v := Open(db, dir, Options{})
		if err := v.wait(ctx); err != nil {
			return err
		}
		if took := time.Since(start); took > time.Second {
			return fmt.Errorf("it took %v to see that there is none", took)
		}
		return stateIs(ctx, v, State{Mode: Memory, Why: WhyAbsent})
	},
}

// startsWithout are the steps that begin without a keyring that is unlocked.
var startsWithout = map[string]bool{"locked, then unlocked by the person": true, "absent": true}

func TestMain(m *testing.M) {
	name := os.Getenv(stepVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	dir := filepath.Join(os.Getenv(homeVariable), "workspace")
	db, err := sqlite.Open(ctx, filepath.Join(dir, "kontor.db"), sqlite.Options{})
	end := func() {}
	if err == nil && !startsWithout[name] {
		end, err = chosen().unlock(os.Getenv(homeVariable))
	}
	if err == nil {
		err = errors.Join(steps[name](ctx, db, dir), db.Close())
		end()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// unlockKeyring starts an unlocked keyring in place of the one that runs, if any; it ends with the bus of its session.
func unlockKeyring() error {
	cmd := exec.Command("gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets")
	cmd.Stdin = strings.NewReader("password of the keyring")
	if out, err := cmd.Output(); err != nil {
		return fmt.Errorf("gnome-keyring-daemon: %w: %s", err, out)
	}
	return nil
}

func stateIs(ctx context.Context, v *Vault, want State) error {
	if got, err := v.State(ctx); err != nil || got != want {
		return fmt.Errorf("state %+v, %w; want %+v", got, err, want)
	}
	return nil
}

func secretIs(ctx context.Context, v *Vault, row, want string) error {
	if got, err := v.Get(ctx, "mail", row, "password"); err != nil || string(got) != want {
		return fmt.Errorf("secret %s: %q, %w", row, got, err)
	}
	return nil
}

// run runs a step in a session of its own below home.
func run(t *testing.T, home, step string, command ...string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command = append(command, self)
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Env = append(os.Environ(), stepVariable+"="+step, homeVariable+"="+home, "HOME="+home, "XDG_DATA_HOME="+home+"/data",
		"XDG_RUNTIME_DIR="+home+"/run", "XDG_CACHE_HOME="+home+"/cache", "XDG_CONFIG_HOME="+home+"/config", "DISPLAY=", "WAYLAND_DISPLAY=")
	if len(command) == 1 {
		cmd.Env = append(cmd.Env, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", step, err, out.String())
	}
}

func newHome(t *testing.T) string {
	t.Helper()
	home, err := os.MkdirTemp("", "kontor") // t.TempDir is too long for the keyring's socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	if err := os.MkdirAll(filepath.Join(home, "run"), 0o700); err != nil {
		t.Fatal(err)
	}
	return home
}

func TestRealKeyring(t *testing.T) {
	home := newHome(t)
	for _, step := range []string{"starts that keep nothing", "keep", "find again", "locked, then unlocked by the person", "find again", "emptied, then started over", "find again"} {
		if startsWithout[step] && !chosen().activated {
			continue // no bus starts the others
		}
		run(t, home, step, "dbus-run-session", "--")
	}
}

func TestNoKeyring(t *testing.T) { run(t, newHome(t), "absent") }
