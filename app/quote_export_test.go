package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/quote"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
)

// words are the texts of the window in a language.
func words(t *testing.T, language string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, area := range []string{"quote", "partner"} {
		data, err := os.ReadFile(filepath.Join("../frontend/messages", language, area+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]any
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		for key, text := range texts {
			if s, ok := text.(string); ok {
				all[key] = s
			}
		}
	}
	return all
}

// offered is the published example beside its cashback, with a margin, and a domain for a year.
func offered(t *testing.T, language string) quote.Quote {
	t.Helper()
	price := func(text string) money.Price {
		p, err := money.ParsePrice(text, money.CHF)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	swiss, err := money.ParseRate("8.1")
	if err != nil {
		t.Fatal(err)
	}
	margin := money.Percent(10)
	items := []quote.Item{{Quantity: 35}, {Quantity: 1200}}
	b := quote.Basis{
		Rules: 1, Base: pricing.AfterDegressive, Ceiling: money.Percent(35), VAT: quote.VAT{Kind: quote.SwissVAT, Rate: swiss},
		Book:     quote.Book{ID: "b", Name: "Autumn", Currency: money.CHF, ValidFrom: "2026-08-18"},
		Schedule: pricing.Schedule{Mode: pricing.Volume, Tiers: []pricing.Tier{{From: 30, Percent: money.Percent(25)}}},
		Lines: []quote.Line{
			{Article: pricing.Line{Product: "web_hosting", Price: price("9.92"), Per: pricing.PerMonth, Degressive: true}, Months: 1, Operation: pricing.Order, Managed: true},
			{Article: pricing.Line{Product: "domain_ch", Price: price("10.65"), Per: pricing.PerYear}, Months: 12, Operation: pricing.Renewal, Managed: true},
		},
		Scenarios: []quote.Scenario{
			{Access: pricing.FullAccess, Means: pricing.Partner, Orders: pricing.Partner, Rate: money.Percent(20), Margin: &margin, Items: items},
			{Name: "Ōsaka 大阪 =1+1", Access: pricing.FullAccess, Means: pricing.Client, Orders: pricing.Partner, Rate: money.Percent(20), Items: items},
		},
	}
	a, err := quote.Compute(b)
	if err != nil {
		t.Fatal(err)
	}
	made := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	return quote.Quote{
		ID: "q", Year: 2026, Serial: 7, Revision: 2, Recipient: quote.Recipient{Name: "Hôtel Trè Larici & Söhne"}, Language: language, State: quote.Sent,
		ValidUntil: day.Date(2026, 12, 20), Exclusions: []string{"vat", "domains", "setup"}, Note: "Line one.\nLine two.", Basis: b, Answer: a, Created: made, SentAt: made,
	}
}

// The same quote is the same file, in every language, today and on another computer.
func TestQuoteFilesAreStable(t *testing.T) {
	golden := map[string]string{}
	for _, language := range quote.Languages {
		for _, sheet := range []QuoteSheet{{Format: "pdf"}, {Format: "pdf", Steps: true}, {Format: "csv"}} {
			sheet.Language, sheet.Words = language, words(t, language)
			var first, second bytes.Buffer
			for _, out := range []*bytes.Buffer{&first, &second} {
				if err := writeQuote(out, offered(t, language), "Studio Ponteri SA", sheet); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("%s: another file the second time", language)
			}
			name := "quote-" + language + map[bool]string{true: "-steps"}[sheet.Steps] + "." + sheet.Format
			golden[name] = fmt.Sprintf("%x", sha256.Sum256(first.Bytes()))
			if dir := os.Getenv("KONTOR_PAPERS"); dir != "" { // to look at them
				if err := os.WriteFile(filepath.Join(dir, name), first.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	const kept = "testdata/quote-files.json"
	if os.Getenv("KONTOR_PAPERS") != "" {
		data, err := json.MarshalIndent(golden, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(kept, append(data, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(golden, want) {
		t.Errorf("the files have changed: look at them with KONTOR_PAPERS=<folder>, which also keeps their sums\n%v", golden)
	}
}

// A file for the recipient says what is to be paid, and nothing of what the partner pays; no word is missing.
func TestQuoteSheetSaysAll(t *testing.T) {
	for _, language := range quote.Languages {
		p := quotePrinter{q: offered(t, language), sender: "Studio Ponteri SA", sheet: QuoteSheet{Format: "pdf", Language: language, Words: words(t, language)}}
		for _, steps := range []bool{false, true} {
			p.sheet.Steps = steps
			text := fmt.Sprintf("%+v", p.paper())
			for _, secret := range []string{"208.32", "208,32", "20.83", "20,83"} {
				if strings.Contains(text, secret) && !steps {
					t.Errorf("%s: the recipient reads %s", language, secret)
				}
			}
			if strings.Contains(text, "quote_") || strings.Contains(text, "partner_") {
				t.Errorf("%s: a word is missing: %s", language, text)
			}
		}
	}
	var csv bytes.Buffer
	if err := writeQuote(&csv, offered(t, "de"), "x", QuoteSheet{Format: "csv", Language: "de", Words: words(t, "de")}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2026-0007/2;", ";208,32;52,08;229,15;20,83\r\n", "Ōsaka 大阪 =1+1"} {
		if !strings.Contains(csv.String(), want) {
			t.Errorf("the sheet lacks %q:\n%s", want, csv.String())
		}
	}
	if strings.Contains(csv.String(), "quote_") || strings.Contains(csv.String(), "partner_") {
		t.Errorf("a word is missing: %s", csv.String())
	}
}
