//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Program runs another program than Kontor, e.g. the one of EmptyWindow.
func Program(path string) Option { return func(o *options) { o.program = path } }

// EmptyWindow builds a Wails window with nothing in it, by Kontor's tool chain, and gives its path.
func EmptyWindow(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "empty")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-tags", "desktop,production,webkit2_41", "-o", path, "./internal/dev/e2e/empty")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// FirstPage is the time from the start of the program until something of its page was painted, as the engine noted it.
func (w *Window) FirstPage() time.Duration {
	w.t.Helper()
	var painted float64
	w.until("the first paint", func() error {
		return w.driver.script(&painted, `const p = performance.getEntriesByName("first-contentful-paint")[0]
			if (!p) throw new Error("nothing is painted")
			return performance.timeOrigin + p.startTime`)
	})
	return time.UnixMicro(int64(painted * 1000)).Sub(w.started)
}

// Memory is what the program and its web processes hold: the sum of their proportional set sizes, in bytes.
func (w *Window) Memory() (bytes int64) {
	w.t.Helper()
	for _, pid := range tree(w.PID()) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			continue // it has just ended
		}
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
				kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
				if err != nil {
					w.t.Fatal(err)
				}
				bytes += kilobytes << 10
			}
		}
	}
	return bytes
}

// Processor is the time that the program and its web processes have computed since they began.
func (w *Window) Processor() (spent time.Duration) {
	w.t.Helper()
	for _, pid := range tree(w.PID()) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue // it has just ended
		}
		_, rest, _ := strings.Cut(string(b), ") ")
		fields := strings.Fields(rest)
		for _, field := range fields[11:13] { // utime and stime, in hundredths of a second
			ticks, err := strconv.ParseInt(field, 10, 64)
			if err != nil {
				w.t.Fatal(err)
			}
			spent += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return spent
}
