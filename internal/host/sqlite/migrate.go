package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"

	"kontor/internal/core/fault"
)

//go:embed migrations/*.sql
var embedded embed.FS

// wait is how long Open waits for another program that migrates the same file.
const wait = 30 * time.Second

// small is the size up to which the whole file is checked when it is opened (a few milliseconds).
const small = 16 << 20

// migrations are the steps that this program knows; a test takes some of them away.
var migrations = func() fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

func provider(p *sql.DB) (*goose.Provider, error) {
	// Each area numbers its migrations in a range of its own, so one that is new may have a smaller number than others
	// that a file has had for long.
	return goose.NewProvider(goose.DialectSQLite3, p, migrations(), goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
}

// migrate creates or updates the schema at path. A file that is up to date is only read.
func migrate(ctx context.Context, path string, o Options) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	unlock, err := lockFile(ctx, path)
	if err != nil {
		return err
	}
	defer unlock()

	info, err := os.Stat(path)
	fresh := errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
	if err != nil && !fresh {
		return err
	}
	if !fresh {
		current, err := inspect(ctx, path, info.Size())
		if err != nil || current {
			return err
		}
	}
	return upgrade(ctx, path, o, fresh)
}

// lockFile takes the lock under which the file may be replaced or its schema changed.
func lockFile(ctx context.Context, path string) (unlock func(), err error) {
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	ok, err := lock.TryLockContext(waiting, 20*time.Millisecond)
	switch {
	case ok:
		return func() { _ = lock.Unlock() }, nil
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return nil, fault.Wrap(err, fault.Unavailable, ReasonBusy)
	}
	return nil, err
}

// inspect reads an existing file without changing it: whole, and not newer than this program? Then, is it current?
func inspect(ctx context.Context, path string, size int64) (current bool, err error) {
	p, err := readOnlyPool(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = p.Close() }()
	if size <= small {
		if err := check(ctx, path, "quick_check"); err != nil {
			return false, err
		}
	}
	has, err := One(ctx, p, Value[int], "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'")
	if err != nil {
		return false, err
	}
	if has == 0 {
		return false, fault.Wrap(errors.New("no schema version"), fault.Unavailable, ReasonDamaged)
	}
	applied, err := All(ctx, p, Value[int64], "SELECT version_id FROM goose_db_version WHERE is_applied AND version_id > 0")
	if err != nil {
		return false, err
	}
	known, err := known()
	if err != nil {
		return false, err
	}
	// Areas number in ranges of their own, so what is newer need not be larger: what this program does not know is.
	for _, version := range applied {
		if !slices.Contains(known, version) {
			return false, fault.New(fault.Conflict, ReasonNewer).
				With("found", fmt.Sprint(version)).With("known", fmt.Sprint(known[len(known)-1]))
		}
	}
	missing := slices.ContainsFunc(known, func(version int64) bool { return !slices.Contains(applied, version) })
	return !missing, nil
}

// known are the schema versions that this program knows, oldest first.
func known() ([]int64, error) {
	entries, err := fs.ReadDir(migrations(), ".")
	if err != nil || len(entries) == 0 {
		return nil, errors.Join(errors.New("sqlite: no migrations"), err)
	}
	list := make([]int64, len(entries))
	for i, e := range entries {
		if list[i], err = goose.NumericComponent(e.Name()); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Latest is the newest schema version that this program knows.
func Latest() (int64, error) {
	list, err := known()
	if err != nil {
		return 0, err
	}
	return list[len(list)-1], nil
}

func upgrade(ctx context.Context, path string, o Options, fresh bool) (err error) {
	if fresh { // created here so that it never has wider permissions, not even for a moment
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		_ = f.Close()
	}
	p, err := pool(path, 1, "&mode=rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if !fresh {
		name := fmt.Sprintf("before-update-%s.db", o.Now().UTC().Format(stamp))
		if err := vacuumInto(ctx, p, filepath.Join(o.Copies, name)); err != nil {
			return err
		}
	}
	goose, err := provider(p)
	if err != nil {
		return err
	}
	_, err = goose.Up(ctx)
	return err
}
