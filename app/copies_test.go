package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/safety"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

const hers = "correct horse battery"

// backUp makes a copy as the page does, and returns the list.
func backUp(t *testing.T, s services) safety.OverviewView {
	t.Helper()
	w, jobs := testkit.Bound[*safety.Window](s.app), testkit.Bound[*bridge.JobWindow](s.app)
	job, err := w.Make()
	if err != nil {
		t.Fatal(err)
	}
	for job.State == "running" {
		time.Sleep(time.Millisecond)
		if job, err = jobs.Get(job.ID); err != nil {
			t.Fatal(err)
		}
	}
	if job.State != "done" {
		t.Fatalf("%+v", job)
	}
	v, err := w.Get()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestACopyIsPutBackWhileTheWorkspaceIsOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	s := opened(t, dir)
	begin(t, s, true)
	made := backUp(t, s).Copies[0]
	if made.Why != "asked" || made.Size == "0" {
		t.Fatalf("%+v", made)
	}
	if _, err := testkit.Bound[*organization.Window](s.app).Create("Libreria Bottini", "CH"); err != nil {
		t.Fatal(err)
	}
	w := testkit.Bound[*safety.Window](s.app)
	list, err := w.Compare(made.Name)
	if err != nil || len(list) < 5 {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, d := range list {
		want := map[string]string{"clients": "0", "organizations": "1"}[d.Kind]
		if want != "" && d.Lost != want {
			t.Errorf("%+v", d)
		}
	}
	if _, err := s.system.RestoreCopy(made.Name, "wrong"); fault.CodeOf(err) != fault.Invalid {
		t.Fatalf("a wrong password: %v", err)
	}
	if state, err := s.system.RestoreCopy(made.Name, hers); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if v := current(t, s); v.SignedIn || !v.AnyAccount {
		t.Errorf("somebody is signed in, or nobody is there: %+v", v)
	}
	if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	after, err := w.Get()
	if err != nil || len(after.Copies) != 2 || after.Copies[0].Why != "before-restore" {
		t.Fatalf("what was there is not kept: %+v, %v", after, err)
	}
	if list, err = w.Compare(after.Copies[0].Name); err != nil || list[0].Kind != "organizations" || list[0].Now != "1" || list[0].Then != "2" {
		t.Errorf("%+v, %v", list, err)
	}
	if after, err = w.Drop(made.Name); err != nil || len(after.Copies) != 1 {
		t.Errorf("%+v, %v", after, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "kontor.db.*restor*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Damage that is met at work closes the workspace, and its copies are offered.
func TestDamageThatIsMetAtWorkOffersTheCopies(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	s := opened(t, dir)
	begin(t, s, false)
	made := backUp(t, s).Copies[0]
	changed := make(chan struct{}, 8)
	s.app.Startup(func(name string, _ ...any) {
		if name == "workspace:changed" {
			changed <- struct{}{}
		}
	}, nil)
	s.app.Shutdown() // everything is in the file
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "kontor.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for page := 8; page < len(whole)/4096; page++ { // all but what has been read already
		copy(whole[page*4096:], bytes.Repeat([]byte{0xa5}, 4096))
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 50 { // whatever is asked first that is not in memory
		_ = s.session.SignIn("elena@ponteri.example", hers, false)
		_, _ = s.frame.Current()
		if strings.Contains(s.system.State().Fault, sqlite.ReasonDamaged) {
			break
		}
	}
	<-changed
	if state := s.system.State(); !strings.Contains(state.Fault, sqlite.ReasonDamaged) {
		t.Fatalf("%+v", state)
	}
	if copies, err := s.system.Copies(); err != nil || len(copies) != 1 || copies[0] != made {
		t.Fatalf("%+v, %v", copies, err)
	}
	if state, err := s.system.RestoreCopy(made.Name, ""); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Error(err)
	}
}

// A database that is gone is no new workspace, wherever there is a trace of it.
func TestADatabaseThatIsGoneIsSaid(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	testkit.EmptyDB(t, whole)
	for name, trace := range map[string]string{
		"a copy": "copies/daily-20261120T120000.000.db", "a picture": "pictures/profile/abc", "a log of changes": "kontor.db-wal", "a key": "vault.key",
		"a closed one": "kontor.db.closed", "the program's log": "logs/kontor.log", "an older log": "logs/kontor-2026-11-20T12-00-00.000.log",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			content := []byte(`{"time":"2026-11-20T12:00:00Z","level":"INFO","msg":"the workspace is open"}`)
			if strings.HasPrefix(trace, "copies") {
				content, _ = os.ReadFile(whole)
			}
			if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(dir, trace)), 0o700), os.WriteFile(filepath.Join(dir, trace), content, 0o600)); err != nil {
				t.Fatal(err)
			}
			s := start(t, dir)
			if err := s.app.Open(t.Context()); fault.ReasonOf(err) != "workspace_missing" {
				t.Fatal(err)
			}
			if _, err := os.Stat(filepath.Join(dir, "kontor.db")); !errors.Is(err, os.ErrNotExist) {
				t.Error("one was made nevertheless")
			}
			copies, err := s.system.Copies()
			if err != nil || (len(copies) == 1) != (name == "a copy") {
				t.Errorf("%+v, %v", copies, err)
			}
			if name == "a copy" {
				if state, err := s.system.RestoreCopy(copies[0].Name, ""); err != nil || state.Fault != "" {
					t.Errorf("%+v, %v", state, err)
				}
				return
			}
			if state, err := s.system.StartAnew(); err != nil || state.Fault != "" {
				t.Errorf("%+v, %v", state, err)
			}
			if _, err := s.system.StartAnew(); fault.CodeOf(err) != fault.Conflict {
				t.Errorf("twice: %v", err)
			}
		})
	}
}

func TestAnEmptyFileAndAFolderAreSaid(t *testing.T) {
	for reason, make := range map[string]func(string) error{
		sqlite.ReasonEmpty:  func(path string) error { return os.WriteFile(path, nil, 0o600) },
		sqlite.ReasonFolder: func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		dir := t.TempDir()
		if err := make(filepath.Join(dir, "kontor.db")); err != nil {
			t.Fatal(err)
		}
		s := start(t, dir)
		if err := s.app.Open(t.Context()); fault.ReasonOf(err) != reason {
			t.Fatal(err)
		}
		if state, err := s.system.StartAnew(); err != nil || state.Fault != "" {
			t.Errorf("%s: %+v, %v", reason, state, err)
		}
		if kept, _ := filepath.Glob(filepath.Join(dir, "kontor.db.set-aside-*")); len(kept) != 1 {
			t.Errorf("%s: what was there is gone", reason)
		}
	}
}
