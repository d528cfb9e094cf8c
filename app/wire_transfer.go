package app

import (
	"context"

	"kontor/internal/area/prepaid"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
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

// transferPeople shows the collaborators to the transfers.
type transferPeople struct{ *workspace }

func (p transferPeople) Collaborators(ctx context.Context) ([]transfer.Colleague, error) {
	members, _, err := p.organizations.Members(ctx)
	list := []transfer.Colleague{}
	for _, m := range members {
		if m.Role == access.Collaborator {
			list = append(list, transfer.Colleague{AccountID: m.AccountID, Name: m.FirstName + " " + m.LastName})
		}
	}
	return list, err
}
