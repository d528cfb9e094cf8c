package sale_test

import (
	"fmt"
	"strings"
	"testing"

	"kontor/internal/area/sale"
	"kontor/internal/core/find"
)

// What Home is told of: a quote without an order, then a charge that differs, then what is on no invoice.
func TestHomeIsToldOfOrders(t *testing.T) {
	d := newDesk(t)
	told := func() string {
		t.Helper()
		lines, err := d.Waiting(d.ctx)
		d.must(err)
		list := []string{}
		for _, l := range lines {
			list = append(list, fmt.Sprint(l.Kind, " ", l.Params["amount"], " ", l.Params["number"], " ", strings.SplitAfter(l.Route, "=")[0]))
		}
		return strings.Join(list, "; ")
	}
	if got := told(); got != "sale_unordered  2026-0007 /sale?quote=" {
		t.Error(got)
	}
	of := d.make("2026-09-01")
	hosting := of.Lines[0].ID
	if got := told(); got != "" {
		t.Error(got)
	}
	charge := func(period, on, amount string) {
		t.Helper()
		d.must(d.Charge(d.ctx, of.ID, sale.Charged{Line: hosting, Period: period, On: on, Amount: amount, Reference: "R-77"}))
	}
	charge("2026-10-01", "2026-10-02", "211.92")
	if got := told(); got != "sale_charged_more CHF 3.60 20614 /sale?row=" {
		t.Error(got)
	}
	charge("2026-11-01", "2026-11-02", "200.00")
	if got := told(); got != "sale_charged_less CHF 4.72 20614 /sale?row=" {
		t.Error(got)
	}
	page, err := d.Page(d.ctx, sale.Filter{})
	d.must(err)
	if fmt.Sprint(page.More) != "[CHF -4.72]" || page.Found != 1 || len(page.Sales) != 1 || len(page.Unordered) != 0 || len(page.Sales[0].Lines[0].Charges) != 2 {
		t.Errorf("%+v", page)
	}
	d.must(d.Stop(d.ctx, of.ID, hosting, "2026-10-31")) // a charge of a period that no longer begins does not count
	if got := told(); got != "sale_charged_more CHF 3.60 20614 /sale?row=" {
		t.Error(got)
	}
	d.must(d.Invoice(d.ctx, []sale.Mark{{Line: hosting, Period: "2026-09-01"}}, false))
	if got := told(); got != "sale_charged_more CHF 3.60 20614 /sale?row=; sale_uninvoiced CHF 281.23  /sale/items?from=" { // 312.48 − 31.25
		t.Error(got)
	}
}

func TestOrdersAreFound(t *testing.T) {
	d := newDesk(t)
	of := d.make("2026-09-01")
	d.must(d.Charge(d.ctx, of.ID, sale.Charged{Line: of.Lines[0].ID, Period: "2026-09-01", On: "2026-09-02", Amount: "208.32", Reference: "RE-4711"}))
	for typed, want := range map[string]int{"tre larici": 1, "20614": 1, "2026-0007": 1, "re-4711": 1, "RE-47": 0, "nobody": 0, "": 0} {
		f, err := d.Search(d.ctx, find.Ask(typed, 5))
		d.must(err)
		if f.Total != want || len(f.Hits) != want || f.Searched != 1 || want == 1 && (f.Hits[0].Title != "20614" || f.Hits[0].Route != "/sale?row="+of.ID) {
			t.Errorf("%q: %+v", typed, f)
		}
	}
	for search, want := range map[string]int{"larici": 1, "20614": 1, "else": 0} {
		if page, err := d.Page(d.ctx, sale.Filter{Search: search, Only: of.ID}); err != nil || page.Found != want {
			t.Errorf("%q: %+v, %v", search, page, err)
		}
	}
	if page, err := d.Page(d.ctx, sale.Filter{Client: "another"}); err != nil || page.Found != 0 || len(page.More) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
}
