package sale_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/sale"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

func chf(t testing.TB, text string) money.Amount {
	t.Helper()
	a, err := money.ParseAmount(text, "CHF")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// quotes are one accepted quote; by another list its hosting costs ten per cent more, and so for the client.
type quotes struct{ t testing.TB }

func (q quotes) sale(factor string) sale.Sale {
	hosting, offer, earned := chf(q.t, "208.32"), chf(q.t, "312.48"), chf(q.t, "104.16")
	if factor == "more" {
		hosting, offer, earned = chf(q.t, "229.15"), chf(q.t, "343.73"), chf(q.t, "114.58")
	}
	vat := money.Percent(8)
	return sale.Sale{
		QuoteID: "q1", QuoteNumber: "2026-0007", ClientID: "c1", Client: "Hotel Tre Larici AG", Scenario: 1, Currency: "CHF", VAT: "swiss",
		Language: "fr", AcceptedOn: day.Date(2026, 11, 18), AcceptedBy: "Seraina Muster",
		Lines: []sale.Line{
			{Quoted: 1, Kind: sale.Listed, Product: "web_hosting", Quantity: "35", Months: 1, Biller: "partner", Payer: "partner", Expected: &hosting, Offer: offer, Earned: &earned, VATRate: vat},
			{Quoted: 2, Kind: sale.Own, Name: "Migration", Quantity: "2.5", Biller: "partner", Offer: chf(q.t, "300.00"), VATRate: vat},
			{Kind: sale.Discount, Name: "10", Quantity: "1", Months: 1, Biller: "partner", Offer: chf(q.t, "-31.25"), VATRate: vat},
		},
	}
}

func (q quotes) Sold(_ context.Context, _ sqlite.Queryer, _, id string, other []pricing.Line) (sale.Sale, error) {
	if id != "q1" {
		return sale.Sale{}, fault.New(fault.NotFound, "")
	}
	if other != nil && other[0].ID == "new" {
		return q.sale("more"), nil
	}
	return q.sale(""), nil
}

func (q quotes) Accepted(context.Context, sqlite.Queryer, string) ([]sale.Sale, error) {
	one := q.sale("")
	one.Lines = nil
	return []sale.Sale{one}, nil
}

type lists struct{}

func (lists) Books(context.Context) ([]pricing.Book, error) {
	more, err := money.ParsePrice("10.91", "CHF")
	return []pricing.Book{
		{ID: "b2", Name: "List 2027", Currency: "CHF", ValidFrom: day.Date(2027, 1, 1), Lines: []pricing.Line{{ID: "new", Product: "web_hosting", Price: more}}},
		{ID: "b1", Name: "List 2026", Currency: "CHF", ValidFrom: day.Date(2026, 1, 1), Lines: []pricing.Line{{ID: "old", Product: "web_hosting"}}},
	}, err
}

type readers struct{ language string }

func (r readers) Reader(context.Context, string) (sale.Reader, error) {
	return sale.Reader{Language: r.language, Name: "Frau Muster", Email: "s.muster@tre-larici.example"}, nil
}

type post struct{ sent []string }

func (p *post) Send(_ context.Context, _ *sqlite.Tx, _, to, _, _ string) error {
	p.sent = append(p.sent, to)
	return nil
}

// noted are the orders of clients that came of no quote.
type noted struct{}

func (noted) Noted(_ context.Context, _ sqlite.Queryer, _, number string) (bool, error) {
	return number == "20317", nil
}

// owner is the organization whose sales they are.
type owner struct{}

func (owner) CurrentName(context.Context) (string, error) { return "Studio Ponteri SA", nil }

type desk struct {
	*sale.Service
	t    *testing.T
	ctx  context.Context
	post *post
}

func newDesk(t *testing.T) desk {
	t.Helper()
	return newDeskFor(t, readers{"de"})
}

func newDeskFor(t *testing.T, to readers) desk {
	t.Helper()
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	p := &post{}
	s := sale.NewService(sale.Options{
		DB: db, Journal: &testkit.Journal{}, Quotes: quotes{t}, Prices: lists{}, Readers: to, Names: owner{}, Post: p, Orders: noted{}, Clock: day.Clock{Now: db.Now},
	})
	return desk{s, t, testkit.As(t, access.LegalRepresentative), p}
}

func (d desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d desk) make(on string) sale.Sale {
	d.t.Helper()
	_, err := d.Make(d.ctx, "q1", sale.Order{Number: "20614", OrderedOn: on})
	d.must(err)
	list, err := d.List(d.ctx)
	d.must(err)
	return list[0]
}

func TestAnAcceptedQuoteBecomesAnOrder(t *testing.T) {
	d := newDesk(t)
	waiting, err := d.Unordered(d.ctx)
	if err != nil || len(waiting) != 1 {
		t.Fatalf("%+v, %v", waiting, err)
	}
	if _, err := d.Make(d.ctx, "q1", sale.Order{Number: "20317", OrderedOn: "2026-09-01"}); err == nil || err.Error() != "invalid number:not_unique" {
		t.Errorf("the number of a noted order: %v", err)
	}
	of := d.make("2026-09-01")
	if of.AcceptedBy != "Seraina Muster" || of.Number != "20614" || len(of.Lines) != 3 || of.Lines[1].Expected != nil || of.Lines[1].Earned != nil {
		t.Errorf("%+v", of)
	}
	if waiting, err = d.Unordered(d.ctx); err != nil || len(waiting) != 0 {
		t.Errorf("still waiting: %+v, %v", waiting, err)
	}
	if _, err := d.Make(d.ctx, "q1", sale.Order{OrderedOn: "2026-09-01"}); fault.ReasonOf(err) != "sale_made" {
		t.Errorf("twice: %v", err)
	}
	d.must(d.Remove(d.ctx, of.ID))
	if waiting, err = d.Unordered(d.ctx); err != nil || len(waiting) != 1 {
		t.Errorf("after the removal: %+v, %v", waiting, err)
	}
	if _, err := d.Make(d.ctx, "q1", sale.Order{OrderedOn: "2030-01-01", StartsOn: "soon"}); err == nil || err.Error() != "invalid startsOn:not_a_date orderedOn:date_in_future" {
		t.Errorf("%v", err)
	}
}

func TestChargesAreTypedAndImported(t *testing.T) {
	d := newDesk(t)
	of := d.make("2026-09-01")
	hosting := of.Lines[0].ID
	d.must(d.Charge(d.ctx, of.ID, sale.Charged{Line: hosting, Period: "2026-09-01", On: "2026-09-02", Amount: "208.32"}))
	for name, in := range map[string]sale.Charged{
		"a period that is none":  {Line: hosting, Period: "2026-09-02", On: "2026-09-02", Amount: "1.00"},
		"work of one's own":      {Line: of.Lines[1].ID, Period: "2026-09-01", On: "2026-09-02", Amount: "1.00"},
		"an amount that is none": {Line: hosting, Period: "2026-10-01", On: "2026-10-02", Amount: "12..50"},
	} {
		if err := d.Charge(d.ctx, of.ID, in); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	file := []byte("Order number;Charged on;Charged;Currency;Invoice number\n20614;2026-10-03;211.92;CHF;R-77\n999;2026-10-03;1.00;CHF;\n20614;2026-10-03;5.00;EUR;\n")
	look, err := d.Import(d.ctx, file, nil, true)
	if err != nil || look.Added != 1 || len(look.Rejected) != 2 {
		t.Fatalf("%+v, %v", look, err)
	}
	if list, _ := d.List(d.ctx); len(list[0].Lines[0].Charges) != 1 {
		t.Error("a preview kept something")
	}
	_, err = d.Import(d.ctx, file, nil, false)
	d.must(err)
	list, err := d.List(d.ctx)
	d.must(err)
	got := list[0].Lines[0].Charges
	if len(got) != 2 || got[1].Period.String() != "2026-10-01" || got[1].Amount != chf(t, "211.92") || got[1].KnownFrom != sale.Imported || got[0].KnownFrom != sale.Typed {
		t.Errorf("%+v", got)
	}
	d.must(d.Charge(d.ctx, of.ID, sale.Charged{Line: hosting, Period: "2026-09-01", On: "2026-09-02"}))
	if list, _ := d.List(d.ctx); len(list[0].Lines[0].Charges) != 1 {
		t.Error("a charge could not be taken back")
	}
}

func TestARenewalIsPricedByTheListThatHoldsThen(t *testing.T) {
	d := newDesk(t)
	d.make("2026-09-15")
	renewals, err := d.Renewals(d.ctx, "", 0)
	d.must(err)
	list := renewals.List
	if len(list) != 1 || list[0].KnownFrom != sale.ByList || list[0].List != "List 2026" || *list[0].Expected != chf(t, "208.32") {
		t.Errorf("%+v", list)
	}
	found, err := d.Changes(d.ctx, "b2", "", 0)
	d.must(err)
	changes := found.List
	if len(changes) != 1 || *changes[0].Before.Expected != chf(t, "208.32") || *changes[0].After.Expected != chf(t, "229.15") || changes[0].After.On.String() != "2027-01-15" {
		t.Errorf("%+v", changes)
	}
	letters, err := d.Letters(d.ctx, "b2", "")
	d.must(err)
	if len(letters) != 1 || letters[0].Language != "de" || letters[0].Email != "s.muster@tre-larici.example" {
		t.Fatalf("%+v", letters)
	}
	text := letters[0].Text
	for _, says := range []string{"Guten Tag Frau Muster", "343", "312", "15", "Webhosting"} {
		if !strings.Contains(text, says) {
			t.Errorf("%q is missing in\n%s", says, text)
		}
	}
	for _, hides := range []string{"208", "229", "104", "114"} { // what the partner pays and earns
		if strings.Contains(text, hides) {
			t.Errorf("%q stands in\n%s", hides, text)
		}
	}
	d.must(d.Send(d.ctx, sale.Written{Client: "c1", To: letters[0].Email, Subject: letters[0].Subject, Text: text}))
	if !slices.Equal(d.post.sent, []string{letters[0].Email}) {
		t.Errorf("%v", d.post.sent)
	}
	if kept, err := d.LettersTo(d.ctx, "c1"); err != nil || len(kept) != 1 || kept[0].Text != text || kept[0].At.IsZero() {
		t.Errorf("kept %+v, %v", kept, err)
	}
	if one, err := d.Letters(d.ctx, "b2", "another"); err != nil || len(one) != 0 {
		t.Errorf("of another client: %+v, %v", one, err)
	}
}

func TestALetterIsInTheLanguageOfTheQuoteWhereTheRecordHasNone(t *testing.T) {
	d := newDeskFor(t, readers{})
	d.make("2026-09-15")
	letters, err := d.Letters(d.ctx, "b2", "")
	d.must(err)
	if len(letters) != 1 || letters[0].Language != "fr" || !strings.Contains(letters[0].Text, "Bonjour") {
		t.Errorf("%+v", letters)
	}
}

func TestLinesForInvoicesComeToWhatTheQuoteSays(t *testing.T) {
	d := newDesk(t)
	d.make("2026-09-01")
	from, to := day.Date(2026, 9, 1), day.Date(2026, 9, 30)
	items, err := d.Items(d.ctx, from, to, 0)
	d.must(err)
	list := items.List
	var sum money.Sums
	for _, i := range list {
		sum.Add(i.Line.Offer)
		if i.Code != "CH 8" {
			t.Errorf("VAT code %q", i.Code)
		}
	}
	if got, err := sum.In("CHF"); err != nil || got != chf(t, "581.23") || len(list) != 3 { // 312.48 + 300.00 − 31.25
		t.Errorf("%v, %d lines, %v", got, len(list), err)
	}
	d.must(d.Invoice(d.ctx, []sale.Mark{{Line: list[0].Line.ID, Period: "2026-09-01"}}, false))
	if items, _ = d.Items(d.ctx, from, to, 1); len(items.List) != 1 || items.List[0].Invoiced == 0 || items.Found != 3 || items.Open != 2 {
		t.Error("not noted as invoiced")
	}
	if err := d.Invoice(d.ctx, []sale.Mark{{Line: "another", Period: "2026-09-01"}}, false); fault.CodeOf(err) != fault.NotFound {
		t.Error(err)
	}
	file, err := d.Accounting(d.ctx, from, to, words.Parse("de-CH"))
	d.must(err)
	if got := string(file); strings.Count(got, "\n") != 4 || strings.Count(got, ";Studio Ponteri SA;CHF;") != 3 || !strings.Contains(got, "CH 8") || !strings.Contains(got, "Hotel Tre Larici AG") {
		t.Errorf("%s", got)
	}
}

func TestOnlyTheAccountingSeesOrders(t *testing.T) {
	d := newDesk(t)
	ctx := testkit.As(t, access.Collaborator)
	_, list := d.List(ctx)
	_, made := d.Make(ctx, "q1", sale.Order{OrderedOn: "2026-09-01"})
	_, waiting := d.Unordered(ctx)
	_, ahead := d.Renewals(ctx, "", 1)
	_, changes := d.Changes(ctx, "b2", "", 1)
	_, letters := d.Letters(ctx, "b2", "")
	_, kept := d.LettersTo(ctx, "c1")
	_, items := d.Items(ctx, 0, 1, 1)
	_, outlook := d.Outlook(ctx, "")
	_, file := d.Accounting(ctx, 0, 1, words.Parse("de"))
	_, brought := d.Import(ctx, []byte("x"), nil, true)
	_, outline := d.OutlineImport(ctx, []byte("x"), nil)
	for i, err := range []error{
		list, made, waiting, ahead, changes, letters, kept, items, outlook, file, brought, outline, d.Remove(ctx, "x"), d.Stop(ctx, "x", "y", ""),
		d.Charge(ctx, "x", sale.Charged{}), d.Send(ctx, sale.Written{}), d.Invoice(ctx, nil, false), d.InvoiceAll(ctx, 0, 1),
	} {
		if fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("call %d: %v", i, err)
		}
	}
}

// A page reads the lines that it shows, in the order of all of them, and tells how many there are.
func TestPagesReadTheirFirstLines(t *testing.T) {
	d := newDesk(t)
	d.make("2026-09-15")
	all, err := d.Items(d.ctx, day.Date(2026, 9, 1), day.Date(2026, 12, 31), 0)
	d.must(err)
	if all.Found != 9 || len(all.List) != 9 || all.Open != 9 { // four months of hosting and of what is taken off, the work once
		t.Fatalf("%d of %d", len(all.List), all.Found)
	}
	for limit := 1; limit <= 10; limit++ {
		some, err := d.Items(d.ctx, day.Date(2026, 9, 1), day.Date(2026, 12, 31), limit)
		d.must(err)
		if some.Found != 9 || len(some.List) != min(limit, 9) || fmt.Sprint(some.List) != fmt.Sprint(all.List[:len(some.List)]) {
			t.Errorf("%d: %+v", limit, some)
		}
	}
	d.must(d.InvoiceAll(d.ctx, day.Date(2026, 9, 1), day.Date(2026, 10, 31)))
	if all, err = d.Items(d.ctx, day.Date(2026, 9, 1), day.Date(2026, 12, 31), 0); err != nil || all.Open != 4 || all.List[0].Invoiced == 0 {
		t.Errorf("%d open, %v", all.Open, err)
	}
	renewals, err := d.Renewals(d.ctx, "another", 0)
	if err != nil || renewals.Found != 0 || len(renewals.List) != 0 {
		t.Errorf("of another client: %+v, %v", renewals, err)
	}
	changes, err := d.Changes(d.ctx, "b1", "", 1)
	if err != nil || len(changes.List) != 0 || changes.More {
		t.Errorf("of the list that holds: %+v, %v", changes, err)
	}
}
