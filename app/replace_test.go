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

	"kontor/internal/area/organization"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/disk"
	"kontor/internal/host/replica"
	"kontor/internal/host/sqlite"
)

// Of two windows on one workspace the one that came later puts nothing in its place; when the first does, the other one is
// told at its next change, and goes on with what is there.
func TestAWindowNoticesThatAnotherReplacedTheWorkspace(t *testing.T) {
	dir := t.TempDir()
	first := opened(t, dir)
	begin(t, first, false)
	made := backUp(t, first).Copies[0].Name
	second := start(t, dir)
	if err := second.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := second.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	if _, err := second.system.RestoreCopy(made, hers); fault.ReasonOf(err) != "workspace_in_use" {
		t.Errorf("beside another window: %v", err)
	}
	if err := first.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	if _, err := first.system.RestoreCopy(made, hers); err != nil {
		t.Fatal(err)
	}
	create := func() error {
		_, err := testkit.Bound[*organization.Window](second.app).Create("Libreria Bottini", "CH")
		return err
	}
	if err := create(); fault.ReasonOf(err) != sqlite.ReasonReplaced {
		t.Errorf("a change in what is no more: %v", err)
	}
	for wait := time.Now().Add(20 * time.Second); !strings.Contains(second.system.State().Fault, sqlite.ReasonReplaced); {
		if time.Now().After(wait) {
			t.Fatalf("%+v", second.system.State())
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := second.system.StartAnew(); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a whole workspace is set aside: %v", err)
	}
	if err := second.system.Reopen(); err != nil {
		t.Fatal(err)
	}
	if err := second.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	if err := create(); err != nil {
		t.Error(err)
	}
}

// What another computer has open is not replaced from here, although it cannot be opened here and nobody is signed in.
func TestAWorkspaceThatIsInUseIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	own := opened(t, dir)
	begin(t, own, false)
	made := backUp(t, own).Copies[0].Name
	file := backedUp(t, own)
	own.app.Shutdown()
	far := disk.Self("test")
	far.Machine, far.Host, far.Beat = "another", "laptop-elena", time.Now()
	b, err := json.Marshal(far)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, disk.HoldFile), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	if err := s.app.Open(t.Context()); fault.ReasonOf(err) != "workspace_in_use" {
		t.Fatal(err)
	}
	before := files(t, dir)
	for what, do := range map[string]func() error{
		"a copy":       func() error { _, err := s.system.RestoreCopy(made, ""); return err },
		"a backup":     func() error { _, err := s.system.OpenBackup(file, passphrase); return err },
		"an empty one": func() error { _, err := s.system.StartAnew(); return err },
	} {
		if err := do(); fault.CodeOf(err) != fault.Conflict {
			t.Errorf("%s: %v", what, err)
		}
	}
	same(t, before, files(t, dir))
}

func TestWhatIsKnownOfAWorkspaceThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	begin(t, s, false)
	s.app.Shutdown()
	file := filepath.Join(dir, "kontor.db")
	if _, err := s.system.Known(); err != nil {
		t.Fatal(err)
	}
	tear(t, file, "journal")
	if err := errors.Join(os.Mkdir(filepath.Join(dir, replica.Folder), 0o700),
		os.WriteFile(filepath.Join(dir, replica.Folder, "state.json"), []byte(`{"last": {"name": "one", "at": "2026-11-29T12:00:00Z"}}`), 0o600)); err != nil {
		t.Fatal(err)
	}
	next := start(t, dir)
	if err := next.app.Open(t.Context()); fault.ReasonOf(err) != sqlite.ReasonDamaged {
		t.Fatal(err)
	}
	v, err := next.system.Known()
	if err != nil || v.Size == "0" || v.Written == "" || v.Closed == "" || v.Sent != "2026-11-29T12:00:00Z" {
		t.Fatalf("%+v, %v", v, err)
	}
	if !slices.Contains(v.Whole, "organizations") || !slices.Equal(v.Broken, []string{"journal"}) {
		t.Errorf("%+v", v)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := next.system.Reopen(); fault.ReasonOf(err) != "workspace_missing" {
		t.Fatal(err)
	}
	if v, err := next.system.Known(); err != nil || v.Size != "0" || v.Written != "" || len(v.Whole)+len(v.Broken) != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

// tear overwrites the first page of a table with zeros.
func tear(t *testing.T, file, table string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	root, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[int64], "SELECT rootpage FROM sqlite_schema WHERE name = ?", table)
	size, err2 := sqlite.One(t.Context(), db.Reader(), sqlite.Value[int64], "PRAGMA page_size")
	if err := errors.Join(err, err2, db.Close()); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(make([]byte, size), (root-1)*size)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
