package money

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Limits of what can be written.
const (
	RateDigits  = 4               // decimals of a rate in percent
	PriceDigits = 6               // decimals of a unit price
	MaxPrice    = "999999.999999" // the largest unit price
)

const (
	million       = 1_000_000
	factorDigits  = RateDigits + 2 // 20 % is 0.200000
	maxPriceMicro = million*million - 1
)

// Rate is a percentage from 0 to 100 with at most four decimals. The zero Rate is 0 %.
type Rate struct{ ppm uint32 } // millionths of the whole: 20 % is 200,000

// Percent returns a whole percentage; more than 100 is 100.
func Percent(n uint8) Rate { return Rate{min(uint32(n), 100) * million / 100} }

// ParseRate reads a percentage as decimal text: "20", "12.5". Errors: ErrNotNumber, ErrNegative, ErrTooManyDigits,
// ErrTooLarge (above 100).
func ParseRate(text string) (Rate, error) {
	n, err := parsePositive(text, RateDigits, million)
	return Rate{uint32(n)}, err //nolint:gosec // at most a million
}

// Cmp compares two rates: -1, 0 or +1.
func (r Rate) Cmp(o Rate) int {
	switch {
	case r.ppm < o.ppm:
		return -1
	case r.ppm > o.ppm:
		return 1
	}
	return 0
}

// IsZero tells whether the rate is 0 %.
func (r Rate) IsZero() bool { return r.ppm == 0 }

// Part is what the rate takes: 0.2 for 20 %.
func (r Rate) Part() Factor { return Factor(r.ppm) }

// Rest is what the rate leaves: 0.8 for 20 %.
func (r Rate) Rest() Factor { return Factor(million - r.ppm) }

// String is the shortest decimal text: "20", "12.5".
func (r Rate) String() string { return Exact{decimal.New(int64(r.ppm), -RateDigits)}.Text(0) }

// MarshalText writes String.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads as strictly as ParseRate.
func (r *Rate) UnmarshalText(text []byte) error {
	parsed, err := ParseRate(string(text))
	*r = parsed
	return err
}

// Value is the rate as a table keeps it: decimal text.
func (r Rate) Value() (driver.Value, error) { return r.String(), nil }

// Scan reads a TEXT column as strictly as ParseRate.
func (r *Rate) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("%w: %T", ErrNotNumber, src)
	}
	return r.UnmarshalText([]byte(text))
}

// Factor is a multiplier in millionths: 800,000 is 0.8. A sum of factors may exceed 1, e.g. one per piece.
type Factor uint64

// One is the factor that changes nothing.
const One Factor = million

// Exact is the factor as a number.
func (f Factor) Exact() Exact { return Exact{decimal.NewFromUint64(uint64(f)).Shift(-factorDigits)} }

// Price is what one piece costs: up to six decimals, in one currency. The zero Price has no currency.
type Price struct {
	micro    int64
	currency Currency
}

// ParsePrice reads a unit price as decimal text: "9.92", "0.000001". Errors: ErrNotNumber, ErrNegative,
// ErrTooManyDigits, ErrTooLarge (above MaxPrice), ErrCurrency.
func ParsePrice(text string, c Currency) (Price, error) {
	if _, err := ParseCurrency(string(c)); err != nil {
		return Price{}, err
	}
	n, err := parsePositive(text, PriceDigits, maxPriceMicro)
	if err != nil {
		return Price{}, err
	}
	return Price{n, c}, nil
}

// Currency is the currency of the list that the price comes from.
func (p Price) Currency() Currency { return p.currency }

// Exact is the price as a number to calculate with.
func (p Price) Exact() Exact { return Exact{decimal.New(p.micro, -PriceDigits)} }

// Decimal is the price as the shortest text with at least the currency's decimals: "9.92", "5.50", "0.001".
func (p Price) Decimal() string { return p.Exact().Text(p.currency.Decimals()) }

// String is the price with its currency, for logs and tests.
func (p Price) String() string { return string(p.currency) + " " + p.Decimal() }

// MarshalJSON writes {"amount":"9.92","currency":"CHF"}.
func (p Price) MarshalJSON() ([]byte, error) {
	return json.Marshal(amountJSON{p.Decimal(), p.currency})
}

// UnmarshalJSON reads what MarshalJSON writes, as strictly as ParsePrice.
func (p *Price) UnmarshalJSON(data []byte) error {
	var v amountJSON
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	parsed, err := ParsePrice(v.Amount, v.Currency)
	*p = parsed
	return err
}

// Value is the price as a table keeps it: decimal text. The currency has a column of its own.
func (p Price) Value() (driver.Value, error) { return p.Decimal(), nil }

// ParseWhole reads a whole number from 0 to most, such as a quantity. Errors: ErrNotNumber, ErrNegative,
// ErrTooManyDigits (it has decimals), ErrTooLarge.
func ParseWhole(text string, most int64) (int64, error) {
	return parsePositive(text, 0, most)
}

// parsePositive is parseScaled with a name for the one mistake that people make most.
func parsePositive(text string, decimals int, most int64) (int64, error) {
	if len(text) > 1 && text[0] == '-' {
		if _, err := parseScaled(text[1:], decimals, most); err == nil {
			return 0, fmt.Errorf("%w: %.24q", ErrNegative, text)
		}
	}
	return parseScaled(text, decimals, most)
}

// mostDigits is how many digits a number of 64 bits has at most. Longer text is refused before it is calculated with,
// so that a megabyte of digits costs no more than looking at it once.
const mostDigits = 19

// parseScaled reads digits with at most that many decimals and returns the number times 10^decimals, which is at most
// most. Decimals that are zero count: a text says how exactly its writer meant it.
func parseScaled(text string, decimals int, most int64) (int64, error) {
	if !isDecimal(text) {
		return 0, fmt.Errorf("%w: %.24q", ErrNotNumber, text)
	}
	whole, part, _ := strings.Cut(text, ".")
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > mostDigits {
		return 0, fmt.Errorf("%w: %.24q", ErrTooLarge, text)
	}
	d, err := decimal.NewFromString("0" + whole + "." + part[:min(len(part), decimals)] + "0")
	if err != nil {
		return 0, fmt.Errorf("%w: %.24q", ErrNotNumber, text)
	}
	d = d.Shift(int32(decimals)) //nolint:gosec // a few
	switch {
	case d.GreaterThan(decimal.NewFromInt(most)):
		return 0, fmt.Errorf("%w: %.24q", ErrTooLarge, text)
	case len(part) > decimals:
		return 0, fmt.Errorf("%w: %.24q", ErrTooManyDigits, text)
	}
	return d.IntPart(), nil
}

// isDecimal accepts digits, or digits, a point and digits: nothing before, between or after.
func isDecimal(text string) bool {
	point := -1
	for i := range len(text) {
		switch {
		case text[i] >= '0' && text[i] <= '9':
		case text[i] == '.' && point < 0 && i > 0:
			point = i
		default:
			return false
		}
	}
	return text != "" && point != len(text)-1
}
