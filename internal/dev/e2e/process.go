//go:build e2e

package e2e

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// run starts the program.
func (w *Window) run(env ...string) {
	w.t.Helper()
	dir, err := built()
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := os.OpenFile(w.output, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		w.t.Fatal(err)
	}
	defer out.Close()
	w.cmd = exec.Command(cmp.Or(w.options.program, filepath.Join(dir, "kontor")), w.options.args...)
	w.cmd.Env = slices.Concat(w.env(), env, w.options.env)
	w.cmd.Dir = w.Home
	w.cmd.Stdout, w.cmd.Stderr = out, out
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	w.started = time.Now()
	if err := w.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.exited = make(chan struct{})
	go func(cmd *exec.Cmd, exited chan struct{}) {
		_ = cmd.Wait()
		close(exited)
	}(w.cmd, w.exited)
	if w.options.watch {
		go w.watch(w.PID(), w.exited)
	}
}

// open starts the program with a driver attached and waits for the front end.
func (w *Window) open() {
	w.t.Helper()
	dir, err := built()
	if err != nil {
		w.t.Fatal(err)
	}
	inspector, err := freePort()
	if err != nil {
		w.t.Fatal(err)
	}
	w.inspector = "127.0.0.1:" + strconv.Itoa(inspector)
	w.run("LD_PRELOAD="+filepath.Join(dir, "automation.so"), "WEBKIT_INSPECTOR_SERVER="+w.inspector)
	w.attach()
}

// attach gives the program a driver and waits for the front end.
func (w *Window) attach() {
	w.t.Helper()
	port, err := freePort()
	if err != nil {
		w.t.Fatal(err)
	}
	server := exec.Command("WebKitWebDriver", "--port="+strconv.Itoa(port), "--target="+w.inspector)
	server.Env = w.env()
	w.background(server)
	w.t.Cleanup(w.finish) // before its driver ends
	if w.driver, err = connect(port, w.running); err != nil {
		w.t.Fatalf("%v\n%s", err, w.Output())
	}
	w.until("the front end", func() error {
		var ready bool
		err := w.driver.script(&ready, `return document.readyState === "complete" && document.body.innerText.trim() !== ""`)
		if err == nil && !ready {
			return errors.New("the page is empty")
		}
		return err
	})
}

// Stop closes the window as the system does at log-out, by SIGTERM, and gives the exit code.
func (w *Window) Stop() int {
	w.t.Helper()
	if w.running() {
		_ = w.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-w.exited:
		case <-time.After(Patience):
			w.Kill()
			w.t.Errorf("SIGTERM did not end the program within %v", Patience)
		}
	}
	return w.cmd.ProcessState.ExitCode()
}

// Kill ends the program and its web processes at once, as a crash would.
func (w *Window) Kill() {
	_ = syscall.Kill(-w.cmd.Process.Pid, syscall.SIGKILL)
	<-w.exited
}

// Restart closes the window, if it is open, and opens it again in the same home.
func (w *Window) Restart() {
	w.t.Helper()
	if w.running() {
		if code := w.Stop(); code != 0 {
			w.t.Errorf("exit code %d", code)
		}
	}
	w.open()
}

// PID is the program's process id.
func (w *Window) PID() int { return w.cmd.Process.Pid }

func (w *Window) running() bool {
	select {
	case <-w.exited:
		return false
	default:
		return true
	}
}

// Output is what the program has written to standard output and error, and what the page has written to the console.
func (w *Window) Output() string {
	b, err := os.ReadFile(w.output)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// ExpectConsole lets a console error that contains text pass.
func (w *Window) ExpectConsole(text string) { w.allowed = append(w.allowed, text) }

// consoleError matches what WebKit prints, with the place in the source before it and the kind of error within.
var consoleError = regexp.MustCompile(`\bCONSOLE ((JS|SECURITY|NETWORK|STORAGE|RENDERING|CSS|XML|OTHER|MEDIA) )?ERROR `)

// consoleErrors are the exceptions, errors and policy breaches that the page has reported.
func (w *Window) consoleErrors() []string {
	var found []string
	for line := range strings.Lines(w.Output()) {
		line = strings.TrimSpace(line)
		if consoleError.MatchString(line) && !slices.ContainsFunc(w.allowed, func(s string) bool { return strings.Contains(line, s) }) {
			found = append(found, line)
		}
	}
	return found
}

// finish ends the window at the end of the test and says what was wrong with it.
func (w *Window) finish() {
	if w.finished {
		return // it was started again and has been looked at
	}
	w.finished = true
	if w.t.Failed() && w.running() && w.driver != nil {
		w.Screenshot("failed-" + w.t.Name())
	}
	ended := !w.running()
	if code := w.Stop(); !ended && code != 0 {
		w.t.Errorf("exit code %d after SIGTERM", code)
	}
	for _, line := range w.consoleErrors() {
		w.t.Errorf("the page reported: %s", line)
	}
	if w.t.Failed() {
		w.t.Logf("the program's output:\n%s", w.Output())
	}
}

// KillPage ends the process that shows the page, as the system does when memory is short, and waits until the page is
// there again.
func (w *Window) KillPage() {
	w.t.Helper()
	w.silence()
	for _, pid := range tree(w.PID()) {
		if name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); err == nil && strings.HasPrefix(string(name), "WebKitWebProces") {
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				w.t.Fatal(err)
			}
			w.attach() // the driver lost its session with the process
			return
		}
	}
	w.t.Fatal("no process shows the page")
}
