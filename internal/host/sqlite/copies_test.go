package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"modernc.org/sqlite/vfs"

	"kontor/internal/core/fault"
)

func copiesOf(t *testing.T, path string) []Copy {
	t.Helper()
	list, err := Copies(filepath.Join(filepath.Dir(path), "copies"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAStateIsCopiedOnce(t *testing.T) {
	path := newPath(t)
	db := open(t, path)
	for range 3 {
		if _, err := db.Keep(t.Context(), Asked); err != nil {
			t.Fatal(err)
		}
	}
	if list := copiesOf(t, path); len(list) != 1 || list[0].Why != Asked || list[0].Size == 0 {
		t.Fatalf("%+v", list)
	}
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'later', '')")
	later, err := db.Keep(t.Context(), BeforeImport)
	if err != nil {
		t.Fatal(err)
	}
	if list := copiesOf(t, path); len(list) != 2 || list[0] != later {
		t.Fatalf("%+v", list)
	}
	file, err := db.CopyFile(later.Name)
	if err != nil {
		t.Fatal(err)
	}
	then, err := Rows(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	change(t, db, "DELETE FROM setting")
	now, err := db.Rows(t.Context())
	if err != nil || then["setting"] != now["setting"]+1 || then["account"] != now["account"] || len(now) < 40 {
		t.Errorf("%v, %v, %v", then, now, err)
	}
	for _, name := range []string{"", "../kontor.db", "copies/" + later.Name, "asked-20260101T000000.000.db"} {
		wantFault(t, db.DropCopy(name), fault.NotFound, "copy")
	}
	if err := db.DropCopy(later.Name); err != nil || len(copiesOf(t, path)) != 1 {
		t.Errorf("%v, %v", err, copiesOf(t, path))
	}
}

// A migration that fails is tried again at each start; the disk does not fill with copies of the same state.
func TestAFailingMigrationMakesOneCopy(t *testing.T) {
	path := newPath(t)
	at(t, path, versions(t)[len(versions(t))-1])
	all := migrations
	t.Cleanup(func() { migrations = all })
	failing := fstest.MapFS{"99998_fails.sql": {Data: []byte("-- +goose Up\nCREATE TABLE half (a TEXT);\nINSERT INTO nowhere VALUES (1);\n")}}
	entries, err := fs.ReadDir(all(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := fs.ReadFile(all(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		failing[e.Name()] = &fstest.MapFile{Data: text}
	}
	migrations = func() fs.FS { return failing }
	clock := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for range 8 {
		clock = clock.Add(time.Second)
		if _, err := Open(t.Context(), path, Options{Now: func() time.Time { return clock }}); fault.ReasonOf(err) != ReasonNotUpdated {
			t.Fatal(err)
		}
	}
	if list := copiesOf(t, path); len(list) != 1 || list[0].Why != BeforeUpdate {
		t.Errorf("%+v", list)
	}
}

func TestAnUnfinishedCopyIsInNoList(t *testing.T) {
	path := newPath(t)
	db := open(t, path)
	dir := filepath.Join(filepath.Dir(path), "copies")
	left := filepath.Join(dir, "daily-20261120T120000.000.db"+Unfinished)
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(left, []byte("SQLite format 3\x00"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if list := copiesOf(t, path); len(list) != 0 {
		t.Fatalf("%+v", list)
	}
	if _, err := db.Keep(t.Context(), Daily); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what a crash left stays for ever")
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'later', '')")
	if _, err := db.Keep(canceled, Daily); fault.CodeOf(err) != fault.Canceled {
		t.Error(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestWhichCopiesAreKept(t *testing.T) {
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) // a Saturday
	list := []Copy{}
	for hours := range 24 * 60 { // every hour of two months, newest first
		list = append(list, Copy{Name: fmt.Sprint(hours), Why: Daily, At: now.Add(-time.Duration(hours) * time.Hour), Size: 10})
	}
	kept := func(list []Copy, space int64) (kept []Copy) {
		gone := map[string]bool{}
		for _, c := range superfluous(list, now, space) {
			gone[c.Name] = true
		}
		for _, c := range list {
			if !gone[c.Name] {
				kept = append(kept, c)
			}
		}
		return kept
	}
	days, weeks := map[string]bool{}, map[string]bool{}
	all := kept(list, 1<<40)
	for _, c := range all {
		days[c.At.Format(time.DateOnly)] = true
		_, week := c.At.ISOWeek()
		weeks[fmt.Sprint(week)] = true
	}
	// 24 hours on two days, 5 more days, the first of which ends the week before, and the Sundays of two weeks more.
	if len(all) != 24+5+2 || len(days) != 9 || len(weeks) != 4 {
		t.Errorf("%d copies of %d days in %d weeks", len(all), len(days), len(weeks))
	}
	if oldest := all[len(all)-1]; now.Sub(oldest.At) > KeptFor {
		t.Errorf("%s is older than is said", oldest.At)
	}
	if some := kept(list, 55); len(some) != 5 || some[0].Name != "0" {
		t.Errorf("with room for five: %v", some)
	}
	list[3].Why, list[1000].Why = Asked, Asked
	if some := kept(list, 30); len(some) != 3 || some[0].Name != "0" || some[1].Name != "3" || some[2].Name != "1000" {
		t.Errorf("what was asked for goes last: %v", some)
	}
	if some := kept(list, 1); len(some) != 1 || some[0].Name != "0" {
		t.Errorf("the last one is always kept: %v", some)
	}
}

func TestAFileThatLostEverythingIsNoNewWorkspace(t *testing.T) {
	path := newPath(t)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	wantUntouched(t, path, fault.Unavailable, ReasonEmpty)
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path, Options{})
	wantFault(t, err, fault.Unavailable, ReasonFolder)
	if err := SetAside(t.Context(), path, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path + ".set-aside-20261120T120000.000"); err != nil || !info.IsDir() {
		t.Errorf("%v, %v", info, err)
	}
	_ = open(t, path)
}

// A start that was cut off while the database was made leaves nothing that a later one takes for a workspace.
func TestANewDatabaseComesWholeIntoItsPlace(t *testing.T) {
	path := newPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", "-wal", "-shm"} {
		if err := os.WriteFile(path+".new"+part, bytes.Repeat([]byte("half"), 5000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_ = open(t, path)
	if left, err := filepath.Glob(path + ".new*"); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestHowAFileWasClosedIsKnown(t *testing.T) {
	path := newPath(t)
	db := open(t, path)
	if s := db.State(); s.Crashed || !s.Altered.IsZero() {
		t.Errorf("new: %+v", s)
	}
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'word', 'written')")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path)
	if s := db.State(); s.Crashed || !s.Altered.IsZero() || !s.Checked {
		t.Errorf("closed properly: %+v", s)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	crashed := newPath(t) // as if the program had ended here: no mark
	if err := errors.Join(os.MkdirAll(filepath.Dir(crashed), 0o700), os.WriteFile(crashed, whole, 0o600)); err != nil {
		t.Fatal(err)
	}
	if s := open(t, crashed).State(); !s.Crashed {
		t.Errorf("not closed: %+v", s)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(whole, []byte("written"), []byte("wrutten"), 1) // one bit, in no index
	if err := os.WriteFile(path, changed, 0o600); err != nil || bytes.Equal(changed, whole) {
		t.Fatal("nothing to change", err)
	}
	if s := open(t, path).State(); s.Altered.IsZero() {
		t.Errorf("changed since: %+v", s)
	}
}

func TestADatabaseToLookAtRefusesChanges(t *testing.T) {
	path := newPath(t)
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path, Options{Look: []string{"setting"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'x', '')")
	err = db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('o', 'Studio', 'CHF', 1, 1)`)
		return err
	})
	wantFault(t, err, fault.Unavailable, ReasonLook)
}

func TestWithoutALogThereIsNone(t *testing.T) {
	path := newPath(t)
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		db, err := Open(t.Context(), path, Options{NoWAL: true})
		if err != nil {
			t.Fatal(err)
		}
		change(t, db, "INSERT OR REPLACE INTO setting (account_id, name, value) VALUES ('', 'x', '')")
		for _, part := range []string{"-wal", "-shm"} {
			if _, err := os.Stat(path + part); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s is there", part)
			}
		}
		if mode, err := One(t.Context(), db.Reader(), Value[string], "PRAGMA journal_mode"); err != nil || mode != "delete" {
			t.Error(mode, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if mode, err := One(t.Context(), open(t, path).Reader(), Value[string], "PRAGMA journal_mode"); err != nil || mode != "wal" {
		t.Error("back on a disk of its own:", mode, err)
	}
}

func TestEmptyingTheLogFailsWhileSomebodyReads(t *testing.T) {
	db := open(t, newPath(t))
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'x', '')")
	if _, err := db.write.Exec("PRAGMA busy_timeout = 50"); err != nil {
		t.Fatal(err)
	}
	err := db.View(t.Context(), func(q Queryer) error {
		if _, err := One(t.Context(), q, Value[int], "SELECT count(*) FROM setting"); err != nil {
			return err
		}
		change(t, db, "DELETE FROM setting")
		return db.EmptyLog(t.Context())
	})
	wantFault(t, err, fault.Unavailable, ReasonBusy)
	if err := db.EmptyLog(t.Context()); err != nil {
		t.Error(err)
	}
}

// A disk that does not read is neither a damaged file nor a mistake of ours.
func TestADiskThatFailsHasItsOwnWords(t *testing.T) {
	path := newPath(t)
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name, system, err := vfs.New(failing{fstest.MapFS{"kontor.db": {Data: whole}}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = system.Close() }()
	p, err := connect("kontor.db", 1, "?vfs="+name+"&mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	_, err = One(t.Context(), p, Value[int], "SELECT count(*) FROM setting")
	wantFault(t, err, fault.Unavailable, ReasonDisk)
	for cause, reason := range map[error]string{
		syscall.EIO: ReasonDisk, syscall.ENOSPC: ReasonFull, syscall.EDQUOT: ReasonFull, syscall.EROFS: ReasonNoWrite, fs.ErrPermission: ReasonNoWrite,
	} {
		wantFault(t, classify(&fs.PathError{Op: "write", Path: "x", Err: cause}), fault.Unavailable, reason)
	}
}

// failing is a disk whose files open and do not read.
type failing struct{ fstest.MapFS }

func (f failing) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	return broken{file}, err
}

type broken struct{ fs.File }

func (b broken) Read([]byte) (int, error)                { return 0, errors.New("on purpose") }
func (b broken) Seek(int64, int) (int64, error)          { return 0, nil }
func (b broken) ReadAt(p []byte, off int64) (int, error) { return b.Read(p) }

func TestRewritingLeavesNoGapsBehind(t *testing.T) {
	path := newPath(t)
	db := open(t, path)
	for i := range 400 {
		change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', ?, ?)", fmt.Sprint(i*7919%400), strings.Repeat("Quintilla", 1+i%40))
	}
	change(t, db, "DELETE FROM setting")
	if err := db.Rewrite(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", "-wal"} {
		if b, err := os.ReadFile(path + part); err != nil || bytes.Contains(b, []byte("Quintilla")) {
			t.Errorf("%s still holds it (%v)", part, err)
		}
	}
}
