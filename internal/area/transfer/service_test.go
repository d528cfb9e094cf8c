package transfer_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/area/organization"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

var zurich = time.FixedZone("Europe/Zurich", 3600)

const password = "right"

type desk struct {
	*transfer.Service
	t       testing.TB
	db      *sqlite.DB
	clock   *testkit.Clock
	journal *testkit.Journal
	vault   testkit.Vault
	tasks   *manager.Service
	ctx     context.Context
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, clock: testkit.NewClock(), journal: &testkit.Journal{}, vault: testkit.Vault{}, ctx: testkit.As(t, access.Collaborator)}
	d.db = testkit.NewDB(t, d.clock)
	testkit.Seed(t, d.db)
	d.tasks = manager.New(d.db, d.journal)
	d.Service = transfer.NewService(transfer.Options{DB: d.db, Journal: d.journal, Vault: d.vault, Reauth: testkit.Reauthenticator(password), Organizations: organization.NewDirectory(d.db), Tasks: d.tasks, Clock: day.ClockIn(zurich, d.db.Now)})
	d.tasks.OnClose(d.Settled, transfer.TaskKinds()...)
	return d
}

// settle closes or opens the newest task about a transfer, by the person's word.
func (d *desk) settle(id string, outcome manager.Outcome) {
	d.t.Helper()
	list, err := d.tasks.List(d.ctx)
	d.must(err)
	for _, task := range list {
		if task.Ref == id {
			d.must(d.tasks.Settle(d.ctx, task.ID, outcome))
			return
		}
	}
	d.t.Fatalf("no task about %s", id)
}

// must fails the test on an error.
func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// add is the request of the story: paid, with a code.
func (d *desk) add(n transfer.New) string {
	d.t.Helper()
	id, err := d.Add(d.ctx, n)
	d.must(err)
	return id
}

func (d *desk) get(id string) transfer.Detail {
	d.t.Helper()
	got, err := d.Get(d.ctx, id)
	d.must(err)
	return got
}

func larici() transfer.New {
	fee := cents.Amount(1490, money.CHF)
	registered, _ := day.Parse("2019-03-11")
	expires, _ := day.Parse("2027-03-11")
	return transfer.New{
		Domain: "Tre-Larici.com", Holder: "Hotel Tre Larici, Chur", Registrar: "Nordhost", Order: "20655", Fee: &fee, Code: " qK7#vB2!xY9 ",
		Facts: transfer.Facts{Registered: registered, Expires: expires},
	}
}

const locked = "The transfer of tre-larici.com failed: clientTransferProhibited. Your code was qK7#vB2!xY9. " +
	"You can restart it until 28 November 2026 at 16:04."

func TestARestartCostsNothingAndErasesTheCodeInTheEnd(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	if got := d.get(id); got.Transfer.Domain != "tre-larici.com" || got.Transfer.Stage != transfer.Requested || string(d.vault["transfer/"+id+"/code"]) != "qK7#vB2!xY9" {
		t.Fatalf("%+v, vault %v", got.Transfer, d.vault)
	}
	d.clock.Advance(48 * time.Hour)
	d.must(d.Advance(d.ctx, id, transfer.CodeChecked))
	d.must(d.Fail(d.ctx, id, transfer.Failure{Message: []byte(locked)}))

	got := d.get(id)
	if got.Transfer.Stage != transfer.Failed || got.Diagnosis.Best() != transfer.Locked || got.Attempts[0].Cause != transfer.Locked {
		t.Fatalf("%+v", got)
	}
	if want := time.Date(2026, 11, 28, 16, 4, 0, 0, zurich); !got.Transfer.RestartBy.Equal(want) {
		t.Errorf("restart by %v, want %v", got.Transfer.RestartBy, want)
	}
	if strings.Contains(got.Message.Body, "qK7#vB2!xY9") || !strings.Contains(got.Message.Body, "•••") {
		t.Errorf("the message keeps the code: %q", got.Message.Body)
	}
	if want := []transfer.Question{transfer.Unlocked, transfer.FreshCode}; !slices.Equal(got.Blockers, want) {
		t.Errorf("blockers %v, want %v", got.Blockers, want)
	}
	if err := d.NoteRestart(d.ctx, id, false); fault.ReasonOf(err) != "transfer_blocked" {
		t.Errorf("restart with known blockers: %v", err)
	}

	d.clock.Advance(time.Hour)
	d.must(d.Answer(d.ctx, id, transfer.Unlocked, true))
	d.must(d.SetCode(d.ctx, id, "nEw#1"))
	if got := d.get(id); len(got.Blockers) != 0 {
		t.Errorf("blockers are left: %+v", got.Checks)
	}
	d.must(d.NoteRestart(d.ctx, id, false))
	if got := d.get(id); got.Transfer.Stage != transfer.Failed || len(got.Attempts) != 1 {
		t.Fatalf("a note restarted it: %+v", got.Transfer)
	}
	d.settle(id, manager.Done)
	got = d.get(id)
	if !got.Transfer.Asked || got.Transfer.Stage != transfer.Requested || got.Attempts[0].Number != 2 {
		t.Errorf("after the restart: %+v", got.Transfer)
	}
	if fee := got.Attempts[0].Fee; fee == nil || fee.Sign() != 0 || fee.Currency() != money.CHF {
		t.Errorf("the second attempt costs %v", fee)
	}
	if paid := got.Paid(); paid == nil || paid.String() != "CHF 14.90" {
		t.Errorf("paid %v", paid)
	}
	d.must(d.Advance(d.ctx, id, transfer.Done))
	got = d.get(id)
	if len(d.vault) != 0 || !got.Transfer.Code.EnteredAt.IsZero() {
		t.Errorf("the code is still there: %v, %+v", d.vault, got.Transfer.Code)
	}
	if got.Transfer.Facts.Expires.String() != "2028-03-11" || got.Transfer.Facts.Moved.String() != "2026-11-22" {
		t.Errorf("facts after the transfer: %+v", got.Transfer.Facts)
	}
	if _, err := d.RevealCode(d.ctx, id, password); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("reveal after the end: %v", err)
	}
	actions := []audit.Action{}
	for _, e := range d.journal.Entries {
		actions = append(actions, e.Action)
		if strings.Contains(e.Old+e.New, "nEw#1") || strings.Contains(e.Old+e.New, "qK7") {
			t.Errorf("the journal holds a code: %+v", e)
		}
	}
	want := []audit.Action{audit.ItemAdded, audit.ItemChanged, audit.ItemChanged, audit.ItemChanged, audit.ItemChanged, audit.ItemChanged, audit.OrderHandled, audit.ItemChanged, audit.ItemChanged}
	if diff := cmp.Diff(want, actions); diff != "" {
		t.Error(diff)
	}
}

// The table itself refuses a fee for a later attempt and a rewritten one, whatever a program asks of it.
func TestTheLedgerRefusesANewFee(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	d.must(d.Fail(d.ctx, id, transfer.Failure{}))
	for _, statement := range []string{
		"INSERT INTO transfer_attempt (transfer_id, number, started_at, fee, currency) VALUES (?, 2, 1, 1490, 'CHF')",
		"UPDATE transfer_attempt SET fee = 0 WHERE transfer_id = ?",
		"UPDATE transfer_attempt SET started_at = 0 WHERE transfer_id = ?",
		"UPDATE transfer_attempt SET outcome = 'done', cause = '', epp = 0 WHERE transfer_id = ?",
		"UPDATE transfer SET stage = 'done' WHERE id = ?", // with its code still there
	} {
		err := d.db.Write(d.ctx, func(tx *sqlite.Tx) error { _, err := tx.Exec(statement, id); return err })
		if err == nil {
			t.Errorf("allowed: %s", statement)
		}
	}
}

func TestAnotherMessageChangesTheCauseOfTheSameAttempt(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	d.must(d.Fail(d.ctx, id, transfer.Failure{}))
	if got := d.get(id); got.Attempts[0].Cause != "" || got.Message != nil {
		t.Fatalf("a failure without a message has a cause: %+v", got.Attempts[0])
	}
	d.must(d.Fail(d.ctx, id, transfer.Failure{Message: []byte("EPP 2202 Invalid authorization information")}))
	got := d.get(id)
	if a := got.Attempts[0]; a.Cause != transfer.CodeWrong || a.EPP != 2202 || len(got.Attempts) != 1 {
		t.Errorf("%+v", got.Attempts)
	}
	d.must(d.Fail(d.ctx, id, transfer.Failure{Message: []byte("Sale: transfer your domain today"), Cause: transfer.Unpaid}))
	if got := d.get(id); got.Attempts[0].Cause != transfer.Unpaid || got.Diagnosis.Recognised() {
		t.Errorf("%+v %+v", got.Attempts, got.Diagnosis)
	}
	if err := d.Fail(d.ctx, id, transfer.Failure{Cause: "invented"}); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
}

func TestTheMessageOfAnotherDomainIsNoticed(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	r, err := d.Read(d.ctx, id, []byte("Transfer of montebruno.it failed: clientTransferProhibited"))
	d.must(err)
	if !slices.Equal(r.Other, []string{"montebruno.it"}) {
		t.Errorf("other names %v", r.Other)
	}
	if r, err = d.Read(d.ctx, id, []byte(locked)); err != nil || len(r.Other) != 0 {
		t.Errorf("its own message: %v, %v", r.Other, err)
	}
	if got := d.get(id); got.Transfer.Stage != transfer.Requested || got.Message != nil {
		t.Error("reading kept something")
	}
}

func TestAMessageLeadsToItsTransfer(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	r, err := d.Read(d.ctx, "", []byte("Transfer of tre-larici.com failed: clientTransferProhibited. See nordhost.com."))
	d.must(err)
	if r.Domain != "tre-larici.com" || r.Follows == nil || r.Follows.ID != id {
		t.Errorf("%q leads to %+v", r.Domain, r.Follows)
	}
	r, err = d.Read(d.ctx, "", []byte("Transfer of montebruno.it failed: clientTransferProhibited"))
	d.must(err)
	if r.Domain != "montebruno.it" || r.Follows != nil {
		t.Errorf("%q leads to %+v", r.Domain, r.Follows)
	}
	if r, err = d.Read(d.ctx, "", []byte("EPP 2304: Object status prohibits operation")); err != nil || r.Domain != "" {
		t.Errorf("%q, %v", r.Domain, err)
	}
}

func TestTheSameChangeTwice(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	version := d.get(id).Transfer.Version
	name := "Elsewhere"
	d.must(d.Update(d.ctx, id, version, transfer.Update{Registrar: &name}))
	if err := d.Update(d.ctx, id, version, transfer.Update{Registrar: &name}); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a change over another one: %v", err)
	}
	if _, err := d.Add(d.ctx, larici()); err == nil || err.Error() != "invalid domain:already_here" {
		t.Errorf("a second open request: %v", err)
	}
}

func TestWhatIsRefused(t *testing.T) {
	d := newDesk(t)
	later, _ := day.Parse("2031-01-01")
	for name, test := range map[string]struct {
		change func(*transfer.New)
		want   string
	}{
		"nothing":     {func(n *transfer.New) { n.Domain = " " }, "domain:required"},
		"no domain":   {func(n *transfer.New) { n.Domain = "tre larici" }, "domain:not_a_domain"},
		"a page":      {func(n *transfer.New) { n.Domain = "www.tre-larici.com" }, "domain:not_registrable"},
		"extension":   {func(n *transfer.New) { n.Domain = "co.uk" }, "domain:not_registrable"},
		"nowhere":     {func(n *transfer.New) { n.Domain = "larici.invalidtld" }, "domain:unknown_extension"},
		"blank code":  {func(n *transfer.New) { n.Code = "ab cd" }, "code:code_blank"},
		"long code":   {func(n *transfer.New) { n.Code = strings.Repeat("x", transfer.MaxCode+1) }, "code:too_long"},
		"long holder": {func(n *transfer.New) { n.Holder = strings.Repeat("é", transfer.MaxHolder+1) }, "holder:too_long"},
		"future":      {func(n *transfer.New) { n.Facts.Registered, n.Facts.Expires = later, 0 }, "registered:date_in_future"},
		"reversed":    {func(n *transfer.New) { n.Facts.Expires = 1 }, "expires:before_registration"},
		"negative":    {func(n *transfer.New) { fee := cents.Amount(-1, money.CHF); n.Fee = &fee }, "fee:number_too_small"},
		"tomorrow":    {func(n *transfer.New) { n.Started = d.clock.Now().Add(time.Hour) }, "started:date_in_future"},
	} {
		n := larici()
		test.change(&n)
		if _, err := d.Add(d.ctx, n); err == nil || err.Error() != "invalid "+test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	if len(d.vault) != 0 || len(d.journal.Entries) != 0 {
		t.Error("something refused was kept")
	}
}

// Every exported method, by everybody: who may not is refused, and what is another organization's is not found.
func TestWhoMay(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	d.must(d.Fail(d.ctx, id, transfer.Failure{}))
	list := []byte("corte-solari.ch;abc123")
	text := "x"
	acts := map[string]func(ctx context.Context) error{
		"List":     func(ctx context.Context) error { _, err := d.List(ctx, transfer.Filter{}); return err },
		"Get":      func(ctx context.Context) error { _, err := d.Get(ctx, id); return err },
		"Add":      func(ctx context.Context) error { _, err := d.Add(ctx, transfer.New{}); return err },
		"Currency": func(ctx context.Context) error { _, err := d.Currency(ctx); return err },
		"Update":   func(ctx context.Context) error { return d.Update(ctx, id, 0, transfer.Update{Holder: &text}) },
		"Answer":   func(ctx context.Context) error { return d.Answer(ctx, id, "invented", true) },
		"NoteRecords": func(ctx context.Context) error {
			return d.NoteRecords(ctx, id, strings.Repeat("x", transfer.MaxRecords+1))
		},
		"Remove":      func(ctx context.Context) error { return d.Remove(ctx, "none") },
		"Advance":     func(ctx context.Context) error { return d.Advance(ctx, id, transfer.Requested) },
		"Fail":        func(ctx context.Context) error { return d.Fail(ctx, id, transfer.Failure{}) },
		"NoteRestart": func(ctx context.Context) error { return d.NoteRestart(ctx, id, false) },
		"Restarted":   func(ctx context.Context) error { return d.Restarted(ctx, id) },
		"SetCode":     func(ctx context.Context) error { return d.SetCode(ctx, id, "") },
		"RevealCode":  func(ctx context.Context) error { _, err := d.RevealCode(ctx, id, password); return err },
		"Read":        func(ctx context.Context) error { _, err := d.Read(ctx, id, []byte("x")); return err },
		"Calendar":    func(ctx context.Context) error { _, err := d.Calendar(ctx, id, words.Locale{}); return err },
		"Preview":     func(ctx context.Context) error { _, err := d.Preview(ctx, list, nil); return err },
		"Outline":     func(ctx context.Context) error { _, err := d.Outline(ctx, list, nil); return err },
		"Import":      func(ctx context.Context) error { _, err := d.Import(ctx, nil, nil); return err },
	}
	may := map[access.Role]bool{access.LegalRepresentative: true, access.Administrator: true, access.Collaborator: true}
	for name, act := range acts {
		if err := act(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("%s by nobody: %v", name, err)
		}
		for _, role := range access.Roles() {
			err := act(testkit.As(t, role))
			if refused := fault.CodeOf(err) == fault.Forbidden; refused == may[role] {
				t.Errorf("%s by %s: %v", name, role, err)
			}
		}
	}
	stranger := access.With(t.Context(), access.Actor{AccountID: "account-2", OrganizationID: "org-2", Role: access.LegalRepresentative})
	for _, name := range []string{"Get", "Update", "Answer", "NoteRecords", "Advance", "Fail", "NoteRestart", "Restarted", "SetCode", "RevealCode", "Read", "Calendar"} {
		if err := acts[name](stranger); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s from another organization: %v", name, err)
		}
	}
	if l, err := d.List(stranger, transfer.Filter{}); err != nil || len(l.Entries) != 0 || l.All != 0 {
		t.Errorf("another organization lists %v, %v", l, err)
	}
	if w, err := d.Waiting(testkit.As(t, access.External)); err != nil || len(w) != 0 {
		t.Errorf("an external person is told of %v, %v", w, err)
	}
}

func TestListsFindAndSort(t *testing.T) {
	d := newDesk(t)
	failed := d.add(larici())
	d.must(d.Fail(d.ctx, failed, transfer.Failure{Message: []byte(locked)}))
	for _, name := range []string{"corte-solari.ch", "müller-söhne.de"} {
		d.clock.Advance(time.Minute)
		d.add(transfer.New{Domain: name})
	}
	done := d.add(transfer.New{Domain: "caffe-aurora.ch", Registrar: "Südwind"})
	d.must(d.Advance(d.ctx, done, transfer.Done))
	for _, test := range []struct {
		filter transfer.Filter
		want   string
	}{
		{transfer.Filter{}, "tre-larici.com xn--mller-shne-kcb9d.de corte-solari.ch caffe-aurora.ch"},
		{transfer.Filter{Search: "LARICI chur"}, "tre-larici.com"},
		{transfer.Filter{Search: "muller"}, "xn--mller-shne-kcb9d.de"},
		{transfer.Filter{Search: "sudwind"}, "caffe-aurora.ch"},
		{transfer.Filter{Search: "nothing"}, ""},
		{transfer.Filter{Show: "open"}, "xn--mller-shne-kcb9d.de corte-solari.ch"},
	} {
		l, err := d.List(d.ctx, test.filter)
		d.must(err)
		got := []string{}
		for _, e := range l.Entries {
			got = append(got, e.Domain)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v: %v, want %s", test.filter, got, test.want)
		}
		if l.All != 4 || l.Open != 2 || l.Failed != 1 || l.Done != 1 {
			t.Errorf("%d in all, %d open, %d failed, %d done", l.All, l.Open, l.Failed, l.Done)
		}
	}
	w, err := d.Waiting(d.ctx)
	if err != nil || len(w) != 1 || w[0].Params["domain"] != "tre-larici.com" || w[0].Params["cause"] != string(transfer.Locked) {
		t.Errorf("waiting %+v, %v", w, err)
	}
}

func TestAListIsImportedWholeOrNotAtAll(t *testing.T) {
	d := newDesk(t)
	d.add(larici())
	list := []byte("\ufeffDominio;Codice\r\ncorte-solari.ch;aB;3\r\ncaffè-aurora.ch;\"x;y\"\r\ntre-larici.com;zz\r\nwww.a-b.ch;zz\r\ncaffè-aurora.ch;other\r\n")
	rows, err := d.Preview(d.ctx, list, nil)
	d.must(err)
	got := []string{}
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Line, " ", r.Reason))
	}
	want := []string{"2 too_many_columns", "3 ", "4 already_here", "5 not_registrable", "6 duplicate"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	n, err := d.Import(d.ctx, list, nil)
	if err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	l, err := d.List(d.ctx, transfer.Filter{Search: "caffe"})
	d.must(err)
	if _, err := d.RevealCode(d.ctx, l.Entries[0].ID, "wrong"); err == nil || err.Error() != "invalid password:wrong_password" {
		t.Errorf("with a wrong password: %v", err)
	}
	if code, err := d.RevealCode(d.ctx, l.Entries[0].ID, password); err != nil || code != "x;y" {
		t.Errorf("code %q, %v", code, err)
	}
}

func TestRemovingTakesTheCodeAlong(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	d.must(d.Fail(d.ctx, id, transfer.Failure{Message: []byte(locked)}))
	d.must(d.Remove(d.ctx, id))
	for _, table := range []string{"transfer", "transfer_attempt", "transfer_message"} {
		if n, err := sqlite.One(d.ctx, d.db.Reader(), sqlite.Value[int], "SELECT count(*) FROM "+table); err != nil || n != 0 {
			t.Errorf("%s: %d, %v", table, n, err)
		}
	}
	if len(d.vault) != 0 {
		t.Errorf("vault %v", d.vault)
	}
}

func TestACodeGoesWithItsOrganization(t *testing.T) {
	d := newDesk(t)
	id := d.add(larici())
	testkit.Exec(t, d.db, "INSERT INTO sealed (place, row, field, box, updated_at) VALUES ('transfer', ?, 'code', x'00', 0), ('other', ?, 'code', x'00', 0)", id, id)
	testkit.Exec(t, d.db, "DELETE FROM organization WHERE id = 'org-1'")
	left, err := sqlite.All(d.ctx, d.db.Reader(), sqlite.Value[string], "SELECT place FROM sealed")
	if err != nil || !slices.Equal(left, []string{"other"}) {
		t.Errorf("left in the vault: %v, %v", left, err)
	}
}

func TestCalendarIsStable(t *testing.T) {
	d := newDesk(t)
	n := larici()
	n.Facts.Moved, _ = day.Parse("2026-10-20")
	id := d.add(n)
	d.must(d.Fail(d.ctx, id, transfer.Failure{Message: []byte(locked)}))
	d.must(d.SetCode(d.ctx, id, "fresh"))
	known := ""
	for _, locale := range []string{"it", "es", "fr", "de", "en"} {
		got, err := d.Calendar(d.ctx, id, words.In(locale, ""))
		d.must(err)
		if n := strings.Count(got, "\n"); n == 0 || n != strings.Count(got, "\r\n") {
			t.Errorf("%s: lines of a calendar end with CR and LF on every system", locale)
		}
		events := testkit.ReadCalendar(t, []byte(got))
		uids := strings.Join(slices.Sorted(maps.Keys(events)), " ")
		if len(events) != strings.Count(got, "BEGIN:VEVENT") || known != "" && uids != known {
			t.Errorf("%s: another program reads %v", locale, events)
		}
		known = uids
		got = strings.ReplaceAll(got, "\r\n", "\n")
		golden := filepath.Join("testdata", "calendar-"+locale+".ics")
		if os.Getenv("UPDATE") != "" {
			d.must(os.WriteFile(golden, []byte(got), 0o600))
		}
		want, err := os.ReadFile(golden)
		d.must(err)
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: %s", locale, diff)
		}
	}
}
