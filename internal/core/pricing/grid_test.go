package pricing

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

var fiveRates = []Scenario{
	{money.Percent(0), Volume}, {money.Percent(10), Volume}, {money.Percent(20), Volume}, {money.Percent(30), Volume}, {money.Percent(35), Volume},
}

func upTo(n int64) []int64 {
	var list []int64
	for q := int64(1); q <= n; q++ {
		list = append(list, q)
	}
	return list
}

func TestGrid(t *testing.T) {
	in := published(money.CHF)
	columns, err := Columns(in)
	if err != nil || !slices.Equal(columns, []int64{1, 5, 10, 15, 19, 20, 25, 29, 30, 35, 50, 100}) {
		t.Fatalf("columns %v, %v", columns, err)
	}
	rows, err := Grid(in, fiveRates, columns)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i, row := range rows {
		b.WriteString(fiveRates[i].Rate.String() + " %")
		for _, c := range row {
			b.WriteString(" " + c.Total.Decimal())
			if c.Inverted {
				b.WriteString("^")
			}
			if c.Step {
				b.WriteString("|")
			}
			b.WriteString("h" + string(rune('0'+c.Heat)))
		}
		b.WriteString("\n")
	}
	golden(t, "grid.txt", b.String())
}

// Every cell is what the simulator says for it, every flag what its neighbour says.
func TestGridAgreesWithTheSimulator(t *testing.T) {
	in := published(money.EUR)
	scenarios := append(slices.Clone(fiveRates), Scenario{money.Percent(20), Graduated})
	quantities := upTo(120)
	rows, err := Grid(in, scenarios, quantities)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range scenarios {
		for j, n := range quantities {
			asked := in.with(s)
			asked.Quantity = n
			want, err := bare(asked)
			asked.Quantity = n + 1
			next, err2 := bare(asked)
			if c := rows[i][j]; err != nil || err2 != nil || c.Total != want || c.Quantity != n || c.Inverted != (cents.Of(next) < cents.Of(want)) || c.Heat < 1 || c.Heat > 7 {
				t.Fatalf("%v × %d: %+v, want %v", s, n, c, want)
			}
		}
	}
}

func TestInversions(t *testing.T) {
	in := published(money.CHF)
	for name, c := range map[string]struct {
		change func(*Input)
		want   []Inversion
	}{
		"the shipped steps":  {func(*Input) {}, []Inversion{{19, 19}, {29, 29}}},
		"a wide step":        {func(in *Input) { in.Schedule.Tiers = tiers(10, 50) }, []Inversion{{6, 9}}},
		"a step that is all": {func(in *Input) { in.Schedule.Tiers = tiers(3, 100) }, []Inversion{{1, 2}}},
		"graduated":          {func(in *Input) { in.Schedule.Mode = Graduated }, []Inversion{}},
		"not degressive":     {func(in *Input) { in.Line.Degressive = false }, []Inversion{}},
		"a step by hand":     {func(in *Input) { in.Step = &in.Rate }, []Inversion{}},
	} {
		asked := in
		c.change(&asked)
		got, err := Inversions(asked)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestCurve(t *testing.T) {
	points, err := Curve(published(money.CHF))
	if err != nil {
		t.Fatal(err)
	}
	at := map[int64]Point{}
	for _, p := range points {
		at[p.Quantity] = p
	}
	for n, want := range map[int64][2]string{1: {"7.936", "9.92"}, 4: {"7.936", "9.92"}, 5: {"7.5392", "9.424"}, 29: {"6.3488", "7.936"}, 30: {"5.952", "7.44"}, 35: {"5.952", "7.44"}, 60: {"5.952", "7.44"}} {
		if p := at[n]; p.You != want[0] || p.Public != want[1] {
			t.Errorf("at %d: %+v, want %v", n, p, want)
		}
	}
	if len(points) != 60 {
		t.Errorf("%d points", len(points))
	}
	for quantity, end := range map[int64]int64{1: 60, 48: 60, 49: 100, 80: 100, 100: 200, 400: 500, 401: 600, 1000: 2000, 400_000: 500_000, 900_000: 1_000_000, 1_000_000: 1_000_000} {
		in := published(money.CHF)
		in.Quantity = quantity
		points, err := Curve(in)
		if err != nil || points[len(points)-1].Quantity != end || len(points) > maxPoints+2+2*len(in.Schedule.Tiers) {
			t.Errorf("%d: %d points to %d, want %d; %v", quantity, len(points), points[len(points)-1].Quantity, end, err)
		}
	}
}

func TestBadGridsAreRefused(t *testing.T) {
	in := published(money.CHF)
	for name, c := range map[string]struct {
		scenarios  []Scenario
		quantities []int64
		want       string
	}{
		"no rows":         {nil, upTo(3), "scenarios:number_too_large"},
		"too many rows":   {slices.Repeat(fiveRates, 5), upTo(3), "scenarios:number_too_large"},
		"no columns":      {fiveRates, nil, "quantities:number_too_large"},
		"too many":        {fiveRates, upTo(MaxGridQuantity + 1), "quantities:number_too_large"},
		"nothing":         {fiveRates, []int64{1, 0}, "quantity:number_too_small"},
		"too large":       {fiveRates, []int64{MaxQuantity + 1}, "quantity:number_too_large"},
		"an unknown mode": {[]Scenario{{Mode: "both"}}, upTo(3), "mode:not_a_choice"},
	} {
		if _, err := Grid(in, c.scenarios, c.quantities); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	free := in
	free.Line.Price = price("0", money.CHF)
	if rows, err := Grid(free, fiveRates, upTo(2)); err != nil || rows[0][0].Inverted {
		t.Errorf("what costs the same is flagged: %+v, %v", rows, err)
	}
	in.Line.Degressive = false
	rows, err := Grid(in, fiveRates, upTo(35))
	if err != nil || rows[2][29].Step || rows[2][34].Total.Decimal() != "277.76" {
		t.Errorf("%+v, %v", rows[2][34], err)
	}
	if columns, err := Columns(in); err != nil || slices.Contains(columns, 29) {
		t.Errorf("%v, %v", columns, err)
	}
}
