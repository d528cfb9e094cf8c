package sqlite

import (
	"errors"
	"io/fs"
	"os"

	"kontor/internal/core/fault"
)

// Close waits for running statements, closes both pools and notes that the file was closed properly.
func (db *DB) Close() error {
	if err := db.inPlace(); err != nil {
		db.Doubt()
	}
	if err := db.close(); err != nil || db.doubted.Load() {
		return err
	}
	if _, err := readMark(db.path); err == nil {
		return nil // it was closed before
	}
	if err := leaveMark(db.path, db.now()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return classify(err)
	}
	return nil
}

// Doubt leaves no mark of a proper end when the file is closed: the next start looks at the whole of it.
func (db *DB) Doubt() { db.doubted.Store(true) }

// inPlace tells whether the file that is open is still the one at its path: what is written into another is lost, and two
// programs would each believe that they have the workspace.
func (db *DB) inPlace() error {
	if db.file == nil {
		return nil
	}
	info, err := os.Stat(db.path)
	switch {
	case err == nil && os.SameFile(info, db.file):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return fault.Wrap(errors.New("sqlite: another file is in its place, or none"), fault.Unavailable, ReasonReplaced)
}

func (db *DB) close() error { return errors.Join(db.read.Close(), db.write.Close()) }
