package session_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

const email = "elena@ponteri.example"

// failing makes n failed attempts, each after its wait.
func failing(t *testing.T, d *desk, s *session.Service, address string, n int) (last error) {
	t.Helper()
	for range n {
		d.clock.Advance(5 * time.Minute)
		last = s.SignIn(t.Context(), address, "wrong", false)
	}
	return last
}

func started(t *testing.T) (*desk, *session.Service) {
	t.Helper()
	d := newDesk(t)
	s := d.window(t, "me")
	if err := d.begin(t, s, request()); err != nil {
		t.Fatal(err)
	}
	return d, s
}

func TestTooManyFailuresLockTheAccountAndSaySo(t *testing.T) {
	d, s := started(t)
	for _, address := range []string{email, "nobody@ponteri.example"} {
		if err := failing(t, d, s, address, session.DefaultPolicy.LockAfter); fault.CodeOf(err) != fault.Invalid {
			t.Fatalf("%s: the last attempt before the lock: %v", address, err)
		}
		since := d.clock.Now().Format(time.RFC3339)
		d.clock.Advance(24 * time.Hour)
		err := s.SignIn(t.Context(), address, password, false)
		want := `{"code":"locked","reason":"account_locked","params":{"after":"10","since":"` + since + `"}}`
		if got := fault.JSON(err); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	locks := 0
	for _, e := range d.journal.Entries {
		if e.Action == audit.ItemLocked {
			locks++
		}
	}
	if locks != 1 {
		t.Errorf("%d locks in the journal, want 1", locks)
	}
}

func TestASuccessResetsTheCount(t *testing.T) {
	d, s := started(t)
	_ = failing(t, d, s, email, 9)
	d.clock.Advance(5 * time.Minute)
	if err := s.SignIn(t.Context(), email, password, false); err != nil {
		t.Fatal(err)
	}
	if err := failing(t, d, s, email, 9); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("nine failures after a success: %v", err)
	}
}

func TestAWaitRefusesEvenTheRightPassword(t *testing.T) {
	d, s := started(t)
	_ = failing(t, d, s, email, 5)
	err := s.SignIn(t.Context(), email, password, false)
	if fault.ReasonOf(err) != session.ReasonWait || !strings.Contains(fault.JSON(err), `"seconds":"4"`) {
		t.Errorf("at once: %s", fault.JSON(err))
	}
	d.clock.Advance(-time.Hour)
	if err := s.SignIn(t.Context(), email, password, false); fault.ReasonOf(err) != session.ReasonWait {
		t.Errorf("with the clock set back: %v", err)
	}
	d.clock.Advance(time.Hour + 4*time.Second)
	if err := s.SignIn(t.Context(), email, password, false); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestManyWindowsCannotGuessAtOnce(t *testing.T) {
	d, _ := started(t)
	var wg sync.WaitGroup
	results := make(chan error, 40)
	for range 8 {
		w := d.window(t, "thief")
		wg.Go(func() {
			for range 5 {
				results <- w.SignIn(context.Background(), email, "wrong", false)
			}
		})
	}
	wg.Wait()
	close(results)
	tried := 0
	for err := range results {
		if fault.CodeOf(err) == fault.Invalid {
			tried++
		}
	}
	if tried != 4 { // three free ones and the one that begins the waits
		t.Errorf("%d of 40 guesses were looked at, want 4", tried)
	}
}

func TestTheWaysOutOfALock(t *testing.T) {
	d, s := started(t)
	d.member(t, "anna@ponteri.example", access.Administrator)
	_ = failing(t, d, s, email, 10)

	t.Run("an administrator of a common organization", func(t *testing.T) {
		w := d.window(t, "anna")
		if err := w.SignIn(t.Context(), "anna@ponteri.example", password, false); err != nil {
			t.Fatal(err)
		}
		elena, err := d.profiles.IDByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		common, err := sqlite.One(t.Context(), d.db.Reader(), sqlite.Value[string], "SELECT organization_id FROM member WHERE account_id = ?", elena)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SwitchTo(as(t, w), common); err != nil {
			t.Fatal(err)
		}
		if locked, err := w.Locked(as(t, w), []string{elena, "nobody"}); err != nil || len(locked) != 1 || locked[elena].IsZero() {
			t.Errorf("locked: %v, %v", locked, err)
		}
		if err := w.Unlock(as(t, w), elena); err != nil {
			t.Fatal(err)
		}
		if err := w.Unlock(as(t, w), elena); fault.ReasonOf(err) != "not_locked" {
			t.Errorf("a second time: %v", err)
		}
		if err := s.SignIn(t.Context(), email, password, false); err != nil {
			t.Error(err)
		}
	})
	t.Run("the secure form", func(t *testing.T) {
		_ = failing(t, d, s, email, 10)
		const next = "another quiet larch"
		if err := s.Recover(t.Context(), email, "0000-0000-0000-0000", next); err == nil || err.Error() != "invalid code:wrong_code" {
			t.Errorf("a wrong code: %v", err)
		}
		if err := s.Recover(t.Context(), "nobody@ponteri.example", d.codes[0], next); err == nil || err.Error() != "invalid code:wrong_code" {
			t.Errorf("an unknown address: %v", err)
		}
		if err := s.Recover(t.Context(), email, strings.ToLower(d.codes[0]), next); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("the old session lives: %v", err)
		}
		if err := s.SignIn(t.Context(), email, next, false); err != nil {
			t.Fatal(err)
		}
		if err := s.Recover(t.Context(), email, d.codes[0], "yet another larch"); err == nil {
			t.Error("a code opened twice")
		}
	})
}

// member adds somebody to Elena's organization.
func (d *desk) member(t *testing.T, address string, role access.Role) {
	t.Helper()
	codes := d.codes
	r := request()
	r.Account.LoginEmail, r.Organization.Name = address, "Elsewhere"
	if err := d.begin(t, d.window(t, address), r); err != nil {
		t.Fatal(err)
	}
	d.codes = codes
	id, err := d.profiles.IDByEmail(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	err = d.db.Write(t.Context(), func(tx *sqlite.Tx) error {
		org, err := sqlite.One(t.Context(), tx, sqlite.Value[string], "SELECT id FROM organization WHERE name = 'Studio Ponteri SA'")
		if err != nil {
			return err
		}
		return d.organizations.Join(t.Context(), tx, org, id, role)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoMayUnlock(t *testing.T) {
	d, s := started(t)
	_ = failing(t, d, s, email, 10)
	elena, err := d.profiles.IDByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles() {
		ctx := access.With(t.Context(), access.Actor{AccountID: "x", OrganizationID: "none of Elena's", Role: role})
		err := s.Unlock(ctx, elena)
		want := fault.Forbidden
		if role == access.LegalRepresentative || role == access.Administrator {
			want = fault.NotFound // of another organization
		}
		if fault.CodeOf(err) != want {
			t.Errorf("%s: %v, want %s", role, err, want)
		}
	}
}

// What was never judged does not lock: the program ended while it looked at the password. It makes wait instead, so that
// many windows cannot guess at once either.
func TestAnAttemptThatWasNeverJudgedDoesNotLock(t *testing.T) {
	d, s := started(t)
	if err := s.SetPolicy(as(t, s), session.Policy{LockOn: true, LockAfter: 1}); err != nil {
		t.Fatal(err)
	}
	elena := access.From(as(t, s)).AccountID
	for range 5 { // claimed, and killed before it was judged
		testkit.Exec(t, d.db, `INSERT INTO sign_in_guard (subject, failures, failed_at) VALUES (?, 1, ?)
			ON CONFLICT (subject) DO UPDATE SET failures = 1, failed_at = excluded.failed_at`, "account:"+elena, d.clock.Now().UnixMilli())
		w := d.window(t, "you")
		if err := w.SignIn(t.Context(), email, password, false); fault.ReasonOf(err) != session.ReasonWait {
			t.Fatalf("while it may still be judged: %v", err)
		}
		d.clock.Advance(30 * time.Second)
		if err := w.SignIn(t.Context(), email, password, false); err != nil {
			t.Fatalf("the right password: %v", err)
		}
	}
	if err := d.window(t, "you").SignIn(t.Context(), email, "wrong", false); err == nil {
		t.Fatal("a wrong password")
	}
	if err := d.window(t, "you").SignIn(t.Context(), email, password, false); fault.CodeOf(err) != fault.Locked || fault.ReasonOf(err) == session.ReasonWait {
		t.Errorf("one wrong password locks, as she wished: %v", err)
	}
}

// Who may unlock somebody must not thereby let her be guessed: she accepted the organization, and it is not endless.
func TestUnlockingIsNotEndless(t *testing.T) {
	d, s := started(t)
	d.member(t, "luca@ponteri.example", access.Collaborator)
	luca, err := d.profiles.IDByEmail(t.Context(), "luca@ponteri.example")
	if err != nil {
		t.Fatal(err)
	}
	lock := func() {
		t.Helper()
		testkit.Exec(t, d.db, `INSERT INTO sign_in_guard (subject, failures, failed_at, locked_at, locked_after) VALUES (?, 3, ?2, ?2, 3)
			ON CONFLICT (subject) DO UPDATE SET locked_at = excluded.locked_at`, "account:"+luca, d.clock.Now().UnixMilli())
	}
	lock()
	testkit.Exec(t, d.db, "UPDATE member SET accepted_at = NULL WHERE account_id = ?", luca)
	if err := s.Unlock(as(t, s), luca); fault.ReasonOf(err) != session.ReasonNotAccepted {
		t.Errorf("an organization that never asked him: %v", err)
	}
	testkit.Exec(t, d.db, "UPDATE member SET accepted_at = 1 WHERE account_id = ?", luca)
	for range session.MaxUnlocks {
		lock()
		if err := s.Unlock(as(t, s), luca); err != nil {
			t.Fatal(err)
		}
	}
	lock()
	if err := s.Unlock(as(t, s), luca); fault.ReasonOf(err) != session.ReasonUnlocks {
		t.Errorf("once more: %v", err)
	}
	d.clock.Advance(24 * time.Hour)
	if err := s.Unlock(as(t, s), luca); err != nil {
		t.Errorf("the next day: %v", err)
	}
	lock()
	if err := s.Unlock(as(t, s), luca); err != nil {
		t.Fatal(err)
	}
	if err := d.window(t, "luca").SignIn(t.Context(), "luca@ponteri.example", password, false); err != nil {
		t.Fatal(err)
	}
	n, err := sqlite.One(t.Context(), d.db.Reader(), sqlite.Value[int], "SELECT count(*) FROM sign_in_guard WHERE subject LIKE '%'||?", luca)
	if err != nil || n != 0 {
		t.Errorf("%d guards after he signed in, %v", n, err)
	}
}

func TestTheLastAdministratorIsNeverLockedOutForGood(t *testing.T) {
	d, s := started(t)
	testkit.Exec(t, d.db, "UPDATE recovery_code SET used_at = 1")
	_ = failing(t, d, s, email, 10)
	if err := s.SignIn(t.Context(), email, password, false); fault.ReasonOf(err) != session.ReasonLapses || !strings.Contains(fault.JSON(err), `"ends":"2`) {
		t.Fatalf("locked, with an end: %s", fault.JSON(err))
	}
	d.clock.Advance(time.Hour)
	if err := s.SignIn(t.Context(), email, password, false); err != nil {
		t.Errorf("after an hour: %v", err)
	}
}

func TestChangingThePasswordEndsTheOtherSessions(t *testing.T) {
	d, s := started(t)
	other := d.window(t, "me too")
	if err := other.SignIn(t.Context(), email, password, false); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ current, next, want string }{
		{"wrong", "another quiet larch", "invalid password:wrong_password"},
		{password, "short", "invalid newPassword:too_short"},
		{password, password, "invalid newPassword:same_as_before"},
	} {
		if err := s.ChangePassword(as(t, s), test.current, test.next, false); err == nil || err.Error() != test.want {
			t.Errorf("%+v: %v", test, err)
		}
	}
	if err := s.ChangePassword(as(t, s), password, "another quiet larch", false); err != nil {
		t.Fatal(err)
	}
	as(t, s) // this window stays
	if _, err := other.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the other window: %v", err)
	}
	if err := other.SignIn(t.Context(), email, password, false); err == nil {
		t.Error("the old password still opens")
	}
}

func TestDevices(t *testing.T) {
	d, s := started(t)
	other := d.window(t, "me too")
	d.clock.Advance(time.Second)
	if err := other.SignIn(t.Context(), email, password, false); err != nil {
		t.Fatal(err)
	}
	devices, err := s.Devices(as(t, s))
	if err != nil || len(devices.Alive) != 2 || devices.Alive[0].ID != devices.Current {
		t.Fatalf("%+v, %v", devices, err)
	}
	if err := s.End(as(t, s), devices.Current); fault.ReasonOf(err) != "own_session" {
		t.Errorf("ending the own session: %v", err)
	}
	second := devices.Alive[1].ID
	if err := s.Describe(as(t, s), second, session.Said{OwnName: " Reception ", Note: "beside the door"}); err != nil {
		t.Fatal(err)
	}
	if err := s.End(as(t, s), second); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("the ended window: %v", err)
	}
	devices, err = s.Devices(as(t, s))
	if err != nil || len(devices.Alive) != 1 || len(devices.Ended) != 1 ||
		devices.Ended[0].OwnName != "Reception" || devices.Ended[0].EndedBy != session.EndedByOther {
		t.Errorf("history: %+v, %v", devices, err)
	}
	d.member(t, "anna@ponteri.example", access.Collaborator)
	w := d.window(t, "anna")
	if err := w.SignIn(t.Context(), "anna@ponteri.example", password, false); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"end":      w.End(as(t, w), devices.Current),
		"describe": w.Describe(as(t, w), devices.Current, session.Said{OwnName: "mine"}),
		"silence":  w.Silence(as(t, w), devices.Current, session.RuleIdle, true),
	} {
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s somebody else's session: %v", name, err)
		}
	}
	if n, err := s.EndOthers(as(t, s), []string{devices.Current, second}); err != nil || n != 0 {
		t.Errorf("ended %d others, %v", n, err)
	}
}

func TestSettings(t *testing.T) {
	_, s := started(t)
	p, err := s.Protection(as(t, s))
	if err != nil || p.Chosen || p.Policy != session.DefaultPolicy || p.CodesLeft != session.RecoveryCodes || !p.HasPassword {
		t.Errorf("%+v, %v", p, err)
	}
	for after, want := range map[int]string{0: "invalid lockAfter:number_too_small", 101: "invalid lockAfter:number_too_large", 1: "", 100: ""} {
		err := s.SetPolicy(as(t, s), session.Policy{LockOn: true, LockAfter: after})
		if got := errText(err); got != want {
			t.Errorf("%d: %q, want %q", after, got, want)
		}
	}
	codes, err := s.RenewCodes(as(t, s), password)
	if err != nil || len(codes) != session.RecoveryCodes {
		t.Errorf("%v, %v", codes, err)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
