package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/fault"
)

// stamp is the moment in the names of copies, UTC.
const stamp = "20060102T150405.000"

// copyName is how copies are called: why they were made, and when.
var copyName = regexp.MustCompile(`^[a-z]+(?:-[a-z]+)*-(\d{8}T\d{6}\.\d{3})\.db$`)

// Copy is a copy of a database, made before it was changed.
type Copy struct {
	Name string // of the file in its folder
	At   time.Time
	Size int64 // bytes
}

// Copies lists the copies in a folder, newest first; none if there is no such folder.
func Copies(dir string) ([]Copy, error) {
	list := []Copy{}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	if err != nil {
		return nil, classify(err)
	}
	for _, e := range entries {
		parts := copyName.FindStringSubmatch(e.Name())
		if parts == nil || !e.Type().IsRegular() {
			continue
		}
		at, err := time.Parse(stamp, parts[1])
		if err != nil {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // removed meanwhile
		}
		list = append(list, Copy{e.Name(), at, info.Size()})
	}
	slices.SortFunc(list, func(a, b Copy) int { return b.At.Compare(a.At) })
	return list, nil
}

// Restore puts a copy in the place of the database at path, which must not be open in this program. The copy is
// checked as a whole first; the former file is kept aside, with its journal, under a name that tells when. Errors as
// Open; NotFound if dir holds no copy of that name.
func Restore(ctx context.Context, dir, name, path string, now time.Time) error {
	if !copyName.MatchString(name) {
		return fault.New(fault.NotFound, "copy")
	}
	source := filepath.Join(dir, name)
	info, err := os.Lstat(source)
	if err != nil || !info.Mode().IsRegular() {
		return fault.Wrap(err, fault.NotFound, "copy")
	}
	unlock, err := lockFile(ctx, path)
	if err != nil {
		return classify(err)
	}
	defer unlock()

	fresh := path + ".restoring"
	defer func() { _ = os.Remove(fresh) }()
	if err := copyFile(source, fresh); err != nil {
		return classify(err)
	}
	if _, err := inspect(ctx, fresh, 0); err != nil {
		return classify(err)
	}
	if err := check(ctx, fresh, "integrity_check"); err != nil {
		return classify(err)
	}
	aside := fmt.Sprintf("%s.before-restore-%s", path, now.UTC().Format(stamp))
	for _, part := range []string{"-shm", "-wal", ""} { // the database itself last: without it there is nothing to open
		if err := os.Rename(path+part, aside+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return classify(err)
		}
	}
	for _, part := range []string{"-shm", "-wal"} { // of the inspection
		_ = os.Remove(fresh + part)
	}
	return classify(os.Rename(fresh, path))
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

// check runs one of SQLite's checks on a file.
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
