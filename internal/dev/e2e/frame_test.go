//go:build e2e

package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

type systemState struct{ Version, Workspace, Fault string }

func TestSecondStartBringsTheFirstWindowForward(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	w := d.Start()
	inSight := func() bool {
		_, err := d.Run("xdotool", "search", "--onlyvisible", "--name", "^Kontor$")
		return err == nil
	}
	if out, err := d.Run("xdotool", "search", "--onlyvisible", "--name", "^Kontor$", "windowminimize"); err != nil {
		t.Fatal(err, out)
	}
	w.Until("the window is minimised", func() bool { return !inSight() })
	if code, output := d.Launch(); code != 0 || strings.TrimSpace(output) != "" {
		t.Errorf("the second start ends with %d and says\n%s", code, output)
	}
	w.Until("the window comes forward", inSight)
	w.See("Kontor")
	w.Kill() // a crash leaves a lock file and a socket behind
	w.Restart()
	w.See("Kontor")
}

func TestUnknownArgumentsAreRefused(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	for _, argument := range []string{"file:///etc/passwd", "--workspaces=/x", "kontor://open?x"} {
		code, output := d.Refused("", e2e.Args(argument))
		if code != 2 || !strings.Contains(output, "unknown argument") {
			t.Errorf("%s: code %d\n%s", argument, code, output)
		}
	}
	if code, output := d.Launch(e2e.Args("--version")); code != 0 || !strings.HasPrefix(output, "Kontor ") {
		t.Errorf("--version: code %d\n%s", code, output)
	}
}

// Whoever starts it from a menu sees no terminal.
func TestAStartThatIsStoppedIsSaidInADialog(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	code, output := d.Refused("start-refused", e2e.Args("--workspace=/proc/nowhere"), e2e.Env("LANGUAGE=de"))
	if code != 1 || !strings.Contains(output, "/proc/nowhere") || strings.Contains(output, "CRITICAL") {
		t.Errorf("a folder that cannot be: code %d\n%s", code, output)
	}
}

// No folder for locks and no log are no reasons not to start: the window says what it does without.
func TestTheStartDoesWithoutALogAndALock(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	workspace := filepath.Join(d.Home, "w")
	if err := os.Mkdir(workspace, 0o700); err != nil {
		t.Fatal(err)
	}
	own := "kontor-" + strconv.Itoa(os.Getuid())
	for _, taken := range []string{
		filepath.Join(d.Dir, "run", "kontor"), filepath.Join(d.Dir, "run", own), filepath.Join(d.Dir, own),
		filepath.Join(workspace, "run"), filepath.Join(workspace, "logs"),
	} {
		if err := os.WriteFile(taken, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w := d.Start(e2e.Args("--workspace=" + workspace))
	w.See("Kontor keeps no log this time")
	w.See("Starting it a second time would open a second window")
	w.Screenshot("start-without")
}

func TestNoDisplayIsSaid(t *testing.T) {
	t.Parallel()
	code, output := e2e.NewDesktop(t).Launch(e2e.Env("DISPLAY=", "WAYLAND_DISPLAY="))
	if code != 1 || !strings.Contains(output, "the window cannot be opened") || strings.Contains(output, "goroutine") {
		t.Errorf("code %d\n%s", code, output)
	}
}

func TestWindowSizeIsRemembered(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.Resize(1000, 700)
	var state systemState
	w.Call(&state, "SystemService.State")
	file := filepath.Join(state.Workspace, "window.json")
	var saved struct{ Width, Height int }
	for deadline := time.Now().Add(2 * e2e.Patience); saved.Width == 0; time.Sleep(100 * time.Millisecond) {
		if b, err := os.ReadFile(file); err == nil {
			if err := json.Unmarshal(b, &saved); err != nil {
				t.Fatal(err)
			}
		} else if time.Now().After(deadline) {
			t.Fatal("nothing is remembered after 20 s")
		}
	}
	var before, after []int
	w.Script(&before, `return [innerWidth, innerHeight]`)
	w.Kill()
	w.Restart()
	w.Script(&after, `return [innerWidth, innerHeight]`)
	if saved.Width != before[0] || saved.Height != before[1] || after[0] != before[0] || after[1] != before[1] {
		t.Errorf("was %v, remembered %+v, came back as %v", before, saved, after)
	}
}

func TestPolicyKeepsThePageToItself(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	w.ExpectConsole("Content Security Policy")
	w.ExpectConsole("violates")
	var got struct{ Inline, Eval, Fetch, Image, Frame string }
	w.Script(&got, `
		const out = {}
		const s = document.createElement("script"); s.textContent = "window.ran = true"; document.head.append(s)
		out.inline = window.ran ? "ran" : "blocked"
		const a = document.createElement("a"); a.setAttribute("onclick", "window.clicked = true"); document.body.append(a); a.click(); a.remove()
		if (window.clicked) out.inline = "handler ran"
		try { setTimeout("window.evaluated = true"); } catch {}
		const blocked = new Promise(done => document.addEventListener("securitypolicyviolation", e => done(e.effectiveDirective), { once: true }))
		out.fetch = await fetch("https://127.0.0.1:1/").then(() => "answered", () => "blocked")
		out.image = await new Promise(done => { const i = new Image(); i.onload = () => done("loaded"); i.onerror = () => done("blocked"); i.src = "http://127.0.0.1:1/x.png" })
		out.eval = window.evaluated ? "ran" : "blocked"
		out.frame = await blocked
		return out`)
	if got.Inline != "blocked" || got.Eval != "blocked" || got.Fetch != "blocked" || got.Image != "blocked" || got.Frame == "" {
		t.Errorf("%+v", got)
	}
}

type vaultState struct{ Mode, Reason string }

func TestHowSecretsAreKeptIsSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options []e2e.Option
		want    vaultState
	}{
		"keyring":        {nil, vaultState{"keyring", ""}},
		"no keyring":     {[]e2e.Option{e2e.NoKeyring()}, vaultState{"memory", "vault_keyring_absent"}},
		"locked keyring": {[]e2e.Option{e2e.LockedKeyring()}, vaultState{"memory", "vault_keyring_locked"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := e2e.Start(t, c.options...)
			var got vaultState
			for deadline := time.Now().Add(e2e.Patience); ; time.Sleep(50 * time.Millisecond) {
				if failure := w.Call(&got, "vault.Window.State"); failure != "" {
					t.Fatal(failure)
				}
				if got.Mode != "probing" || time.Now().After(deadline) {
					break
				}
			}
			if got != c.want {
				t.Errorf("%+v; want %+v", got, c.want)
			}
		})
	}
}

func TestDamagedWorkspaceIsSaidAndLeftAlone(t *testing.T) {
	t.Parallel()
	d := e2e.NewDesktop(t)
	workspace := filepath.Join(d.Home, "damaged")
	if err := os.Mkdir(workspace, 0o700); err != nil {
		t.Fatal(err)
	}
	garbage := []byte(strings.Repeat("this was a database once. ", 1000))
	file := filepath.Join(workspace, "kontor.db")
	if err := os.WriteFile(file, garbage, 0o600); err != nil {
		t.Fatal(err)
	}
	w := d.Start(e2e.Args("--workspace", workspace))
	var state systemState
	w.Call(&state, "SystemService.State")
	if !strings.Contains(state.Fault, "workspace_damaged") || state.Workspace != workspace {
		t.Errorf("%+v", state)
	}
	w.Heading("The workspace could not be opened").Visible()
	w.See("The file was left as it is")
	w.Axe()
	w.Screenshot("workspace-damaged-light")
	w.Button("Try again").Click()
	w.See("The file of the workspace is damaged.")
	if code := w.Stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != string(garbage) {
		t.Errorf("the file was changed (%v)", err)
	}
}

// A window stands where it stood; where that is no longer on the screen, it is brought back into sight.
func TestWindowPlaceIsRememberedAndClamped(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	var state systemState
	w.Call(&state, "SystemService.State")
	file := filepath.Join(state.Workspace, "window.json")
	if out, err := w.Run("xdotool", "search", "--onlyvisible", "--name", "^Kontor$", "windowmove", "300", "350"); err != nil {
		t.Fatal(err, out)
	}
	w.Until("the window has moved", func() bool { return place(t, w)[0] >= 300 })
	moved := place(t, w)
	var saved struct {
		Placed bool
		X, Y   int
	}
	for deadline := time.Now().Add(2 * e2e.Patience); !saved.Placed; time.Sleep(100 * time.Millisecond) {
		if b, err := os.ReadFile(file); err == nil {
			if err := json.Unmarshal(b, &saved); err != nil {
				t.Fatal(err)
			}
		}
		if time.Now().After(deadline) {
			t.Fatal("no place is remembered after 20 s")
		}
	}
	w.Kill()
	w.Restart()
	w.Until("the window is where it was", func() bool { return place(t, w) == moved })
	w.Stop()

	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	all["x"], all["y"] = 5000, 5000 // of a screen that is gone
	if b, err = json.Marshal(all); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	w.Restart()
	if at := place(t, w); at[0] > 1500 || at[1] > 1150 { // the screen is 1600 × 1200
		t.Errorf("the window is at %v: out of sight", at)
	}
}

func place(t *testing.T, w *e2e.Window) (at [2]int) {
	t.Helper()
	out, err := w.Run("xdotool", "search", "--onlyvisible", "--name", "^Kontor$", "getwindowgeometry", "--shell")
	if err != nil {
		t.Fatal(err, out)
	}
	for line := range strings.Lines(out) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if i := strings.Index("XY", name); i >= 0 && len(name) == 1 {
			if at[i], err = strconv.Atoi(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	return at
}

// Ctrl + enlarges what the window shows, as a browser does: the layout follows the room that is left. It is kept.
func TestTheWindowsContentsAreEnlarged(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	width := func() (px float64) {
		w.Script(&px, `return innerWidth`)
		return px
	}
	usual := width()
	w.Press("Control+=")
	w.Press("Control+=")
	w.Until("a larger page", func() bool { return width() < usual*0.85 })
	w.Axe()
	w.Press("Control+0")
	w.Until("the usual page", func() bool { return width() == usual })
	w.Press("Control+=")
	w.Until("a larger page", func() bool { return width() < usual })
	w.Restart()
	w.Until("a larger page again", func() bool { return width() < usual })
}
