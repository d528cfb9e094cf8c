package transfer

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// PrepaidAccount tells what the organization's prepaid account paid for an order number or a domain, oldest first.
// Error: Forbidden for whoever may not see the account.
type PrepaidAccount interface {
	PaidFor(ctx context.Context, order, domain string) ([]Booking, error)
}

// Booking is one payment in the prepaid account's ledger.
type Booking struct {
	Entry  int64
	At     time.Time
	Amount money.Amount
}

// Account is what the prepaid account has of a transfer. A restart costs nothing: what was paid again, after an attempt
// had failed, is a mistake that is worth a message to the service.
type Account struct {
	Known bool // the actor may see the account
	First []Booking
	Again []Booking
}

// booked compares the attempts with the ledger.
func (d Detail) booked(ctx context.Context, account PrepaidAccount) (Account, error) {
	var b Account
	if account == nil {
		return b, nil
	}
	list, err := account.PaidFor(ctx, d.Transfer.Order, d.Transfer.Domain)
	if fault.CodeOf(err) == fault.Forbidden {
		return b, nil
	}
	if err != nil || len(d.Attempts) == 0 {
		return b, err
	}
	b.Known = true
	failed := d.Attempts[len(d.Attempts)-1].Ended
	for i, one := range list {
		// The first payment may come late; it is the first all the same.
		if i == 0 || failed.IsZero() || !one.At.After(failed) {
			b.First = append(b.First, one)
		} else {
			b.Again = append(b.Again, one)
		}
	}
	return b, nil
}
