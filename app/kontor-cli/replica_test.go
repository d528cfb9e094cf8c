package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/app"
	places "kontor/internal/area/organization"
	"kontor/internal/area/session"
	"kontor/internal/dev/testkit"
	"kontor/internal/dev/testkit/sshd"
	keeping "kontor/internal/flow/replica"
)

// prepared opens the workspace in a window, as its person, for what the command line does not do.
func prepared(t *testing.T, dir string, do func(a *app.App)) {
	t.Helper()
	a := app.New(app.Options{Workspace: dir, Version: "test"})
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer a.Shutdown()
	if err := testkit.Bound[*session.Window](a).SignIn("elena@ponteri.example", "correct horse battery", false); err != nil {
		t.Fatal(err)
	}
	do(a)
}

// What changed is sent by a script, the place says who writes, and another computer's script takes over.
func TestAScriptSendsAndTakesOver(t *testing.T) {
	session.HashParams.Memory, session.HashParams.Iterations = 64, 1
	keyring.MockInit()
	t.Cleanup(func() { keyring.MockInitWithError(errors.New("there is no bus")) })
	server := sshd.Serve(t)
	dir, place, other := person(t), server.Address("Kontor"), filepath.Join(t.TempDir(), "other")
	known := []string{"take", place, "--user", sshd.User, "--fingerprint", server.Fingerprint(), "--passphrase-stdin"}
	const phrase = "larice pontile vela brina"
	signed := []string{"--email", "elena@ponteri.example", "--password-stdin"}
	in := func(args ...string) (int, string, string) {
		return say(t, "correct horse battery\n", append(append([]string{"--workspace", dir}, args...), signed...)...)
	}
	if code, _, messages := in("replica", "push"); code != exitMissing {
		t.Errorf("nothing is set: %d %s", code, messages)
	}
	if code, out, messages := in("replica", "status", "--format", "csv"); code != exitDone || !strings.Contains(out, "false") {
		t.Errorf("nothing is set: %d %s%s", code, out, messages)
	}
	prepared(t, dir, func(a *app.App) {
		if _, err := testkit.Bound[*keeping.Window](a).Set(keeping.PlaceView{Address: place, Password: sshd.Password, Fingerprint: server.Fingerprint()}, phrase, phrase); err != nil {
			t.Fatal(err)
		}
		if code, _, messages := in("replica", "push"); code != exitBusy {
			t.Errorf("beside a window, which sends by itself: %d %s", code, messages)
		}
	})
	if code, out, messages := in("replica", "push"); code != exitDone || !strings.Contains(out, place) {
		t.Fatalf("%d %s%s", code, out, messages)
	}
	host, _ := os.Hostname()
	if code, out, messages := in("replica", "status"); code != exitDone || !strings.Contains(out, host) || !strings.Contains(out, place) {
		t.Errorf("%d %s%s", code, out, messages)
	}
	for _, step := range []struct {
		in   string
		args []string
		code int
		says string
	}{
		{sshd.Password + "\nanother passphrase\n", known, exitRefused, ""},
		{sshd.Password + "\n" + phrase + "\n", []string{"take", place, "--user", sshd.User, "--passphrase-stdin"}, exitRefused, server.Fingerprint()},
		{phrase + "\n", []string{"take", place, "--fingerprint", "12:34", "--passphrase-stdin"}, exitRefused, "SHA256:"},
		{phrase + "\n", []string{"take", t.TempDir(), "--passphrase-stdin"}, exitMissing, ""},
		{phrase + "\n", []string{"take", "nowhere", "--passphrase-stdin"}, exitRefused, ""},
		{"pw\n" + phrase + "\n", []string{"take", "http://127.0.0.1:1/x", "--user", "elena", "--passphrase-stdin"}, exitAway, ""},
		{sshd.Password + "\n" + phrase + "\n", known, exitFailed, "With --yes"},
		{sshd.Password + "\n" + phrase + "\n", append(known, "--yes"), exitDone, "organizations"},
	} {
		code, out, messages := say(t, step.in, append([]string{"--workspace", other, "replica"}, step.args...)...)
		if code != step.code || !strings.Contains(out+messages, step.says) {
			t.Errorf("%v: %d\n%s%s", step.args, code, out, messages)
		}
	}
	if code, _, messages := in("replica", "push"); code != exitBusy {
		t.Errorf("the other computer writes now: %d %s", code, messages)
	}
	dir = other
	if code, out, messages := in("replica", "push"); code != exitDone || !strings.Contains(out, place) {
		t.Errorf("the other computer knows where it comes from: %d %s%s", code, out, messages)
	}
	if code, _, messages := say(t, "", "--workspace", other, "verify"); code != exitDone {
		t.Errorf("%d %s", code, messages)
	}
	keyring.MockInitWithError(errors.New("there is no bus"))
	if code, _, messages := in("replica", "push"); code != exitBusy || !strings.Contains(messages, "keyring") {
		t.Errorf("without what opens it: %d %s", code, messages)
	}
}

// A command acts in the organization that it names, whatever the session shows; in no other than the person's.
func TestACommandNamesItsOrganization(t *testing.T) {
	session.HashParams.Memory, session.HashParams.Iterations = 64, 1
	dir := person(t)
	prepared(t, dir, func(a *app.App) {
		if _, err := testkit.Bound[*places.Window](a).Create("Larice Sagl", "CH"); err != nil {
			t.Fatal(err)
		}
	})
	in := func(args ...string) (int, string, string) {
		return say(t, "correct horse battery\n", append(append([]string{"--workspace", dir}, args...), "--email", "elena@ponteri.example", "--password-stdin")...)
	}
	for named, wants := range map[string]string{"larice SAGL": "Larice Sagl", "Studio Ponteri SA": "Studio Ponteri SA"} {
		code, out, messages := in("journal", "search", "--scope", "organization", "--organization", named)
		if code != exitDone || !strings.Contains(out, wants) {
			t.Errorf("%s: %d %s%s", named, code, out, messages)
		}
		for _, other := range []string{"Larice Sagl", "Studio Ponteri SA"} {
			if other != wants && strings.Contains(out, other) {
				t.Errorf("%s tells of %s: %s", named, other, out)
			}
		}
	}
	for _, args := range [][]string{{"clients", "list"}, {"quote", "list"}, {"export", "clients", "--out", filepath.Join(t.TempDir(), "a.csv")}} {
		code, _, messages := in(append(args, "--organization", "somebody else's")...)
		if code != exitMissing || !strings.Contains(messages, "organization list") {
			t.Errorf("%v: %d %s", args, code, messages)
		}
	}
	prepared(t, dir, func(a *app.App) {
		if _, err := testkit.Bound[*places.Window](a).Create("LARICE sagl", "CH"); err != nil {
			t.Fatal(err)
		}
	})
	code, _, messages := in("clients", "list", "--organization", "Larice Sagl")
	if code != exitFailed || !strings.Contains(messages, "id") {
		t.Errorf("of two with a name: %d %s", code, messages)
	}
}
