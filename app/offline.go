package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/core/fault"
	"kontor/internal/flow/backup"
	"kontor/internal/host/archive"
	"kontor/internal/host/machine"
	"kontor/internal/host/replica"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

// What follows works on the files of a workspace without a window: nobody is signed in, nothing is sent, swept or probed.
// It asks for nothing but the files, as whoever has them could do without it.

// Backup writes a backup of the workspace to path and reads it back. The workspace may be open in a window meanwhile.
func (t *Terminal) Backup(ctx context.Context, path, passphrase string, progress func(done, total int64)) (backup.Made, error) {
	a := t.a
	if err := a.there(); err != nil {
		return backup.Made{}, err
	}
	db, err := sqlite.Open(ctx, a.database(), sqlite.Options{Now: a.options.Now, Copies: a.copies()})
	if err != nil {
		return backup.Made{}, err
	}
	v := vault.Open(db, a.options.Workspace, vault.Options{Log: a.log})
	made, err := backup.New(backup.Options{
		DB: db, Vault: v, Journal: activity.New(db, nil, nil), Settings: settings.NewStore(db), Dir: a.options.Workspace,
		Pictures: filepath.Join(a.options.Workspace, picturesFolder), Program: a.options.Version, Computer: machine.Name(), Log: a.log,
	}).Write(ctx, path, passphrase, progress)
	v.Close()
	return made, errors.Join(err, db.Close())
}

// there tells whether there is a database at all: none is made where somebody only mistyped a folder.
func (a *App) there() error {
	if _, err := os.Stat(a.database()); err != nil {
		return fault.Wrap(err, fault.NotFound, reasonMissing)
	}
	return nil
}

// Restore puts a backup in the place of the workspace, if agree says so to what it changes. What was there is kept aside.
// Error: Conflict/reasonInUse while a window has the workspace open.
func (t *Terminal) Restore(ctx context.Context, path, passphrase string, progress func(done, total int64), agree func(BackupView) bool) error {
	return t.put(ctx, agree, func() (*unpacked, error) { return t.a.unpack(ctx, path, passphrase, progress) })
}

// Take puts the newest state that is at a place in the place of the workspace, as Restore does, and makes this computer the one
// that writes there. Errors: as Restore; those of the place; NotFound/replica.ReasonEmpty where nothing was sent.
func (t *Terminal) Take(ctx context.Context, w replica.Where, passphrase string, progress func(done, total int64), agree func(BackupView) bool) error {
	return t.put(ctx, agree, func() (*unpacked, error) {
		from, err := t.a.reach(ctx, w, passphrase)
		if err != nil {
			return nil, err
		}
		if from.found, err = from.line.Find(ctx); err != nil {
			return nil, err
		}
		if len(from.found.Versions) == 0 {
			return nil, fault.New(fault.NotFound, replica.ReasonEmpty)
		}
		from.from = from.found.Versions[0].Ref
		return t.a.fetch(ctx, from, progress)
	})
}

// put puts what open opens beside the workspace in its place, if agree says so.
func (t *Terminal) put(ctx context.Context, agree func(BackupView) bool, open func() (*unpacked, error)) error {
	a := t.a
	w := way{file: a.database(), place: a.options.Disk(a.options.Workspace)}
	if err := a.take(&w, a.options.Workspace, insist{}); err != nil {
		return err
	}
	defer w.leave()
	if w.beside != nil {
		return w.beside
	}
	u, err := open()
	if err != nil {
		return err
	}
	defer u.forget()
	v, err := a.compared(ctx, u)
	if err != nil {
		return err
	}
	if !agree(v) {
		return fault.New(fault.Canceled, "")
	}
	if err := a.prepare(ctx, u); err != nil {
		return err
	}
	begin, err := u.claim(ctx)
	if err != nil {
		return err
	}
	if _, err = a.replaceWith(ctx, u); err != nil {
		return err
	}
	if err := begin(); err != nil || u.source == nil {
		return err
	}
	w.leave() // it is opened once, so that it knows where it came from
	err = a.Open(ctx)
	if err == nil {
		err = a.adopt(ctx, u)
	}
	a.Shutdown()
	return err
}

// Health is what is known of a workspace without a word of anybody's in it.
type Health struct {
	Version  string           `json:"version"`
	System   string           `json:"system"`
	Arch     string           `json:"arch"`
	Database string           `json:"database"` // ok, or why not
	Bytes    int64            `json:"bytes"`
	Remote   string           `json:"remote"` // kind of the network disk; "" for none
	ReadOnly bool             `json:"readOnly"`
	Synced   string           `json:"synced"` // the program that keeps the folder the same elsewhere
	Copies   int              `json:"copies"`
	LastCopy time.Time        `json:"lastCopy"`
	Journal  string           `json:"journal"` // ok, broken, unread
	Entries  int64            `json:"entries"`
	Broken   int64            `json:"broken"`
	Records  map[string]int64 `json:"records"` // by kind
}

// OK tells whether nothing is wrong.
func (h Health) OK() bool { return h.Database == "ok" && h.Journal == "ok" }

// Verify looks at the file of the workspace as a whole, and at its journal. Nothing of it changes: the journal is read from a
// copy, which is removed.
func (t *Terminal) Verify(ctx context.Context) (Health, error) {
	a := t.a
	place := a.options.Disk(a.options.Workspace)
	h := Health{
		Version: a.options.Version, System: machine.System(), Arch: runtime.GOOS + "/" + runtime.GOARCH, Remote: place.Remote,
		ReadOnly: place.ReadOnly, Synced: place.Synced, Database: "ok", Journal: "unread", Records: map[string]int64{},
	}
	if err := a.there(); err != nil {
		return h, err
	}
	if info, err := os.Stat(a.database()); err == nil {
		h.Bytes = info.Size()
	}
	if copies, err := sqlite.Copies(a.copies()); err == nil && len(copies) > 0 {
		h.Copies, h.LastCopy = len(copies), copies[0].At
	}
	w := way{file: a.database()}
	err := sqlite.Trust(ctx, w.file)
	if err == nil {
		err = a.copyToLook(ctx, &w)
	}
	if err != nil {
		if h.Database = fault.ReasonOf(err); h.Database == "" {
			return h, err
		}
		return h, nil
	}
	defer w.leave()
	db, err := sqlite.Open(ctx, w.file, sqlite.Options{Now: a.options.Now, Copies: filepath.Join(w.temp, copiesFolder)})
	if err != nil {
		return h, err
	}
	report, err := activity.New(db, nil, nil).VerifyFile(ctx, nil)
	if err != nil {
		return h, errors.Join(err, db.Close())
	}
	h.Journal, h.Broken = "ok", report.Broken
	if !report.OK() {
		h.Journal = "broken"
	}
	rows, err := db.Rows(ctx)
	h.Entries = rows["journal"]
	for _, kind := range kinds {
		for _, table := range kind.Tables {
			h.Records[kind.Name] += rows[table]
		}
	}
	return h, errors.Join(err, db.Close())
}

// VerifyBackup opens a backup to its end and changes nothing.
func (t *Terminal) VerifyBackup(ctx context.Context, path, passphrase string) (archive.Manifest, error) {
	m, _, err := archive.Open(ctx, path, passphrase, "", func(int64, int64) {})
	return m, err
}
