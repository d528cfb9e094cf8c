package app

import (
	"context"

	"kontor/internal/core/day"

	"kontor/internal/area/prepaid"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/input"
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

func transfersOf(h *workspace, places transfer.Organizations, clock day.Clock) *transfer.Service {
	return transfer.NewService(transfer.Options{
		DB: h.db, Journal: h.journal, Vault: h.vault, Reauth: h.sessions, Account: transferAccount{h.prepaid}, Organizations: places,
		People: transferPeople{h}, Tasks: h.tasks, Registry: h.registry, Clock: clock,
	})
}

// registry is what was read at Infomaniak of domains, by name in ASCII.
func (h *workspace) registry(ctx context.Context) (map[string]transfer.There, error) {
	list, err := h.mirror.DomainList(ctx)
	read := map[string]transfer.There{}
	for _, d := range list {
		name, refusal := input.ParseDomain(d.Name)
		if refusal != nil || len(d.Status) == 0 {
			continue
		}
		read[name] = transfer.There{Words: d.Status, At: momentOf(d.Stand.Since), Stale: !fresh(d.Stand, h.db.Now())}
	}
	return read, err
}
