package bridge

import (
	"time"

	"kontor/internal/core/money"
)

// Money is an amount as it crosses to the window: decimal text without separators, with its currency. No amount crosses
// without one. The zero Money is no amount at all.
type Money struct {
	Amount   string `json:"amount"`   // e.g. "-1234.50"; "" for none
	Currency string `json:"currency"` // ISO 4217
}

// MoneyOf is the amount for the window; the zero Amount, which has no currency, is none.
func MoneyOf(a money.Amount) Money {
	if a.Currency() == "" {
		return Money{}
	}
	return Money{a.Decimal(), string(a.Currency())}
}

// MoneysOf are amounts for the window, as many as there are; never nil.
func MoneysOf(amounts []money.Amount) []Money {
	list := make([]Money, 0, len(amounts))
	for _, a := range amounts {
		list = append(list, MoneyOf(a))
	}
	return list
}

// PriceOf is the price of one for the window, with all its digits; the zero Price, which has no currency, is none.
func PriceOf(p money.Price) Money {
	if p.Currency() == "" {
		return Money{}
	}
	return Money{p.Decimal(), string(p.Currency())}
}

// Moment is the form in which a time crosses to the window: RFC 3339 in UTC, "" for none.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
