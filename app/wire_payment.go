package app

import (
	"context"

	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/day"
	"kontor/internal/host/sqlite"
)

// prepaidAccount shows the prepaid account to the payments.
type prepaidAccount struct{ *prepaid.Service }

func (p prepaidAccount) Expected(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]payment.Credit, error) {
	list, err := p.Service.Expected(ctx, q, organizationID, until)
	credits := make([]payment.Credit, 0, len(list))
	for _, e := range list {
		credits = append(credits, payment.Credit{On: e.DueOn, Amount: e.Amount, Cause: e.Cause})
	}
	return credits, err
}

// planner shows the renewals and the saved profiles to the prepaid account. The two know of each other, so one is filled in after the other.
type planner struct{ payments *payment.Service }

func (p *planner) Charges(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]prepaid.Charge, error) {
	list, err := p.payments.Charges(ctx, q, organizationID, until)
	charges := make([]prepaid.Charge, 0, len(list))
	for _, c := range list {
		charges = append(charges, prepaid.Charge(c))
	}
	return charges, err
}

func (p *planner) Renewed(ctx context.Context, tx *sqlite.Tx, renewalID string, by prepaid.Order, on day.Day) (string, error) {
	return p.payments.RenewedByOrder(ctx, tx, renewalID, by.ID, by.Number, by.Total, on)
}

func (p *planner) Unrenewed(ctx context.Context, tx *sqlite.Tx, renewedID string) error {
	return p.payments.Unrenewed(ctx, tx, renewedID)
}

func (p *planner) Payee(ctx context.Context, profileID string) (prepaid.Payee, error) {
	kind, target, err := p.payments.Payee(ctx, profileID)
	if kind == payment.PayPal {
		return prepaid.Payee{Target: prepaid.ToPayPal, Secret: target}, err
	}
	return prepaid.Payee{Target: prepaid.ToBank, Secret: target}, err
}

// moneyOf builds the two areas that money goes through.
func moneyOf(h *workspace, clock day.Clock) (*payment.Service, *prepaid.Service) {
	plan := &planner{}
	account := prepaid.NewService(h.db, prepaid.Options{
		Journal: h.journal, Vault: h.vault, Reauth: h.sessions, Planner: plan, Saved: plan, Prices: h.partner, Organizations: h.organizations, Tasks: h.tasks, Clock: clock,
	})
	plan.payments = payment.NewService(h.db, payment.Options{
		Journal: h.journal, Vault: h.vault, Reauth: h.sessions, PrepaidAccount: prepaidAccount{account}, Organizations: h.organizations, Tasks: h.tasks, Clock: clock,
		Unpriced: h.unpriced,
	})
	h.tasks.OnClose(account.SettleTask, prepaid.TaskKinds...)
	h.tasks.OnClose(plan.payments.SettleTask, payment.TaskKinds...)
	return plan.payments, account
}

// unpriced is what was read at Infomaniak and ends soon in the organization in which the person acts, without a price.
func (h *workspace) unpriced(ctx context.Context, days int) (payment.Unpriced, error) {
	u, err := h.expiry.Unpriced(ctx, days)
	return payment.Unpriced{Count: u.Count, Stale: u.Stale, First: u.First.Name, Ends: u.First.Ends, At: u.At}, err
}
