package prepaid

import (
	"cmp"
	"slices"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// Movement is a planned change of the balance.
type Movement struct {
	On     day.Day
	Amount money.Amount // below zero for a charge
	What   string
}

// Point is the balance at the end of a movement.
type Point struct {
	On      day.Day
	Balance money.Amount // below zero where the account falls short
	Change  money.Amount
	What    string
}

// Forecast is where the balance goes if everything comes as planned.
type Forecast struct {
	Until    day.Day
	Points   []Point
	Lowest   money.Amount
	LowestOn day.Day
	ShortOn  day.Day      // the first day on which a charge cannot be paid whole
	Short    bool         // whether there is such a day
	TopUp    money.Amount // what keeps the account covered to the end; zero if nothing is needed
}

// Ahead computes the forecast from today's balance. On one day charges come before credits: money that arrives on the
// day of a charge may arrive too late for it. It is a pure function.
// Movements in another currency than the balance's are not its own and are left out.
func Ahead(today, until day.Day, balance money.Amount, planned []Movement) (Forecast, error) {
	planned = slices.Clone(planned)
	slices.SortStableFunc(planned, func(a, b Movement) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Amount.Sign(), b.Amount.Sign()))
	})
	f := Forecast{Until: until, Points: []Point{}, Lowest: balance, LowestOn: today}
	now := balance
	for _, m := range planned {
		if m.On > until {
			break
		}
		if m.Amount.Currency() != balance.Currency() {
			continue
		}
		var err error
		if now, err = now.Add(m.Amount); err != nil {
			return f, err
		}
		p := Point{max(m.On, today), now, m.Amount, m.What}
		f.Points = append(f.Points, p)
		if order, err := now.Cmp(f.Lowest); err != nil {
			return f, err
		} else if order < 0 {
			f.Lowest, f.LowestOn = p.Balance, p.On
		}
		if now.Sign() < 0 && !f.Short {
			f.Short, f.ShortOn = true, p.On
		}
	}
	f.TopUp = money.Zero(balance.Currency())
	if f.Lowest.Sign() < 0 {
		f.TopUp = f.Lowest.Neg()
	}
	return f, nil
}
