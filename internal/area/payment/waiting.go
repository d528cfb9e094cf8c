package payment

import (
	"context"
	"strconv"

	"kontor/internal/core/money"
	"kontor/internal/core/waiting"
)

// home is the place where what waits of the payments is dealt with.
const home = "/payment"

// Waiting tells Home of renewals that are not covered, one line for each means and reason, and of a default that can no
// longer pay.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	overview, err := s.Overview(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	report, err := s.Cover(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	list := []waiting.Line{}
	if overview.DefaultOver {
		list = append(list, waiting.Line{Area: "payment", Kind: "default_over", Urgency: waiting.Soon, Route: home})
	}
	covers, err := report.waiting()
	return append(list, covers...), err
}

// cause is what keeps several renewals in one currency from being covered.
type cause struct {
	profile  string
	status   Status
	currency money.Currency
}

// waiting is one line for each cause, the worst first, with the number of its renewals and what they lack.
func (r Report) waiting() ([]waiting.Line, error) {
	list := []waiting.Line{}
	at, counts, sums := map[cause]int{}, map[cause]int{}, map[cause]money.Amount{}
	var err error
	for _, c := range r.Covers {
		if c.Status.Weight() < NotCovered {
			continue
		}
		k := cause{c.Profile.ID, c.Status, c.Renewal.Amount.Currency()}
		if _, known := at[k]; !known {
			at[k] = len(list)
			list = append(list, waiting.Line{
				Area: "payment", Kind: "cover_" + string(c.Status), Urgency: waiting.Soon, At: c.ChargedOn.Time(), Route: home,
				Params: map[string]string{"means": c.Profile.Sign(), "product": c.Renewal.Product},
			})
		}
		if sums[k], err = sums[k].Add(c.lacks()); err != nil {
			return nil, err
		}
		counts[k]++
	}
	for k, i := range at {
		list[i].Params["count"] = strconv.Itoa(counts[k])
		list[i].Params["amount"], list[i].Params["currency"] = sums[k].Decimal(), string(sums[k].Currency())
	}
	return list, nil
}

// lacks is what a renewal that is not covered lacks: of one that the prepaid account pays in part only the rest.
func (c Cover) lacks() money.Amount {
	if c.Status == Short {
		return c.Missing
	}
	return c.Renewal.Amount
}
