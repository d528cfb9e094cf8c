package payment

import (
	"testing"

	"kontor/internal/core/money"
)

func amount(t *testing.T, text string, c money.Currency) money.Amount {
	t.Helper()
	a, err := money.ParseAmount(text, c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// One card that ends before renewals in two currencies is one line on Home, with a figure for each.
func TestHomeIsToldOneFigureForEachCurrency(t *testing.T) {
	card := &Profile{ID: "v", Kind: Card, Brand: Visa, Last4: "4417"}
	cover := func(text string, c money.Currency, s Status) Cover {
		return Cover{Renewal: &Renewal{Product: text}, Due: amount(t, text, c), Profile: card, Status: s}
	}
	lines, err := Report{Covers: []Cover{
		cover("100", money.CHF, CardExpired), cover("50", money.EUR, CardExpired), cover("7", money.CHF, CardExpired),
		cover("1", money.CHF, Overdue), cover("9", money.CHF, Covered),
	}}.waiting()
	if err != nil || len(lines) != 2 {
		t.Fatalf("%+v, %v", lines, err)
	}
	if p := lines[0].Params; p["amount"] != "CHF 107.00 + EUR 50.00" || p["count"] != "3" || p["product"] != "100" || p["means"] != "Visa 4417" {
		t.Errorf("%v", p)
	}
	if p := lines[1].Params; p["amount"] != "CHF 1.00" || p["count"] != "1" {
		t.Errorf("%v", p)
	}
}
