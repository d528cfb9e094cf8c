//go:build e2e

package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Desktop is one person's desktop: a home, a screen and a session bus that nobody else uses.
type Desktop struct {
	Home    string // home folder; XDG folders lie in it at their usual places
	Display string // X display, e.g. ":103"
	Dir     string // folder for sockets and logs

	t       testing.TB
	options options
}

type options struct {
	args, env []string
	keyring   keyring
	watch     bool
	program   string
}

type keyring int

const (
	unlockedKeyring keyring = iota
	lockedKeyring
	noKeyring
)

// Option changes how a desktop or a window is started.
type Option func(*options)

// Args are given to the program.
func Args(args ...string) Option {
	return func(o *options) { o.args = append(o.args, args...) }
}

// Env sets "NAME=value" for the program.
func Env(env ...string) Option { return func(o *options) { o.env = append(o.env, env...) } }

// Zoom shows the page enlarged, e.g. 2 for 200 %.
func Zoom(factor float64) Option { return Env(fmt.Sprintf("KONTOR_E2E_ZOOM=%g", factor)) }

// NoKeyring gives a desktop without a Secret Service.
func NoKeyring() Option { return func(o *options) { o.keyring = noKeyring } }

// LockedKeyring gives a Secret Service whose keyring nobody has unlocked.
func LockedKeyring() Option { return func(o *options) { o.keyring = lockedKeyring } }

// NewDesktop brings up a screen, a window manager, a session bus and, unless an option says otherwise, an unlocked
// keyring.
func NewDesktop(t testing.TB, opts ...Option) *Desktop {
	t.Helper()
	dir, err := os.MkdirTemp("", "kontor-e2e-") // not t.TempDir: socket paths have to stay under 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	d := &Desktop{Home: filepath.Join(dir, "home"), Dir: dir, t: t}
	for _, o := range opts {
		o(&d.options)
	}
	for _, folder := range []string{d.Home, filepath.Join(dir, "run")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	d.startScreen()
	d.startBus()
	return d
}

// env is all that a process on this desktop gets to know of its surroundings.
func (d *Desktop) env() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + d.Home, "DISPLAY=" + d.Display, "LANG=C.UTF-8", "LANGUAGE=en",
		"TMPDIR=" + d.Dir, "XDG_RUNTIME_DIR=" + filepath.Join(d.Dir, "run"),
		"XDG_DATA_HOME=" + filepath.Join(d.Home, ".local/share"), "XDG_CONFIG_HOME=" + filepath.Join(d.Home, ".config"),
		"XDG_CACHE_HOME=" + filepath.Join(d.Home, ".cache"), "XDG_STATE_HOME=" + filepath.Join(d.Home, ".local/state"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + d.bus(), "NO_AT_BRIDGE=1", "GDK_BACKEND=x11", "GTK_THEME=Adwaita",
		"GSETTINGS_BACKEND=memory",
	}
}

func (d *Desktop) bus() string { return filepath.Join(d.Dir, "bus") }

func (d *Desktop) startScreen() {
	d.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp", "-noreset")
	cmd.ExtraFiles = []*os.File{w}
	d.background(cmd)
	w.Close()
	if err := r.SetReadDeadline(time.Now().Add(Patience)); err != nil {
		d.t.Fatal(err)
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		d.t.Fatalf("Xvfb: %v\n%s", err, d.log("Xvfb"))
	}
	d.Display = ":" + strings.TrimSpace(number)
	wm := exec.Command("openbox", "--sm-disable")
	wm.Env = d.env()
	d.background(wm)
}

// busConfig is a session bus that starts no service by itself: what is on it, the desktop put there.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`

func (d *Desktop) startBus() {
	d.t.Helper()
	config := filepath.Join(d.Dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, d.bus()), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.background(exec.Command("dbus-daemon", "--nofork", "--nopidfile", "--config-file="+config))
	d.await("session bus", func() error { _, err := os.Stat(d.bus()); return err })
	if d.options.keyring == noKeyring {
		return
	}
	daemon := exec.Command("gnome-keyring-daemon", "--foreground", "--components=secrets")
	if d.options.keyring == unlockedKeyring {
		daemon.Args = append(daemon.Args, "--unlock")
		daemon.Stdin = strings.NewReader("kontor")
	}
	daemon.Env = d.env()
	d.background(daemon)
	d.await("Secret Service", func() error {
		ask := exec.Command("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
			"org.freedesktop.DBus.GetNameOwner", "string:org.freedesktop.secrets")
		ask.Env = d.env()
		out, err := ask.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		return nil
	})
}

// Run runs a command on this desktop and gives what it wrote.
func (d *Desktop) Run(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = d.env()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// ChooseFile answers the system's file dialog, which has that title, with a path.
func (d *Desktop) ChooseFile(title, path string) {
	d.t.Helper()
	d.await("the dialog "+title, func() error {
		_, err := d.Run("xdotool", "search", "--onlyvisible", "--name", "^"+regexp.QuoteMeta(title)+"$", "windowactivate", "--sync")
		return err
	})
	for _, step := range [][]string{{"type", "/"}, {"sleep", "0.5"}, {"type", "--delay", "20", path[1:]}, {"sleep", "0.3"}, {"key", "Return"}} {
		if out, err := d.Run("xdotool", step...); err != nil {
			d.t.Fatalf("xdotool %v: %v %s", step, err, out)
		}
	}
}

// CloseByKey closes the program's window as its frame's button does, by Alt+F4, until done says that it has taken notice:
// the window manager loses a key that comes while it moves the focus.
func (d *Desktop) CloseByKey(done func() bool) {
	d.t.Helper()
	d.await("notice of the closing", func() error {
		for _, step := range [][]string{{"search", "--onlyvisible", "--name", "^Kontor$", "windowactivate", "--sync"}, {"key", "alt+F4"}, {"sleep", "1"}} {
			if out, err := d.Run("xdotool", step...); err != nil {
				return fmt.Errorf("xdotool %v: %w: %s", step, err, out)
			}
		}
		if !done() {
			return errors.New("not yet")
		}
		return nil
	})
}

// Watch looks at the middle of the screen until stop is closed, then three times more, at least five times in all, and
// gives how bright it was, from 0 to 255.
func (d *Desktop) Watch(stop <-chan struct{}) (brightness []int) {
	for after := 0; after < 3 || len(brightness) < 5; {
		select {
		case <-stop:
			after++
		default:
		}
		out, err := d.Run("import", "-window", "root", "-crop", "1x1+800+600", "-colorspace", "Gray", "-depth", "8", "gray:-")
		if err != nil || len(out) != 1 {
			d.t.Errorf("import: %d bytes, %v (make test installs it)", len(out), err)
			return brightness
		}
		brightness = append(brightness, int(out[0]))
	}
	return brightness
}

// background starts a process that lives as long as the test.
func (d *Desktop) background(cmd *exec.Cmd) {
	d.t.Helper()
	name := filepath.Base(cmd.Path)
	out, err := os.OpenFile(filepath.Join(d.Dir, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		d.t.Fatalf("%v (make test installs what the tests need)", err)
	}
	d.t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	})
}

func (d *Desktop) log(name string) string {
	b, err := os.ReadFile(filepath.Join(d.Dir, name+".log"))
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func (d *Desktop) await(what string, check func() error) {
	d.t.Helper()
	if err := poll(Patience, check); err != nil {
		d.t.Fatalf("%s: %v", what, err)
	}
}

// poll repeats check until it passes or the time is up, and gives its last error. The longer it has waited the less often
// it looks: looking takes the page's time, which on a busy machine is what is waited for.
func poll(patience time.Duration, check func() error) error {
	for begun := time.Now(); ; {
		err := check()
		waited := time.Since(begun)
		if err == nil || waited > patience {
			return err
		}
		time.Sleep(max(20*time.Millisecond, min(waited/4, 200*time.Millisecond)))
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// root is the folder of the project.
var root = func() string {
	_, file, _, _ := runtime.Caller(0)
	if !filepath.IsAbs(file) { // built with -trimpath: tests run in their package's folder
		dir, err := os.Getwd()
		if err != nil {
			panic(err)
		}
		file = filepath.Join(dir, "desktop.go")
	}
	return filepath.Join(filepath.Dir(file), "../../..")
}()

// built holds the program and the library that lets it be driven; both are built once for all tests of a run.
var built = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(root, ".cache", "e2e")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(root, "frontend/dist/index.html")); err != nil {
		return "", errors.New("the front end is not built: make e2e builds it first")
	}
	for _, command := range []string{
		`go build -trimpath -ldflags "-s -w" -tags desktop,production,webkit2_41 -o .cache/e2e/kontor .`,
		`cc -O1 -Wall -shared -fPIC -o .cache/e2e/automation.so internal/dev/e2e/automation/automation.c ` +
			`$(pkg-config --cflags --libs webkit2gtk-4.1)`,
	} {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", command, err, out)
		}
	}
	return dir, nil
})
