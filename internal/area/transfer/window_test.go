package transfer_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/manager"
)

func (d desk) window(dialogs bridge.Dialogs) *transfer.Window {
	return transfer.NewWindow(bridge.To(testkit.Shell(d.t, d.ctx, dialogs), func() *transfer.Service { return d.Service }))
}

func wrap(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

var chf = func(amount string) bridge.Money { return bridge.Money{Amount: amount, Currency: "CHF"} }

func TestATransferFromTheRequestToItsEnd(t *testing.T) {
	d := newDesk(t)
	dir := t.TempDir()
	w := d.window(&testkit.Dialogs{Folder: dir})
	_, err := w.Add(transfer.Input{Domain: "www.tre-larici.com", Fee: "14,90", Registered: "11.03.2019", Started: "2026-11-20T14:02"})
	if want := "invalid registered:not_a_date started:not_a_date fee:not_a_number domain:not_registrable"; err == nil || err.Error() != want {
		t.Fatalf("%v, want %s", err, want)
	}
	started := d.clock.Now().Add(-time.Hour).Truncate(time.Minute)
	id, err := w.Add(transfer.Input{
		Domain: "tre-larici.com", Registrar: "Nordhost", Order: "20655", Fee: "14.90", Code: "qK7#vB2",
		Registered: "2019-03-11", Expires: "2031-03-11", Started: started.In(time.FixedZone("", 5*3600+45*60)).Format(time.RFC3339),
	})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := w.Get(id); err != nil || v.Ledger[0].Started != started.UTC().Format(time.RFC3339) {
		t.Fatalf("%+v, %v", v, err)
	}
	v, err := w.Fail(id, transfer.FailureInput{Data: wrap("Transfer of tre-larici.com failed: clientTransferProhibited")})
	if err != nil || v.Row.Cause != "locked" || v.Findings[0].Source.Guide != "1814" || v.CodeUsed != 1 || len(v.Blockers) != 2 {
		t.Fatalf("%+v, %v", v, err)
	}
	if lines, err := d.Waiting(d.ctx); err != nil || len(lines) != 1 || lines[0].Kind != "transfer_failed" || lines[0].Params["domain"] != "tre-larici.com" {
		t.Errorf("home: %+v, %v", lines, err)
	}
	if _, err := w.NoteRestart(id, false); fault.ReasonOf(err) != "transfer_blocked" {
		t.Error(err)
	}
	if v, err = w.NoteRestart(id, true); err != nil || v.Row.Asked || v.Row.Stage != "failed" {
		t.Fatalf("%+v, %v", v, err)
	}
	d.settle(id, manager.Done)
	if v, err = w.Get(id); err != nil || !v.Row.Asked || v.Ledger[0].Fee != chf("0.00") || v.Paid != chf("14.90") || v.NextFee != chf("0.00") {
		t.Fatalf("%+v, %v", v, err)
	}
	if lines, err := d.Waiting(d.ctx); err != nil || len(lines) != 1 || lines[0].Kind != "transfer_asked" {
		t.Errorf("home: %+v, %v", lines, err)
	}
	name, err := w.SaveLedger(id, transfer.Target{Name: "tre-larici.com", Language: "en"})
	if err != nil || name != "tre-larici.com.csv" {
		t.Fatal(name, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeffAttempt,Started,Ended,Reason given,Organization,Currency,Fee\r\n" +
		"2,2026-11-20 13:00,,,Studio Ponteri SA,CHF,0.00\r\n" +
		"1,2026-11-20 12:00,2026-11-20 13:00,Domain is locked,Studio Ponteri SA,CHF,14.90\r\n"
	if string(text) != want {
		t.Errorf("%q\nwant\n%q", text, want)
	}
	if v, err = w.Advance(id, "done"); err != nil || v.CodeKept != "" || v.Row.Expires != "2032-03-11" {
		t.Fatalf("%+v, %v", v, err)
	}
	if name, err = w.SaveCalendar(id, transfer.Target{Name: "tre-larici.com", Language: "de"}); err != nil || name != "tre-larici.com.ics" {
		t.Error(name, err)
	}
}

func TestABulkListKeepsItsCodesToItself(t *testing.T) {
	d := newDesk(t)
	w := d.window(&testkit.Dialogs{})
	list := bridge.Upload{Data: wrap("domain;code\ncorte-solari.ch;secret-1\nnot a domain;secret-2\n")}
	o, err := w.OutlineList(list)
	if err != nil || fmt.Sprint(o.Mapping.Columns, o.Sample) != "map[code:1 domain:0] [[corte-solari.ch ••••••] [not a domain ••••••]]" {
		t.Fatalf("%+v, %v", o, err)
	}
	v, err := w.Preview(list)
	if err != nil || len(v.Good) != 1 || len(v.Rejected) != 1 || v.Rejected[0].Reason != "not_a_domain" {
		t.Fatalf("%+v, %v", v, err)
	}
	if n, err := w.Import(list); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	l, err := w.List("open", "")
	if err != nil || l.Open != 1 || l.All != 1 {
		t.Fatalf("%+v, %v", l, err)
	}
	if code, err := w.RevealCode(l.Rows[0].ID, password); err != nil || code != "secret-1" {
		t.Error(code, err)
	}
	for data, want := range map[string]string{
		"no base64": "list:not_text", wrap(strings.Repeat("x", transfer.MaxList+4)): "list:file_too_large",
	} {
		if _, err := w.Preview(bridge.Upload{Data: data}); err == nil || err.Error() != "invalid "+want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := w.List("everything", ""); err == nil || err.Error() != "invalid show:not_a_choice" {
		t.Error(err)
	}
}

// account is a prepaid account that was charged twice, unless the actor may not see it.
type account struct{ err error }

func (a account) PaidFor(context.Context, string, string) ([]transfer.Booking, error) {
	if a.err != nil {
		return nil, a.err
	}
	at := testkit.NewClock().Now()
	return []transfer.Booking{{7, at, cents.Amount(1490, money.CHF)}, {9, at.Add(time.Hour), cents.Amount(1490, money.EUR)}}, nil
}

func TestWhatTheAccountPaidIsShownInItsCurrencyToWhoeverMaySeeIt(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	for _, test := range []struct {
		account transfer.PrepaidAccount
		known   bool
	}{{nil, false}, {account{fault.New(fault.Forbidden, "")}, false}, {account{}, true}} {
		d.Service = transfer.NewService(transfer.Options{DB: d.db, Journal: d.journal, Vault: d.vault, Reauth: testkit.Reauthenticator(password), Organizations: organization.NewDirectory(d.db), Clock: day.ClockIn(zurich, d.db.Now), Account: test.account})
		v, err := d.window(nil).Get(id)
		if err != nil || v.Account.Known != test.known {
			t.Fatalf("%+v, %v", v.Account, err)
		}
		if test.known && (v.Account.First[0].Amount != chf("14.90") || v.Account.First[1].Amount.Currency != "EUR") {
			t.Errorf("%+v", v.Account)
		}
	}
	if _, err := transfer.NewWindow(bridge.To(testkit.Shell(t, testkit.As(t, access.External), nil), func() *transfer.Service { return d.Service })).Get(id); fault.CodeOf(err) != fault.Forbidden {
		t.Error("an external person:", err)
	}
}

// A list whose headings nobody knows shows no codes before it is known where they stand, is read as the person says, and
// what is set aside comes back as a file that can be read again.
func TestAListIsReadAsThePersonSays(t *testing.T) {
	d := newDesk(t)
	out := t.TempDir()
	w := d.window(&testkit.Dialogs{Folder: out})
	in := bridge.Upload{Data: wrap("Nr;Domain;Geheim\n1;corte-solari.ch;secret-1\n2;not a domain;secret-2\n")}
	o, err := w.OutlineList(in)
	if err != nil || fmt.Sprint(o.Mapping.Columns, o.Sample[0]) != "map[domain:1] [•••••• corte-solari.ch ••••••]" {
		t.Fatalf("%+v, %v", o, err)
	}
	in.Mapping = o.Mapping
	if _, err := w.Preview(in); err == nil || err.Error() != "invalid code:required" {
		t.Errorf("without a column of codes: %v", err)
	}
	in.Mapping.Columns["code"] = 2
	v, err := w.Preview(in)
	if err != nil || len(v.Good) != 1 || len(v.Rejected) != 1 {
		t.Fatalf("%+v, %v", v, err)
	}
	if l, err := w.List("", ""); err != nil || l.All != 0 {
		t.Errorf("a preview has written: %+v, %v", l, err)
	}
	for _, test := range []struct {
		list bridge.Upload
		want string
	}{
		{in, "\ufeffNr;Domain;Geheim;What is wrong\r\n2;not a domain;secret-2;Not a domain name\r\n"},
		{bridge.Upload{Data: wrap("a-b.ch;x\nc-d.com;y\na-b.ch;z")}, "\ufeffDomain;Authorization code;What is wrong\r\na-b.ch;z;\"Twice in the list, first in row 1\"\r\n"},
	} {
		name, err := w.SaveRejected(test.list, bridge.Target{Name: "rest.csv", Locale: "en"})
		if err != nil {
			t.Fatal(err)
		}
		rest, err := os.ReadFile(filepath.Join(out, name))
		plain := strings.ReplaceAll(strings.ReplaceAll(string(rest), ",", ";"), "\"", "")
		if want := strings.ReplaceAll(strings.ReplaceAll(test.want, ",", ";"), "\"", ""); err != nil || plain != want {
			t.Errorf("%q, %v", rest, err)
		}
		again, err := w.Preview(bridge.Upload{Data: base64.StdEncoding.EncodeToString(rest), Mapping: test.list.Mapping})
		if err != nil || len(again.Good)+len(again.Rejected) != 1 {
			t.Errorf("read again: %+v, %v", again, err)
		}
	}
	if n, err := w.Import(in); err != nil || n != 1 {
		t.Error(n, err)
	}
}

// A list without headings has its names first and its codes second, and its first row is one of it.
func TestAListWithoutHeadings(t *testing.T) {
	o, err := transfer.OutlineList([]byte("a-b.ch;x1;note\nc-d.com;y2;note\n"), nil)
	if err != nil || o.Rows != 2 || len(o.Columns) != 3 || o.Mapping.Columns["code"] != 1 || o.Sample[0][1] == "x1" {
		t.Errorf("%+v, %v", o, err)
	}
}
