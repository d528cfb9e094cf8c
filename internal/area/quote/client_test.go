package quote

import (
	"testing"
	"time"

	"kontor/internal/core/day"
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

func TestWhatAcceptedQuotesComeToInAYear(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	first, prospect := w.save(t, published()), published()
	prospect.ClientID, prospect.Name = "", "Casa Rural"
	other := w.save(t, prospect)
	for _, q := range []Quote{first, other} {
		must(t, w.Send(ctx, q.ID, q.Version))
	}
	sums := func(from day.Day) []Charge {
		t.Helper()
		list, err := w.AcceptedSince(ctx, w.db.Reader(), "org-1", from)
		must(t, err)
		return list
	}
	today := day.Of(w.clock.Now(), time.UTC)
	if got := sums(today); len(got) != 0 {
		t.Errorf("nothing is accepted: %+v", got)
	}
	must(t, w.Accept(ctx, first.ID, first.Version+1, Acceptance{Scenario: 2}))
	must(t, w.Accept(ctx, other.ID, other.Version+1, Acceptance{Scenario: 1}))
	got := sums(today)
	if want := first.Answer.Scenarios[1].Year.Charged; len(got) != 1 || got[0] != (Charge{"c1", want}) {
		t.Errorf("%+v, want %s of c1", got, want)
	}
	if got := sums(today + 1); len(got) != 0 {
		t.Errorf("accepted before: %+v", got)
	}
}
