package prepaid

import (
	"context"
	"strconv"

	"kontor/internal/core/money"
	"kontor/internal/core/obstacle"
	"kontor/internal/core/waiting"
)

// latest is among how many of the latest transfers Home looks for money that waits for a choice.
const latest = 20

// Waiting tells Home of money that waits for a choice, and of expected money that has not come in time.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	threads, err := s.Threads(ctx, latest)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	overdue, err := s.Overdue(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	late, err := lateLines(overdue)
	return append(choiceLines(threads), late...), err
}

func choiceLines(threads []Thread) []waiting.Line {
	list := []waiting.Line{}
	for _, t := range threads {
		if len(t.Steps) == 0 || t.Steps[len(t.Steps)-1].Kind != StepChoose {
			continue
		}
		params := figure(t.Left)
		params["reference"] = t.Transfer.Reference
		list = append(list, waiting.Line{
			Area: "payment", Kind: "money_" + string(t.Transfer.Outcome), Urgency: waiting.Answer, At: t.Transfer.ArrivedAt, Route: "/payment", Params: params,
		})
	}
	return list
}

// lateLines is one line for each currency, with the oldest cause.
func lateLines(overdue []Expected) ([]waiting.Line, error) {
	list, at := []waiting.Line{}, map[money.Currency]int{}
	sums, counts := map[money.Currency]money.Amount{}, map[money.Currency]int{}
	var err error
	for _, e := range overdue {
		c := e.Amount.Currency()
		if _, begun := at[c]; !begun {
			at[c], sums[c] = len(list), money.Zero(c)
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

func figure(a money.Amount) map[string]string {
	return map[string]string{"amount": a.Decimal(), "currency": string(a.Currency())}
}

// Obstacles are what keeps an organization from being deleted: its prepaid account must be empty (faq/2191), its orders
// closed. It asks for no permission: whoever calls it has.
func (s *Service) Obstacles(ctx context.Context, organizationID string) ([]obstacle.Obstacle, error) {
	var list []obstacle.Obstacle
	balance, err := s.Balance(ctx, s.db.Reader(), organizationID)
	if err != nil {
		return nil, err
	}
	if balance.Sign() > 0 {
		list = append(list, obstacle.Obstacle{Kind: "prepaid_balance", Params: figure(balance), Route: "/payment/prepaid"})
	}
	open, err := s.Open(ctx, organizationID)
	if err != nil {
		return nil, err
	}
	if open > 0 {
		list = append(list, obstacle.Obstacle{Kind: "open_orders", Params: map[string]string{"count": strconv.Itoa(open)}, Route: "/payment/prepaid"})
	}
	return list, nil
}
