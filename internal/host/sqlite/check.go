package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kontor/internal/core/fault"
)

// fullCheck compares every index with its table, too. A file that lacks index entries answers with too few rows, and
// quick_check calls it whole.
const fullCheck = "integrity_check"

// Sizes up to which the whole file is checked before it is opened, at about 10 ms for each MB: after a proper end, and
// after a crash.
const (
	small        = 24 << 20
	afterCrashed = 5 * small
)

// markEnding is the end of the name of the file that says how the database was closed. It is there only between a clean
// end and the next start: without it the program, or the computer, ended in the middle.
const markEnding = ".closed"

// mark is what the file was when it was closed, as JSON.
type mark struct {
	Size   int64     `json:"size"`
	Sum    uint32    `json:"crc32c"` // against accidents; whoever can change the file can change this, too
	Closed time.Time `json:"closed"`
}

// State tells how a file was found when it was opened.
type State struct {
	Crashed bool      // it was not closed properly the last time
	Altered time.Time // if not zero: it is not the file that was closed then, although its structure is whole
	Checked bool      // the whole file was checked; otherwise Check is to be called
}

// State is how the file was found.
func (db *DB) State() State { return db.state }

// Check reads the whole file and compares it with how it was closed; for files that are too large to be checked before
// they are opened. Errors: Unavailable/ReasonDamaged, Canceled.
func (db *DB) Check(ctx context.Context) error { return check(ctx, db.path, fullCheck) }

// found looks at a file before anything is done with it.
func found(ctx context.Context, path string, size int64) (s State, err error) {
	upTo := int64(small)
	was, err := readMark(path)
	switch {
	case err != nil: // there is none, or none that can be read
		s.Crashed, upTo = true, afterCrashed
	default:
		if is, err := markOf(path); err != nil || is.Size != was.Size || is.Sum != was.Sum {
			s.Altered = was.Closed
		}
	}
	if size > upTo {
		return s, nil
	}
	s.Checked = true
	return s, check(ctx, path, fullCheck)
}

func readMark(path string) (m mark, err error) {
	b, err := os.ReadFile(path + markEnding)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(b, &m)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func markOf(path string) (m mark, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer func() { _ = f.Close() }()
	sum := crc32.New(castagnoli)
	m.Size, err = io.CopyBuffer(struct{ io.Writer }{sum}, struct{ io.Reader }{f}, make([]byte, 1<<20))
	m.Sum = sum.Sum32()
	return m, err
}

// leaveMark notes how a file is closed, unless another program still has it open.
func leaveMark(path string, now time.Time) error {
	if _, err := os.Lstat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	m, err := markOf(path)
	if err != nil {
		return err
	}
	m.Closed = now.UTC()
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(path+markEnding, b, 0o600)
}

// check runs one of SQLite's checks on a file, which is only read.
func check(ctx context.Context, path, pragma string) error {
	p, err := readOnlyPool(path)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	found, err := All(ctx, p, Value[string], "PRAGMA "+pragma+"(10)")
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0] != "ok" {
		return fault.Wrap(errors.New(strings.Join(found, "; ")), fault.Unavailable, ReasonDamaged)
	}
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncDir sees that a name is on disk. Not every system can; those keep names in another way.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil //nolint:nilerr // see above
	}
	_ = d.Sync()
	return d.Close()
}

func dirOf(path string) string { return filepath.Dir(path) }
