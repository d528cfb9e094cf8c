package window

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func newDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "kontor") // t.TempDir may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func newClaim(t *testing.T, dir, workspace string) *Claim {
	t.Helper()
	c, err := NewClaim(t.Context(), dir, workspace, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSecondStartRaisesTheFirstWindow(t *testing.T) {
	dir, workspace := newDir(t), t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(workspace, link); err != nil {
		t.Fatal(err)
	}
	first := newClaim(t, dir, workspace)
	if _, err := NewClaim(t.Context(), dir, link, ""); !errors.Is(err, ErrOpen) { // the same folder by another name
		t.Fatal(err)
	}
	raised := make(chan struct{}, 10)
	first.OnRaise(func(string) { raised <- struct{}{} })
	<-raised // asked before there was a window
	if _, err := NewClaim(t.Context(), dir, workspace, ""); !errors.Is(err, ErrOpen) {
		t.Fatal(err)
	}
	<-raised
	other := newClaim(t, dir, t.TempDir()) // another workspace is another window
	if err := errors.Join(first.Close(), other.Close()); err != nil {
		t.Fatal(err)
	}
	again := newClaim(t, dir, workspace)
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestSocketLeftByACrashIsReplaced(t *testing.T) {
	dir, workspace := newDir(t), t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashVariable+"="+dir+"\n"+workspace)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := NewClaim(t.Context(), dir, workspace, ""); !errors.Is(err, ErrOpen) {
		t.Fatalf("while the first lives: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if left, err := filepath.Glob(filepath.Join(dir, "*.sock")); err != nil || len(left) != 1 {
		t.Fatalf("%v, %v", left, err)
	}
	if err := newClaim(t, dir, workspace).Close(); err != nil {
		t.Fatal(err)
	}
}

const crashVariable = "KONTOR_TEST_CLAIM"

func TestMain(m *testing.M) {
	dir, workspace, child := strings.Cut(os.Getenv(crashVariable), "\n")
	if !child {
		os.Exit(m.Run())
	}
	if _, err := NewClaim(context.Background(), dir, workspace, ""); err != nil {
		panic(err)
	}
	_, _ = os.Stdout.WriteString("!")
	select {}
}

func TestOnlyOneWordIsUnderstood(t *testing.T) {
	dir := newDir(t)
	c := newClaim(t, dir, t.TempDir())
	defer func() { _ = c.Close() }()
	raised := make(chan struct{}, 100)
	c.OnRaise(func(string) { raised <- struct{}{} })
	path := c.socket.Addr().String()
	say := func(text string) string {
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		_, _ = io.WriteString(conn, text)
		_ = conn.(*net.UnixConn).CloseWrite()
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		b, _ := io.ReadAll(conn)
		return string(b)
	}
	for _, text := range []string{
		"", "\n", "raise", "RAISE\n", "raise\r\n", " raise\n", "open /etc/passwd\n", "--workspace=/x\n", "\x00\x00\x00\x00\x00\x00",
		"GET / HTTP/1.1\r\n\r\n", strings.Repeat("x", 1<<20),
	} {
		if got := say(text); got != "" {
			t.Errorf("%.20q is answered with %q", text, got)
		}
	}
	if len(raised) != 0 {
		t.Fatalf("raised %d times", len(raised))
	}
	silent, err := net.Dial("unix", path) // says nothing and holds the line
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	if got := say(raise); got != answer {
		t.Errorf("answered with %q", got)
	}
	<-raised
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v, %v", info.Mode(), err)
	}
}

func TestFirstThatDoesNotAnswerIsSaid(t *testing.T) {
	dir, workspace := newDir(t), t.TempDir()
	c := newClaim(t, dir, workspace)
	defer func() { _ = c.lock.Unlock() }()
	if err := c.socket.Close(); err != nil { // it has the lock, but is stuck
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := NewClaim(ctx, dir, workspace, ""); err == nil || errors.Is(err, ErrOpen) {
		t.Fatal(err)
	}
}

// What a second start was given reaches the first window, before it is shown and after; what may not be opened only raises it.
func TestAFileReachesTheFirstWindow(t *testing.T) {
	dir, workspace, place := newDir(t), t.TempDir(), t.TempDir()
	file, other := filepath.Join(place, "a b.kontor-backup"), filepath.Join(place, "c.kontor")
	link, text := filepath.Join(place, "l.kontor"), filepath.Join(place, "x.txt")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.WriteFile(other, nil, 0o600), os.WriteFile(text, nil, 0o600), os.Symlink(other, link)); err != nil {
		t.Fatal(err)
	}
	c := newClaim(t, dir, workspace)
	defer func() { _ = c.Close() }()
	send := func(file string) {
		t.Helper()
		if _, err := NewClaim(t.Context(), dir, workspace, file); !errors.Is(err, ErrOpen) {
			t.Fatal(err)
		}
	}
	came := make(chan string, 10)
	send(other)
	send(file)
	send("") // what was brought before is not forgotten
	for settled := false; !settled; time.Sleep(time.Millisecond) {
		c.mu.Lock()
		settled = c.file == file // callers are answered one after the other, each before what it brings is kept
		c.mu.Unlock()
	}
	c.OnRaise(func(file string) { came <- file })
	if got := <-came; got != file {
		t.Fatalf("before there was a window: %q", got)
	}
	send(other)
	for got := range came {
		if got == other {
			break
		}
		if got != "" { // the third start of those above may be heard late
			t.Fatalf("%q came", got)
		}
	}
	for _, bad := range []string{
		place, link, text, "/dev/zero", "c.kontor", filepath.Join(place, "missing.kontor"), file + "\x00", other + "\r", "file://" + other,
		filepath.Join(place, strings.Repeat("x", 1<<20)+".kontor"), "\n" + other,
	} {
		err := call(t.Context(), c.socket.Addr().String(), bad)
		if err != nil && len(bad) < 1<<20 { // so much may not even be taken
			t.Errorf("%.60q: %v", bad, err)
		}
		if got := <-came; got != "" {
			t.Errorf("%.60q came as %q", bad, got)
		}
	}
}
