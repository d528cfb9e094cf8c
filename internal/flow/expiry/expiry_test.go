package expiry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/payment"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/expiry"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// payments is an organization's renewals and cards; where none are set, its accounting may not be seen.
type payments struct {
	covers []payment.Cover
	cards  []payment.Profile
	closed bool
	added  []payment.RenewalFields
}

func (p *payments) Ahead(context.Context) (payment.Ahead, error) {
	if p.closed {
		return payment.Ahead{}, fault.New(fault.Forbidden, "")
	}
	return payment.Ahead{Covers: p.covers, Profiles: p.cards}, nil
}

func (p *payments) AddRenewalIn(ctx context.Context, tx *sqlite.Tx, f payment.RenewalFields) (string, error) {
	if f.Amount == "" {
		return "", fault.New(fault.Invalid, "").At("amount", "required")
	}
	p.added = append(p.added, f)
	id := "made-" + f.Product
	_, err := tx.ExecContext(ctx, `INSERT INTO payment_renewal (id, organization_id, product, expires_on, amount, currency, months, automatic, created_at, updated_at)
		VALUES (?, 'org-1', ?, ?, 100, 'CHF', 12, 0, 0, 0)`, id, f.Product, f.ExpiresOn)
	p.covers = append(p.covers, cover(id, f.Product, f.ExpiresOn, "100.00", payment.ByHand))
	return id, err
}

type transfers []transfer.Entry

func (t transfers) Transfers(context.Context) ([]transfer.Entry, error) { return t, nil }

// told is what a person was told.
type told struct{ subjects, letters []string }

func (t *told) Tell(_ context.Context, _ *sqlite.Tx, _ string, say func(*words.Book) (subject, letter, short string)) error {
	subject, letter, _ := say(words.For(words.Locale{Language: "en"}))
	t.subjects, t.letters = append(t.subjects, subject), append(t.letters, letter)
	return nil
}

type world struct {
	*expiry.Service
	t        *testing.T
	db       *sqlite.DB
	clock    *testkit.Clock
	ctx      context.Context
	payments *payments
	domains  transfers
	read     []expiry.There
	told     *told
	zone     *time.Location // where the person is
}

func open(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, clock: testkit.NewClock(), payments: &payments{}, told: &told{}, zone: time.UTC} // 20 November 2026
	w.db = testkit.NewDB(t, w.clock)
	testkit.Seed(t, w.db)
	w.ctx = testkit.As(t, access.LegalRepresentative)
	w.Service = expiry.NewService(expiry.Options{
		DB: w.db, Journal: &testkit.Journal{}, Payments: w.payments, Settings: settings.NewStore(w.db), Teller: w.told, Clock: day.Clock{Now: w.clock.Now, Zone: func(context.Context) *time.Location { return w.zone }},
		Places: func(ctx context.Context) ([]expiry.Place, error) {
			return []expiry.Place{{ID: "org-1", Name: "Studio Ponteri SA", Currency: money.CHF, In: ctx}}, nil
		},
		Domains: lazily(func() transfers { return w.domains }),
		Mirror:  func(context.Context) ([]expiry.There, error) { return w.read, nil },
		Payers:  func(context.Context) (map[string]bool, error) { return map[string]bool{"client-1": true}, nil },
	})
	return w
}

type lazily func() transfers

func (l lazily) Transfers(ctx context.Context) ([]transfer.Entry, error) { return l().Transfers(ctx) }

func cover(id, product, ends, amount string, status payment.Status) payment.Cover {
	a := money.Must(money.ParseAmount(amount, money.CHF))
	return payment.Cover{
		Renewal: &payment.Renewal{ID: id, Product: product, ExpiresOn: on(ends), Amount: a}, Profile: &payment.Profile{Kind: payment.Twint}, Due: a, Status: status,
	}
}

func on(text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func (w *world) list(q expiry.Query) expiry.List {
	w.t.Helper()
	if q.Limit == 0 {
		q.Limit = 100
	}
	l, err := w.List(w.ctx, q)
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

func (w *world) names(q expiry.Query) string {
	w.t.Helper()
	names := []string{}
	for _, e := range w.list(q).Rows {
		names = append(names, e.Name)
	}
	return strings.Join(names, " ")
}

func (w *world) there(kind expiry.Kind, id, name, ends string) expiry.There {
	return expiry.There{Kind: kind, ID: id, Name: name, Account: "7", Called: "Hotel Tre Larici AG", Ends: on(ends), At: w.clock.Now()}
}

// Without a connection the overview shows what is kept here, and adds up no price that nobody noted.
func TestTheOverviewIsUsefulWithoutAConnection(t *testing.T) {
	w := open(t)
	w.payments.covers = []payment.Cover{
		cover("r-1", "Mail service", "2026-12-08", "216.00", payment.CardExpired), cover("r-2", "ponteri.example", "2027-01-14", "22.40", payment.Covered),
	}
	w.payments.cards = []payment.Profile{{ID: "p-1", Kind: payment.Card, Brand: payment.Visa, Last4: "4417", Ends: 202611, Renewals: 1}, {ID: "p-2", Kind: payment.Twint}}
	w.domains = transfers{
		{Transfer: transfer.Transfer{ID: "t-1", Domain: "xn--bcher-kva.example", Stage: transfer.Failed, Facts: transfer.Facts{Expires: on("2026-11-25")}}},
		{Transfer: transfer.Transfer{ID: "t-2", Domain: "done.example", Stage: transfer.Done, Facts: transfer.Facts{Expires: on("2026-11-25")}}},
	}
	if _, err := w.AddDate(w.ctx, expiry.Date{Kind: "certificate", Name: "TLS", Ends: "2026-11-18"}); err != nil {
		t.Fatal(err)
	}
	l := w.list(expiry.Query{})
	if got := w.names(expiry.Query{}); got != "TLS bücher.example Visa 4417 Mail service ponteri.example" {
		t.Errorf("by day: %s", got)
	}
	if l.Known != 2 || l.Unknown != 1 || len(l.Sum) != 1 || l.Sum[0].String() != "CHF 238.40" || l.Open[0].String() != "CHF 216.00" || !l.Oldest.IsZero() {
		t.Errorf("known %d, unknown %d, %v, open %v, oldest %v", l.Known, l.Unknown, l.Sum, l.Open, l.Oldest)
	}
	for q, want := range map[expiry.Query]string{
		{Kind: expiry.Domain}:                          "bücher.example ponteri.example",
		{Kind: expiry.Other}:                           "TLS",
		{Text: "BUCH"}:                                 "bücher.example",
		{Until: on("2026-11-30")}:                      "TLS bücher.example Visa 4417",
		{Sort: "name", Down: true, Limit: 2}:           "Visa 4417 TLS",
		{Sort: "price", Offset: 1, Limit: 1}:           "Mail service",
		{Place: "org-1", Kind: expiry.Card}:            "Visa 4417",
		{From: on("2027-01-01"), Kind: expiry.Product}: "",
	} {
		if got := w.names(q); got != want {
			t.Errorf("%+v: %q, want %q", q, got, want)
		}
	}
	marks := 0
	for _, week := range l.Weeks {
		marks += week.Paid + week.Unpaid + week.Unclear + week.Nothing
	}
	if marks != 5 || l.Weeks[0].From.Time().Weekday() != time.Monday || l.Weeks[0].From > on("2026-11-16") {
		t.Errorf("%d marks from %v", marks, l.Weeks[0].From)
	}
	w.payments.closed = true
	if got := w.names(expiry.Query{}); got != "TLS bücher.example" {
		t.Errorf("who may not see the accounting sees %q", got)
	}
	if _, err := w.List(t.Context(), expiry.Query{}); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

// What is kept here and what was read is one entry, under one key; an old reading corrects nothing.
func TestWhatIsKeptHereAndWhatWasReadIsOne(t *testing.T) {
	w := open(t)
	w.payments.covers = []payment.Cover{cover("r-1", "Ponteri.example", "2027-01-14", "22.40", payment.Covered)}
	domain := w.there(expiry.Domain, "d-1", "ponteri.example", "2027-01-15")
	domain.LinkedID = "org-1"
	other := w.there(expiry.Product, "p-1", "Mail", "2026-12-01")
	other.ClientID = "client-1"
	w.read = []expiry.There{domain, other}
	l := w.list(expiry.Query{})
	if l.Total != 2 || l.Rows[0].Pays != expiry.ByClient || l.Rows[0].Place != "@7" {
		t.Fatalf("%+v", l.Rows)
	}
	e := l.Rows[1]
	if e.Key != "renewal/r-1" || e.Ends != on("2027-01-15") || e.Noted != on("2027-01-14") || e.Price.String() != "CHF 22.40" || e.Pays != expiry.Paid {
		t.Errorf("%+v", e)
	}
	if len(l.Groups) != 2 || l.Unknown != 1 {
		t.Errorf("%+v, %d unknown", l.Groups, l.Unknown)
	}
	w.read[0].Stale = true
	if e := w.list(expiry.Query{}).Rows[1]; e.Ends != on("2027-01-14") || e.Noted != 0 || e.Stale {
		t.Errorf("an old reading: %+v", e)
	}
	bound := access.From(w.ctx)
	bound.Bound = true
	if l, err := w.List(access.With(t.Context(), bound), expiry.Query{Limit: 9}); err != nil || l.Total != 1 {
		t.Errorf("whoever a provider signed in sees %+v, %v", l.Rows, err)
	}
}

// Making it a renewal asks the price; the entry goes on under the key under which a calendar knows it.
func TestMakeItARenewal(t *testing.T) {
	w := open(t)
	w.read = []expiry.There{w.there(expiry.Product, "p-1", "Swiss Backup", "2027-02-01")}
	before, err := w.Calendar(w.ctx, expiry.Query{}, words.Locale{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Renew(w.ctx, "product/p-1", expiry.NewRenewal{Place: "org-1", Months: "12"}); fault.FieldsOf(err) == nil || fault.FieldsOf(err)[0].Name != "amount" {
		t.Errorf("without a price: %v", err)
	}
	if l := w.list(expiry.Query{}); l.Rows[0].Renewal != "" || len(l.Sum) != 0 {
		t.Errorf("something is left of it: %+v", l.Rows)
	}
	if _, err := w.Renew(w.ctx, "product/p-1", expiry.NewRenewal{Place: "org-9", Amount: "1", Months: "12"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("somebody else's organization: %v", err)
	}
	id, err := w.Renew(w.ctx, "product/p-1", expiry.NewRenewal{Place: "org-1", Amount: "118.80", Months: "12"})
	if err != nil || w.payments.added[0].ExpiresOn != "2027-02-01" {
		t.Fatalf("%+v, %v", w.payments.added, err)
	}
	if _, err := w.Renew(w.ctx, "product/p-1", expiry.NewRenewal{Place: "org-1", Amount: "1", Months: "12"}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("twice: %v", err)
	}
	l := w.list(expiry.Query{})
	if l.Total != 1 || l.Rows[0].Key != "product/p-1" || l.Rows[0].Renewal != id || l.Known != 1 {
		t.Fatalf("%+v", l.Rows)
	}
	w.read[0].Ends = on("2027-03-01") // corrected
	after, err := w.Calendar(w.ctx, expiry.Query{}, words.Locale{Language: "de"})
	if e := testkit.ReadCalendar(t, after)[strings.TrimPrefix(uids(before), "UID:")]; e.Start.Format(time.DateOnly) != "2027-03-01" || testkit.ReadCalendar(t, before)[strings.TrimPrefix(uids(before), "UID:")].Start.Equal(e.Start) {
		t.Errorf("another program reads %+v", e)
	}
	if err != nil || uids(before) != uids(after) || uids(after) == "" || !strings.Contains(string(after), "20270301") {
		t.Errorf("%q became %q, %v", uids(before), uids(after), err)
	}
	typed, err := w.AddDate(w.ctx, expiry.Date{Kind: "domain", Name: "elsewhere.example", Ends: "2027-01-01", Place: "org-1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Renew(w.ctx, "date/"+typed, expiry.NewRenewal{Place: "org-1", Amount: "9", Months: "12"}); err != nil {
		t.Fatal(err)
	}
	if l := w.list(expiry.Query{Text: "elsewhere"}); l.Total != 1 || l.Rows[0].Key != "date/"+typed || l.Rows[0].Renewal == "" {
		t.Errorf("a typed date that became a renewal: %+v", l.Rows)
	}
}

func uids(file []byte) string {
	list := []string{}
	for line := range strings.Lines(string(file)) {
		if strings.HasPrefix(line, "UID") {
			list = append(list, strings.TrimSpace(line))
		}
	}
	return strings.Join(list, " ")
}

// Each end is told once for each of the person's days; a corrected day anew.
func TestNoticesComeOnceForEachDayBefore(t *testing.T) {
	w := open(t)
	w.read = []expiry.There{w.there(expiry.Domain, "d-1", "ponteri.example", "2026-12-20"), w.there(expiry.Domain, "d-2", "far.example", "2027-12-20")}
	w.read[0].Stale = true
	tell := func(want int) {
		t.Helper()
		if n, err := w.Tell(w.ctx); err != nil || n != want {
			t.Errorf("on %v told of %d, want %d, %v", w.clock.Now(), n, want, err)
		}
	}
	tell(1) // 30 days before
	tell(0)
	if !strings.Contains(w.told.letters[0], "As of 20 Nov 2026") || !strings.Contains(w.told.letters[0], "20 Dec 2026 · ponteri.example") {
		t.Error(w.told.letters[0])
	}
	w.clock.Advance(23 * 24 * time.Hour)
	tell(1)
	w.read[0].Ends++
	tell(1)
	w.clock.Advance(20 * 24 * time.Hour)
	tell(0) // it has ended
	for _, bad := range [][]int{{-1}, {366}, {1, 2, 3, 4, 5, 6}} {
		if err := w.SetDays(w.ctx, bad); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
	for _, days := range [][]int{{1, 60, 1}, {}} {
		if err := w.SetDays(w.ctx, days); err != nil {
			t.Fatal(err)
		}
	}
	if days, err := w.Days(w.ctx); err != nil || len(days) != 0 {
		t.Errorf("no notice: %v, %v", days, err)
	}
	w.read[1].Ends = on("2027-01-10")
	tell(0)
}

// Home counts what is fresh, and names what is old apart.
func TestHomeKeepsOldReadingsApart(t *testing.T) {
	w := open(t)
	w.payments.covers = []payment.Cover{cover("r-1", "Mail service", "2026-12-08", "216.00", payment.CardExpired)}
	w.read = []expiry.There{
		w.there(expiry.Domain, "d-1", "soon.example", "2026-12-01"), w.there(expiry.Domain, "d-2", "old.example", "2026-12-02"),
		w.there(expiry.Domain, "d-3", "over.example", "2026-11-18"), w.there(expiry.Domain, "d-4", "later.example", "2027-12-02"),
	}
	w.read[1].Stale = true
	lines, err := w.Waiting(w.ctx)
	got := []string{}
	for _, l := range lines {
		got = append(got, l.Kind+" "+l.Params["count"]+" "+l.Params["names"])
	}
	want := []string{"expiry_over 1 over.example", "expiry_soon 1 soon.example", "expiry_old 1 old.example"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	if facts, err := w.Known(w.ctx); err != nil || facts[0].Count != 4 {
		t.Errorf("%+v, %v", facts, err)
	}
	w.read[0].LinkedID, w.read[1].LinkedID = "org-1", "org-1"
	if u, err := w.Unpriced(w.ctx, 60); err != nil || u.Count != 1 || u.Stale != 1 || u.First.Name != "soon.example" {
		t.Errorf("%+v, %v", u, err)
	}
	found, err := w.Search(w.ctx, find.Ask("larici", 2))
	if err != nil || found.Total != 2 || found.Searched != 4 {
		t.Errorf("%+v, %v", found, err)
	}
}

// A table has an empty cell where a price is not known.
func TestTheTable(t *testing.T) {
	w := open(t)
	w.read = []expiry.There{w.there(expiry.Domain, "d-1", "ponteri.example", "2026-12-20")}
	for _, format := range []string{"csv", "xlsx"} {
		if file, err := w.Sheet(w.ctx, expiry.Query{}, format, words.Locale{Language: "it", Region: "CH"}); err != nil || len(file) == 0 {
			t.Errorf("%s: %v", format, err)
		} else if format == "csv" && (!strings.Contains(string(file), "ponteri.example") || strings.Contains(string(file), "0.00")) {
			t.Errorf("%s", file)
		}
	}
}

// Typed dates are the person's own, and leave with her.
func TestTypedDatesAreOnesOwn(t *testing.T) {
	w := open(t)
	for field, d := range map[string]expiry.Date{
		"kind": {Kind: "card", Name: "a", Ends: "2027-01-01"}, "name": {Kind: "other", Ends: "2027-01-01"},
		"ends": {Kind: "other", Name: "a", Ends: "soon"}, "place": {Kind: "other", Name: "a", Ends: "2027-01-01", Place: "org-2"},
	} {
		if _, err := w.AddDate(w.ctx, d); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	id, err := w.AddDate(w.ctx, expiry.Date{Kind: "other", Name: "Lease", Ends: "2027-01-01", Place: "org-1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.UpdateDate(w.ctx, id, 7, expiry.Date{Kind: "other", Name: "Lease", Ends: "2027-01-01"}); fault.CodeOf(err) != fault.Conflict {
		t.Error(err)
	}
	if err := w.UpdateDate(w.ctx, id, 1, expiry.Date{Kind: "token", Name: "Lease", Ends: "2027-02-01"}); err != nil {
		t.Error(err)
	}
	testkit.Exec(t, w.db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
		VALUES ('account-2', 'Luca', 'Rossi', 'luca@ponteri.example', 'luca@ponteri.example', 'it', 0, 0)`)
	luca := access.With(t.Context(), access.Actor{AccountID: "account-2", Role: access.LegalRepresentative, OrganizationID: "org-1"})
	if l, err := w.List(luca, expiry.Query{Limit: 9}); err != nil || l.Total != 0 {
		t.Errorf("Luca sees %+v, %v", l.Rows, err)
	}
	if err := w.RemoveDate(luca, id); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("Luca removes it: %v", err)
	}
	sheets, err := w.Sheets(t.Context(), w.db.Reader(), "account-1")
	if err != nil || len(sheets["ends"]) != 2 {
		t.Errorf("%v, %v", sheets, err)
	}
	if err := w.RemoveDate(w.ctx, id); err != nil || w.list(expiry.Query{}).All != 0 {
		t.Error(err)
	}
}

// 10,000 ends are shown within a moment.
func TestTenThousandEnds(t *testing.T) {
	w := open(t)
	n := testkit.Rounds(10_000)
	for i := range n {
		w.read = append(w.read, w.there(expiry.Domain, fmt.Sprint(i), fmt.Sprintf("d%05d.example", i), "2027-01-01"))
	}
	l := w.list(expiry.Query{Text: "example", Sort: "name", Down: true, Offset: n - 3, Limit: 900})
	if l.Total != n || len(l.Rows) != 3 || l.Rows[2].Name != "d00000.example" {
		t.Errorf("%d of %d", len(l.Rows), l.Total)
	}
	// whoever is led to one of them is told where it stands, in the order of the list
	found, err := w.Search(w.ctx, find.Ask("d00002", 1))
	if err != nil || len(found.Hits) != 1 || found.Hits[0].Route != find.Row("/expiry", found.Hits[0].ID) {
		t.Fatalf("%+v, %v", found, err)
	}
	if l := w.list(expiry.Query{Sort: "name", Down: true, Limit: 1, Of: found.Hits[0].ID}); l.Place != n-3 {
		t.Errorf("it stands at %d of %d", l.Place, l.Total)
	}
	if l := w.list(expiry.Query{Text: "d00001", Of: found.Hits[0].ID}); l.Place != -1 {
		t.Errorf("it stands at %d of a list that it is not in", l.Place)
	}
	if _, err := w.List(w.ctx, expiry.Query{}); errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// An end is written as the same day wherever the person is, in every language: in the table, the calendar and the letter.
func TestAnEndIsWrittenAsOneDayEverywhere(t *testing.T) {
	for _, place := range []string{"Pacific/Auckland", "America/Los_Angeles"} {
		zone, err := time.LoadLocation(place)
		if err != nil {
			t.Fatal(err)
		}
		w := open(t)
		w.zone = zone
		w.read = []expiry.There{w.there(expiry.Domain, "d-1", "summer.example", "2026-07-01"), w.there(expiry.Domain, "d-2", "winter.example", "2027-01-01")}
		for locale, want := range map[string][]string{
			"en": {"1 Jan 2027", "1 Jul 2026"}, "de-CH": {"1. Jan. 2027", "1. Juli 2026"}, "fr-CH": {"1 janv. 2027", "1 juil. 2026"},
			"it-CH": {"1 gen 2027", "1 lug 2026"}, "es": {"1 ene 2027", "1 jul 2026"},
		} {
			reader := words.Parse(locale)
			for i, day := range []string{"2027-01-01", "2026-07-01"} {
				if got := words.For(reader).Day(on(day)); got != want[i] {
					t.Errorf("%s: %q, want %q", locale, got, want[i])
				}
			}
			table, err := w.Sheet(w.ctx, expiry.Query{}, "csv", reader)
			calendar, failed := w.Calendar(w.ctx, expiry.Query{}, reader)
			if err = errors.Join(err, failed); err != nil {
				t.Fatal(err)
			}
			for _, day := range []string{"2027-01-01", "2026-07-01"} {
				over := day < "2026-11" // what has ended is in no calendar
				if !strings.Contains(string(table), day) || !over && !strings.Contains(string(calendar), "VALUE=DATE:"+strings.ReplaceAll(day, "-", "")) {
					t.Errorf("%s, %s: %s is not in\n%s\n%s", place, locale, day, table, calendar)
				}
			}
		}
	}
}
