// Package money holds amounts, prices and rates, and the one rule by which Kontor rounds: half away from zero to the
// currency's smallest unit, once, on the total of a line. Everything here is exact decimal arithmetic; there is no
// floating point, and no function that turns one currency into another. Amounts are added by Add and Sub, which refuse
// two currencies, or by Sums, which keeps them apart: outside this package there is no integer to calculate with.
//
// In tables an Amount is an INTEGER of minor units beside a TEXT currency, a Price and a Rate are decimal TEXT. In JSON
// an Amount and a Price are {"amount":"208.32","currency":"CHF"}, a Rate is a string.
package money

import (
	"errors"
	"fmt"

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
	case errors.Is(err, ErrTooManyDigits) && digits == 0:
		c.Refuse(field, "not_whole")
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

// Smallest is the smallest amount above zero, e.g. one cent.
func (c Currency) Smallest() Amount { return ofMinor(1, c) }

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
