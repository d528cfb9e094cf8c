package app_test

import (
	"bytes"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/client"
	"kontor/internal/area/mirror"
	"kontor/internal/area/organization"
	"kontor/internal/area/payment"
	"kontor/internal/core/fault"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/sample"
	"kontor/internal/flow/search"
	"kontor/internal/host/bridge"
)

const canary = "kontor-canary-7Qx19"

// remote is a workspace with the people of the sample, beside a fake of Infomaniak.
func remote(t *testing.T, fake *fakemaniak.Server) (a *app.App, dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := sample.Build(t.Context(), dir, time.Now(), "en"); err != nil {
		t.Fatal(err)
	}
	a = app.New(app.Options{Workspace: dir, Version: "test", Browser: &browser{}, Log: slog.New(slog.DiscardHandler), Infomaniak: fake.URL})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.Startup(testkit.Deaf, &testkit.Dialogs{})
	if err := app.SetPasswords(a, sample.Password); err != nil {
		t.Fatal(err)
	}
	if err := app.BeginAs(a, sample.Email, false); err != nil {
		t.Fatal(err)
	}
	return a, dir
}

// until waits for a state.
func until(t testing.TB, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

func check(t testing.TB, a *app.App, token string) mirror.CheckView {
	t.Helper()
	w, jobs := testkit.Bound[*mirror.Window](a), testkit.Bound[*bridge.JobWindow](a)
	job, err := w.Check(token)
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the check ends", func() bool { job, err = jobs.Get(job.ID); return err != nil || job.State != "running" })
	if err != nil || job.Fault != "" {
		t.Fatalf("%v %s", err, job.Fault)
	}
	v, err := w.CheckResult(job.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// A token is checked, kept in the vault alone, used to read, and forgotten; what was read is in no byte afterwards.
func TestAnAccountIsConnectedReadAndErased(t *testing.T) {
	fake := fakemaniak.Start(t, fakemaniak.Alone(), canary)
	fake.Edit(func(s *fakemaniak.State) { // one that ends soon, and one that has no end
		soon := maps.Clone(s.Domains[0])
		soon["name"], soon["expires_at"] = "bald.example", time.Now().AddDate(0, 0, 20).Unix()
		s.Domains = append(s.Domains, soon)
		without := maps.Clone(s.Products[0])
		without["id"], without["customer_name"], without["expired_at"] = 99, "Without end", nil
		s.Products = append(s.Products, without)
	})
	a, dir := remote(t, fake)
	w := testkit.Bound[*mirror.Window](a)
	if n := len(fake.Requests()); n != 0 {
		t.Fatalf("%d requests at the start", n)
	}
	v := check(t, a, canary)
	if v.Person.Name != "Elena Bernasconi" || v.Requests > 8 || len(v.Organizations) != 1 {
		t.Fatalf("%+v", v)
	}
	if s, err := w.State(); err != nil || s.Here {
		t.Fatalf("something was kept before connecting: %+v, %v", s, err)
	}
	here, err := testkit.Bound[*organization.Window](a).Current()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Connect(mirror.ConnectInput{Check: v.ID, Choices: []mirror.ChoiceInput{{Account: "1001", Choice: "link", LocalID: here.ID}}}); err != nil {
		t.Fatal(err)
	}
	until(t, "everything is read", func() bool {
		s, err := w.State()
		return err == nil && s.State == "idle" && s.LastCompleteAt != ""
	})
	shownElsewhere(t, a, w)
	domains, err := w.Domains()
	if err != nil || domains.Stand.Kind != "synced" || len(domains.Domains) != 3 {
		t.Fatalf("%+v, %v", domains, err)
	}
	for name, end := range map[string]string{"ponteri.example": "2027-01-01", "tre-larici.example": "2026-07-01"} { // midnight in Zurich
		for _, d := range domains.Domains {
			if d.Name == name && d.End.On != end {
				t.Errorf("%s ends on %s, want %s", name, d.End.On, end)
			}
		}
	}
	if s, err := w.Sessions(); err != nil || s.Stand.Kind != "synced" {
		t.Errorf("%+v, %v", s.Stand, err)
	}
	// Who has access, with what is told only to those who ask for it, and with the names of the teams.
	var people mirror.MembersView
	for _, area := range []string{"members", "teams"} {
		if err := w.Opened(area, "1001"); err != nil {
			t.Fatal(err)
		}
	}
	until(t, "the people and their teams are read", func() bool {
		var err error
		people, err = w.Members("1001")
		return err == nil && len(people.Members) == 2 && slices.Equal(people.Members[1].Teams, []string{"Redazione"})
	})
	if a, b := people.Members[0], people.Members[1]; a.TwoStep != "on" || b.TwoStep != "off" {
		t.Errorf("%+v", people.Members)
	}
	if v, err := w.Teams("1001"); err != nil || len(v.Teams) != 1 || v.Teams[0].Color != 4 || len(v.Teams[0].Rights) != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	takenOver(t, a, w, fake)
	scopeLost(t, a, w, fake)
	shownToNobodyElse(t, a)
	if _, err := w.Disconnect(mirror.DisconnectInput{Password: "wrong", Erase: true}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a wrong password: %v", err)
	}
	own := ownRecords(t, a)
	if _, err := w.Disconnect(mirror.DisconnectInput{Password: sample.Password, Erase: true}); err != nil {
		t.Fatal(err)
	}
	theJournalHolds(t, a)
	for table, rows := range ownRecords(t, a) {
		if rows != own[table] {
			t.Errorf("%s is not as it was before what was read was erased", table)
		}
	}
	before := len(fake.Requests())
	if _, err := w.Refresh(); fault.ReasonOf(err) != mirror.ReasonNotConnected {
		t.Errorf("reading without a connection: %v", err)
	}
	if n := len(fake.Requests()); n != before {
		t.Errorf("%d requests after disconnecting", n-before)
	}
	for _, name := range []string{"kontor.db", "kontor.db-wal"} {
		data, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // our own test data
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, trace := range append([]string{canary}, there...) {
			if bytes.Contains(data, []byte(trace)) {
				t.Errorf("%s still holds %q", name, trace)
			}
		}
	}
}

// shownElsewhere looks at what other pages say of what was read.
func shownElsewhere(t *testing.T, a *app.App, w *mirror.Window) {
	t.Helper()
	cover, err := testkit.Bound[*payment.Window](a).Cover()
	if u := cover.Unpriced; err != nil || u.Count != 1 || u.Stale != 0 || u.First != "bald.example" || u.ReadAt == "" {
		t.Errorf("the cover check names %+v, %v", u, err)
	}
	found, err := testkit.Bound[*search.Window](a).Search("Without end", []string{"product"}, 5)
	if err != nil || len(found.Groups) != 1 || found.Groups[0].Total != 1 || found.Groups[0].Hits[0].Route != "/mirror/products?row=1001%2F99" {
		t.Errorf("%+v, %v", found, err)
	}
	until(t, "the drives are read", func() bool { all, err := w.Drives(); return err == nil && len(all.Drives) == 1 })
	if _, err := w.SetDrive("301", true); err != nil {
		t.Fatal(err)
	}
	until(t, "the activity is read", func() bool {
		e, err := w.Events(mirror.EventsInput{})
		return err == nil && len(e.Events) == 40 && e.Stand.Kind == "synced"
	})
	e, err := w.Events(mirror.EventsInput{Text: "elena offerta 000039"})
	if err != nil || len(e.Events) != 1 || e.Events[0].DriveName != "Ponteri" || e.Events[0].Actor != "Elena Bernasconi" || e.Next != "" {
		t.Errorf("%+v, %v", e, err)
	}
	hits, err := testkit.Bound[*search.Window](a).Search("offerta 000039", []string{"event"}, 5)
	if err != nil || len(hits.Groups) != 1 || hits.Groups[0].Total != 1 || hits.Groups[0].Searched != 40 ||
		hits.Groups[0].Hits[0].Route != "/activity/infomaniak?q=offerta+000039&row="+e.Events[0].Number || hits.Groups[0].Hits[0].Params["person"] != "Elena Bernasconi" {
		t.Errorf("%+v, %v", hits, err)
	}
	file := filepath.Join(t.TempDir(), "drives.csv")
	a.Startup(testkit.Deaf, &testkit.Dialogs{Path: file})
	if name, err := w.SaveEvents(mirror.EventsInput{Text: "elena"}, bridge.Target{Locale: "it-CH"}); err != nil || name != "drives.csv" {
		t.Fatal(name, err)
	}
	table, err := os.ReadFile(file) //nolint:gosec // our own test data
	if lines := bytes.Count(table, []byte("\n")); err != nil || lines != 41 || bytes.Count(table, []byte("Ponteri: un kDrive presso Infomaniak, non una voce")) != 40 ||
		!bytes.Contains(table, []byte(";kDrive;")) {
		t.Errorf("%d lines, %v: %.400s", lines, err, table)
	}
	on := e.Events[0].At[:10]
	if e, err = w.Events(mirror.EventsInput{Until: on}); err != nil || len(e.Events) != 40 {
		t.Errorf("%d until %s, %v", len(e.Events), on, err)
	}
	if e, err = w.Events(mirror.EventsInput{From: "2099-01-01"}); err != nil || len(e.Events) != 0 {
		t.Errorf("%d, %v", len(e.Events), err)
	}
	if _, err = w.Events(mirror.EventsInput{From: "no day"}); len(fault.FieldsOf(err)) != 1 {
		t.Error(err)
	}
}

// takenOver lets the linked organization say what it says there: what can be, once it was seen, and nothing else.
func takenOver(t *testing.T, a *app.App, w *mirror.Window, fake *fakemaniak.Server) {
	t.Helper()
	fake.Edit(func(s *fakemaniak.State) {
		s.Accounts[0]["name"] = "Studio Ponteri & Figli SA"
		s.Accounts[0]["vat_number"] = "CHE-116.281.710 MWST" // of no use to an organization in Switzerland
	})
	if _, err := w.Refresh(); err != nil {
		t.Fatal(err)
	}
	different := func() map[string]mirror.DifferenceView {
		o, err := w.Organizations()
		if err != nil {
			t.Fatal(err)
		}
		list := map[string]mirror.DifferenceView{}
		for _, one := range o.List {
			for _, d := range one.Differences {
				list[d.Field] = d
			}
		}
		return list
	}
	until(t, "the new name is read", func() bool { return different()["name"].There == "Studio Ponteri & Figli SA" })
	d := different()
	if !d["name"].May || !d["address"].May || d["vat_number"].May || d["vat_number"].There == "" {
		t.Errorf("%+v", d)
	}
	if _, err := w.TakeOver("1001", "name", "What it was called once"); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("over what was not seen: %v", err)
	}
	if _, err := w.TakeOver("1001", "vat_number", d["vat_number"].Here); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("what cannot be: %v", err)
	}
	for _, field := range []string{"name", "address"} {
		if _, err := w.TakeOver("1001", field, d[field].Here); err != nil {
			t.Errorf("%s: %v", field, err)
		}
	}
	here, err := testkit.Bound[*organization.Window](a).Current()
	if err != nil || here.Name != "Studio Ponteri & Figli SA" || here.Street != "Via Motta 3" || here.Postcode != "6500" || here.Place != "Bellinzona" || here.Country != "CH" {
		t.Errorf("%+v, %v", here, err)
	}
	if left := different(); len(left) != 1 || left["vat_number"].There == "" {
		t.Errorf("%+v", left)
	}
	if n := len(fake.Writes()); n > 0 {
		t.Errorf("%d writes", n)
	}
	until(t, "it rests", func() bool { s, err := w.State(); return err == nil && s.State == "idle" })
}

// scopeLost takes a scope away: what was read with it stays, as old as it is, and counts as fresh nowhere.
func scopeLost(t *testing.T, a *app.App, w *mirror.Window, fake *fakemaniak.Server) {
	t.Helper()
	fake.Token(canary, "user_info", "accounts", "drive")
	if _, err := w.Refresh(); err != nil {
		t.Fatal(err)
	}
	until(t, "the scope is missed", func() bool {
		d, err := w.Domains()
		return err == nil && d.Stand.Kind == "scope" && d.Stand.Scope == "domain:read" && d.Stand.Since != "" && len(d.Domains) == 3
	})
	until(t, "it rests", func() bool { s, err := w.State(); return err == nil && s.State == "idle" })
	cover, err := testkit.Bound[*payment.Window](a).Cover()
	if u := cover.Unpriced; err != nil || u.Count != 0 || u.Stale != 1 {
		t.Errorf("%+v, %v", u, err)
	}
	list, err := testkit.Bound[*expiry.Window](a).List(expiry.QueryInput{Text: ".example", Limit: 50})
	if err != nil || list.Total == 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, e := range list.Rows {
		if e.At != "" && !e.Stale {
			t.Errorf("%s counts as fresh", e.Name)
		}
	}
}

// clientsThere makes a client of an organization whose partner one is: listed here, under its number there, and once.
func clientsThere(t *testing.T, a *app.App, w *mirror.Window) {
	t.Helper()
	o, err := w.Choose([]mirror.ChoiceInput{{Account: "2007", Choice: "new_client"}})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(o.List, func(one mirror.OrganizationView) bool { return one.ID == "2007" })
	if one := o.List[at]; one.Choice != "client" || one.LinkedTo != one.Name || len(one.Suggested) > 0 {
		t.Errorf("%+v", one)
	}
	list, err := testkit.Bound[*client.Window](a).List("listed", o.List[at].Name)
	if err != nil || len(list.Clients) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	// Linked no more, it is the client that is suggested, by its number; no second one of its name is made.
	if o, err = w.Choose([]mirror.ChoiceInput{{Account: "2007", Choice: "look"}}); err != nil {
		t.Fatal(err)
	}
	if one := o.List[at]; len(one.Suggested) != 1 || one.Suggested[0].Why != "number" || one.Suggested[0].ID != list.Clients[0].ID {
		t.Errorf("%+v", one.Suggested)
	}
	if _, err := w.Choose([]mirror.ChoiceInput{{Account: "2007", Choice: "new_client"}}); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != "2007.name" {
		t.Errorf("a second client of one name: %v", err)
	}
}

// A token that is refused in the middle pauses everything, and keeps what was read.
func TestATokenThatIsRefusedPauses(t *testing.T) {
	fake := fakemaniak.Start(t, fakemaniak.Agency(), canary)
	a, dir := remote(t, fake)
	w := testkit.Bound[*mirror.Window](a)
	v := check(t, a, canary)
	clients := 0
	for _, o := range v.Organizations {
		if o.Choice != "look" {
			t.Errorf("%s was chosen to be %s by itself", o.ID, o.Choice)
		}
		for _, s := range o.Suggested {
			if s.Choice == "client" || s.Choice == "new_client" {
				clients++
			}
		}
	}
	if clients != 14 {
		t.Errorf("%d clients are suggested, want 14", clients)
	}
	if _, err := w.Connect(mirror.ConnectInput{Check: v.ID}); err != nil {
		t.Fatal(err)
	}
	until(t, "everything is read", func() bool { s, err := w.State(); return err == nil && s.State == "idle" && s.LastCompleteAt != "" })
	products, err := w.Products()
	if err != nil || len(products.Products) != 309 || products.Stand.Kind != "synced" {
		t.Fatalf("%d products, %+v, %v", len(products.Products), products.Stand, err)
	}
	if n := len(fake.Requests()); n > 30 {
		t.Errorf("%d requests", n)
	}
	fake.Revoke(canary)
	if _, err := w.Refresh(); err != nil {
		t.Fatal(err)
	}
	until(t, "it is paused", func() bool { s, err := w.State(); return err == nil && s.State == "paused" })
	n := len(fake.Requests())
	if _, err := w.Refresh(); fault.ReasonOf(err) != mirror.ReasonPaused || len(fake.Requests()) != n {
		t.Errorf("%v, %d requests", err, len(fake.Requests())-n)
	}
	if products, err = w.Products(); err != nil || len(products.Products) != 309 || products.Stand.Kind != "paused" {
		t.Errorf("%d products, %+v, %v", len(products.Products), products.Stand, err)
	}
	// Somebody else's token is refused, a new one of the same person goes on.
	fake.Token("other", fakemaniak.AllScopes()...)
	own := 0
	fake.Edit(func(s *fakemaniak.State) { own, _ = s.Profile["id"].(int); s.Profile["id"] = 4242 })
	v = check(t, a, "other")
	if _, err := w.Connect(mirror.ConnectInput{Check: v.ID}); !v.Another || fault.ReasonOf(err) != mirror.ReasonAnother {
		t.Errorf("another person's token: %v, %v", v.Another, err)
	}
	fake.Edit(func(s *fakemaniak.State) { s.Profile["id"] = own })
	v = check(t, a, "other")
	n = len(fake.Requests())
	if _, err := w.Connect(mirror.ConnectInput{Check: v.ID}); !v.Same || err != nil {
		t.Fatalf("a new token of the same person: %v, %v", v.Same, err)
	}
	until(t, "it reads again, to the end", func() bool {
		read := slices.ContainsFunc(fake.Requests()[n:], func(r fakemaniak.Request) bool { return r.Path == "/2/domains/domains" })
		s, err := w.State()
		return err == nil && read && s.State == "idle"
	})
	// What was ignored is not suggested again, and a currency is not guessed.
	o, err := w.Choose([]mirror.ChoiceInput{{Account: "2006", Choice: "ignore"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range o.List {
		if one.ID == "2006" && (one.Choice != "ignore" || len(one.Suggested) > 0) {
			t.Errorf("%+v", one)
		}
	}
	clientsThere(t, a, w)
	fake.Edit(func(s *fakemaniak.State) {
		s.Accounts[1]["addresses"] = []fakemaniak.Object{fakemaniak.Address("NO")}
	})
	if _, err := w.Refresh(); err != nil {
		t.Fatal(err)
	}
	until(t, "the new address is read", func() bool {
		o, err := w.Organizations()
		return err == nil && slices.ContainsFunc(o.List, func(one mirror.OrganizationView) bool { return one.Country == "NO" })
	})
	if _, err := w.Choose([]mirror.ChoiceInput{{Account: "2002", Choice: "create"}}); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Name != "2002.currency" {
		t.Errorf("a currency was guessed: %v", err)
	}
	o, err = w.Choose([]mirror.ChoiceInput{{Account: "2002", Choice: "create", Currency: "CHF"}})
	if err != nil || !slices.ContainsFunc(o.List, func(one mirror.OrganizationView) bool {
		return one.ID == "2002" && one.Choice == "link" && one.LinkedTo == one.Name
	}) {
		t.Errorf("%v", err)
	}
	until(t, "it rests", func() bool { s, err := w.State(); return err == nil && s.State == "idle" })
	fake.Break(fakemaniak.Fault{Do: fakemaniak.Cut(false)})
	if _, err := w.Refresh(); fault.ReasonOf(err) != mirror.ReasonOffline {
		t.Errorf("without a network: %v", err)
	}
	if list, err := w.Ends(); err != nil || len(list) == 0 {
		t.Errorf("%d ends, %v", len(list), err)
	}
	a.Shutdown()
	withoutNetwork(t, dir)
}
