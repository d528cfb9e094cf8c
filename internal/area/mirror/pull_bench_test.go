package mirror_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/dev/testkit"
)

// pulled is a desk whose drive of n events is read, how long that took, and how much memory was held at its peak, in bytes.
func pulled(t testing.TB, n int) (d *pullDesk, took time.Duration, peak uint64) {
	t.Helper()
	d = newPull(t, false)
	testkit.Exec(t, d.db, "INSERT INTO mirror_drive (account_id, drive) VALUES ('account-1', '301')")
	d.r.events = func(_, cursor string) (mirror.Page[mirror.Event], error) {
		page, _ := strconv.Atoi(cursor)
		p := mirror.Page[mirror.Event]{}
		for i := range 1000 {
			k := n - page*1000 - i
			p.Rows = append(p.Rows, mirror.Event{
				ID: strconv.Itoa(k), Action: "file_update", Actor: "Elena Bernasconi", Path: fmt.Sprintf("/Clienti/Cartella %d/offerta-%d.pdf", k%997, k),
				At: d.clock.Now().Add(-time.Duration(n-k) * time.Minute),
			})
		}
		if (page+1)*1000 < n {
			p.Next = strconv.Itoa(page + 1)
		}
		if page%10 == 0 {
			var m runtime.MemStats
			runtime.GC() // what is held, not what waits to be swept
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
		}
		return p, nil
	}
	begun := time.Now()
	d.pass()
	return d, time.Since(begun), peak
}

// What is held while a drive is read does not grow with the drive: 200,000 events with KONTOR_LONG, a few pages in every run.
func TestAPullHoldsAPageAtATime(t *testing.T) {
	few, many := 3_000, 12_000
	if testing.Short() {
		few, many = 1_000, 3_000
	}
	if os.Getenv("KONTOR_LONG") != "" {
		few, many = 100_000, 200_000
	}
	_, _, small := pulled(t, few)
	d, _, large := pulled(t, many)
	if list, err := d.Events(d.ctx, mirror.EventQuery{Text: "offerta", Limit: 100}); err != nil || len(list) != 100 {
		t.Errorf("%d, %v", len(list), err)
	}
	if large > small+20<<20 {
		t.Errorf("%d events held %d KiB, %d held %d KiB", few, small>>10, many, large>>10)
	}
	t.Logf("%d events held %d KiB, %d held %d KiB", few, small>>10, many, large>>10)
}

// BenchmarkEventsOfADrive pulls the activity of a drive, and searches it.
func BenchmarkEventsOfADrive(b *testing.B) {
	for _, n := range []int{100_000, 200_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				d, took, peak := pulled(b, n)
				b.ReportMetric(took.Seconds(), "s/pull")
				b.ReportMetric(float64(peak)/(1<<20), "MiB/peak")
				begun := time.Now()
				found, err := d.Events(d.ctx, mirror.EventQuery{Text: "offerta elena", Limit: 100})
				if err != nil || len(found) != 100 {
					b.Fatal(len(found), err)
				}
				b.ReportMetric(float64(time.Since(begun).Milliseconds()), "ms/common")
				begun = time.Now()
				if found, err = d.Events(d.ctx, mirror.EventQuery{Text: "4711", Limit: 100}); err != nil || len(found) == 0 {
					b.Fatal(len(found), err)
				}
				b.ReportMetric(float64(time.Since(begun).Milliseconds()), "ms/rare")
			}
		})
	}
}
