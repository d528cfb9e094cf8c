package app_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/client"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/ownfile"
)

func ownFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// nothingYet fails where a file is given to the page before somebody may have it.
func nothingYet(t *testing.T, s services) {
	t.Helper()
	if v, err := s.system.Opened(); err != nil || v != (app.OpenedView{}) {
		t.Fatalf("%+v, %v", v, err)
	}
}

// A file that the program was started with waits for whoever may have it, and is given once.
func TestAFileThatWasOpenedWaitsForWhoeverMay(t *testing.T) {
	s := opened(t, t.TempDir())
	nothingYet(t, s) // none was
	backup, signed := ownFile(t, "mine.kontor-backup", ""), ownFile(t, "invitation.kontor", "what they ask")
	organization := ownFile(t, "ponteri.kontor-organization", "")

	s.app.Hand(backup) // nobody has an account yet
	if v, err := s.system.Opened(); err != nil || v != (app.OpenedView{Kind: "kontor-backup", Path: backup, Name: "mine.kontor-backup"}) {
		t.Fatalf("%+v, %v", v, err)
	}
	nothingYet(t, s)
	s.app.Hand(signed)
	nothingYet(t, s)
	begin(t, s, false)
	if v, err := s.system.Opened(); err != nil || v.Data != base64.StdEncoding.EncodeToString([]byte("what they ask")) {
		t.Fatalf("%+v, %v", v, err)
	}

	for path, kind := range map[string]ownfile.Kind{backup: ownfile.Backup, signed: ownfile.Signed, organization: ownfile.Organization} {
		s.app.Hand(path)
		if err := s.session.Lock(); err != nil {
			t.Fatal(err)
		}
		nothingYet(t, s)
		if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
			t.Fatal(err)
		}
		if v, err := s.system.Opened(); err != nil || v.Kind != string(kind) || v.Path != path || (v.Data != "") != (kind == ownfile.Signed) {
			t.Fatalf("%+v, %v", v, err)
		}
		s.app.Hand(path)
		if err := s.session.SignOut(); err != nil {
			t.Fatal(err)
		}
		nothingYet(t, s)
		if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
			t.Fatal(err)
		}
		s.app.Hand(organization) // the last counts
		if v, err := s.system.Opened(); err != nil || v.Path != organization {
			t.Fatalf("%+v, %v", v, err)
		}
		nothingYet(t, s)
	}
}

// The running window is told; what is no file of the program's, or is none any more when it is taken, is not read.
func TestWhatIsHandedToTheWindow(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	told := make(chan string, 10)
	s.app.Startup(func(name string, _ ...any) { told <- name }, &testkit.Dialogs{})
	for _, path := range []string{"", "/etc/passwd", "/dev/null", "kontor"} {
		s.app.Hand(path)
		nothingYet(t, s)
	}
	path := ownFile(t, "a.kontor", "content")
	s.app.Hand(path)
	for {
		select {
		case name := <-told:
			if name != "file:opened" {
				continue
			}
		case <-time.After(testkit.Patience(10 * time.Second)):
			t.Fatal("the page was not told")
		}
		break
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if v, err := s.system.Opened(); fault.ReasonOf(err) != "not_read" || v != (app.OpenedView{}) {
		t.Errorf("a file that is gone: %+v, %v", v, err)
	}
	nothingYet(t, s)
	if err := os.Symlink("/dev/zero", path); err != nil {
		t.Fatal(err)
	}
	s.app.Hand(path)
	if v, err := s.system.Opened(); fault.ReasonOf(err) != "not_read" || v != (app.OpenedView{}) {
		t.Errorf("a link to a device: %+v, %v", v, err)
	}
	s.app.Hand(ownFile(t, "large.kontor", strings.Repeat("x", client.MaxSigned+1)))
	if v, err := s.system.Opened(); fault.ReasonOf(err) != client.ReasonUnknownMessage || v != (app.OpenedView{}) {
		t.Errorf("far too large: %+v, %v", v, err)
	}
}

// Where the workspace cannot be opened a backup may be; the rest waits.
func TestABackupIsOpenedWhereThereIsNoWorkspace(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kontor.db"), []byte(strings.Repeat("damaged ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	if err := s.app.Open(t.Context()); err == nil {
		t.Fatal("it was opened")
	}
	s.app.Hand(ownFile(t, "a.kontor", "content"))
	nothingYet(t, s)
	backup := ownFile(t, "mine.kontor-backup", "")
	s.app.Hand(backup)
	if v, err := s.system.Opened(); err != nil || v.Path != backup {
		t.Fatalf("%+v, %v", v, err)
	}
}
