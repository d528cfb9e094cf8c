package app

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/area/payment"
	"kontor/internal/area/prepaid"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// purse shows the prepaid account to the payments.
type purse struct{ *prepaid.Service }

func (p purse) Expected(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]payment.Credit, error) {
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

func (p *planner) Payee(ctx context.Context, profileID string) (prepaid.Payee, error) {
	kind, target, err := p.payments.Payee(ctx, profileID)
	if kind == payment.PayPal {
		return prepaid.Payee{Target: prepaid.ToPayPal, Secret: target}, err
	}
	return prepaid.Payee{Target: prepaid.ToBank, Secret: target}, err
}

// moneyOf builds the two areas that money goes through.
func moneyOf(h *workspace, zone *time.Location) (*payment.Service, *prepaid.Service) {
	plan := &planner{}
	account := prepaid.NewService(h.db, prepaid.Options{Journal: h.journal, Vault: h.vault, Password: h.sessions, Planner: plan, Saved: plan, Zone: zone})
	plan.payments = payment.NewService(h.db, payment.Options{
		Journal: h.journal, Vault: h.vault, Password: h.sessions, Purse: purse{account}, Zone: zone,
	})
	return plan.payments, account
}

// owed is what stands in the way of deleting an organization: its prepaid account must be empty (faq/2191), its orders closed.
func (h *workspace) owed(ctx context.Context, organizationID string) ([]organization.Obstacle, error) {
	var list []organization.Obstacle
	balance, err := h.prepaid.Balance(ctx, h.db.Reader(), organizationID)
	if err != nil {
		return nil, err
	}
	if balance.Sign() > 0 {
		list = append(list, organization.Obstacle{Kind: "prepaid_balance", Route: "/payment/prepaid", Params: told(balance)})
	}
	open, err := h.prepaid.Open(ctx, organizationID)
	if err != nil {
		return nil, err
	}
	if open > 0 {
		list = append(list, organization.Obstacle{Kind: "open_orders", Route: "/payment/prepaid", Params: map[string]string{"count": strconv.Itoa(open)}})
	}
	return list, nil
}

func told(a money.Amount) map[string]string {
	return map[string]string{"amount": a.Decimal(), "currency": string(a.Currency())}
}

// paymentsWaiting tells Home of renewals that are not covered, one line for each means and reason, and of a default that
// can no longer pay.
func (h *workspace) paymentsWaiting(ctx context.Context) ([]waiting.Line, error) {
	overview, err := h.payments.Overview(ctx)
	if err != nil {
		return nil, hidden(err)
	}
	report, err := h.payments.Cover(ctx)
	if err != nil {
		return nil, hidden(err)
	}
	list := []waiting.Line{}
	if overview.DefaultOver {
		list = append(list, waiting.Line{Area: "payment", Kind: "default_over", Urgency: waiting.Soon, Route: "/payment"})
	}
	type cause struct {
		profile string
		status  payment.Status
	}
	at := map[cause]int{}
	sums := map[cause]money.Amount{}
	counts := map[cause]int{}
	for _, c := range report.Covers {
		if c.Status.Weight() < 3 {
			continue
		}
		k := cause{c.Profile.ID, c.Status}
		if _, known := at[k]; !known {
			at[k] = len(list)
			list = append(list, waiting.Line{
				Area: "payment", Kind: "cover_" + string(c.Status), Urgency: waiting.Soon, At: c.ChargedOn.Time(), Route: "/payment",
				Params: map[string]string{"means": c.Profile.Sign(), "product": c.Renewal.Product},
			})
		}
		sum := c.Renewal.Amount
		if c.Status == payment.Short {
			sum = c.Missing
		}
		if total, err := sums[k].Add(sum); err == nil { // renewals in another currency are counted, not added
			sums[k] = total
		}
		counts[k]++
	}
	for k, i := range at {
		list[i].Params["count"] = strconv.Itoa(counts[k])
		list[i].Params["amount"], list[i].Params["currency"] = sums[k].Decimal(), string(sums[k].Currency())
	}
	return list, nil
}

// prepaidWaiting tells Home of money that waits for a choice.
func (h *workspace) prepaidWaiting(ctx context.Context) ([]waiting.Line, error) {
	threads, err := h.prepaid.Threads(ctx, 20)
	if err != nil {
		return nil, hidden(err)
	}
	list := []waiting.Line{}
	for _, t := range threads {
		if len(t.Steps) == 0 || t.Steps[len(t.Steps)-1].Kind != prepaid.StepChoose {
			continue
		}
		params := told(t.Left)
		params["reference"] = t.Transfer.Reference
		list = append(list, waiting.Line{
			Area: "payment", Kind: "money_" + string(t.Transfer.Outcome), Urgency: waiting.Answer, At: t.Transfer.ArrivedAt, Route: "/payment", Params: params,
		})
	}
	return list, nil
}

// cashbackWaiting tells Home of expected money that has not come in time, one line for each currency.
func (h *workspace) cashbackWaiting(ctx context.Context) ([]waiting.Line, error) {
	overdue, err := h.prepaid.Overdue(ctx)
	if err != nil {
		return nil, hidden(err)
	}
	list, at := []waiting.Line{}, map[money.Currency]int{}
	sums, counts := map[money.Currency]money.Amount{}, map[money.Currency]int{}
	for _, e := range overdue {
		c := e.Amount.Currency()
		if _, begun := at[c]; !begun {
			at[c], sums[c] = len(list), money.Of(0, c)
			list = append(list, waiting.Line{
				Area: "payment", Kind: "cashback_overdue", Urgency: waiting.Unusual, At: e.DueOn.Time(), Route: "/payment/prepaid/expected",
				Params: map[string]string{"cause": e.Cause},
			})
		}
		if sums[c], err = sums[c].Add(e.Amount); err != nil {
			return nil, err
		}
		counts[c]++
	}
	for c, i := range at {
		list[i].Params["count"], list[i].Params["amount"], list[i].Params["currency"] = strconv.Itoa(counts[c]), sums[c].Decimal(), string(c)
	}
	return list, nil
}

// hidden turns "you may not see this" into nothing to see: Home shows what a person may see.
func hidden(err error) error {
	if code := fault.CodeOf(err); code == fault.Forbidden || code == fault.Unauthenticated {
		return nil
	}
	return err
}
