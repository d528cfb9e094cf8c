//go:build e2e

package e2e_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

// beforeVariable names a program to measure beside this one: an earlier build of it, to see what a change does.
const beforeVariable = "KONTOR_BEFORE"

// BenchmarkWindow prints the start to the first page, the processor time that it takes, and the memory of Kontor's window
// beside those of an empty Wails window, in turns, as medians and ratios. The aims are 1.3 and 1.25.
func BenchmarkWindow(b *testing.B) {
	empty := e2e.EmptyWindow(b)
	names := []string{"empty", "kontor"}
	windows := map[string]*e2e.Window{"empty": e2e.Start(b, e2e.Program(empty)), "kontor": e2e.Start(b)}
	if path := os.Getenv(beforeVariable); path != "" {
		names = append(names, "before")
		windows["before"] = e2e.Start(b, e2e.Program(path))
	}
	const start, processor, memory = "start ms", "CPU ms", "MiB"
	measured := map[string][]float64{}
	for b.Loop() {
		for _, name := range names {
			w := windows[name]
			w.Restart() // with a workspace that exists
			at := name + " " + start
			measured[at] = append(measured[at], float64(w.FirstPage().Milliseconds()))
			time.Sleep(2 * time.Second) // idle
			at = name + " " + processor
			measured[at] = append(measured[at], float64(w.Processor().Milliseconds()))
			at = name + " " + memory
			measured[at] = append(measured[at], float64(w.Memory())/(1<<20))
		}
	}
	for _, what := range []string{start, processor, memory} {
		line := fmt.Sprintf("%-10s", what)
		for _, name := range names {
			value := median(measured[name+" "+what])
			line += fmt.Sprintf("  %s %.1f", name, value)
			if name != "empty" {
				ratio := value / median(measured["empty "+what])
				line += fmt.Sprintf(" (%.2f)", ratio)
			}
		}
		b.Log(line)
	}
	b.ReportMetric(0, "ns/op")
}

// median of an odd number of values, or the upper of the two in the middle.
func median(values []float64) float64 { return slices.Sorted(slices.Values(values))[len(values)/2] }

// walked are the pages of BenchmarkWalk, Home last.
var walked = []string{
	"expiry", "profile", "organization", "payment", "branding", "session", "activity", "partner", "quote", "sale", "client",
	"transfer", "settings", "home",
}

// BenchmarkWalk prints what the window of the sample holds when its person comes home after every page was open once,
// and what each further hundred of pages adds, beside an empty window. The aims are 1.35 and nothing.
func BenchmarkWalk(b *testing.B) {
	empty := e2e.Start(b, e2e.Program(e2e.EmptyWindow(b)))
	w := e2e.Start(b)
	sample(w)
	round := func() {
		for _, page := range walked {
			goTo(w, page, "#/"+page, "h1")
		}
	}
	held := func(w *e2e.Window) float64 {
		time.Sleep(2 * time.Second) // idle
		return float64(w.Memory()) / (1 << 20)
	}
	round()
	once, beside := held(w), held(empty)
	pages := 0
	for b.Loop() {
		round()
		pages += len(walked)
	}
	b.Logf("after every page once: %.1f MiB, empty %.1f (%.2f); each further hundred pages: %+.1f MiB", once, beside, once/beside,
		(held(w)-once)/float64(pages)*100)
	b.ReportMetric(0, "ns/op")
}
