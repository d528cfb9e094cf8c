package mirror_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"kontor/internal/area/mirror"
	"kontor/internal/core/day"
	"kontor/internal/host/bridge"
)

// Products that lose their scope on the second day keep their ends, each with the day on which it was read and the scope that
// is missing: nobody can take them for fresh.
func TestEndsThatAreNoLongerReadSaySo(t *testing.T) {
	d := newPull(t, false)
	d.r.products = func(int) (mirror.Page[mirror.Product], error) {
		p := some(1, 3, 3)
		for i := range p.Rows {
			p.Rows[i].Ends = d.clock.Now().AddDate(0, 1, i)
		}
		return p, nil
	}
	d.r.domains = func(int) (mirror.Page[mirror.Domain], error) {
		return mirror.Page[mirror.Domain]{Total: 1, Rows: []mirror.Domain{{Name: "ponteri.example", Ends: d.clock.Now().AddDate(0, 2, 0)}}}, nil
	}
	d.pass()
	first := bridge.Moment(d.clock.Now())
	d.clock.Advance(24 * time.Hour)
	d.r.products = func(int) (mirror.Page[mirror.Product], error) {
		return mirror.Page[mirror.Product]{}, &mirror.Trouble{Why: mirror.TroubleScope, Outcome: mirror.Answered, Scope: "domain:read"}
	}
	d.pass()
	list, err := d.Ends(d.ctx)
	if err != nil || len(list) != 4 {
		t.Fatalf("%d ends, %v", len(list), err)
	}
	for _, e := range list {
		switch {
		case e.Kind == "product" && (e.Stand.Kind != "scope" || e.Stand.Scope != "domain:read" || e.Stand.Since != first):
			t.Errorf("%+v, read at %s", e, first)
		case e.Kind == "domain" && (e.Stand.Kind != "synced" || e.Stand.Since == first):
			t.Errorf("%+v", e)
		}
	}
}

// The end of a domain is a midnight in Zurich: the same day in Auckland and in Los Angeles, in winter and in summer.
func TestAnEndIsOneDayEverywhere(t *testing.T) {
	d := newPull(t, false)
	d.r.domains = func(int) (mirror.Page[mirror.Domain], error) {
		return mirror.Page[mirror.Domain]{Total: 2, Rows: []mirror.Domain{
			{Name: "summer.example", Ends: time.Unix(1782856800, 0).UTC()}, {Name: "winter.example", Ends: time.Unix(1798758000, 0).UTC()},
		}}, nil
	}
	d.pass()
	for _, place := range []string{"Pacific/Auckland", "America/Los_Angeles"} {
		zone, err := time.LoadLocation(place)
		if err != nil {
			t.Fatal(err)
		}
		d.Clock = day.ClockIn(zone, d.clock.Now)
		today := d.Clock.Today(d.ctx)
		v, err := d.w.Domains()
		if err != nil || len(v.Domains) != 2 {
			t.Fatalf("%+v, %v", v, err)
		}
		for i, want := range []string{"2026-07-01", "2027-01-01"} {
			on, err := day.Parse(want)
			if end := v.Domains[i].End; err != nil || end.On != want || end.Days != int(on-today) {
				t.Errorf("%s: %s ends on %s in %d days, want %s", place, v.Domains[i].Name, end.On, end.Days, want)
			}
		}
		if list, err := d.Ends(d.ctx); err != nil || len(list) != 2 || list[0].End.On != "2026-07-01" || list[1].End.On != "2027-01-01" {
			t.Errorf("%s: %+v, %v", place, list, err)
		}
	}
}
