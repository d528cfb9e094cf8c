package activity

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"kontor/internal/access"
	"kontor/internal/audit"
	"kontor/internal/sqlite"
)

// benchStart is the first moment of the benchmark's journals; they run to the end of November 2026.
var benchStart = time.Date(2025, 11, 20, 0, 0, 0, 0, time.UTC)

const benchSpan = 365 * 24 * time.Hour

// believable makes n entries of a year in an organization of 40 people: few act much, most act little; drive and domain
// lead the products; "invoice" is in every fourth name, "zebra" in one of ten thousand.
func believable(n int) []Entry {
	r := rand.New(rand.NewPCG(4, 2026))
	products, actions := Products(), Actions()
	words := []string{"invoice", "offer", "report", "picture", "contract", "draft", "minutes", "budget"}
	folders := []string{"clients", "accounting", "design", "archive", "team"}
	skewed := func(n int) int { return int(float64(n) * r.Float64() * r.Float64() * r.Float64()) }
	entries := make([]Entry, n)
	for i := range entries {
		e := &entries[i]
		e.At = benchStart.Add(time.Duration(float64(benchSpan) * float64(i) / float64(n)))
		e.AccountID = fmt.Sprintf("account-%d", 1+skewed(40))
		e.OrganizationID = "org-1"
		e.Product, e.Action = products[skewed(len(products))], actions[(28+skewed(len(actions)))%len(actions)]
		e.SessionID = fmt.Sprintf("session-%d", i/200)
		e.Result = audit.OK
		switch x := r.IntN(100); {
		case x < 3:
			e.Result = audit.Failed
		case x < 4:
			e.Result = audit.Refused
		}
		word := words[r.IntN(len(words))]
		if r.IntN(8) == 0 {
			word = "invoice"
		}
		e.ObjectID = fmt.Sprintf("object-%d", r.IntN(n/4+1))
		e.ObjectName = fmt.Sprintf("%s/%s-%d.pdf", folders[r.IntN(len(folders))], word, r.IntN(5000))
		if r.IntN(10_000) == 0 {
			e.ObjectName = "zebra " + e.ObjectName
		}
		if r.IntN(5) == 0 {
			e.Old, e.New = "draft", "final "+words[r.IntN(len(words))]
		}
	}
	return entries
}

var benchFiles struct {
	sync.Mutex
	open map[int]*Service
}

// journalOf opens a journal of n entries, made once for all benchmarks of a run.
func journalOf(b *testing.B, n int) *Service {
	b.Helper()
	benchFiles.Lock()
	defer benchFiles.Unlock()
	if s := benchFiles.open[n]; s != nil {
		return s
	}
	dir := filepath.Join(os.TempDir(), "kontor-bench")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("journal-%d.db", n))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(path + suffix)
	}
	start := time.Now()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{Now: func() time.Time { return benchStart.Add(benchSpan) }})
	if err != nil {
		b.Fatal(err)
	}
	s := New(db, nil)
	entries := believable(n)
	for chunk := range slices.Chunk(entries, 100_000) {
		if err := db.Write(context.Background(), func(tx *sqlite.Tx) error { return s.Load(context.Background(), tx, chunk) }); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d entries made in %v", n, time.Since(start).Round(time.Millisecond))
	if benchFiles.open == nil {
		benchFiles.open = map[int]*Service{}
	}
	benchFiles.open[n] = s
	return s
}

func benchActor() context.Context {
	return access.With(context.Background(), access.Actor{
		AccountID: "account-3", SessionID: "s", OrganizationID: "org-1", Role: access.Administrator,
	})
}

func BenchmarkPage(b *testing.B) {
	s := journalOf(b, 1_000_000)
	for _, query := range []string{
		"", "product:drive", "product:vod", "action:item_added", "actor:me", "result:refused", "since:7d", "on:2026-03-29",
		"invoice", `"invoice"`, "zebra", "inv", "invoice-1182", "product:kdrive action:deleted -actor:me since:30d invoice",
		"-actor:me", "-invoice", "result:refused zebra", "product:vod result:refused", "product:drive,domain -action:item_added budget",
	} {
		b.Run(query, func(b *testing.B) {
			p95(b, func() error {
				_, err := s.Page(benchActor(), Search{Scope: Organization, Query: Parse(query)}, 0, 50)
				return err
			})
		})
	}
}

// p95 runs fn b.N times and reports the 95th percentile beside the mean.
func p95(b *testing.B, fn func() error) {
	b.Helper()
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		start := time.Now()
		if err := fn(); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
}

// BenchmarkAppend adds 100,000 entries, chained and indexed, to a journal that has as many already.
func BenchmarkAppend(b *testing.B) {
	entries := believable(200_000)
	for b.Loop() {
		b.StopTimer()
		db, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "kontor.db"), sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		s := New(db, nil)
		load := func(list []Entry) {
			if err := db.Write(context.Background(), func(tx *sqlite.Tx) error { return s.Load(context.Background(), tx, list) }); err != nil {
				b.Fatal(err)
			}
		}
		load(entries[:100_000])
		b.StartTimer()
		load(entries[100_000:])
		b.StopTimer()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
