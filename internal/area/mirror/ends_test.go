package mirror_test

import (
	"testing"
	"time"

	"kontor/internal/area/mirror"
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
