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
	if failed != 1 {
		t.Errorf("%d failed attempts in the journal, want the one at the door", failed)
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

// A wrong password in a dialog is no failed sign-in: it locks nothing, stands in no statistics and sends no notice; it
// has its own action in the journal, and the waits grow all the same.
func TestAWrongPasswordInADialogIsNoFailedSignIn(t *testing.T) {
	d, s := started(t)
	refused, waits := 0, 0
	for range 40 {
		err := s.Reauthenticate(as(t, s), "wrong")
		switch {
		case fault.ReasonOf(err) == session.ReasonWait:
			waits++
			d.clock.Advance(10 * time.Second)
		case err != nil && err.Error() == "invalid password:wrong_password":
			refused++
		default:
			t.Fatalf("%v", err)
		}
	}
	if refused < 5 || waits < refused {
		t.Errorf("%d refused, %d waits", refused, waits)
	}
	told := 0
	for _, e := range d.journal.Entries {
		switch {
		case e.Action == audit.LoginAttempt || e.Action == audit.ItemLocked:
			t.Errorf("in the journal: %+v", e)
		case e.Action == audit.PasswordRefused && e.Result == audit.Failed:
			told++
		}
	}
	past, err := s.Advise(as(t, s))
	if err != nil || past.Failures != 0 || told != refused {
		t.Errorf("%d failures in the statistics, %d of %d in the journal, %v", past.Failures, told, refused, err)
	}
	if err := d.window(t, "you").SignIn(t.Context(), email, password, false); err != nil {
		t.Errorf("the door stays open: %v", err)
	}
}

// Whoever was invited makes no organization; the address alone is no invitation.
func TestTheInvitedJoinInsteadOfMakingAnOrganization(t *testing.T) {
	d, s := started(t)
	asked, err := d.organizations.Invite(as(t, s), organization.Asking{Email: "anna@ponteri.example", Role: access.Administrator})
	if err != nil {
		t.Fatal(err)
	}
	w := d.window(t, "anna")
	r := request()
	r.Account.FirstName, r.Organization.Name, r.Invited = "Anna", "", true
	for address, code := range map[string]string{"nobody@ponteri.example": asked.Code, "Anna@ponteri.example": "", "anna@ponteri.example": "AAAA-AAAA-AAAA-AAAA"} {
		r.Account.LoginEmail, r.Code = address, code
		if err := d.begin(t, w, r); err == nil || err.Error() != "invalid invitationCode:wrong_invitation_code" {
			t.Fatalf("%s with code %q: %v", address, code, err)
		}
	}
	r.Account.LoginEmail, r.Code = "Anna@ponteri.example", asked.Code
	if err := d.begin(t, w, r); err != nil {
		t.Fatal(err)
	}
	actor := access.From(as(t, w))
	if actor.Role != access.Administrator || actor.OrganizationID != access.From(as(t, s)).OrganizationID {
		t.Errorf("%+v", actor)
	}
	n, err := sqlite.One(t.Context(), d.db.Reader(), sqlite.Value[int], "SELECT count(*) FROM organization")
	if err != nil || n != 1 {
		t.Errorf("%d organizations, %v", n, err)
	}
}

// The country is asked once: it is the person's too, with its time zone.
func TestTheCountryIsAskedOnce(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	r := request()
	r.Organization.Country = "IT"
	if err := d.begin(t, s, r); err != nil {
		t.Fatal(err)
	}
	me, err := d.profiles.Mine(as(t, s))
	if err != nil || me.Country != "IT" || me.TimeZone != "Europe/Rome" {
		t.Errorf("%+v, %v", me, err)
	}
	for _, country := range organization.Countries {
		if _, err := time.LoadLocation(profile.ZoneOf(country)); err != nil {
			t.Error(err)
		}
	}
}

// Where the organization that a window showed was deleted or left, the next one takes its place when the frame asks, and
// not before: a page that still shows the former one must not act in another.
func TestTheNextOrganizationTakesThePlaceOfOneThatIsGone(t *testing.T) {
	d, s := started(t)
	ctx := as(t, s)
	second, err := d.organizationOf(ctx, access.From(ctx).AccountID, "Hotel Tre Larici")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SwitchTo(ctx, second); err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, d.db, "DELETE FROM organization WHERE id = ?", second)
	if got := access.From(as(t, s)); got.OrganizationID != "" {
		t.Errorf("acts in %s unasked", got.OrganizationID)
	}
	if err := s.Settle(as(t, s)); err != nil {
		t.Fatal(err)
	}
	if got := access.From(as(t, s)); got.OrganizationID != access.From(ctx).OrganizationID || got.Role != access.LegalRepresentative {
		t.Errorf("shows %+v", got)
	}
	testkit.Exec(t, d.db, "DELETE FROM organization")
	if err := s.Settle(as(t, s)); err != nil {
		t.Errorf("with none left: %v", err)
	}
}

func (d *desk) organizationOf(ctx context.Context, accountID, name string) (id string, err error) {
	return id, d.db.Write(ctx, func(tx *sqlite.Tx) error {
		o, err := d.organizations.Add(ctx, tx, organization.New{Name: name, Country: "CH"}, accountID)
		id = o.ID
		return err
	})
}

// A window that was closed without signing out is not "connected": its session is ended at the next start. Others of the
// same workspace go on, and so does one that stays signed in.
func TestSessionsOfClosedWindowsAreNotConnected(t *testing.T) {
	d, _ := started(t)
	if err := d.window(t, "me").SignIn(t.Context(), email, password, true); err != nil { // the first was closed
		t.Fatal(err)
	}
	other := d.window(t, "you")
	if err := other.SignIn(t.Context(), email, password, false); err != nil {
		t.Fatal(err)
	}
	next := d.window(t, "me")
	if err := next.CloseDead(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := next.LastHere(t.Context()); err != nil || !strings.EqualFold(got, email) {
		t.Errorf("last here: %q, %v", got, err)
	}
	if ok, err := next.Resume(t.Context()); !ok || err != nil {
		t.Errorf("the one that stays: %v, %v", ok, err)
	}
	devices, err := next.Devices(as(t, next))
	if err != nil || len(devices.Alive) != 2 || len(devices.Ended) != 1 || devices.Ended[0].Ending() != "closed" {
		t.Errorf("%+v, %v", devices, err)
	}
	as(t, other)
}

// A new password is judged by the person's own words as at the sign-up, in the dialog and in the secure form.
func TestANewPasswordIsNotMadeOfTheOldNames(t *testing.T) {
	d, s := started(t)
	const guessable = "elenabernasconi"
	if err := s.ChangePassword(as(t, s), password, guessable, false); errText(err) != "invalid newPassword:too_guessable" {
		t.Errorf("in the dialog: %v", err)
	}
	if err := s.Recover(t.Context(), email, d.codes[0], guessable); errText(err) != "invalid newPassword:too_guessable" {
		t.Errorf("in the secure form: %v", err)
	}
	if err := s.Recover(t.Context(), email, d.codes[0], "another quiet larch"); err != nil {
		t.Errorf("the code is not used up by the refusal: %v", err)
	}
}
