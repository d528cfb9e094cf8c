package sale

import (
	"testing"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

func on(text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func chf(text string) money.Amount {
	a, err := money.ParseAmount(text, "CHF")
	if err != nil {
		panic(err)
	}
	return a
}

func ptr(a money.Amount) *money.Amount { return &a }

func TestPeriodsOfALine(t *testing.T) {
	for name, c := range map[string]struct {
		line     Line
		from, to string
		want     string
	}{
		"a month":            {Line{Months: 1, StartsOn: on("2026-01-31")}, "2026-02-01", "2026-04-30", "2026-02-28–2026-03-30 2026-03-31–2026-04-29 2026-04-30–2026-05-30 "},
		"a year":             {Line{Months: 12, StartsOn: on("2024-02-29")}, "2024-01-01", "2026-12-31", "2024-02-29–2025-02-27 2025-02-28–2026-02-27 2026-02-28–2027-02-27 "},
		"once":               {Line{StartsOn: on("2026-05-01")}, "2026-01-01", "2026-12-31", "2026-05-01– "},
		"once, out of span":  {Line{StartsOn: on("2026-05-01")}, "2026-06-01", "2026-12-31", ""},
		"stopped":            {Line{Months: 1, StartsOn: on("2026-01-01"), EndedOn: on("2026-02-15")}, "2026-01-01", "2026-12-31", "2026-01-01–2026-01-31 2026-02-01–2026-02-28 "},
		"before it begins":   {Line{Months: 1, StartsOn: on("2027-01-01")}, "2026-01-01", "2026-12-31", ""},
		"on its very day":    {Line{Months: 3, StartsOn: on("2026-01-01")}, "2026-04-01", "2026-04-01", "2026-04-01–2026-06-30 "},
		"two years, far off": {Line{Months: 24, StartsOn: on("2020-06-01")}, "2026-01-01", "2026-12-31", "2026-06-01–2028-05-31 "},
	} {
		got := ""
		for _, p := range c.line.Due(on(c.from), on(c.to)) {
			got += p.From.String() + "–" + p.To.String() + " "
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What was charged is what somebody noted: a period without a charge is open, and no difference is made of it.
func TestTheDifferenceCountsOnlyWhatWasCharged(t *testing.T) {
	s := Sale{Currency: "CHF", Lines: []Line{
		{Months: 1, StartsOn: on("2026-09-01"), Expected: ptr(chf("208.32")), Charges: []Charge{
			{Period: on("2026-09-01"), Amount: chf("208.32")}, {Period: on("2026-10-01"), Amount: chf("211.92")},
		}},
		{StartsOn: on("2026-09-01"), Offer: chf("600.00")}, // the partner's own work: nobody charges it
	}}
	expected, charged, more, open, err := s.Difference(on("2026-11-28"))
	if err != nil || expected != chf("416.64") || charged != chf("420.24") || more != chf("3.60") || open != 1 {
		t.Errorf("%v of %v, %v more, %d open, %v", charged, expected, more, open, err)
	}
}

func TestYearsKeepCurrenciesApart(t *testing.T) {
	eur, err := money.ParseAmount("10.00", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	list := []stretch{
		{of: Line{Months: 1, StartsOn: on("2026-01-01")}, offer: chf("100.00"), earned: chf("20.00")},
		{of: Line{Months: 12, StartsOn: on("2026-03-01")}, offer: eur, earned: money.Zero("EUR"), unknown: 1},
	}
	got, err := years(list, on("2026-01-01"))
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	if got[0].Offer != chf("1200.00") || got[0].Earned != chf("240.00") || got[0].Unknown != 0 {
		t.Errorf("francs: %+v", got[0])
	}
	if got[1].Offer != eur || got[1].Earned.Sign() != 0 || got[1].Unknown != 1 || got[1].Months[2].Offer != eur {
		t.Errorf("euros: %+v", got[1])
	}
}
