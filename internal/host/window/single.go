package window

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"kontor/internal/host/beside"
	"kontor/internal/host/ownfile"
)

// ErrOpen means that the person has a window on this workspace already; it was asked to come forward.
var ErrOpen = errors.New("window: open already")

// ErrSilent means that the workspace has a window that does not answer.
var ErrSilent = errors.New("kontor runs already on this workspace but does not answer")

const (
	raise    = "raise\n" // the only word that the socket understands; the path of a file may follow, as a line
	answer   = "ok\n"
	patience = time.Second     // for one caller on the socket
	starting = 5 * time.Second // for a first window that has its lock but not its socket yet
)

// Claim is the right to open the person's window on a workspace. A file lock decides, so that a crash leaves nothing
// behind; a socket beside it lets a second start bring the first window forward. Neither needs a session bus.
type Claim struct {
	lock   *flock.Flock
	socket net.Listener

	mu     sync.Mutex
	onRise func(file string)
	asked  bool   // before there was a window
	file   string // the last that was brought then
}

// NewClaim claims the workspace, or asks whoever has it to come forward, with the file if there is one, and returns ErrOpen.
// dir is a folder of the person's own; file is as ownfile.Locate gives it.
func NewClaim(ctx context.Context, dir, workspace, file string) (*Claim, error) {
	if real, err := filepath.EvalSymlinks(workspace); err == nil {
		workspace = real
	}
	sum := sha256.Sum256([]byte(workspace))
	base := filepath.Join(dir, hex.EncodeToString(sum[:8]))
	lock, path := flock.New(base+".lock", flock.SetPermissions(0o600)), base+".sock"

	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	for {
		got, err := lock.TryLock()
		if err != nil {
			return nil, err
		}
		if got {
			return claim(ctx, lock, path)
		}
		if err = call(ctx, path, file); err == nil {
			return nil, ErrOpen
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%w: %w", ErrSilent, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func claim(ctx context.Context, lock *flock.Flock, path string) (*Claim, error) {
	_ = os.Remove(path) // left by a crash; whoever holds the lock may
	socket, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		if socket != nil {
			_ = socket.Close()
		}
		return nil, errors.Join(err, lock.Unlock())
	}
	c := &Claim{lock: lock, socket: socket}
	beside.Go(nil, "claim", c.listen)
	return c, nil
}

// Close gives the workspace up. There may be no claim.
func (c *Claim) Close() error {
	if c == nil {
		return nil
	}
	return errors.Join(c.socket.Close(), c.lock.Unlock())
}

// OnRaise sets what a second start does, with the file that it was given ("" for none); if one came before, it is done now.
func (c *Claim) OnRaise(f func(file string)) {
	if c == nil {
		return
	}
	c.mu.Lock()
	c.onRise = f
	asked, file := c.asked, c.file
	c.asked, c.file = false, ""
	c.mu.Unlock()
	if asked {
		f(file)
	}
}

func (c *Claim) listen() {
	for {
		conn, err := c.socket.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(patience) // e.g. too many open files
			continue
		}
		if file, ok := understood(conn); ok {
			c.rise(file)
		}
	}
}

// understood reads one caller, and the file that it brings: one that may not be opened here counts as none. Callers come one
// after the other, each with limited time: nothing piles up.
func understood(conn net.Conn) (file string, ok bool) {
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return "", false
	}
	word := make([]byte, len(raise))
	if _, err := io.ReadFull(conn, word); err != nil || string(word) != raise {
		return "", false
	}
	if _, err := io.WriteString(conn, answer); err != nil {
		return "", false
	}
	line, err := bufio.NewReader(io.LimitReader(conn, ownfile.MaxPath+1)).ReadString('\n')
	if err != nil { // there is none, or it has no end
		return "", true
	}
	file = strings.TrimSuffix(line, "\n")
	if ownfile.Check(file) != nil {
		return "", true
	}
	return file, true
}

func (c *Claim) rise(file string) {
	c.mu.Lock()
	f := c.onRise
	if f == nil {
		c.asked = true
		if file != "" {
			c.file = file
		}
	}
	c.mu.Unlock()
	if f != nil {
		f(file)
	}
}

func call(ctx context.Context, path, file string) error {
	words := raise
	if file != "" { // in one piece: a Kontor that knows no files comes forward all the same
		words += file + "\n"
	}
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "unix", path)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(2 * patience)); err != nil {
		return err
	}
	if _, err := io.WriteString(conn, words); err != nil {
		return err
	}
	said, err := bufio.NewReader(io.LimitReader(conn, int64(len(answer)))).ReadString('\n')
	if err == nil && said != answer {
		err = errors.New("it answers with something else")
	}
	return err
}
