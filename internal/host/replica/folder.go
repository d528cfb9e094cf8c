package replica

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"kontor/internal/core/fault"
)

// folder is a place on a disk that this computer reaches: another disk, or a share. The path itself is never made: a
// disk that is away leaves an empty mount point, and what is written there helps nobody.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

func (f folder) List(_ context.Context, dir string) ([]Item, error) {
	entries, err := os.ReadDir(f.path(dir))
	if errors.Is(err, fs.ErrNotExist) && dir != "" {
		return nil, nil
	}
	list := []Item{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && (e.IsDir() || e.Type().IsRegular()) {
			i := Item{Name: e.Name(), Dir: e.IsDir()}
			if !i.Dir {
				i.Size = info.Size()
			}
			list = append(list, i)
		}
	}
	return list, ofDisk(err)
}

func (f folder) Read(_ context.Context, name string) (io.ReadCloser, error) {
	r, err := os.Open(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		if _, root := os.Stat(string(f)); root == nil {
			return nil, fault.Wrap(err, fault.NotFound, "")
		}
	}
	return r, ofDisk(err)
}

func (f folder) Write(ctx context.Context, name string, from io.Reader, size int64) error {
	fresh, err := f.fresh(ctx, name, from, size)
	if err != nil {
		return err
	}
	err = os.Rename(fresh, f.path(name))
	if err != nil {
		_ = os.Remove(fresh)
	}
	return ofDisk(err)
}

// fresh writes an object under a name that no reader looks at.
func (f folder) fresh(ctx context.Context, name string, from io.Reader, size int64) (path string, err error) {
	to, err := os.OpenFile(f.path(name)+unfinished+random(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", ofDisk(err)
	}
	n, err := io.Copy(to, stoppable{from, ctx})
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err = errors.Join(err, to.Sync(), to.Close()); err != nil {
		_ = os.Remove(to.Name())
	}
	return to.Name(), ofDisk(err)
}

// Claim makes a second name for the object, which a name that is taken refuses. Where a disk knows no second names, whoever
// makes the name first has it.
func (f folder) Claim(_ context.Context, name string, data []byte) error {
	to := f.path(name) + unfinished + random()
	if err := os.WriteFile(to, data, 0o600); err != nil {
		return ofDisk(err)
	}
	defer func() { _ = os.Remove(to) }()
	err := os.Link(to, f.path(name))
	if err != nil && !errors.Is(err, fs.ErrExist) {
		var w *os.File
		if w, err = os.OpenFile(f.path(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			_, err = w.Write(data)
			err = errors.Join(err, w.Sync(), w.Close())
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return fault.Wrap(err, fault.Conflict, ReasonTaken)
	}
	return ofDisk(err)
}

func (f folder) Folder(_ context.Context, dir string) error {
	if dir == "" {
		info, err := os.Stat(string(f))
		if err == nil && !info.IsDir() {
			err = &fs.PathError{Op: "open", Path: string(f), Err: syscall.ENOTDIR}
		}
		return ofDisk(err)
	}
	err := os.Mkdir(f.path(dir), 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return ofDisk(err)
}

func (f folder) Remove(_ context.Context, name string) error {
	return ofDisk(os.RemoveAll(f.path(name)))
}

// ofDisk is a fault of a disk.
func ofDisk(err error) error {
	switch {
	case err == nil || fault.CodeOf(err) != fault.Internal:
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(err, fault.Canceled, "")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fault.Wrap(err, fault.Unavailable, ReasonFull)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.Wrap(err, fault.Forbidden, ReasonRefused)
	}
	return fault.Wrap(err, fault.Unavailable, ReasonAway)
}

// stoppable reads until its context ends.
type stoppable struct {
	io.Reader

	ctx context.Context //nolint:containedctx // of this one reading
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}
