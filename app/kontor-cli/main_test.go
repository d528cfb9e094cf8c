package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/session"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/host/archive"
	"kontor/internal/host/sqlite"
)

func TestMain(m *testing.M) {
	keyring.MockInitWithError(errors.New("there is no bus")) // a bare machine
	archive.WorkFactor = 2
	m.Run()
}

// say runs the program as a script does and returns its exit code, output and messages.
func say(t *testing.T, in string, args ...string) (code int, out, messages string) {
	t.Helper()
	var o, e bytes.Buffer
	c := &command{out: &o, err: &e, in: strings.NewReader(in), getenv: func(string) string { return "" }, locale: words.In("en", ""), args: args}
	code = c.run(context.Background())
	return code, o.String(), e.String()
}

func TestTheWayOfAWorkspace(t *testing.T) {
	dir, other := filepath.Join(t.TempDir(), "w"), filepath.Join(t.TempDir(), "o")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	const phrase = "larice pontile vela brina\n"
	file := filepath.Join(t.TempDir(), "a.kontor-backup")
	for _, step := range []struct {
		in   string
		args []string
		code int
		says string
	}{
		{"", []string{"--workspace", dir, "doctor"}, exitDone, "database  ok"},
		{"", []string{"--workspace", dir, "verify"}, exitDone, "journal   ok"},
		{"short\n", []string{"--workspace", dir, "backup", file, "--passphrase-stdin"}, exitRefused, "At least 12"},
		{phrase, []string{"--workspace", dir, "backup", file, "--passphrase-stdin"}, exitDone, file},
		{phrase, []string{"verify", file, "--passphrase-stdin"}, exitDone, "pictures  0"},
		{"another passphrase\n", []string{"verify", file, "--passphrase-stdin"}, exitRefused, "wrong"},
		{phrase, []string{"--workspace", other, "restore", file, "--passphrase-stdin"}, exitFailed, "With --yes"},
		{phrase, []string{"--workspace", other, "restore", file, "--passphrase-stdin", "--yes"}, exitDone, "organizations"},
		{"", []string{"--workspace", other, "verify"}, exitDone, "ok"},
		{"", []string{"--workspace", filepath.Join(other, "x"), "verify"}, exitMissing, ""},
		{"", []string{"verify", "--format", "xml"}, exitUsage, "xml"},
		{"", []string{"simulat"}, exitUsage, "simulat"},
		{"", []string{"backup"}, exitUsage, ""},
		{"", []string{"--lang", "de", "--help"}, exitDone, "Befehlszeile"},
		{"", []string{"completion", "bash"}, exitDone, "kontor-cli"},
	} {
		code, out, messages := say(t, step.in, step.args...)
		if code != step.code || !strings.Contains(out+messages, step.says) {
			t.Errorf("%v: %d\n%s%s", step.args, code, out, messages)
		}
	}
	_, out, _ := say(t, "", "--workspace", other, "doctor", "--format", "json")
	var got struct {
		Version int              `json:"version"`
		Items   []map[string]any `json:"items"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.Version != 1 || got.Items[0]["database"] != "ok" || strings.Contains(out, other) {
		t.Errorf("%s, %v", out, err)
	}
	if err := os.WriteFile(filepath.Join(other, "kontor.db"), bytes.Repeat([]byte("no database"), 999), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := say(t, "", "--workspace", other, "verify"); code != exitDamaged || !strings.Contains(out, "workspace_damaged") {
		t.Errorf("%d %s", code, out)
	}
}

// person makes a workspace with somebody's account in it, who is in an organization with clients and quotes.
func person(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "w")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	a := app.New(app.Options{Workspace: dir, Version: "test"})
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer a.Shutdown()
	if _, err := testkit.Bound[*firststart.Window](a).Begin(firststart.BeginInput{
		FirstName: "=Elena", LastName: "Ponteri", LoginEmail: "elena@ponteri.example", Language: "it",
		OrganizationName: "Studio Ponteri SA", Country: "CH", Password: "correct horse battery",
	}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// living is how many sessions of the command line have not ended.
func living(t *testing.T, dir string) int {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kontor.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return testkit.Count(t, db, "SELECT count(*) FROM session WHERE ended_at IS NULL AND device LIKE '%kontor-cli'")
}

func TestAPersonOnTheCommandLine(t *testing.T) {
	session.HashParams.Memory, session.HashParams.Iterations = 64, 1
	dir := person(t)
	const password = "correct horse battery\n"
	in := func(stdin string, args ...string) (int, string, string) {
		return say(t, stdin, append([]string{"--workspace", dir}, args...)...)
	}
	if code, _, messages := in("", "clients", "list"); code != exitBusy || !strings.Contains(messages, "--password-stdin") {
		t.Errorf("without a keyring: %d %s", code, messages)
	}
	if code, out, messages := in(password, "quote", "list", "--email", "elena@ponteri.example", "--password-stdin"); code != exitDone || !strings.Contains(out, "Valid until") {
		t.Errorf("for one command: %d %s%s", code, out, messages)
	}
	keyring.MockInit()
	t.Cleanup(func() { keyring.MockInitWithError(errors.New("there is no bus")) })
	if code, _, messages := in("", "journal", "search"); code != exitRefused || !strings.Contains(messages, "kontor-cli login") {
		t.Errorf("nobody: %d %s", code, messages)
	}
	if code, _, _ := in("wrong\n", "login", "--email", "elena@ponteri.example", "--password-stdin"); code != exitRefused {
		t.Errorf("a wrong password: %d", code)
	}
	if code, _, messages := in(password, "login", "--email", "elena@ponteri.example", "--password-stdin"); code != exitDone {
		t.Fatal(code, messages)
	}
	if code, _, messages := in(password, "login", "--email", "elena@ponteri.example", "--password-stdin"); code != exitDone {
		t.Fatal(code, messages)
	}
	if alive := living(t, dir); alive != 1 {
		t.Errorf("%d sessions live after signing in twice", alive)
	}
	count := func() int {
		_, out, _ := in("", "doctor", "--json")
		var got struct{ Items []struct{ Entries int } }
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err, out)
		}
		return got.Items[0].Entries
	}
	before := count()
	for _, step := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"quote", "list", "--json"}, exitDone, `"items": []`},
		{[]string{"quote", "list", "--format", "csv", "--lang", "it"}, exitDone, "Organizzazione"},
		{[]string{"expiry", "--format", "csv", "--lang", "de"}, exitDone, "Organisation"},
		{[]string{"clients", "list", "--lang", "de"}, exitDone, "Kunde"},
		{[]string{"clients", "list", "--lang", "fr", "--format", "csv"}, exitDone, "Client"},
		{[]string{"expiry", "--within", "30d"}, exitDone, "Who pays"},
		{[]string{"expiry", "--within", "soon"}, exitUsage, "soon"},
		{[]string{"journal", "search", "--limit", "3", "--scope", "organization"}, exitDone, "Elena"},
		{[]string{"journal", "search", "--format", "csv"}, exitDone, "'=Elena"},
		{[]string{"journal", "search", "--lang", "it"}, exitDone, "Persona"},
		{[]string{"quote", "export", "none", "--out", filepath.Join(dir, "q.pdf")}, exitMissing, ""},
		{[]string{"quote", "export", "none"}, exitUsage, "--out"},
	} {
		if code, out, messages := in("", step.args...); code != step.code || !strings.Contains(out+messages, step.says) {
			t.Errorf("%v: %d\n%s%s", step.args, code, out, messages)
		}
	}
	for range testkit.Rounds(1000) / 20 {
		if code, _, messages := in("", "journal", "search", "Elena"); code != exitDone {
			t.Fatal(code, messages)
		}
	}
	if after := count(); after != before {
		t.Errorf("looking wrote %d entries", after-before)
	}
	if code, _, messages := in("a passphrase\n", "kit", filepath.Join(dir, "kontor.db"), "--passphrase-stdin"); code != exitRefused || !strings.Contains(messages, "kit") {
		t.Errorf("no kit: %d %s", code, messages)
	}
	moved := filepath.Join(t.TempDir(), "studio.kontor-organization")
	const phrase = "larice pontile vela brina\n"
	for _, step := range []struct {
		in   string
		args []string
		code int
		says string
	}{
		{"", []string{"organization", "list"}, exitDone, "Studio Ponteri SA"},
		{"wrong\n" + phrase, []string{"organization", "export", "--out", moved, "--password-stdin"}, exitRefused, ""},
		{password + phrase, []string{"organization", "export", "--password-stdin"}, exitUsage, "--out"},
		{password + phrase, []string{"organization", "export", "--out", moved, "--password-stdin"}, exitDone, "studio"},
		{phrase, []string{"organization", "import", moved, "--password-stdin"}, exitDone, "With --yes"},
		{phrase, []string{"organization", "import", moved, "--password-stdin", "--yes"}, exitFailed, "already"},
		{phrase, []string{"organization", "import", filepath.Join(dir, "kontor.db"), "--password-stdin"}, exitRefused, ""},
	} {
		if code, out, messages := in(step.in, step.args...); code != step.code || !strings.Contains(out+messages, step.says) {
			t.Errorf("%v: %d\n%s%s", step.args, code, out, messages)
		}
	}
	file := filepath.Join(t.TempDir(), "all.jsonl")
	if code, out, messages := in("", "journal", "export", "--out", file); code != exitDone || !strings.Contains(out, "all.jsonl") {
		t.Errorf("%d %s%s", code, out, messages)
	}
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		t.Errorf("%v %v", info, err)
	}
	if code, _, messages := in("", "logout"); code != exitDone {
		t.Error(code, messages)
	}
	if code, _, _ := in("", "clients", "list"); code != exitRefused {
		t.Errorf("after logout: %d", code)
	}
}

func TestWhatAPartnerPaysWithoutAWorkspace(t *testing.T) {
	args := []string{"simulate", "--product", "Web hosting", "--quantity", "35", "--currency", "CHF", "--partner", "20", "--degressive", "25", "--json"}
	code, out, messages := say(t, "", args...)
	var got struct {
		Items []struct{ Quantity, Currency, Public, Preferential string }
	}
	if err := json.Unmarshal([]byte(out), &got); code != exitDone || err != nil || got.Items[0].Public != "347.20" || got.Items[0].Preferential != "208.32" {
		t.Errorf("%d %s%s %v", code, out, messages, err)
	}
	for _, step := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"simulate"}, exitDone, "Web hosting"},
		{[]string{"simulate", "--product", "hosting web", "--lang", "it"}, exitDone, "CHF"},
		{[]string{"simulate", "--product", "web h", "--format", "csv", "--lang", "de-DE"}, exitDone, "CHF;"},
		{[]string{"simulate", "--product", "nothing"}, exitRefused, "offered"},
		{[]string{"simulate", "--product", "Web hosting", "--quantity", "many"}, exitRefused, ""},
	} {
		if code, out, messages := say(t, "", step.args...); code != step.code || !strings.Contains(out+messages, step.says) {
			t.Errorf("%v: %d\n%s%s", step.args, code, out, messages)
		}
	}
}
