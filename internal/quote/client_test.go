package quote

import (
	"testing"
	"time"
)

func TestWhatIsOpenForAClient(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	expect := func(when string, client string, want int) {
		t.Helper()
		if n, err := w.OpenFor(ctx, w.db.Reader(), "org-1", client); err != nil || n != want {
			t.Errorf("%s: %d, %v, want %d", when, n, err, want)
		}
	}
	f := published()
	f.ValidUntil = "2026-11-25"
	first, second := w.save(t, f), w.save(t, f)
	expect("two drafts", "c1", 2)
	expect("for another client", "c2", 0)
	must(t, w.Send(ctx, first.ID, first.Version))
	must(t, w.Send(ctx, second.ID, second.Version))
	expect("both sent", "c1", 2)
	must(t, w.Decline(ctx, first.ID, first.Version+1))
	expect("one declined", "c1", 1)
	w.clock.Advance(6 * 24 * time.Hour)
	expect("the other expired", "c1", 0)
}
