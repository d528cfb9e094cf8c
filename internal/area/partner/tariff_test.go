package partner

import (
	"testing"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
)

// The simulator and whoever asks for the prices of a day have the rate of the category and the steps of the product, as
// quotes have them.
func TestTheSimulatorTakesWhatDiffersForACategoryAndAProduct(t *testing.T) {
	s, _, _ := newService(t)
	ctx := legal(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.SaveRates(ctx, []CategoryRate{
		{Category: "hosting", Rate: "30", From: "2026-01-01", Source: "contract"},
		{Category: "hosting", Rate: "35", From: "2027-01-01", Source: "contract"},
	}, 0))
	steps := func(product, from, percent string) ProductSteps {
		return ProductSteps{Product: product, Steps: ScheduleDraft{Mode: "volume", ValidFrom: from, Tiers: []TierDraft{{From: "10", Percent: percent, Origin: "own"}}}}
	}
	must(s.SaveProductSteps(ctx, []ProductSteps{steps("web_hosting", "2027-01-01", "60"), steps("web_hosting", "2026-01-01", "50")}, 0))
	q := asked()
	q.Rate = ""
	charged := func() string {
		t.Helper()
		a, err := s.Explain(ctx, q)
		must(err)
		return a.Result.Charged.Decimal()
	}
	if got := charged(); got != "121.52" { // 347.20 × 0.70 × 0.50
		t.Errorf("with the rate and the steps of today: %s", got)
	}
	q.Rate = "20"
	if got := charged(); got != "138.88" {
		t.Errorf("with a rate that was typed: %s", got)
	}
	desk, err := s.Desk(ctx)
	must(err)
	if l := deskView(desk, Age{}).Books[0].Lines[0]; l.Product != "web_hosting" || l.Rate != "30" || !l.OwnRate || l.Steps != "web_hosting" {
		t.Errorf("%+v", l)
	}
	then, err := s.Prices(ctx, day.Date(2027, 6, 1))
	must(err)
	in := then.Input(then.Books[0].Lines[0])
	if in.Rate.String() != "35" || in.Schedule.Tiers[0].Percent.String() != "60" {
		t.Errorf("next year: %s, %+v", in.Rate, in.Schedule.Tiers)
	}
	if err := s.SaveProductSteps(ctx, []ProductSteps{steps("a", "2026-01-01", "1"), steps("a", "2026-01-01", "2")}, 1); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("two tables of one day: %v", err)
	}
}

// A product that the partner named itself has its own steps before those of the code that it shares with others.
func TestStepsOfANamedProductGoBeforeThoseOfItsCode(t *testing.T) {
	s, _, _ := newService(t)
	ctx := legal(t)
	d := bookDraft()
	d.Lines[1].Degressive = true
	if _, err := s.SaveBook(ctx, d); err != nil {
		t.Fatal(err)
	}
	list := []ProductSteps{{Product: "Mail service", Steps: ScheduleDraft{Mode: "graduated", ValidFrom: "2026-01-01", Tiers: []TierDraft{{From: "2", Percent: "9", Origin: "own"}}}}}
	if err := s.SaveProductSteps(ctx, list, 0); err != nil {
		t.Fatal(err)
	}
	desk, err := s.Desk(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range desk.Books {
		for _, l := range b.Lines {
			if want := map[bool]string{true: "Mail service"}[l.Name == "Mail service"]; desk.StepsOf(l) != want || l.StepsKey() == "" {
				t.Errorf("%+v has the steps %q", l, desk.StepsOf(l))
			}
		}
	}
}

// Steps that begin later are kept, shown and not taken yet; what is saved for an earlier day than the steps in force is
// refused, as nothing would come of it.
func TestStepsApplyFromTheirDayOn(t *testing.T) {
	s, _, _ := newService(t)
	ctx := legal(t)
	save := func(from, percent string) error {
		t.Helper()
		desk, err := s.Desk(ctx)
		if err != nil {
			t.Fatal(err)
		}
		d := scheduleDraft(desk.Schedule.ID)
		d.ValidFrom, d.Tiers = from, []TierDraft{{From: "2", Percent: percent, Origin: "own"}}
		return s.SaveSchedule(ctx, d)
	}
	for _, one := range [][2]string{{"2027-01-01", "40"}, {"2027-01-01", "41"}, {"2026-11-01", "10"}, {"2027-06-01", "42"}} {
		if err := save(one[0], one[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := save("2026-10-31", "5"); err == nil || err.Error() != "invalid validFrom:before_current" {
		t.Errorf("an earlier day: %v", err)
	}
	desk, err := s.Desk(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := desk.Schedule.Tiers[0].Percent.String()
	for _, c := range desk.Coming {
		got += " " + c.ValidFrom.String() + ":" + c.Tiers[0].Percent.String()
	}
	if got != "10 2027-01-01:41 2027-06-01:42" {
		t.Error(got)
	}
}
