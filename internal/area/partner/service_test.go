package partner

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

func newService(t *testing.T) (*Service, *testkit.Journal, *sqlite.DB) {
	t.Helper()
	db := testkit.NewDB(t, nil)
	testkit.Seed(t, db)
	journal := &testkit.Journal{}
	return NewService(Options{DB: db, Journal: journal, Organizations: organization.NewDirectory(db), Drafts: settings.NewStore(db), Clock: day.Clock{Now: db.Now}}), journal, db
}

func legal(t *testing.T) context.Context { return testkit.As(t, access.LegalRepresentative) }

// asked is the published question as the window sends it.
func asked() Question {
	return Question{
		Book: "shipped-chf", Line: "shipped-chf-web", Quantity: "35", Rate: "20", Months: 1,
		Access: "full", Means: "partner", Orders: "partner", Managed: true, Operation: "order", VAT: "excluded",
	}
}

func bookDraft() BookDraft {
	return BookDraft{Name: "Autumn", Currency: "CHF", ValidFrom: "2026-11-01", Source: "offer of 1 November", Lines: []LineDraft{
		{Product: "web_hosting", Price: "9.92", Per: "month", Degressive: true, Origin: "published"},
		{Name: "Mail service", Price: "1.5", Per: "month", Origin: "own", Source: "phone call"},
	}}
}

func scheduleDraft(id string) ScheduleDraft {
	return ScheduleDraft{ID: id, Mode: "graduated", ValidFrom: "2026-11-01", Source: "contract", Tiers: []TierDraft{
		{From: "10", Percent: "12.5", Origin: "own"}, {From: "35", Percent: "25", Origin: "published"},
	}}
}

func termsDraft() TermsDraft {
	return TermsDraft{Rate: "30", Ceiling: "40", Base: "before", Country: "22"}
}

func TestShippedDataGivesThePublishedFigures(t *testing.T) {
	s, journal, _ := newService(t)
	for book, want := range map[string]string{"shipped-chf": "CHF 208.32", "shipped-eur": "EUR 120.75"} {
		q := asked()
		q.Book, q.Line = book, book+"-web"
		a, err := s.Explain(legal(t), q)
		if err != nil || a.Result.Charged.String() != want || len(a.Result.Assumptions) != 0 || len(a.Curve) == 0 || a.Book.ID != book {
			t.Errorf("%s: %v, %v", book, a.Result.Charged, err)
		}
	}
	if len(journal.Entries) != 0 {
		t.Errorf("a question is no change: %+v", journal.Entries)
	}
	desk, err := s.Desk(legal(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range desk.Books {
		for _, l := range b.Lines {
			if (l.Origin == pricing.Published) != (l.Product == "web_hosting") || !b.Shipped || l.Source == "" {
				t.Errorf("%+v", l)
			}
		}
		if err := b.Validate(); err != nil {
			t.Error(err)
		}
	}
	if err := desk.Schedule.Validate(); err != nil || desk.Schedule.ID != desk.Shipped.ID || desk.Terms != pricing.ShippedTerms() || desk.Terms.Validate() != nil {
		t.Errorf("%+v, %v", desk, err)
	}
	for _, tier := range desk.Schedule.Tiers {
		if tier.Origin != pricing.Assumption {
			t.Errorf("%+v is not published", tier)
		}
	}
	if desk.Today.String() != "2026-11-20" || !desk.CanEdit {
		t.Errorf("%+v", desk)
	}
	if desk.Last != nil {
		t.Errorf("an answer was written down: %+v", desk.Last)
	}
	if err := s.Remember(legal(t), asked()); err != nil {
		t.Error(err)
	}
	if desk, err := s.Desk(legal(t)); err != nil || desk.Last == nil || *desk.Last != asked() {
		t.Errorf("the last question is gone: %+v, %v", desk.Last, err)
	}
}

// Who may do what. Whoever is not named may not.
func TestPermissions(t *testing.T) {
	s, _, _ := newService(t)
	acts := map[string]struct {
		do  func(ctx context.Context) error
		may []access.Role
	}{
		"desk":     {func(ctx context.Context) error { _, err := s.Desk(ctx); return err }, []access.Role{access.LegalRepresentative, access.Administrator, access.Collaborator}},
		"simulate": {func(ctx context.Context) error { _, _, err := s.Simulate(ctx, asked(), Around{By: ByRate}); return err }, []access.Role{access.LegalRepresentative, access.Administrator, access.Collaborator}},
		"explain":  {func(ctx context.Context) error { _, err := s.Explain(ctx, asked()); return err }, []access.Role{access.LegalRepresentative, access.Administrator, access.Collaborator}},
		"remember": {func(ctx context.Context) error { return s.Remember(ctx, asked()) }, []access.Role{access.LegalRepresentative, access.Administrator, access.Collaborator}},
		"exported": {func(ctx context.Context) error { return s.Exported(ctx, Answer{}) }, []access.Role{access.LegalRepresentative, access.Administrator, access.Collaborator}},
		"book":     {func(ctx context.Context) error { _, err := s.SaveBook(ctx, bookDraft()); return err }, []access.Role{access.LegalRepresentative, access.Administrator}},
		"delete": {func(ctx context.Context) error {
			if err := s.DeleteBook(ctx, "shipped-chf"); fault.ReasonOf(err) != "shipped_stays" {
				return err
			}
			return nil
		}, []access.Role{access.LegalRepresentative, access.Administrator}},
		"steps": {func(ctx context.Context) error {
			d, err := s.Desk(ctx)
			if err != nil {
				return s.SaveSchedule(ctx, scheduleDraft("shipped"))
			}
			return s.SaveSchedule(ctx, scheduleDraft(d.Schedule.ID))
		}, []access.Role{access.LegalRepresentative, access.Administrator}},
		"terms": {func(ctx context.Context) error {
			draft := termsDraft()
			if d, err := s.Desk(ctx); err == nil {
				draft.Version = d.Terms.Version
			}
			return s.SaveTerms(ctx, draft)
		}, []access.Role{access.LegalRepresentative, access.Administrator}},
	}
	for name, act := range acts {
		for _, role := range access.Roles() {
			want := fault.Forbidden
			for _, r := range act.may {
				if r == role {
					want = ""
				}
			}
			if got := fault.CodeOf(act.do(testkit.As(t, role))); got != want {
				t.Errorf("%s as %s: %q, want %q", name, role, got, want)
			}
		}
		if got := fault.CodeOf(act.do(t.Context())); got != fault.Unauthenticated {
			t.Errorf("%s signed out: %q", name, got)
		}
	}
}

func TestSaveBook(t *testing.T) {
	s, journal, _ := newService(t)
	id, err := s.SaveBook(legal(t), bookDraft())
	if err != nil {
		t.Fatal(err)
	}
	desk, err := s.Desk(legal(t))
	if err != nil || desk.Books[0].ID != id || desk.Books[0].Shipped || desk.Books[0].Lines[1].Price.String() != "CHF 1.50" {
		t.Fatalf("%+v, %v", desk.Books, err)
	}
	draft := bookDraft()
	draft.ID, draft.Version, draft.Lines = id, desk.Books[0].Version, draft.Lines[1:]
	if again, err := s.SaveBook(legal(t), draft); err != nil || again != id {
		t.Fatal(again, err)
	}
	if _, err := s.SaveBook(legal(t), draft); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("an older version was saved over a newer one: %v", err)
	}
	draft = bookDraft()
	draft.ID = "shipped-chf"
	copied, err := s.SaveBook(legal(t), draft)
	if err != nil || copied == "shipped-chf" {
		t.Fatalf("the shipped list was changed: %s, %v", copied, err)
	}
	draft.ID = "shipped-eur"
	if _, err := s.SaveBook(legal(t), draft); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("francs were saved over euros: %v", err)
	}
	if err := s.DeleteBook(legal(t), copied); err != nil {
		t.Error(err)
	}
	if err := s.DeleteBook(legal(t), copied); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("deleted twice: %v", err)
	}
	var actions []audit.Action
	for _, e := range journal.Entries {
		actions = append(actions, e.Action)
	}
	if diff := cmp.Diff([]audit.Action{audit.ItemAdded, audit.ItemChanged, audit.ItemAdded, audit.ItemDeleted}, actions); diff != "" {
		t.Error(diff)
	}
}

// What another organization keeps is not there.
func TestOrganizationsDoNotSeeEachOther(t *testing.T) {
	s, _, db := newService(t)
	id, err := s.SaveBook(legal(t), bookDraft())
	if err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-2', 'Other', 'EUR', 0, 0)`)
	other := access.With(t.Context(), access.Actor{AccountID: "account-1", OrganizationID: "org-2", Role: access.LegalRepresentative})
	q := asked()
	q.Book = id
	_, errAnswer := s.Explain(other, q)
	draft := bookDraft()
	draft.ID, draft.Version = id, 1
	_, errSave := s.SaveBook(other, draft)
	for _, err := range []error{errAnswer, errSave, s.DeleteBook(other, id)} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%v", err)
		}
	}
	desk, err := s.Desk(other)
	if err != nil || len(desk.Books) != 2 || desk.Last != nil {
		t.Errorf("%+v, %v", desk, err)
	}
}

func TestSaveScheduleAndTerms(t *testing.T) {
	s, journal, _ := newService(t)
	if err := s.SaveSchedule(legal(t), scheduleDraft("shipped")); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveSchedule(legal(t), scheduleDraft("shipped")); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("steps were saved over newer ones: %v", err)
	}
	if err := s.SaveTerms(legal(t), termsDraft()); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveTerms(legal(t), termsDraft()); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("terms were saved over newer ones: %v", err)
	}
	draft := termsDraft()
	draft.Version, draft.Rate = 1, "31"
	if err := s.SaveTerms(legal(t), draft); err != nil {
		t.Error(err)
	}
	draft.Version = 7
	if err := s.SaveTerms(legal(t), draft); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("terms of a version that never was: %v", err)
	}
	desk, err := s.Desk(legal(t))
	if err != nil || desk.Schedule.Mode != pricing.Graduated || len(desk.Schedule.Tiers) != 2 || desk.Shipped.ID != "shipped" ||
		desk.Terms != (pricing.Terms{Rate: rate("31"), Ceiling: rate("40"), Base: pricing.BeforeDegressive, Country: rate("22"), Version: 2}) {
		t.Errorf("%+v, %v", desk, err)
	}
	if len(journal.Entries) != 3 || journal.Entries[0].New != "graduated; 10: 12.5 %; 35: 25 %" || journal.Entries[1].Old == journal.Entries[1].New {
		t.Errorf("%+v", journal.Entries)
	}
	q := asked()
	q.Rate, q.VAT = "40", "country" // above what is published, below the ceiling that was raised
	a, err := s.Explain(legal(t), q)
	if err != nil || a.Result.Assumptions[len(a.Result.Assumptions)-1] != pricing.RuleCeiling || a.Input.VAT.Rate != rate("22") || a.Input.Base != pricing.BeforeDegressive {
		t.Errorf("%+v, %v", a.Result, err)
	}
}

func TestBadInputIsRefusedAndNothingIsSaved(t *testing.T) {
	s, journal, _ := newService(t)
	long := strings.Repeat("x", pricing.MaxSource+1)
	question := func(change func(*Question)) func() error {
		return func() error {
			q := asked()
			change(&q)
			_, _, err := s.Simulate(legal(t), q, Around{By: ByRate})
			_, err2 := s.Explain(legal(t), q)
			err3 := s.Remember(legal(t), q)
			if fault.JSON(err) != fault.JSON(err2) || fault.JSON(err) != fault.JSON(err3) {
				t.Errorf("%v, %v, %v", err, err2, err3)
			}
			return err
		}
	}
	book := func(change func(*BookDraft)) func() error {
		return func() error {
			d := bookDraft()
			change(&d)
			_, err := s.SaveBook(legal(t), d)
			return err
		}
	}
	steps := func(change func(*ScheduleDraft)) func() error {
		return func() error {
			d := scheduleDraft("shipped")
			change(&d)
			return s.SaveSchedule(legal(t), d)
		}
	}
	terms := func(change func(*TermsDraft)) func() error {
		return func() error {
			d := termsDraft()
			change(&d)
			return s.SaveTerms(legal(t), d)
		}
	}
	for name, c := range map[string]struct {
		do   func() error
		want string
	}{
		"nothing":            {question(func(q *Question) { q.Quantity = "" }), "invalid quantity:required"},
		"zero":               {question(func(q *Question) { q.Quantity = "0" }), "invalid quantity:number_too_small"},
		"negative":           {question(func(q *Question) { q.Quantity = "-35" }), "invalid quantity:number_too_small"},
		"10^12":              {question(func(q *Question) { q.Quantity = "1000000000000" }), "invalid quantity:number_too_large"},
		"half a hosting":     {question(func(q *Question) { q.Quantity = "1.5" }), "invalid quantity:not_whole"},
		"words":              {question(func(q *Question) { q.Quantity = "trentacinque" }), "invalid quantity:not_a_number"},
		"120 %":              {question(func(q *Question) { q.Rate = "120" }), "invalid rate:rate_above_ceiling"},
		"above the ceiling":  {question(func(q *Question) { q.Rate = "35.1" }), "invalid rate:rate_above_ceiling"},
		"a long rate":        {question(func(q *Question) { q.Rate = "20.00001" }), "invalid rate:too_many_digits"},
		"a rate in words":    {question(func(q *Question) { q.Rate = "twenty" }), "invalid rate:not_a_number"},
		"both":               {question(func(q *Question) { q.Rate, q.Quantity = "x", "y" }), "invalid quantity:not_a_number rate:not_a_number"},
		"an unknown step":    {question(func(q *Question) { q.Step = "101" }), "invalid step:number_too_large"},
		"an unknown mode":    {question(func(q *Question) { q.Mode = "both" }), "invalid mode:not_a_choice"},
		"an unknown product": {question(func(q *Question) { q.Line = "shipped-eur-web" }), "invalid product:not_a_choice"},
		"an unknown list":    {question(func(q *Question) { q.Book = "shipped-usd" }), "not_found: sql: no rows in result set"},

		"an unknown currency":  {book(func(d *BookDraft) { d.Currency = "USD" }), "invalid lines.0.price:not_a_choice lines.1.price:not_a_choice currency:not_a_choice"},
		"a list without lines": {book(func(d *BookDraft) { d.Lines = nil }), "invalid lines:required"},
		"too many lines":       {book(func(d *BookDraft) { d.Lines = make([]LineDraft, pricing.MaxLines+1) }), "lines:too_many"},
		"no date":              {book(func(d *BookDraft) { d.ValidFrom = "" }), "invalid validFrom:required"},
		"no such day":          {book(func(d *BookDraft) { d.ValidFrom = "2026-02-30" }), "invalid validFrom:not_a_date"},
		"an ancient list":      {book(func(d *BookDraft) { d.ValidFrom = "1026-02-03" }), "invalid validFrom:not_a_date"},
		"no source":            {book(func(d *BookDraft) { d.Source = " " }), "invalid source:required"},
		"a long source":        {book(func(d *BookDraft) { d.Source = long }), "invalid source:too_long"},
		"a long name":          {book(func(d *BookDraft) { d.Name = long }), "invalid name:too_long"},
		"control characters":   {book(func(d *BookDraft) { d.Name = "a\x00b" }), "invalid name:not_text"},
		"no price":             {book(func(d *BookDraft) { d.Lines[1].Price = "" }), "invalid lines.1.price:required"},
		"a negative price":     {book(func(d *BookDraft) { d.Lines[1].Price = "-1" }), "invalid lines.1.price:number_too_small"},
		"a long price":         {book(func(d *BookDraft) { d.Lines[1].Price = "1.1234567" }), "invalid lines.1.price:too_many_digits"},
		"a nameless product":   {book(func(d *BookDraft) { d.Lines[1].Name = "" }), "invalid lines.1.name:required"},
		"twice the same":       {book(func(d *BookDraft) { d.Lines[1] = d.Lines[0] }), "invalid lines.1.name:not_unique"},
		"per week":             {book(func(d *BookDraft) { d.Lines[1].Per = "week" }), "invalid lines.1.per:not_a_choice"},
		"not published":        {book(func(d *BookDraft) { d.Lines[0].Price = "9.93" }), "invalid lines.0.origin:not_published"},

		"unsorted steps":      {steps(func(d *ScheduleDraft) { d.Tiers[0].From = "50" }), "invalid tiers.1.from:not_rising"},
		"overlapping steps":   {steps(func(d *ScheduleDraft) { d.Tiers[0].From = "35" }), "invalid tiers.1.from:not_rising"},
		"falling percentages": {steps(func(d *ScheduleDraft) { d.Tiers[0].Percent = "25" }), "invalid tiers.1.percent:not_rising"},
		"120 % in a step":     {steps(func(d *ScheduleDraft) { d.Tiers[1].Percent = "120" }), "tiers.1.percent:number_too_large"},
		"a step at zero":      {steps(func(d *ScheduleDraft) { d.Tiers[0].From = "0" }), "invalid tiers.0.from:number_too_small"},
		"a step too far":      {steps(func(d *ScheduleDraft) { d.Tiers[1].From = "1000001" }), "tiers.1.from:number_too_large"},
		"a step in words":     {steps(func(d *ScheduleDraft) { d.Tiers[0].From = "ten" }), "tiers.0.from:not_a_number"},
		"a published step":    {steps(func(d *ScheduleDraft) { d.Tiers[0].Origin = "published" }), "invalid tiers.0.origin:not_published"},
		"many steps":          {steps(func(d *ScheduleDraft) { d.Tiers = make([]TierDraft, pricing.MaxTiers+1) }), "tiers:too_many"},
		"steps of no mode":    {steps(func(d *ScheduleDraft) { d.Mode = "" }), "invalid mode:not_a_choice"},

		"a rate above the ceiling": {terms(func(d *TermsDraft) { d.Rate = "41" }), "invalid rate:rate_above_ceiling"},
		"a ceiling of 120 %":       {terms(func(d *TermsDraft) { d.Ceiling = "120" }), "ceiling:number_too_large"},
		"no base":                  {terms(func(d *TermsDraft) { d.Base = "" }), "invalid base:not_a_choice"},
		"no rate of the country":   {terms(func(d *TermsDraft) { d.Country = "" }), "invalid country:required"},
	} {
		if err := c.do(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	desk, err := s.Desk(legal(t))
	if err != nil || len(desk.Books) != 2 || desk.Schedule.ID != "shipped" || desk.Terms != pricing.ShippedTerms() || desk.Last != nil || len(journal.Entries) != 0 {
		t.Errorf("something was saved: %+v, %v, %+v", desk, err, journal.Entries)
	}
}

func TestTable(t *testing.T) {
	s, _, _ := newService(t)
	_, table, err := s.Simulate(legal(t), asked(), Around{ByRate, 0})
	if err != nil || len(table.Rows) != 5 || table.Current != 2 || table.Rows[2][9].Total.String() != "CHF 208.32" {
		t.Errorf("%+v, %v", table, err)
	}
	q := asked()
	q.Rate = "12.5"
	_, table, err = s.Simulate(legal(t), q, Around{ByRate, 5000})
	if err != nil || len(table.Rows) != 6 || table.Current != 2 || len(table.Quantities) != pricing.MaxGridQuantity {
		t.Errorf("%d rows, current %d, %d quantities, %v", len(table.Rows), table.Current, len(table.Quantities), err)
	}
	q.Mode = "graduated"
	_, table, err = s.Simulate(legal(t), q, Around{ByMode, 10})
	if err != nil || len(table.Rows) != 2 || table.Current != 1 {
		t.Errorf("%+v, %v", table, err)
	}
}

func TestExportIsToldToTheJournal(t *testing.T) {
	s, journal, _ := newService(t)
	a, err := s.Explain(legal(t), asked())
	if err != nil || s.Exported(legal(t), a) != nil || a.Result.Charged != cents.Amount(20832, money.CHF) || len(journal.Entries) != 1 || journal.Entries[0].Action != audit.DataExported {
		t.Errorf("%v, %v, %+v", a.Result.Charged, err, journal.Entries)
	}
}

// A broken connection is an error, never an empty desk.
func TestClosedDatabase(t *testing.T) {
	s, _, db := newService(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Desk(legal(t)); err == nil {
		t.Error("a desk from nowhere")
	}
	if _, err := s.Explain(legal(t), asked()); err == nil {
		t.Error("an answer from nowhere")
	}
}

func FuzzQuestion(f *testing.F) {
	for _, seed := range [][3]string{{"35", "20", ""}, {"-1", "120", "25"}, {"10^12", "12.5", "0"}, {"", "", "x"}, {"1e6", "0.00001", "100"}} {
		f.Add(seed[0], seed[1], seed[2], 1)
	}
	unit, err := money.ParsePrice("9.92", money.CHF)
	if err != nil {
		f.Fatal(err)
	}
	line := pricing.Line{Product: "web_hosting", Price: unit, Per: pricing.PerMonth, Degressive: true}
	steps := pricing.Schedule{Mode: pricing.Volume, Tiers: []pricing.Tier{{From: 30, Percent: money.Percent(25)}}}
	f.Fuzz(func(t *testing.T, quantity, percent, step string, months int) {
		q := asked()
		q.Quantity, q.Rate, q.Step, q.Months = quantity, percent, step, months
		parsed, err := q.parse(line, pricing.Tariff{Schedule: steps, Terms: pricing.ShippedTerms()}, money.Percent(8))
		if err != nil {
			if fault.CodeOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		r, err := pricing.Simulate(parsed)
		if err != nil {
			t.Fatal(err)
		}
		grid, err := pricing.Grid(parsed, []pricing.Scenario{{Rate: parsed.Rate, Mode: parsed.Schedule.Mode}}, []int64{parsed.Quantity})
		if err != nil || r.Preferential.Rounded != grid[0][0].Total && r.Case.Outcome != pricing.NotCovered {
			t.Fatalf("%s beside %v, %v", r.Preferential.Rounded, grid, err)
		}
	})
}

// rate panics on a test's own mistakes.
func rate(text string) money.Rate {
	r, err := money.ParseRate(text)
	if err != nil {
		panic(err)
	}
	return r
}
