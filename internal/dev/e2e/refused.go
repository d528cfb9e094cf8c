//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// shot is the file of a picture.
func shot(name string) (string, error) {
	path := filepath.Join(root, "build", "shots", strings.ReplaceAll(name, "/", "-")+".png")
	return path, os.MkdirAll(filepath.Dir(path), 0o755)
}

// Refused runs the program for a start that is refused in a dialog of the system, takes its picture if it is given a name,
// closes it, and gives exit code and output.
func (d *Desktop) Refused(picture string, opts ...Option) (code int, output string) {
	d.t.Helper()
	w := d.window(opts)
	w.run()
	d.await("a dialog", func() error {
		_, err := d.Run("xdotool", "search", "--onlyvisible", "--name", "^Kontor$", "windowactivate", "--sync")
		return err
	})
	if !w.running() {
		d.t.Fatalf("the program ended before the dialog was closed\n%s", w.Output())
	}
	if picture != "" {
		path, err := shot(picture)
		if err != nil {
			d.t.Fatal(err)
		}
		if out, err := d.Run("import", "-window", "root", path); err != nil {
			d.t.Error(err, out)
		}
	}
	for deadline := time.Now().Add(Patience); w.running(); {
		if time.Now().After(deadline) {
			w.Kill()
			d.t.Fatalf("closing the dialog does not end the program\n%s", w.Output())
		}
		if out, err := d.Run("xdotool", "key", "Escape"); err != nil {
			d.t.Fatal(err, out)
		}
		select {
		case <-w.exited:
		case <-time.After(time.Second):
		}
	}
	return w.cmd.ProcessState.ExitCode(), w.Output()
}
