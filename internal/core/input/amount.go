package input

import (
	"errors"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// The readers below take decimal text as the window sends it ("1234.50"): there the person's way of writing was read
// already, by the twin of Figure.

// Amount reads an amount above zero and at most most, both decimal text as the window sends it: "1234.50".
func Amount(c *fault.Check, field, text string, currency money.Currency, most string) money.Amount {
	limit := money.Must(money.ParseAmount(most, currency))
	a, err := money.ParseAmount(text, currency)
	switch {
	case text == "":
		c.Refuse(field, "required")
	case err != nil:
		money.Refuse(c, field, err, currency.Decimals(), limit.Decimal())
	case a.Sign() <= 0:
		c.Refuse(field, "number_too_small", "min", currency.Smallest().Decimal())
	case money.Order(a, limit) > 0:
		c.Refuse(field, "number_too_large", "max", limit.Decimal())
	}
	return a
}

// Rate reads a percentage of 0 to 100.
func Rate(c *fault.Check, field, text string) money.Rate {
	r, err := money.ParseRate(text)
	note(c, field, text, err, money.RateDigits, "100")
	return r
}

// Price reads what one piece costs.
func Price(c *fault.Check, field, text string, currency money.Currency) money.Price {
	p, err := money.ParsePrice(text, currency)
	note(c, field, text, err, money.PriceDigits, money.MaxPrice)
	return p
}

// Whole reads a whole number from least, which is not below zero, to most. What is smaller, larger or broken is told as such.
func Whole(c *fault.Check, field, text string, least, most int64) int64 {
	n, err := money.ParseWhole(text, most)
	if errors.Is(err, money.ErrNegative) || err == nil && n < least {
		c.Refuse(field, "number_too_small", "min", strconv.FormatInt(least, 10))
		return 0
	}
	note(c, field, text, err, 0, strconv.FormatInt(most, 10))
	return n
}

// note is money.Refuse, which calls an empty text no number; here it is one that is missing.
func note(c *fault.Check, field, text string, err error, digits int, most string) {
	if text == "" {
		c.Refuse(field, "required")
		return
	}
	money.Refuse(c, field, err, digits, most)
}
