package fakemaniak_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"kontor/internal/dev/fakemaniak"
	"kontor/internal/host/infomaniak"
)

const token = "a-token"

func client(t *testing.T, s *fakemaniak.Server) *infomaniak.Client {
	t.Helper()
	c, err := infomaniak.New(infomaniak.Options{
		Base: s.URL, Limit: &infomaniak.Limit{}, Token: func(context.Context) (string, error) { return token, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestTheAgencyIsReadWhole(t *testing.T) {
	t.Parallel()
	c := client(t, fakemaniak.Start(t, fakemaniak.Agency(), token))
	accounts, err := c.Accounts(t.Context())
	if err != nil || len(accounts.Rows) != 17 {
		t.Fatalf("%d, %v", len(accounts.Rows), err)
	}
	clients := 0
	for _, a := range accounts.Rows {
		if a.Partner() {
			clients++
		}
	}
	if clients != 14 || accounts.Rows[0].Addresses[0].Country != "CH" {
		t.Errorf("%d clients, %+v", clients, accounts.Rows[0])
	}
	x, err := infomaniak.Walk(t.Context(), "", nil, func(p infomaniak.Product) string { return p.ID }, c.Products,
		func(infomaniak.Page[infomaniak.Product]) error { return nil })
	if err != nil || !x.Complete || x.Rows != 309 {
		t.Errorf("products: %+v, %v", x, err)
	}
	x, err = infomaniak.Walk(t.Context(), "", nil, func(d infomaniak.Domain) string { return d.Name },
		func(ctx context.Context, at string) (infomaniak.Page[infomaniak.Domain], error) {
			return c.Domains(ctx, "", at)
		},
		func(infomaniak.Page[infomaniak.Domain]) error { return nil })
	if err != nil || !x.Complete || x.Rows != 46 {
		t.Errorf("domains: %+v, %v", x, err)
	}
}

func TestWhatIsChangedIsReadBack(t *testing.T) {
	t.Parallel()
	s := fakemaniak.Start(t, fakemaniak.Alone(), token)
	c := client(t, s)
	p, err := c.Profile(t.Context(), "emails", "phones", "security", "sessions")
	if err != nil || p.FirstName != "Elena" || p.Language.Code != "it_IT" || len(p.Sessions) != 2 || len(p.Devices) != 1 || len(p.Emails) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	name, after, nowhere := "Eléna", 3, int64(4711)
	if err := c.PatchProfile(t.Context(), infomaniak.Patch{Email: p.Email, FirstName: &name, LockAfter: &after}, true); err != nil {
		t.Fatal(err)
	}
	if again, err := c.Profile(t.Context()); err != nil || again.FirstName != "Elena" {
		t.Errorf("a rehearsal changed something: %+v, %v", again, err)
	}
	if err := c.PatchProfile(t.Context(), infomaniak.Patch{Email: p.Email, FirstName: &name, LockAfter: &after}, false); err != nil {
		t.Fatal(err)
	}
	if again, err := c.Profile(t.Context()); err != nil || again.FirstName != name || *again.LockAfter != 3 {
		t.Errorf("%+v, %v", again, err)
	}
	var f *infomaniak.Fault
	if err := c.PatchProfile(t.Context(), infomaniak.Patch{Email: p.Email, CountryID: &nowhere}, true); !errors.As(err, &f) ||
		f.Kind != infomaniak.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "country_id" {
		t.Errorf("%+v", f)
	}
	if _, err := c.Profile(t.Context(), "everything"); len(infomaniak.Allowed(err)) != 4 {
		t.Errorf("%v: %v", err, infomaniak.Allowed(err))
	}
	s.Break(fakemaniak.Fault{Method: http.MethodPost, Path: "/1/accounts/1001/invitations", Times: 1, Do: fakemaniak.Cut(true)})
	if _, err := c.Invite(t.Context(), "1001", infomaniak.NewInvitation{
		Email: "new@ponteri.example", FirstName: "Nina", LastName: "Neu", Locale: "de_DE", Role: "normal",
	}); !errors.As(err, &f) || f.Outcome != infomaniak.Unknown {
		t.Errorf("%+v", f)
	}
	if found, err := c.FindMembers(t.Context(), "1001", "new@ponteri.example"); err != nil || len(found.Rows) != 1 || found.Rows[0].State != "pending" {
		t.Errorf("%+v, %v", found, err)
	}
	if id, err := c.AddRecord(t.Context(), "ponteri.example", infomaniak.Record{Source: "shop", Type: "A", Target: "192.0.2.11", TTL: 300}); err != nil || id == "" {
		t.Errorf("%q, %v", id, err)
	}
	if records, err := c.Records(t.Context(), "ponteri.example"); err != nil || len(records.Rows) != 5 {
		t.Errorf("%+v, %v", records, err)
	}
	if n := len(s.Writes()); n != 3 {
		t.Errorf("%d writes: %v", n, s.Writes())
	}
}

func TestATokenSeesWhatItsScopesOpen(t *testing.T) {
	t.Parallel()
	s := fakemaniak.Start(t, fakemaniak.Alone(), token)
	s.Token(token, "accounts")
	c := client(t, s)
	var f *infomaniak.Fault
	if _, err := c.Profile(t.Context()); !errors.As(err, &f) || f.Kind != infomaniak.NeedsScope || f.Scopes[0] != "user_info" {
		t.Errorf("%+v", f)
	}
	if _, err := c.Accounts(t.Context()); err != nil {
		t.Error(err)
	}
	s.Revoke(token)
	if _, err := c.Accounts(t.Context()); !errors.As(err, &f) || f.Kind != infomaniak.Unauthorized {
		t.Errorf("%+v", f)
	}
}

// A drive with 2,500 events is read in three pages, each event once, the newest first.
func TestEventsComeOnce(t *testing.T) {
	t.Parallel()
	state := fakemaniak.Alone()
	state.Events["301"] = 2500
	s := fakemaniak.Start(t, state, token)
	c := client(t, s)
	var last time.Time
	x, err := infomaniak.Walk(t.Context(), "", nil, func(e infomaniak.Event) string { return e.ID },
		func(ctx context.Context, at string) (infomaniak.Page[infomaniak.Event], error) {
			return c.Events(ctx, "301", time.Time{}, at)
		},
		func(p infomaniak.Page[infomaniak.Event]) error {
			for _, e := range p.Rows {
				if !last.IsZero() && e.At.After(last) {
					t.Errorf("%s is newer than the one before", e.ID)
				}
				last = e.At
			}
			return nil
		})
	if err != nil || x.Rows != 2500 || !x.Complete || len(s.Requests()) != 3 {
		t.Errorf("%+v after %d requests, %v", x, len(s.Requests()), err)
	}
}
