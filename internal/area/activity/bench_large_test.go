package activity

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/host/sqlite"
)

// BenchmarkLargeImport looks through a file of 100 MB in each form that a log has, and tells the most memory that the process
// held (Linux): 512 MB are the bound.
func BenchmarkLargeImport(b *testing.B) {
	const size = 100_000_000
	const head = "moment,action,product,object\n"
	filled := func(head, with string) func() string {
		return func() string {
			var text strings.Builder
			text.Grow(size + len(with))
			text.WriteString(head)
			for text.Len() < size {
				text.WriteString(with)
			}
			return text.String()
		}
	}
	lines := func() string {
		var text strings.Builder
		text.Grow(size + 1000)
		text.WriteString(head)
		for i := 0; text.Len() < size; i++ {
			fmt.Fprintf(&text, "%d,item_added,drive,%s\n", 1_700_000_000+i, strings.Repeat("x", 220))
		}
		return text.String()
	}
	m := Mapping{Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action", FieldProduct: "product", FieldObject: "object"}}
	for _, file := range []struct {
		name string
		text func() string
	}{
		{"lines", lines}, {"one line", filled(head, "x")}, {"commas", filled(head, ",")}, {"brackets", filled("", "[")},
	} {
		b.Run(file.name, func(b *testing.B) {
			db, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "kontor.db"), sqlite.Options{Now: func() time.Time { return benchStart.Add(benchSpan) }})
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			s := New(db, nil, nil)
			told, text := 0, file.text()
			debug.FreeOSMemory()
			_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600) // what was held before is forgotten
			for b.Loop() {
				_, _ = s.Preview(benchActor(), file.name, text, m, func(int64, int64) { told++ }) // or a refusal
			}
			b.SetBytes(size)
			b.ReportMetric(float64(told)/float64(b.N), "reports/op")
			b.ReportMetric(mostHeld(b), "MB-held")
		})
	}
}

// mostHeld is the most that the process has held, in MB; 0 where the system does not tell.
func mostHeld(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kilobytes * 1024 / 1e6
		}
	}
	return 0
}
