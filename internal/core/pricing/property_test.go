package pricing

import (
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

// question draws an Input within the permitted bounds, with steps that rise as they have to.
func question(t *rapid.T) Input {
	percent := rapid.Custom(func(t *rapid.T) money.Rate {
		r, err := money.ParseRate(money.Factor(rapid.IntRange(0, 1_000_000).Draw(t, "millionths")).Exact().Mul(100).Text(0))
		if err != nil {
			t.Fatal(err)
		}
		return r
	})
	micro := money.Factor(rapid.Uint64Range(0, 999_999_999_999).Draw(t, "price"))
	unit, err := money.ParsePrice(micro.Exact().Text(0), rapid.SampledFrom(money.Currencies()).Draw(t, "currency"))
	if err != nil {
		t.Fatal(err)
	}
	in := Input{
		Line:     Line{Price: unit, Per: PerMonth, Degressive: rapid.Bool().Draw(t, "degressive")},
		Quantity: rapid.Int64Range(1, MaxQuantity).Draw(t, "quantity"), Rate: percent.Draw(t, "rate"), Ceiling: money.Percent(100),
		Schedule: Schedule{Mode: rapid.SampledFrom([]Mode{Volume, Graduated}).Draw(t, "mode"), ValidFrom: day.Date(2026, 1, 1)},
		Months:   rapid.SampledFrom([]int{1, 3, 12, 24, 36}).Draw(t, "months"),
		Access:   rapid.SampledFrom([]Access{FullAccess, LimitedAccess}).Draw(t, "access"),
		Means:    rapid.SampledFrom([]Party{Client, Partner}).Draw(t, "means"), Orders: rapid.SampledFrom([]Party{Client, Partner}).Draw(t, "orders"),
		Managed: rapid.Bool().Draw(t, "managed"), Operation: rapid.SampledFrom([]Operation{Order, Renewal}).Draw(t, "operation"),
		Base: rapid.SampledFrom([]Base{AfterDegressive, BeforeDegressive}).Draw(t, "base"), VAT: VAT{Treatment: VATExcluded},
	}
	from, last := int64(0), money.Rate{}
	for range rapid.IntRange(0, 6).Draw(t, "tiers") {
		p := percent.Draw(t, "percent")
		if p.Cmp(last) <= 0 {
			break
		}
		from += rapid.Int64Range(1, 1000).Draw(t, "from")
		in.Schedule.Tiers = append(in.Schedule.Tiers, Tier{From: from, Percent: p, Origin: Assumption})
		last = p
	}
	return in
}

// bare is the figure that grids are made of, of a question by itself.
func bare(in Input) (money.Amount, error) {
	if err := in.Validate(); err != nil {
		return money.Amount{}, err
	}
	return in.total(in.Quantity), nil
}

func mustTotal(t *rapid.T, in Input) int64 {
	a, err := bare(in)
	if err != nil {
		t.Fatal(err)
	}
	return cents.Of(a)
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := question(t)
		if err := in.Schedule.Validate(); err != nil {
			t.Fatal("the steps drawn do not rise:", err)
		}
		r, err := Simulate(in)
		if err != nil {
			t.Fatal(err)
		}
		total := mustTotal(t, in)

		lower := in
		lower.Rate = money.Rate{}
		if total > mustTotal(t, lower) {
			t.Fatal("a partner rate makes it dearer")
		}
		higher := in
		higher.Rate = money.Percent(100)
		if mustTotal(t, higher) != 0 {
			t.Fatal("all of it off leaves something")
		}
		if total < 0 || r.Gain.Sign() < 0 || r.Charged.Sign() < 0 || r.Saved.Sign() < 0 {
			t.Fatalf("below zero: %+v", r)
		}
		if total > cents.Of(r.Public.Rounded) {
			t.Fatal("dearer than the public price")
		}
		if r.Case.Outcome == Discount && in.Base == AfterDegressive {
			paid := in
			paid.Means = Client // the same order, paid by the client: cashback
			back, err := Simulate(paid)
			if err != nil || back.Case.Outcome != Cashback || back.Gain != r.Gain {
				t.Fatalf("discount %v, cashback %v, %v", r.Gain, back.Gain, err)
			}
			net, err := back.Charged.Sub(back.Gain)
			if err != nil || net != r.Charged {
				t.Fatalf("charged %v less cashback is %v, the discounted price %v", back.Charged, net, r.Charged)
			}
		}
		renewal := in
		renewal.Operation = Renewal
		if again, err := Simulate(renewal); err != nil || again.Charged != r.Charged || again.Gain != r.Gain {
			t.Fatal("a renewal costs something else than an order")
		}
	})
}

// The total never falls when the rate falls, and in graduated mode never falls when the quantity rises.
func TestMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, other := question(t), question(t)
		more := in
		more.Rate = other.Rate
		a, b := mustTotal(t, in), mustTotal(t, more)
		if c := in.Rate.Cmp(more.Rate); (c < 0 && a < b) || (c > 0 && a > b) || (c == 0 && a != b) {
			t.Fatalf("%v %%: %d, %v %%: %d", in.Rate, a, more.Rate, b)
		}
		graduated := in
		graduated.Schedule.Mode = Graduated
		next := graduated
		next.Quantity = min(in.Quantity+1, MaxQuantity)
		if mustTotal(t, next) < mustTotal(t, graduated) {
			t.Fatal("one piece more costs less although each piece has its own step")
		}
		if volume := func() Input { v := in; v.Schedule.Mode = Volume; return v }(); mustTotal(t, volume) > mustTotal(t, graduated) {
			t.Fatal("volume steps are dearer than graduated ones")
		}
	})
}

// The inversions are exactly the quantities that cost more than the step after them.
func TestInversionsAreComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := question(t)
		list, err := Inversions(in)
		if err != nil {
			t.Fatal(err)
		}
		flagged := map[int64]bool{}
		for _, i := range list {
			flagged[i.To] = true
			if cents.Of(in.total(i.From)) <= cents.Of(in.total(i.To+1)) {
				t.Fatalf("%d does not cost more than %d", i.From, i.To+1)
			}
		}
		for _, tier := range in.Schedule.Tiers {
			if n := tier.From - 1; n >= 1 && (cents.Of(in.total(tier.From)) < cents.Of(in.total(n))) != flagged[n] {
				t.Fatalf("%d flagged %t: %v, %v", n, flagged[n], in.total(n), in.total(tier.From))
			}
		}
	})
}
