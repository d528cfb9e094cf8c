package payment

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
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
		list = append(list, waiting.Line{Area: "payment", Kind: "default_over", Ref: waiting.Only, Urgency: waiting.Soon, Route: home})
	}
	lines, err := report.waiting()
	return append(list, lines...), err
}

// cause is what keeps several renewals from being covered.
type cause struct {
	profile string
	status  Status
}

// waiting is one line for each cause, the worst first, with the number of its renewals and what they lack, a
// figure for each currency.
func (r Report) waiting() ([]waiting.Line, error) {
	list := []waiting.Line{}
	at, lacking := map[cause]int{}, map[cause][]money.Amount{}
	for _, c := range r.Covers {
		if c.Status.Weight() < NotCovered {
			continue
		}
		k := cause{c.Profile.ID, c.Status}
		if _, known := at[k]; !known {
			at[k] = len(list)
			list = append(list, waiting.Line{
				Area: "payment", Kind: "cover_" + string(c.Status), Ref: c.Profile.ID, Urgency: waiting.Soon, At: c.ChargedOn.Time(), Route: home,
				Params: map[string]string{"means": c.Profile.Sign(), "product": c.Renewal.Product},
			})
		}
		lacking[k] = append(lacking[k], c.lacks())
	}
	for k, i := range at {
		figures, err := waiting.Figures(lacking[k]...)
		if err != nil {
			return nil, err
		}
		list[i].Params["count"], list[i].Params["amount"] = strconv.Itoa(len(lacking[k])), figures
	}
	return list, nil
}

// lacks is what a renewal that is not covered lacks: of one that the prepaid account pays in part only the rest.
func (c Cover) lacks() money.Amount {
	if c.Status == Short {
		return c.Missing
	}
	return c.Due
}

// Next tells Home which product ends next, and what is noted to pay it.
func (s *Service) Next(ctx context.Context) ([]waiting.Line, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	list, err := renewals(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	first := list[0] // by day
	means, err := s.means(ctx, s.db.Reader(), actor.OrganizationID, first, "")
	return []waiting.Line{{
		Area: "payment", Kind: "next_expires", Ref: first.ID, Urgency: waiting.Soon, At: first.ExpiresOn.Time(), Route: "/payment/renewals",
		Params: map[string]string{"product": first.Product, "means": means.Sign()},
	}}, err
}

// Known tells Home how many renewals are noted, and how many ways to pay beside the prepaid account.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	list, err := s.Renewals(ctx)
	facts, err := waiting.Known("renewals", len(list), err)
	if err != nil {
		return nil, err
	}
	overview, err := s.Overview(ctx)
	ways := 0
	for _, p := range overview.Profiles {
		if p.Kind != Prepaid {
			ways++
		}
	}
	more, err := waiting.Known("methods", ways, err)
	return append(facts, more...), err
}
