package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
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

// migrate creates or updates the schema at path, and tells how the file was found. A file that is up to date is only read.
func migrate(ctx context.Context, path string, o Options) (State, error) {
	if err := os.MkdirAll(dirOf(path), 0o700); err != nil {
		return State{}, err
	}
	unlock, err := lockFile(ctx, path)
	if err != nil {
		return State{}, err
	}
	defer unlock()

	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return State{Checked: true}, create(ctx, path, o)
	case err != nil:
		return State{}, err
	case info.IsDir():
		return State{}, fault.New(fault.Unavailable, ReasonFolder)
	case info.Size() == 0: // a new one comes whole into its place: this one has lost everything
		return State{}, fault.New(fault.Unavailable, ReasonEmpty)
	}
	if o.NoWAL {
		if err := leaveWAL(ctx, path); err != nil {
			return State{}, err
		}
	}
	if err := rollBack(ctx, path); err != nil {
		return State{}, err
	}
	state, err := found(ctx, path, info.Size())
	if err != nil {
		return state, err
	}
	current, err := inspect(ctx, path)
	if err != nil || current {
		return state, err
	}
	return state, upgrade(ctx, path, o)
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
	if err = classify(err); fault.CodeOf(err) == fault.Internal { // something else has its name
		err = fault.Wrap(err, fault.Unavailable, ReasonNoWrite)
	}
	return nil, err
}

// inspect reads an existing file without changing it: is it a workspace, and not newer than this program? Then, is it
// current?
func inspect(ctx context.Context, path string) (current bool, err error) {
	p, err := readOnlyPool(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = p.Close() }()
	has, err := One(ctx, p, Value[int], "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'")
	if err != nil {
		return false, err
	}
	if has == 0 {
		return false, fault.Wrap(errors.New("no schema version"), fault.Unavailable, ReasonDamaged)
	}
	// Kontor takes no version back: to apply one again would be to work on in a damaged file.
	strange, err := One(ctx, p, Value[int], "SELECT count(*) FROM goose_db_version WHERE is_applied IS NOT 1 OR typeof(version_id) <> 'integer'")
	if err != nil {
		return false, err
	}
	if strange > 0 {
		return false, fault.Wrap(errors.New("a schema version that is none"), fault.Unavailable, ReasonDamaged)
	}
	applied, err := All(ctx, p, Value[int64], "SELECT version_id FROM goose_db_version")
	if err != nil {
		return false, err
	}
	known, err := known()
	if err != nil {
		return false, err
	}
	return judge(applied, known)
}

// judge tells from the versions of a file whether it is current. Each version is there once, and so is the 0 of the
// beginning. Whatever makes a file newer knows all that this program does: a version that is unknown beside one that is
// missing was another before, and the file is damaged.
func judge(applied, known []int64) (current bool, err error) {
	applied = slices.Sorted(slices.Values(applied))
	if len(applied) == 0 || applied[0] != 0 || len(slices.Compact(slices.Clone(applied))) != len(applied) {
		return false, fault.Wrap(fmt.Errorf("schema versions %v", applied), fault.Unavailable, ReasonDamaged)
	}
	// Areas number in ranges of their own, so what is newer need not be larger: what this program does not know is.
	unknown := slices.IndexFunc(applied[1:], func(version int64) bool { return !slices.Contains(known, version) })
	missing := slices.IndexFunc(known, func(version int64) bool { return !slices.Contains(applied, version) })
	switch {
	case unknown >= 0 && missing >= 0:
		return false, fault.Wrap(fmt.Errorf("schema version %d, and %d is missing", applied[1+unknown], known[missing]), fault.Unavailable, ReasonDamaged)
	case unknown >= 0:
		return false, fault.New(fault.Conflict, ReasonNewer).
			With("found", fmt.Sprint(applied[1+unknown])).With("known", fmt.Sprint(known[len(known)-1]))
	}
	return missing < 0, nil
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

// create makes a new database under another name and puts it, whole, into its place.
func create(ctx context.Context, path string, o Options) error {
	fresh := path + ".new"
	for _, part := range append([]string{""}, sidecars...) { // of a start that ended here
		if err := os.Remove(fresh + part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // so that it never has wider permissions
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := up(ctx, fresh, o, func(context.Context, *sql.DB) error { return nil }); err != nil {
		_ = os.Remove(fresh)
		return err
	}
	return errors.Join(os.Rename(fresh, path), syncDir(dirOf(path)))
}

// upgrade copies a database, of whose present state there is one copy however often this fails, and brings it up to date.
func upgrade(ctx context.Context, path string, o Options) error {
	return up(ctx, path, o, func(ctx context.Context, p *sql.DB) error {
		_, err := keep(ctx, p, o.Copies, BeforeUpdate, o.Now())
		if err != nil {
			return err
		}
		return tidy(o.Copies, o.Now(), CopySpace)
	})
}

func up(ctx context.Context, path string, o Options, before func(ctx context.Context, p *sql.DB) error) (err error) {
	p, err := connect(path, 1, o.pragmas())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if err := before(ctx, p); err != nil {
		return err
	}
	steps, err := provider(p)
	if err != nil {
		return err
	}
	_, err = steps.Up(ctx)
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		err = classify(err) // the disk's own words, where it was the disk
		if fault.CodeOf(err) == fault.Internal {
			err = fault.Wrap(err, fault.Unavailable, ReasonNotUpdated)
		}
	}
	return err
}

// rollBack undoes the change that was under way when a program ended that keeps no write-ahead log; whoever only reads cannot.
func rollBack(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path + "-journal"); err != nil {
		return nil //nolint:nilerr // nothing was under way
	}
	p, err := connect(path, 1, "?_pragma=busy_timeout(5000)&mode=rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	_, err = One(ctx, p, Value[int], "SELECT count(*) FROM sqlite_schema")
	return err
}

// leaveWAL puts the write-ahead log into the file and gives it up, without the memory that a log shares between programs.
func leaveWAL(ctx context.Context, path string) (err error) {
	p, err := connect(path, 1, "?_pragma=busy_timeout(5000)&_pragma=locking_mode(EXCLUSIVE)&mode=rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	_, err = One(ctx, p, Value[string], "PRAGMA journal_mode = DELETE")
	return err
}
