package session_test

import (
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
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
	if err := other.SetProvider(as(t, other), ponteri(), anyID, password); err == nil || err.Error() != "invalid domains:domain_taken" {
		t.Errorf("somebody else's domain: %v", err)
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

func TestWhomAProviderMaySignIn(t *testing.T) {
	d, s := started(t)
	if err := s.SetProvider(as(t, s), ponteri(), anyID, password); err != nil {
		t.Fatal(err)
	}
	p, err := s.Provider(as(t, s))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.begin(t, d.window(t, "x"), second()); err != nil { // an account here, of another organization
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		who  session.Identity
		want string
	}{
		"a member":                     {session.Identity{Issuer: "i", Subject: "1", Email: "ELENA@ponteri.example"}, ""},
		"nobody":                       {session.Identity{Issuer: "i", Subject: "2", Email: "nobody@ponteri.example"}, session.ReasonNoAccount},
		"an account that is no member": {session.Identity{Issuer: "i", Subject: "3", Email: "paul@ponteri.example"}, session.ReasonNoAccount},
		"an address of another domain": {session.Identity{Issuer: "i", Subject: "4", Email: "elena@evil.example"}, session.ReasonNoAccount},
		"not even an address":          {session.Identity{Issuer: "i", Subject: "5", Email: "elena"}, session.ReasonNoAccount},
	} {
		w := d.window(t, "window")
		if err := w.SignInAs(t.Context(), p, test.who, false); fault.ReasonOf(err) != test.want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.Actor(t.Context()); (err == nil) != (test.want == "") {
			t.Errorf("%s is signed in: %v", name, err == nil)
		}
	}
	// From then on the identity counts, whatever address it has; and a locked password is no obstacle.
	_ = failing(t, d, s, email, 10)
	w := d.window(t, "later")
	if err := w.SignInAs(t.Context(), p, session.Identity{Issuer: "i", Subject: "1", Email: "new.name@ponteri.example"}, false); err != nil {
		t.Fatal(err)
	}
	now, err := w.Current(as(t, w))
	if err != nil || now.Method != session.BySSO {
		t.Errorf("%+v, %v", now, err)
	}
	if err := d.db.Write(t.Context(), func(tx *sqlite.Tx) error { _, err := tx.Exec("DELETE FROM sso_provider"); return err }); err != nil {
		t.Fatal(err)
	}
}
