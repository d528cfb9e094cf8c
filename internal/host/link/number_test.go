package link

import (
	"maps"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
)

func TestNumbersAreReadFromAddresses(t *testing.T) {
	for _, c := range []struct {
		domain, address string
		want            map[string]string
	}{
		{"", "123456", map[string]string{"": "123456"}},
		{"", "https://manager.infomaniak.com/v3/123456/ng/home", map[string]string{"": "123456"}},
		{"", "https://manager.infomaniak.com/v3/123456", map[string]string{"": "123456"}},
		{"", "https://manager.infomaniak.com/v3/invoicing/123456/bills?page=2", map[string]string{"": "123456"}},
		{"", "https://manager.infomaniak.com/v3/ng/home", nil},
		{"", "https://manager.infomaniak.com.evil.example/v3/123456/ng/home", nil},
		{"", "0123", nil},
		{"", "4111111111111111", nil},
		{"", "", nil},
		{"a.ch", "https://manager.infomaniak.com/v3/12/ng/domain/345/dashboard", map[string]string{"": "12", "a.ch": "345"}},
		{"a.ch", "https://manager.infomaniak.com/v3/12/ng/admin3/domain/345", map[string]string{"": "12", "a.ch": "345"}},
		{"a.ch", "https://manager.infomaniak.com/v3/12/ng/home", nil},
		{"a.ch", "345", nil},
	} {
		if got := numbers(c.domain, c.address); !maps.Equal(got, c.want) {
			t.Errorf("%q %q: %v; want %v", c.domain, c.address, got, c.want)
		}
	}
}

func TestOpenKnowsTheNumbersThatWereTold(t *testing.T) {
	opener := &opened{}
	db := testkit.NewDB(t, nil)
	s := NewService(db, &testkit.Journal{}, opener)
	ctx := testkit.As(t, access.LegalRepresentative)
	testkit.Seed(t, db)
	if err := s.Open(ctx, Renewals, nil); fault.ReasonOf(err) != "manager_number" || len(opener.addresses) > 0 {
		t.Fatalf("%v, %v", err, opener.addresses)
	}
	if err := s.SetNumber(ctx, "", "no address"); len(fault.FieldsOf(err)) != 1 {
		t.Fatal(err)
	}
	if err := s.SetNumber(ctx, "a.ch", "https://manager.infomaniak.com/v3/12/ng/domain/345/dashboard"); err != nil {
		t.Fatal(err)
	}
	if err := s.Open(ctx, Renewals, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Open(ctx, DomainOf, map[string]string{Of: "a.ch"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Open(ctx, DomainOf, map[string]string{Of: "b.ch"}); fault.ReasonOf(err) != "manager_number" {
		t.Fatal(err)
	}
	if err := s.SetNumber(ctx, "", "77"); err != nil {
		t.Fatal(err)
	}
	if err := s.Open(ctx, HomeOf, nil); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"https://manager.infomaniak.com/v3/12/accounts/accounting/renewal",
		"https://manager.infomaniak.com/v3/12/ng/domain/345/dashboard",
		"https://manager.infomaniak.com/v3/77/ng/home",
	}
	if len(opener.addresses) != len(want) {
		t.Fatal(opener.addresses)
	}
	for i := range want {
		if opener.addresses[i] != want[i] {
			t.Errorf("%s; want %s", opener.addresses[i], want[i])
		}
	}
}
