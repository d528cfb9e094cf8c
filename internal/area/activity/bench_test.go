package activity

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
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
	dir  string
	open map[int]*Service
}

// TestMain removes the journals of the benchmarks when all have run.
func TestMain(m *testing.M) {
	code := m.Run()
	for _, s := range benchFiles.open {
		_ = s.db.Close()
	}
	if benchFiles.dir != "" {
		_ = os.RemoveAll(benchFiles.dir)
	}
	os.Exit(code)
}

// journalOf opens a journal of n entries, made once for all benchmarks of a run.
func journalOf(b *testing.B, n int) *Service {
	b.Helper()
	benchFiles.Lock()
	defer benchFiles.Unlock()
	if s := benchFiles.open[n]; s != nil {
		return s
	}
	if benchFiles.dir == "" {
		dir, err := os.MkdirTemp("", "kontor-bench-")
		if err != nil {
			b.Fatal(err)
		}
		benchFiles.dir, benchFiles.open = dir, map[int]*Service{}
	}
	path := filepath.Join(benchFiles.dir, fmt.Sprintf("journal-%d.db", n))
	start := time.Now()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{Now: func() time.Time { return benchStart.Add(benchSpan) }})
	if err != nil {
		b.Fatal(err)
	}
	s := New(db, nil, nil)
	entries := believable(n)
	for chunk := range slices.Chunk(entries, 100_000) {
		if err := db.Write(context.Background(), func(tx *sqlite.Tx) error { return s.Load(context.Background(), tx, chunk) }); err != nil {
			b.Fatal(err)
		}
	}
	var busy, frames, moved int // as it is after the program has been closed and opened again
	if err := db.Reader().QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d entries made in %v", n, time.Since(start).Round(time.Millisecond))
	benchFiles.open[n] = s
	return s
}

func benchActor() context.Context {
	return access.With(context.Background(), access.Actor{
		AccountID: "account-3", SessionID: "s", OrganizationID: "org-1", Role: access.Administrator,
	})
}

// asked are the searches that are measured, with the most that the 95th percentile may take; 0 where nothing is promised.
var asked = []struct {
	name, query string
	most        time.Duration
}{
	{"newest", "", 2 * time.Millisecond},
	{"product", "product:drive", 2 * time.Millisecond},
	{"product, rare", "product:vod", 2 * time.Millisecond},
	{"action", "action:item_changed", 2 * time.Millisecond},
	{"actor", "actor:me", 2 * time.Millisecond},
	{"result", "result:refused", 2 * time.Millisecond},
	{"dates", "since:90d until:60d", 2 * time.Millisecond},
	{"word, common", "invoice", 5 * time.Millisecond},
	{"word, rare", "zebra", 5 * time.Millisecond},
	{"phrase", `"invoice 1182"`, 5 * time.Millisecond},
	{"beginning of a word", "inv", 5 * time.Millisecond},
	{"single digit", "1", 5 * time.Millisecond},
	{"filters and text", `product:kdrive action:changed -actor:me since:90d "invoice"`, 10 * time.Millisecond},
	{"filters and text, rare", "result:refused product:domain zebra", 10 * time.Millisecond},
	{"two filters", "product:vod result:refused", 0},
	{"all but one", "-actor:account-1 -product:drive", 0},
}

// BenchmarkJournal measures pages of a million entries and tells what part of the promised time the 95th
// percentile takes. It needs a quiet machine.
func BenchmarkJournal(b *testing.B) {
	s := journalOf(b, 1_000_000)
	for _, a := range asked {
		b.Run(a.name, func(b *testing.B) {
			took := p95(b, func() error {
				_, err := s.Page(benchActor(), Search{Scope: Organization, Query: read(a.query)}, 0, 0, 50)
				return err
			})
			if a.most > 0 {
				b.ReportMetric(float64(took)/float64(a.most), "of-promised")
			}
		})
	}
}

// BenchmarkCount measures the count that stands over the page.
func BenchmarkCount(b *testing.B) {
	s := journalOf(b, 1_000_000)
	for _, query := range []string{"product:drive", "invoice", "product:drive invoice", "-actor:me"} {
		b.Run(query, func(b *testing.B) {
			more := false
			p95(b, func() error {
				c, err := s.Count(benchActor(), Search{Scope: Organization, Query: read(query)})
				more = c.Matching.More
				return err
			})
			if more {
				b.Log("more than")
			}
		})
	}
}

// BenchmarkDepth measures the same pages at the end of a journal of 10,000 and of 1,000,000 entries.
func BenchmarkDepth(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		s := journalOf(b, n)
		for _, query := range []string{"", "product:drive", "invoice"} {
			search := Search{Scope: Organization, Query: read(query)}
			for name, before := range map[string]int64{"first": 0, "deep": firstID(benchStart.Add(benchSpan / 20))} {
				b.Run(fmt.Sprintf("%d %s %q", n, name, query), func(b *testing.B) {
					p95(b, func() error { _, err := s.Page(benchActor(), search, before, 0, 50); return err })
				})
			}
		}
	}
}

// BenchmarkShell runs the same statements on the same file through the sqlite3 program, as often in one go that its start
// does not count, and tells how much longer a page takes in Go, with everything that belongs to it.
func BenchmarkShell(b *testing.B) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Fatal("sqlite3 is needed to compare with")
	}
	s := journalOf(b, 1_000_000)
	for _, a := range asked {
		b.Run(a.name, func(b *testing.B) {
			search := Search{Scope: Organization, Query: read(a.query)}
			var query string
			err := s.look(benchActor(), search, func(v *view) error {
				st, err := v.page(b.Context(), *v.plan)
				if err != nil {
					return err
				}
				query = inline(st.entries()+" LIMIT 51", st.args)
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			own := p95(b, func() error { _, err := s.Page(benchActor(), search, 0, 0, 50); return err })
			const times = 200
			theirs := (shellTime(b, shell, s.db.Path(), query, times) - shellTime(b, shell, s.db.Path(), "SELECT 1;", 1)) / times
			b.ReportMetric(float64(theirs.Microseconds()), "shell-µs")
			b.ReportMetric(float64(own)/float64(theirs), "ratio")
		})
	}
}

func inline(query string, args []any) string {
	for _, a := range args {
		text := fmt.Sprint(a)
		if s, ok := a.(string); ok {
			text = "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
		query = strings.Replace(query, "?", text, 1)
	}
	return query + ";"
}

func shellTime(b *testing.B, shell, path, query string, times int) time.Duration {
	b.Helper()
	cmd := exec.Command(shell, "-readonly", path)
	cmd.Stdin = strings.NewReader(strings.Repeat(query+"\n", times))
	start := time.Now()
	if out, err := cmd.Output(); err != nil || len(out) == 0 {
		b.Fatalf("%v, %d bytes", err, len(out))
	}
	return time.Since(start)
}

// p95 runs fn b.N times and reports the 95th percentile beside the mean.
func p95(b *testing.B, fn func() error) time.Duration {
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
	at := took[len(took)*95/100]
	b.ReportMetric(float64(at.Microseconds()), "p95-µs")
	b.ReportMetric(float64(took[0].Microseconds()), "least-µs") // on a busy machine the only one that tells
	return at
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
		s := New(db, nil, nil)
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

// BenchmarkImport brings a CSV file of 100,000 rows into a journal that has as many entries of the same year: read,
// compared with what is there, chained and indexed.
func BenchmarkImport(b *testing.B) {
	entries := believable(200_000)
	var file bytes.Buffer
	file.WriteString("moment,actor,product,action,object,result,old,new\n")
	for i := 1; i < len(entries); i += 2 {
		e := entries[i]
		fmt.Fprintf(&file, "%s,%s,%s,%s,%q,%s,%s,%s\n", e.At.Format(time.RFC3339Nano), e.AccountID, e.Product, e.Action, e.ObjectName, e.Result, e.Old, e.New)
	}
	there := make([]Entry, 0, len(entries)/2)
	for i := 0; i < len(entries); i += 2 {
		there = append(there, entries[i])
	}
	for b.Loop() {
		b.StopTimer()
		db, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "kontor.db"), sqlite.Options{Now: func() time.Time { return benchStart.Add(benchSpan) }})
		if err != nil {
			b.Fatal(err)
		}
		s := New(db, nil, nil)
		if err := db.Write(context.Background(), func(tx *sqlite.Tx) error { return s.Load(context.Background(), tx, there) }); err != nil {
			b.Fatal(err)
		}
		outline, err := s.Inspect(benchActor(), file.String(), nil)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		got, err := s.Import(benchActor(), "year.csv", file.String(), outline.Suggested, nil)
		b.StopTimer()
		if err != nil || got.Added != len(there) || got.Rejected != 0 {
			b.Fatalf("%+v, %v", got, err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
