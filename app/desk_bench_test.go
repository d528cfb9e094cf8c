package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/area/sale"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
)

// BenchmarkDeskOfMany opens the pages of a partner with two lists of 5,000 products, 2,000 quotes of 40 lines that were
// computed, and orders of a quarter of them, all made as the pages make them. Aim: 100 ms from a click to what is painted.
func BenchmarkDeskOfMany(b *testing.B) {
	const products, quotes, lines, orders = 5_000, 2_000, 40, 500
	a := app.New(app.Options{Workspace: b.TempDir(), Version: "test"})
	b.Cleanup(a.Shutdown)
	ok := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	ok(a.Open(b.Context()))
	_, err := testkit.Bound[*firststart.Window](a).Begin(firststart.BeginInput{
		FirstName: "Elena", LastName: "Bernasconi", LoginEmail: "elena@ponteri.example", Language: "it",
		OrganizationName: "Studio Ponteri SA", Country: "CH", Password: "correct horse battery",
	})
	ok(err)
	p, q, s := testkit.Bound[*partner.Window](a), testkit.Bound[*quote.Window](a), testkit.Bound[*sale.Window](a)
	today := time.Now()
	product := func(i int) string { return fmt.Sprintf("Product %04d", i%products) }
	list := func(name string, from time.Time, price string) string {
		d := partner.BookDraft{Name: name, Currency: "CHF", ValidFrom: from.Format(time.DateOnly), Source: "measured"}
		for i := range products {
			d.Lines = append(d.Lines, partner.LineDraft{Name: product(i), Price: price, Per: "month", Origin: "own", Category: "web_hosting", Degressive: i%2 == 0})
		}
		id, err := p.SaveBook(d)
		ok(err)
		return id
	}
	now := list("Now", today.AddDate(0, -1, 0), "9.92")
	next := list("Next", today.AddDate(0, 2, 0), "10.40")
	ids := []string{}
	for i := range quotes {
		f := quote.Form{Name: fmt.Sprintf("Recipient %04d", i), Language: "en", Book: now, ValidUntil: today.AddDate(0, 1, 0).Format(time.DateOnly), VAT: "swiss"}
		scenario := quote.ScenarioForm{Access: "full", Means: "partner", Orders: "partner", Rate: "20", Resale: "public"}
		for j := range lines {
			f.Lines = append(f.Lines, quote.LineForm{Name: product(i*7 + j), Months: 1, Operation: "order", Managed: true})
			scenario.Quantities, scenario.Prices = append(scenario.Quantities, "3"), append(scenario.Prices, "")
		}
		f.Scenarios = []quote.ScenarioForm{scenario}
		id, err := q.Save("", 0, f)
		ok(err)
		if ids = append(ids, id); i >= orders {
			continue
		}
		v, err := q.Get(id)
		ok(err)
		v, err = q.Send(id, v.Version, nil)
		ok(err)
		_, err = q.Accept(id, v.Version, quote.Acceptance{Scenario: 1})
		ok(err)
		_, err = s.Make(id, sale.Order{OrderedOn: today.Format(time.DateOnly)})
		ok(err)
	}
	span := sale.Span{From: today.Format("2006-01-") + "01", To: today.Format(time.DateOnly)}
	call := func(_ any, err error) error { return err }
	for _, page := range []struct {
		name string
		open func() error
	}{
		{"lists and simulator", func() error { return call(p.Desk()) }},
		{"quotes", func() error { return call(q.List(quote.Filter{Sort: "number", Descending: true, Limit: 100})) }},
		{"quote", func() error { return call(q.Get(ids[quotes-1])) }},
		{"paper", func() error { return call(q.Paper(ids[quotes-1], "pdf", "en")) }},
		{"orders", func() error { return call(s.List(sale.Filter{Limit: 20})) }},
		{"renewals", func() error { return call(s.Renewals("", 50)) }},
		{"change of list", func() error { return call(s.Changes(next, "", 50)) }},
		{"outlook", func() error { return call(s.Outlook("")) }},
		{"own invoices", func() error { return call(s.Items(span, 50)) }},
	} {
		b.Run(page.name, func(b *testing.B) {
			took := []time.Duration{}
			for b.Loop() {
				start := time.Now()
				ok(page.open())
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
