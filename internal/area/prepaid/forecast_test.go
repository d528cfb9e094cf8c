package prepaid_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kontor/internal/area/prepaid"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

func TestForecastAsDrawn(t *testing.T) {
	on := func(y int, m time.Month, n int) day.Day { return day.Date(y, m, n) }
	today := on(2026, 11, 20)
	planned := []prepaid.Movement{
		{On: on(2026, 12, 1), Amount: cents.Amount(-20832, money.CHF), What: "Web hosting"},
		{On: on(2027, 1, 1), Amount: cents.Amount(-20832, money.CHF), What: "Web hosting"},
		{On: on(2027, 2, 1), Amount: cents.Amount(-20832, money.CHF), What: "Web hosting"},
		{On: on(2026, 12, 15), Amount: cents.Amount(6944, money.CHF), What: "cashback"},
		{On: on(2027, 1, 15), Amount: cents.Amount(6944, money.CHF), What: "cashback"},
	}
	f := forecast(t, today, on(2027, 1, 31), cents.Amount(41265, money.CHF), planned)
	if f.Lowest.Decimal() != "65.45" || f.LowestOn.String() != "2027-01-01" || f.Short || f.TopUp.Sign() != 0 {
		t.Errorf("to the end of January: lowest %s on %s, short %v, top up %s", f.Lowest, f.LowestOn, f.Short, f.TopUp)
	}
	f = forecast(t, today, on(2027, 2, 28), cents.Amount(41265, money.CHF), planned)
	if !f.Short || f.ShortOn.String() != "2027-02-01" || f.TopUp.Decimal() != "73.43" {
		t.Errorf("to the end of February: short %v on %s, top up %s", f.Short, f.ShortOn, f.TopUp)
	}
	var line []string
	for _, p := range f.Points {
		line = append(line, p.On.String()+" "+p.Balance.Decimal())
	}
	want := []string{"2026-12-01 204.33", "2026-12-15 273.77", "2027-01-01 65.45", "2027-01-15 134.89", "2027-02-01 -73.43"}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Error(diff)
	}
}

// Topping up by exactly what the forecast says keeps the account at or above zero; a centime less does not.
func TestTheForecastsTopUpIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := day.Date(2026, 11, 20)
		planned := rapid.SliceOf(rapid.Custom(func(t *rapid.T) prepaid.Movement {
			return prepaid.Movement{On: today + day.Day(rapid.IntRange(-3, 120).Draw(t, "in")), Amount: cents.Amount(rapid.Int64Range(-30000, 30000).Draw(t, "amount"), money.CHF)}
		})).Draw(t, "planned")
		balance := rapid.Int64Range(0, 50000).Draw(t, "balance")
		until := today + day.Day(rapid.IntRange(0, 130).Draw(t, "until"))
		ahead := func(more int64) prepaid.Forecast {
			return forecast(t, today, until, cents.Amount(balance+more, money.CHF), planned)
		}
		f := ahead(0)
		if again := ahead(cents.Of(f.TopUp)); again.Short || again.TopUp.Sign() != 0 {
			t.Fatalf("short in spite of the top-up: %+v", again)
		}
		if f.TopUp.Sign() > 0 && !ahead(cents.Of(f.TopUp)-1).Short {
			t.Fatal("a centime less is enough, too")
		}
		if f.Short != (f.TopUp.Sign() > 0) {
			t.Fatalf("short %v, top up %s", f.Short, f.TopUp)
		}
	})
}

func TestOverviewAndStatement(t *testing.T) {
	d := newDesk(t, prepaid.Charge{On: day.Date(2026, 12, 1), Amount: cents.Amount(20832, money.CHF), Product: "Web hosting"})
	d.topUp(t, "100")
	d.clock.Advance(24 * time.Hour)
	d.topUp(t, "50")
	o := d.place(t, "1", "30")
	ok(t, d.Pay(d.ctx, o.ID, 1, prepaid.How{FromBalance: "30.00"}))
	d.clock.Advance(24 * time.Hour)
	d.topUp(t, "7")
	v := must[prepaid.Overview](t)(d.Overview(d.ctx, 0))
	var line []string
	for _, p := range v.History {
		line = append(line, p.On.String()+" "+p.Balance.Decimal())
	}
	if diff := cmp.Diff([]string{"2026-10-03 0.00", "2026-11-20 100.00", "2026-11-21 120.00", "2026-11-22 127.00"}, line); diff != "" {
		t.Error(diff)
	}
	if v.Forecast.TopUp.Decimal() != "81.32" || v.Forecast.Until.String() != "2027-02-28" || v.Entries != 4 {
		t.Errorf("top up %s until %s, %d entries", v.Forecast.TopUp, v.Forecast.Until, v.Entries)
	}
	s := must[prepaid.Statement](t)(d.Statement(d.ctx, "2026-11-21", "2026-11-21"))
	got := fmt.Sprint(s.Organization, " ", s.Opening, " ", s.In, " ", s.Out, " ", s.Closing, " ", len(s.Entries))
	if want := "Studio Ponteri SA CHF 100.00 CHF 50.00 CHF 30.00 CHF 120.00 2"; got != want {
		t.Errorf("statement %s, want %s", got, want)
	}
	if _, err := d.Statement(d.ctx, "2026-11-21", "2026-11-20"); err == nil || err.Error() != "invalid to:before_start" {
		t.Errorf("a period that ends before it begins: %v", err)
	}
}

func forecast(t interface{ Fatal(...any) }, today, until day.Day, balance money.Amount, planned []prepaid.Movement) prepaid.Forecast {
	f, err := prepaid.Ahead(today, until, balance, planned)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
