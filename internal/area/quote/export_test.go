package quote

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

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
)

// example is the published example beside its cashback, with a margin, and a domain for a year.
func example(t *testing.T, language string) Quote {
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
	items := []Item{{Quantity: 35}, {Quantity: 1200}}
	b := Basis{
		Rules: 1, Base: pricing.AfterDegressive, Ceiling: money.Percent(35), VAT: VAT{Kind: pricing.SwissVAT, Rate: swiss},
		Book:     Book{ID: "b", Name: "Autumn", Currency: money.CHF, ValidFrom: day.Date(2026, 8, 18)},
		Schedule: pricing.Schedule{Mode: pricing.Volume, Tiers: []pricing.Tier{{From: 30, Percent: money.Percent(25)}}},
		Lines: []Line{
			{Article: pricing.Line{Product: "web_hosting", Price: price("9.92"), Per: pricing.PerMonth, Degressive: true}, Months: 1, Operation: pricing.Order, Managed: true},
			{Article: pricing.Line{Product: "domain_ch", Price: price("10.65"), Per: pricing.PerYear}, Months: 12, Operation: pricing.Renewal, Managed: true},
		},
		Scenarios: []Scenario{
			{Access: pricing.FullAccess, Means: pricing.Partner, Orders: pricing.Partner, Rate: money.Percent(20), Margin: &margin, Items: items},
			{Name: "Ōsaka 大阪 =1+1", Access: pricing.FullAccess, Means: pricing.Client, Orders: pricing.Partner, Rate: money.Percent(20), Items: items},
		},
	}
	a, err := Compute(b)
	if err != nil {
		t.Fatal(err)
	}
	made := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	return Quote{
		ID: "q", Year: 2026, Serial: 7, Revision: 2, Recipient: Recipient{Name: "Hôtel Trè Larici & Söhne"}, Language: language, State: Sent,
		ValidUntil: day.Date(2026, 12, 20), Exclusions: []Exclusion{WithoutVAT, WithoutDomains, WithoutSetup}, Note: "Line one.\nLine two.", Basis: b, Answer: a, Created: made, SentAt: made,
	}
}

// The same quote is the same file, in every language, today and on another computer.
func TestQuoteFilesAreStable(t *testing.T) {
	golden := map[string]string{}
	for _, language := range Languages {
		for _, format := range []string{fileOffer, fileInternal, fileCSV} {
			d := newDocument(example(t, language), "Studio Ponteri SA", paperOf(example(t, language)), format, words.In(language, ""), time.UTC)
			first, err := d.write()
			must(t, err)
			second, err := d.write()
			must(t, err)
			if !bytes.Equal(first, second) {
				t.Errorf("%s: another file the second time", language)
			}
			name := "quote-" + language + "-" + format + "." + kinds[format].ending
			golden[name] = fmt.Sprintf("%x", sha256.Sum256(first))
			if dir := os.Getenv("KONTOR_PAPERS"); dir != "" { // to look at them
				must(t, os.WriteFile(filepath.Join(dir, name), first, 0o600))
			}
		}
	}
	const kept = "testdata/quote-files.json"
	if os.Getenv("KONTOR_PAPERS") != "" {
		data, err := json.MarshalIndent(golden, "", "  ")
		must(t, err)
		must(t, os.WriteFile(kept, append(data, '\n'), 0o600))
	}
	data, err := os.ReadFile(kept)
	must(t, err)
	want := map[string]string{}
	must(t, json.Unmarshal(data, &want))
	if !maps.Equal(golden, want) {
		t.Errorf("the files have changed: look at them with KONTOR_PAPERS=<folder>, which also keeps their sums\n%v", golden)
	}
}

// An offer in the recipient's language has the figures of the region in which both do business.
func TestAnOfferHasTheFiguresOfTheRegion(t *testing.T) {
	for _, c := range []struct{ language, person, want string }{
		{"de", "it-CH", "2’345.50"}, {"it", "de-CH", "2’345.50"}, {"fr", "de-CH", "2’345.50"}, {"it", "it-IT", "2.345,50"}, {"de", "de-DE", "2.345,50"},
	} {
		d := newDocument(example(t, c.language), "x", paperOf(example(t, c.language)), fileOffer, words.Parse(c.person), time.UTC)
		if got := d.Number("2345.50"); got != c.want || d.Language != c.language {
			t.Errorf("%s for %s: %s in %s", c.language, c.person, got, d.Language)
		}
	}
}

// A table for a spreadsheet lacks no word.
func TestATableSaysAll(t *testing.T) {
	csv, err := newDocument(example(t, "de"), "x", paperOf(example(t, "de")), fileCSV, words.In("de", "CH"), time.UTC).write()
	must(t, err)
	for _, want := range []string{"2026-0007/2;", ";208.32;52.08;229.15;20.83;8.1\r\n", "Ōsaka 大阪 =1+1"} {
		if !strings.Contains(string(csv), want) {
			t.Errorf("the table lacks %q:\n%s", want, csv)
		}
	}
	if strings.Contains(string(csv), "quote_") || strings.Contains(string(csv), "partner_") {
		t.Errorf("a word is missing: %s", csv)
	}
}

// What the recipient gets and what only the partner may see never have the same name.
func TestTheInternalFileHasANameOfItsOwn(t *testing.T) {
	for _, language := range Languages {
		names := map[string]bool{}
		for format := range kinds {
			names[newDocument(example(t, language), "x", paperOf(example(t, language)), format, words.In(language, ""), time.UTC).dialog().Name] = true
		}
		if len(names) != len(kinds) {
			t.Errorf("%s: %v", language, names)
		}
	}
}
