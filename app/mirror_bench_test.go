package app_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/mirror"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/home"
	"kontor/internal/flow/search"
)

// BenchmarkPagesDuringAPull opens pages one after the other while 100,000 events of a drive are read over the wire: how long a
// page waits for what it shows, and how long a call that writes waits for its turn.
func BenchmarkPagesDuringAPull(b *testing.B) {
	state := fakemaniak.Alone()
	state.Events["301"] = 100_000
	state.More(1001, 300)
	fake := fakemaniak.Start(b, state, canary)
	fake.Trust()
	fake.Hurry()
	for b.Loop() {
		opened, wrote, took := pagesDuringAPull(b, fake)
		for name, waits := range map[string][]time.Duration{"page": opened, "write": wrote} {
			slices.Sort(waits)
			b.ReportMetric(waits[len(waits)/2].Seconds()*1000, "ms/"+name+"-p50")
			b.ReportMetric(waits[len(waits)*95/100].Seconds()*1000, "ms/"+name+"-p95")
			b.ReportMetric(waits[len(waits)-1].Seconds()*1000, "ms/"+name+"-max")
		}
		b.ReportMetric(float64(len(opened)), "pages")
		b.ReportMetric(took.Seconds(), "s/pull")
	}
}

func pagesDuringAPull(b *testing.B, fake *fakemaniak.Server) (opened, wrote []time.Duration, took time.Duration) {
	a, ahead := beside(b, fake)
	fake.Mend()
	// A minute of 55 requests goes by in no time: what is measured is a program that is never left in peace.
	fake.Break(fakemaniak.Fault{Do: fakemaniak.Before(func() { ahead.Add(int64(2 * time.Second)) })})
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	say := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	_, err := w.Connect(mirror.ConnectInput{Check: check(b, a, canary).ID})
	say(err)
	until(b, "the rest is read", func() bool { s, err := w.State(); return err == nil && s.State == "idle" && s.LastCompleteAt != "" })
	say(w.Opened("drives", "1001"))
	until(b, "the drive is known", func() bool { v, err := w.Drives(); return err == nil && len(v.Drives) == 1 })
	board, ends, journal, everything := testkit.Bound[*home.Window](a), testkit.Bound[*expiry.Window](a), testkit.Bound[*activity.Window](a), testkit.Bound[*search.Window](a)
	call := func(_ any, err error) error { return err }
	pages := []struct {
		name string
		open func() error
	}{
		{"Home", func() error { return call(board.Board()) }},
		{"ends", func() error { return call(ends.List(expiry.QueryInput{Limit: 50})) }},
		{"products", func() error { return call(w.Products()) }},
		{"domains", func() error { return call(w.Domains()) }},
		{"drives", func() error { return call(w.Drives()) }},
		{"events", func() error { return call(w.Events(mirror.EventsInput{})) }},
		{"events with words", func() error { return call(w.Events(mirror.EventsInput{Text: "offerta elena"})) }},
		{"journal", func() error { return call(journal.Page(activity.SearchInput{Scope: "own"}, "", 0, 50)) }},
		{"search", func() error { return call(everything.Search("offerta", nil, 5)) }},
		{"profile", func() error { return call(edits.Mine()) }},
		{"connection", func() error { return call(w.State()) }},
	}
	each := map[string][]time.Duration{}
	begun := time.Now()
	_, err = w.SetDrive("301", true)
	say(err)
	var over atomic.Bool
	go func() {
		until(b, "the activity is read", func() bool {
			time.Sleep(50 * time.Millisecond)
			v, err := w.Drives()
			return err == nil && v.Drives[0].Stand.Kind == "synced"
		})
		over.Store(true)
	}()
	for i := 0; !over.Load(); i++ {
		from := time.Now()
		page := pages[i%len(pages)]
		say(page.open())
		opened = append(opened, time.Since(from))
		each[page.name] = append(each[page.name], time.Since(from))
		from = time.Now()
		say(w.Opened("products", ""))
		wrote = append(wrote, time.Since(from))
		time.Sleep(20 * time.Millisecond)
	}
	took = time.Since(begun)
	for _, page := range pages {
		waits := each[page.name]
		slices.Sort(waits)
		b.Logf("%s: half of %d within %s, all within %s", page.name, len(waits), waits[len(waits)/2].Round(time.Millisecond), waits[len(waits)-1].Round(time.Millisecond))
	}
	if v, err := w.Drives(); err != nil || v.Drives[0].Events != 100_000 {
		b.Fatalf("%+v, %v", v, err)
	}
	return opened, wrote, took
}
