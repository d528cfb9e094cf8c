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
func Ahead(today, until day.Day, balance money.Amount, planned []Movement) Forecast {
	planned = slices.Clone(planned)
	slices.SortStableFunc(planned, func(a, b Movement) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Amount.Sign(), b.Amount.Sign()))
	})
	f := Forecast{Until: until, Points: []Point{}, Lowest: balance, LowestOn: today}
	now := balance.Minor()
	for _, m := range planned {
		if m.On > until {
			break
		}
		now += m.Amount.Minor()
		p := Point{max(m.On, today), money.Of(now, balance.Currency()), m.Amount, m.What}
		f.Points = append(f.Points, p)
		if now < f.Lowest.Minor() {
			f.Lowest, f.LowestOn = p.Balance, p.On
		}
		if now < 0 && !f.Short {
			f.Short, f.ShortOn = true, p.On
		}
	}
	f.TopUp = money.Of(max(0, -f.Lowest.Minor()), balance.Currency())
	return f
}
