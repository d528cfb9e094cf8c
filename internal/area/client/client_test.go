package client_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kontor/internal/area/client"
	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

type rig struct {
	*client.Service
	db      *sqlite.DB
	journal *testkit.Journal
	legal   context.Context //nolint:containedctx // of one test
}

func newRig(t *testing.T) rig {
	t.Helper()
	db := testkit.NewDB(t, nil)
	testkit.Seed(t, db)
	for _, role := range []access.Role{access.Administrator, access.Collaborator, access.External} {
		testkit.Exec(t, db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
			VALUES (?, 'A', 'B', ?, ?, 'en', 0, 0)`, role, role, role)
		testkit.Exec(t, db, "INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('org-1', ?, ?, 0)", role, role)
	}
	journal := &testkit.Journal{}
	return rig{client.NewService(client.Options{
		DB: db, Journal: journal, Reauth: testkit.Reauthenticator("right"), Members: organization.NewDirectory(db), Places: organization.NewDirectory(db),
		Secrets: testkit.Vault{}, Names: called("Studio Ponteri SA"), Post: &box{},
		Prices: list{}, Account: &account{}, Clock: day.Clock{Now: db.Now},
	}), db, journal, testkit.As(t, access.LegalRepresentative)}
}

// as is a context of the member who has that role.
func as(t *testing.T, role access.Role) context.Context {
	t.Helper()
	a := access.Actor{AccountID: string(role), OrganizationID: "org-1", Role: role}
	if role == access.LegalRepresentative {
		a.AccountID = "account-1"
	}
	return access.With(t.Context(), a)
}

var today, _ = day.Parse("2026-11-20")

func limited(products ...client.Product) client.Rights {
	return client.Rights{Access: client.Limited, Products: products}
}

func site(technical, statistics bool) client.Product {
	return client.Product{Name: "rezzoni.example", Family: "web_hosting", Technical: technical, Statistics: statistics}
}

// ask makes a pending client and returns its id.
func (r rig) ask(t *testing.T, name string, rights client.Rights) string {
	t.Helper()
	id, err := r.Ask(r.legal, client.New{Details: client.Details{Name: name, Place: "Lugano"}, Rights: rights}, false)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (r rig) get(t *testing.T, id string) client.Detail {
	t.Helper()
	d, err := r.Get(r.legal, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Every role, with every kind of access granted, at every act. A collaborator is tried with an authorized client; what
// happens with another one is the next test.
func TestRolesAccessActs(t *testing.T) {
	const legal, admin, collaborator = access.LegalRepresentative, access.Administrator, access.Collaborator
	kinds := map[string]client.Rights{
		"limited": limited(site(true, false)), "full, partner pays": {Access: client.Full}, "full, client pays": {Access: client.Full, Wallet: true},
	}
	type act struct {
		name    string
		pending bool // on a client without an answer
		allowed []access.Role
		do      func(r rig, ctx context.Context, id string, v int) error
	}
	acts := []act{
		{"list", false, []access.Role{legal, admin, collaborator}, func(r rig, ctx context.Context, _ string, _ int) error {
			_, _, err := r.List(ctx, client.Filter{})
			return err
		}},
		{"get", false, []access.Role{legal, admin, collaborator}, func(r rig, ctx context.Context, id string, _ int) error {
			_, err := r.Get(ctx, id)
			return err
		}},
		{"ask", false, []access.Role{legal}, func(r rig, ctx context.Context, _ string, _ int) error {
			_, err := r.Ask(ctx, client.New{Details: client.Details{Name: fmt.Sprintf("Client %d", len(r.journal.Entries))}, Rights: client.Rights{Access: client.Full}}, false)
			return err
		}},
		{"ask again", false, []access.Role{legal}, func(r rig, ctx context.Context, id string, v int) error {
			return r.AskAgain(ctx, id, v, client.Rights{Access: client.Full})
		}},
		{"withdraw", true, []access.Role{legal}, func(r rig, ctx context.Context, id string, v int) error { return r.Withdraw(ctx, id, v) }},
		{"answer", true, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			return r.Answer(ctx, id, v, client.Rights{Access: client.Full}, today)
		}},
		{"correct", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			return r.Correct(ctx, id, v, client.Details{Name: fmt.Sprintf("Corrected %d", len(r.journal.Entries))}, false)
		}},
		{"contact", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			return r.SaveContact(ctx, id, v, client.Contact{Name: "Seraina"})
		}},
		{"conditions", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			return r.SaveConditions(ctx, id, v, "30", nil)
		}},
		{"note", false, []access.Role{legal, admin, collaborator}, func(r rig, ctx context.Context, id string, _ int) error {
			return r.AddNote(ctx, id, "called")
		}},
		{"merge", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			told := r.journal.Entries
			other, err := r.Ask(r.legal, client.New{Details: client.Details{Name: fmt.Sprintf("Double %d", len(told))}}, false)
			if err != nil {
				return err
			}
			r.journal.Entries = told
			return r.Merge(ctx, id, v, other, 1)
		}},
		{"doubles", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, _ string, _ int) error {
			_, err := r.Doubles(ctx)
			return err
		}},
		{"what would stay open", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, _ int) error {
			_, err := r.OpenItems(ctx, id)
			return err
		}},
		{"refuse", true, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error { return r.Refuse(ctx, id, v) }},
		{"stop", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			return r.Stop(ctx, id, v, "right")
		}},
		{"allow", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, _ int) error { return r.Allow(ctx, id, nil) }},
		{"invite", false, []access.Role{legal}, func(r rig, ctx context.Context, id string, v int) error {
			_, err := r.Invite(ctx, id, v)
			return err
		}},
		{"invite by mail", false, []access.Role{legal}, func(r rig, ctx context.Context, id string, v int) error {
			return r.InviteByMail(ctx, id, v, client.Mail{To: "x@y.example"})
		}},
		{"take a reply", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, v int) error {
			told := r.journal.Entries
			file, err := r.Invite(r.legal, id, v)
			if err != nil {
				return err
			}
			r.journal.Entries = told
			_, err = r.TakeReply(ctx, sealed(t, replyTo(t, file), clientKey))
			return err
		}},
		{"answer a partner", false, []access.Role{legal}, func(r rig, ctx context.Context, _ string, _ int) error {
			in := anInvitation()
			in.ID, in.From.ID = fmt.Sprintf("%032x", len(r.journal.Entries)), "org-2"
			_, err := r.Reply(ctx, sealed(t, in, partnerKey), nil)
			return err
		}},
		{"enter", false, []access.Role{legal, admin, collaborator}, func(r rig, ctx context.Context, id string, _ int) error {
			_, err := r.Open(ctx, id)
			return err
		}},
		{"price", false, []access.Role{legal, admin, collaborator}, func(r rig, ctx context.Context, id string, _ int) error {
			_, err := r.Price(ctx, id, hostings("client"))
			return err
		}},
		{"record an order", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, _ int) error {
			return r.RecordOrder(ctx, id, hostings("client"))
		}},
		{"export one", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, id string, _ int) error {
			_, err := r.Export(ctx, id)
			return err
		}},
		{"export all", false, []access.Role{legal, admin}, func(r rig, ctx context.Context, _ string, _ int) error {
			_, err := r.Export(ctx, "")
			return err
		}},
	}
	r := newRig(t)
	for kind, rights := range kinds {
		for _, a := range acts {
			for _, role := range access.Roles() {
				t.Run(fmt.Sprintf("%s/%s/%s", kind, a.name, role), func(t *testing.T) {
					id := r.ask(t, t.Name(), rights)
					if !a.pending {
						must(t, r.Answer(r.legal, id, 1, rights, today))
					}
					must(t, r.Allow(r.legal, id, []string{string(collaborator)}))
					want := fault.Forbidden
					for _, allowed := range a.allowed {
						if allowed == role {
							want = ""
						}
					}
					told := len(r.journal.Entries)
					if err := a.do(r, as(t, role), id, r.get(t, id).Version); fault.CodeOf(err) != want {
						t.Errorf("%v, want %q", err, want)
					}
					if want != "" && len(r.journal.Entries) != told {
						t.Error("a refused act is in the journal as done")
					}
				})
			}
		}
	}
}

func TestACollaboratorKnowsOnlyAuthorizedClients(t *testing.T) {
	r := newRig(t)
	shown, hidden := r.ask(t, "Shown", client.Rights{Access: client.Full}), r.ask(t, "Hidden", client.Rights{Access: client.Full})
	must(t, r.Allow(r.legal, shown, []string{"collaborator"}))
	ctx := as(t, access.Collaborator)
	list, n, err := r.List(ctx, client.Filter{})
	if err != nil || len(list) != 1 || list[0].ID != shown || n.Pending != 1 {
		t.Errorf("%+v %+v %v", list, n, err)
	}
	if _, err := r.Get(ctx, hidden); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("another client: %v", err)
	}
	must(t, r.Allow(r.legal, shown, nil))
	if _, err := r.Get(ctx, shown); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("after the authorization was taken: %v", err)
	}
	must(t, r.Allow(r.legal, shown, []string{"collaborator"}))
	testkit.Exec(t, r.db, "DELETE FROM member WHERE account_id = 'collaborator'")
	if d := r.get(t, shown); len(d.Collaborators) != 0 {
		t.Errorf("who left still may: %v", d.Collaborators)
	}
	for _, who := range []string{"administrator", "external", "nobody"} {
		if err := r.Allow(r.legal, shown, []string{who}); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s as collaborator: %v", who, err)
		}
	}
}

func TestAnotherOrganizationsClientIsNotThere(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Mine", client.Rights{Access: client.Full})
	ctx := access.With(t.Context(), access.Actor{AccountID: "x", OrganizationID: "org-2", Role: access.LegalRepresentative})
	if _, err := r.Get(ctx, id); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("get: %v", err)
	}
	if err := r.Withdraw(ctx, id, 1); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("withdraw: %v", err)
	}
	if all, err := r.Export(ctx, ""); err != nil || len(all.Clients) != 0 {
		t.Errorf("export: %v, %v", all, err)
	}
}

func TestCompare(t *testing.T) {
	full, wallet := client.Rights{Access: client.Full}, client.Rights{Access: client.Full, Wallet: true}
	mail := client.Product{Name: "Info", Family: "email_hosting", Technical: true}
	for _, test := range []struct {
		name           string
		asked, granted client.Rights
		want           client.Difference
		missing        int
	}{
		{"full, full", full, full, client.Same, 0},
		{"full, limited", full, limited(mail), client.Less, 0},
		{"limited, full", limited(mail), full, client.More, 0},
		{"wallet kept back", wallet, full, client.Less, 0},
		{"wallet given unasked", full, wallet, client.More, 0},
		{"the same products in another order", limited(mail, site(true, true)), limited(site(true, true), mail), client.Same, 0},
		{"the name in capitals", limited(mail), limited(client.Product{Name: "INFO", Family: "email_hosting", Technical: true}), client.Same, 0},
		{"a right missing", limited(site(true, true)), limited(site(true, false)), client.Less, 1},
		{"a product missing", limited(mail, site(true, true)), limited(mail), client.Less, 2},
		{"a product more", limited(mail), limited(mail, site(true, false)), client.More, 0},
		{"one for another", limited(site(true, false)), limited(site(false, true)), client.Both, 1},
	} {
		if got, missing := client.Compare(test.asked, test.granted); got != test.want || missing != test.missing {
			t.Errorf("%s: %s %d, want %s %d", test.name, got, missing, test.want, test.missing)
		}
	}
}

func TestWhoPaysSinceWhen(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Rezzoni", client.Rights{Access: client.Full, Wallet: true})
	for i, step := range []struct {
		rights client.Rights
		on     day.Day
		payer  pricing.Party
		since  day.Day
	}{
		{client.Rights{Access: client.Full, Wallet: true}, today - 30, "client", today - 30},
		{limited(site(true, true)), today - 20, "client", today - 30}, // still the client: since the first day
		{client.Rights{Access: client.Full}, today - 10, "partner", today - 10},
		{client.Rights{Access: client.Full, Wallet: true}, today, "client", today},
	} {
		must(t, r.Answer(r.legal, id, i+1, step.rights, step.on))
		if d := r.get(t, id); d.Granted.Pays() != step.payer || d.PaidSince != step.since || d.GrantedOn != step.on {
			t.Errorf("step %d: %s since %s", i, d.Granted.Pays(), d.PaidSince)
		}
	}
	if h := r.get(t, id).History; len(h) != 5 || h[0].Kind != "granted" || h[4].Kind != "asked" || !h[0].Wallet {
		t.Errorf("history: %+v", h)
	}
}

func TestWhatCannotStandIsRefused(t *testing.T) {
	r := newRig(t)
	for name, in := range map[string]client.New{
		"name":              {Rights: client.Rights{Access: client.Full}},
		"number":            {Details: client.Details{Name: "A", Number: "12a"}, Rights: client.Rights{Access: client.Full}},
		"access":            {Details: client.Details{Name: "A"}, Rights: client.Rights{Access: "some"}},
		"products":          {Details: client.Details{Name: "A"}, Rights: limited()},
		"products.0.name":   {Details: client.Details{Name: "A"}, Rights: limited(client.Product{Family: "drive", Technical: true})},
		"products.0.family": {Details: client.Details{Name: "A"}, Rights: limited(client.Product{Name: "x", Family: "boat", Technical: true})},
		"products.0.rights": {Details: client.Details{Name: "A"}, Rights: limited(site(false, false))},
		"products.1.name":   {Details: client.Details{Name: "A"}, Rights: limited(site(true, false), site(false, true))},
	} {
		var e *fault.Error
		if _, err := r.Ask(r.legal, in, false); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	id := r.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	if _, err := r.Ask(r.legal, client.New{Details: client.Details{Name: "REZZONI"}, Rights: client.Rights{Access: client.Full}}, false); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("the same client twice: %v", err)
	}
	if err := r.Answer(r.legal, id, 1, client.Rights{Access: client.Full}, today+2); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("granted in the future: %v", err)
	}
	if err := r.Answer(r.legal, id, 7, client.Rights{Access: client.Full}, today); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("a version that is not there: %v", err)
	}
}

func TestANameIsPutRight(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Resoni", client.Rights{Access: client.Full})
	r.ask(t, "Solari", client.Rights{Access: client.Full})
	must(t, r.Correct(r.legal, id, 1, client.Details{Name: " Rezzoni ", Place: "Ascona", Number: "4711"}, false))
	if d := r.get(t, id); d.Name != "Rezzoni" || d.Place != "Ascona" || d.Number != "4711" || d.History[0].Kind != "corrected" {
		t.Errorf("%+v, %+v", d.Details, d.History)
	}
	if list, _, err := r.List(r.legal, client.Filter{Search: "rezz asco"}); err != nil || len(list) != 1 {
		t.Errorf("found by the new name: %v, %v", list, err)
	}
	for field, d := range map[string]client.Details{"name": {Name: "SOLARI"}, "number": {Name: "Rezzoni", Number: "x"}} {
		var e *fault.Error
		if err := r.Correct(r.legal, id, 2, d, false); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("%+v: %v", d, err)
		}
	}
}

// quoted has as many open quotes as it says, for one client.
type quoted struct {
	id string
	n  int
}

func (o quoted) OpenFor(_ context.Context, _ sqlite.Queryer, organizationID, clientID string) (int, error) {
	if organizationID == "org-1" && clientID == o.id {
		return o.n, nil
	}
	return 0, nil
}

func TestWhatTheEndLeavesOpen(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	quoting := client.NewService(client.Options{DB: r.db, Journal: r.journal, Quotes: quoted{id, 3}, Clock: day.Clock{Now: r.db.Now}})
	if l, err := quoting.OpenItems(r.legal, id); err != nil || l.Quotes != 3 || len(l.Cashback) != 0 {
		t.Errorf("%+v, %v", l, err)
	}
	if l, err := r.OpenItems(r.legal, id); err != nil || l.Quotes != 0 {
		t.Errorf("without quotes: %+v, %v", l, err)
	}
}

func TestTheEndIsTheEnd(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	if err := r.Stop(r.legal, id, 1, "right"); fault.ReasonOf(err) != client.ReasonState {
		t.Errorf("stopped before it began: %v", err)
	}
	must(t, r.Answer(r.legal, id, 1, client.Rights{Access: client.Full}, today))
	if err := r.Withdraw(r.legal, id, 2); fault.ReasonOf(err) != client.ReasonState {
		t.Errorf("withdrawn after the answer: %v", err)
	}
	if err := r.Stop(r.legal, id, 2, "wrong"); fault.CodeOf(err) != fault.Invalid || r.get(t, id).State != client.Active {
		t.Errorf("stopped with a wrong password: %v", err)
	}
	must(t, r.Stop(r.legal, id, 2, "right"))
	if err := r.Answer(r.legal, id, 3, client.Rights{Access: client.Full}, today); fault.ReasonOf(err) != client.ReasonState {
		t.Errorf("granted after the end: %v", err)
	}
	r.ask(t, "Rezzoni", client.Rights{Access: client.Full}) // a new beginning
	last := r.journal.Entries[len(r.journal.Entries)-2]
	if last.Product != audit.Client || last.New != "ended" || last.ObjectID != id {
		t.Errorf("journal: %+v", last)
	}
}

func TestListsSearchAndCount(t *testing.T) {
	r := newRig(t)
	a := r.ask(t, "Fiduciaria Rezzoni", limited(site(true, true)))
	b := r.ask(t, "Óptica Llorente", client.Rights{Access: client.Full})
	c := r.ask(t, "Zürcher", client.Rights{Access: client.Full})
	must(t, r.Answer(r.legal, a, 1, limited(site(true, false)), today))
	must(t, r.Answer(r.legal, b, 1, client.Rights{Access: client.Full}, today))
	must(t, r.Refuse(r.legal, c, 1))
	for _, test := range []struct {
		show, search string
		want         []string
	}{
		{"", "", []string{a, b}},
		{"active", "", []string{a, b}},
		{"pending", "", nil},
		{"differs", "", []string{a}},
		{"less", "", []string{a}},
		{"past", "", []string{c}},
		{"", "optica LLOR", []string{b}},
		{"", "rezzoni.example", []string{a}},
		{"", "lugano fid", []string{a}},
		{"", "100%", nil},
		{"past", "zurch", []string{c}},
	} {
		list, n, err := r.List(r.legal, client.Filter{Show: test.show, Search: test.search})
		got := []string{}
		for _, e := range list {
			got = append(got, e.ID)
		}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(append([]string{}, test.want...)) || n != (client.Counts{Active: 2, Less: 1, Past: 1}) {
			t.Errorf("%q %q: %v %+v, %v", test.show, test.search, got, n, err)
		}
	}
	if _, _, err := r.List(r.legal, client.Filter{Show: "else"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a filter that is not there: %v", err)
	}
	waiting, err := r.Waiting(r.legal)
	if err != nil || len(waiting) != 1 || waiting[0].Route != "/client/"+a+"/rights" {
		t.Errorf("waiting: %+v, %v", waiting, err)
	}
	if waiting, err := r.Waiting(as(t, access.Collaborator)); err != nil || len(waiting) != 0 {
		t.Errorf("a collaborator waits for: %+v, %v", waiting, err)
	}
}
