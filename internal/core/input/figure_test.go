package input

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kontor/internal/core/money"
)

// locales are those in which the program can be set up, with the regions whose people write differently.
var locales = []string{"it-CH", "de-CH", "fr-CH", "it-IT", "de-DE", "de-AT", "fr-FR", "es-ES", "en-GB", "en-US", "it", "es", "fr", "de", "en"}

// The table is shared with the reader of the front end: both read the same.
func TestFigureReadsTheSharedTable(t *testing.T) {
	data, err := os.ReadFile("testdata/figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var table []struct {
		Typed, Locale, Value, Refusal string
		Percent                       bool
		Currency                      money.Currency
	}
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	for _, row := range table {
		got, refusal := Figure(row.Typed, row.Locale, Unit{row.Percent, row.Currency})
		if code := codeOf(refusal); got != row.Value || code != row.Refusal {
			t.Errorf("%s %q: %q, %q; want %q, %q", row.Locale, row.Typed, got, code, row.Value, row.Refusal)
		}
	}
}

func codeOf(r *Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}

// What is shown can be typed back: in every language and region, for every value with up to 6 decimals.
func TestFigureReadsWhatIsShown(t *testing.T) {
	shown := map[string][2]string{ // grouping and decimal mark
		"it-CH": {"’", "."}, "de-CH": {"’", "."}, "fr-CH": {"’", "."}, "de": {"’", "."}, "it-IT": {".", ","}, "it": {".", ","}, "es-ES": {".", ","}, "es": {".", ","},
		"de-DE": {".", ","}, "de-AT": {".", ","}, "fr-FR": {"\u202f", ","}, "fr": {"\u202f", ","}, "en-GB": {",", "."}, "en-US": {",", "."}, "en": {",", "."},
	}
	rapid.Check(t, func(t *rapid.T) {
		locale := rapid.SampledFrom(locales).Draw(t, "locale")
		whole := rapid.StringMatching(`0|[1-9][0-9]{0,12}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`|[0-9]{1,6}`).Draw(t, "fraction")
		sign := rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign")
		marks, text, want := shown[locale], "", sign+whole
		for i, d := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				text += marks[0]
			}
			text += string(d)
		}
		if fraction != "" {
			text, want = text+marks[1]+fraction, want+"."+fraction
		}
		if got, refusal := Figure(sign+text, locale, Unit{}); got != want || refusal != nil {
			t.Fatalf("%s %q: %q, %v; want %q", locale, sign+text, got, refusal, want)
		}
	})
}

// grammar is the strict grammar of figures, written a second time in another manner: one expression per kind of
// grouping, each with the decimal mark that goes with it.
var grammar = func() (list []struct {
	form    *regexp.Regexp
	decimal string
},
) {
	for _, decimal := range []string{".", ","} {
		other := map[string]string{".": ",", ",": "."}[decimal]
		for _, group := range []string{other, "'", "’", " ", "\u00a0", "\u202f", "\u2009"} {
			g, d := regexp.QuoteMeta(group), regexp.QuoteMeta(decimal)
			list = append(list, struct {
				form    *regexp.Regexp
				decimal string
			}{regexp.MustCompile(`^[-−+]?\s*((\d+)|([1-9]\d{0,2}(` + g + `\d{3})+))?(` + d + `\d+)?$`), decimal})
		}
	}
	return list
}()

func FuzzFigure(f *testing.F) {
	for _, s := range []string{"1'234.50", "12..50", "1.234,5", "20.11.2026", "−3", "1 234", "1,475", ".5", "1.234'567"} {
		f.Add(s, "it-CH")
	}
	ascii := regexp.MustCompile(`^[-−+0-9.,'’ \x{a0}\x{202f}\x{2009}]*$`)
	f.Fuzz(func(t *testing.T, text, locale string) {
		got, refusal := Figure(text, locale, Unit{})
		text = strings.TrimSpace(text)
		if !ascii.MatchString(text) || len(text) > maxFigure {
			return
		}
		values := map[string]bool{}
		for _, g := range grammar {
			if g.form.MatchString(text) && strings.ContainsAny(text, "0123456789") {
				digits := ""
				for _, r := range text {
					switch {
					case r >= '0' && r <= '9':
						digits += string(r)
					case string(r) == g.decimal:
						digits += "."
					}
				}
				whole, fraction, divided := strings.Cut(digits, ".")
				if whole = strings.TrimLeft(whole, "0"); whole == "" {
					whole = "0"
				}
				if divided {
					whole += "." + fraction
				}
				values[whole] = true
			}
		}
		switch {
		case refusal == nil && !values[strings.TrimPrefix(got, "-")]:
			t.Errorf("%q in %s is read as %s; the grammar has %v", text, locale, got, values)
		case refusal != nil && len(values) == 1:
			t.Errorf("%q in %s is refused (%s); the grammar has %v", text, locale, refusal.Code, values)
		}
	})
}
