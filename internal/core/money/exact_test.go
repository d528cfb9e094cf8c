package money_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

// The published example and the three figures that a wrong engine gives.
func TestRoundsOnceOnTheLineTotal(t *testing.T) {
	for _, c := range []struct{ price, listed, partner, final, each string }{
		{"9.92", "347.20", "277.76", "208.32", "5.952"},
		{"5.75", "201.25", "161.00", "120.75", "3.45"},
	} {
		price, err := money.ParsePrice(c.price, money.CHF)
		if err != nil {
			t.Fatal(err)
		}
		line := price.Exact().Mul(35)
		partner := line.MulFactor(money.Percent(20).Rest())
		final := partner.MulFactor(money.Percent(25).Rest())
		each, exact := final.DivRound(35, 6)
		got, err := final.Round(money.CHF)
		if line.Text(2) != c.listed || partner.Text(2) != c.partner || final.Text(2) != c.final || got.Decimal() != c.final ||
			err != nil || each.Text(2) != c.each || !exact {
			t.Errorf("%s: %s %s %s %v %s %t %v", c.price, line.Text(2), partner.Text(2), final.Text(2), got, each.Text(2), exact, err)
		}
	}
}

func TestRoundsHalfAwayFromZero(t *testing.T) {
	for text, want := range map[string]string{
		"0.005": "0.01", "0.004999": "0.00", "0.015": "0.02", "0.025": "0.03", "1.005": "1.01", "2.675": "2.68", "0.0149": "0.01", "7": "7.00",
	} {
		p, err := money.ParsePrice(text, money.CHF)
		if err != nil {
			t.Fatal(err)
		}
		up, err1 := p.Exact().Round(money.CHF)
		down, err2 := money.Exact{}.Sub(p.Exact()).Round(money.CHF)
		if up.Decimal() != want || down != cents.Amount(-cents.Of(up), money.CHF) || err1 != nil || err2 != nil {
			t.Errorf("%s: %v and %v, want %s", text, up, down, want)
		}
	}
}

// A long chain has more decimals than one division can drop, and an overflow is never written as digits.
func TestRoundsLongChains(t *testing.T) {
	third := money.Factor(333_333).Exact()
	long := third.MulFactor(333_333).MulFactor(333_333).MulFactor(333_333)
	if got := long.Text(0); got != "0.012345629629703703654321" || long.Fixed(4) != "0.0123" || long.Fixed(5) != "0.01235" {
		t.Errorf("%s: %s, %s", got, long.Fixed(4), long.Fixed(5))
	}
	if zero := (money.Exact{}).Text(2); zero != "0.00" {
		t.Errorf("nothing is written %q", zero)
	}
	if got, err := long.Mul(1000).Round(money.EUR); err != nil || got != cents.Amount(1235, money.EUR) || got.Currency() != money.EUR {
		t.Errorf("%v, %v", got, err)
	}
}

// Every operation of Exact agrees with math/big on random numbers of every size.
func TestExactAgreesWithBig(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	value := func(text string) *big.Rat {
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		return r
	}
	for range 50_000 {
		m, n := random.Int64N(math.MaxInt64)>>random.IntN(63), 1+random.Uint64N(1<<random.IntN(30)+1)
		f := money.Factor(random.Uint64N(2_000_000))
		e := cents.Amount(m, money.CHF).Exact()
		r := big.NewRat(m, 100)

		timed := e.Mul(n).MulFactor(f)
		want := new(big.Rat).Mul(r, new(big.Rat).Mul(big.NewRat(int64(n), 1), big.NewRat(int64(f), 1_000_000)))
		if got := value(timed.Text(0)); got.Cmp(want) != 0 {
			t.Fatalf("%d cents × %d × %d ppm = %s, want %s", m, n, f, got, want.FloatString(8))
		}
		less := e.Sub(timed)
		if got := value(less.Text(2)); got.Cmp(new(big.Rat).Sub(r, want)) != 0 {
			t.Fatalf("%d cents − %s = %s", m, timed.Text(2), less.Text(2))
		}
		if plus := value(timed.Add(e).Text(2)); plus.Cmp(new(big.Rat).Add(want, r)) != 0 {
			t.Fatalf("%s + %d cents = %s", timed.Text(2), m, plus)
		}
		if less.Sign() != new(big.Rat).Sub(r, want).Sign() {
			t.Fatalf("sign of %s is %d", less.Text(2), less.Sign())
		}
		if got, err := timed.Round(money.CHF); err == nil && got.Decimal() != want.FloatString(2) { // also half away from zero
			t.Fatalf("%s rounds to %v, want %s", timed.Text(2), got, want.FloatString(2))
		}
		quotient := new(big.Rat).Quo(want, big.NewRat(int64(n), 1))
		each, exact := timed.DivRound(n, 5)
		if each.Fixed(5) != quotient.FloatString(5) || exact != (value(each.Text(0)).Cmp(quotient) == 0) {
			t.Fatalf("%s / %d = %s (%t), want %s", timed.Text(2), n, each.Fixed(5), exact, quotient.FloatString(8))
		}
	}
}

// What no amount can hold is refused; every digit on the way there is right.
func TestExactNeverLosesADigit(t *testing.T) {
	most := cents.Amount(math.MaxInt64, money.CHF).Exact()
	huge := most.Mul(math.MaxUint64).MulFactor(math.MaxUint64)
	if got := huge.Sub(huge.Sub(money.One.Exact())); got.Text(0) != "1" {
		t.Errorf("the number before a huge one is %s away", got.Text(0))
	}
	for name, e := range map[string]money.Exact{
		"huge":          huge,
		"below zero":    money.Exact{}.Sub(huge),
		"one cent more": most.Add(cents.Amount(1, money.CHF).Exact()),
		"half a cent":   most.Add(money.Factor(5_000).Exact()),
	} {
		if got, err := e.Round(money.CHF); !errors.Is(err, money.ErrTooLarge) || got != (money.Amount{}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if got, err := most.Add(money.Factor(4_999).Exact()).Round(money.CHF); err != nil || got != cents.Amount(math.MaxInt64, money.CHF) {
		t.Errorf("the largest amount: %v, %v", got, err)
	}
}
