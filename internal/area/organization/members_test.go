package organization_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/obstacle"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// guard stands in for the sessions: it knows who is locked, and a password.
type guard struct{ testkit.Reauthenticator }

func (guard) SwitchTo(context.Context, string) error { return nil }

func (guard) Locked(context.Context, []string) (map[string]time.Time, error) {
	return map[string]time.Time{"external": time.UnixMilli(1)}, nil
}

type accounts map[string]string

func (a accounts) IDByEmail(_ context.Context, address string) (string, error) {
	return a[address], nil
}

func (accounts) EmailKey(_ context.Context, _ sqlite.Queryer, id string) (string, error) {
	return id + "@ponteri.example", nil
}

func (accounts) People(_ context.Context, ids []string) (map[string]access.Person, error) {
	people := map[string]access.Person{}
	for _, id := range ids {
		people[id] = access.Person{AccountID: id, FirstName: id, LastName: "Person"}
	}
	outside := people["external"]
	outside.Avatar = "picture"
	people["external"] = outside
	return people, nil
}

// staffed is an organization with one member of each role, each named after it, and a second legal representative.
func staffed(t *testing.T, obstacles ...obstacle.Source) (*organization.Service, *sqlite.DB) {
	t.Helper()
	return houseAt(t, nil, obstacles...)
}

func houseAt(t *testing.T, clock *testkit.Clock, obstacles ...obstacle.Source) (*organization.Service, *sqlite.DB) {
	t.Helper()
	db := testkit.NewDB(t, clock)
	testkit.Seed(t, db)
	for i, role := range append(access.Roles(), "stranger") {
		id := string(role)
		testkit.Exec(t, db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
			VALUES (?, ?, 'Person', ?, ?, 'en', 0, 0)`, id, id, id+"@ponteri.example", id+"@ponteri.example")
		if i < len(access.Roles()) {
			testkit.Exec(t, db, "INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('org-1', ?, ?, 0)", id, id)
		}
	}
	s := organization.NewService(db, &testkit.Journal{}, guard{"right"}, accounts{"stranger@ponteri.example": "stranger"}, obstacles...)
	return s, db
}

func role(t *testing.T, db *sqlite.DB, id string) string {
	t.Helper()
	r, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[string], "SELECT coalesce((SELECT role FROM member WHERE account_id = ?), 'gone')", id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Section 10 of the facts: every role × every action.
func TestEveryRoleAgainstEveryAction(t *testing.T) {
	const legal, admin, collaborator, external = access.LegalRepresentative, access.Administrator, access.Collaborator, access.External
	actions := []struct {
		name string
		may  []access.Role
		do   func(ctx context.Context, s *organization.Service) error
	}{
		{"see the organization", []access.Role{legal, admin, collaborator, external}, func(ctx context.Context, s *organization.Service) error { _, err := s.Current(ctx); return err }},
		{"see the members", []access.Role{legal, admin, collaborator, external}, func(ctx context.Context, s *organization.Service) error { _, _, err := s.Members(ctx); return err }},
		{"change the details", []access.Role{legal, admin}, func(ctx context.Context, s *organization.Service) error {
			name := "Renamed"
			_, err := s.Update(ctx, organization.Update{Version: 1, Name: &name})
			return err
		}},
		{"invite", []access.Role{legal, admin}, func(ctx context.Context, s *organization.Service) error {
			_, err := s.Invite(ctx, organization.Asking{Email: "new@ponteri.example", Role: external})
			return err
		}},
		{"make a collaborator administrator", []access.Role{legal, admin}, func(ctx context.Context, s *organization.Service) error {
			return s.SetRole(ctx, "collaborator", admin, false, "right")
		}},
		{"make an administrator legal representative", []access.Role{legal}, func(ctx context.Context, s *organization.Service) error {
			return s.SetRole(ctx, "administrator", legal, false, "right")
		}},
		{"take the role of legal representative", []access.Role{legal}, func(ctx context.Context, s *organization.Service) error {
			return s.SetRole(ctx, "account-1", admin, false, "right")
		}},
		{"remove an external user", []access.Role{legal, admin}, func(ctx context.Context, s *organization.Service) error { return s.Remove(ctx, "external") }},
		{"remove a legal representative", []access.Role{legal}, func(ctx context.Context, s *organization.Service) error { return s.Remove(ctx, "account-1") }},
		{"leave", []access.Role{legal, admin, collaborator, external}, func(ctx context.Context, s *organization.Service) error { return s.Leave(ctx) }},
		{"ask what stands against deleting", []access.Role{legal, admin}, func(ctx context.Context, s *organization.Service) error { _, err := s.Deletion(ctx); return err }},
	}
	for _, r := range access.Roles() {
		for _, a := range actions {
			t.Run(fmt.Sprintf("%s/%s", r, a.name), func(t *testing.T) {
				s, _ := staffed(t)
				ctx := access.With(t.Context(), access.Actor{AccountID: string(r), OrganizationID: "org-1", Role: r})
				err := a.do(ctx, s)
				allowed := false
				for _, m := range a.may {
					allowed = allowed || m == r
				}
				if allowed != (err == nil) || err != nil && fault.CodeOf(err) != fault.Forbidden {
					t.Errorf("allowed %v, got %v", allowed, err)
				}
				if err := a.do(t.Context(), s); fault.CodeOf(err) != fault.Unauthenticated {
					t.Errorf("nobody: %v", err)
				}
			})
		}
	}
}

func TestThereIsAlwaysALegalRepresentative(t *testing.T) {
	s, db := staffed(t)
	ctx := access.With(t.Context(), access.Actor{AccountID: "account-1", OrganizationID: "org-1", Role: access.LegalRepresentative})
	if err := s.Remove(ctx, "legal_representative"); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"demote": s.SetRole(ctx, "account-1", access.Administrator, false, "right"),
		"remove": s.Remove(ctx, "account-1"),
		"leave":  s.Leave(ctx),
	} {
		if fault.ReasonOf(err) != organization.ReasonLastLegal {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, query := range []string{
		"UPDATE member SET role = 'external' WHERE account_id = 'account-1'",
		"DELETE FROM member WHERE account_id = 'account-1'",
		"DELETE FROM account WHERE id = 'account-1'",
	} {
		if err := db.Write(t.Context(), func(tx *sqlite.Tx) error { _, err := tx.Exec(query); return err }); err == nil {
			t.Errorf("the database let through: %s", query)
		}
	}
	if err := s.SetRole(ctx, "administrator", access.LegalRepresentative, false, "wrong"); err == nil || err.Error() != "invalid password:wrong_password" {
		t.Errorf("with a wrong password: %v", err)
	}
	if err := s.SetRole(ctx, "administrator", access.LegalRepresentative, false, "right"); err != nil {
		t.Fatal(err)
	}
	if err := s.Leave(ctx); err != nil || role(t, db, "account-1") != "gone" {
		t.Errorf("with a successor: %v", err)
	}
}

func TestMembersAreSeenWithTheirPictureAndLocksByWhoeverMayUnlockThem(t *testing.T) {
	s, _ := staffed(t)
	for _, r := range access.Roles() {
		ctx := testkit.As(t, r)
		list, _, err := s.Members(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			outside := m.AccountID == "external"
			if (m.Avatar != "") != outside || m.LockedAt.IsZero() == (outside && access.From(ctx).Can(access.UnlockMembers)) {
				t.Errorf("a %s sees %+v", r, m)
			}
		}
		lines, err := s.Waiting(ctx)
		if err != nil || (len(lines) == 1) != access.From(ctx).Can(access.UnlockMembers) {
			t.Errorf("Home tells a %s %+v, %v", r, lines, err)
		}
	}
}

func TestDetails(t *testing.T) {
	to := func(v string) *string { return &v }
	for name, test := range map[string]struct {
		update organization.Update
		want   string
	}{
		"abroad":                     {organization.Update{Country: to("IT")}, "EUR"},
		"another currency":           {organization.Update{Country: to("IT"), Currency: to("CHF")}, "CHF"},
		"no such currency":           {organization.Update{Currency: to("USD")}, "invalid currency:not_a_choice"},
		"VAT number in the EU":       {organization.Update{Country: to("IT"), VATNumber: to("it 0074-3110.157")}, "EUR"},
		"VAT number in Switzerland":  {organization.Update{VATNumber: to("IT00743110157")}, "invalid vatNumber:vat_not_in_switzerland"},
		"mistyped VAT number":        {organization.Update{Country: to("IT"), VATNumber: to("IT00743110158")}, "invalid vatNumber:vat_check_digit"},
		"VAT number of another":      {organization.Update{Country: to("FR"), VATNumber: to("IT00743110157")}, "invalid vatNumber:vat_of_other_member"},
		"no VAT number":              {organization.Update{Country: to("IT"), VATNumber: to("12")}, "invalid vatNumber:not_a_vat_number"},
		"a line break in the street": {organization.Update{Street: to("a\x00b")}, "invalid street:not_text"},
		"changed elsewhere":          {organization.Update{Version: 9, Name: to("x")}, "conflict (changed_meanwhile)"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := staffed(t)
			if test.update.Version == 0 {
				test.update.Version = 1
			}
			o, err := s.Update(testkit.As(t, access.LegalRepresentative), test.update)
			if got := o.Currency; err == nil && got != test.want {
				t.Errorf("currency %s, want %s", got, test.want)
			} else if err != nil && err.Error() != test.want {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}

func TestDeletingAnOrganization(t *testing.T) {
	full := true
	s, db := staffed(t, func(context.Context, string) ([]obstacle.Obstacle, error) {
		if full {
			return []obstacle.Obstacle{{Kind: "balance", Params: map[string]string{"amount": "12.40"}}}, nil
		}
		return nil, nil
	})
	ctx := access.With(t.Context(), access.Actor{AccountID: "account-1", OrganizationID: "org-1", Role: access.LegalRepresentative})
	standing, err := s.Deletion(ctx)
	if err != nil || len(standing) != 2 || standing[0].Kind != "members" || standing[0].Params["count"] != "4" || standing[1].Kind != "balance" {
		t.Fatalf("%+v, %v", standing, err)
	}
	try := func(name, password string) string {
		if err := s.Delete(ctx, name, password); err != nil {
			return err.Error()
		}
		return ""
	}
	for _, test := range []struct{ name, password, want string }{
		{"Studio", "right", "invalid name:not_the_same"},
		{"Studio Ponteri SA", "wrong", "invalid password:wrong_password"},
		{"Studio Ponteri SA", "right", "conflict (organization_members)"},
	} {
		if got := try(test.name, test.password); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
	for _, r := range access.Roles() {
		if err := s.Remove(ctx, string(r)); err != nil {
			t.Fatal(err)
		}
	}
	if got := try("Studio Ponteri SA", "right"); got != "conflict (organization_balance)" {
		t.Error(got)
	}
	full = false
	if got := try(" Studio  Ponteri SA ", "right"); got != "" {
		t.Fatal(got)
	}
	left, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[int], "SELECT count(*) FROM organization")
	if err != nil || left != 0 || role(t, db, "account-1") != "gone" {
		t.Errorf("%d organizations left, %v", left, err)
	}
}

// An administrator who gives herself less than she needs to change it back may do so for a minute, on the same window.
func TestOnesOwnRoleCanBeTakenBackForAMinute(t *testing.T) {
	clock := testkit.NewClock()
	s, db := houseAt(t, clock)
	as := func(role access.Role) context.Context {
		return access.With(t.Context(), access.Actor{AccountID: "administrator", SessionID: "here", OrganizationID: "org-1", Role: role})
	}
	lower := func() {
		t.Helper()
		if err := s.SetRole(as(access.Administrator), "administrator", access.External, false, ""); err != nil || role(t, db, "administrator") != "external" {
			t.Fatalf("lowered: %v", err)
		}
	}
	lower()
	elsewhere := access.With(t.Context(), access.Actor{AccountID: "administrator", SessionID: "there", OrganizationID: "org-1", Role: access.External})
	if err := s.TakeBackRole(elsewhere); fault.ReasonOf(err) != organization.ReasonTooLate {
		t.Errorf("on another window: %v", err)
	}
	clock.Advance(time.Minute)
	if err := s.TakeBackRole(as(access.External)); err != nil || role(t, db, "administrator") != "administrator" {
		t.Errorf("taken back: %v", err)
	}
	if err := s.TakeBackRole(as(access.Administrator)); fault.ReasonOf(err) != organization.ReasonTooLate {
		t.Errorf("twice: %v", err)
	}
	lower()
	clock.Advance(61 * time.Second)
	if err := s.TakeBackRole(as(access.External)); fault.ReasonOf(err) != organization.ReasonTooLate {
		t.Errorf("after a minute: %v", err)
	}
	testkit.Exec(t, db, "UPDATE member SET role = 'administrator' WHERE account_id = 'administrator'")
	lower()
	testkit.Exec(t, db, "UPDATE member SET role = 'collaborator' WHERE account_id = 'administrator'")
	if err := s.TakeBackRole(as(access.Collaborator)); fault.ReasonOf(err) != organization.ReasonTooLate {
		t.Errorf("changed by somebody else since: %v", err)
	}
}

// Who holds which role at Infomaniak can be noted without an account here; the note opens nothing.
func TestWhoHoldsARoleAtInfomaniakIsNoted(t *testing.T) {
	s, db := staffed(t)
	ctx := testkit.As(t, access.Administrator)
	bruno, err := s.Note(ctx, organization.Noted{Name: " Bruno  Keller ", Email: "Administrator@ponteri.example", Role: access.LegalRepresentative})
	if err != nil || bruno.Name != "Bruno Keller" {
		t.Fatalf("%+v, %v", bruno, err)
	}
	if _, err := s.Note(ctx, organization.Noted{Name: "", Email: "x", Role: "boss"}); errText(err) != "invalid name:required email:not_an_email role:not_a_choice" {
		t.Errorf("refused: %v", err)
	}
	bruno.Role = access.External
	if _, err := s.Note(ctx, bruno); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Note(ctx, organization.Noted{Name: "Aline", Role: access.Administrator}); err != nil {
		t.Fatal(err)
	}
	all, err := s.Noted(testkit.As(t, access.External))
	if err != nil || len(all) != 2 || all[0].Name != "Aline" || all[1].Role != access.External || all[1].ID != bruno.ID {
		t.Errorf("%+v, %v", all, err)
	}
	if role(t, db, "administrator") != "administrator" {
		t.Error("the note changed a role in Kontor")
	}
	if _, err := s.Note(testkit.As(t, access.Collaborator), bruno); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a collaborator notes: %v", err)
	}
	foreign := access.With(t.Context(), access.Actor{AccountID: "x", OrganizationID: "org-2", Role: access.Administrator})
	if err := s.Forget(foreign, bruno.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("from another organization: %v", err)
	}
	// Whoever deletes the account with that address is forgotten here too.
	if err := db.Write(ctx, func(tx *sqlite.Tx) error { return s.Erase(ctx, tx, "administrator") }); err != nil {
		t.Fatal(err)
	}
	if all, err = s.Noted(ctx); err != nil || len(all) != 1 {
		t.Errorf("after the account was erased: %+v, %v", all, err)
	}
	if err := s.Forget(ctx, all[0].ID); err != nil {
		t.Error(err)
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
