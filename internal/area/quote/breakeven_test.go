package quote

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
)

// hostings is a quote of 35 hostings in two scenarios, which differ only in what change does to the second.
func hostings(t *testing.T, w *world, change func(f *Form)) Quote {
	t.Helper()
	f := published()
	f.Lines, f.Scenarios = f.Lines[:1], f.Scenarios[:2]
	for i := range f.Scenarios {
		f.Scenarios[i].Quantities, f.Scenarios[i].Prices = f.Scenarios[i].Quantities[:1], nil
	}
	f.Scenarios[0].Margin = ""
	change(&f)
	return w.save(t, f)
}

func TestBreakEven(t *testing.T) {
	w := newWorld(t)
	// The partner re-invoices at what the client would pay anyway: discount and cashback are worth the same.
	q := hostings(t, w, func(f *Form) { f.Scenarios[0].Prices = []string{"7.44"} })
	chf := func(minor int64) money.Amount { return cents.Amount(minor, money.CHF) }
	compare := func(q Quote, f Flow) Breakeven {
		t.Helper()
		e, err := Compare(q.Basis, q.Answer, f, 0, 1)
		must(t, err)
		return e
	}
	if e := compare(q, Flow{Fee: chf(0)}); e != (Breakeven{Ahead: Neither, Sooner: Neither, Pooling: Neither, By: chf(0), Fee: chf(0), Always: true}) {
		t.Errorf("two that are the same: %+v", e)
	}
	if e := compare(q, Flow{Days: 60, Fee: chf(0)}); e.Ahead != Neither || e.Sooner != 0 || e.Always || !e.Days || e.Fees {
		t.Errorf("the same, two months later: %+v", e)
	}
	if e := compare(q, Flow{Days: 29, Fee: chf(0), Every: 1}); e.Ahead != Neither || e.Sooner != Neither || !e.Always {
		t.Errorf("within the month: %+v", e)
	}
	e := compare(q, Flow{Fee: chf(300), Every: 3})
	if e.Ahead != 0 || e.By != chf(1200) || e.From != 3 || !e.Fees || e.Fee.Sign() != 0 {
		t.Errorf("four payouts that cost 3.00 each: %+v", e)
	}
	// With a margin of 10 % the discount brings less than the cashback: 20.83 of 52.08 a month.
	q = hostings(t, w, func(f *Form) { f.Scenarios[0].Margin = "10" })
	if e = compare(q, Flow{Fee: chf(100), Every: 1}); e.Ahead != 1 || e.By != chf(12*(5208-2083-100)) || e.From != 1 || e.Fee != chf(5208-2083) {
		t.Errorf("a fee of 31.25 evens it out: %+v", e)
	}
	if e = compare(q, Flow{Days: 90, Fee: chf(0)}); e.Ahead != 1 || e.From != 5 { // after five months 2 × 52.08 > 5 × 20.83
		t.Errorf("three months later: %+v", e)
	}
	// Nine pieces of 5 % and up: pieces held elsewhere make the client's price smaller.
	q = hostings(t, w, func(f *Form) {
		f.Scenarios[0] = f.Scenarios[1]
		f.Scenarios[0].Quantities, f.Scenarios[1].Quantities = []string{"9"}, []string{"9"}
		f.Scenarios[1].Pooled = "40"
	})
	if e = compare(q, Flow{Fee: chf(0)}); !e.Pooled || e.Pooling != 1 || e.Pieces != 1 || e.Days || e.Fees {
		t.Errorf("from one more on: %+v", e)
	}
	b := q.Basis
	b.Lines = slices.Clone(b.Lines)
	b.Lines[0].Schedule = &pricing.Schedule{Mode: pricing.Volume, Tiers: []pricing.Tier{{From: 60, Percent: money.Percent(50)}}}
	b.Scenarios = slices.Clone(b.Scenarios)
	b.Scenarios[1].Pooled = 51
	a, err := Compute(b)
	must(t, err)
	if e, err = Compare(b, a, Flow{Fee: chf(0)}, 0, 1); err != nil || e.Pieces != 51 {
		t.Errorf("by steps of the product's own: %+v, %v", e, err)
	}
	if _, err := Compare(q.Basis, q.Answer, Flow{Fee: chf(0)}, 0, 0); err == nil {
		t.Error("compared with itself")
	}
	if _, err := Compare(q.Basis, q.Answer, Flow{Fee: chf(0)}, 0, 2); err == nil {
		t.Error("compared with none")
	}
}

// Of two equal amounts none is ever named the larger, and what is named larger is.
func TestBreakEvenNamesWhatIsLarger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBasis(t)
		a, err := Compute(b)
		if err != nil || len(a.Scenarios) < 2 {
			t.Skip(err)
		}
		f := Flow{
			Days: rapid.IntRange(0, 180).Draw(t, "days"), Every: rapid.SampledFrom([]int{0, 1, 3, 12}).Draw(t, "every"),
			Fee: cents.Amount(rapid.Int64Range(0, 500).Draw(t, "fee"), b.Book.Currency),
		}
		years, err := Cash(b, a, f)
		if err != nil {
			t.Skip(err)
		}
		e, err := Compare(b, a, f, 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		mirrored, err := Compare(b, a, f, 1, 0)
		if err != nil || mirrored != e {
			t.Fatalf("%+v the other way round: %+v, %v", e, mirrored, err)
		}
		difference := cents.Of(years[0].Total) - cents.Of(years[1].Total)
		switch {
		case difference == 0 && e.Ahead == Neither && e.By.Sign() == 0:
		case difference > 0 && e.Ahead == 0 && cents.Of(e.By) == difference && e.Sooner == Neither:
		case difference < 0 && e.Ahead == 1 && cents.Of(e.By) == -difference && e.Sooner == Neither:
		default:
			t.Fatalf("%s and %s: %+v", years[0].Total, years[1].Total, e)
		}
		if e.From > 0 {
			for m := e.From - 1; m < 12; m++ {
				if cents.Of(years[e.Ahead].Months[m].Position) <= cents.Of(years[1-e.Ahead].Months[m].Position) {
					t.Fatalf("not ahead in month %d: %+v", m+1, e)
				}
			}
		}
	})
}
