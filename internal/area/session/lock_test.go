package session_test

import (
	"testing"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// locked signs Elena in, and locks her window.
func locked(t *testing.T, stay bool) (*desk, *session.Service, string) {
	t.Helper()
	d := newDesk(t)
	s := d.window(t, "me")
	r := request()
	r.Stay = stay
	if err := d.begin(t, s, r); err != nil {
		t.Fatal(err)
	}
	before, err := s.Current(as(t, s))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Lock(as(t, s)); err != nil {
		t.Fatal(err)
	}
	return d, s, before.ID
}

// text is the one value that a query gives.
func text(t *testing.T, d *desk, query string) string {
	t.Helper()
	value, err := sqlite.One(t.Context(), d.db.Reader(), sqlite.Value[string], query)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func alive(t *testing.T, d *desk) string {
	t.Helper()
	return text(t, d, "SELECT count(*) FROM session WHERE ended_at IS NULL")
}

func TestALockedWindowOpensNothing(t *testing.T) {
	d, s, before := locked(t, true)
	if _, err := s.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated || fault.ReasonOf(err) != session.ReasonWindowLocked {
		t.Fatal(err)
	}
	// Neither does a window that is opened anew, although its session was to stay.
	for _, one := range []*session.Service{s, d.window(t, "me")} {
		if in, err := one.Resume(t.Context()); in || err != nil {
			t.Errorf("resumed: %v, %v", in, err)
		}
	}
	if err := s.SignIn(t.Context(), "elena@ponteri.example", "wrong horse battery", false); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
	if _, err := s.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Error(err)
	}
	if err := s.SignIn(t.Context(), "elena@ponteri.example", password, false); err != nil {
		t.Fatal(err)
	}
	if now, err := s.Current(as(t, s)); err != nil || now.ID != before {
		t.Errorf("another session: %v", err)
	}
	if in, err := d.window(t, "me").Resume(t.Context()); !in || err != nil {
		t.Errorf("it does not stay any more: %v, %v", in, err)
	}
}

func TestWhoeverElseComesBeginsAnewAndTheLockedSessionEnds(t *testing.T) {
	d, s, before := locked(t, false)
	other := request()
	other.Account.LoginEmail, other.Organization = "matteo@ponteri.example", organization.New{Name: "Ferri", Country: "IT"}
	if err := d.begin(t, d.window(t, "another"), other); err != nil {
		t.Fatal(err)
	}
	if err := s.SignIn(t.Context(), "matteo@ponteri.example", password, false); err != nil {
		t.Fatal(err)
	}
	now, err := s.Current(as(t, s))
	if err != nil || now.ID == before {
		t.Fatalf("the locked session is another person's now: %v", err)
	}
	if got := text(t, d, "SELECT ended_at IS NOT NULL FROM session WHERE id = '"+before+"'"); got != "1" {
		t.Error("the locked session lives on")
	}

	d, s, before = locked(t, false)
	again := d.window(t, "me") // the program was started anew
	if err := again.SignIn(t.Context(), "elena@ponteri.example", password, false); err != nil {
		t.Fatal(err)
	}
	if got := alive(t, d); got != "1" {
		t.Errorf("%s sessions live", got)
	}
	if _, err := s.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("%s lives: %v", before, err)
	}

	d, s, _ = locked(t, false)
	if err := s.Begin(t.Context(), text(t, d, "SELECT id FROM account"), session.BySSO, false); err != nil {
		t.Fatal(err)
	}
	if now, err := s.Current(as(t, s)); err != nil || now.Method != session.BySSO || alive(t, d) != "1" {
		t.Errorf("%+v, %v", now, err)
	}
}

func TestWhenAWindowLocksIsThePersonsChoice(t *testing.T) {
	d := newDesk(t)
	s := d.window(t, "me")
	if did, err := s.LockWithScreen(t.Context()); did || err != nil {
		t.Errorf("nobody is locked out: %v, %v", did, err)
	}
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	if rule, err := s.LockRule(as(t, s)); err != nil || rule != (session.LockRule{Minutes: 15, WithScreen: true}) {
		t.Errorf("with a password: %+v, %v", rule, err)
	}
	if err := s.SetLockRule(as(t, s), session.LockRule{Minutes: 7}); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
	if err := s.SetLockRule(as(t, s), session.LockRule{Minutes: 60}); err != nil {
		t.Fatal(err)
	}
	if did, err := s.LockWithScreen(t.Context()); did || err != nil {
		t.Errorf("she did not wish it: %v, %v", did, err)
	}
	if err := s.SetLockRule(as(t, s), session.LockRule{WithScreen: true}); err != nil {
		t.Fatal(err)
	}
	if did, err := s.LockWithScreen(t.Context()); !did || err != nil {
		t.Errorf("she wished it: %v, %v", did, err)
	}
	if did, err := s.LockWithScreen(t.Context()); did || err != nil {
		t.Errorf("it was locked already: %v, %v", did, err)
	}
	testkit.Exec(t, d.db, "DELETE FROM session_lock")
	testkit.Exec(t, d.db, "DELETE FROM session_lock_rule")
	testkit.Exec(t, d.db, "DELETE FROM credential")
	if rule, err := s.LockRule(as(t, s)); err != nil || rule != (session.LockRule{}) {
		t.Errorf("without a password: %+v, %v", rule, err)
	}
}

func TestAWindowThatWasLeftIsOver(t *testing.T) {
	then := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		minutes int
		alone   time.Duration
		want    bool
	}{{15, 14 * time.Minute, false}, {15, 15 * time.Minute, true}, {15, -time.Minute, true}, {0, 48 * time.Hour, false}, {0, -time.Hour, false}} {
		if got := (session.LockRule{Minutes: test.minutes}).Over(then, then.Add(test.alone)); got != test.want {
			t.Errorf("%d minutes, left %s: %t", test.minutes, test.alone, got)
		}
	}
}
