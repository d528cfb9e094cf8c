package app_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/frame"
	"kontor/internal/flow/home"
)

func TestMain(m *testing.M) {
	keyring.MockInit()
	session.HashParams.Memory, session.HashParams.Iterations = 64, 1 // what a hash has to cost is internal/area/session's to test
	if dir := os.Getenv(crashDir); dir != "" {
		crashChild(dir)
	}
	if dir := os.Getenv(killedDir); dir != "" {
		killedChild(dir)
	}
	if dir := os.Getenv(turnsDir); dir != "" {
		turnsChild(dir)
	}
	m.Run()
}

type services struct {
	app     *app.App
	system  *app.SystemService
	home    *home.Window
	session *session.Window
	frame   *frame.Window
	first   *firststart.Window
}

func start(t *testing.T, dir string) services {
	t.Helper()
	return startedAs(t, app.Options{Workspace: dir, Version: "test"})
}

func startedAs(t *testing.T, o app.Options) services {
	t.Helper()
	a := app.New(o)
	t.Cleanup(a.Shutdown)
	return services{
		a, testkit.Bound[*app.SystemService](a), testkit.Bound[*home.Window](a), testkit.Bound[*session.Window](a),
		testkit.Bound[*frame.Window](a), testkit.Bound[*firststart.Window](a),
	}
}

// opened opens a workspace; a new one begins with an empty file that is migrated already.
func opened(t *testing.T, dir string) services {
	t.Helper()
	file := filepath.Join(dir, "kontor.db")
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		testkit.EmptyDB(t, file)
	}
	s := start(t, dir)
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func begin(t *testing.T, s services, stay bool) {
	t.Helper()
	codes, err := s.first.Begin(firststart.BeginInput{
		FirstName: "Elena", LastName: "Bernasconi", LoginEmail: "elena@ponteri.example", Language: "it",
		OrganizationName: "Studio Ponteri SA", Country: "CH", Password: "correct horse battery", Stay: stay,
	})
	if err != nil || len(codes.Codes) != 10 {
		t.Fatal(codes, err)
	}
}

func current(t *testing.T, s services) frame.CurrentView {
	t.Helper()
	v, err := s.frame.Current()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestNewOpensNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	s := start(t, dir)
	if _, err := s.frame.Current(); fault.ReasonOf(err) != "not_open" {
		t.Errorf("a call before Open: %v", err)
	}
	if v := s.system.State(); !strings.Contains(v.Fault, "not_open") {
		t.Errorf("state %+v", v)
	}
	if found, _ := filepath.Glob(dir + "*"); len(found) != 0 {
		t.Errorf("New made %v", found)
	}
}

func TestFromTheFirstStartToTheNext(t *testing.T) {
	dir := t.TempDir()
	s := start(t, dir)
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); v.SignedIn || v.AnyAccount {
		t.Fatalf("an empty workspace: %+v", v)
	}
	if _, err := s.home.Board(); err == nil {
		t.Error("nobody may look at Home")
	}
	begin(t, s, true)
	v := current(t, s)
	if !v.SignedIn || v.FirstName != "Elena" || len(v.Organizations) != 1 || v.Organizations[0].Currency != "CHF" ||
		v.Organizations[0].Role != "legal_representative" || len(v.Capabilities) < 10 {
		t.Fatalf("after the first start: %+v", v)
	}
	s.app.Shutdown()

	s = opened(t, dir)
	if v := current(t, s); !v.SignedIn {
		t.Fatalf("did not stay signed in: %+v", v)
	}
	if err := s.session.SignOut(); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); v.SignedIn || !v.AnyAccount {
		t.Errorf("after signing out: %+v", v)
	}
	if err := s.session.SignIn("elena@ponteri.example", "correct horse battery", false); err != nil {
		t.Error(err)
	}
}

func TestTheSampleIsAWorkspaceOfItsOwn(t *testing.T) {
	s := opened(t, t.TempDir())
	if err := s.system.LeaveSample(true); fault.ReasonOf(err) != "not_sample" {
		t.Errorf("leaving what was not entered: %v", err)
	}
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); !v.SignedIn || len(v.Organizations) != 3 || !s.system.State().Sample {
		t.Fatalf("in the sample: %+v", v)
	}
	board, err := s.home.Board()
	if err != nil {
		t.Fatal(err)
	}
	lines := board.Lines
	if !slices.ContainsFunc(lines, func(l home.LineView) bool {
		return l.Kind == "session_unusual" && l.Params["device"] == "DESKTOP-7K2Q" && l.Route == "/session"
	}) {
		t.Errorf("Home does not tell of the unusual session: %+v", lines)
	}
	if err := s.system.LeaveSample(true); err != nil {
		t.Fatal(err)
	}
	if v := current(t, s); v.SignedIn || v.AnyAccount || s.system.State().Sample {
		t.Errorf("back in the own workspace: %+v", v)
	}
	if left, _ := filepath.Glob(filepath.Join(s.system.State().Workspace, "sample")); len(left) != 0 {
		t.Error("the sample was not erased")
	}
}

func TestStrengthTellsWeakFromStrong(t *testing.T) {
	s := opened(t, t.TempDir())
	weak, err := s.session.Strength("elena2026", []string{"Elena"})
	if err != nil {
		t.Fatal(err)
	}
	strong, err := s.session.Strength("seven quiet larches near the pass", []string{"Elena"})
	if err != nil || weak.Score >= strong.Score {
		t.Errorf("weak %+v, strong %+v, %v", weak, strong, err)
	}
	if _, err := s.session.Strength(strings.Repeat("x", 1<<20), nil); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a megabyte: %v", err)
	}
}

func TestAPanicBecomesAnError(t *testing.T) {
	s := opened(t, t.TempDir())
	done := make(chan error, 1)
	go func() { done <- app.Panic(s.app) }()
	select {
	case err := <-done:
		if fault.JSON(err) != `{"code":"internal"}` || !strings.Contains(err.Error(), "on purpose") {
			t.Errorf("the window sees %s, the log %v", fault.JSON(err), err)
		}
	case <-time.After(testkit.Patience(5 * time.Second)):
		t.Fatal("the call never came back")
	}
	current(t, s) // and the next call works
}

// What crosses to the window has no null where it expects a list.
func TestViewsHaveNoNullLists(t *testing.T) {
	s := opened(t, t.TempDir())
	for name, view := range map[string]any{"signed out": current(t, s), "system": s.system.State()} {
		text, err := json.Marshal(view)
		if err != nil || strings.Contains(string(text), "null") {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
}

func TestAWorkspaceIsOpenedAgainOnceItIsRight(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "kontor.db")
	if err := os.WriteFile(file, []byte("no database at all, but long enough to be taken for one"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	if err := s.app.Open(t.Context()); err == nil {
		t.Fatal("opened what is no workspace")
	}
	if !strings.Contains(s.system.State().Fault, "workspace_damaged") {
		t.Fatalf("fault %q, want a damaged workspace", s.system.State().Fault)
	}
	if err := s.system.Reopen(); fault.ReasonOf(err) != "workspace_damaged" {
		t.Errorf("still damaged: %v", err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := s.system.Reopen(); err != nil {
		t.Fatal(err)
	}
	if got := s.system.State().Fault; got != "" {
		t.Errorf("fault %q after the file was put right", got)
	}
	if err := s.system.Reopen(); err != nil {
		t.Errorf("an open workspace: %v", err)
	}
}
