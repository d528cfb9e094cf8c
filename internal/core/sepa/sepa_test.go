package sepa_test

import (
	"strings"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/sepa"
)

func euros(text string) money.Amount { return money.Must(money.ParseAmount(text, money.EUR)) }

func TestCode(t *testing.T) {
	of := sepa.Transfer{Name: "Wikimedia\nFördergesellschaft", IBAN: "DE33 1002 0500 0001 1947 00", Amount: euros("123.45"), Text: "2026-0007 Hotel"}
	want := "BCD\n002\n1\nSCT\n\nWikimedia Fördergesellschaft\nDE33100205000001194700\nEUR123.45\n\n\n2026-0007 Hotel"
	if got, err := of.Code(); err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	of.Name, of.Text = strings.Repeat("ö", 200), strings.Repeat("€ ", 200)
	if got, err := of.Code(); err != nil || len(got) > 331 || !strings.Contains(got, "\n"+strings.Repeat("ö", 70)+"\n") || strings.Count(got, "\n") != 10 {
		t.Errorf("%d bytes: %q, %v", len(got), got, err)
	}
	of.Name = strings.Repeat("𝔸", 200) // four bytes each: the name alone is too long for the code
	if got, err := of.Code(); err != nil || len(got) > 331 || !strings.Contains(got, "\n𝔸𝔸") || strings.Count(got, "\n") != 10 {
		t.Errorf("%d bytes: %q, %v", len(got), got, err)
	}
}

func TestNoCode(t *testing.T) {
	german := "DE33100205000001194700"
	for want, of := range map[string]sepa.Transfer{
		sepa.ReasonCurrency: {IBAN: german, Amount: money.Must(money.ParseAmount("1", money.CHF))},
		sepa.ReasonIBAN:     {IBAN: "", Amount: euros("1")},
		sepa.ReasonCountry:  {IBAN: "CH93 0076 2011 6238 5295 7", Amount: euros("1")},
		sepa.ReasonAmount:   {IBAN: german, Amount: euros("0")},
	} {
		if got, err := of.Code(); got != "" || fault.ReasonOf(err) != want {
			t.Errorf("%+v: %q, %v, want %s", of, got, err, want)
		}
	}
}
