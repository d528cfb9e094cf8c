//go:build e2e

package e2e_test

import (
	"testing"
	"time"

	"kontor/internal/dev/e2e"
)

// BenchmarkWindow prints the start to the first page and the memory of Kontor's window beside those of an empty Wails
// window, and the ratios. The aims are 1.3 and 1.25.
func BenchmarkWindow(b *testing.B) {
	programs := map[string]*e2e.Window{
		"kontor": e2e.Start(b),
		"empty":  e2e.Start(b, e2e.Program(e2e.EmptyWindow(b))),
	}
	start, memory := map[string]time.Duration{}, map[string]int64{}
	for b.Loop() {
		for name, w := range programs {
			w.Restart() // with a workspace that exists
			start[name] += w.FirstPage()
			time.Sleep(2 * time.Second) // idle
			memory[name] += w.Memory()
		}
	}
	n := float64(b.N)
	for name := range programs {
		b.ReportMetric(float64(start[name].Milliseconds())/n, "ms-"+name)
		b.ReportMetric(float64(memory[name])/n/(1<<20), "MiB-"+name)
	}
	b.ReportMetric(float64(start["kontor"])/float64(start["empty"]), "start-ratio")
	b.ReportMetric(float64(memory["kontor"])/float64(memory["empty"]), "memory-ratio")
	b.ReportMetric(0, "ns/op")
}
