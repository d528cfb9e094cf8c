package mirror_test

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/dev/testkit"
)

// BenchmarkEventsOfADrive pulls the activity of a drive, and searches it.
func BenchmarkEventsOfADrive(b *testing.B) {
	for _, n := range []int{100_000, 200_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				d := newPull(b, false)
				testkit.Exec(b, d.db, "INSERT INTO mirror_drive (account_id, drive) VALUES ('account-1', '301')")
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
					return p, nil
				}
				begun := time.Now()
				d.pass()
				b.ReportMetric(time.Since(begun).Seconds(), "s/pull")
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB/heap")
				begun = time.Now()
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
