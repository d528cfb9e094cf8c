// Package cents is for tests that make amounts from whole numbers, or hold them against a calculation in whole numbers.
// The program itself has no such way: it adds amounts up inside core/money.
package cents

import (
	"fmt"

	"kontor/internal/core/money"
)

// Amount is an amount of minor units: Amount(20832, money.CHF) is CHF 208.32.
func Amount(minor int64, c money.Currency) money.Amount {
	var a money.Amount
	if err := a.Scan(minor); err != nil {
		panic(err)
	}
	return money.Must(a.In(c))
}

// Of is an amount in minor units.
func Of(a money.Amount) int64 {
	v, err := a.Value()
	minor, ok := v.(int64)
	if err != nil || !ok {
		panic(fmt.Sprint(a, v, err))
	}
	return minor
}
