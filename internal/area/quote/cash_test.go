package quote

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
)

// The published example over a year: who pays whom in which month, and where the money lies.
func TestCashOfTheExample(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	flow, err := FlowForm{Days: "30"}.Parse("CHF")
	must(t, err)
	year, err := Cash(q.Basis, q.Answer, flow)
	must(t, err)
	for _, c := range []struct {
		scenario, month                                 int
		charged, invoiced, cashback, prepaid, positions string
	}{
		{0, 0, "225.36", "247.89", "0.00", "0.00", "22.53"}, // the domain is due once a year
		{0, 1, "208.32", "229.15", "0.00", "0.00", "43.36"},
		{0, 11, "208.32", "229.15", "0.00", "0.00", "251.66"},
		{1, 0, "281.70", "0.00", "0.00", "0.00", "0.00"},
		{1, 1, "260.40", "0.00", "56.34", "56.34", "56.34"},
		{1, 11, "260.40", "0.00", "52.08", "577.14", "577.14"}, // the twelfth comes next year
	} {
		m := year[c.scenario].Months[c.month]
		got := []string{m.Charged.Decimal(), m.Invoiced.Decimal(), m.Cashback.Decimal(), m.Prepaid.Decimal(), m.Position.Decimal()}
		for i, want := range []string{c.charged, c.invoiced, c.cashback, c.prepaid, c.positions} {
			if got[i] != want {
				t.Errorf("scenario %d, month %d: %v, want %s at %d", c.scenario+1, c.month+1, got, want, i)
			}
		}
	}
	if y := year[1]; y.After.Decimal() != "52.08" || y.Total.Decimal() != "629.22" || y.Total != q.Answer.Scenarios[1].Year.Earned {
		t.Errorf("after %s, in all %s", y.After, y.Total)
	}
	if year, err = Cash(q.Basis, q.Answer, Flow{Fee: cents.Amount(250, money.CHF), Every: 3}); err != nil || year[1].Payouts != 4 || year[0].Payouts != 0 {
		t.Fatalf("%+v, %v", year[1], err)
	}
	if m := year[1].Months[2]; m.Paid.Decimal() != "158.00" || m.Fee.Decimal() != "2.50" || m.Prepaid.Sign() != 0 || m.Position != m.Paid {
		t.Errorf("the first payout: %+v", m)
	}
	for field, form := range map[string]FlowForm{
		"days": {Days: "181"}, "fee": {Fee: "1000.01"}, "every": {Every: 2}, "days:not_a_number": {Days: "x"}, "fee:number_too_small": {Fee: "-1"},
	} {
		if _, err := form.Parse("CHF"); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
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
		year, err := Cash(b, a, Flow{Fee: cents.Amount(0, b.Book.Currency)})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range a.Scenarios {
			var charged int64
			for _, m := range year[i].Months {
				charged += cents.Of(m.Charged)
			}
			if charged != cents.Of(r.Year.Charged) || year[i].Months[11].Position != r.Year.Earned {
				t.Fatalf("scenario %d: %d charged, %s at the end; the year says %s, %s", i, charged, year[i].Months[11].Position, r.Year.Charged, r.Year.Earned)
			}
			if r.Outcome == pricing.Discount && year[i].Months[11].Prepaid.Sign() != 0 {
				t.Fatal("a discount reaches the prepaid account")
			}
		}
	})
}
