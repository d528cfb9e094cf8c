package client_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// list is a price list with the published example: 35 hostings at 9.92, 20 % and 25 %.
type list struct{}

func (list) Prices(context.Context, day.Day) (client.Prices, error) {
	price, err := money.ParsePrice("9.92", money.CHF)
	return client.Prices{
		Books: []pricing.Book{{ID: "book", Currency: money.CHF, Lines: []pricing.Line{
			{ID: "hosting", Product: "web_hosting", Price: price, Per: pricing.PerMonth, Degressive: true},
			{ID: "drive", Product: "drive", Price: price, Per: pricing.PerMonth},
		}}},
		Tariff: pricing.Tariff{
			Schedule: pricing.Schedule{Mode: pricing.Volume, Tiers: []pricing.Tier{{From: 35, Percent: money.Percent(25)}}},
			Terms:    pricing.ShippedTerms(),
		},
		VAT: pricing.ShippedVATRates(),
	}, err
}

// account is a prepaid account that expects and receives.
type account struct {
	expected map[string]string // cause and day by id
	came     map[string]client.Receipt
}

func (a *account) ExpectCashback(_ context.Context, tx *sqlite.Tx, _, cause string, amount money.Amount, due day.Day) (string, error) {
	if a.expected == nil {
		a.expected, a.came = map[string]string{}, map[string]client.Receipt{}
	}
	id := tx.NewID()
	a.expected[id] = fmt.Sprintf("%s %s on %s", cause, amount.Decimal(), due)
	return id, nil
}

func (a *account) ForgetCashback(_ context.Context, _ *sqlite.Tx, _, id string) error {
	delete(a.expected, id)
	return nil
}

func (a *account) Receipts(_ context.Context, _ sqlite.Queryer, _ string, each func(id string, entry int64, on day.Day, came money.Amount)) error {
	for id, r := range a.came {
		each(id, r.Entry, r.On, r.Amount)
	}
	return nil
}

func (a *account) Receive(_ context.Context, id, amount string) error {
	came, err := money.ParseAmount(amount, money.CHF)
	a.came[id] = client.Receipt{Entry: 7, On: today + 40, Amount: came}
	return err
}

func hostings(orders string) client.NewOrder {
	return client.NewOrder{
		Number: "20614", On: "2026-11-20", Book: "book", Line: "hosting", Quantity: "35", Months: 1, Operation: "renewal", Orders: orders, VAT: "excluded",
	}
}

// active makes a client that has granted rights.
func (r rig) active(t *testing.T, name string, granted client.Rights) string {
	t.Helper()
	id := r.ask(t, name, granted)
	must(t, r.Answer(r.legal, id, 1, granted, today))
	return id
}

// The partner's role × the access of the client × the act.
func TestWhatIsOpenInAClient(t *testing.T) {
	rights := []struct {
		name    string
		granted client.Rights
	}{
		{"technical", limited(site(true, false))},
		{"statistics", limited(site(false, true))},
		{"full, client pays", client.Rights{Access: client.Full, Wallet: true}},
		{"full, partner pays", client.Rights{Access: client.Full}},
	}
	full, elsewhere, role, none := client.NeedsFull, client.LiesElsewhere, client.NeedsRole, client.NotGranted
	// Columns: technical, statistics, organization, order, invoices, reinvoice, record.
	accounting := map[string][7]string{
		"technical":          {"", none, full, full, full, full, ""},
		"statistics":         {none, "", full, full, full, full, ""},
		"full, client pays":  {"", "", "", "", elsewhere, "", ""},
		"full, partner pays": {"", "", "", "", "", "", ""},
	}
	others := map[string][7]string{
		"technical":          {"", none, full, full, full, full, role},
		"statistics":         {none, "", full, full, full, full, role},
		"full, client pays":  {"", "", "", role, role, role, role},
		"full, partner pays": {"", "", "", role, role, role, role},
	}
	r := newRig(t)
	for _, kind := range rights {
		id := r.active(t, kind.name, kind.granted)
		must(t, r.Allow(r.legal, id, []string{"collaborator"}))
		for _, who := range []struct {
			name   string
			role   access.Role
			grants []access.Capability
			want   map[string][7]string // nil: may not enter
		}{
			{"legal representative", access.LegalRepresentative, nil, accounting},
			{"administrator", access.Administrator, nil, accounting},
			{"collaborator with accounting", access.Collaborator, []access.Capability{access.Accounting}, accounting},
			{"collaborator", access.Collaborator, nil, others},
			{"external", access.External, nil, nil},
		} {
			ctx := access.With(t.Context(), access.Actor{AccountID: string(who.role), OrganizationID: "org-1", Role: who.role, Grants: who.grants})
			opened, err := r.Open(ctx, id)
			if who.want == nil {
				if fault.CodeOf(err) != fault.Forbidden {
					t.Errorf("%s, %s: %v", kind.name, who.name, err)
				}
				continue
			}
			must(t, err)
			if len(opened.Denied) != 7 {
				t.Fatalf("%d actions, the table has 7", len(opened.Denied))
			}
			for i, action := range client.Actions() {
				if want := who.want[kind.name][i]; opened.Denied[action] != want {
					t.Errorf("%s, %s, %s: %q, want %q", kind.name, who.name, action, opened.Denied[action], want)
				}
			}
		}
	}
}

func TestOnlyAnActiveClientCanBeEntered(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	if _, err := r.Open(r.legal, id); fault.ReasonOf(err) != client.ReasonState {
		t.Errorf("without an answer: %v", err)
	}
	must(t, r.Answer(r.legal, id, 1, client.Rights{Access: client.Full}, today))
	if _, err := r.Open(as(t, access.Collaborator), id); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a collaborator who is not authorized: %v", err)
	}
	must(t, r.Stop(r.legal, id, 2, "right"))
	for _, err := range []error{r.RecordOrder(r.legal, id, hostings("client")), func() error { _, err := r.Price(r.legal, id, hostings("client")); return err }()} {
		if fault.ReasonOf(err) != client.ReasonState {
			t.Errorf("after the end: %v", err)
		}
	}
}

// Who gains what follows the decision table (faq/2672); the amounts are those of the published example.
func TestWhatAnOrderBrings(t *testing.T) {
	drive := hostings("client")
	drive.Line, drive.Quantity = "drive", "10"
	for _, test := range []struct {
		name    string
		granted client.Rights
		order   client.NewOrder
		kind    pricing.Outcome
		gain    string
		net     string
		payer   pricing.Party
	}{
		{"full, client pays, client orders", client.Rights{Access: client.Full, Wallet: true}, hostings("client"), pricing.Cashback, "52.08", "260.40", pricing.Client},
		{"full, client pays, partner orders", client.Rights{Access: client.Full, Wallet: true}, hostings("partner"), pricing.Cashback, "52.08", "260.40", pricing.Client},
		{"full, partner pays, partner orders", client.Rights{Access: client.Full}, hostings("partner"), pricing.Discount, "52.08", "208.32", pricing.Partner},
		{"limited, managed", limited(site(true, false)), hostings("client"), pricing.Cashback, "52.08", "260.40", pricing.Client},
		{"limited, not managed", limited(site(true, false)), drive, pricing.NotCovered, "0.00", "99.20", pricing.Client},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRig(t)
			id := r.active(t, "Rezzoni", test.granted)
			o, err := r.Price(r.legal, id, test.order)
			must(t, err)
			if o.GainKind != test.kind || o.Gain.Decimal() != test.gain || o.Net.Decimal() != test.net || o.Payer != test.payer {
				t.Errorf("%s %s, net %s by %s", o.GainKind, o.Gain, o.Net, o.Payer)
			}
			must(t, r.RecordOrder(r.legal, id, test.order))
			opened, err := r.Open(r.legal, id)
			must(t, err)
			if got := opened.Orders[0]; got.Gain != o.Gain || got.Net != o.Net || got.Rate != o.Rate || got.GainKind != o.GainKind ||
				got.Number != "20614" || got.To.String() != "2026-12-19" || got.Operation != pricing.Renewal {
				t.Errorf("recorded: %+v, computed: %+v", got, o)
			}
		})
	}
}

func TestCashbackIsExpectedAndComes(t *testing.T) {
	r := newRig(t)
	prepaidAccount := &account{}
	r.Service = client.NewService(client.Options{DB: r.db, Journal: r.journal, Prices: list{}, Account: prepaidAccount, Clock: day.Clock{Now: r.db.Now}})
	id := r.active(t, "Rezzoni", client.Rights{Access: client.Full, Wallet: true})
	must(t, r.RecordOrder(r.legal, id, hostings("client")))
	second := hostings("client")
	second.Number, second.DueOn = "20615", "2027-02-01"
	must(t, r.RecordOrder(r.legal, id, second))
	if fmt.Sprint(len(prepaidAccount.expected)) != "2" {
		t.Fatalf("%v", prepaidAccount.expected)
	}
	opened, err := r.Open(r.legal, id)
	must(t, err)
	first := opened.Orders[0]
	if first.DueOn != today+30 || first.Status() != "expected" || opened.Orders[1].DueOn.String() != "2027-02-01" {
		t.Errorf("%+v", opened.Orders)
	}
	must(t, r.Receive(r.legal, id, first.ID, "52.00"))
	opened, err = r.Open(r.legal, id)
	must(t, err)
	if o := opened.Orders[0]; o.Status() != "received" || o.Receipt.Entry != 7 || o.Receipt.Amount.Decimal() != "52.00" {
		t.Errorf("%+v", o)
	}
	got := ""
	for _, m := range opened.Months {
		if m.Expected.Sign()+m.Received.Sign() > 0 {
			got += fmt.Sprintf("%s %s %s; ", m.First, m.Expected.Decimal(), m.Received.Decimal())
		}
	}
	if want := "2026-12-01 52.08 52.00; 2027-02-01 52.08 0.00; "; got != want || len(opened.Months) != 12 {
		t.Errorf("%q in %d months, want %q", got, len(opened.Months), want)
	}
	if err := r.Receive(r.legal, id, first.ID, "52.00"); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("received twice: %v", err)
	}
	if err := r.ForgetOrder(r.legal, id, first.ID); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("forgotten after it came: %v", err)
	}
	l, err := r.OpenItems(r.legal, id)
	if err != nil || len(l.Cashback) != 1 || l.Cashback[0].Number != "20615" || fmt.Sprint(l.Sums) != "[CHF 52.08]" {
		t.Errorf("still open: %+v, %v", l, err)
	}
	must(t, r.ForgetOrder(r.legal, id, opened.Orders[1].ID))
	if len(prepaidAccount.expected) != 1 {
		t.Errorf("%v", prepaidAccount.expected)
	}
	if err := r.ForgetOrder(as(t, access.Collaborator), id, first.ID); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("by a collaborator: %v", err)
	}
}

// dated has a list for each half of a year, a rate for hosting, and steps that change with the day.
type dated struct{}

func (dated) Prices(_ context.Context, on day.Day) (client.Prices, error) {
	var err error
	book := func(id, text string, from, until day.Day) pricing.Book {
		var price money.Price
		if price, err = money.ParsePrice(text, money.CHF); err != nil {
			return pricing.Book{}
		}
		return pricing.Book{ID: id, Currency: money.CHF, ValidFrom: from, ValidUntil: until, Lines: []pricing.Line{{
			ID: id + "-web", Product: "web_hosting", Price: price, Per: pricing.PerMonth, Degressive: true,
		}}}
	}
	p := client.Prices{VAT: pricing.ShippedVATRates(), Books: []pricing.Book{
		book("now", "20", day.Date(2026, 7, 1), 0), book("then", "10", day.Date(2026, 1, 1), day.Date(2026, 6, 30)),
	}}
	p.Terms, p.Schedule = pricing.ShippedTerms(), pricing.Schedule{Mode: pricing.Volume}
	p.Rates = map[pricing.Category]money.Rate{pricing.Hosting: money.Percent(30)}
	if on < day.Date(2026, 7, 1) {
		p.Rates[pricing.Hosting] = money.Percent(10)
	}
	return p, err
}

// An order of an earlier day has the price and the rates of that day, and the partner's rate for this client before all.
func TestAnOrderHasThePriceOfItsDay(t *testing.T) {
	r := newRig(t)
	r.Service = client.NewService(client.Options{DB: r.db, Journal: r.journal, Prices: dated{}, Account: &account{}, Clock: day.Clock{Now: r.db.Now}})
	id := r.active(t, "Rezzoni", client.Rights{Access: client.Full})
	ask := func(on string) client.Order {
		t.Helper()
		o, err := r.Price(r.legal, id, client.NewOrder{
			On: on, Book: "now", Line: "now-web", Quantity: "10", Months: 1, Operation: "order", Orders: "partner", VAT: "excluded",
		})
		must(t, err)
		return o
	}
	for on, want := range map[string]string{"": "140.00 now true", "2026-11-01": "140.00 now true", "2026-06-30": "90.00 then true", "2025-06-30": "180.00 now false"} {
		if o := ask(on); fmt.Sprint(o.Net.Decimal(), " ", o.List.ID, " ", o.Held) != want {
			t.Errorf("on %q: %s by %s, in force: %t", on, o.Net, o.List.ID, o.Held)
		}
	}
	must(t, r.SaveConditions(r.legal, id, 2, "", []client.ConditionInput{{Category: "hosting", Partner: "35"}}))
	if o := ask(""); o.Net.Decimal() != "130.00" || o.Rate.String() != "35" {
		t.Errorf("with the client's own rate: %s at %s", o.Net, o.Rate)
	}
}

// Cashback in two currencies has twelve months in each, whichever order came first.
func TestMonthsShowEveryCurrency(t *testing.T) {
	order := func(minor int64, c money.Currency, came bool) client.Order {
		o := client.Order{GainKind: pricing.Cashback, Gain: cents.Amount(minor, c), DueOn: today}
		if came {
			o.Receipt = client.Receipt{Entry: 1, On: today, Amount: o.Gain}
		}
		return o
	}
	list := []client.Order{
		order(1000, money.EUR, false), order(5208, money.CHF, true), order(250, money.EUR, true), order(92, money.CHF, false),
		{GainKind: pricing.Discount, Gain: cents.Amount(99, money.CHF)},
	}
	months, err := client.Months(list, today)
	must(t, err)
	if len(months) != 24 {
		t.Fatalf("%d months", len(months))
	}
	for last, want := range map[int]string{11: "CHF 53.00 CHF 52.08", 23: "EUR 12.50 EUR 2.50"} {
		if m := months[last]; fmt.Sprint(m.Expected, m.Received) != want || m.First != months[11].First {
			t.Errorf("%+v, want %s", m, want)
		}
	}
	if none, err := client.Months(nil, today); err != nil || len(none) != 0 {
		t.Errorf("without orders: %v, %v", none, err)
	}
}

func TestAnOrderThatCannotStand(t *testing.T) {
	r := newRig(t)
	id := r.active(t, "Rezzoni", limited(site(true, false)))
	must(t, r.RecordOrder(r.legal, id, hostings("client")))
	for field, change := range map[string]func(*client.NewOrder){
		"number":    func(*client.NewOrder) {}, // there already
		"on":        func(o *client.NewOrder) { o.On = "today" },
		"dueOn":     func(o *client.NewOrder) { o.DueOn = "soon" },
		"product":   func(o *client.NewOrder) { o.Line = "boat" },
		"quantity":  func(o *client.NewOrder) { o.Quantity = "0" },
		"months":    func(o *client.NewOrder) { o.Months = 5 },
		"operation": func(o *client.NewOrder) { o.Operation = "gift" },
		"vat":       func(o *client.NewOrder) { o.VAT = "some" },
		"orders":    func(o *client.NewOrder) { o.Orders = "partner" }, // limited access holds no orders
	} {
		o := hostings("client")
		if field != "number" {
			o.Number = field
		}
		change(&o)
		var e *fault.Error
		if err := r.RecordOrder(r.legal, id, o); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if opened, err := r.Open(r.legal, id); err != nil || len(opened.Orders) != 1 {
		t.Errorf("%+v, %v", opened.Orders, err)
	}
}

func TestWhoKeepsNoAccountsSeesNoGains(t *testing.T) {
	r := newRig(t)
	id := r.active(t, "Rezzoni", client.Rights{Access: client.Full, Wallet: true})
	must(t, r.RecordOrder(r.legal, id, hostings("client")))
	must(t, r.Allow(r.legal, id, []string{"collaborator"}))
	opened, err := r.Open(as(t, access.Collaborator), id)
	if err != nil || len(opened.Orders) != 0 || len(opened.Months) != 0 {
		t.Errorf("%+v, %v", opened, err)
	}
	testkit.Exec(t, r.db, "DELETE FROM client_collaborator")
	ctx := access.With(t.Context(), access.Actor{AccountID: "collaborator", OrganizationID: "org-1", Role: access.Collaborator, Grants: []access.Capability{access.Accounting}})
	if err := r.RecordOrder(ctx, id, hostings("client")); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("an order of a client that one may not see: %v", err)
	}
}

// What counts towards the managed volume, and which VAT rate an order of an earlier day has.
func TestWhatClientsWereCharged(t *testing.T) {
	r := newRig(t)
	full := r.active(t, "Rezzoni", client.Rights{Access: client.Full})
	old, now := hostings("client"), hostings("client")
	old.Number, old.On, old.VAT, old.DueOn = "1", "2023-12-31", "swiss", "2024-01-31"
	now.VAT = "swiss"
	must(t, r.RecordOrder(r.legal, full, old))
	must(t, r.RecordOrder(r.legal, full, now))
	opened, err := r.Open(r.legal, full)
	must(t, err)
	if opened.Orders[0].VAT.Decimal() != "21.09" || opened.Orders[1].VAT.Decimal() != "20.05" { // 8.1 % and 7.7 % of 260.40
		t.Errorf("VAT of %s and %s", opened.Orders[0].VAT, opened.Orders[1].VAT)
	}
	for from, want := range map[day.Day]int64{today - 364: 26040, day.Date(2023, 12, 31): 52080} {
		list, err := r.ChargedSince(r.legal, r.db.Reader(), "org-1", from)
		if err != nil || len(list) != 1 || list[0].ClientID != full || list[0].Amount != cents.Amount(want, money.CHF) {
			t.Errorf("since %s: %+v, %v", from, list, err)
		}
	}
	r.ask(t, "Solari", client.Rights{Access: client.Full})
	if active, err := r.Active(r.legal, r.db.Reader(), "org-1"); err != nil || len(active) != 1 || active[0] != full {
		t.Errorf("%v, %v", active, err)
	}
}
