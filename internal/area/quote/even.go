package quote

import (
	"slices"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Neither stands for none of two scenarios.
const Neither = -1

// Even sets two scenarios beside each other over twelve months. A scenario is named only where its amount really is
// the larger one; a break-even is there only where a parameter of the two really differs.
type Even struct {
	Ahead  int          // the scenario that comes to more in all; Neither if both come to the same
	By     money.Amount // how much more
	From   int          // the month, from 1, from which it stands higher to the end; 0 if it does not within the year
	Sooner int          // of two that come to the same: which never has less and at times more; Neither if none
	Always bool         // both stand the same in every month

	Fees, Days, Pooled bool         // what differs: payouts that cost a fee, days to wait, pieces held elsewhere
	Fee                money.Amount // of a payout at which both come to the same; zero if there is none
	Pieces             int64        // held elsewhere from which the client pays less in Pooling; 0 if there are none
	Pooling            int          // the scenario with more pieces held elsewhere; Neither
}

// Compare sets scenarios x and y (from 0) beside each other. Errors: Invalid "with" if they are not two.
func Compare(b Basis, a Answer, f Flow, x, y int) (Even, error) {
	if x == y || min(x, y) < 0 || max(x, y) >= len(a.Scenarios) {
		var c fault.Check
		c.Refuse("with", "not_a_choice")
		return Even{}, c.Err()
	}
	years, err := Cash(b, a, f)
	if err != nil {
		return Even{}, err
	}
	e := Even{Ahead: Neither, Sooner: Neither, Pooling: Neither, By: money.Of(0, b.Book.Currency), Fee: money.Of(0, b.Book.Currency)}
	e.place(years, x, y)
	e.Days = f.Days > 0 && cashes(a, x) != cashes(a, y)
	e.Fees = f.Fee.Sign() > 0 && years[x].Payouts != years[y].Payouts
	if e.Fees {
		if e.Fee, err = evenFee(b, a, f, years, x, y); err != nil {
			return e, err
		}
	}
	if px, py := b.Scenarios[x].Pooled, b.Scenarios[y].Pooled; px != py {
		e.Pooled, e.Pooling = true, x
		other := y
		if py > px {
			e.Pooling, other = y, x
		}
		e.Pieces, err = evenPieces(b, a, e.Pooling, other)
	}
	return e, err
}

func cashes(a Answer, i int) bool {
	return slices.ContainsFunc(a.Scenarios[i].Lines, func(l LineResult) bool { return l.Case.Outcome == pricing.Cashback && l.Gain.Sign() > 0 })
}

// place tells who comes to more, and who stands higher when.
func (e *Even) place(years []Year, x, y int) {
	total := years[x].Total.Minor() - years[y].Total.Minor()
	higher, lower := 0, 0
	e.From = 1
	for m := range years[x].Months {
		switch d := years[x].Months[m].Position.Minor() - years[y].Months[m].Position.Minor(); {
		case d > 0:
			higher++
		case d < 0:
			lower++
		}
	}
	e.Always = higher == 0 && lower == 0 && total == 0
	switch {
	case total > 0:
		e.Ahead, e.By = x, money.Of(total, e.By.Currency())
	case total < 0:
		e.Ahead, e.By = y, money.Of(-total, e.By.Currency())
	default:
		e.From = 0
		if higher > 0 && lower == 0 {
			e.Sooner = x
		} else if lower > 0 && higher == 0 {
			e.Sooner = y
		}
		return
	}
	other := x + y - e.Ahead
	for m := range years[x].Months {
		if years[e.Ahead].Months[m].Position.Minor() <= years[other].Months[m].Position.Minor() {
			e.From = m + 2
		}
	}
	if e.From > len(years[x].Months) {
		e.From = 0
	}
}

// evenFee is the fee of a payout at which two scenarios with different numbers of payouts come to the same; zero if no
// fee does, or if at that fee money would be paid out less often.
func evenFee(b Basis, a Answer, f Flow, years []Year, x, y int) (money.Amount, error) {
	none := money.Of(0, b.Book.Currency)
	gross := func(i int) int64 { return years[i].Total.Minor() + int64(years[i].Payouts)*f.Fee.Minor() }
	fee := (gross(x) - gross(y)) / int64(years[x].Payouts-years[y].Payouts)
	if fee <= 0 || fee > pricing.MaxPayoutFee {
		return none, nil
	}
	f.Fee = money.Of(fee, b.Book.Currency)
	again, err := Cash(b, a, f)
	if err != nil || again[x].Payouts != years[x].Payouts || again[y].Payouts != years[y].Payouts {
		return none, err
	}
	return f.Fee, nil
}

// evenPieces is the fewest pieces held elsewhere from which the client pays less in a scenario than in another one. More
// pieces never cost more: the steps rise, so the fewest are found by halving.
func evenPieces(b Basis, a Answer, pooling, other int) (int64, error) {
	steps := []int64{}
	for j := range b.Lines {
		for _, t := range b.Schedule.Tiers {
			if p := t.From - b.Scenarios[pooling].Items[j].Quantity; p > 0 && p <= pricing.MaxQuantity {
				steps = append(steps, p)
			}
		}
	}
	slices.Sort(steps)
	steps = slices.Compact(steps)
	limit := a.Scenarios[other].Start.Offer.Minor()
	var failed error
	less := func(pieces int64) bool {
		c := b
		c.Scenarios = slices.Clone(b.Scenarios)
		c.Scenarios[pooling].Pooled = pieces
		r, err := c.scenario(pooling)
		if err != nil {
			failed = err
		}
		return err == nil && r.Start.Offer.Minor() < limit
	}
	if less(0) || failed != nil {
		return 0, failed
	}
	i, _ := slices.BinarySearchFunc(steps, true, func(p int64, _ bool) int {
		if less(p) {
			return 0
		}
		return -1
	})
	if i == len(steps) || failed != nil {
		return 0, failed
	}
	return steps[i], nil
}
