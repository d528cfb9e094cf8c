package profile_test

import (
	"testing"

	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// The workspace is kept by whoever made it, until she gives it to another; somebody always keeps it.
func TestAWorkspaceIsNeverWithoutAKeeper(t *testing.T) {
	db := testkit.NewDB(t, nil)
	testkit.Seed(t, db)
	testkit.Exec(t, db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
		VALUES ('account-2', 'Luca', 'Ponteri', 'luca@ponteri.example', 'luca@ponteri.example', 'en', 1, 1)`)
	s := profile.NewService(profile.NewDirectory(db, nil), &testkit.Journal{}, testkit.Reauthenticator("right"), nil)
	k, err := s.Keepers(testkit.Keeper(t))
	if err != nil || len(k.Now) != 1 || k.Now[0].AccountID != "account-1" || len(k.Others) != 1 || k.Others[0].AccountID != "account-2" {
		t.Fatalf("%+v, %v", k, err)
	}
	for _, role := range access.Roles() {
		if err := s.SetKeeper(testkit.As(t, role), "account-1", true, "right"); fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", role, err)
		}
	}
	for name, err := range map[string]error{
		"invalid password:wrong_password": s.SetKeeper(testkit.Keeper(t), "account-2", true, "wrong"),
		"conflict (last_keeper)":          s.SetKeeper(testkit.Keeper(t), "account-1", false, "right"),
		"invalid accountId:required":      s.SetKeeper(testkit.Keeper(t), "", true, "right"),
	} {
		if got := fault.CodeOf(err); err == nil || name[:len(got)] != string(got) {
			t.Errorf("%v, want %s", err, name)
		}
	}
	if alone, err := s.OnlyKeeper(t.Context(), db.Reader(), "account-1"); err != nil || !alone {
		t.Errorf("the only one: %v, %v", alone, err)
	}
	if err := s.SetKeeper(testkit.Keeper(t), "account-2", true, "right"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetKeeper(testkit.Keeper(t), "account-1", false, "right"); err != nil {
		t.Fatal(err)
	}
	if keeps, err := s.Keeps(t.Context(), db.Reader(), "account-2"); err != nil || !keeps {
		t.Errorf("it was given away: %v, %v", keeps, err)
	}
	// However the last one goes, the schema says no while there are others.
	err = db.Write(t.Context(), func(tx *sqlite.Tx) error {
		_, err := tx.Exec("DELETE FROM account WHERE id = 'account-2'")
		return err
	})
	if fault.ReasonOf(err) != "last_keeper" {
		t.Errorf("%v", err)
	}
}
