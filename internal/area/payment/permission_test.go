package payment_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/payment"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// unasked is called by another area within its own transaction, which has asked for the permission.
var unasked = []string{"Charges", "Waiting", "Known", "Next", "RenewedByOrder", "Unrenewed", "SettleTask"}

// Who may do what: the whole table. A method that is not in it fails the test.
func TestWhoMay(t *testing.T) {
	d := newDesk(t)
	card := must[string](t)(d.Add(d.ctx, visa("4417", "2028-01")))
	renewal := must[string](t)(d.AddRenewal(d.ctx, payment.RenewalFields{Product: "a", ExpiresOn: "2027-01-15", Amount: "1", Months: "12"}))
	acts := map[string]func(ctx context.Context) error{
		"Overview":   func(ctx context.Context) error { _, err := d.Overview(ctx); return err },
		"Add":        func(ctx context.Context) error { _, err := d.Add(ctx, visa("4417", "2028-01")); return err },
		"Update":     func(ctx context.Context) error { return d.Update(ctx, card, payment.Update{}) },
		"Remove":     func(ctx context.Context) error { return d.Remove(ctx, "no such", "") },
		"SetDefault": func(ctx context.Context) error { return d.SetDefault(ctx, card) },
		"Reveal":     func(ctx context.Context) error { _, err := d.Reveal(ctx, card, password); return err },
		"Payee":      func(ctx context.Context) error { _, _, err := d.Payee(ctx, card); return err },
		"Renewals":   func(ctx context.Context) error { _, err := d.Renewals(ctx); return err },
		"AddRenewal": func(ctx context.Context) error { _, err := d.AddRenewal(ctx, payment.RenewalFields{}); return err },
		"AddRenewalIn": func(ctx context.Context) error {
			return d.db.Write(ctx, func(tx *sqlite.Tx) error {
				_, err := d.AddRenewalIn(ctx, tx, payment.RenewalFields{})
				return err
			})
		},
		"UpdateRenewal": func(ctx context.Context) error { return d.UpdateRenewal(ctx, renewal, 0, payment.RenewalFields{}) },
		"Renew": func(ctx context.Context) error {
			_, err := d.Renew(ctx, []payment.RenewalPaid{{ID: renewal}})
			return err
		},
		"UndoRenewed":   func(ctx context.Context) error { return d.UndoRenewed(ctx, []string{"no such"}) },
		"RemoveRenewal": func(ctx context.Context) error { return d.RemoveRenewal(ctx, "no such") },
		"PlanPrepaid":   func(ctx context.Context) error { return d.PlanPrepaid(ctx, []string{renewal}) },
		"Import":        func(ctx context.Context) error { _, err := d.Import(ctx, nil, payment.ImportOptions{}); return err },
		"OutlineImport": func(ctx context.Context) error {
			_, err := d.OutlineImport(ctx, []byte(payment.Template), nil)
			return err
		},
		"SearchProfiles": func(ctx context.Context) error { _, err := d.SearchProfiles(ctx, find.Question{}); return err },
		"SearchRenewals": func(ctx context.Context) error { _, err := d.SearchRenewals(ctx, find.Question{}); return err },
		"Ahead":          func(ctx context.Context) error { _, err := d.Ahead(ctx); return err },
		"Cover":          func(ctx context.Context) error { _, err := d.Cover(ctx); return err },
		"Exported":       func(ctx context.Context) error { return d.Exported(ctx, "ics") },
		"Calendar":       func(ctx context.Context) error { _, err := d.Calendar(ctx); return err },
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
	// In another organization the same person finds nothing of this one.
	other := access.From(d.ctx)
	other.OrganizationID = "org-2"
	testkit.Exec(t, d.db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Another', 'CHF', 0, 0)`)
	ctx := access.With(t.Context(), other)
	_, _, payee := d.Payee(ctx, card)
	_, renew := d.Renew(ctx, []payment.RenewalPaid{{ID: renewal, Version: 1}})
	for name, err := range map[string]error{
		"Payee": payee, "Remove": d.Remove(ctx, card, ""), "SetDefault": d.SetDefault(ctx, card), "Renew": renew,
		"Update": d.Update(ctx, card, payment.Update{Version: 1}), "PlanPrepaid": d.PlanPrepaid(ctx, []string{renewal}),
	} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s reaches into another organization: %v", name, err)
		}
	}
}

// Secrets typed into every field are found nowhere: not in the database, its log, a copy of it, the journal or the errors.
func TestNoSecretIsKept(t *testing.T) {
	d := newDesk(t)
	secrets := []string{"4111 1111 1111 1111", "4111111111111111", goodIBAN, strings.ReplaceAll(goodIBAN, " ", ""), "00762011", goodMail, goodPhone, "791231806"}
	var told strings.Builder
	try := func(f payment.Fields) {
		for _, k := range []payment.Kind{payment.Card, payment.PostFinance, payment.Twint, payment.PayPal, payment.EBill, payment.Bank} {
			_, err := d.Add(d.ctx, payment.New{Kind: k, Fields: f})
			fmt.Fprintf(&told, "%v %+v\n", err, err)
		}
	}
	for _, s := range secrets[:2] { // a card number in each field in turn, and in all
		base := payment.Fields{Brand: payment.Visa, Holder: "E", Last4: "4417", Ends: "2028-01", IBAN: goodIBAN, Email: goodMail, Mobile: goodPhone}
		for _, edit := range []func(f *payment.Fields){
			func(f *payment.Fields) { f.Label = s }, func(f *payment.Fields) { f.Holder = s }, func(f *payment.Fields) { f.Last4 = s },
			func(f *payment.Fields) { f.Ends = s }, func(f *payment.Fields) { f.IBAN = s }, func(f *payment.Fields) { f.BIC = s },
			func(f *payment.Fields) { f.Email = s }, func(f *payment.Fields) { f.Mobile = s }, func(f *payment.Fields) { f.Brand = payment.Brand(s) },
		} {
			f := base
			edit(&f)
			try(f)
		}
		for _, f := range []payment.RenewalFields{{Product: s}, {ExpiresOn: s}, {Amount: s}, {Months: s}, {ProfileID: s}} {
			_, err := d.AddRenewal(d.ctx, f)
			fmt.Fprintf(&told, "%v\n", err)
		}
		_, err := d.Import(d.ctx, []byte("product;expires;amount;months\n"+s+";2027-01-01;1.00;12\n"), payment.ImportOptions{})
		fmt.Fprintf(&told, "%v\n", err)
	}
	o := must[payment.Overview](t)(d.Overview(d.ctx))
	if len(o.Profiles) < 10 {
		t.Fatalf("only %d profiles were kept: the search would prove nothing", len(o.Profiles))
	}
	fmt.Fprintf(&told, "%+v %#v %+v", o, o, d.journal.Entries)
	calendar := must[[]byte](t)(d.Calendar(d.ctx))
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := d.db.CopyTo(d.ctx, copied); err != nil {
		t.Fatal(err)
	}
	places := map[string][]byte{"errors, views and journal": []byte(told.String()), "calendar": calendar}
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
	if !strings.Contains(string(places["copy.db"]), "CH·· ···· ···· ···· ·295 7") {
		t.Error("not even the mask is found: the search proves nothing")
	}
}
