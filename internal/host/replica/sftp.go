package replica

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pkg/sftp"

	"kontor/internal/core/fault"
)

// The bounds of what a server over SSH may answer.
const (
	maxListed = 4 << 20          // bytes of a list
	maxDepth  = 4                // folders in folders that are removed
	ahead     = 16               // packets of an object that are on their way at once
	resting   = 10 * time.Second // a connection that is not used so long is closed
)

// sftpServer is a place on a server over SSH. The password goes to the server with the confirmed key and to no other, see knows.
//
// What is assumed of it, and tried when the place is set up: a second name for a file (hardlink@openssh.com) is refused where
// the name is taken, and else, of two that create a file with CREAT and EXCL, one is refused. What is written is put in the place
// of another by posix-rename@openssh.com, at once; where that is missing there is none of both for a moment.
type sftpServer struct {
	where Where
	user  string
	host  string // with the port
	base  string // absolute, or below the folder in which the server begins

	linkless atomic.Bool // it has refused a second name though that was free

	mu   sync.Mutex
	open *connection // nil for none
	seen string      // the fingerprint of the server's key, once it has answered
}

func newSFTP(w Where, u *url.URL) *sftpServer {
	base := path.Clean(u.Path)
	if below, ok := strings.CutPrefix(base, "/~/"); ok {
		base = below
	}
	return &sftpServer{where: w, user: w.user(u), host: hostOf(u), base: base}
}

func (s *sftpServer) path(name string) string { return path.Join(s.base, name) }

// do does something within its bounds; moved tells that something came of it.
func (s *sftpServer) do(ctx context.Context, what func(c *connection, moved func()) error) error {
	c, err := s.connected(ctx)
	if err != nil {
		return err
	}
	moved, end := c.within(ctx)
	defer end()
	return c.refusal(ctx, what(c, moved))
}

// refusal is the fault of an answer that was not wished for, or of one that did not come.
func (c *connection) refusal(ctx context.Context, err error) error {
	if err != nil && (ctx.Err() != nil || errors.Is(err, sftp.ErrSSHFxConnectionLost) || fault.ReasonOf(err) == ReasonAway) {
		c.end()
	}
	var status *sftp.StatusError
	switch {
	case err == nil || fault.CodeOf(err) != fault.Internal:
		return err
	case ctx.Err() != nil:
		return away(ctx.Err())
	case errors.Is(err, fs.ErrPermission):
		return fault.Wrap(err, fault.Forbidden, ReasonRefused)
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.NotFound, "")
	case errors.As(err, &status) && (status.Code == noSpace || status.Code == quota):
		return fault.Wrap(err, fault.Unavailable, ReasonFull)
	case lacks(err):
		return fault.Wrap(err, fault.Invalid, ReasonNot)
	}
	return fault.Wrap(err, fault.Unavailable, ReasonAway)
}

// Codes of later versions of the protocol, which some servers use.
const (
	noSpace = 14
	quota   = 15
)

// lacks tells whether a server answered that it knows no such request.
func lacks(err error) bool {
	var status *sftp.StatusError
	return errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxOpUnsupported
}

// isThere refuses where the folder of the replica itself cannot be had: what is not in it says nothing then.
func (s *sftpServer) isThere(c *connection) error {
	info, err := c.Stat(s.path(""))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(err, fault.Unavailable, ReasonAway)
	case err == nil && !info.IsDir():
		return fault.Wrap(errors.New("replica: no folder"), fault.Invalid, ReasonNot)
	}
	return err
}

func (s *sftpServer) List(ctx context.Context, dir string) (list []Item, err error) {
	err = s.do(ctx, func(c *connection, _ func()) error {
		entries, err := c.listed(ctx, s.path(dir))
		if errors.Is(err, fs.ErrNotExist) {
			if err = s.isThere(c); dir != "" {
				return err
			}
		}
		list = []Item{}
		for _, e := range entries {
			i := Item{Name: e.Name(), Dir: e.IsDir()}
			if !i.Dir {
				i.Size = e.Size()
			}
			list = append(list, i)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// listed is what is in a folder, without what no replica has: links, devices, names that lead elsewhere.
func (c *connection) listed(ctx context.Context, dir string) (list []os.FileInfo, err error) {
	c.room.give(maxListed)
	defer c.room.give(-1)
	all, err := c.ReadDirContext(ctx, dir)
	if err != nil {
		if c.room.spent() {
			err = fault.Wrap(err, fault.Invalid, ReasonNot)
		}
		return nil, err
	}
	for _, e := range all {
		if n := e.Name(); isPart(n) && e.Size() >= 0 && (e.IsDir() || e.Mode().IsRegular()) {
			list = append(list, e)
		}
	}
	return list, nil
}

// isPart tells whether a name that a server gave is that of something directly in a folder.
func isPart(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) <= 255 && !strings.ContainsAny(name, "/\\\x00")
}

func (s *sftpServer) Read(ctx context.Context, name string) (io.ReadCloser, error) {
	c, err := s.connected(ctx)
	if err != nil {
		return nil, err
	}
	moved, end := c.within(ctx)
	f, err := c.OpenFile(s.path(name), os.O_RDONLY)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			if is := s.isThere(c); is != nil {
				err = is
			}
		}
		end()
		return nil, c.refusal(ctx, err)
	}
	from := readFunc(func(p []byte) (int, error) {
		n, err := f.Read(p)
		if n > 0 {
			moved()
		}
		if errors.Is(err, io.EOF) {
			return n, io.EOF
		}
		return n, c.refusal(ctx, err) // what comes of it later must not take it for damage
	})
	return opened{bufio.NewReaderSize(from, ahead<<15), func() error { defer end(); return f.Close() }}, nil
}

// opened is an object that is read.
type opened struct {
	io.Reader

	end func() error
}

func (o opened) Close() error { return o.end() }

// Write writes the object under another name and gives it its own then: what breaks off leaves nothing that looks whole.
func (s *sftpServer) Write(ctx context.Context, name string, from io.Reader, size int64) error {
	return s.do(ctx, func(c *connection, moved func()) error {
		fresh, err := s.fresh(ctx, c, moved, name, from, size)
		if err != nil {
			return err
		}
		to := s.path(name)
		if err = c.PosixRename(fresh, to); lacks(err) {
			if err = c.Rename(fresh, to); err != nil && c.isThere(to) {
				if err = c.Remove(to); err == nil {
					err = c.Rename(fresh, to)
				}
			}
		}
		if err != nil {
			_ = c.Remove(fresh)
		}
		return err
	})
}

func (c *connection) isThere(path string) bool {
	_, err := c.Lstat(path)
	return err == nil
}

// fresh writes an object under a name that no reader looks at.
func (s *sftpServer) fresh(ctx context.Context, c *connection, moved func(), name string, from io.Reader, size int64) (string, error) {
	to := s.path(name) + unfinished + random()
	err := c.written(to, size, readFunc(func(p []byte) (int, error) {
		n, err := stoppable{from, ctx}.Read(p)
		if n > 0 {
			moved()
		}
		return n, err
	}))
	if err == nil {
		return to, nil
	}
	if ctx.Err() == nil { // else it is tidied with the next beginning: closing waits for nothing
		_ = c.Remove(to)
	}
	var status *sftp.StatusError
	if errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxFailure { // OpenSSH has no other word for a full disk
		if room, no := c.StatVFS(s.path("")); no == nil && room.Bavail*room.Frsize < uint64(max(size, 0)) {
			err = fault.Wrap(err, fault.Unavailable, ReasonFull)
		}
	}
	return "", err
}

// written makes a file that nobody else has and fills it.
func (c *connection) written(path string, size int64, from io.Reader) error {
	f, err := c.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY)
	if err != nil {
		return err
	}
	n, err := f.ReadFromWithConcurrency(from, ahead)
	if err == nil && n != size {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		if err = f.Sync(); lacks(err) {
			err = nil
		}
	}
	return errors.Join(err, f.Close())
}

// Claim makes a second name for the object, which a name that is taken refuses. Where a server knows no second names, whoever
// makes the name first has it; what is claimed is small and goes in one packet.
func (s *sftpServer) Claim(ctx context.Context, name string, data []byte) error {
	return s.do(ctx, func(c *connection, moved func()) error {
		size, to := int64(len(data)), s.path(name)
		fresh, err := s.fresh(ctx, c, moved, name, bytes.NewReader(data), size)
		if err != nil {
			return err
		}
		defer func() { _ = c.Remove(fresh) }()
		var status *sftp.StatusError
		if !s.linkless.Load() {
			if err = c.Link(fresh, to); err == nil || !errors.As(err, &status) {
				return err
			}
			if !lacks(err) && c.isThere(to) {
				return fault.Wrap(err, fault.Conflict, ReasonTaken)
			}
			s.linkless.Store(true)
		}
		if err = c.written(to, size, bytes.NewReader(data)); errors.As(err, &status) {
			err = fault.Wrap(err, fault.Invalid, ReasonNot)
			if c.isThere(to) {
				err = fault.Wrap(err, fault.Conflict, ReasonTaken)
			}
		}
		return err
	})
}

func (s *sftpServer) Folder(ctx context.Context, dir string) error {
	return s.do(ctx, func(c *connection, _ func()) error {
		err := c.Mkdir(s.path(dir))
		if err == nil {
			_ = c.Chmod(s.path(dir), 0o700) // what is in it is sealed: this hides when something came from others on the server
			return nil
		}
		info, no := c.Stat(s.path(dir))
		switch {
		case no == nil && info.IsDir():
			return nil
		case no == nil, errors.Is(err, fs.ErrNotExist):
			return fault.Wrap(err, fault.Invalid, ReasonNot)
		}
		return err
	})
}

func (s *sftpServer) Remove(ctx context.Context, name string) error {
	return s.do(ctx, func(c *connection, moved func()) error {
		info, err := c.Lstat(s.path(name))
		if err == nil {
			err = c.remove(ctx, moved, s.path(name), info, maxDepth)
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

func (c *connection) remove(ctx context.Context, moved func(), path string, info os.FileInfo, depth int) error {
	if !info.IsDir() {
		return c.Remove(path)
	}
	if depth == 0 {
		return fault.Wrap(errors.New("replica: too many folders in each other"), fault.Invalid, ReasonNot)
	}
	list, err := c.listed(ctx, path)
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := c.remove(ctx, moved, path+"/"+one.Name(), one, depth-1); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		moved()
	}
	return c.RemoveDirectory(path)
}
