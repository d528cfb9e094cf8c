// Package typed reads what a person typed into a field: one line of text, an amount of money, a rate, a quantity. It promises that no text
// which it lets pass holds a card number, a control character or more than the field takes; the refusals go to a
// fault.Check under the field's name.
package typed

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pan"
)

// Line reads one line: blanks at the ends go, runs of blanks become one. most is in characters.
func Line(c *fault.Check, field, text string, most int, required bool) string {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "" && required:
		c.Refuse(field, "required")
	case pan.In(text):
		c.Refuse(field, "looks_like_card")
	case utf8.RuneCountInString(text) > most:
		c.Refuse(field, "too_long", "max", strconv.Itoa(most))
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		c.Refuse(field, "not_text")
	}
	return text
}

// Amount reads an amount above zero and at most most minor units, written as the window sends it: "1234.50".
func Amount(c *fault.Check, field, text string, currency money.Currency, most int64) money.Amount {
	limit := money.Of(most, currency).Decimal()
	a, err := money.ParseAmount(text, currency)
	switch {
	case text == "":
		c.Refuse(field, "required")
	case err != nil:
		money.Refuse(c, field, err, currency.Decimals(), limit)
	case a.Sign() <= 0:
		c.Refuse(field, "number_too_small", "min", money.Of(1, currency).Decimal())
	case a.Minor() > most:
		c.Refuse(field, "number_too_large", "max", limit)
	}
	return a
}

// Rate reads a percentage of 0 to 100.
func Rate(c *fault.Check, field, text string) money.Rate {
	r, err := money.ParseRate(text)
	refuse(c, field, text, err, money.RateDigits, "100")
	return r
}

// Price reads what one piece costs.
func Price(c *fault.Check, field, text string, currency money.Currency) money.Price {
	p, err := money.ParsePrice(text, currency)
	refuse(c, field, text, err, money.PriceDigits, money.MaxPrice)
	return p
}

// Whole reads a whole number from 0 to most. What is below zero, too large or broken is told as such.
func Whole(c *fault.Check, field, text string, most int64) int64 {
	n, err := money.ParseWhole(text, most)
	refuse(c, field, text, err, 0, strconv.FormatInt(most, 10))
	return n
}

// refuse is money.Refuse, which calls an empty text no number; here it is one that is missing.
func refuse(c *fault.Check, field, text string, err error, digits int, most string) {
	if text == "" {
		c.Refuse(field, "required")
		return
	}
	money.Refuse(c, field, err, digits, most)
}

// Fold is a text for comparison: case and accents do not matter.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}
