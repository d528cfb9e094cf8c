package app

import (
	"context"

	"kontor/internal/area/prepaid"
	"kontor/internal/area/transfer"
	"kontor/internal/core/waiting"
)

// BookingView is a payment in the prepaid account's ledger.
type BookingView struct {
	Entry  int64  `json:"entry"`
	At     string `json:"at"`
	Amount string `json:"amount"`
}

// TransferAccountView is what the prepaid account paid for a transfer.
type TransferAccountView struct {
	Known bool          `json:"known"` // the person may see the account
	First []BookingView `json:"first"`
	Again []BookingView `json:"again"` // after an attempt had failed: a restart costs nothing, so this is a mistake
}

// accountOf looks into the prepaid account; whoever may not see that sees nothing of it.
func accountOf(ctx context.Context, h *workspace, d transfer.Detail) (TransferAccountView, error) {
	v := TransferAccountView{First: []BookingView{}, Again: []BookingView{}}
	booked, err := d.Booked(ctx, bookings{h.prepaid})
	if err != nil {
		return v, waiting.Visible(err)
	}
	v.Known = true
	for _, one := range booked.First {
		v.First = append(v.First, BookingView{one.Entry, moment(one.At), one.Amount.Decimal()})
	}
	for _, one := range booked.Again {
		v.Again = append(v.Again, BookingView{one.Entry, moment(one.At), one.Amount.Decimal()})
	}
	return v, nil
}

// bookings shows the ledger to the transfers.
type bookings struct{ account *prepaid.Service }

func (b bookings) PaidFor(ctx context.Context, order, domain string) ([]transfer.Booking, error) {
	entries, err := b.account.PaidFor(ctx, order, domain)
	list := make([]transfer.Booking, 0, len(entries))
	for _, e := range entries {
		list = append(list, transfer.Booking{Entry: e.Seq, At: e.At, Amount: e.Amount})
	}
	return list, err
}
