package pricing

import (
	"slices"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// Limits of a grid.
const (
	MaxGridQuantity = 1_000
	MaxScenarios    = 20
)

// Scenario is one row of a what-if grid: what differs from the question that is asked.
type Scenario struct {
	Rate money.Rate
	Mode Mode
}

// Cell is one figure of a grid.
type Cell struct {
	Quantity int64
	Total    money.Amount
	Step     bool // the first quantity of a degressive step
	Inverted bool // one piece more costs less
	Heat     int  // 1 to 7: how large the reduction is, from none to 51 % and more
}

// Grid computes the preferential price of every quantity in every scenario; one row per scenario.
// Errors: Invalid for a refused question, "quantities" or "scenarios".
func Grid(in Input, scenarios []Scenario, quantities []int64) ([][]Cell, error) {
	if err := checkGrid(in, scenarios, quantities); err != nil {
		return nil, err
	}
	rows := make([][]Cell, len(scenarios))
	cells := make([]Cell, len(scenarios)*len(quantities))
	for i, s := range scenarios {
		rows[i], cells = cells[:len(quantities):len(quantities)], cells[len(quantities):]
		with := in.with(s)
		known, next := int64(0), money.Amount{} // the total that the last cell had to look ahead for
		for j, n := range quantities {
			total := next
			if known != n {
				total = with.total(n)
			}
			known, next = n+1, with.total(n+1)
			rows[i][j] = Cell{n, total, with.startsStep(n), less(next, total), with.heat(n)}
		}
	}
	return rows, nil
}

func checkGrid(in Input, scenarios []Scenario, quantities []int64) error {
	var c fault.Check
	c.Merge("", in.Validate())
	if len(quantities) == 0 || len(quantities) > MaxGridQuantity {
		c.Refuse("quantities", "number_too_large", "max", strconv.Itoa(MaxGridQuantity))
	}
	if len(scenarios) == 0 || len(scenarios) > MaxScenarios {
		c.Refuse("scenarios", "number_too_large", "max", strconv.Itoa(MaxScenarios))
	}
	for _, n := range quantities {
		if n < 1 || n > MaxQuantity {
			checkQuantity(&c, n)
			break
		}
	}
	for _, s := range scenarios {
		oneOf(&c, "mode", s.Mode, Volume, Graduated)
	}
	return c.Err()
}

func (in Input) with(s Scenario) Input {
	in.Rate, in.Schedule.Mode = s.Rate, s.Mode
	return in
}

// total is the preferential price of n pieces. n may be MaxQuantity + 1; the bounds of an input keep it from overflowing.
func (in Input) total(n int64) money.Amount {
	a, _ := in.preferential(n).Round(in.Line.Price.Currency())
	return a
}

// less compares two totals of one input.
func less(a, b money.Amount) bool {
	order, err := a.Cmp(b)
	return err == nil && order < 0
}

// startsStep tells whether a degressive step begins at n.
func (in Input) startsStep(n int64) bool {
	if !in.Line.Degressive || in.Step != nil {
		return false
	}
	return slices.ContainsFunc(in.Schedule.Tiers, func(t Tier) bool { return t.From == n })
}

// heat puts the reduction of n pieces on a scale of seven: none is 1, 51 % and more is 7.
func (in Input) heat(n int64) int {
	remaining := uint64(in.weight(n)) / uint64(n) * uint64(in.Rate.Rest()) / uint64(money.One) //nolint:gosec // positive
	reduction := uint64(money.One) - remaining
	if reduction == 0 {
		return 1
	}
	const top = 510_000                       // with the published rates the largest reduction is 51.25 %
	return 2 + int(min(reduction, top)*5/top) //nolint:gosec // 0 to 5
}

// Inversion is a stretch of quantities that cost more than a larger one: From to To cost more than To + 1.
type Inversion struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// Inversions finds where buying more costs less. Only the pieces before a step can be dearer than its first.
func Inversions(in Input) ([]Inversion, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	list := []Inversion{}
	if !in.Line.Degressive || in.Step != nil || in.Schedule.Mode != Volume {
		return list, nil
	}
	for _, t := range in.Schedule.Tiers {
		first, step := t.From, in.total(t.From)
		for first > 1 && less(step, in.total(first-1)) {
			first--
		}
		if first < t.From {
			list = append(list, Inversion{first, t.From - 1})
		}
	}
	return list, nil
}

// maxColumns is how many quantities a heat map has room for.
const maxColumns = 12

// Columns picks the quantities that a heat map shows: one, the quantity that is asked for, the first of each step, the
// last that costs more than a step, and round numbers until the row is full; in rising order.
func Columns(in Input) ([]int64, error) {
	inverted, err := Inversions(in)
	if err != nil {
		return nil, err
	}
	var list []int64
	add := func(n int64) {
		if len(list) < maxColumns && n >= 1 && n <= MaxQuantity && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	add(1)
	add(in.Quantity)
	for _, i := range inverted {
		add(i.To)
		add(i.To + 1)
	}
	if in.Line.Degressive {
		for _, t := range in.Schedule.Tiers {
			add(t.From)
		}
	}
	for _, n := range []int64{50, 100, 25, 10, 5, 20, 15, 30, 75, 200, 500, 1000} {
		add(n)
	}
	slices.Sort(list)
	return list, nil
}

// Point is the price of one piece at a quantity, for a chart.
type Point struct {
	Quantity int64  `json:"quantity"`
	You      string `json:"you"`    // preferential
	Public   string `json:"public"` // what the public pays, with the degressive rate
}

const maxPoints = 120

// Curve is the price of one piece against the quantity, from 1 to the end of the axis, with every step's first and
// last quantity among the points.
func Curve(in Input) ([]Point, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	end := axis(in.Quantity)
	wanted := []int64{1, in.Quantity, end}
	for i := range int64(maxPoints) {
		wanted = append(wanted, 1+i*(end-1)/(maxPoints-1))
	}
	for _, t := range in.Schedule.Tiers {
		for _, n := range []int64{t.From - 1, t.From} {
			if n >= 1 && n <= end {
				wanted = append(wanted, n)
			}
		}
	}
	slices.Sort(wanted)
	points := []Point{}
	for _, n := range slices.Compact(wanted) {
		pieces := uint64(n) * in.periods() //nolint:gosec // positive
		you, _ := in.preferential(n).DivRound(pieces, money.PriceDigits)
		public, _ := in.publicDegressive(n).DivRound(pieces, money.PriceDigits)
		points = append(points, Point{n, you.Text(2), public.Text(2)})
	}
	return points, nil
}

// axis is the end of a quantity axis on which n stands well inside: 60, 100, 200, 500, 1000 …
func axis(n int64) int64 {
	for end := int64(100); ; end *= 10 {
		for _, e := range []int64{end * 6 / 10, end, end * 2, end * 5} {
			if n*5 <= e*4 || e >= MaxQuantity {
				return min(e, MaxQuantity)
			}
		}
	}
}
