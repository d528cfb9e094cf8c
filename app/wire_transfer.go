package app

import (
	"context"

	"kontor/internal/area/prepaid"
	"kontor/internal/area/transfer"
)

// transferAccount shows the prepaid account's ledger to the transfers.
type transferAccount struct{ account *prepaid.Service }

func (a transferAccount) PaidFor(ctx context.Context, order, domain string) ([]transfer.Booking, error) {
	entries, err := a.account.PaidFor(ctx, order, domain)
	list := make([]transfer.Booking, 0, len(entries))
	for _, e := range entries {
		list = append(list, transfer.Booking{Entry: e.Seq, At: e.At, Amount: e.Amount})
	}
	return list, err
}
