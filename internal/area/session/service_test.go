package session_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// light keeps the tests quick; the real parameters have a test of their own.
var light = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// shut is a vault that does not open.
type shut struct{ testkit.Vault }

func (shut) Get(context.Context, string, string, string) ([]byte, error) {
	return nil, fault.New(fault.Locked, "vault_locked")
}

func TestALockedVaultKeepsNobodyFromSigningIn(t *testing.T) {
	d := newDesk(t)
	s := session.NewService(session.Options{DB: d.db, Journal: d.journal, Vault: shut{d.vault}, Person: "me", Params: light})
	if ok, err := s.Resume(t.Context()); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
}

type desk struct {
	db            *sqlite.DB
	clock         *testkit.Clock
	journal       *testkit.Journal
	vault         testkit.Vault
	codes         []string
	profiles      *profile.Service
	organizations *organization.Service
}

func newDesk(t *testing.T) *desk {
	d := &desk{clock: testkit.NewClock(), journal: &testkit.Journal{}, vault: testkit.Vault{}}
	d.db = testkit.NewDB(t, d.clock)
	d.profiles = profile.NewService(profile.NewDirectory(d.db, organization.NewDirectory(d.db)), d.journal, nil, nil)
	d.organizations = organization.NewService(d.db, d.journal, nil, d.profiles)
	return d
}

// window is one more window on the same workspace.
func (d *desk) window(t *testing.T, person string) *session.Service {
	t.Helper()
	return session.NewService(session.Options{
		DB: d.db, Journal: d.journal, Accounts: d.profiles, Members: d.organizations, Vault: d.vault,
		Device: session.Device{Name: "desk", System: "Linux", Version: "1", Address: "192.168.1.20"}, Person: person, Params: light,
	})
}

const password = "correct horse battery"

func request() firststart.Request {
	return firststart.Request{
		Account:      profile.New{FirstName: "Elena", LastName: "Bernasconi", LoginEmail: "Elena@Ponteri.example", Language: "it"},
		Organization: organization.New{Name: "Studio Ponteri SA", Country: "CH"},
		Password:     password,
	}
}

func (d *desk) begin(t *testing.T, s *session.Service, r firststart.Request) error {
	t.Helper()
	codes, err := firststart.NewService(d.db, d.profiles, d.organizations, s).Begin(t.Context(), r)
	d.codes = codes
	return err
}

func as(t *testing.T, s *session.Service) context.Context {
	t.Helper()
	actor, err := s.Actor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return access.With(t.Context(), actor)
}

func TestTheFirstAccountIsLegalRepresentativeAndSignedIn(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	ctx := as(t, s)
	if actor := access.From(ctx); actor.Role != access.LegalRepresentative || !actor.Can(access.AddClient) {
		t.Errorf("actor %+v", actor)
	}
	mine, err := d.organizations.Mine(ctx)
	if err != nil || len(mine) != 1 || mine[0].Organization.Currency != "CHF" {
		t.Errorf("organizations %+v, %v", mine, err)
	}
	hash, err := sqlite.One(ctx, d.db.Reader(), sqlite.Value[string], "SELECT password_hash FROM credential")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$") || strings.Contains(hash, password) {
		t.Errorf("hash %q, %v", hash, err)
	}
}

func TestARefusedBeginningKeepsNothing(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	taken := request()
	taken.Account.LoginEmail = "elena@PONTERI.EXAMPLE"
	bad := firststart.Request{Account: profile.New{LoginEmail: "x", Language: "rm"}, Password: "short"}
	for name, test := range map[string]struct {
		request firststart.Request
		fields  string
	}{
		"taken address":   {taken, "loginEmail:not_unique"},
		"all that is bad": {bad, "firstName:required loginEmail:not_an_email language:not_a_choice organizationName:required country:not_a_choice password:too_short"},
	} {
		err := d.begin(t, s, test.request)
		if fault.CodeOf(err) != fault.Invalid || err.Error() != "invalid "+test.fields {
			t.Errorf("%s: %v", name, err)
		}
	}
	n, err := sqlite.One(t.Context(), d.db.Reader(), sqlite.Value[int], "SELECT (SELECT count(*) FROM account) * 10 + (SELECT count(*) FROM organization)")
	if err != nil || n != 11 {
		t.Errorf("accounts and organizations: %d, %v", n, err)
	}
}

func TestSigningInAndOut(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	if err := s.SignOut(as(t, s)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("after signing out: %v", err)
	}
	wrong, unknown := s.SignIn(t.Context(), "elena@ponteri.example", "wrong", false), s.SignIn(t.Context(), "nobody@ponteri.example", password, false)
	if fault.JSON(wrong) != fault.JSON(unknown) || fault.CodeOf(wrong) != fault.Invalid {
		t.Errorf("a wrong password says %v, an unknown address %v", wrong, unknown)
	}
	if err := s.SignIn(t.Context(), " ELENA@ponteri.example ", password, false); err != nil {
		t.Errorf("the address in another spelling: %v", err)
	}
	if err := s.Reauthenticate(as(t, s), password); err != nil {
		t.Error(err)
	}
	if err := s.Reauthenticate(as(t, s), "wrong"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("wrong password at a sensitive act: %v", err)
	}
	var failed int
	for _, e := range d.journal.Entries {
		if e.Action == audit.LoginAttempt && e.Result == audit.Failed {
			failed++
		}
	}
	if failed != 2 {
		t.Errorf("%d failed attempts in the journal, want 2", failed)
	}
}

func TestStayingSignedInSurvivesARestartButNotTheEndOfTheSession(t *testing.T) {
	d := newDesk(t)
	first := d.window(t, "me")
	r := request()
	r.Stay = true
	if err := d.begin(t, first, r); err != nil {
		t.Fatal(err)
	}
	again, other := d.window(t, "me"), d.window(t, "somebody else")
	if ok, err := again.Resume(t.Context()); !ok || err != nil {
		t.Fatalf("resumed %v, %v", ok, err)
	}
	if ok, err := other.Resume(t.Context()); ok || err != nil {
		t.Errorf("another person of the computer was signed in: %v, %v", ok, err)
	}
	if err := first.SignOut(as(t, first)); err != nil {
		t.Fatal(err)
	}
	if _, err := again.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the same session in another window still lives: %v", err)
	}
	if ok, err := d.window(t, "me").Resume(t.Context()); ok || err != nil {
		t.Errorf("resumed after signing out: %v, %v", ok, err)
	}
}

func TestAStolenSessionIDOpensNothing(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	r := request()
	r.Stay = true
	if err := d.begin(t, s, r); err != nil {
		t.Fatal(err)
	}
	id := access.From(as(t, s)).SessionID
	d.vault["session/me/secret"] = []byte(`{"session":"` + id + `","secret":"AAAA"}`)
	if ok, err := d.window(t, "me").Resume(t.Context()); ok || err != nil {
		t.Errorf("resumed with a guessed secret: %v, %v", ok, err)
	}
	d.vault["session/me/secret"] = []byte(`{`)
	if ok, err := d.window(t, "me").Resume(t.Context()); ok || err != nil {
		t.Errorf("resumed with a broken secret: %v, %v", ok, err)
	}
}

func TestLosingTheRoleTakesEffectAtTheNextCall(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	d.member(t, "anna@ponteri.example", access.LegalRepresentative)
	testkit.Exec(t, d.db, "DELETE FROM member WHERE account_id = (SELECT id FROM account WHERE first_name = 'Elena' AND email_key LIKE 'elena%')")
	actor := access.From(as(t, s))
	if actor.Role != "" || actor.Can(access.UseSimulator) || !actor.Can(access.OwnProfile) {
		t.Errorf("actor %+v", actor)
	}
}

func TestActivityIsWrittenOnceAMinute(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	began := d.clock.Now()
	d.clock.Advance(59 * time.Second)
	as(t, s)
	if got, err := s.Current(as(t, s)); err != nil || !got.LastActive.Equal(began) {
		t.Errorf("after 59 s: %v, %v", got.LastActive, err)
	}
	d.clock.Advance(time.Second)
	as(t, s)
	if got, err := s.Current(as(t, s)); err != nil || !got.LastActive.Equal(d.clock.Now()) {
		t.Errorf("after a minute: %v, %v", got.LastActive, err)
	}
}

func TestSwitchingOrganizations(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	ctx := as(t, s)
	var second organization.Organization
	err := d.db.Write(ctx, func(tx *sqlite.Tx) (err error) {
		second, err = d.organizations.Add(ctx, tx, organization.New{Name: "Hotel Tre Larici", Country: "IT"}, access.From(ctx).AccountID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SwitchTo(ctx, second.ID); err != nil {
		t.Fatal(err)
	}
	if got := access.From(as(t, s)).OrganizationID; got != second.ID || second.Currency != "EUR" {
		t.Errorf("shows %s (%s)", got, second.Currency)
	}
	if err := s.SwitchTo(ctx, "somebody else's"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a foreign organization: %v", err)
	}
}

func TestTheRealHashParametersAreAboveTheFloor(t *testing.T) {
	p := session.HashParams
	if p.Memory < 19*1024 || p.Iterations < 2 || p.SaltLength < 16 || p.KeyLength < 32 {
		t.Errorf("%+v is below what OWASP asks for", p)
	}
}

func TestStrength(t *testing.T) {
	for password, want := range map[string]string{
		"":                              "required",
		"1234567":                       "too_short",
		"password":                      "too_guessable",
		"Bernasconi":                    "too_guessable",
		strings.Repeat("long ", 60):     "too_long",
		password:                        "",
		"Zwölf Boxkämpfer jagen Viktor": "",
	} {
		var c fault.Check
		session.CheckPassword(&c, "password", password, "Elena", "Bernasconi")
		got := ""
		if err := c.Err(); err != nil {
			got = strings.TrimPrefix(err.Error(), "invalid password:")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
	if weak, strong := session.Estimate("password1"), session.Estimate("correct horse battery staple"); weak.Score >= strong.Score || strong.CrackYears <= weak.CrackYears {
		t.Errorf("weak %+v, strong %+v", weak, strong)
	}
}
