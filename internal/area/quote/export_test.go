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

	"github.com/google/go-cmp/cmp"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/derivation"
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
			d := newDocument(example(t, language), "Studio Ponteri SA", format, words.In(language, ""), time.UTC)
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

// Every figure stands below its heading, on the page itself and in every language.
func TestEveryFigureStandsBelowItsHeading(t *testing.T) {
	for _, language := range Languages {
		q := example(t, language)
		b := words.For(words.In(language, ""))
		for _, format := range []string{fileOffer, fileInternal} {
			d := newDocument(q, "Studio Ponteri SA", format, words.In(language, ""), time.UTC)
			pdf, err := d.write()
			must(t, err)
			paper := testkit.ReadPDF(t, pdf)
			offers, steps := []map[string]string{}, []map[string]string{}
			for i := range q.Basis.Scenarios {
				offers = append(offers, offerRows(b, q, i)...)
				for j := range q.Basis.Lines {
					if format == fileInternal {
						steps = append(steps, derivationRows(b, q, i, j)...)
					}
				}
			}
			if diff := cmp.Diff(offers, paper.Rows(offerHeads(b)...)); diff != "" {
				t.Errorf("%s, %s: %s", language, format, diff)
			}
			if diff := cmp.Diff(steps, append([]map[string]string{}, paper.Rows(derivationHeads(b)...)...)); diff != "" {
				t.Errorf("%s, %s: %s", language, format, diff)
			}
		}
	}
}

func offerHeads(b *words.Book) []string {
	return []string{b.T("partner_product"), b.T("partner_operation"), b.T("partner_period"), b.T("partner_quantity"), "CHF"}
}

func offerRows(b *words.Book, q Quote, i int) (rows []map[string]string) {
	heads := offerHeads(b)
	products := []string{b.T("partner_product_web_hosting"), b.T("partner_product_domain_ch")}
	operations := []string{b.T("partner_order"), b.T("partner_renewal")}
	periods := []string{b.T("partner_per_month"), b.T("partner_per_year")}
	for j := range q.Basis.Lines {
		rows = append(rows, map[string]string{
			heads[0]: products[j], heads[1]: operations[j], heads[2]: periods[j], heads[3]: testkit.Spaces(b.Number([]string{"35", "1200"}[j])),
			"CHF": testkit.Spaces(b.Number(q.Answer.Scenarios[i].Lines[j].Offer.Decimal())),
		})
	}
	return rows
}

func derivationHeads(b *words.Book) []string {
	return []string{b.T("partner_col_step"), b.T("partner_col_calculation"), "CHF", b.T("partner_col_rests")}
}

func derivationRows(b *words.Book, q Quote, i, j int) (rows []map[string]string) {
	heads := derivationHeads(b)
	for _, s := range q.Answer.Scenarios[i].Lines[j].Steps {
		rows = append(rows, map[string]string{
			heads[0]: derivation.Name(b, s), heads[1]: testkit.Spaces(strings.ReplaceAll(derivation.Calculation(b, s), "−", "–")), "CHF": testkit.Spaces(b.Number(s.Rounded.Decimal())), heads[3]: derivation.RuleIDs(s),
		})
	}
	return rows
}

// An offer in the recipient's language has the figures of the region in which both do business.
func TestAnOfferHasTheFiguresOfTheRegion(t *testing.T) {
	for _, c := range []struct{ language, person, want string }{
		{"de", "it-CH", "2’345.50"}, {"it", "de-CH", "2’345.50"}, {"fr", "de-CH", "2’345.50"}, {"it", "it-IT", "2.345,50"}, {"de", "de-DE", "2.345,50"},
	} {
		d := newDocument(example(t, c.language), "x", fileOffer, words.Parse(c.person), time.UTC)
		if got := d.Number("2345.50"); got != c.want || d.Language != c.language {
			t.Errorf("%s for %s: %s in %s", c.language, c.person, got, d.Language)
		}
	}
}

// A file for the recipient says what is to be paid, and nothing of what the partner pays; no word is missing.
func TestADocumentSaysAll(t *testing.T) {
	for _, language := range Languages {
		for _, format := range []string{fileOffer, fileInternal} {
			d := newDocument(example(t, language), "Studio Ponteri SA", format, words.In(language, ""), time.UTC)
			text := fmt.Sprintf("%+v", d.layout())
			for _, secret := range []string{d.Number("208.32"), d.Number(d.q.Answer.Scenarios[0].Start.Earned.Decimal())} {
				if strings.Contains(text, secret) != (format == fileInternal) {
					t.Errorf("%s, %s: what the partner pays and keeps: %s", language, format, secret)
				}
			}
			if internal := strings.Contains(text, d.T("quote_internal")); internal != (format == fileInternal) {
				t.Errorf("%s, %s: it says that it is internal: %t", language, format, internal)
			}
			if strings.Contains(text, "quote_") || strings.Contains(text, "partner_") {
				t.Errorf("%s: a word is missing: %s", language, text)
			}
		}
	}
	csv, err := newDocument(example(t, "de"), "x", fileCSV, words.In("de", "CH"), time.UTC).write()
	must(t, err)
	for _, want := range []string{"2026-0007/2;", ";208.32;52.08;229.15;20.83\r\n", "Ōsaka 大阪 =1+1"} {
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
			names[newDocument(example(t, language), "x", format, words.In(language, ""), time.UTC).dialog().Name] = true
		}
		if len(names) != len(kinds) {
			t.Errorf("%s: %v", language, names)
		}
	}
}
