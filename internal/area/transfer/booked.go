package transfer

import (
	"context"
	"time"

	"kontor/internal/core/money"
)

// Purse tells what the prepaid account paid for an order number or a domain, oldest first.
type Purse interface {
	PaidFor(ctx context.Context, order, domain string) ([]Booking, error)
}

// Booking is one payment in the prepaid account's ledger.
type Booking struct {
	Entry  int64
	At     time.Time
	Amount money.Amount
}

// Booked is what the prepaid account has of a transfer. A restart costs nothing: what was paid again, after an attempt
// had failed, is a mistake that is worth a message to the service.
type Booked struct {
	First []Booking
	Again []Booking
}

// Booked compares the attempts with the ledger.
func (d Detail) Booked(ctx context.Context, purse Purse) (Booked, error) {
	list, err := purse.PaidFor(ctx, d.Transfer.Order, d.Transfer.Domain)
	b := Booked{First: []Booking{}, Again: []Booking{}}
	if err != nil || len(d.Attempts) == 0 {
		return b, err
	}
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
