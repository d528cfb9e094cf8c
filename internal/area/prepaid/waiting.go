package prepaid

import (
	"context"
	"slices"
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
		list = append(list, waiting.Line{
			Area: "payment", Kind: "money_" + string(t.Transfer.Outcome), Ref: t.Transfer.ID, Urgency: waiting.Answer, At: t.Transfer.ArrivedAt, Route: "/payment",
			Params: map[string]string{"amount": t.Left.String(), "reference": t.Transfer.Reference},
		})
	}
	return list
}

// lateLines is one line for all cashback that is late, with its oldest cause and a figure for each currency. A top-up that
// is only noted stands among what is to do in the Manager.
func lateLines(overdue []Expected) ([]waiting.Line, error) {
	overdue = slices.DeleteFunc(slices.Clone(overdue), func(e Expected) bool { return e.Means != "" })
	if len(overdue) == 0 {
		return nil, nil
	}
	amounts := make([]money.Amount, 0, len(overdue))
	for _, e := range overdue {
		amounts = append(amounts, e.Amount)
	}
	figures, err := waiting.Figures(amounts...)
	if err != nil {
		return nil, err
	}
	return []waiting.Line{{
		Area: "payment", Kind: "cashback_overdue", Ref: waiting.Only, Urgency: waiting.Unusual, At: overdue[0].DueOn.Time(), Route: "/payment/prepaid/expected",
		Params: map[string]string{"cause": overdue[0].Cause, "count": strconv.Itoa(len(overdue)), "amount": figures},
	}}, nil
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
		list = append(list, obstacle.Obstacle{Kind: "prepaid_balance", Params: map[string]string{"amount": balance.String()}, Route: "/payment/prepaid"})
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

// Known tells Home how many bookings the prepaid account has: without any its balance is not known.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	p, err := s.Entries(ctx, 0, 1)
	return waiting.Known("bookings", int(p.Total), err)
}
