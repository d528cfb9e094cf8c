package money

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// Amount is a sum of money in one currency, exact to its smallest unit (cents, Rappen). The zero Amount has no currency
// and can be added to any other.
type Amount struct {
	minor    int64 // of the smallest unit; never math.MinInt64, so that Neg always holds
	currency Currency
}

// Zero is nothing of a currency.
func Zero(c Currency) Amount { return ofMinor(0, c) }

// Must is for amounts that stand in the program, and for sums of two amounts that one checked record keeps in one
// currency within its limits. It panics on an error.
func Must(a Amount, err error) Amount {
	if err != nil {
		panic(err)
	}
	return a
}

func ofMinor(minor int64, c Currency) Amount { return Amount{minor: minor, currency: c} }

// ParseAmount reads "208.32", "-5", "0.5": an optional minus, digits, and at most as many decimals as the currency has.
// Spaces, signs other than a leading minus, separators and exponents are refused.
func ParseAmount(text string, c Currency) (Amount, error) {
	if _, err := ParseCurrency(string(c)); err != nil {
		return Amount{}, err
	}
	neg := len(text) > 0 && text[0] == '-'
	if neg {
		text = text[1:]
	}
	minor, err := parseScaled(text, c.Decimals(), math.MaxInt64)
	if err != nil {
		return Amount{}, err
	}
	if neg {
		minor = -minor
	}
	return ofMinor(minor, c), nil
}

// Currency is the amount's currency; "" for the zero Amount.
func (a Amount) Currency() Currency { return a.currency }

// Sign is -1, 0 or +1.
func (a Amount) Sign() int {
	return cmp.Compare(a.minor, 0)
}

// Neg returns −a.
func (a Amount) Neg() Amount { return ofMinor(-a.minor, a.currency) }

// Add returns a + b. Errors: ErrMismatch, ErrTooLarge.
func (a Amount) Add(b Amount) (Amount, error) {
	c, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	return a.Exact().Add(b.Exact()).Round(c)
}

// Sub returns a − b. Errors: ErrMismatch, ErrTooLarge.
func (a Amount) Sub(b Amount) (Amount, error) { return a.Add(b.Neg()) }

// Mul returns n times a. Error: ErrTooLarge.
func (a Amount) Mul(n uint64) (Amount, error) { return a.Exact().Mul(n).Round(a.currency) }

// Percent is how much of the whole the amount is, in whole percent, rounded down. The whole has to be above zero and of
// the same currency. Error: ErrMismatch.
func (a Amount) Percent(whole Amount) (int, error) {
	if _, err := common(a, whole); err != nil || whole.Sign() <= 0 {
		return 0, fmt.Errorf("%w: %v of %v", ErrMismatch, a, whole)
	}
	return int(a.Exact().d.Shift(2).Div(whole.Exact().d).Floor().IntPart()), nil
}

// Share is how much of the whole the amount is, in percent with one decimal, for showing: "33.3", "-4.0"; "" where the
// whole is not above zero or of another currency.
func Share(part, whole Amount) string {
	if _, err := common(part, whole); err != nil || whole.minor <= 0 {
		return ""
	}
	return decimal.New(part.minor, 2).DivRound(decimal.New(whole.minor, 0), 1).StringFixed(1)
}

// Cmp compares two amounts of one currency: -1, 0 or +1. Error: ErrMismatch.
func (a Amount) Cmp(b Amount) (int, error) {
	if _, err := common(a, b); err != nil {
		return 0, err
	}
	return cmp.Compare(a.minor, b.minor), nil
}

// Order puts amounts of any currency in an order for lists: the currencies as Currencies lists them, in each the
// smaller first. It compares no value across currencies.
func Order(a, b Amount) int {
	return cmp.Or(cmp.Compare(slices.Index(currencies, a.currency), slices.Index(currencies, b.currency)), cmp.Compare(a.minor, b.minor))
}

func common(a, b Amount) (Currency, error) {
	switch {
	case a.currency == b.currency, b == Amount{}:
		return a.currency, nil
	case a == Amount{}:
		return b.currency, nil
	}
	return "", fmt.Errorf("%w: %s and %s", ErrMismatch, a.currency, b.currency)
}

// Exact is the amount as a number to calculate with.
func (a Amount) Exact() Exact { return Exact{decimal.New(a.minor, -places(a.currency))} }

// Decimal is the amount with the currency's fixed number of decimals and without the currency: "208.30".
func (a Amount) Decimal() string { return a.Exact().Fixed(a.currency.Decimals()) }

// String is the amount with its currency, for logs and tests: "CHF 208.30".
func (a Amount) String() string { return string(a.currency) + " " + a.Decimal() }

type amountJSON struct {
	Amount   string   `json:"amount"`
	Currency Currency `json:"currency"`
}

// MarshalJSON writes {"amount":"208.32","currency":"CHF"}.
func (a Amount) MarshalJSON() ([]byte, error) {
	return json.Marshal(amountJSON{a.Decimal(), a.currency})
}

// UnmarshalJSON reads what MarshalJSON writes, as strictly as ParseAmount.
func (a *Amount) UnmarshalJSON(data []byte) error {
	var v amountJSON
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	parsed, err := ParseAmount(v.Amount, v.Currency)
	*a = parsed
	return err
}
