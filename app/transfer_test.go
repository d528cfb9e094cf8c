package app_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/testkit"

	"kontor/app"
	"kontor/internal/core/fault"
)

func transfers(t *testing.T, s services) *app.TransferService {
	t.Helper()
	for _, bound := range s.app.Services() {
		if b, ok := bound.(*app.TransferService); ok {
			return b
		}
	}
	t.Fatal("the window cannot call TransferService")
	return nil
}

func wrap(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// folder is a dialog in which the person always picks the same place.
func TestATransferFromTheRequestToItsEnd(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	w := transfers(t, s)
	_, err := w.Add(app.TransferInput{Domain: "www.tre-larici.com", Fee: "14,90", Registered: "11.03.2019", Started: "2026-11-20T14:02"})
	if want := "invalid registered:not_a_date started:not_a_date fee:not_a_number domain:not_registrable"; err == nil || err.Error() != want {
		t.Fatalf("%v, want %s", err, want)
	}
	started := time.Now().Add(-time.Hour).Truncate(time.Minute)
	id, err := w.Add(app.TransferInput{
		Domain: "tre-larici.com", Registrar: "Nordhost", Order: "20655", Fee: "14.90", Code: "qK7#vB2",
		Registered: "2019-03-11", Expires: "2031-03-11", Started: started.In(time.FixedZone("", 5*3600+45*60)).Format(time.RFC3339),
	})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := w.Get(id); err != nil || v.Ledger[0].Started != started.UTC().Format(time.RFC3339) {
		t.Fatalf("%+v, %v", v, err)
	}
	v, err := w.Fail(id, app.FailureInput{Data: wrap("Transfer of tre-larici.com failed: clientTransferProhibited")})
	if err != nil || v.Row.Cause != "locked" || v.Findings[0].Source.Guide != "1814" || v.CodeUsed != 1 || len(v.Blockers) != 2 {
		t.Fatalf("%+v, %v", v, err)
	}
	if lines, err := s.home.Waiting(); err != nil || len(lines) != 1 || lines[0].Kind != "transfer_failed" || lines[0].Params["domain"] != "tre-larici.com" {
		t.Errorf("home: %+v, %v", lines, err)
	}
	if _, err := w.Restart(id, false); fault.ReasonOf(err) != "transfer_blocked" {
		t.Error(err)
	}
	if v, err = w.Restart(id, true); err != nil || !v.Row.Asked || v.Ledger[0].Fee != "0.00" || v.Paid != "14.90" {
		t.Fatalf("%+v, %v", v, err)
	}
	if lines, err := s.home.Waiting(); err != nil || len(lines) != 1 || lines[0].Kind != "transfer_asked" {
		t.Errorf("home: %+v, %v", lines, err)
	}
	dir := t.TempDir()
	s.app.Startup(testkit.Deaf, &testkit.Dialogs{Folder: dir})
	name, err := w.SaveLedger(id, app.LedgerInput{
		Language: "en", Heads: []string{"Attempt", "Started", "Ended", "Reason", "Currency", "Fee"}, Reasons: []string{"", "=locked"},
	})
	if err != nil || name != "tre-larici.com.csv" {
		t.Fatal(name, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || !strings.Contains(string(text), "CHF,0.00") || !strings.Contains(string(text), "'=locked") {
		t.Errorf("%s, %v", text, err)
	}
	if v, err = w.Advance(id, "done"); err != nil || v.CodeKept != "" || v.Row.Expires != "2032-03-11" {
		t.Fatalf("%+v, %v", v, err)
	}
	if name, err = w.SaveCalendar(id, "de", ""); err != nil || name != "tre-larici.com.ics" {
		t.Error(name, err)
	}
}

func TestABulkListKeepsItsCodesToItself(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	w := transfers(t, s)
	list := wrap("domain;code\ncorte-solari.ch;secret-1\nnot a domain;secret-2\n")
	v, err := w.Preview(list)
	if err != nil || len(v.Good) != 1 || len(v.Aside) != 1 || v.Aside[0].Reason != "not_a_domain" {
		t.Fatalf("%+v, %v", v, err)
	}
	if n, err := w.Import(list); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	l, err := w.List("open", "")
	if err != nil || l.Open != 1 || l.All != 1 {
		t.Fatalf("%+v, %v", l, err)
	}
	if code, err := w.RevealCode(l.Rows[0].ID, crashPassword); err != nil || code != "secret-1" {
		t.Error(code, err)
	}
	if _, err := w.Preview("no base64"); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
}
