package quote

import (
	"errors"
	"slices"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// Neither stands for none of two scenarios.
const Neither = -1

// Breakeven sets two scenarios beside each other over twelve months. A scenario is named only where its amount really is
// the larger one; a break-even is there only where a parameter of the two really differs.
type Breakeven struct {
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
func Compare(b Basis, a Answer, f Flow, x, y int) (Breakeven, error) {
	if x == y || min(x, y) < 0 || max(x, y) >= len(a.Scenarios) {
		var c fault.Check
		c.Refuse("with", "not_a_choice")
		return Breakeven{}, c.Err()
	}
	years, err := Cash(b, a, f)
	if err != nil {
		return Breakeven{}, err
	}
	e := Breakeven{Ahead: Neither, Sooner: Neither, Pooling: Neither, By: money.Zero(b.Book.Currency), Fee: money.Zero(b.Book.Currency)}
	if err := e.place(years, x, y); err != nil {
		return e, err
	}
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
func (e *Breakeven) place(years []Year, x, y int) error {
	total, err := years[x].Total.Sub(years[y].Total)
	if err != nil {
		return err
	}
	higher, lower := 0, 0
	orders := make([]int, len(years[x].Months)) // of x against y, at the end of each month
	for m := range orders {
		if orders[m], err = years[x].Months[m].Position.Cmp(years[y].Months[m].Position); err != nil {
			return err
		}
		switch orders[m] {
		case 1:
			higher++
		case -1:
			lower++
		}
	}
	e.From, e.Always = 1, higher == 0 && lower == 0 && total.Sign() == 0
	switch total.Sign() {
	case 1:
		e.Ahead, e.By = x, total
	case -1:
		e.Ahead, e.By = y, total.Neg()
	default:
		e.From = 0
		if higher > 0 && lower == 0 {
			e.Sooner = x
		} else if lower > 0 && higher == 0 {
			e.Sooner = y
		}
		return nil
	}
	for m, order := range orders {
		if order != total.Sign() {
			e.From = m + 2
		}
	}
	if e.From > len(orders) {
		e.From = 0
	}
	return nil
}

// evenFee is the fee of a payout at which two scenarios with different numbers of payouts come to the same; zero if no
// fee does, or if at that fee money would be paid out less often.
func evenFee(b Basis, a Answer, f Flow, years []Year, x, y int) (money.Amount, error) {
	none := money.Zero(b.Book.Currency)
	if years[x].Payouts < years[y].Payouts {
		x, y = y, x
	}
	// Without fees x is ahead by what it is ahead with them, and by the fees that it has more.
	more := uint64(years[x].Payouts - years[y].Payouts) //nolint:gosec // at most twelve, and not negative
	var s sum
	fees, err := f.Fee.Mul(more)
	if err != nil {
		return none, err
	}
	ahead := years[x].Total
	s.sub(&ahead, years[y].Total)
	s.add(&ahead, fees)
	fee, err := ahead.Exact().DivDown(more, b.Book.Currency)
	if err = errors.Join(s.err, err); err != nil {
		return none, err
	}
	if fee.Sign() <= 0 || money.Order(fee, money.Must(money.ParseAmount(pricing.MaxPayoutFee, b.Book.Currency))) > 0 {
		return none, nil
	}
	f.Fee = fee
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
	for j, l := range b.Lines {
		for _, t := range b.stepsOf(l).Tiers {
			if p := t.From - b.Scenarios[pooling].Items[j].Quantity; p > 0 && p <= pricing.MaxQuantity {
				steps = append(steps, p)
			}
		}
	}
	slices.Sort(steps)
	steps = slices.Compact(steps)
	limit := a.Scenarios[other].Year.Offer
	var failed error
	less := func(pieces int64) bool {
		c := b
		c.Scenarios = slices.Clone(b.Scenarios)
		c.Scenarios[pooling].Pooled = pieces
		r, err := c.scenario(pooling)
		if err == nil {
			var order int
			order, err = r.Year.Offer.Cmp(limit)
			if err == nil {
				return order < 0
			}
		}
		failed = err
		return false
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
