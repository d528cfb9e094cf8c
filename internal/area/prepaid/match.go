package prepaid

import (
	"strings"
	"unicode"

	"kontor/internal/core/money"
)

// Mismatch is why a transfer could not be matched: the exact amount, in the invoice's currency, with its reference, is
// what Infomaniak asks for (faq/353).
type Mismatch string

// The mismatches; "" is a match.
const (
	UnknownReference Mismatch = "unknown_reference"
	WrongCurrency    Mismatch = "wrong_currency"
	WrongAmount      Mismatch = "wrong_amount"
	AlreadyPaid      Mismatch = "already_paid"
)

// Arrival is money that came in.
type Arrival struct {
	Reference string
	Amount    money.Amount
}

// Match decides what becomes of money that arrived for a transfer: its outcome, and the mismatch if it is unmatched.
// order is nil when the transfer was no order's. It is a pure function.
func Match(t Transfer, order *Order, a Arrival) (Outcome, Mismatch) {
	switch {
	case t.Purpose == Unknown || plain(a.Reference) == "" || plain(a.Reference) != plain(t.Reference):
		return CreditedUnmatched, UnknownReference
	case order != nil && order.State == Cancelled:
		return CreditedCancelled, ""
	case a.Amount.Currency() != t.Amount.Currency():
		return CreditedUnmatched, WrongCurrency
	case order == nil:
		return ToppedUp, ""
	case order.State == Paid:
		return CreditedUnmatched, AlreadyPaid
	case a.Amount != order.Open():
		return CreditedUnmatched, WrongAmount
	}
	return PaidTheOrder, ""
}

// plain is a reference without what banks add to it or leave out: blanks, signs, case.
func plain(reference string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, reference)
}
