package backup_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/backup"
	"kontor/internal/host/archive"
	"kontor/internal/host/disk"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

const passphrase = "larice pontile vela brina"

func TestMain(m *testing.M) {
	keyring.MockInit()
	archive.WorkFactor = 2
	m.Run()
}

type desk struct {
	*backup.Service
	clock  *testkit.Clock
	db     *sqlite.DB
	folder string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	dir := filepath.Dir(db.Path())
	v := vault.Open(db, dir, vault.Options{})
	t.Cleanup(v.Close)
	return desk{backup.New(backup.Options{
		DB: db, Vault: v, Journal: &testkit.Journal{}, Settings: settings.NewStore(db), Dir: dir, Pictures: filepath.Join(dir, "pictures"),
		Program: "1.0", Computer: "desk", Log: slog.New(slog.DiscardHandler),
	}), clock, db, t.TempDir()}
}

func (d desk) made(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(d.folder, "kontor-*."+archive.Ending))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNothingIsBackedUpUnasked(t *testing.T) {
	d := newDesk(t)
	if did, err := d.Due(t.Context()); did || err != nil {
		t.Error(did, err)
	}
	for _, role := range []access.Role{access.External, access.Administrator, access.LegalRepresentative} {
		ctx := testkit.As(t, role)
		_, read := d.State(ctx)
		_, made := d.Make(ctx, filepath.Join(d.folder, "x"), passphrase, func(int64, int64) {})
		for _, err := range []error{read, made, d.SetSchedule(ctx, backup.Schedule{}, "", "")} {
			if fault.CodeOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
}

func TestAScheduleIsAsked(t *testing.T) {
	d := newDesk(t)
	ctx := testkit.Keeper(t)
	good := backup.Schedule{Every: backup.Daily, Folder: d.folder, Keep: 3}
	for name, c := range map[string]struct {
		plan        backup.Schedule
		words, same string
		field       string
	}{
		"every":    {backup.Schedule{Every: "hourly", Folder: d.folder, Keep: 3}, passphrase, passphrase, "every"},
		"nowhere":  {backup.Schedule{Every: backup.Daily, Keep: 3}, passphrase, passphrase, "folder"},
		"relative": {backup.Schedule{Every: backup.Daily, Folder: ".", Keep: 3}, passphrase, passphrase, "folder"},
		"gone":     {backup.Schedule{Every: backup.Daily, Folder: filepath.Join(d.folder, "x"), Keep: 3}, passphrase, passphrase, "folder"},
		"keep":     {backup.Schedule{Every: backup.Daily, Folder: d.folder}, passphrase, passphrase, "keep"},
		"none":     {good, "", "", "passphrase"},
		"short":    {good, "short", "short", "passphrase"},
		"typo":     {good, passphrase, passphrase + ".", "again"},
	} {
		err := d.SetSchedule(ctx, c.plan, c.words, c.same)
		if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheScheduleKeepsItsLastBackups(t *testing.T) {
	d := newDesk(t)
	ctx := testkit.Keeper(t)
	plan := backup.Schedule{Every: backup.Daily, Folder: d.folder, Keep: 3}
	if err := d.SetSchedule(ctx, plan, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(d.folder, "kontor-00000000-20200101T000000Z."+archive.Ending)
	if err := os.WriteFile(foreign, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for day := range 5 {
		for range 2 { // it is due once a day
			did, err := d.Due(t.Context())
			if err != nil || (day > 0 && did != (d.clock.Now().Hour() == 12)) {
				t.Fatal(day, did, err)
			}
			d.clock.Advance(time.Hour)
		}
		d.clock.Advance(22 * time.Hour)
	}
	made := d.made(t)
	if len(made) != 4 || made[0] != foreign {
		t.Fatalf("%v", made)
	}
	if m, _, err := archive.Open(t.Context(), made[3], passphrase, "", func(int64, int64) {}); err != nil || !m.At.Equal(d.clock.Now().Add(-24*time.Hour)) || m.Computer != "desk" {
		t.Errorf("%+v, %v", m, err)
	}
	st, err := d.State(ctx)
	if err != nil || st.Last.Path != made[3] || !st.Known || !st.Failed.At.IsZero() || st.Schedule != plan {
		t.Errorf("%+v, %v", st, err)
	}

	plan.Every = backup.Weekly // with the passphrase that was given
	if err := d.SetSchedule(ctx, plan, "", ""); err != nil {
		t.Fatal(err)
	}
	if did, err := d.Due(t.Context()); did || err != nil {
		t.Error("a week has not passed", err)
	}
	d.clock.Advance(7 * 24 * time.Hour)

	if err := os.RemoveAll(d.folder); err != nil { // a disk that is not there
		t.Fatal(err)
	}
	if did, err := d.Due(t.Context()); did || fault.ReasonOf(err) != archive.ReasonGone {
		t.Error(did, err)
	}
	if st, err = d.State(ctx); err != nil || st.Failed.Reason != archive.ReasonGone {
		t.Errorf("%+v, %v", st, err)
	}
	first := d.waiting(t, ctx)
	if len(first) != 1 || first[0].Kind != "backup_failed" || first[0].Params["day"] == "" || first[0].Params["folder"] != d.folder {
		t.Fatalf("%+v", first)
	}
	if len(d.waiting(t, testkit.As(t, access.Administrator))) != 0 {
		t.Error("whoever does not keep the workspace is told")
	}
	d.clock.Advance(time.Hour)
	if did, err := d.Due(t.Context()); did || err == nil {
		t.Error(did, err)
	}
	if again := d.waiting(t, ctx); again[0].News() != first[0].News() {
		t.Error("another attempt is no news")
	}
	if err := os.Mkdir(d.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if did, err := d.Due(t.Context()); !did || err != nil {
		t.Error(did, err)
	}
	if st, err = d.State(ctx); err != nil || !st.Failed.At.IsZero() || len(d.waiting(t, ctx)) != 0 {
		t.Errorf("%+v, %v", st, err)
	}
	if err := d.SetSchedule(ctx, backup.Schedule{}, "", ""); err != nil {
		t.Fatal(err)
	}
	if n := testkit.Count(t, d.db, "SELECT count(*) FROM sealed WHERE place = 'backup'"); n != 0 {
		t.Error("the passphrase is kept for nothing")
	}
}

func TestABackupLeavesNothingBesideTheDatabase(t *testing.T) {
	d := newDesk(t)
	if _, err := d.Write(t.Context(), filepath.Join(d.folder, "gone", "x"), passphrase, func(int64, int64) {}); fault.ReasonOf(err) != archive.ReasonGone {
		t.Error(err)
	}
	if _, err := d.Write(t.Context(), filepath.Join(d.folder, "x"), "short", func(int64, int64) {}); len(fault.FieldsOf(err)) != 1 {
		t.Error(err)
	}
	dir := filepath.Dir(d.db.Path())
	crashed := filepath.Join(dir, ".backup-1")
	if err := errors.Join(os.Mkdir(crashed, 0o700), os.WriteFile(filepath.Join(crashed, "kontor.db.part"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	going, err := disk.Scratch(dir, ".backup-") // another window, or the command line, is making one
	if err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(crashed, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	backup.Tidy(dir)
	if err := os.Remove(going); err != nil {
		t.Errorf("what is under way was taken away: %v", err)
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || strings.HasSuffix(e.Name(), ".part") {
			t.Errorf("left: %s", e.Name())
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func (d desk) waiting(t *testing.T, ctx context.Context) []waiting.Line {
	t.Helper()
	lines, err := d.Waiting(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestOlderBackupsAreFoundAndGo(t *testing.T) {
	d := newDesk(t)
	ctx := testkit.Keeper(t)
	if err := d.SetSchedule(ctx, backup.Schedule{Every: backup.Daily, Folder: d.folder, Keep: 3}, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if did, err := d.Due(t.Context()); !did || err != nil {
			t.Fatal(did, err)
		}
		d.clock.Advance(24 * time.Hour)
	}
	byHand := filepath.Join(t.TempDir(), "by hand."+archive.Ending)
	if _, err := d.Make(ctx, byHand, passphrase, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	o, err := d.Older(t.Context())
	if err != nil || o.Folder != d.folder || len(o.Moments) != 2 || !o.Moments[0].Equal(d.clock.Now().Add(-24*time.Hour)) || o.Last.Path != byHand {
		t.Errorf("%+v %v", o, err)
	}
	if err := d.RemoveOlder(t.Context()); err != nil || len(d.made(t)) != 0 {
		t.Error(d.made(t), err)
	}
	if _, err := os.Stat(byHand); err == nil {
		t.Error("the one made by hand is still there")
	}
	if did, err := d.Due(t.Context()); !did || err != nil {
		t.Error("the next is made at once", did, err)
	}
	// What lies there now under the same name is somebody's file, and no backup of this workspace.
	if _, err := d.Make(ctx, byHand, passphrase, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	for name, put := range map[string]func() error{
		"another file": func() error { return os.WriteFile(byHand, []byte("holiday"), 0o600) },
		"a link":       func() error { return os.Symlink(d.folder, byHand) },
	} {
		if err := errors.Join(os.Remove(byHand), put()); err != nil {
			t.Fatal(err)
		}
		if o, err := d.Older(t.Context()); err != nil || o.Last.Path != "" {
			t.Errorf("%s counts as the backup: %+v %v", name, o.Last, err)
		}
		if err := d.RemoveOlder(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(byHand); err != nil {
			t.Errorf("%s is gone: %v", name, err)
		}
	}
	if err := os.RemoveAll(d.folder); err != nil {
		t.Fatal(err)
	}
	if o, err := d.Older(t.Context()); err != nil || o.Folder != "" || len(o.Moments) != 0 {
		t.Errorf("of a folder that is not there: %+v %v", o, err)
	}
}
