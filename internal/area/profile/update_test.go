package profile_test

import (
	"context"
	"strings"
	"testing"

	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

func newService(t *testing.T) (*profile.Service, *testkit.Journal, *sqlite.DB, context.Context) {
	db, journal := testkit.NewDB(t, nil), &testkit.Journal{}
	testkit.Seed(t, db)
	return profile.NewService(profile.NewDirectory(db, nil), journal, testkit.Reauthenticator("right"), nil), journal, db, testkit.As(t, access.External)
}

func to[T any](v T) *T { return &v }

func TestWhatMayBeChanged(t *testing.T) {
	for name, test := range map[string]struct {
		update profile.Update
		want   string // refusal, or "" and check
		check  func(profile.Account) bool
	}{
		"names":             {profile.Update{FirstName: to(" Łucja "), LastName: to("de la  Fuente")}, "", func(a profile.Account) bool { return a.Name() == "Łucja de la Fuente" }},
		"empty name":        {profile.Update{FirstName: to(" ")}, "firstName:required", nil},
		"long name":         {profile.Update{LastName: to(strings.Repeat("x", 129))}, "lastName:too_long", nil},
		"language":          {profile.Update{Language: to("fr")}, "", func(a profile.Account) bool { return a.Language == "fr" }},
		"no such language":  {profile.Update{Language: to("rm")}, "language:not_a_choice", nil},
		"time zone":         {profile.Update{TimeZone: to("Europe/Zurich")}, "", func(a profile.Account) bool { return a.TimeZone == "Europe/Zurich" }},
		"no such time zone": {profile.Update{TimeZone: to("../../etc/passwd")}, "timeZone:not_a_choice", nil},
		"country":           {profile.Update{Country: to("ch")}, "", func(a profile.Account) bool { return a.Country == "CH" }},
		"no such country":   {profile.Update{Country: to("ZZ")}, "country:not_a_choice", nil},
		"national phone":    {profile.Update{Country: to("CH"), Phone: to("091 820 18 06")}, "", func(a profile.Account) bool { return a.Phone == "+41918201806" }},
		"foreign phone":     {profile.Update{Phone: to("+39 06 698 1234")}, "", func(a profile.Account) bool { return a.Phone == "+39066981234" }},
		"phone, no country": {profile.Update{Phone: to("091 820 18 06")}, "phone:not_a_phone", nil},
		"no phone":          {profile.Update{Phone: to("  ")}, "", func(a profile.Account) bool { return a.Phone == "" }},
		"not a phone":       {profile.Update{RecoveryPhone: to("+41 12")}, "recoveryPhone:not_a_phone", nil},
		"recovery e-mail":   {profile.Update{RecoveryEmail: to("elena@home.example")}, "", func(a profile.Account) bool { return a.RecoveryEmail == "elena@home.example" }},
		"same as login":     {profile.Update{RecoveryEmail: to("ELENA@ponteri.example")}, "recoveryEmail:same_as_login_email", nil},
		"not an address":    {profile.Update{RecoveryEmail: to("home")}, "recoveryEmail:not_an_email", nil},
		"everything at once is refused": {
			profile.Update{FirstName: to(""), Language: to(""), RecoveryEmail: to("x")},
			"firstName:required language:not_a_choice recoveryEmail:not_an_email", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, journal, _, ctx := newService(t)
			test.update.Version = 1
			a, err := s.Update(ctx, test.update)
			if test.check == nil {
				if err == nil || err.Error() != "invalid "+test.want {
					t.Errorf("%v, want %s", err, test.want)
				}
				if now, err := s.Mine(ctx); err != nil || now.Version != 1 || len(journal.Entries) != 0 {
					t.Errorf("something was kept: %+v, %v", now, err)
				}
				return
			}
			if err != nil || !test.check(a) {
				t.Fatalf("%+v, %v", a, err)
			}
			if now, err := s.Mine(ctx); err != nil || now != a {
				t.Errorf("kept %+v, returned %+v, %v", now, a, err)
			}
		})
	}
}

func TestTwoWindowsNeverOverwriteEachOther(t *testing.T) {
	s, journal, _, ctx := newService(t)
	first, err := s.Update(ctx, profile.Update{Version: 1, FirstName: to("Anna")})
	if err != nil || first.Version != 2 {
		t.Fatal(first, err)
	}
	if _, err := s.Update(ctx, profile.Update{Version: 1, FirstName: to("Berta")}); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("the second window: %v", err)
	}
	if now, err := s.Mine(ctx); err != nil || now.FirstName != "Anna" {
		t.Errorf("%+v, %v", now, err)
	}
	if len(journal.Entries) != 1 || journal.Entries[0].Action != audit.UserNameChanged ||
		journal.Entries[0].PersonID != "account-1" || journal.Entries[0].New != "name: Anna Bernasconi" {
		t.Errorf("journal %+v", journal.Entries)
	}
}

func TestChangingTheLoginEmail(t *testing.T) {
	for name, test := range map[string]struct{ email, again, password, want string }{
		"well done":           {"elena@studio.example", "Elena@Studio.example", "right", ""},
		"not an address":      {"elena", "elena", "right", "invalid loginEmail:not_an_email"},
		"typed differently":   {"elena@studio.example", "elena@studi.example", "right", "invalid loginEmailAgain:not_the_same"},
		"the recovery e-mail": {"home@ponteri.example", "home@ponteri.example", "right", "invalid loginEmail:same_as_recovery_email"},
		"somebody else's":     {"Taken@ponteri.example", "taken@ponteri.example", "right", "invalid loginEmail:not_unique"},
		"wrong password":      {"elena@studio.example", "elena@studio.example", "wrong", "invalid password:wrong_password"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, db, ctx := newService(t)
			testkit.Exec(t, db, "UPDATE account SET recovery_email = 'home@ponteri.example'")
			testkit.Exec(t, db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
				VALUES ('account-2', 'A', 'B', 'taken@ponteri.example', 'taken@ponteri.example', 'en', 0, 0)`)
			_, err := s.ChangeLoginEmail(ctx, 1, test.email, test.again, test.password)
			if got := text(err); got != test.want {
				t.Fatalf("%q, want %q", got, test.want)
			}
			want := "elena@ponteri.example"
			if err == nil {
				want = test.email
			}
			if now, err := s.Mine(ctx); err != nil || now.LoginEmail != want {
				t.Errorf("%+v, %v", now, err)
			}
		})
	}
	s, _, _, ctx := newService(t)
	if _, err := s.ChangeLoginEmail(ctx, 7, "elena@studio.example", "elena@studio.example", "right"); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("an old version: %v", err)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
