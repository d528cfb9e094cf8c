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

	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/archive"
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
