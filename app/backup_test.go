package app_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/organization"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/backup"
	"kontor/internal/host/archive"
	"kontor/internal/host/bridge"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

const passphrase = "larice pontile vela brina"

func init() { archive.WorkFactor = 2 } // what a guess has to cost is not what is tested here

// ended waits for a job.
func ended(t *testing.T, s services, job bridge.JobView) bridge.JobView {
	t.Helper()
	for job.State == "running" {
		time.Sleep(10 * time.Millisecond) // each look is work, much of it beside the race detector
		var err error
		if job, err = testkit.Bound[*bridge.JobWindow](s.app).Get(job.ID); err != nil {
			t.Fatal(err)
		}
	}
	return job
}

// backedUp makes a backup as the page does.
func backedUp(t *testing.T, s services) (path string) {
	t.Helper()
	d := &testkit.Dialogs{Folder: t.TempDir()}
	s.app.Startup(testkit.Deaf, d)
	job, err := testkit.Bound[*backup.Window](s.app).Make(passphrase, passphrase, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if job = ended(t, s, job); job.State != "done" || job.Done != job.Total {
		t.Fatalf("%+v", job)
	}
	return filepath.Join(d.Folder, d.Saved[0].Name)
}

// A workspace goes on with another keyring in another folder, from nothing but the file and its passphrase.
func TestABackupGoesOnElsewhere(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	s := opened(t, dir)
	begin(t, s, true)
	if err := app.Keep(s.app, "s3cret of the server"); err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, app.DB(s.app), `INSERT INTO mail_message (id, account_id, product, message_id, recipient, subject, body, queued_at, state, changed_at, next_at, give_up_at)
		SELECT 'm', id, 'account', '<m@kontor>', 'x@ponteri.example', 's', 'b', 1, 'waiting', 1, 9e12, 9e12 FROM account`)
	sum := strings.Repeat("ab", 32)
	picture := filepath.Join("pictures", "branding", sum)
	if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(dir, picture)), 0o700), os.WriteFile(filepath.Join(dir, picture), []byte("a logo"), 0o600)); err != nil {
		t.Fatal(err)
	}
	var stop atomic.Bool
	written := make(chan int)
	go func() { // somebody goes on working meanwhile
		n := 0
		for ; !stop.Load(); n++ {
			_ = app.Keep(s.app, "s3cret of the server")
			time.Sleep(5 * time.Millisecond)
		}
		written <- n
	}()
	file := backedUp(t, s)
	stop.Store(true)
	if n := <-written; n == 0 {
		t.Error("nothing was written meanwhile")
	}
	s.app.Shutdown()

	keyring.MockInit()
	other := t.TempDir()
	s = opened(t, other)
	if v := current(t, s); v.AnyAccount {
		t.Fatal("not a new workspace")
	}
	s.app.Startup(testkit.Deaf, &testkit.Dialogs{Path: file})
	if path, err := s.system.ChooseBackup("", ""); err != nil || path != file {
		t.Fatal(path, err)
	}
	if _, err := s.system.OpenBackup(file, "another passphrase"); len(fault.FieldsOf(err)) != 1 {
		t.Fatal(err)
	}
	v, err := s.system.OpenBackup(file, passphrase)
	if err != nil || v.Present || v.Other || v.Secrets != "key" || v.Password || v.Program != "test" || v.Differences[0].Then != "1" {
		t.Fatalf("%+v, %v", v, err)
	}
	if state, err := s.system.RestoreBackup(""); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if v := current(t, s); v.SignedIn || !v.AnyAccount {
		t.Errorf("somebody is signed in, or nobody is there: %+v", v)
	}
	db := app.DB(s.app)
	if n := testkit.Count(t, db, "SELECT count(*) FROM sealed WHERE place = 'session'"); n != 0 {
		t.Error("the secret that keeps somebody signed in has come along")
	}
	if n := testkit.Count(t, db, "SELECT count(*) FROM mail_message WHERE state = 'uncertain' AND reason = '"+mail.ReasonRestored+"'"); n != 1 {
		t.Error("a message that waits is sent again")
	}
	if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	if got, err := app.Kept(s.app); err != nil || got != "s3cret of the server" {
		t.Errorf("%q, %v", got, err)
	}
	if data, err := os.ReadFile(filepath.Join(other, picture)); err != nil || string(data) != "a logo" {
		t.Errorf("%q, %v", data, err)
	}
	job, err := testkit.Bound[*activity.Window](s.app).Verify()
	if err != nil {
		t.Fatal(err)
	}
	if report, err := testkit.Bound[*activity.Window](s.app).VerifyResult(ended(t, s, job).ID); err != nil || report.Broken != 0 {
		t.Errorf("the journal: %+v, %v", report, err)
	}
	if n := testkit.Count(t, db, "SELECT count(*) FROM journal WHERE CAST(after AS TEXT) = 'backup_restored'"); n != 1 {
		t.Error("the journal says nothing")
	}
	private(t, other)
	if left, _ := filepath.Glob(filepath.Join(other, ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// private tells what others could read.
func private(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABackupIsPutInPlaceOfWhatIsThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "workspace")
	s := opened(t, dir)
	begin(t, s, false)
	file := backedUp(t, s)
	if _, err := testkit.Bound[*organization.Window](s.app).Create("Libreria Bottini", "CH"); err != nil {
		t.Fatal(err)
	}
	v, err := s.system.OpenBackup(file, passphrase)
	if err != nil || !v.Present || v.Other || !v.Password || v.Differences[0].Lost != "1" {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err := s.system.RestoreBackup("wrong"); fault.CodeOf(err) != fault.Invalid {
		t.Fatalf("a wrong password: %v", err)
	}
	if state, err := s.system.RestoreBackup(hers); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	copies, err := sqlite.Copies(filepath.Join(dir, "copies"))
	kept := 0
	for _, c := range copies { // a slow machine has come to the copy of the day as well
		if c.Why == sqlite.BeforeRestore {
			kept++
		}
	}
	if err != nil || kept != 1 {
		t.Errorf("what was there is not kept: %+v, %v", copies, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*restor*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := s.system.RestoreBackup(hers); fault.CodeOf(err) != fault.Unauthenticated && fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("twice, by nobody: %v", err)
	}

	// Where the file is damaged a backup needs nobody; a cut one changes nothing.
	s.app.Shutdown()
	database := filepath.Join(dir, "kontor.db")
	damaged := []byte(strings.Repeat("no database", 1000))
	if err := os.WriteFile(database, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	s = start(t, dir)
	if err := s.app.Open(t.Context()); fault.ReasonOf(err) != sqlite.ReasonDamaged {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file) //nolint:gosec // our own
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut")
	for share := 1; share < 10; share++ {
		if err := os.WriteFile(cut, whole[:len(whole)*share/10], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.system.OpenBackup(cut, passphrase); fault.ReasonOf(err) != archive.ReasonDamaged {
			t.Errorf("cut at %d/10: %v", share, err)
		}
	}
	if got, err := os.ReadFile(database); err != nil || string(got) != string(damaged) {
		t.Error("the damaged file was touched")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := s.system.OpenBackup(file, passphrase); err != nil {
		t.Fatal(err)
	}
	if state, err := s.system.RestoreBackup(""); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if aside, _ := filepath.Glob(database + ".before-restore-*[0-9]"); len(aside) != 1 {
		t.Errorf("the damaged file is not kept: %v", aside)
	}
}

func TestABackupOfANewerKontorIsRefusedAndAnOlderOneMigrated(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	for _, change := range []struct{ sql, reason string }{
		{"INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)", archive.ReasonNewer},
		{"DELETE FROM goose_db_version WHERE version_id = 99999 OR version_id = 180", ""},
	} {
		testkit.Exec(t, app.DB(s.app), change.sql)
		if change.reason == "" {
			testkit.Exec(t, app.DB(s.app), "ALTER TABLE workspace_identity RENAME TO later")
			testkit.Exec(t, app.DB(s.app), "CREATE VIEW workspace_identity AS SELECT * FROM later")
		}
		file := backedUp(t, s)
		_, err := s.system.OpenBackup(file, passphrase)
		if fault.ReasonOf(err) != change.reason {
			t.Errorf("%s: %v", change.sql, err)
		}
		if change.reason == "" {
			testkit.Exec(t, app.DB(s.app), "DROP VIEW workspace_identity")
		}
	}
}

// A backup is looked at as it was: nothing of the workspace changes, and whoever was signed in is so again afterwards.
func TestABackupIsLookedAt(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	begin(t, s, false)
	organizations := testkit.Bound[*organization.Window](s.app)
	file := backedUp(t, s)
	if _, err := organizations.Create("Later SA", "CH"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.system.LookInBackup(); fault.CodeOf(err) != fault.NotFound {
		t.Error("none was opened", err)
	}
	if _, err := s.system.OpenBackup(file, passphrase); err != nil {
		t.Fatal(err)
	}
	v, err := s.system.LookInBackup()
	if err != nil || !strings.Contains(v.Look, "look_backup") || v.Fault != "" {
		t.Fatalf("%+v %v", v, err)
	}
	if now := current(t, s); len(now.Organizations) != 1 || !now.SignedIn {
		t.Errorf("not the backup: %+v", now)
	}
	if _, err := organizations.Create("Changed in the backup", "CH"); err == nil {
		t.Error("a backup that is looked at was changed")
	}
	if _, err := s.system.RestoreBackup("correct horse battery"); err == nil {
		t.Error("put in place while it is looked at")
	}
	if v, err = s.system.LeaveBackup(); err != nil || v.Look != "" || v.Fault != "" {
		t.Fatalf("%+v %v", v, err)
	}
	if now := current(t, s); len(now.Organizations) != 2 || !now.SignedIn {
		t.Errorf("not the workspace: %+v", now)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".restoring-*")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := s.system.LeaveBackup(); fault.CodeOf(err) != fault.Conflict {
		t.Error("left twice", err)
	}
}
