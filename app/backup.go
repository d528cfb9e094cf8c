package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/flow/backup"
	"kontor/internal/flow/safety"
	"kontor/internal/host/archive"
	"kontor/internal/host/bridge"
	"kontor/internal/host/disk"
	"kontor/internal/host/machine"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

// restoreProgress is the event that tells how far the opening of a backup is, as a RestoreProgress.
const restoreProgress = "restore"

// restoring begins the names of the folders, in that of the workspace, into which a backup is unpacked.
const restoring = ".restoring-"

// RestoreProgress is how much of a backup has been read.
type RestoreProgress struct {
	Done  int64 `json:"done"`
	Total int64 `json:"total"` // bytes of the file
}

// BackupView is a backup that was opened beside the workspace.
type BackupView struct {
	Name        string                  `json:"name"`        // of the file
	At          string                  `json:"at"`          // RFC 3339: its state is of this moment
	Program     string                  `json:"program"`     // version of Kontor
	Computer    string                  `json:"computer"`    // where it was made
	Other       bool                    `json:"other"`       // it is not of the workspace that is there
	Present     bool                    `json:"present"`     // there is a workspace to compare it with
	Secrets     string                  `json:"secrets"`     // key: they can be opened here; file: with their own passphrase; none: they stay behind, or there are none
	Password    bool                    `json:"password"`    // the password of whoever is signed in is asked
	Differences []safety.DifferenceView `json:"differences"` // what putting it in place changes
}

// unpacked is a backup whose content lies beside the workspace, and was checked.
type unpacked struct {
	dir        string // removed in any case
	name       string // of the file
	manifest   archive.Manifest
	opens      vault.Portable
	passphrase string
	source     *source // nil for a file
}

func (u *unpacked) database() string { return filepath.Join(u.dir, archive.Database) }

func (u *unpacked) forget() {
	if u != nil {
		_ = os.RemoveAll(u.dir)
	}
}

func (a *App) backupOf(h *workspace, clock day.Clock) *backup.Service {
	return backup.New(backup.Options{
		DB: h.db, Clock: clock, Vault: h.vault, Journal: h.journal, Settings: h.settings, Dir: h.path, Pictures: filepath.Join(h.path, picturesFolder),
		Program: a.options.Version, Computer: machine.Name(), Log: a.log, Changed: func() { a.shell.EmitBeside(backup.Changed) },
	})
}

// mayRestore tells whether a backup may be put in the place of what is there, and whether that takes a password: where no
// workspace can be opened, or nobody has an account in it, it takes none.
func (s *SystemService) mayRestore() (password bool, err error) {
	if s.State().Fault != "" {
		return false, s.app.mayReplace()
	}
	return call(s.app, "system.mayRestore", func(ctx context.Context, h *workspace) (bool, error) {
		if h.sample {
			return false, fault.New(fault.Conflict, "sample_has_no_copies")
		}
		if h.way.look != nil {
			return false, h.way.look
		}
		if h.way.beside != nil {
			return false, h.way.beside
		}
		if any, err := h.profiles.Any(ctx); err != nil || !any {
			return false, err
		}
		_, err := access.Require(ctx, access.KeepWorkspace)
		return true, err
	})
}

// ChooseBackup asks for the file of a backup; "" if none was chosen. Title and filter are those of the dialog.
func (s *SystemService) ChooseBackup(title, filter string) (string, error) {
	if _, err := s.mayRestore(); err != nil {
		return "", err
	}
	return s.app.shell.AskOpen(bridge.OpenDialog{Title: title, Filter: filter, Endings: []string{archive.Ending}})
}

// OpenBackup opens a backup beside the workspace and says what putting it in place would change. Nothing of the workspace
// is touched. It takes as long as it takes; see CancelBackup, and the event for the progress.
func (s *SystemService) OpenBackup(path, passphrase string) (BackupView, error) {
	password, err := s.mayRestore()
	if err != nil {
		return BackupView{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return s.openBeside(ctx, cancel, password, func(progress func(done, total int64)) (*unpacked, error) {
		return s.app.unpack(ctx, path, passphrase, progress)
	})
}

// openBeside opens what unpack unpacks, and says what putting it in place would change.
func (s *SystemService) openBeside(ctx context.Context, cancel context.CancelFunc, password bool, unpack func(progress func(done, total int64)) (*unpacked, error)) (BackupView, error) {
	a := s.app
	a.restore.begin(cancel)
	last := time.Time{}
	u, err := unpack(func(done, total int64) {
		if now := time.Now(); now.Sub(last) > 100*time.Millisecond {
			last = now
			a.shell.Emit(restoreProgress, RestoreProgress{done, total})
		}
	})
	if err != nil {
		return BackupView{}, s.logged("system.OpenBackup", err)
	}
	v, err := a.compared(ctx, u)
	if err != nil {
		u.forget()
		return BackupView{}, s.logged("system.OpenBackup", err)
	}
	v.Password = password
	a.restore.keep(u)
	return v, nil
}

func (s *SystemService) logged(name string, err error) error {
	_, err = bridge.Outside(s.app.shell, name, func(context.Context) (struct{}, error) { return struct{}{}, err })
	return err
}

// CancelBackup stops the opening of a backup, and removes one that was opened.
func (s *SystemService) CancelBackup() error {
	_, err := bridge.Outside(s.app.shell, "system.CancelBackup", func(context.Context) (struct{}, error) {
		s.app.restore.keep(nil)
		return struct{}{}, nil
	})
	return err
}

// RestoreBackup puts the backup that was opened in the place of the workspace and opens it; nobody is signed in then. What was
// there is kept: as a copy if it is whole, else aside. Where somebody has an account this takes a keeper and the password.
func (s *SystemService) RestoreBackup(password string) (SystemView, error) {
	a := s.app
	a.turn.Lock()
	defer a.turn.Unlock()
	asked, err := s.mayRestore()
	if err != nil {
		return SystemView{}, err
	}
	u := a.restore.opened()
	if u == nil {
		return SystemView{}, fault.New(fault.NotFound, "")
	}
	open := s.State().Fault == ""
	if asked {
		err = do(a, "system.RestoreBackup", func(ctx context.Context, h *workspace) error {
			if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
				return err
			}
			return h.sessions.Reauthenticate(ctx, password)
		})
	}
	if open && err == nil {
		err = do(a, "system.RestoreBackup", func(ctx context.Context, h *workspace) error {
			why := sqlite.BeforeRestore
			if u.source != nil {
				why = sqlite.Asked // it may hold what nothing else does: it stays until a person removes it
			}
			_, err := h.db.Keep(ctx, why)
			return err
		})
	}
	if err != nil {
		return SystemView{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), building)
	defer cancel()
	_, err = bridge.Outside(a.shell, "system.RestoreBackup", func(context.Context) (struct{}, error) {
		if err := a.prepare(ctx, u); err != nil {
			return struct{}{}, err
		}
		a.mu.Lock()
		a.leave()
		a.fault = fault.New(fault.Unavailable, "not_open")
		a.mu.Unlock()
		var aside []string
		err := a.alone(func() error {
			begin, err := u.claim(ctx) // from here on no other computer's changes can get lost
			if err != nil {
				return err
			}
			if aside, err = a.replaceWith(ctx, u); err != nil {
				return err
			}
			return begin() // not before: what lies here is what the claim goes on from
		})
		if err == nil && open {
			for _, file := range aside {
				_ = os.RemoveAll(file) // there is a copy of the same, which is listed
			}
		}
		return struct{}{}, err
	})
	a.restore.keep(nil)
	opened := a.Open(ctx)
	if err != nil { // what was there is still there, or the state says how it went
		return SystemView{}, errors.Join(err, opened)
	}
	return s.State(), a.adopt(ctx, u)
}

// unpack opens a backup into a folder beside the workspace and checks everything in it. Errors: as archive.Open and
// archive.Manifest.Sound.
func (a *App) unpack(ctx context.Context, path, passphrase string, progress func(done, total int64)) (_ *unpacked, err error) {
	u, err := a.beside(filepath.Base(path))
	if err != nil {
		return nil, err
	}
	u.passphrase = passphrase
	defer func() {
		if err != nil {
			u.forget()
		}
	}()
	var key []byte
	if u.manifest, key, err = archive.Open(ctx, path, passphrase, u.dir, progress); err != nil {
		return nil, err
	}
	if err := u.manifest.Expect(archive.Whole); err != nil {
		return nil, err
	}
	u.opens.Key = key
	if u.manifest.Has(archive.KeyFile) {
		file := filepath.Join(u.dir, archive.KeyFile)
		if u.opens.File, err = os.ReadFile(file); err == nil {
			err = os.Remove(file) // prepare puts it there again
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
		}
	}
	return u, u.manifest.Sound(ctx, u.database())
}

// beside makes a folder beside the workspace into which something is unpacked.
func (a *App) beside(name string) (u *unpacked, err error) {
	if err := os.MkdirAll(a.options.Workspace, 0o700); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	u = &unpacked{name: name}
	if u.dir, err = disk.Scratch(a.options.Workspace, restoring); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	return u, nil
}

// compared says what a backup that was unpacked would change.
func (a *App) compared(ctx context.Context, u *unpacked) (v BackupView, err error) {
	v = BackupView{
		Name: u.name, At: bridge.Moment(u.manifest.At), Program: u.manifest.Program, Computer: u.manifest.Computer, Secrets: "none",
	}
	switch {
	case u.opens.Key != nil:
		v.Secrets = "key"
	case u.opens.File != nil:
		v.Secrets = "file"
	}
	then, err := sqlite.Rows(ctx, u.database())
	if err != nil {
		return v, err
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	var now map[string]int64
	if a.workspace != nil {
		if now, err = a.workspace.db.Rows(ctx); err != nil {
			return v, err
		}
		id, err := a.workspace.db.ID(ctx)
		if err != nil {
			return v, err
		}
		v.Present = now["account"] > 0
		v.Other = v.Present && id != u.manifest.Workspace
	}
	v.Differences = safety.Views(safety.Differences(kinds, now, then))
	return v, nil
}

// prepare makes of a backup that was unpacked the workspace that goes on here: its schema is this program's, nobody is
// signed in, nothing is sent that may have been sent, its secrets can be opened, and the journal says where it comes from.
// It is closed afterwards, and nothing outside its folder has changed but the keyring.
func (a *App) prepare(ctx context.Context, u *unpacked) (err error) {
	db, err := sqlite.Open(ctx, u.database(), sqlite.Options{Now: a.options.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := a.foreign(ctx, db, func(ctx context.Context, tx *sqlite.Tx) error { return u.restored(ctx, tx, db) }); err != nil {
		return err
	}
	if _, err := vault.Adopt(ctx, db, u.dir, u.opens, u.passphrase); err != nil {
		return err
	}
	return db.EmptyLog(ctx)
}

// foreign takes from a workspace that was somewhere else, or earlier, what must not go on here: whoever is signed in, and
// messages that may have been sent since.
func (a *App) foreign(ctx context.Context, db *sqlite.DB, also func(ctx context.Context, tx *sqlite.Tx) error) error {
	if err := errors.Join(mail.Doubt(ctx, db), mirror.DoubtEdits(ctx, db)); err != nil {
		return err
	}
	return db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := session.EndAll(ctx, tx); err != nil {
			return err
		}
		if err := vault.DropPlace(ctx, tx, session.VaultPlace); err != nil {
			return err
		}
		return also(ctx, tx)
	})
}

// replaceWith puts a backup that was prepared in the place of the workspace, which is closed, and returns where the former
// database lies. Pictures are named after what they hold: those that are there stay.
func (a *App) replaceWith(ctx context.Context, u *unpacked) (aside []string, err error) {
	pictures, err := archive.Pictures(filepath.Join(u.dir, picturesFolder))
	if err != nil {
		return nil, err
	}
	for _, p := range pictures {
		to := filepath.Join(a.options.Workspace, filepath.FromSlash(p.Name))
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o700), os.Rename(p.Path, to)); err != nil {
			return nil, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
		}
	}
	if err := vault.SetAside(a.options.Workspace, a.options.Now()); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	key := filepath.Join(u.dir, vault.KeyFile)
	if err := os.Rename(key, filepath.Join(a.options.Workspace, vault.KeyFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	return a.asideBy(func() error { return sqlite.Replace(ctx, u.database(), a.database(), a.options.Now()) })
}
