package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Why a database was put aside; it is in the name, behind that of the database.
const (
	AsideRestored = "before-restore"
	AsideAnew     = "set-aside"
)

// Restore puts a copy in the place of the database at path, which must not be open in this program. The copy is
// checked as a whole first; the former file is kept aside, with its journal, under a name that tells when. Errors as
// Open; NotFound if dir holds no copy of that name.
func Restore(ctx context.Context, dir, name, path string, now time.Time) error {
	source, err := copyAt(dir, name)
	if err != nil {
		return err
	}
	fresh := path + ".restoring"
	defer func() { _ = os.Remove(fresh) }()
	if err := copyFile(source, fresh); err != nil {
		return classify(err)
	}
	if err := Trust(ctx, fresh); err != nil {
		return err
	}
	return Replace(ctx, fresh, path, now)
}

// Trust checks a file, which is only read, as a whole: is it a workspace, and not newer than this program? Errors as Open.
func Trust(ctx context.Context, path string) error {
	if err := check(ctx, path, fullCheck); err != nil {
		return classify(err)
	}
	_, err := inspect(ctx, path)
	return classify(err)
}

// Replace moves a file that can be trusted, and is closed, into the place of the database at path, which must not be open
// in this program, on the same disk. The former one is kept aside, with its journal, under a name that tells when.
func Replace(ctx context.Context, fresh, path string, now time.Time) error {
	unlock, err := lockFile(ctx, path)
	if err != nil {
		return classify(err)
	}
	defer unlock()
	if err := putAside(path, AsideRestored, now); err != nil {
		return err
	}
	for _, part := range sidecars { // of the inspection
		_ = os.Remove(fresh + part)
	}
	return classify(errors.Join(os.Rename(fresh, path), syncDir(dirOf(path))))
}

// SetAside moves whatever is at path, with its journal, to a name that tells why and when, so that a new workspace can be
// made there. There need not be anything.
func SetAside(ctx context.Context, path string, now time.Time) error {
	unlock, err := lockFile(ctx, path)
	if err != nil {
		return classify(err)
	}
	defer unlock()
	return putAside(path, AsideAnew, now)
}

// sidecars are the files that SQLite and this package keep beside a database.
var sidecars = []string{"-shm", "-wal", "-journal", markEnding}

func putAside(path, why string, now time.Time) error {
	aside := fmt.Sprintf("%s.%s-%s", path, why, now.UTC().Format(stamp))
	for _, part := range append(sidecars, "") { // the database itself last: without it there is nothing to open
		if err := os.Rename(path+part, aside+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return classify(err)
		}
	}
	return nil
}

// CopyRaw copies a database, with its journal, file by file to path, without opening it where it lies, and checks the copy.
// Error: Unavailable/ReasonDamaged, also where somebody wrote to it meanwhile.
func CopyRaw(ctx context.Context, from, path string) error {
	for _, part := range []string{"-wal", "-journal", ""} {
		if err := copyFile(from+part, path+part); err != nil && !(part != "" && errors.Is(err, fs.ErrNotExist)) {
			return classify(err)
		}
	}
	if err := rollBack(ctx, path); err != nil {
		return classify(err)
	}
	return check(ctx, path, fullCheck)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
