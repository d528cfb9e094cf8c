package settings

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

func TestParseStart(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		env  string
		want Start
	}{
		{[]string{"--workspace", "/a/b"}, "", Start{Workspace: "/a/b"}},
		{[]string{"--workspace=/a=b/../c=d"}, "/env", Start{Workspace: "/c=d"}},
		{[]string{"--workspace", "rel"}, "", Start{Workspace: filepath.Join(here, "rel")}},
		{nil, "/env", Start{Workspace: "/env"}},
		{[]string{"--version"}, "/env", Start{Workspace: "/env", Version: true}},
		{[]string{"-h"}, "/env", Start{Workspace: "/env", Help: true}},
	} {
		got, err := ParseStart(c.args, func(string) string { return c.env })
		if err != nil || got != c.want {
			t.Errorf("%q: %+v, %v; want %+v", c.args, got, err, c.want)
		}
	}
	got, err := ParseStart(nil, func(string) string { return "" })
	if err != nil || filepath.Base(got.Workspace) != "kontor" || !filepath.IsAbs(got.Workspace) {
		t.Errorf("the system's own place: %+v, %v", got, err)
	}
}

// A desktop hands over one file, as its path or its address.
func TestAFileIsTaken(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	file, other := filepath.Join(dir, "mine of 2026.kontor-backup"), filepath.Join(dir, "b.kontor")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.WriteFile(other, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{file}, {filepath.Base(file)}, {"file://" + strings.ReplaceAll(file, " ", "%20")}, {"--workspace", "/w", file}, {file, "--workspace=/w"},
	} {
		got, err := ParseStart(args, func(string) string { return "/w" })
		if err != nil || got != (Start{Workspace: "/w", File: file}) {
			t.Errorf("%q: %+v, %v", args, got, err)
		}
	}
	for _, args := range [][]string{{file, other}, {file, file}, {file, "x"}, {file, ""}, {dir}, {file + "\x00"}, {"--", file}} {
		if got, err := ParseStart(args, func(string) string { return "/w" }); err == nil || got != (Start{}) {
			t.Errorf("%q: %+v, %v", args, got, err)
		}
	}
}

func TestUnknownArgumentsAreRefused(t *testing.T) {
	for _, args := range [][]string{
		{"--workspace"},
		{"--workspace="},
		{"--workspace", "--version"},
		{"--workspace", "a", "--workspace", "b"},
		{"--workspace=a\x00b"},
		{"workspace"},
		{"--work", "x"},
		{"-workspace", "x"},
		{"--Workspace", "x"},
		{"file:///etc/passwd"},
		{"kontor://open"},
		{"/etc/passwd"},
		{"--"},
		{""},
		{"--version=1"},
		{"--help", "x"},
		{strings.Repeat("x", 1<<16)},
	} {
		got, err := ParseStart(args, func(string) string { return "" })
		if err == nil || got != (Start{}) || len(err.Error()) > 200 {
			t.Errorf("%.60q: %+v, %v", args, got, err)
		}
	}
}

func FuzzParseStart(f *testing.F) {
	f.Add("--workspace", "/x", "--version")
	f.Add("--workspace=--help", "", "")
	f.Add("/x.kontor", "file:///x.kontor", "a.kontor-backup")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		s, err := ParseStart([]string{a, b, c}, func(string) string { return "" })
		if err == nil && (!filepath.IsAbs(s.Workspace) || s.File != "" && !filepath.IsAbs(s.File)) {
			t.Fatalf("%+v", s)
		}
	})
}

func TestRuntimeDirIsThePersonsOwn(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("XDG_RUNTIME_DIR", "/nonexistent")
	workspace := t.TempDir()
	dirs := RuntimeDirs(workspace)
	if len(dirs) != 2 || filepath.Dir(dirs[0]) != filepath.Clean(os.TempDir()) || filepath.Dir(dirs[1]) != workspace {
		t.Fatal(dirs)
	}
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	dirs = RuntimeDirs(workspace)
	if len(dirs) != 4 || filepath.Dir(dirs[0]) != os.Getenv("XDG_RUNTIME_DIR") {
		t.Fatal(dirs)
	}
	for _, dir := range dirs {
		if err := errors.Join(OwnDir(dir), OwnDir(dir)); err != nil {
			t.Error(err)
		}
	}
	if err := os.Chmod(dirs[0], 0o777); err != nil {
		t.Fatal(err)
	}
	if err := OwnDir(dirs[0]); err == nil && runtime.GOOS != "windows" {
		t.Error("a folder that all may write to is taken")
	}
	if err := errors.Join(os.Remove(dirs[1]), os.Symlink(t.TempDir(), dirs[1])); err != nil {
		t.Fatal(err)
	}
	if err := OwnDir(dirs[1]); err == nil {
		t.Error("a link to another folder is taken")
	}
}

func TestMakeWorkspaceIsForItsOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := MakeWorkspace(dir); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if info, err := os.Stat(d); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", d, info.Mode(), err)
		}
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := MakeWorkspace(file); err == nil {
		t.Error("a file is taken for a folder")
	}
}

func TestSystemLocale(t *testing.T) {
	for env, want := range map[string]string{
		"":                                      "en-GB",
		"LANG=de_CH.UTF-8":                      "de-CH",
		"LANG=de_DE.UTF-8":                      "de-DE",
		"LC_ALL=fr_CH.UTF-8 LANG=de_CH.UTF-8":   "fr-CH",
		"LANGUAGE=it LANG=de_CH.UTF-8":          "it-CH", // Swiss figures under Italian words
		"LANGUAGE=en LANG=de_CH.UTF-8":          "en-CH",
		"LANGUAGE=pt_BR:rm:fr_FR:de LANG=en_US": "fr-FR", // a list; the first that is spoken
		"LANGUAGE=pt_BR LANG=it_IT.UTF-8":       "it-IT",
		"LANG=en_US LC_MESSAGES=it_IT":          "it-IT",
		"LANG=de_CH LC_MESSAGES=it_IT":          "it-CH",
		"LANG=it_IT.UTF-8 LC_NUMERIC=de_CH":     "it-CH",
		"LC_ALL=C.UTF-8 LANG=de_CH.UTF-8":       "en-GB",
		"LC_ALL=POSIX":                          "en-GB",
		"LANG=C":                                "en-GB",
		"LANG=en_US.UTF-8":                      "en-GB", // nobody was asked
		"LANG=pt_BR.UTF-8":                      "en-GB",
		"LANG=ES":                               "es-ES",
		"LANG=de_LI@euro":                       "de-CH",
		"LANGUAGE=system LANG=system":           "en-GB",
		"LANGUAGE=:: LANG=fr-CH":                "fr-CH",
	} {
		getenv := func(name string) string {
			for pair := range strings.FieldsSeq(env) {
				if value, ok := strings.CutPrefix(pair, name+"="); ok {
					return value
				}
			}
			return ""
		}
		if got := SystemLocale(getenv).Tag(); got != want {
			t.Errorf("%s: %s, want %s", env, got, want)
		}
	}
}

// On Windows and macOS no variable tells the language: the system's own settings do, and a variable wins over them.
func TestTheSystemTellsTheFirstLanguage(t *testing.T) {
	for _, c := range []struct {
		languages, figures, variable, want string
	}{
		{"(\n    \"de-CH\",\n    en\n)\n", "de_CH", "", "de-CH"},
		{"(\n    \"pt-BR\",\n    \"fr-FR\"\n)\n", "fr_CH@currency=CHF", "", "fr-CH"},
		{"(\n    \"zh-Hans-CN\",\n    \"it-IT\"\n)\n", "", "", "it-IT"},
		{"(es)", "", "", "es-ES"},
		{"(\n    \"de-DE\"\n)\n", "de_DE", "it_CH.UTF-8", "it-CH"},
		{"(\n    \"pt-BR\"\n)\n", "pt_BR", "", "en-GB"},
		{"", "", "", "en-GB"},
	} {
		getenv := func(name string) string { return map[string]string{"LANG": c.variable}[name] }
		system := func() preferences { return preferences{propertyList(c.languages), c.figures} }
		if got := SystemLocale(environment(getenv, system)).Tag(); got != c.want {
			t.Errorf("%q, %q, %q: %s, want %s", c.languages, c.figures, c.variable, got, c.want)
		}
	}
}

func TestLocaleIsChosenApartInLanguageAndRegion(t *testing.T) {
	t.Setenv("LANGUAGE", "fr")
	t.Setenv("LC_ALL", "de_CH.UTF-8")
	s := NewStore(testkit.NewDB(t, nil))
	elena := testkit.As(t, access.External)
	for _, step := range []struct {
		ctx         context.Context
		name        Name
		value, want string // hers
	}{
		{t.Context(), Language, System, "fr-CH"},
		{t.Context(), Language, "it", "it-CH"},
		{elena, Language, "de", "de-CH"},
		{elena, Region, "AT", "de-AT"},
		{elena, Language, System, "fr-AT"},
		{elena, Region, System, "fr-CH"},
	} {
		if err := s.Save(step.ctx, step.name, step.value); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Locale(t.Context(), access.From(elena).AccountID); err != nil || got.Tag() != step.want {
			t.Errorf("%s=%s: %s, %v; want %s", step.name, step.value, got.Tag(), err, step.want)
		}
	}
	if got, err := (*Store)(nil).Locale(t.Context(), Workspace); err != nil || got.Tag() != "fr-CH" {
		t.Errorf("without a workspace: %s, %v", got.Tag(), err)
	}
}

func TestPreferences(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := NewStore(db)
	elena := testkit.As(t, access.External)
	want := func(what string, account string, name Name, want string) {
		t.Helper()
		if got, err := s.Get(t.Context(), account, name); err != nil || got != want {
			t.Errorf("%s: %s is %q, %v; want %q", what, name, got, err, want)
		}
	}
	for _, name := range Names() {
		want("at first", "account-1", name, choices[name][0])
		for _, value := range choices[name] {
			if err := s.Save(t.Context(), name, value); err != nil {
				t.Errorf("%s=%s: %v", name, value, err)
			}
			want("after saving", Workspace, name, value)
			want("follows the workspace", "account-1", name, value)
		}
		for _, value := range []string{"", "DARK", "xx", "../x", "<b>"} {
			err := s.Save(elena, name, value)
			var f *fault.Error
			if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != string(name) || f.Fields[0].Code != "not_a_choice" {
				t.Errorf("%s=%q: %v", name, value, err)
			}
		}
	}
	if err := s.Save(elena, Theme, "dark"); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), Theme, "light"); err != nil {
		t.Fatal(err)
	}
	want("her own", "account-1", Theme, "dark")
	want("somebody else's", "account-2", Theme, "light")
	if all, err := s.All(elena); err != nil || all[Theme] != "dark" || all[Language] != "en" || all[Sidebar] != "collapsed" {
		t.Errorf("all: %v, %v", all, err)
	}
	testkit.Exec(t, db, "UPDATE setting SET value = 'sepia'")
	want("of a newer program", "account-1", Theme, System)

	if err := s.Save(elena, "password", "x"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a name that is not on the list: %v", err)
	}
	if _, err := s.Get(t.Context(), "", "password"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a name that is not on the list: %v", err)
	}
	err := db.Write(t.Context(), func(tx *sqlite.Tx) error {
		return errors.Join(s.Set(t.Context(), tx, "", Theme, "dark"), errors.New("rolled back"))
	})
	if err == nil {
		t.Fatal("no error")
	}
	want("after a failure", "", Theme, System)
}

func TestAnAreaKeepsTextsOfItsOwn(t *testing.T) {
	db := testkit.NewDB(t, nil)
	testkit.Seed(t, db)
	s := NewStore(db)
	account := access.From(testkit.As(t, access.LegalRepresentative)).AccountID
	for _, text := range []string{"first", "second"} {
		if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.SetText(t.Context(), tx, account, "draft", text) }); err != nil {
			t.Fatal(err)
		}
	}
	for who, want := range map[string]string{account: "second", Workspace: ""} {
		if got, err := s.Text(t.Context(), db.Reader(), who, "draft"); got != want || err != nil {
			t.Errorf("%q of %q, %v; want %q", got, who, err, want)
		}
	}
	err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.SetText(t.Context(), tx, account, string(Theme), "plaid") })
	if err == nil {
		t.Error("a preference was set as the text of an area")
	}
}
