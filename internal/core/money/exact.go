package money

import (
	"math"
	"strings"

	"github.com/shopspring/decimal"
)

// Exact is a decimal number that has not been rounded. Arithmetic on it never loses a digit and cannot overflow; what
// no Amount can hold is refused by Round. It is made of an Amount, a Price or a Factor only, whose digits are bounded:
// no text from outside becomes one unchecked.
type Exact struct{ d decimal.Decimal }

// Mul multiplies by a whole number.
func (e Exact) Mul(n uint64) Exact { return Exact{e.d.Mul(decimal.NewFromUint64(n))} }

// MulFactor multiplies by a factor.
func (e Exact) MulFactor(f Factor) Exact { return Exact{e.d.Mul(f.Exact().d)} }

// Sub subtracts another number.
func (e Exact) Sub(o Exact) Exact { return Exact{e.d.Sub(o.d)} }

// Add adds another number.
func (e Exact) Add(o Exact) Exact { return Exact{e.d.Add(o.d)} }

// IsZero tells whether the number is nothing.
func (e Exact) IsZero() bool { return e.d.IsZero() }

// Sign is -1, 0 or +1.
func (e Exact) Sign() int { return e.d.Sign() }

// Round is the one rounding rule: half away from zero to the currency's smallest unit. Error: ErrTooLarge.
func (e Exact) Round(c Currency) (Amount, error) {
	minor := e.d.Round(places(c)).Shift(places(c))
	if minor.GreaterThan(largest) || minor.LessThan(largest.Neg()) {
		return Amount{}, ErrTooLarge
	}
	return ofMinor(minor.IntPart(), c), nil
}

var largest = decimal.NewFromInt(math.MaxInt64)

// DivRound divides by a whole number and rounds to that many decimals, half away from zero; exact tells whether nothing
// was lost. It is for showing what one piece comes to, never for a step of a calculation. n must not be 0.
func (e Exact) DivRound(n uint64, decimals int) (each Exact, exact bool) {
	by := decimal.NewFromUint64(n)
	q := e.d.DivRound(by, int32(decimals)) //nolint:gosec // a few
	return Exact{q}, q.Mul(by).Equal(e.d)
}

// DivDown divides by a whole number and leaves what is below the currency's smallest unit away: the most that each of n
// can have. n must not be 0. Error: ErrTooLarge.
func (e Exact) DivDown(n uint64, c Currency) (Amount, error) {
	q, _ := e.d.QuoRem(decimal.NewFromUint64(n), places(c))
	return Exact{q}.Round(c)
}

// Text is the shortest decimal text that keeps every digit and shows at least that many decimals.
func (e Exact) Text(least int) string {
	text := e.d.String() // leaves zeros at the end away
	_, decimals, pointed := strings.Cut(text, ".")
	if missing := least - len(decimals); missing > 0 {
		if !pointed {
			text += "."
		}
		text += strings.Repeat("0", missing)
	}
	return text
}

// Fixed is the number with exactly that many decimals, rounded half away from zero.
func (e Exact) Fixed(decimals int) string { return e.d.StringFixed(int32(decimals)) } //nolint:gosec // a few

// places is the number of decimals of a currency, as decimal counts them.
func places(c Currency) int32 { return int32(c.Decimals()) } //nolint:gosec // 0 to 4
