package quote

import (
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/fault"
	"kontor/internal/pricing"
)

// The published example over a year: who pays whom in which month, and where the money lies.
func TestCashOfTheExample(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	year, err := Cash(q.Basis, q.Answer, 1)
	must(t, err)
	for _, c := range []struct {
		scenario, month                               int
		charged, invoiced, cashback, purse, positions string
	}{
		{0, 0, "225.36", "247.89", "0.00", "0.00", "22.53"}, // the domain is due once a year
		{0, 1, "208.32", "229.15", "0.00", "0.00", "43.36"},
		{0, 11, "208.32", "229.15", "0.00", "0.00", "251.66"},
		{1, 0, "281.70", "0.00", "0.00", "0.00", "0.00"},
		{1, 1, "260.40", "0.00", "56.34", "56.34", "56.34"},
		{1, 11, "260.40", "0.00", "52.08", "577.14", "577.14"}, // the twelfth comes next year
	} {
		m := year[c.scenario][c.month]
		got := []string{m.Charged.Decimal(), m.Invoiced.Decimal(), m.Cashback.Decimal(), m.Purse.Decimal(), m.Position.Decimal()}
		for i, want := range []string{c.charged, c.invoiced, c.cashback, c.purse, c.positions} {
			if got[i] != want {
				t.Errorf("scenario %d, month %d: %v, want %s at %d", c.scenario+1, c.month+1, got, want, i)
			}
		}
	}
	if _, err := Cash(q.Basis, q.Answer, MaxWait+1); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("%v", err)
	}
}

// With nothing to wait for, a year of cash is the year that the quote adds up.
func TestCashAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBasis(t)
		a, err := Compute(b)
		if err != nil {
			t.Skip(err)
		}
		year, err := Cash(b, a, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range a.Scenarios {
			var charged int64
			for _, m := range year[i] {
				charged += m.Charged.Minor()
			}
			if charged != r.Year.Charged.Minor() || year[i][11].Position != r.Year.Earned {
				t.Fatalf("scenario %d: %d charged, %s at the end; the year says %s, %s", i, charged, year[i][11].Position, r.Year.Charged, r.Year.Earned)
			}
			if r.Outcome == pricing.Discount && year[i][11].Purse.Sign() != 0 {
				t.Fatal("a discount reaches the prepaid account")
			}
		}
	})
}
