// Package money holds amounts, prices and rates, and the one rule by which Kontor rounds: half away from zero to the
// currency's smallest unit, once, on the total of a line. Everything here is exact decimal arithmetic; there is no
// floating point, and no function that turns one currency into another.
//
// In tables an Amount is an INTEGER of minor units beside a TEXT currency, a Price and a Rate are decimal TEXT. In JSON
// an Amount and a Price are {"amount":"208.32","currency":"CHF"}, a Rate is a string.
package money

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/shopspring/decimal"

	"kontor/internal/core/fault"
)

// Errors of parsing and arithmetic. Refuse turns those of parsing into the codes that the window translates.
var (
	ErrNotNumber     = errors.New("money: not a decimal number")
	ErrTooManyDigits = errors.New("money: too many decimals")
	ErrTooLarge      = errors.New("money: number too large")
	ErrNegative      = errors.New("money: number below zero")
	ErrCurrency      = errors.New("money: unknown currency")
	ErrMismatch      = errors.New("money: different currencies")
)

// Refuse notes a parse error of this package as the refusal of a field. digits and most are the limits to tell.
func Refuse(c *fault.Check, field string, err error, digits int, most string) {
	switch {
	case err == nil:
	case errors.Is(err, ErrTooManyDigits):
		c.Refuse(field, "too_many_digits", "max", fmt.Sprint(digits))
	case errors.Is(err, ErrTooLarge):
		c.Refuse(field, "number_too_large", "max", most)
	case errors.Is(err, ErrNegative):
		c.Refuse(field, "number_too_small", "min", "0")
	case errors.Is(err, ErrCurrency):
		c.Refuse(field, "not_a_choice")
	default:
		c.Refuse(field, "not_a_number")
	}
}

// Currency is an ISO 4217 code that Kontor knows.
type Currency string

// The currencies in which Infomaniak publishes the price lists that Kontor ships. A new one is a constant here, a row
// in currencies, and a price list of its own.
const (
	CHF Currency = "CHF"
	EUR Currency = "EUR"
)

var currencies = []Currency{CHF, EUR}

// Currencies lists every known currency.
func Currencies() []Currency { return append([]Currency(nil), currencies...) }

// ParseCurrency accepts exactly the code of a known currency.
func ParseCurrency(text string) (Currency, error) {
	for _, c := range currencies {
		if text == string(c) {
			return c, nil
		}
	}
	return "", fmt.Errorf("%w: %.8q", ErrCurrency, text)
}

// Decimals is how many decimals the smallest unit has.
func (c Currency) Decimals() int { return 2 }

// Scan reads a currency column and refuses a currency that is not known.
func (c *Currency) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("%w: %T", ErrCurrency, src)
	}
	parsed, err := ParseCurrency(text)
	*c = parsed
	return err
}

// UnmarshalText reads a currency and refuses one that is not known.
func (c *Currency) UnmarshalText(text []byte) error {
	parsed, err := ParseCurrency(string(text))
	*c = parsed
	return err
}

// Amount is a sum of money in minor units (cents, Rappen) of one currency. The zero Amount has no currency and can be
// added to any other.
type Amount struct {
	minor    int64
	currency Currency
}

// Of returns an amount of minor units: Of(20832, CHF) is CHF 208.32.
func Of(minor int64, c Currency) Amount { return ofMinor(minor, c) }

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

// Minor is the amount in minor units.
func (a Amount) Minor() int64 { return a.minor }

// Currency is the amount's currency; "" for the zero Amount.
func (a Amount) Currency() Currency { return a.currency }

// Sign is -1, 0 or +1.
func (a Amount) Sign() int {
	switch {
	case a.minor < 0:
		return -1
	case a.minor > 0:
		return 1
	}
	return 0
}

// Add returns a + b. Errors: ErrMismatch, ErrTooLarge.
func (a Amount) Add(b Amount) (Amount, error) {
	c, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	sum := a.minor + b.minor
	if (b.minor > 0 && sum < a.minor) || (b.minor < 0 && sum > a.minor) {
		return Amount{}, ErrTooLarge
	}
	return Of(sum, c), nil
}

// Sub returns a − b. Errors: ErrMismatch, ErrTooLarge.
func (a Amount) Sub(b Amount) (Amount, error) {
	c, err := common(a, b)
	if err != nil {
		return Amount{}, err
	}
	diff := a.minor - b.minor
	if (b.minor > 0 && diff > a.minor) || (b.minor < 0 && diff < a.minor) {
		return Amount{}, ErrTooLarge
	}
	return Of(diff, c), nil
}

// Cmp compares two amounts of one currency: -1, 0 or +1. Error: ErrMismatch.
func (a Amount) Cmp(b Amount) (int, error) {
	if _, err := common(a, b); err != nil {
		return 0, err
	}
	switch {
	case a.minor < b.minor:
		return -1, nil
	case a.minor > b.minor:
		return 1, nil
	}
	return 0, nil
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

// Value is the amount as a table keeps it: minor units. The currency has a column of its own.
func (a Amount) Value() (driver.Value, error) { return a.minor, nil }
