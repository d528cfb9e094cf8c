package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/flow/safety"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

func TestDamagedWorkspaceIsRestoredFromACopy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	s := opened(t, dir)
	begin(t, s, false)
	if _, err := s.system.Copies(); fault.ReasonOf(err) != "workspace_open" {
		t.Fatalf("while it is open: %v", err)
	}
	s.app.Shutdown()
	file, name := filepath.Join(dir, "kontor.db"), "before-update-20261120T120000.000.db"
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.CopyTo(t.Context(), filepath.Join(dir, "copies", name)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Repeat([]byte("damaged "), 1000)
	if err := os.WriteFile(file, damaged, 0o600); err != nil {
		t.Fatal(err)
	}

	next := start(t, dir)
	if err := next.app.Open(t.Context()); fault.ReasonOf(err) != sqlite.ReasonDamaged {
		t.Fatal(err)
	}
	if state := next.system.State(); state.Fault == "" || state.Workspace != dir {
		t.Errorf("%+v", state)
	}
	copies, err := next.system.Copies()
	want := safety.CopyView{Name: name, At: "2026-11-20T12:00:00Z"}
	if err != nil || len(copies) != 1 || copies[0].Name != want.Name || copies[0].At != want.At || copies[0].Size == "0" {
		t.Fatalf("%+v, %v", copies, err)
	}
	for _, hostile := range []string{"", "../kontor.db", "/etc/passwd", "../copies/" + name, name + "/"} {
		if _, err := next.system.RestoreCopy(hostile, ""); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: %v", hostile, err)
		}
	}
	if state, err := next.system.RestoreCopy(name, ""); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if state := next.system.State(); state.Fault != "" {
		t.Errorf("after it was restored: %+v", state)
	}
	aside, err := filepath.Glob(file + ".before-restore-*")
	if err != nil || len(aside) == 0 {
		t.Fatalf("the damaged file was not kept: %v", err)
	}
	if b, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(b, damaged) {
		t.Errorf("the damaged file was changed (%v)", err)
	}
}

// The window opens in the colour of its page, and can speak where there is no page.
func TestWindowKnowsThemeAndLanguageBeforeItsPage(t *testing.T) {
	t.Setenv("LANGUAGE", "de_CH")
	dir := t.TempDir()
	closed := start(t, dir)
	if theme, language := closed.app.Theme(t.Context()), closed.app.Language(t.Context()); theme != "light" || language != "de" {
		t.Errorf("without a workspace: %s, %s", theme, language)
	}
	set := &settings.Window{}
	for _, s := range closed.app.Services() {
		if found, ok := s.(*settings.Window); ok {
			set = found
		}
	}
	if err := closed.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, value, theme, language string }{
		{"painted", "dark", "dark", "de"}, // the theme is still the system's
		{"theme", "contrast", "contrast", "de"},
		{"language", "fr", "contrast", "fr"},
		{"theme", "system", "dark", "fr"},
	} {
		if _, err := set.Set(c.name, c.value); err != nil {
			t.Fatal(err)
		}
		if theme, language := closed.app.Theme(t.Context()), closed.app.Language(t.Context()); theme != c.theme || language != c.language {
			t.Errorf("after %s=%s: %s, %s; want %s, %s", c.name, c.value, theme, language, c.theme, c.language)
		}
	}
}
