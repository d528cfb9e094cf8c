package money_test

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

// However amounts are mixed and in whatever order, each currency's figure is the sum of its own amounts.
func TestSumsNeverMixCurrencies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) money.Amount {
			if rapid.IntRange(0, 9).Draw(t, "none") == 0 {
				return money.Amount{}
			}
			return cents.Amount(rapid.Int64Range(-1e15, 1e15).Draw(t, "minor"), rapid.SampledFrom(money.Currencies()).Draw(t, "currency"))
		})).Draw(t, "amounts")
		want := map[money.Currency]*big.Int{}
		for _, a := range amounts {
			if c := a.Currency(); c != "" {
				if want[c] == nil {
					want[c] = new(big.Int)
				}
				want[c].Add(want[c], big.NewInt(cents.Of(a)))
			}
		}
		got, err := money.Sum(amounts...)
		if err != nil || len(got) != len(want) || !slices.IsSortedFunc(got, money.Order) {
			t.Fatalf("%v: %v, %v", amounts, got, err)
		}
		for _, a := range got {
			if w := want[a.Currency()]; w == nil || w.Cmp(big.NewInt(cents.Of(a))) != 0 {
				t.Fatalf("%v: %v, want %v", amounts, a, w)
			}
		}
		shuffled := slices.Clone(amounts)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again, err := money.Sum(shuffled...); err != nil || !slices.Equal(again, got) {
			t.Fatalf("in another order %v comes to %v, %v", shuffled, again, err)
		}
		var back money.Sums
		back.Add(amounts...)
		back.Sub(shuffled...)
		for _, c := range money.Currencies() {
			if left, err := back.In(c); err != nil || left != money.Zero(c) {
				t.Fatalf("what is added and taken away leaves %v, %v", left, err)
			}
		}
	})
}

func TestSumsRefuse(t *testing.T) {
	most := cents.Amount(math.MaxInt64, money.CHF)
	if got, err := money.Sum(most, most); !errors.Is(err, money.ErrTooLarge) {
		t.Errorf("too much: %v, %v", got, err)
	}
	if got, err := money.Sum(most, most, most.Neg()); err != nil || got[0] != most { // on the way there it may be anything
		t.Errorf("%v, %v", got, err)
	}
	if got, err := money.Sum(cents.Amount(1, "")); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("an amount without a currency: %v, %v", got, err)
	}
	if got, err := money.Sum(); err != nil || got == nil || len(got) != 0 {
		t.Errorf("nothing: %v, %v", got, err)
	}
}

func TestColumns(t *testing.T) {
	var a, b money.Amount
	if err := errors.Join(a.Scan(int64(20832)), b.Scan(nil), money.CurrencyColumn(&a, &b).Scan("EUR")); err != nil ||
		a.String() != "EUR 208.32" || b != money.Zero(money.EUR) {
		t.Errorf("%v, %v, %v", a, b, err)
	}
	for _, bad := range []any{"208.32", 208.32, []byte("1"), int64(math.MinInt64)} {
		if err := a.Scan(bad); err == nil {
			t.Errorf("%v was read as %v", bad, a)
		}
	}
	if err := money.CurrencyColumn(&a).Scan("GBP"); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("an unknown currency: %v", err)
	}
	var bare money.Amount
	_ = bare.Scan(int64(5))
	if sum, err := bare.Add(cents.Amount(1, money.CHF)); !errors.Is(err, money.ErrMismatch) {
		t.Errorf("an amount whose currency was not scanned: %v, %v", sum, err)
	}
	if _, err := cents.Amount(5, money.CHF).In(money.EUR); !errors.Is(err, money.ErrMismatch) {
		t.Errorf("francs became euros: %v", err)
	}
	for minor, want := range map[int64]string{1: "\x00\x00\x00\x00\x00\x00\x00\x01", -1: "\xff\xff\xff\xff\xff\xff\xff\xff"} {
		if got, err := cents.Amount(minor, money.CHF).AppendBinary(nil); err != nil || string(got) != want {
			t.Errorf("%d: %x, %v", minor, got, err)
		}
	}
}

func TestPercentAndShares(t *testing.T) {
	chf := func(minor int64) money.Amount { return cents.Amount(minor, money.CHF) }
	for _, c := range []struct{ part, whole, want int64 }{{199_999, 200_000, 99}, {200_000, 200_000, 100}, {1, 3, 33}, {0, 5, 0}, {math.MaxInt64, math.MaxInt64, 100}} {
		if got, err := chf(c.part).Percent(chf(c.whole)); err != nil || int64(got) != c.want {
			t.Errorf("%d of %d: %d %%, %v", c.part, c.whole, got, err)
		}
	}
	if _, err := chf(1).Percent(chf(0)); err == nil {
		t.Error("a part of nothing")
	}
	for _, c := range []struct {
		minor int64
		n     uint64
		want  int64
	}{{10, 3, 3}, {-10, 3, -3}, {9, 3, 3}, {2, 3, 0}} {
		if got, err := chf(c.minor).Exact().DivDown(c.n, money.CHF); err != nil || got != chf(c.want) {
			t.Errorf("%d / %d = %v, %v", c.minor, c.n, got, err)
		}
	}
	if got, err := chf(math.MaxInt64).Mul(2); !errors.Is(err, money.ErrTooLarge) {
		t.Errorf("twice the most: %v, %v", got, err)
	}
}
