package organization_test

import (
	"context"
	"testing"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// post keeps the letters that were queued.
type post struct{ sent, recalled []string }

func (p *post) Send(_ context.Context, _ *sqlite.Tx, l organization.Letter) (string, error) {
	p.sent = append(p.sent, l.Subject+"\n"+l.Text)
	return "letter", nil
}

func (p *post) Recall(_ context.Context, _ *sqlite.Tx, id string) error {
	p.recalled = append(p.recalled, id)
	return nil
}

func asStranger(t *testing.T) context.Context {
	t.Helper()
	return access.With(t.Context(), access.Actor{AccountID: "stranger"})
}

// Who is asked in is no member, and nothing of the organization is hers to see, before she has accepted herself.
func TestAnAccountIsAskedAndAcceptsItself(t *testing.T) {
	s, db := staffed(t)
	admin := testkit.As(t, access.Administrator)
	ask := func() {
		t.Helper()
		asked, err := s.Invite(admin, organization.Asking{Email: "stranger@ponteri.example", Role: access.Collaborator, Accounting: true})
		if err != nil || asked.Name != "stranger Person" || asked.Code != "" || role(t, db, "stranger") != "gone" {
			t.Fatalf("%+v, %v, %s", asked, err, role(t, db, "stranger"))
		}
	}
	ask()
	if mine, err := s.Mine(asStranger(t)); err != nil || len(mine) != 0 {
		t.Errorf("belongs to %+v, %v", mine, err)
	}
	offers, err := s.Offers(asStranger(t))
	if err != nil || len(offers) != 1 || offers[0].Name != "Studio Ponteri SA" || offers[0].Role != access.Collaborator || offers[0].InvitedBy != "account-1 Person" {
		t.Errorf("%+v, %v", offers, err)
	}
	// Nobody accepts for her: not whoever invited, not another who takes the address, not a session that a provider opened.
	bound := access.With(t.Context(), access.Actor{AccountID: "stranger", OrganizationID: "org-2", Bound: true})
	for name, err := range map[string]error{
		"whoever invited": s.Answer(admin, "org-1", true), "nobody": s.Answer(t.Context(), "org-1", true), "a provider": s.Answer(bound, "org-1", true),
	} {
		if err == nil || role(t, db, "stranger") != "gone" {
			t.Errorf("%s accepted: %v", name, err)
		}
	}
	if err := s.Answer(asStranger(t), "org-1", false); err != nil || role(t, db, "stranger") != "gone" {
		t.Errorf("declined: %v", err)
	}
	if err := s.Answer(asStranger(t), "org-1", true); fault.ReasonOf(err) != organization.ReasonNotInvited {
		t.Errorf("what was declined is over: %v", err)
	}
	ask()
	if err := s.Answer(asStranger(t), "org-1", true); err != nil || role(t, db, "stranger") != "collaborator" {
		t.Errorf("accepted: %v", err)
	}
	if ok, err := s.Accepted(t.Context(), db.Reader(), "stranger", "org-1"); err != nil || !ok {
		t.Errorf("%v, %v", ok, err)
	}
	if ok, err := s.Accepted(t.Context(), db.Reader(), "collaborator", "org-1"); err != nil || ok {
		t.Errorf("a member of before, who was never asked: %v, %v", ok, err)
	}
	for email, want := range map[string]string{"stranger@ponteri.example": "invalid email:already_member", "x": "invalid email:not_an_email"} {
		if _, err := s.Invite(admin, organization.Asking{Email: email, Role: access.External}); err == nil || err.Error() != want {
			t.Errorf("%s: %v", email, err)
		}
	}
	if _, err := s.Invite(admin, organization.Asking{Email: "a@b.example", Role: access.LegalRepresentative}); err == nil || err.Error() != "invalid role:not_a_choice" {
		t.Errorf("as legal representative: %v", err)
	}
}

// later makes the account of an address that was asked in before.
func later(t *testing.T, db *sqlite.DB) {
	t.Helper()
	testkit.Exec(t, db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
		VALUES ('later', 'L', 'P', 'later@ponteri.example', 'later@ponteri.example', 'en', 0, 0)`)
}

func claim(t *testing.T, s *organization.Service, db *sqlite.DB, code string) error {
	t.Helper()
	if err := s.TryCode(t.Context(), "Later@ponteri.example", code); err != nil {
		return err
	}
	return db.Write(t.Context(), func(tx *sqlite.Tx) error { return s.Claim(t.Context(), tx, "later", "Later@ponteri.example", code) })
}

// An address is a name: whoever types it first claims nothing without the code.
func TestANewAccountClaimsWithTheCodeAlone(t *testing.T) {
	clock := testkit.NewClock()
	s, db := houseAt(t, clock)
	mailed := &post{}
	s.SendThrough(mailed)
	admin := testkit.As(t, access.Administrator)
	asking := organization.Asking{Email: "Later@ponteri.example", Role: access.External, Mail: true}
	first, err := s.Invite(admin, asking)
	if err != nil || len(first.Code) != 19 || first.Name != "" || !first.Mailed || len(mailed.sent) != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	kept, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[string], "SELECT hex(code_hash) FROM invitation")
	if err != nil || len(kept) != 64 {
		t.Errorf("kept %q, %v", kept, err)
	}
	later(t, db)
	for _, wrong := range []string{"", "AAAA-AAAA-AAAA-AAAA", kept} {
		if err := claim(t, s, db, wrong); err == nil || err.Error() != "invalid invitationCode:wrong_invitation_code" || role(t, db, "later") != "gone" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if offers, err := s.Offers(access.With(t.Context(), access.Actor{AccountID: "later"})); err != nil || len(offers) != 0 {
		t.Errorf("the address alone shows %+v, %v", offers, err)
	}
	// Another code takes the place of the first; so does its letter.
	second, err := s.Invite(admin, asking)
	if err != nil || second.Code == first.Code || len(mailed.recalled) != 1 {
		t.Fatalf("%v, recalled %v", err, mailed.recalled)
	}
	if err := claim(t, s, db, first.Code); err == nil {
		t.Error("the first code still opens")
	}
	if err := claim(t, s, db, second.Code); err != nil || role(t, db, "later") != "external" {
		t.Errorf("the second: %v", err)
	}
}

func TestACodeIsShortLivedAndTriesAreCounted(t *testing.T) {
	clock := testkit.NewClock()
	s, db := houseAt(t, clock)
	admin := testkit.As(t, access.Administrator)
	invite := func() string {
		t.Helper()
		asked, err := s.Invite(admin, organization.Asking{Email: "later@ponteri.example", Role: access.External})
		if err != nil || asked.Code == "" {
			t.Fatalf("%+v, %v", asked, err)
		}
		return asked.Code
	}
	code := invite()
	for range organization.CodeTries {
		_ = s.TryCode(t.Context(), "later@ponteri.example", "wrong")
	}
	if err := s.TryCode(t.Context(), "later@ponteri.example", code); err == nil {
		t.Error("guessed often enough, and it still opens")
	}
	code = invite()
	clock.Advance(organization.CodeLife)
	if err := s.TryCode(t.Context(), "later@ponteri.example", code); err == nil {
		t.Error("its time is over, and it still opens")
	}
	_, asked, err := s.Members(admin)
	if err != nil || len(asked) != 1 || !asked[0].ExpiresAt.Equal(clock.Now()) {
		t.Errorf("%+v, %v", asked, err)
	}
	if _, asked, err = s.Members(testkit.As(t, access.External)); err != nil || len(asked) != 0 {
		t.Errorf("an external user sees who was asked in: %+v, %v", asked, err)
	}
	code = invite()
	clock.Advance(time.Hour)
	later(t, db)
	if err := claim(t, s, db, " "+code[:9]+code[10:]+"\n"); err != nil || role(t, db, "later") != "external" {
		t.Errorf("claimed, however it is typed: %v", err)
	}
	if err := claim(t, s, db, code); err == nil {
		t.Error("a code opens once")
	}
	if err := s.Withdraw(admin, "later@ponteri.example"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a claimed invitation is gone: %v", err)
	}
}
