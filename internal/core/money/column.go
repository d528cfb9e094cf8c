package money

import (
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"math"
)

// Value is the amount as a table keeps it: an INTEGER of minor units. The currency has a column of its own.
func (a Amount) Value() (driver.Value, error) { return a.minor, nil }

// Scan reads the column that Value writes; the currency comes from CurrencyColumn. NULL is nothing.
func (a *Amount) Scan(src any) error {
	switch n := src.(type) {
	case nil:
		a.minor = 0
		return nil
	case int64:
		if n != math.MinInt64 {
			a.minor = n
			return nil
		}
	}
	return fmt.Errorf("%w: an amount in a column of %T", ErrNotNumber, src)
}

// CurrencyColumn reads the TEXT column that says which currency the scanned amounts are in. An amount that is scanned
// without it has none, and cannot be added to any that has one.
func CurrencyColumn(amounts ...*Amount) sql.Scanner { return currencyColumn(amounts) }

type currencyColumn []*Amount

func (to currencyColumn) Scan(src any) error {
	var c Currency
	if err := c.Scan(src); err != nil {
		return err
	}
	for _, a := range to {
		a.currency = c
	}
	return nil
}

// In says the currency of an amount that was scanned from a column which can only hold that one.
func (a Amount) In(c Currency) (Amount, error) {
	if a.currency != "" && a.currency != c {
		return Amount{}, fmt.Errorf("%w: %s and %s", ErrMismatch, a.currency, c)
	}
	return ofMinor(a.minor, c), nil
}

// AppendBinary appends eight bytes, the minor units with the highest byte first. It is for hashes; it never fails.
func (a Amount) AppendBinary(to []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint64(to, uint64(a.minor)), nil //nolint:gosec // the bits count, not the sign
}
