package session_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/host/sqlite"
)

// anyID lets every id pass; those of Entra ID are package sso's matter.
func anyID(tenant, client string) (string, string, error) { return tenant, client, nil }

func ponteri() session.Provider {
	return session.Provider{Tenant: "t", Client: "c", Domains: []string{" @Ponteri.example ", "zürich.example", "ponteri.example"}}
}

func TestAProviderServesTheDomainsOfAnOrganization(t *testing.T) {
	d, s := started(t)
	if err := s.SetProvider(as(t, s), ponteri(), anyID, password); err != nil {
		t.Fatal(err)
	}
	p, err := s.Provider(as(t, s))
	if err != nil || !slices.Equal(p.Domains, []string{"ponteri.example", "xn--zrich-kva.example"}) {
		t.Errorf("%+v, %v", p, err)
	}
	for email, want := range map[string]string{"Anyone@PONTERI.example": "", "a@zürich.example": "", "a@elsewhere.example": session.ReasonNoProvider} {
		if _, err := s.ProviderFor(t.Context(), email); fault.ReasonOf(err) != want {
			t.Errorf("%s: %v", email, err)
		}
	}
	if _, err := s.ProviderFor(t.Context(), "nobody"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("no address: %v", err)
	}
	for _, role := range []access.Role{access.Collaborator, access.External} {
		ctx := access.With(t.Context(), access.Actor{AccountID: "x", OrganizationID: p.OrganizationID, Role: role})
		if err := s.SetProvider(ctx, ponteri(), anyID, password); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", role, err)
		}
	}
	other := d.window(t, "anna")
	d.member(t, "anna@elsewhere.example", access.External)
	if err := other.SignIn(t.Context(), "anna@elsewhere.example", password, false); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"": "required", "nowhere": "not_a_domain", "a b.example": "not_a_domain"} {
		if err := s.SetProvider(as(t, s), session.Provider{Domains: []string{typed}}, anyID, password); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for name, err := range map[string]error{
		"set":    s.SetProvider(as(t, s), ponteri(), anyID, "wrong"),
		"remove": s.RemoveProvider(as(t, s), "wrong"),
	} {
		if err == nil || err.Error() != "invalid password:wrong_password" {
			t.Errorf("%s with a wrong password: %v", name, err)
		}
	}
	if err := s.RemoveProvider(as(t, s), password); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ProviderFor(t.Context(), "a@ponteri.example"); fault.ReasonOf(err) != session.ReasonNoProvider {
		t.Errorf("switched off: %v", err)
	}
}

// second is somebody else, with an organization of her own.
func second() firststart.Request {
	r := request()
	r.Account.LoginEmail, r.Organization.Name = "paul@ponteri.example", "Elsewhere"
	return r
}

// linked links an identity to whoever is signed in on a window, as the page does it.
func linked(t *testing.T, d *desk, s *session.Service, who session.Identity) error {
	t.Helper()
	provider := &answering{who: who}
	session.UseSSO(s, provider)
	if notOpened, err := s.LinkInBrowser(as(t, s), password); err != nil || notOpened != nil {
		return errors.Join(err, notOpened)
	}
	return session.WaitSSO(s)
}

// answering is a provider that always names the same.
type answering struct{ who session.Identity }

func (answering) Check(tenant, client string) (string, string, error) { return tenant, client, nil }

func (answering) Ready(context.Context, session.Provider) ([]session.Finding, error) { return nil, nil }

func (answering) Redirect() string { return "" }

func (a *answering) Begin(context.Context, session.Provider) (session.Attempted, error) {
	return a, nil
}

func (*answering) Link() string { return "https://provider.example" }

func (*answering) Checking() bool { return false }

func (a *answering) Wait() (session.Identity, error) { return a.who, nil }

func (*answering) Cancel() {}

func (*answering) OpenURL(string) error { return nil }

var elena = session.Identity{Issuer: "i", Subject: "1", Email: email}

func withProvider(t *testing.T) (*desk, *session.Service, session.Provider) {
	t.Helper()
	d, s := started(t)
	if err := s.SetProvider(as(t, s), ponteri(), anyID, password); err != nil {
		t.Fatal(err)
	}
	p, err := s.Provider(as(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return d, s, p
}

// What a provider says opens the account that was linked from inside, and no other; an address links nothing.
func TestAnAddressLinksNothing(t *testing.T) {
	d, s, p := withProvider(t)
	if err := d.begin(t, d.window(t, "x"), second()); err != nil { // an account here, of another organization
		t.Fatal(err)
	}
	w := d.window(t, "window")
	for name, who := range map[string]session.Identity{
		"a member's address": elena, "nobody's": {Issuer: "i", Subject: "2", Email: "nobody@ponteri.example"},
		"one of another organization": {Issuer: "i", Subject: "3", Email: "paul@ponteri.example"}, "none": {Issuer: "i", Subject: "4"},
	} {
		if err := w.SignInAs(t.Context(), p, who, false); fault.ReasonOf(err) != session.ReasonNotLinked {
			t.Errorf("%s: %v", name, err)
		}
	}
	session.UseSSO(s, &answering{who: elena})
	if _, err := s.LinkInBrowser(as(t, s), "wrong"); err == nil || err.Error() != "invalid password:wrong_password" {
		t.Errorf("linked without the password: %v", err)
	}
	if err := linked(t, d, s, elena); err != nil {
		t.Fatal(err)
	}
	// From then on the identity counts, whatever address it has; and a locked password is no obstacle.
	_ = failing(t, d, s, email, 10)
	renamed := elena
	renamed.Email = "new.name@ponteri.example"
	if err := w.SignInAs(t.Context(), p, renamed, false); err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]session.Identity{
		"another person of the same name": {Issuer: "i", Subject: "9", Email: email}, "another tenant": {Issuer: "other", Subject: "1", Email: email},
	} {
		if err := d.window(t, "y").SignInAs(t.Context(), p, other, false); fault.ReasonOf(err) != session.ReasonNotLinked {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := linked(t, d, s, session.Identity{Issuer: "i", Subject: "9", Email: email}); fault.ReasonOf(err) != session.ReasonLinkedAlready {
		t.Errorf("a second identity of the issuer, unasked: %v", err)
	}
	links, err := s.Links(as(t, s))
	if err != nil || len(links) != 1 || links[0].Issuer != "i" {
		t.Errorf("%+v, %v", links, err)
	}
	if err := s.Unlink(as(t, s), "i"); err != nil {
		t.Fatal(err)
	}
	if err := d.window(t, "z").SignInAs(t.Context(), p, elena, false); fault.ReasonOf(err) != session.ReasonNotLinked {
		t.Errorf("after unlinking: %v", err)
	}
}

// What the provider of an organization opens is that organization alone, until the password is given.
func TestAProviderOpensItsOrganizationAlone(t *testing.T) {
	d, s, p := withProvider(t)
	if err := linked(t, d, s, elena); err != nil {
		t.Fatal(err)
	}
	first := access.From(as(t, s)).OrganizationID
	second, err := organization.NewService(d.db, d.journal, s, d.profiles).Create(as(t, s), organization.New{Name: "Elsewhere", Country: "CH"})
	if err != nil {
		t.Fatal(err)
	}
	w := d.window(t, "window")
	if err := w.SignInAs(t.Context(), p, elena, true); err != nil {
		t.Fatal(err)
	}
	actor := access.From(as(t, w))
	if !actor.Bound || actor.OrganizationID != first || actor.Can(access.KeepWorkspace) {
		t.Errorf("%+v", actor)
	}
	mine, err := d.organizations.Mine(as(t, w))
	if err != nil || len(mine) != 1 {
		t.Errorf("sees %+v, %v", mine, err)
	}
	_, errDevices := w.Devices(as(t, w))
	for name, err := range map[string]error{
		"switching": w.SwitchTo(as(t, w), second.ID), "other sessions": errDevices, "protection": w.SetPolicy(as(t, w), session.DefaultPolicy),
		"unlinking": w.Unlink(as(t, w), "i"), "a new organization": createIn(t, d, w),
	} {
		if fault.ReasonOf(err) != access.ReasonBound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if ok, err := d.window(t, "window").Resume(t.Context()); err != nil || !ok {
		t.Fatalf("%v, %v", ok, err)
	}
	if err := w.Widen(as(t, w), "wrong"); err == nil || !access.From(as(t, w)).Bound {
		t.Errorf("with a wrong password: %v", err)
	}
	if err := w.Widen(as(t, w), password); err != nil {
		t.Fatal(err)
	}
	if err := w.SwitchTo(as(t, w), second.ID); err != nil || access.From(as(t, w)).OrganizationID != second.ID {
		t.Errorf("with the password: %v", err)
	}
	// Whoever has left the organization is signed out by it.
	later := d.window(t, "later")
	if err := later.SignInAs(t.Context(), p, elena, false); err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, d.db, "UPDATE member SET account_id = (SELECT id FROM account LIMIT 1) WHERE 0")
	testkit.Exec(t, d.db, "DELETE FROM organization WHERE id = ?", first)
	if _, err := later.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("after leaving: %v", err)
	}
	if err := w.SignInAs(t.Context(), p, elena, false); fault.ReasonOf(err) != session.ReasonChanged {
		t.Errorf("the provider is gone: %v", err)
	}
}

func createIn(t *testing.T, d *desk, w *session.Service) error {
	t.Helper()
	_, err := d.organizations.Create(as(t, w), organization.New{Name: "Third", Country: "CH"})
	return err
}

// The takeover that was: a stranger founds an organization, invites the victim, points her mail domain at a directory of
// the stranger's own, and signs in there as her.
func TestAStrangerDoesNotBecomeSomebodyElse(t *testing.T) {
	d, s := started(t)
	mallory := d.window(t, "mallory")
	if err := d.begin(t, mallory, second()); err != nil {
		t.Fatal(err)
	}
	asked, err := d.organizations.Invite(as(t, mallory), organization.Asking{Email: email, Role: access.External})
	if err != nil || asked.Code != "" {
		t.Fatalf("%+v, %v", asked, err)
	}
	victim := access.From(as(t, s)).AccountID
	theirs := access.From(as(t, mallory)).OrganizationID
	if _, _, err := d.organizations.Membership(t.Context(), victim, theirs); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("invited is member: %v", err)
	}
	own := ponteri()
	own.Tenant = "mallory's"
	if err := mallory.SetProvider(as(t, mallory), own, anyID, password); err != nil {
		t.Fatal(err)
	}
	p, err := mallory.Provider(as(t, mallory))
	if err != nil {
		t.Fatal(err)
	}
	if err := mallory.SignInAs(t.Context(), p, session.Identity{Issuer: "mallory's", Subject: "1", Email: email}, false); fault.ReasonOf(err) != session.ReasonNotLinked {
		t.Errorf("signed in as the victim: %v", err)
	}
	if err := d.organizations.Answer(as(t, s), theirs, true); err != nil { // even if she accepts
		t.Fatal(err)
	}
	if err := mallory.SignInAs(t.Context(), p, session.Identity{Issuer: "mallory's", Subject: "1", Email: email}, false); fault.ReasonOf(err) != session.ReasonNotLinked {
		t.Errorf("signed in as a victim who has accepted: %v", err)
	}
	if actor := access.From(as(t, mallory)); actor.AccountID == victim {
		t.Error("the stranger is the victim")
	}
}

// Whoever names a domain first does not keep its people from their own provider.
func TestADomainThatAStrangerNamedFirstLeadsHome(t *testing.T) {
	d, s := started(t)
	mallory := d.window(t, "mallory")
	if err := d.begin(t, mallory, second()); err != nil {
		t.Fatal(err)
	}
	if err := mallory.SetProvider(as(t, mallory), session.Provider{Tenant: "mallory's", Client: "c", Domains: []string{"ponteri.example"}}, anyID, password); err != nil {
		t.Fatal(err)
	}
	if err := s.SetProvider(as(t, s), ponteri(), anyID, password); err != nil {
		t.Fatal(err)
	}
	leads := func(address, tenant string) {
		t.Helper()
		if p, err := s.ProviderFor(t.Context(), address); err != nil || p.Tenant != tenant {
			t.Errorf("%s is led to %q, %v", address, p.Tenant, err)
		}
	}
	leads("paul@ponteri.example", "mallory's") // that is who mallory is
	leads(email, "t")

	// Even if she has accepted the stranger's organization before her own, what she has linked counts.
	theirs := access.From(as(t, mallory)).OrganizationID
	if _, err := d.organizations.Invite(as(t, mallory), organization.Asking{Email: email, Role: access.External}); err != nil {
		t.Fatal(err)
	}
	if err := d.organizations.Answer(as(t, s), theirs, true); err != nil {
		t.Fatal(err)
	}
	if err := linked(t, d, s, elena); err != nil {
		t.Fatal(err)
	}
	leads(email, "t")
}

// Signing in as somebody else ends the session that the window had: nobody could take it up again.
func TestSigningInEndsTheFormerSessionOfTheWindow(t *testing.T) {
	d, s := started(t)
	former := access.From(as(t, s))
	if err := d.begin(t, d.window(t, "x"), second()); err != nil {
		t.Fatal(err)
	}
	if err := s.SignIn(t.Context(), "paul@ponteri.example", password, false); err != nil {
		t.Fatal(err)
	}
	ended, err := sqlite.One(t.Context(), d.db.Reader(), sqlite.Value[bool], "SELECT ended_at IS NOT NULL FROM session WHERE id = ?", former.SessionID)
	if err != nil || !ended {
		t.Errorf("the former session lives on: %v", err)
	}
	if ok, err := d.window(t, "me").Resume(t.Context()); err != nil || ok {
		t.Errorf("what stayed signed in is there again: %v, %v", ok, err)
	}
}
