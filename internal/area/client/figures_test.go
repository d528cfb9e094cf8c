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
	if _, err := r.Figures(as(t, access.Collaborator), id); err == nil {
		t.Error("told a collaborator")
	}
	if _, err := r.Figures(r.legal, "nobody"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}
