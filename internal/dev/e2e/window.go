//go:build e2e

package e2e

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/testkit"
)

// Patience is how long a step may take before it fails.
var Patience = testkit.Patience(15 * time.Second)

// Window is a running program and the automation session that drives it.
type Window struct {
	*Desktop
	options   options
	cmd       *exec.Cmd
	driver    *driver
	started   time.Time
	exited    chan struct{} // closed when the program has ended
	output    string        // file with the program's standard output and error
	allowed   []string      // console errors that the test provokes
	finished  bool
	inspector string // address at which the program listens to its driver
	network   network
}

// Start opens a window on a desktop of its own and waits until it shows the front end.
func Start(t testing.TB, opts ...Option) *Window {
	t.Helper()
	return NewDesktop(t, opts...).Start()
}

// Start opens a window on this desktop. A second one while the first is open finds the program already running.
func (d *Desktop) Start(opts ...Option) *Window {
	d.t.Helper()
	w := d.window(opts)
	w.open()
	return w
}

// Launch runs the program without driving it, for a start that is meant to end by itself, and gives its exit code and
// output.
func (d *Desktop) Launch(opts ...Option) (code int, output string) {
	d.t.Helper()
	w := d.window(opts)
	w.run()
	select {
	case <-w.exited:
	case <-time.After(Patience):
		w.Kill()
		d.t.Fatalf("the program did not end by itself\n%s", w.Output())
	}
	return w.cmd.ProcessState.ExitCode(), w.Output()
}

func (d *Desktop) window(opts []Option) *Window {
	d.t.Helper()
	o := d.options
	o.args, o.env = slices.Clone(o.args), slices.Clone(o.env)
	for _, opt := range opts {
		opt(&o)
	}
	f, err := os.CreateTemp(d.Dir, "kontor-*.log")
	if err != nil {
		d.t.Fatal(err)
	}
	f.Close()
	return &Window{Desktop: d, options: o, output: f.Name()}
}

// until repeats a step and fails the test with its last error.
func (w *Window) until(what string, check func() error) {
	w.t.Helper()
	err := poll(Patience, func() error {
		if !w.running() {
			return nil
		}
		return check()
	})
	if !w.running() {
		w.t.Fatalf("%s: the program has ended with code %d\n%s", what, w.cmd.ProcessState.ExitCode(), w.Output())
	}
	if err != nil {
		w.t.Fatalf("%s: %v\non the screen:\n%s", what, err, indent(w.Text()))
	}
}

// Until waits for something that the other steps cannot tell.
func (w *Window) Until(what string, done func() bool) {
	w.t.Helper()
	w.until(what, func() error {
		if !done() {
			return errors.New("not yet")
		}
		return nil
	})
}

func indent(s string) string { return "\t" + strings.ReplaceAll(s, "\n", "\n\t") }

// Script runs the body of a function in the page; result, if not nil, takes what it returns.
func (w *Window) Script(result any, body string, args ...any) {
	w.t.Helper()
	err := w.driver.script(result, body, args...)
	for range leftAlone {
		if err == nil || !strings.Contains(err.Error(), "before the unload event") {
			break
		}
		err = w.driver.script(result, body, args...) // the page was just being loaded anew: it has answered nothing
	}
	if err != nil {
		w.t.Fatalf("script: %v", err)
	}
}

// leftAlone is how often a script is asked again that was asked of a page that was going.
const leftAlone = 20

// Reload loads the page again.
func (w *Window) Reload() {
	w.t.Helper()
	w.silence()
	w.Script(nil, `window.kontorGoing = true; location.reload()`)
	w.Until("the page that was loaded anew", func() (there bool) {
		w.Script(&there, `return !window.kontorGoing && document.readyState === "complete"`)
		return there
	})
}

// silence waits until the page waits for no answer, and lets it ask nothing more: an answer that comes when the page is
// gone has nobody to go to, and the next page reports it as an error.
func (w *Window) silence() {
	w.t.Helper()
	w.Until("the page waits for nothing", func() (quiet bool) {
		w.Script(&quiet, `
			if (Object.keys(window.wails.callbacks).length > 0) return false
			window.WailsInvoke = () => {}
			return true`)
		return quiet
	})
}

// Call calls a bound method, e.g. "SystemService.State", as the page does. It gives the error's text, "" if none.
func (w *Window) Call(result any, method string, args ...any) (failure string) {
	w.t.Helper()
	path := strings.Split(method, ".")
	if len(path) == 2 { // of the package app
		path = append([]string{"app"}, path...)
	}
	if len(path) != 3 {
		w.t.Fatalf("method %q: want package.Window.Method", method)
	}
	var answer struct {
		Value json.RawMessage `json:"value"`
		Error string          `json:"error"`
	}
	if args == nil {
		args = []any{}
	}
	err := w.driver.asyncScript(&answer, `
		const [path, args, done] = arguments
		const text = (e) => String(e instanceof Error ? e.message : e) || "failed"
		try {
			window.go[path[0]][path[1]][path[2]](...args).then(
				(value) => done({ value, error: "" }), (e) => done({ value: null, error: text(e) }))
		} catch (e) { done({ value: null, error: text(e) }) }`, path, args)
	if err != nil {
		w.t.Fatalf("%s: %v", method, err)
	}
	if answer.Error == "" && result != nil {
		if err := json.Unmarshal(answer.Value, result); err != nil {
			w.t.Fatalf("%s: %v in %s", method, err, answer.Value)
		}
	}
	return answer.Error
}

// Text is the text that can be seen.
func (w *Window) Text() string {
	var text string
	if err := w.driver.script(&text, `return document.body.innerText`); err != nil {
		return err.Error()
	}
	return text
}

// See waits until the text can be seen; white space counts as one space.
func (w *Window) See(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("see %q", text), func() error {
		if !strings.Contains(squeeze(w.Text()), squeeze(text)) {
			return errors.New("it is not there")
		}
		return nil
	})
}

// Gone waits until the text can no longer be seen.
func (w *Window) Gone(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("see no %q", text), func() error {
		if strings.Contains(squeeze(w.Text()), squeeze(text)) {
			return errors.New("it is there")
		}
		return nil
	})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// Press types a key or a shortcut: "Enter", "Control+k", "Shift+Tab".
func (w *Window) Press(shortcut string) {
	w.t.Helper()
	keys := []string{shortcut}
	if len(shortcut) > 1 { // "+" is a key as well
		keys = strings.Split(shortcut, "+")
	}
	for i, k := range keys {
		if code, ok := keyCodes[k]; ok {
			keys[i] = code
		} else if len([]rune(k)) != 1 {
			w.t.Fatalf("press %q: no key %q", shortcut, k)
		}
	}
	if err := w.driver.press(keys); err != nil {
		w.t.Fatalf("press %q: %v", shortcut, err)
	}
}

// Drag pulls the pointer across the element that a selector finds, from one fraction of its width to another.
func (w *Window) Drag(selector string, from, to float64) {
	w.t.Helper()
	var box [4]float64
	w.Script(&box, `const b = document.querySelector(arguments[0]).getBoundingClientRect(); return [b.left, b.top, b.width, b.height]`, selector)
	x := func(f float64) int { return int(box[0] + f*box[2]) }
	y := int(box[1] + box[3]/2)
	if err := w.driver.drag(x(from), y, x(to), y); err != nil {
		w.t.Fatalf("drag across %s: %v", selector, err)
	}
}

// Resize gives the window's content a new size, in pixels.
func (w *Window) Resize(width, height int) {
	w.t.Helper()
	if err := w.driver.post("/window/rect", map[string]int{"width": width, "height": height}, nil); err != nil {
		w.t.Fatalf("resize: %v", err)
	}
	w.until(fmt.Sprintf("resize to %d × %d", width, height), func() error {
		var size [2]int
		if err := w.driver.script(&size, `return [innerWidth, innerHeight]`); err != nil {
			return err
		}
		if size != [2]int{width, height} {
			return fmt.Errorf("it is %d × %d", size[0], size[1])
		}
		return nil
	})
}

// Screenshot saves what the window shows as build/shots/<name>.png.
func (w *Window) Screenshot(name string) {
	w.t.Helper()
	if err := w.picture(name); err != nil {
		w.t.Errorf("screenshot %s: %v", name, err)
	}
}

// repaint keeps the page painting: WebKit answers a request for a picture only with the next frame.
const repaint = `
clearInterval(window.kontorRepaint)
const style = document.documentElement.style
if (arguments[0]) window.kontorRepaint = setInterval(() => {
	style.outline = style.outline ? "" : "1px solid transparent"
}, 16)
else style.outline = ""`

func (w *Window) picture(name string) error {
	var encoded string
	if err := w.driver.script(nil, repaint, true); err != nil {
		return err
	}
	defer w.Script(nil, repaint, false)
	if err := w.driver.get("/screenshot", &encoded); err != nil {
		return err
	}
	png, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return err
	}
	path, err := shot(name)
	if err != nil {
		return err
	}
	return os.WriteFile(path, png, 0o644)
}
