package partner

import (
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/dev/testkit"
)

func TestTodaysPublicPrice(t *testing.T) {
	s, _, _ := newService(t)
	ctx := legal(t)
	for _, c := range []struct {
		line, quantity string
		months         int
		want           string
	}{
		{"shipped-chf-web", "35", 1, "CHF 260.40"}, // 347.20 less 25 %
		{"shipped-chf-web", "1", 12, "CHF 119.04"},
	} {
		got, err := s.PublicTotal(ctx, "shipped-chf", c.line, c.quantity, c.months)
		if err != nil || got.String() != c.want {
			t.Errorf("%s × %s for %d months: %s, %v; want %s", c.line, c.quantity, c.months, got, err, c.want)
		}
	}
	if _, err := s.PublicTotal(ctx, "shipped-chf", "shipped-chf-web", "none", 1); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("no quantity: %v", err)
	}
	if _, err := s.PublicTotal(testkit.As(t, access.External), "shipped-chf", "shipped-chf-web", "1", 1); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("an external: %v", err)
	}
}

func TestTheListInForce(t *testing.T) {
	s, _, _ := newService(t)
	ctx := legal(t)
	inForce := func(c money.Currency) string {
		t.Helper()
		b, _, err := s.InForce(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		return b.Name + " " + b.ValidFrom.String()
	}
	shipped := inForce(money.CHF)
	future := bookDraft()
	future.ValidFrom = "2099-01-01"
	if _, err := s.SaveBook(ctx, future); err != nil {
		t.Fatal(err)
	}
	if got := inForce(money.CHF); got != shipped {
		t.Errorf("%s counts before it is in force", got)
	}
	if _, err := s.SaveBook(ctx, bookDraft()); err != nil {
		t.Fatal(err)
	}
	if got := inForce(money.CHF); got != "Autumn 2026-11-01" {
		t.Errorf("the organization's own list gives way to %s", got)
	}
	if got := inForce(money.EUR); got == "Autumn 2026-11-01" {
		t.Error("francs stand for euros")
	}
	if _, _, err := s.InForce(testkit.As(t, access.External), money.CHF); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("an external: %v", err)
	}
}
