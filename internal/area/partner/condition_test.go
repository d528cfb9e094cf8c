package partner

import (
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/testkit"
)

// One function says which list everything begins with: in force before one that is over, and that before one to come.
func TestEverythingBeginsWithTheListInForce(t *testing.T) {
	s, _, _ := newService(t)
	ctx := legal(t)
	save := func(name, from, until string) {
		t.Helper()
		d := bookDraft()
		d.Name, d.ValidFrom, d.ValidUntil = name, from, until
		if _, err := s.SaveBook(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	begins := func() string {
		t.Helper()
		desk, err := s.Desk(ctx)
		if err != nil {
			t.Fatal(err)
		}
		first := ""
		for _, b := range desk.Books {
			if b.ID == desk.Current["CHF"] {
				first = b.Name
			}
		}
		var tools Tools
		tools, err = Catalogue(ctx, s.db.Reader(), s.organizations, "org-1", "", s.today(ctx))
		if err != nil || tools.Book.Name != first || desk.Current[""] != desk.Current["CHF"] {
			t.Errorf("the page begins with %q, a quote with %q, %v", first, tools.Book.Name, err)
		}
		return first
	}
	save("over", "2026-09-01", "2026-10-31")
	save("to come", "2027-01-01", "")
	if got := begins(); got != "" { // the shipped one
		t.Errorf("begins with %q", got)
	}
	save("own", "2026-11-01", "")
	if got := begins(); got != "own" {
		t.Errorf("begins with %q", got)
	}
	books := []pricing.Book{
		{ID: "2028", Currency: "CHF", ValidFrom: s.today(ctx) + 400},
		{ID: "2027", Currency: "CHF", ValidFrom: s.today(ctx) + 40},
		{ID: "old", Currency: "CHF", ValidFrom: 1, ValidUntil: 9},
		{ID: "older", Currency: "CHF", ValidFrom: 1, ValidUntil: 5},
	}
	for _, want := range []string{"old", "older", "2027", "2028"} {
		b, found := offered(books, "CHF", s.today(ctx))
		if !found || b.ID != want {
			t.Errorf("offered %q, want %q", b.ID, want)
		}
		for i := range books {
			if books[i].ID == want {
				books[i].Currency = "EUR"
			}
		}
	}
	if _, found := offered(books, "CHF", s.today(ctx)); found {
		t.Error("a list of another currency")
	}
}

func TestOwnProducts(t *testing.T) {
	s, journal, _ := newService(t)
	ctx := legal(t)
	hour := OwnProduct{Name: "Migration", Category: "work", Unit: "hour", Currency: "CHF", Price: "120", Cost: "60.5", Floor: "90"}
	id, err := s.SaveOwnProduct(ctx, hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveOwnProduct(ctx, OwnProduct{Name: "MIGRATION", Category: "work", Unit: "flat", Currency: "CHF", Price: "1"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("twice the same: %v", err)
	}
	for name, change := range map[string]func(*OwnProduct){
		"name": func(p *OwnProduct) { p.Name = "" }, "unit": func(p *OwnProduct) { p.Unit = "mile" }, "months": func(p *OwnProduct) { p.Months = 2 },
		"currency": func(p *OwnProduct) { p.Currency = "USD" }, "price": func(p *OwnProduct) { p.Price = "" }, "cost": func(p *OwnProduct) { p.Cost = "-1" },
		"class": func(p *OwnProduct) { p.Class = "none" }, "category": func(p *OwnProduct) { p.Category = "" },
	} {
		bad := hour
		bad.Name = "Other"
		change(&bad)
		if _, err := s.SaveOwnProduct(ctx, bad); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, err := s.OwnProducts(ctx)
	if err != nil || len(list) != 1 || list[0].Price != "120.00" || list[0].Cost != "60.50" || list[0].Version != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	list[0].Price = "130"
	if _, err := s.SaveOwnProduct(ctx, list[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveOwnProduct(ctx, list[0]); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("changed twice: %v", err)
	}
	if err := s.DeleteOwnProduct(ctx, id, 1); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("removed as it was before: %v", err)
	}
	for what, err := range map[string]error{
		"save":   second(s.SaveOwnProduct(testkit.As(t, access.Collaborator), hour)),
		"delete": s.DeleteOwnProduct(testkit.As(t, access.Collaborator), id, 2),
		"rates":  s.SaveRates(testkit.As(t, access.Collaborator), nil, 0),
		"steps":  s.SaveProductSteps(testkit.As(t, access.Collaborator), nil, 0),
	} {
		if fault.CodeOf(err) != fault.Forbidden {
			t.Errorf("%s by a collaborator: %v", what, err)
		}
	}
	if err := s.DeleteOwnProduct(ctx, id, 2); err != nil {
		t.Fatal(err)
	}
	if n := len(journal.Entries); n != 3 {
		t.Errorf("%d entries", n)
	}
}

func second[T any](_ T, err error) error { return err }
