package prepaid_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/prepaid"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/dev/testkit"
)

// unasked are called by other areas within their own transactions; they have asked for the permission.
var unasked = []string{"Balance", "Expected", "Open", "ExpectCashback", "ForgetCashback", "Receipts", "Waiting", "Known", "Obstacles", "PayRenewal", "TakeBackRenewal", "LinkOrder", "UnlinkOrder", "Towards", "SettleTask"}

// Who may do what: the whole table. A method that is not in it fails the test.
func TestWhoMay(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "100")
	o := d.place(t, "1", "10")
	transfer := d.sent(t, o)
	ask := prepaid.NewPayout{Amount: "1", Target: prepaid.ToPayPal, Email: goodMail}
	ok(t, d.paidOut(ask))
	payout := must[[]prepaid.Payout](t)(d.Payouts(d.ctx, 1))[0].ID
	acts := map[string]func(ctx context.Context) error{
		"Overview": func(ctx context.Context) error { _, err := d.Overview(ctx, 0); return err },
		"Entries":  func(ctx context.Context) error { _, err := d.Entries(ctx, 0, 1); return err },
		"Verify":   func(ctx context.Context) error { _, err := d.Verify(ctx); return err },
		"Overdue":  func(ctx context.Context) error { _, err := d.Overdue(ctx); return err },
		"TopUp":    func(ctx context.Context) error { _, err := d.TopUp(ctx, prepaid.NewTopUp{}); return err },
		"Expect":   func(ctx context.Context) error { return d.Expect(ctx, prepaid.NewExpected{}) },
		"Receive":  func(ctx context.Context) error { return d.Receive(ctx, "no such", "1") },
		"Forget":   func(ctx context.Context) error { return d.Forget(ctx, "no such") },
		"Orders":   func(ctx context.Context) error { _, err := d.Orders(ctx, 1, ""); return err },
		"Place":    func(ctx context.Context) error { _, err := d.Place(ctx, prepaid.NewOrder{}); return err },
		"Pay":      func(ctx context.Context) error { return d.Pay(ctx, o.ID, 0, prepaid.How{}) },
		"Cancel":   func(ctx context.Context) error { return d.Cancel(ctx, o.ID, 0) },
		"Again": func(ctx context.Context) error {
			_, err := d.Again(ctx, transfer, prepaid.NewOrder{}, prepaid.How{})
			return err
		},
		"Arrive":          func(ctx context.Context) error { _, err := d.Arrive(ctx, transfer, prepaid.NewArrival{}); return err },
		"ArriveUnknown":   func(ctx context.Context) error { _, err := d.ArriveUnknown(ctx, prepaid.NewArrival{}); return err },
		"Keep":            func(ctx context.Context) error { return d.Keep(ctx, transfer) },
		"Threads":         func(ctx context.Context) error { _, err := d.Threads(ctx, 1); return err },
		"Payouts":         func(ctx context.Context) error { _, err := d.Payouts(ctx, 1); return err },
		"NotePayout":      func(ctx context.Context) error { _, err := d.NotePayout(ctx, prepaid.NewPayout{}); return err },
		"ReceiveOn":       func(ctx context.Context) error { return d.ReceiveOn(ctx, "no such", "1", "") },
		"SetBalance":      func(ctx context.Context) error { return d.SetBalance(ctx, prepaid.Shown{}) },
		"Reverse":         func(ctx context.Context) error { return d.Reverse(ctx, 99) },
		"PayoutRequested": func(ctx context.Context) error { return d.PayoutRequested(ctx, "no such", "") },
		"PriceToday":      func(ctx context.Context) error { _, err := d.PriceToday(ctx, "", "", "", 1); return err },
		"Search":          func(ctx context.Context) error { _, err := d.Search(ctx, find.Question{}); return err },
		"Prices":          func(ctx context.Context) error { _, err := d.Prices(ctx); return err },
		"Exported":        func(ctx context.Context) error { return d.Exported(ctx, prepaid.Statement{}, "pdf") },
		"PayoutArrived":   func(ctx context.Context) error { return d.PayoutArrived(ctx, "no such", "") },
		"PayoutFailed":    func(ctx context.Context) error { return d.PayoutFailed(ctx, "no such", "x", "") },
		"RevealPayout":    func(ctx context.Context) error { _, err := d.RevealPayout(ctx, payout, password); return err },
		"PaidFor":         func(ctx context.Context) error { _, err := d.PaidFor(ctx, "1", ""); return err },
		"Statement": func(ctx context.Context) error {
			_, err := d.Statement(ctx, "2026-11-01", "2026-11-30")
			return err
		},
	}
	service := reflect.TypeOf(d.Service)
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != reflect.TypeFor[context.Context]() || slices.Contains(unasked, m.Name) {
			continue
		}
		if acts[m.Name] == nil {
			t.Errorf("%s is not in the table", m.Name)
		}
	}
	for _, who := range []struct {
		name string
		ctx  context.Context
		want fault.Code // Forbidden or Unauthenticated; "" may
	}{
		{"legal representative", testkit.As(t, access.LegalRepresentative), ""},
		{"administrator", testkit.As(t, access.Administrator), ""},
		{"collaborator with the accounting right", testkit.As(t, access.Collaborator, access.Accounting), ""},
		{"collaborator", testkit.As(t, access.Collaborator), fault.Forbidden},
		{"external with the accounting right", testkit.As(t, access.External, access.Accounting), fault.Forbidden},
		{"external", testkit.As(t, access.External), fault.Forbidden},
		{"nobody", t.Context(), fault.Unauthenticated},
	} {
		for name, act := range acts {
			got := fault.CodeOf(act(who.ctx))
			refused := got == fault.Forbidden || got == fault.Unauthenticated
			if refused != (who.want != "") || refused && got != who.want {
				t.Errorf("%s, %s: %q, want %q", who.name, name, got, who.want)
			}
		}
	}
	testkit.Exec(t, d.db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Another', 'CHF', 0, 0)`)
	other := access.From(d.ctx)
	other.OrganizationID = "org-2"
	ctx := access.With(t.Context(), other)
	_, arrive := d.Arrive(ctx, transfer, prepaid.NewArrival{Reference: "1", Amount: "10", Currency: "CHF"})
	_, reveal := d.RevealPayout(ctx, payout, password)
	for name, err := range map[string]error{
		"Pay": d.Pay(ctx, o.ID, 2, prepaid.How{FromBalance: "1"}), "Cancel": d.Cancel(ctx, o.ID, 2), "Arrive": arrive,
		"Keep": d.Keep(ctx, transfer), "PayoutArrived": d.PayoutArrived(ctx, payout, ""), "RevealPayout": reveal,
	} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s reaches into another organization: %v", name, err)
		}
	}
}

// Secrets typed into every field are found nowhere: not in the database, its log, a copy of it, the journal or the errors.
func TestNoSecretIsKept(t *testing.T) {
	d := newDesk(t)
	d.topUp(t, "1000")
	secrets := []string{"4111 1111 1111 1111", "4111111111111111", goodIBAN, strings.ReplaceAll(goodIBAN, " ", ""), "00762011", goodMail, password}
	var told strings.Builder
	tell := func(err error) { fmt.Fprintf(&told, "%v %+v %s\n", err, err, fault.JSON(err)) }
	o := d.place(t, "1", "10")
	for _, s := range secrets[:2] {
		for _, n := range []prepaid.NewOrder{{Kind: prepaid.OrderKind(s)}, {Number: s}, {Title: s}, {Total: s}, {Kind: "order", Number: s, Title: s, Total: "1"}} {
			_, err := d.Place(d.ctx, n)
			tell(err)
		}
		for _, h := range []prepaid.How{{FromBalance: s}, {Rest: prepaid.Rest(s)}, {Rest: "transfer", SentOn: s}, {Rest: "transfer", SentOn: "2026-11-20", Source: s}} {
			tell(d.Pay(d.ctx, o.ID, 1, h))
		}
		for _, n := range []prepaid.NewTopUp{{Amount: s}, {Means: s, Amount: "1"}, {Means: "transfer", Amount: "1", Reference: s, SentOn: "2026-11-20"}, {Means: "transfer", Amount: "1", Reference: "x", SentOn: s}} {
			tell(noted(d.TopUp(d.ctx, n)))
		}
		for _, n := range []prepaid.NewArrival{{Reference: s, Amount: "1", Currency: "CHF"}, {Amount: s, Currency: "CHF"}, {Amount: "1", Currency: s}, {Amount: "1", Currency: "EUR", Credited: s}} {
			_, err := d.ArriveUnknown(d.ctx, n)
			tell(err)
		}
		tell(d.Expect(d.ctx, prepaid.NewExpected{Cause: s, Amount: "1", DueOn: "2026-12-01"}))
		for _, n := range []prepaid.NewPayout{{Amount: "1", Target: "bank", IBAN: s}, {Amount: "1", Target: "paypal", Email: s}, {Amount: s}, {Target: prepaid.Target(s)}} {
			tell(d.paidOut(n))
		}
	}
	ok(t, d.paidOut(prepaid.NewPayout{Amount: "1", Target: "bank", IBAN: goodIBAN}))
	ok(t, d.paidOut(prepaid.NewPayout{Amount: "1", Target: "paypal", Email: goodMail}))
	p := must[[]prepaid.Payout](t)(d.Payouts(d.ctx, 5))
	tell(d.PayoutFailed(d.ctx, p[0].ID, secrets[0], ""))
	ok(t, d.Pay(d.ctx, o.ID, 1, prepaid.How{Rest: prepaid.TransferOut, SentOn: "2026-11-20", Source: "UBS " + goodIBAN + " Chiasso"}))
	statement := must[prepaid.Statement](t)(d.Statement(d.ctx, "2026-11-01", "2026-11-30"))
	fmt.Fprintf(&told, "%+v %+v %+v %+v", p, statement, d.threads(t), d.journal.Entries)
	copied := filepath.Join(t.TempDir(), "copy.db")
	ok(t, d.db.CopyTo(d.ctx, copied))
	places := map[string][]byte{"errors, views and journal": []byte(told.String())}
	for _, path := range []string{d.db.Path(), d.db.Path() + "-wal", copied} {
		places[filepath.Base(path)] = must[[]byte](t)(os.ReadFile(path))
	}
	for where, data := range places {
		for _, s := range secrets {
			if strings.Contains(string(data), s) {
				t.Errorf("%s holds %q", where, s)
			}
		}
	}
	if !strings.Contains(string(places["copy.db"]), p[0].Masked) {
		t.Error("not even the mask is found: the search proves nothing")
	}
}
