package client_test

import (
	"context"
	"fmt"
	"testing"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
	"kontor/internal/host/sqlite"
)

// sold is an order of a quote in francs and one in euros.
type sold struct{}

func (sold) Sold(context.Context, sqlite.Queryer, string, string, day.Day) ([]client.Sold, error) {
	chf := func(minor int64) money.Amount { return cents.Amount(minor, money.CHF) }
	return []client.Sold{
		{
			ID: "s1", Number: "20563", Quote: "2026-0001", On: today - 40, Product: "web_hosting", Lines: 2, Expected: chf(20832), Charged: chf(21192), Open: 1, Renews: today + 11,
			Gains: []client.Gain{{On: today - 40, Amount: chf(10416)}, {On: today - 9, Amount: chf(10416)}}, Charges: []client.Gain{{On: today - 39, Amount: chf(21192)}},
		},
		{ID: "s2", Number: "2026-0002", Quote: "2026-0002", On: today - 400, Expected: cents.Amount(0, money.EUR), Gains: []client.Gain{{On: today - 9, Amount: cents.Amount(500, money.EUR)}}},
	}, nil
}

func (sold) Numbered(_ context.Context, _ sqlite.Queryer, _, number string) (bool, error) {
	return number == "20563", nil
}

func (sold) Ahead(_ context.Context, id string, limit int) ([]client.Running, int, error) {
	offer := cents.Amount(31248, money.CHF)
	return []client.Running{{On: today + 11, Product: "web_hosting", Quantity: "35", Months: 1, Payer: "partner", Offer: &offer, OfQuote: true}}[:min(1, limit)], 1, nil
}

func (sold) Earned(_ context.Context, _ sqlite.Queryer, _ string, _, _ day.Day) ([]client.Charge, error) {
	return []client.Charge{{ClientID: "elsewhere", Amount: cents.Amount(10416, money.CHF)}, {ClientID: "elsewhere", Amount: cents.Amount(500, money.EUR)}}, nil
}

// Orders of quotes and noted ones stand in one list and one sum; no order is both.
func TestOrdersOfQuotesAndNotedOnesAreOne(t *testing.T) {
	r := newRig(t)
	r.Service = client.NewService(client.Options{DB: r.db, Journal: r.journal, Prices: list{}, Account: &account{}, Sales: sold{}, Clock: day.Clock{Now: r.db.Now}})
	id := r.active(t, "Rezzoni", client.Rights{Access: client.Full})
	note := hostings("partner")
	note.Charged = "210.00"
	must(t, r.RecordOrder(r.legal, id, note))
	note.Number, note.Charged = "20563", ""
	if err := r.RecordOrder(r.legal, id, note); fmt.Sprint(err) != "invalid number:not_unique" {
		t.Errorf("the order of a quote was noted a second time: %v", err)
	}
	note.Number, note.Charged = "1", "a lot"
	if err := r.RecordOrder(r.legal, id, note); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("%v", err)
	}
	f, err := r.Figures(r.legal, id)
	must(t, err)
	// the noted order brings 52.08 today; with 104.16 of a quote this month and as much the month before
	if got := fmt.Sprint(f.Gain, f.Year, f.Charged, f.Renews); got != "[CHF 156.24 EUR 5.00] [CHF 260.40 EUR 5.00] [CHF 421.92] "+(today+11).String() {
		t.Error(got)
	}
	if len(f.Months) != 24 || f.Months[11].Amount.Decimal() != "156.24" || f.Months[10].Amount.Decimal() != "104.16" || f.Months[23].Amount.String() != "EUR 5.00" {
		t.Errorf("%+v", f.Months)
	}
	rows := ""
	for _, o := range f.Orders {
		rows += fmt.Sprint(o.Number, " ", o.OfQuote, " ", o.Expected, " ", o.Charged, " ", o.Open, "; ")
	}
	if rows != "20614  CHF 208.32 CHF 210.00 0; 20563 2026-0001 CHF 208.32 CHF 211.92 1; 2026-0002 2026-0002 EUR 0.00 <nil> 0; " {
		t.Error(rows)
	}
	products, found, err := r.Products(r.legal, id, 10)
	must(t, err)
	rows = ""
	for _, p := range products {
		rows += fmt.Sprint(int(p.On-today), " ", p.Product, " ", p.Quantity, " ", p.Payer, " ", p.Offer, " ", p.Earned, "; ")
	}
	if rows != "11 web_hosting 35 partner CHF 312.48 <nil>; 30 web_hosting 35 partner <nil> CHF 52.08; " || found != 2 {
		t.Error(rows, found)
	}
	if few, found, err := r.Products(r.legal, id, 1); err != nil || len(few) != 1 || few[0].On != today+11 || found != 2 {
		t.Errorf("%+v of %d, %v", few, found, err)
	}
	gains, err := r.Gains(r.legal)
	must(t, err)
	if got := fmt.Sprint(gains.Clients[id], gains.Clients["elsewhere"], gains.Total); got != "[CHF 52.08] [CHF 104.16 EUR 5.00] [CHF 156.24 EUR 5.00]" {
		t.Error(got)
	}
	for name, err := range map[string]error{
		"figures":  second(r.Figures(as(t, access.Collaborator), id)),
		"gains":    second(r.Gains(as(t, access.Collaborator))),
		"products": second(func() (int, error) { _, n, err := r.Products(as(t, access.Collaborator), id, 1); return n, err }()),
	} {
		if err == nil {
			t.Error(name, "were told to a collaborator")
		}
	}
	if _, err := r.Figures(r.legal, "nobody"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }
