// Package backup keeps the workspace elsewhere: in one file, encrypted with a passphrase, which has everything that is needed
// to go on on another computer. It makes one when a person asks, and, once it was told to, one a day or a week in a folder.
// What is done with such a file afterwards, see app: while it is put back no workspace is open.
package backup

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/disk"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

// Changed is the event after which the window asks for the state again.
const Changed = "backup:changed"

// object is what the journal calls the backups; what was done with one is its new value.
const (
	object   = "backup"
	made     = "backup_made"
	restored = "backup_restored"
)

// Vault keeps the passphrase of the backups that nobody is there for, and gives out what opens the sealed secrets.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
	Export(ctx context.Context) (vault.Portable, error)
}

// Options say what a Service works on.
type Options struct {
	DB       *sqlite.DB
	Clock    day.Clock // of the person: a day of the schedule is one of hers
	Vault    Vault
	Journal  audit.Recorder
	Settings *settings.Store
	Dir      string // of the workspace
	Pictures string // folder of the pictures
	Program  string // version of Kontor
	Computer string // its name
	Log      *slog.Logger
	Changed  func() // called after a backup was made or failed, from any goroutine
}

// Service makes the backups of one workspace.
type Service struct {
	o    Options
	stop context.CancelFunc
	done sync.WaitGroup
	busy sync.Mutex // one at a time
}

// New wires a Service. Start begins its work beside the calls.
func New(o Options) *Service {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Service{o: o, stop: func() {}}
}

// Made is a backup that was made and read back.
type Made struct {
	At   time.Time `json:"at"`   // the state is of this moment
	Path string    `json:"path"` // of the file
	Size int64     `json:"size"` // bytes
}

// working begins the names of what is written beside the database while a backup is made.
const working = ".backup-"

// Tidy removes from a workspace's folder what a backup left whose program was ended. One that is being made, here, in another
// window or from the command line, goes on.
func Tidy(dir string) { disk.Sweep(dir, working) }

// Make makes a backup at path, encrypted with the passphrase, reads it back, and only then replaces what is there.
// Progress is told in bytes. Whatever ends it before leaves nothing. Requires access.KeepWorkspace: it holds what is
// everybody's. Errors: as archive.Create; Invalid with the field passphrase; Unavailable/sqlite.ReasonFull where the
// workspace's own disk has no room for the copy that is packed.
func (s *Service) Make(ctx context.Context, path, passphrase string, progress func(done, total int64)) (Made, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return Made{}, err
	}
	return s.Write(ctx, path, passphrase, progress)
}

// Write is Make without anybody signed in, for whoever has the files of the workspace in hand anyway.
func (s *Service) Write(ctx context.Context, path, passphrase string, progress func(done, total int64)) (Made, error) {
	if err := archive.CheckPassphrase(passphrase, passphrase); err != nil {
		return Made{}, err
	}
	s.busy.Lock()
	defer s.busy.Unlock()
	dir, err := disk.Scratch(s.o.Dir, working)
	if err != nil {
		return Made{}, fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	m, err := s.pack(ctx, dir, path, passphrase, progress)
	if err != nil {
		return Made{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return Made{}, fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
	}
	one := Made{At: m.At, Path: path, Size: info.Size()}
	if path, err := filepath.Abs(path); err == nil {
		one.Path = path
	}
	return one, s.note(ctx, one)
}

func (s *Service) pack(ctx context.Context, dir, path, passphrase string, progress func(done, total int64)) (m archive.Manifest, err error) {
	m = archive.Manifest{Program: s.o.Program, Computer: s.o.Computer, At: s.o.DB.Now()}
	if m.Schema, err = sqlite.Latest(); err != nil {
		return m, err
	}
	if m.Workspace, err = s.o.DB.ID(ctx); err != nil {
		return m, err
	}
	opens, err := s.o.Vault.Export(ctx)
	if err != nil {
		return m, err
	}
	sources := []archive.Source{}
	if opens.Key != nil {
		sources = append(sources, archive.Source{Name: archive.Key, Data: opens.Key})
	}
	if opens.File != nil {
		sources = append(sources, archive.Source{Name: archive.KeyFile, Data: opens.File})
	}
	whole := filepath.Join(dir, archive.Database)
	stop := grows(whole+sqlite.Unfinished, progress)
	err = s.o.DB.CopyTo(ctx, whole)
	stop()
	if err != nil {
		return m, err
	}
	pictures, err := archive.Pictures(s.o.Pictures) // after the database: what it refers to is there
	if err != nil {
		return m, err
	}
	sources = append(append(sources, archive.Source{Name: archive.Database, Path: whole}), pictures...)
	return archive.Create(ctx, path, passphrase, m, sources, progress)
}

// grows tells how large a file is while somebody else writes it, until stop is called.
func grows(path string, progress func(done, total int64)) (stop func()) {
	over, ended := make(chan struct{}), make(chan struct{})
	beside.Go(nil, "backup", func() {
		defer close(ended)
		for {
			select {
			case <-over:
				return
			case <-time.After(100 * time.Millisecond):
				if info, err := os.Stat(path); err == nil {
					progress(info.Size(), 0) // how much it becomes is not known
				}
			}
		}
	})
	return func() { close(over); <-ended }
}

// note remembers a backup and tells the journal.
func (s *Service) note(ctx context.Context, one Made) error {
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.keepJSON(ctx, tx, lastKey, one); err != nil {
			return err
		}
		return record(ctx, tx, s.o.Journal, filepath.Base(one.Path), made)
	})
}

func record(ctx context.Context, tx *sqlite.Tx, journal audit.Recorder, name, what string) error {
	return journal.Record(ctx, tx, audit.Entry{
		Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: object, ObjectName: object, Old: name, New: what,
	})
}

// Restored tells the journal of a workspace which backup it is.
func Restored(ctx context.Context, tx *sqlite.Tx, journal audit.Recorder, name string) error {
	return record(ctx, tx, journal, name, restored)
}

// usable tells whether backups can go into a folder.
func usable(folder string) error {
	info, err := os.Stat(folder)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "backup", Path: folder, Err: errors.New("not a folder")}
	}
	if err != nil || !filepath.IsAbs(folder) {
		return fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
	}
	return nil
}
