package sqlite

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	driver "modernc.org/sqlite"
)

// Snapshot writes the database as it is at one moment to path, page by page: what has not changed since another snapshot
// is at the same place in both. Whoever writes meanwhile does not wait, and nothing has to be begun again. It is not
// compact and not checked, as a copy of CopyTo is. Errors as Keep; whatever ends it leaves nothing.
func (db *DB) Snapshot(ctx context.Context, path string) (err error) {
	defer func() {
		if err != nil {
			_ = os.Remove(path)
		}
		for _, part := range sidecars {
			_ = os.Remove(path + part)
		}
		err = classify(err)
	}()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600) // owner's alone from its first byte
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := roomFor(ctx, db.read, filepath.Dir(path)); err != nil {
		return err
	}
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	return conn.Raw(func(c any) error {
		source, ok := c.(interface {
			NewBackup(uri string) (*driver.Backup, error)
		})
		if !ok {
			return errors.New("sqlite: the driver makes no snapshots")
		}
		b, err := source.NewBackup("file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_pragma=synchronous(OFF)")
		if err != nil {
			return err
		}
		more, err := b.Step(-1) // in one step: with several it begins anew whenever somebody writes
		if err == nil && more {
			err = errors.New("sqlite: a snapshot in one step is not done")
		}
		return errors.Join(err, b.Finish())
	})
}

// Watch has f called after each change that this program commits, from the goroutine that made it; nil ends it.
func (db *DB) Watch(f func()) {
	if f == nil {
		f = func() {}
	}
	db.watch.Store(&f)
}
