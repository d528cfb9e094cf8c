package quote

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kontor/internal/area/organization"
	"kontor/internal/area/partner"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// real are the partner's own prices, as the application wires them.
type real struct{}

func (real) Catalogue(ctx context.Context, q sqlite.Queryer, organizationID, book string) (Catalogue, error) {
	t, err := partner.Catalogue(ctx, q, organization.NewDirectory(nil), organizationID, book, day.Date(2026, 11, 20))
	return Catalogue(t), err
}

// known are clients by the account that may see them; "" sees all.
type known map[string][]Choice

func (k known) Client(context.Context, string) (Client, error) {
	return Client{}, fault.New(fault.NotFound, "")
}

func (k known) Clients(ctx context.Context) ([]Choice, error) {
	a := access.From(ctx)
	if a.Can(access.ManageClients) {
		return k[""], nil
	}
	return k[a.AccountID], nil
}

var larici = Choice{ID: "c1", Name: "Hotel Tre Larici", Access: "full", Means: "partner"}

type named struct{}

func (named) CurrentName(context.Context) (string, error) { return "Studio Ponteri SA", nil }

type world struct {
	*Service
	db      *sqlite.DB
	journal *testkit.Journal
	clock   *testkit.Clock
	post    *postbox
}

func newWorld(t *testing.T) *world {
	t.Helper()
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	journal, post := &testkit.Journal{}, &postbox{set: true}
	clients := known{"": {larici, {ID: "c2", Name: "Panetteria Solari"}}, "account-2": {larici}}
	return &world{NewService(Options{DB: db, Journal: journal, Prices: real{}, Clients: clients, Names: named{}, Sender: letterhead{}, Post: post, Opener: post, Clock: day.Clock{Now: db.Now}}), db, journal, clock, post}
}

func legal(t *testing.T) context.Context { return testkit.As(t, access.LegalRepresentative) }

// worker is a collaborator who may see one client, or none.
func worker(t *testing.T, account string) context.Context {
	return access.With(t.Context(), access.Actor{AccountID: account, SessionID: "s", OrganizationID: "org-1", Role: access.Collaborator})
}

// published is the published example as a quote: discount beside cashback, and a domain for a year.
func published() Form {
	return Form{
		ClientID: "c1", Language: "de", Book: "shipped-chf", ValidUntil: "2026-12-20", VAT: "swiss", Exclusions: []string{"setup", "domains"},
		Lines: []LineForm{
			{Product: "web_hosting", Months: 1, Operation: "order", Managed: true},
			{Product: "domain_ch", Months: 12, Operation: "renewal", Managed: true},
		},
		Scenarios: []ScenarioForm{
			{Access: "full", Means: "partner", Orders: "partner", Rate: "20", Quantities: []string{"35", "2"}, Margin: "10"},
			{Access: "full", Means: "client", Orders: "partner", Rate: "20", Quantities: []string{"35", "2"}},
			{Access: "limited", Means: "client", Orders: "client", Rate: "20", Quantities: []string{"10", "2"}},
		},
	}
}

func (w *world) save(t *testing.T, f Form) Quote {
	t.Helper()
	id, err := w.Save(legal(t), "", 0, f)
	if err != nil {
		t.Fatal(err)
	}
	return w.get(t, id)
}

func (w *world) get(t *testing.T, id string) Quote {
	t.Helper()
	q, err := w.Get(legal(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// The published figures, side by side: the discount and the cashback are worth the same.
func TestScenariosSideBySide(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	type figures struct{ outcome, payer, charged, offer, gain, earned, groups, first string }
	got := []figures{}
	for _, s := range q.Answer.Scenarios {
		groups, first := "", ""
		for _, g := range s.Groups {
			groups += fmt.Sprintf("%s %d: %s → %s; ", g.By, g.Months, g.Net.Decimal(), g.Total.Decimal())
		}
		for _, f := range s.First {
			first += string(f.By) + " " + f.Total.Decimal()
		}
		got = append(got, figures{
			string(s.Outcome), string(s.Payer), s.Year.Charged.Decimal(), s.Year.Offer.Decimal(), s.Year.Gain.Decimal(), s.Year.Earned.Decimal(), groups, first,
		})
	}
	want := []figures{
		// 12 × 208.32 + 17.04; with 10 %: 12 × 229.15 + 18.74
		{"discount", "partner", "2516.88", "2768.54", "629.22", "251.66", "partner 1: 229.15 → 247.71; partner 12: 18.74 → 20.26; ", "partner 2992.78"},
		// 12 × 260.40 + 21.30; cashback 12 × 52.08 + 4.26. Infomaniak adds the VAT.
		{"cashback", "client", "3146.10", "3146.10", "629.22", "629.22", "infomaniak 1: 260.40 → 260.40; infomaniak 12: 21.30 → 21.30; ", "infomaniak 3146.10"},
		// 10 pieces: 12 × 89.28 + 21.30
		{"cashback", "client", "1092.66", "1092.66", "218.58", "218.58", "infomaniak 1: 89.28 → 89.28; infomaniak 12: 21.30 → 21.30; ", "infomaniak 1092.66"},
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("scenario %d:\n got %v\nwant %v", i+1, got[i], want[i])
		}
	}
	if q.Number() != "2026-0001" || q.Recipient.Name != larici.Name || !slices.Equal(q.Exclusions, []Exclusion{"domains", "setup"}) || q.State != Draft {
		t.Errorf("%+v", q)
	}
	if diff := w.journal.Entries[0]; diff.Action != audit.ItemAdded || diff.ObjectName != "2026-0001" {
		t.Errorf("journal: %+v", diff)
	}
}

func TestOwnPriceGoesBeforeTheMargin(t *testing.T) {
	w := newWorld(t)
	f := published()
	f.Scenarios = f.Scenarios[:1]
	f.Scenarios[0].Prices = []string{"7.5", ""}
	s := w.save(t, f).Answer.Scenarios[0]
	if s.Lines[0].Offer.String() != "CHF 262.50" || s.Lines[0].Earned.String() != "CHF 54.18" || s.Lines[1].Offer.String() != "CHF 18.74" {
		t.Errorf("%v %v %v", s.Lines[0].Offer, s.Lines[0].Earned, s.Lines[1].Offer)
	}
	f.Scenarios[0].Prices[0] = "5"
	if s := w.save(t, f).Answer.Scenarios[0]; s.Lines[0].Earned.String() != "CHF -33.32" {
		t.Errorf("below cost: %v", s.Lines[0].Earned)
	}
}

// Pieces that the partner holds elsewhere lift the step of each line, and nothing else.
func TestPooledVolume(t *testing.T) {
	w := newWorld(t)
	f := published()
	f.Lines, f.Scenarios = f.Lines[:1], f.Scenarios[:1]
	f.Scenarios[0].Quantities, f.Scenarios[0].Margin = []string{"10"}, ""
	for pooled, want := range map[string]string{"": "CHF 71.42", "19": "CHF 63.49", "25": "CHF 59.52"} {
		f.Scenarios[0].Pooled = pooled
		if got := w.save(t, f).Answer.Scenarios[0].Groups[0].Net.String(); got != want {
			t.Errorf("%s elsewhere: %s, want %s", pooled, got, want)
		}
	}
}

func TestBadFormsAreRefused(t *testing.T) {
	w := newWorld(t)
	for want, change := range map[string]func(*Form){
		"lines:required":                            func(f *Form) { f.Lines = nil },
		"lines:too_many":                            func(f *Form) { f.Lines = make([]LineForm, MaxLines+1) },
		"lines.1.product:not_in_list":               func(f *Form) { f.Lines[1].Product = "kdrive" },
		"lines.1.months:yearly_product":             func(f *Form) { f.Lines[1].Months = 3 },
		"lines.0.months:not_a_choice":               func(f *Form) { f.Lines[0].Months = 2 },
		"lines.0.operation:not_a_choice":            func(f *Form) { f.Lines[0].Operation = "gift" },
		"scenarios:required":                        func(f *Form) { f.Scenarios = nil },
		"scenarios.0.rate:rate_above_ceiling":       func(f *Form) { f.Scenarios[0].Rate = "35.5" },
		"scenarios.0.quantities.0:required":         func(f *Form) { f.Scenarios[0].Quantities = nil },
		"scenarios.1.quantities.1:number_too_small": func(f *Form) { f.Scenarios[1].Quantities[1] = "0" },
		"scenarios.1.margin:resale_client_pays":     func(f *Form) { f.Scenarios[1].Margin = "5" },
		"scenarios.2.margin:resale_full_access":     func(f *Form) { f.Scenarios[2].Prices = []string{"12"} },
		"scenarios.2.orders:limited_no_order":       func(f *Form) { f.Scenarios[2].Orders = "partner" },
		"scenarios.0.pooled:number_too_large":       func(f *Form) { f.Scenarios[0].Pooled = "1000001" },
		"scenarios.0.prices.0:too_many_digits":      func(f *Form) { f.Scenarios[0].Prices = []string{"1.1234567"} },
		"scenarios.0.access:not_a_choice":           func(f *Form) { f.Scenarios[0].Access = "half" },
		"vat:not_a_choice":                          func(f *Form) { f.VAT = "none" },
		"validUntil:date_in_past":                   func(f *Form) { f.ValidUntil = "2026-11-19" },
		"validUntil:not_a_date":                     func(f *Form) { f.ValidUntil = "2026-02-30" },
		"validUntil:required":                       func(f *Form) { f.ValidUntil = "" },
		"language:not_a_choice":                     func(f *Form) { f.Language = "rm" },
		"client:not_a_choice":                       func(f *Form) { f.ClientID = "c9" },
		"name:required":                             func(f *Form) { f.ClientID = "" },
		"note:too_long":                             func(f *Form) { f.Note = strings.Repeat("x", MaxNote+1) },
	} {
		f := published()
		change(&f)
		_, err := w.Save(legal(t), "", 0, f)
		if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), " "+want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	f := published()
	f.Book = "nowhere"
	if _, err := w.Save(legal(t), "", 0, f); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("another's list: %v", err)
	}
	if len(w.journal.Entries) != 0 {
		t.Errorf("refused, yet told: %+v", w.journal.Entries)
	}
}

// The life of a quote: each change is one entry of the journal, and what was sent stays.
func TestTheLifeOfAQuote(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	q := w.save(t, published())
	f := q.Form()
	f.Scenarios[0].Quantities[0] = "40"
	if _, err := w.Save(ctx, q.ID, q.Version, f); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Save(ctx, q.ID, q.Version, f); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("changed twice: %v", err)
	}
	q = w.get(t, q.ID)
	if q.Basis.Scenarios[0].Items[0].Quantity != 40 {
		t.Error("the change is lost")
	}
	must(t, w.Send(ctx, q.ID, q.Version))
	if _, err := w.Save(ctx, q.ID, q.Version+1, f); fault.ReasonOf(err) != ReasonState {
		t.Errorf("a sent quote was changed: %v", err)
	}
	if err := w.Discard(ctx, q.ID, q.Version+1); fault.ReasonOf(err) != ReasonState {
		t.Errorf("a sent quote was discarded: %v", err)
	}
	second, err := w.Revise(ctx, q.ID)
	must(t, err)
	r := w.get(t, second)
	if r.Number() != "2026-0001/2" || r.Revises != q.ID || r.State != Draft {
		t.Errorf("%+v", r)
	}
	must(t, w.Send(ctx, r.ID, r.Version))
	if err := w.Accept(ctx, q.ID, q.Version+1, Acceptance{Scenario: 1}); fault.ReasonOf(err) != ReasonRevised {
		t.Errorf("the old revision was accepted: %v", err)
	}
	if err := w.Accept(ctx, r.ID, r.Version+1, Acceptance{Scenario: 4}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a scenario that there is not: %v", err)
	}
	must(t, w.Accept(ctx, r.ID, r.Version+1, Acceptance{Scenario: 2}))
	if got := w.get(t, r.ID); got.State != Accepted || got.Accepted != 2 {
		t.Errorf("%+v", got)
	}
	if err := w.Decline(ctx, r.ID, r.Version+2); fault.ReasonOf(err) != ReasonState {
		t.Errorf("declined after all: %v", err)
	}
	copied, err := w.Duplicate(ctx, r.ID)
	must(t, err)
	if c := w.get(t, copied); c.Number() != "2026-0002" || c.ValidUntil.String() != "2026-12-20" || c.Accepted != 0 {
		t.Errorf("%s until %s", c.Number(), c.ValidUntil)
	}
	must(t, w.Discard(ctx, copied, 1))
	if _, err := w.Get(ctx, copied); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("discarded: %v", err)
	}
	told := []string{}
	for _, e := range w.journal.Entries {
		told = append(told, string(e.Action)+" "+e.ObjectName)
	}
	want := []string{
		"item_added 2026-0001", "item_changed 2026-0001", "item_changed 2026-0001", "item_added 2026-0001/2", "item_changed 2026-0001/2",
		"item_changed 2026-0001/2", "item_added 2026-0002", "item_deleted 2026-0002",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told %q", told)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAQuoteExpires(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	f := published()
	f.ValidUntil = "2026-11-25"
	q := w.save(t, f)
	must(t, w.Send(ctx, q.ID, q.Version))
	if near, err := w.Ending(ctx); err != nil || len(near) != 1 || near[0].Number != "2026-0001" {
		t.Errorf("ending: %+v, %v", near, err)
	}
	w.clock.Advance(6 * 24 * time.Hour)
	if got := w.get(t, q.ID).StateOn(w.Today(ctx)); got != Expired {
		t.Errorf("state %s", got)
	}
	if err := w.Accept(ctx, q.ID, q.Version+1, Acceptance{Scenario: 1}); fault.ReasonOf(err) != ReasonExpired {
		t.Errorf("accepted after its end: %v", err)
	}
	p, err := w.List(ctx, Filter{Show: "past", Sort: "number", Limit: 10})
	if err != nil || p.Found != 1 || p.Entries[0].State != Expired || p.Counts != (Counts{All: 1, Past: 1}) {
		t.Errorf("%+v, %v", p, err)
	}
	again, err := w.Revise(ctx, q.ID)
	must(t, err)
	r := w.get(t, again)
	if r.ValidUntil.String() != "2026-12-01" { // five days from today, as the first had
		t.Errorf("valid until %s", r.ValidUntil)
	}
	w.clock.Advance(30 * 24 * time.Hour)
	if err := w.Send(ctx, r.ID, r.Version); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("sent after its end: %v", err)
	}
}

func TestTheDatabaseRefusesToChangeASentQuote(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	must(t, w.Send(legal(t), q.ID, q.Version))
	err := w.db.Write(t.Context(), func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(t.Context(), "UPDATE quote_frozen SET text = replace(text, '208.32', '208.25')")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "does not change") {
		t.Errorf("changed: %v", err)
	}
}

// Who × what. Others' quotes are not there for a collaborator who may not see the client.
func TestPermissions(t *testing.T) {
	type act func(w *world, ctx context.Context, q Quote) error
	acts := map[string]act{
		"list": func(w *world, ctx context.Context, _ Quote) error {
			_, err := w.List(ctx, Filter{Sort: "number", Limit: 1})
			return err
		},
		"clients": func(w *world, ctx context.Context, _ Quote) error { _, err := w.Service.Clients(ctx); return err },
		"preview": func(w *world, ctx context.Context, q Quote) error { _, _, err := w.Preview(ctx, q.Form()); return err },
		"create": func(w *world, ctx context.Context, q Quote) error {
			f := q.Form()
			f.ClientID = ""
			_, err := w.Save(ctx, "", 0, f)
			return err
		},
		"get": func(w *world, ctx context.Context, q Quote) error { _, err := w.Get(ctx, q.ID); return err },
		"change": func(w *world, ctx context.Context, q Quote) error {
			f := q.Form()
			f.ClientID = ""
			_, err := w.Save(ctx, q.ID, q.Version, f)
			return err
		},
		"send":      func(w *world, ctx context.Context, q Quote) error { return w.Send(ctx, q.ID, q.Version) },
		"discard":   func(w *world, ctx context.Context, q Quote) error { return w.Discard(ctx, q.ID, q.Version) },
		"duplicate": func(w *world, ctx context.Context, q Quote) error { _, err := w.Duplicate(ctx, q.ID); return err },
		"recompute": func(w *world, ctx context.Context, q Quote) error { _, err := w.Recompute(ctx, q.ID); return err },
		"export":    func(w *world, ctx context.Context, q Quote) error { return w.Exported(ctx, q.ID, "pdf") },
		"ending":    func(w *world, ctx context.Context, _ Quote) error { _, err := w.Ending(ctx); return err },
		"accept": func(w *world, ctx context.Context, q Quote) error {
			return w.Accept(ctx, q.ID, q.Version, Acceptance{Scenario: 1})
		},
		"decline": func(w *world, ctx context.Context, q Quote) error { return w.Decline(ctx, q.ID, q.Version) },
		"revise":  func(w *world, ctx context.Context, q Quote) error { _, err := w.Revise(ctx, q.ID); return err },
	}
	general := []string{"list", "clients", "preview", "create", "ending"} // about no quote
	late := []string{"accept", "decline", "revise"}                       // of a sent quote
	w := newWorld(t)
	testkit.Exec(t, w.db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Other', 'CHF', 0, 0)`)
	for who, c := range map[string]struct {
		ctx  context.Context
		want fault.Code
	}{
		"legal":              {legal(t), ""},
		"administrator":      {testkit.As(t, access.Administrator), ""},
		"sees the client":    {worker(t, "account-2"), ""},
		"sees no client":     {worker(t, "account-3"), fault.NotFound},
		"external":           {testkit.As(t, access.External), fault.Forbidden},
		"nobody":             {t.Context(), fault.Unauthenticated},
		"other organization": {access.With(t.Context(), access.Actor{AccountID: "x", OrganizationID: "org-2", Role: access.LegalRepresentative}), fault.NotFound},
	} {
		for name, do := range acts {
			q := w.save(t, published())
			if slices.Contains(late, name) {
				must(t, w.Send(legal(t), q.ID, q.Version))
				q.Version++
			}
			want := c.want
			if want == fault.NotFound && slices.Contains(general, name) {
				want = ""
			}
			before := len(w.journal.Entries)
			if err := do(w, c.ctx, q); fault.CodeOf(err) != want {
				t.Errorf("%s, %s: %v, want %q", who, name, err, want)
			}
			if want != "" && len(w.journal.Entries) != before {
				t.Errorf("%s, %s: refused, yet told", who, name)
			}
		}
	}
}

func TestACollaboratorSeesOwnQuotesAndThoseOfItsClients(t *testing.T) {
	w := newWorld(t)
	w.save(t, published())
	f := published()
	f.ClientID = "c2"
	w.save(t, f)
	f.ClientID, f.Name = "", "A prospect"
	if _, err := w.Save(worker(t, "account-2"), "", 0, f); err != nil {
		t.Fatal(err)
	}
	for account, want := range map[string]string{"account-2": "2026-0001 2026-0003", "account-3": ""} {
		p, err := w.List(worker(t, account), Filter{Sort: "number", Limit: 10})
		numbers := []string{}
		for _, e := range p.Entries {
			numbers = append(numbers, e.Number)
		}
		if got := strings.Join(numbers, " "); err != nil || got != want || p.Counts.All != len(numbers) {
			t.Errorf("%s sees %q, %v", account, got, err)
		}
	}
}

func TestListFindsAndSorts(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"Óptica Llorente", "Bäckerei Zgraggen", "óptica Marín"} {
		f := published()
		f.ClientID, f.Name = "", name
		w.save(t, f)
	}
	for search, want := range map[string]string{
		"": "2026-0001 2026-0002 2026-0003", "optica": "2026-0001 2026-0003", "OPT mar": "2026-0003", "0002": "2026-0002",
		"backerei hosting": "2026-0002", `"'); DROP`: "", "zz": "",
	} {
		p, err := w.List(legal(t), Filter{Search: search, Sort: "number", Limit: 10})
		got := []string{}
		for _, e := range p.Entries {
			got = append(got, e.Number)
		}
		if err != nil || strings.Join(got, " ") != want || p.Found != len(got) {
			t.Errorf("%q: %q of %d, %v", search, got, p.Found, err)
		}
	}
	for sort, want := range map[string]string{"recipient": "Bäckerei Zgraggen", "number": "Óptica Llorente", "until": "Óptica Llorente", "offer": "Óptica Llorente"} {
		if p, err := w.List(legal(t), Filter{Sort: sort, Limit: 1}); err != nil || p.Entries[0].Recipient != want || p.Found != 3 {
			t.Errorf("by %s: %+v, %v", sort, p, err)
		}
	}
	if p, err := w.List(legal(t), Filter{Sort: "number", Descending: true, Offset: 1, Limit: 1}); err != nil || p.Entries[0].Number != "2026-0002" {
		t.Errorf("from the end: %+v, %v", p, err)
	}
	for _, f := range []Filter{{Show: "all", Sort: "number", Limit: 1}, {Sort: "name", Limit: 1}, {Sort: "number"}, {Sort: "number", Limit: 1, Offset: -1}} {
		if _, err := w.List(legal(t), f); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

// Prices change, steps change, terms change: what was quoted stays, and computes to the same.
func TestAQuoteOutlivesItsPrices(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	prices := partner.NewService(partner.Options{DB: w.db, Journal: w.journal, Organizations: organization.NewDirectory(w.db), Clock: day.Clock{Now: w.db.Now}})
	book, err := prices.SaveBook(ctx, partner.BookDraft{Currency: "CHF", ValidFrom: "2026-11-01", Source: "x", Lines: []partner.LineDraft{
		{Product: "web_hosting", Price: "9.92", Per: "month", Degressive: true, Origin: "published"}, {Product: "domain_ch", Price: "10.65", Per: "year", Origin: "own"},
	}})
	must(t, err)
	f := published()
	f.Book = book
	q := w.save(t, f)
	must(t, prices.DeleteBook(ctx, book))
	must(t, prices.SaveSchedule(ctx, partner.ScheduleDraft{ID: "shipped", Mode: "graduated", ValidFrom: "2026-11-20", Tiers: []partner.TierDraft{{From: "2", Percent: "50", Origin: "own"}}}))
	must(t, prices.SaveTerms(ctx, partner.TermsDraft{Rate: "10", Ceiling: "15", Base: "before", Country: "22"}))
	must(t, prices.SaveVATRates(ctx, []partner.VATDraft{{From: "2024-01-01", Rate: "9", Source: "x"}}, 0))
	after := w.get(t, q.ID)
	if after.Answer.Scenarios[0].First[0].Total != q.Answer.Scenarios[0].First[0].Total {
		t.Error("the quote has changed")
	}
	proof, err := w.Recompute(ctx, q.ID)
	if err != nil || !proof.Same || proof.Figures < 20 || len(proof.Differences) != 0 {
		t.Errorf("%+v, %v", proof, err)
	}
	if _, err := w.Save(ctx, q.ID, q.Version, q.Form()); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a draft was frozen anew from a list that is gone: %v", err)
	}
}

// Recompute tells where a figure is not what its basis says.
func TestRecomputeSeesAChangedFigure(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	testkit.Exec(t, w.db, `UPDATE quote_frozen SET text = replace(text, '"rounded":{"amount":"208.32"', '"rounded":{"amount":"208.25"')`)
	proof, err := w.Recompute(legal(t), q.ID)
	if err != nil || proof.Same || len(proof.Differences) != 2 || proof.Differences[0].Line != 0 {
		t.Errorf("%+v, %v", proof, err)
	}
}

// Any basis gives the same bytes when it is computed again from what was kept of it.
func TestFrozenComputesToTheSameCents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyBasis(t)
		text, _, err := freeze(b)
		if fault.CodeOf(err) == fault.Invalid {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		proof, err := prove(text)
		if err != nil || !proof.Same {
			t.Fatalf("%+v, %v\n%s", proof, err, text)
		}
	})
}

func anyBasis(t *rapid.T) Basis {
	rate := func(name string) money.Rate {
		r, _ := money.ParseRate(money.Factor(rapid.IntRange(0, 1_000_000).Draw(t, name)).Exact().Mul(100).Text(0))
		return r
	}
	currency := rapid.SampledFrom(money.Currencies()).Draw(t, "currency")
	price := func(name string) money.Price {
		p, _ := money.ParsePrice(money.Factor(rapid.Uint64Range(0, 9_999_999_999).Draw(t, name)).Exact().Text(0), currency)
		return p
	}
	b := Basis{
		Rules: 1, Base: rapid.SampledFrom([]pricing.Base{pricing.AfterDegressive, pricing.BeforeDegressive}).Draw(t, "base"), Ceiling: money.Percent(100),
		Book: Book{ID: "b", Name: rapid.String().Draw(t, "book"), Currency: currency, ValidFrom: day.Date(2026, 1, 1)}, VAT: VAT{Kind: pricing.SwissVAT, Rate: rate("vat"), From: day.Date(2024, 1, 1)},
		Schedule: pricing.Schedule{Mode: rapid.SampledFrom([]pricing.Mode{pricing.Volume, pricing.Graduated}).Draw(t, "mode"), ValidFrom: day.Date(2026, 1, 1), Tiers: []pricing.Tier{
			{From: 5, Percent: money.Percent(5)}, {From: 35, Percent: money.Percent(25)},
		}},
	}
	for range rapid.IntRange(1, 4).Draw(t, "lines") {
		b.Lines = append(b.Lines, Line{
			Article: pricing.Line{Product: "web_hosting", Price: price("price"), Per: rapid.SampledFrom([]pricing.Per{pricing.PerMonth, pricing.PerYear}).Draw(t, "per"), Degressive: rapid.Bool().Draw(t, "degressive")},
			Months:  rapid.SampledFrom([]int{1, 3, 12, 24, 36}).Draw(t, "months"), Operation: pricing.Order, Managed: rapid.Bool().Draw(t, "managed"),
		})
	}
	for range rapid.IntRange(1, 3).Draw(t, "scenarios") {
		party := rapid.SampledFrom([]pricing.Party{pricing.Client, pricing.Partner})
		s := Scenario{
			Access: rapid.SampledFrom([]pricing.Access{pricing.FullAccess, pricing.LimitedAccess}).Draw(t, "access"), Means: party.Draw(t, "means"),
			Orders: party.Draw(t, "orders"), Rate: rate("rate"),
		}
		if s.resells() {
			margin, own := rate("margin"), price("own")
			s.Margin = &margin
			s.Items = append(s.Items, Item{Quantity: rapid.Int64Range(1, 1000).Draw(t, "quantity"), Own: &own})
		}
		for len(s.Items) < len(b.Lines) {
			s.Items = append(s.Items, Item{Quantity: rapid.Int64Range(1, 1000).Draw(t, "quantity")})
		}
		b.Scenarios = append(b.Scenarios, s)
	}
	return b
}

// What another list would do to quotes that nobody has answered, and to no other.
func TestEffectOfAnotherList(t *testing.T) {
	w := newWorld(t)
	ctx := legal(t)
	first := w.save(t, published()) // 35 hostings: 229.15
	small := published()
	for i := range small.Scenarios {
		small.Scenarios[i].Quantities = []string{"1", "2"}
	}
	w.save(t, small)
	other := published()
	other.Lines, other.Scenarios = other.Lines[1:], other.Scenarios[1:2]
	other.Scenarios[0].Quantities = []string{"2"}
	w.save(t, other) // a domain, which the list does not have
	done := w.save(t, published())
	must(t, w.Send(ctx, done.ID, done.Version))
	must(t, w.Decline(ctx, done.ID, done.Version+1))
	line := first.Basis.Lines[0].Article
	price, err := money.ParsePrice("10", money.CHF)
	must(t, err)
	line.Price = price
	var e Effect
	must(t, w.db.View(ctx, func(q sqlite.Queryer) error {
		e, err = w.Effect(ctx, q, "org-1", pricing.Book{Currency: money.CHF, Lines: []pricing.Line{line}})
		return err
	}))
	if e.Open != 3 || e.Count != 2 || e.Least.String() != "CHF 0.84" || e.Most.String() != "CHF 22.20" {
		t.Errorf("%+v", e)
	}
}

// What a very common word finds is cut off at the newest, and says so; the order and the filter hold within it.
func TestASearchThatFindsTooMuch(t *testing.T) {
	s := many(t, 2*MaxHits)
	p, err := s.List(legal(t), Filter{Search: "client", Sort: "number", Limit: 10, Offset: MaxHits - 2})
	if err != nil || !p.More || p.Found != MaxHits || len(p.Entries) != 2 || p.Entries[1].Number != "2020-2000" {
		t.Errorf("%d and more: %t, %+v, %v", p.Found, p.More, p.Entries, err)
	}
	if p, err = s.List(legal(t), Filter{Search: "client", Sort: "number", Limit: 10}); err != nil || p.Entries[0].Number != "2020-1001" {
		t.Errorf("it begins with %+v, %v", p.Entries[0], err)
	}
	if p, err = s.List(legal(t), Filter{Search: "client", Show: "draft", Sort: "number", Limit: 10}); err != nil || p.More || p.Found != 400 || p.Entries[0].Number != "2020-0001" {
		t.Errorf("drafts: %d and more: %t, %v", p.Found, p.More, err)
	}
}
