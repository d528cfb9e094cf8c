package organization_test

import (
	"strings"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

func TestTheAddressFixesTheCurrency(t *testing.T) {
	for country, want := range map[string]string{"CH": "CHF", "LI": "CHF", "IT": "EUR", "FR": "EUR", "GB": "EUR"} {
		if got := organization.CurrencyOf(country); got != want {
			t.Errorf("%s: %s, want %s", country, got, want)
		}
	}
}

func TestWhatIsNoOrganization(t *testing.T) {
	for want, n := range map[string]organization.New{
		"organizationName:required":                      {Name: " \u00a0 ", Country: "CH"},
		"organizationName:too_long":                      {Name: strings.Repeat("x", organization.MaxName+1), Country: "CH"},
		"organizationName:not_text":                      {Name: "a\u0000b", Country: "CH"},
		"country:not_a_choice":                           {Name: "x", Country: "Switzerland"},
		"organizationName:required country:not_a_choice": {},
	} {
		if err := n.Validate(); err == nil || err.Error() != "invalid "+want {
			t.Errorf("%+v: %v, want %s", n, err, want)
		}
	}
}

func TestOrganizationsAreListedByNameWithTheirRole(t *testing.T) {
	db, journal := testkit.NewDB(t, nil), &testkit.Journal{}
	testkit.Seed(t, db)
	s := organization.NewService(db, journal, nil, nil)
	ctx := testkit.As(t, access.LegalRepresentative)
	err := db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, name := range []string{"zebra", "Alpha"} {
			if _, err := s.Add(ctx, tx, organization.New{Name: name, Country: "IT"}, "account-1"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := s.Mine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range mine {
		names = append(names, m.Organization.Name)
		if m.Role != access.LegalRepresentative {
			t.Errorf("%s: role %s", m.Organization.Name, m.Role)
		}
	}
	if got := strings.Join(names, ", "); got != "Alpha, Studio Ponteri SA, zebra" {
		t.Error(got)
	}
	if len(journal.Entries) != 4 {
		t.Errorf("%d journal entries, want two for each organization", len(journal.Entries))
	}
	if _, err := s.Mine(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
	if _, _, err := s.Membership(ctx, "account-1", "elsewhere"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("no member: %v", err)
	}
}
