package activity

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	book "kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// people is a directory of three; only the first two are members of org-1.
type people map[string]string

var staff = people{"account-1": "Elena Bernasconi", "account-2": "Matteo Ferri", "account-3": "Lucie Amsler"}

func (p people) Find(_ context.Context, _ string, text string) ([]string, error) {
	ids := []string{}
	for id, name := range p {
		if strings.Contains(" "+strings.ToLower(name), " "+strings.ToLower(text)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

func (p people) Recognise(_ context.Context, _ string, text string) (string, error) {
	for id, name := range p {
		if text == id || strings.EqualFold(text, name) {
			return id, nil
		}
	}
	return "", nil
}

func (p people) Names(_ context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if n, ok := p[id]; ok {
			names[id] = n
		}
	}
	return names, nil
}

func load(t *testing.T, db *sqlite.DB, s *Service, entries []Entry) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.Load(t.Context(), tx, entries) }); err != nil {
		t.Fatal(err)
	}
}

func as(t *testing.T, account, organization string, role access.Role) context.Context {
	t.Helper()
	return access.With(t.Context(), access.Actor{AccountID: account, SessionID: "s", OrganizationID: organization, Role: role})
}

// year makes n entries in two organizations, some personal, several in one millisecond.
func year(clock *testkit.Clock, n int) []Entry {
	r := rand.New(rand.NewPCG(7, 7))
	products := []audit.Product{audit.Drive, audit.Domain, audit.Account, audit.VOD}
	actions := []audit.Action{audit.ItemAdded, audit.ItemDeleted, audit.ServerDeleted, audit.EmailChanged}
	words := []string{"invoice", "invoices", "Café", "1182", "report draft", "draft report", "straße", "東京"}
	start := clock.Now().AddDate(-1, 0, 0)
	entries := make([]Entry, n)
	at := start
	for i := range entries {
		if r.IntN(4) > 0 {
			at = at.Add(time.Duration(r.IntN(12)) * time.Hour)
		}
		e := Entry{
			At: at, AccountID: fmt.Sprintf("account-%d", 1+r.IntN(3)), OrganizationID: fmt.Sprintf("org-%d", 1+r.IntN(2)),
			Product: products[r.IntN(4)], Action: actions[r.IntN(4)], Result: Results()[r.IntN(3)],
			ObjectID: fmt.Sprintf("object-%d", r.IntN(9)), ObjectName: words[r.IntN(len(words))],
			Old: words[r.IntN(len(words))], New: words[r.IntN(len(words))],
		}
		if e.Action == audit.EmailChanged {
			e.PersonID = fmt.Sprintf("account-%d", 1+r.IntN(3))
		}
		entries[i] = e
	}
	return entries
}

// matches says in plain code what a search means; the answer that the indexes give has to be the same.
func matches(e Entry, search Search, viewer access.Actor, now time.Time) bool {
	if search.Scope == Own && e.AccountID != viewer.AccountID || search.Scope == Organization && e.OrganizationID != viewer.OrganizationID {
		return false
	}
	chosen := map[Key]bool{}
	for _, t := range search.Query {
		var hit bool
		switch t.Key {
		case KeyText:
			hit = slices.ContainsFunc(append(readable(e, viewer), shown(e)...), func(s string) bool { return reads(s, t) })
		case KeySince, KeyUntil, KeyOn:
			d, _ := parseDay(t.Values[0], book.Locale{})
			date := d.civil(now, search.zone()).Format(time.DateOnly)
			its := e.At.In(search.zone()).Format(time.DateOnly)
			hit = t.Key == KeySince && its >= date || t.Key == KeyUntil && its <= date || t.Key == KeyOn && its == date
		default:
			hit = slices.ContainsFunc(t.Values, func(v string) bool { return is(e, t.Key, v, viewer) })
			if !t.Not {
				chosen[t.Key] = chosen[t.Key] || hit
				continue
			}
		}
		if hit == t.Not {
			return false
		}
	}
	for _, any := range chosen {
		if !any {
			return false
		}
	}
	return true
}

func is(e Entry, key Key, v string, viewer access.Actor) bool {
	switch key {
	case KeyProduct:
		return string(e.Product) == v
	case KeyAction:
		return slices.Contains(actionsOf(v), e.Action)
	case KeyResult:
		return string(e.Result) == v
	case KeyObject:
		return e.ObjectID == v
	case KeySource:
		return v == SourceOwn
	case KeyActor:
		found, _ := staff.Find(context.Background(), "", v)
		return v == e.AccountID || v == Me && e.AccountID == viewer.AccountID || slices.Contains(found, e.AccountID)
	}
	return false
}

func readable(e Entry, viewer access.Actor) []string {
	if e.PersonID != "" && e.PersonID != viewer.AccountID && e.AccountID != viewer.AccountID {
		return []string{e.ObjectName}
	}
	return []string{e.ObjectName, e.Old, e.New}
}

// shown are the words that stand on the screen for what an entry keeps as ids.
func shown(e Entry) []string {
	b := book.For(book.Locale{Language: "it"})
	return []string{book.Of(b, "act_product_", e.Product), book.Of(b, "act_action_", e.Action), book.Of(b, "act_result_", e.Result), staff[e.AccountID]}
}

func reads(s string, t Term) bool {
	words, want := strings.Fields(flat(s)), strings.Fields(flat(t.Values[0]))
	for i := range words {
		if i+len(want) > len(words) {
			return false
		}
		ok := true
		for k, w := range want {
			last := k == len(want)-1 && !t.Exact
			ok = ok && (words[i+k] == w || last && strings.HasPrefix(words[i+k], w))
		}
		if ok {
			return true
		}
	}
	return false
}

func flat(s string) string {
	return strings.NewReplacer("é", "e", "É", "e", "ß", "ss").Replace(strings.ToLower(s))
}

var terms = []string{
	"product:drive", "product:domain,vod", "-product:account", "action:deleted", "action:item_added", "-action:email_changed",
	"actor:me", "-actor:me", "actor:matteo", "actor:account-3,me", "result:ok", "result:failed,refused", "-result:ok",
	"object:object-3", "-object:object-1,object-2", "source:own", "-source:own", "source:imported",
	"since:90d", "until:2026-06-30", "on:2026-03-29", "-on:2026-10-25", "-since:30d", "since:2026-02-01", "until:3m",
	"invoice", `"invoice"`, "inv", "-invoice", "cafe", `"report draft"`, `"draft report"`, `-"draft"`, "dra", "stra", "118", "東", `"東京"`,
	"dominio", "elemento", "mod", `"elemento eliminato"`, "-dominio", "riuscito", "matteo", `"strasse"`, "strasse", "- / &",
}

func TestTheIndexesFindWhatTheQuerySays(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, staff, nil)
	s.countFor = time.Hour
	entries := year(clock, 1500)
	load(t, db, s, entries)
	r := rand.New(rand.NewPCG(3, 3))
	zones := []*time.Location{nil, zone(t, "Europe/Zurich"), zone(t, "America/Havana"), zone(t, "Asia/Kathmandu")}
	inOrder := slices.Clone(entries)
	slices.SortStableFunc(inOrder, func(a, b Entry) int { return a.At.Compare(b.At) })
	for i := range inOrder {
		inOrder[i].Seq = int64(i + 1)
	}
	found := 0
	for round := range max(testkit.Rounds(600), len(terms)) {
		list := []string{}
		for range r.IntN(4) {
			list = append(list, terms[r.IntN(len(terms))])
		}
		if round < len(terms) {
			list = []string{terms[round]}
		}
		search := Search{Scope: []Scope{Own, Organization}[r.IntN(2)], Query: read(strings.Join(list, " ")), Zone: zones[r.IntN(len(zones))], Locale: book.Locale{Language: "it"}}
		actor := access.Actor{AccountID: "account-2", OrganizationID: "org-1", Role: access.Administrator}
		want := []int64{}
		for _, e := range slices.Backward(inOrder) {
			if matches(e, search, actor, clock.Now()) {
				want = append(want, e.Seq)
			}
		}
		ctx := as(t, "account-2", "org-1", access.Administrator)
		got := []int64{}
		for before := int64(0); ; {
			p, err := s.Page(ctx, search, before, 0, 1+r.IntN(200))
			if err != nil {
				t.Fatalf("%s: %v", search.Query, err)
			}
			for _, e := range p.Entries {
				got = append(got, e.Seq)
			}
			if before = p.Next; before == 0 {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s %s: found %d, want %d\n%v\n%v", search.Scope, search.Query, len(got), len(want), got, want)
		}
		c, err := s.Count(ctx, search)
		if err != nil || c.Matching != (Amount{N: int64(len(want))}) {
			t.Fatalf("%s: counted %+v, want %d, %v", search.Query, c.Matching, len(want), err)
		}
		found += len(want)
	}
	if found < 10_000 {
		t.Errorf("the queries found only %d entries in all: they prove little", found)
	}
}

func TestNewEntriesNeverShiftAPage(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, staff, nil)
	load(t, db, s, year(clock, 300))
	ctx := as(t, "account-2", "org-1", access.Administrator)
	search := Search{Scope: Organization, Query: read("result:ok,failed")}
	first, err := s.Page(ctx, search, 0, 0, 20)
	if err != nil {
		t.Fatal(err)
	}
	before, err := s.Count(ctx, search)
	if err != nil {
		t.Fatal(err)
	}
	search.Bound = first.Bound
	rest, err := s.Page(ctx, search, first.Next, 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	late := year(clock, 200) // some in the middle of what is shown, as an import would put them
	for i := range late {
		late[i].At = late[i].At.Add(time.Millisecond)
	}
	load(t, db, s, late)
	enter(t, ctx, db, s, renamed)
	again, err := s.Page(ctx, search, first.Next, 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	if len(rest.Entries) < 50 || len(again.Entries) != len(rest.Entries) {
		t.Fatalf("%d entries, then %d", len(rest.Entries), len(again.Entries))
	}
	for i := range rest.Entries {
		if rest.Entries[i].ID != again.Entries[i].ID {
			t.Fatalf("entry %d moved", i)
		}
	}
	after, err := s.Count(ctx, search)
	if err != nil || after.Matching != before.Matching || after.Total != before.Total {
		t.Errorf("counted %+v, then %+v, %v", before, after, err)
	}
	search.Bound = 0
	if now, err := s.Count(ctx, search); err != nil || now.Total.N <= before.Total.N || now.Matching.N <= before.Matching.N {
		t.Errorf("without a bound: %+v, %v", now, err)
	}
}

func TestWhoMaySeeWhat(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	testkit.Seed(t, db)
	enter(t, as(t, "account-1", "org-1", access.Administrator), db, s, renamed)
	enter(t, as(t, "account-2", "org-1", access.Collaborator), db, s, renamed)
	enter(t, as(t, "account-2", "org-2", access.Collaborator), db, s, renamed)
	const no = -1
	for _, c := range []struct {
		role          access.Role
		own, org, jrn int // how many account-1 sees in org-1; jrn: may do what needs the journal
	}{
		{access.LegalRepresentative, 1, 2, 1},
		{access.Administrator, 1, 2, 1},
		{access.Collaborator, 1, no, no},
		{access.External, 1, no, no},
		{"", no, no, no},
	} {
		ctx := as(t, "account-1", "org-1", c.role)
		if c.role == "" {
			ctx = t.Context()
		}
		for scope, want := range map[Scope]int{Own: c.own, Organization: c.org} {
			search := Search{Scope: scope, Query: read("product:drive")}
			p, err := s.Page(ctx, search, 0, 0, 0)
			check(t, c.role, string(scope)+" page", want, len(p.Entries), err)
			n, err := s.Count(ctx, search)
			check(t, c.role, string(scope)+" count", want, int(n.Matching.N), err)
			days, err := s.Days(ctx, search, "", 1)
			check(t, c.role, string(scope)+" days", min(want, 1), min(len(days), 1), err)
			exported, err := s.export(ctx, search, func(exported) error { return nil }, nil)
			check(t, c.role, string(scope)+" export", want, int(exported), err)
			_, err = s.Saved(ctx, scope, nil, book.Locale{})
			check(t, c.role, string(scope)+" saved", min(want, 0), 0, err)
		}
		_, err := s.Inspect(ctx, "a,b\n1,2\n", nil)
		check(t, c.role, "inspect", min(c.jrn, 0), 0, err)
		_, err = s.Survey(ctx, "moment,action\n", Mapping{Source: "x", Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action"}}, nil)
		check(t, c.role, "survey", min(c.jrn, 0), 0, err)
		_, err = s.Import(ctx, "x.csv", "moment,action\n", Mapping{Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action"}, Fixed: map[Field]string{FieldProduct: "drive"}}, nil)
		check(t, c.role, "import", min(c.jrn, 0), 0, err)
		_, err = s.Rejected(ctx, "x")
		check(t, c.role, "aside", min(c.jrn, 0), 0, err)
		_, err = s.Verify(ctx, nil)
		check(t, c.role, "verify", min(c.own, 0), 0, err)
	}
	if _, err := s.Page(as(t, "account-1", "org-1", access.Administrator), Search{Scope: "all"}, 0, 0, 0); fault.CodeOf(err) != fault.Invalid {
		t.Error("a scope that is none:", err)
	}
}

func check(t *testing.T, role access.Role, what string, want, got int, err error) {
	t.Helper()
	switch {
	case want < 0:
		if code := fault.CodeOf(err); code != fault.Forbidden && code != fault.Unauthenticated {
			t.Errorf("%q %s: allowed (%d, %v)", role, what, got, err)
		}
	case err != nil || got != want:
		t.Errorf("%q %s: %d, want %d, %v", role, what, got, want, err)
	}
}

func TestPersonalValuesAreForThePersonAndWhoMadeTheChange(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	e := moved // of account-1, made by account-2
	enter(t, as(t, "account-2", "org-1", access.Administrator), db, s, e)
	see := func(account, query string) (old string, hidden Hidden, n int) {
		t.Helper()
		p, err := s.Page(as(t, account, "org-1", access.Administrator), Search{Scope: Organization, Query: read(query)}, 0, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Entries) == 0 {
			return "", "", 0
		}
		return p.Entries[0].Old, p.Entries[0].Hidden, len(p.Entries)
	}
	enter(t, as(t, "account-3", "org-1", access.Administrator), db, s, renamed)
	for _, account := range []string{"account-1", "account-2"} {
		if old, hidden, n := see(account, "zwingli"); old != moved.Old || hidden != Shown || n != 1 {
			t.Errorf("%s sees %q, %q, %d", account, old, hidden, n)
		}
	}
	if _, _, n := see("account-3", "zwingli"); n != 0 {
		t.Error("somebody else finds a personal value by its words")
	}
	if old, hidden, _ := see("account-3", "action:email_changed"); old != "" || hidden != NotYours {
		t.Errorf("somebody else sees %q, %q", old, hidden)
	}
	if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.Forget(t.Context(), tx, "account-1") }); err != nil {
		t.Fatal(err)
	}
	enter(t, as(t, "account-2", "org-1", access.Administrator), db, s, e) // comes back under the same id
	p, err := s.Page(as(t, "account-2", "org-1", access.Administrator), Search{Scope: Organization, Query: read("action:email_changed")}, 0, 0, 0)
	if err != nil || len(p.Entries) != 2 || p.Entries[0].Old != moved.Old || p.Entries[1].Hidden != Erased || p.Entries[1].Old != "" {
		t.Errorf("after forgetting: %+v, %v", p.Entries, err)
	}
}

func TestAnUnknownPersonIsRefusedAtItsTerm(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	_, err := s.Page(as(t, "account-1", "org-1", access.Administrator), Search{Scope: Organization, Query: read("invoice actor:nobody")}, 0, 0, 0)
	if err == nil || !strings.Contains(err.Error(), "terms.1:unknown_person") {
		t.Error(err)
	}
}

func TestTheStripCountsDaysOfThePersonAndMarksSilence(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, staff, nil)
	z := zone(t, "Europe/Zurich")
	entries := []Entry{}
	on := func(at string, product audit.Product) {
		m, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, Entry{At: m, AccountID: "account-1", OrganizationID: "org-1", Product: product, Action: audit.ItemAdded})
	}
	on("2026-10-24T21:59:59Z", audit.Drive) // still the 24th
	on("2026-10-24T22:00:00Z", audit.Drive) // the 25th has begun
	on("2026-10-25T22:59:59Z", audit.Drive) // its 25th hour
	on("2026-10-25T23:00:00Z", audit.Domain)
	on("2026-10-30T12:00:00Z", audit.Drive)
	load(t, db, s, entries)
	days, err := s.Days(as(t, "account-1", "org-1", access.Administrator), Search{
		Scope: Organization, Query: read("product:drive since:2026-10-30"), Zone: z,
	}, "2026-10-31", 9)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, d := range days {
		got += fmt.Sprint(d.Date[8:], ":", d.N)
		if d.Gap {
			got += "gap"
		}
		got += " "
	}
	if want := "23:0 24:1 25:2 26:0 27:0gap 28:0gap 29:0gap 30:1 31:0 "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	none, err := s.Days(as(t, "account-9", "org-1", access.External), Search{Scope: Own, Query: read("product:drive")}, "", 2)
	if err != nil || len(none) != 2 || none[1].N != 0 {
		t.Errorf("somebody without an entry: %+v, %v", none, err)
	}
	if d := days[2]; d.From.UTC().Format(time.RFC3339) != "2026-10-24T22:00:00Z" {
		t.Errorf("the 25th begins %v", d.From)
	}
}

func TestASavedSearchCountsWhatIsNew(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	s := New(db, staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	enter(t, ctx, db, s, renamed)
	id, err := s.Save(ctx, Organization, "  Drive   changes ", read("product:drive invoice"))
	if err != nil {
		t.Fatal(err)
	}
	badge := func() Saved {
		t.Helper()
		list, err := s.Saved(ctx, Organization, nil, book.Locale{})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return list[0]
	}
	if b := badge(); b.New.N != 0 || b.Name != "Drive changes" || b.Query.String() != "product:drive invoice" {
		t.Errorf("%+v", b)
	}
	clock.Advance(-48 * time.Hour) // a clock that was set back, or an import: new is what came later, not what is younger
	enter(t, ctx, db, s, renamed, moved, renamed)
	if b := badge(); b.New != (Amount{N: 2}) {
		t.Errorf("%+v", b.New)
	}
	if list, err := s.Saved(ctx, Own, nil, book.Locale{}); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	if list, err := s.Saved(as(t, "account-1", "org-2", access.Administrator), Organization, nil, book.Locale{}); err != nil || len(list) != 0 {
		t.Error("another organization shows it:", list, err)
	}
	if err := s.Seen(ctx, id); err != nil {
		t.Fatal(err)
	}
	if b := badge(); b.New.N != 0 {
		t.Errorf("%+v", b.New)
	}
	many := make([]audit.Entry, MaxNew+5)
	for i := range many {
		many[i] = renamed
	}
	enter(t, ctx, db, s, many...)
	if b := badge(); b.New != (Amount{N: MaxNew, More: true}) {
		t.Errorf("%+v", b.New)
	}
	if again, err := s.Save(ctx, Organization, "Drive changes", read("product:drive")); err != nil || again != id {
		t.Errorf("saved under its name again: %s %v", again, err)
	}
	other := as(t, "account-2", "org-1", access.Administrator)
	if err := s.Seen(other, id); fault.CodeOf(err) != fault.NotFound {
		t.Error("somebody else's:", err)
	}
	if err := s.Unsave(other, id); fault.CodeOf(err) != fault.NotFound {
		t.Error("somebody else's:", err)
	}
	for name, q := range map[string]string{"": "drive", "x": "", strings.Repeat("é", MaxSavedName+1): "drive", "bad": "foo:bar"} {
		if _, err := s.Save(ctx, Own, name, read(q)); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q %q: %v", name, q, err)
		}
	}
	if err := s.Unsave(ctx, id); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Saved(ctx, Organization, nil, book.Locale{}); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	if r := verified(t, s); !r.OK() {
		t.Errorf("%+v", r)
	}
}
