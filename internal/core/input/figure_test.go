package input

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kontor/internal/core/money"
)

// locales are those in which the program can be set up, with the regions whose people write differently.
var locales = []string{"it-CH", "de-CH", "fr-CH", "en-CH", "es-CH", "it-IT", "it-DE", "de-DE", "de-AT", "fr-FR", "es-ES", "en-GB", "en-US", "it", "es", "fr", "de", "en"}

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

// drawn are texts that nobody thought of, with what Figure reads: KONTOR_FIGURES=write draws them anew, after a change of
// what may be in a figure. The page's reader is held to the same lines (read.test.ts), so that the two cannot part.
const drawn = "testdata/figures_drawn.json"

func TestFigureReadsWhatWasDrawn(t *testing.T) {
	if os.Getenv("KONTOR_FIGURES") == "write" {
		draw(t)
	}
	data, err := os.ReadFile(drawn)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][4]string // typed, locale, unit, answer
	if err := json.Unmarshal(data, &lines); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if got := answer(line[0], line[1], line[2]); got != line[3] {
			t.Errorf("%q in %s, a field of %q: %s; want %s", line[0], line[1], line[2], got, line[3])
		}
	}
}

// answer is what Figure says, in one text: "1234.5", or "number_ambiguous first 1234 second 1.234".
func answer(typed, locale, unit string) string {
	u := Unit{Percent: unit == "%"}
	if !u.Percent {
		u.Currency = money.Currency(unit)
	}
	value, refusal := Figure(typed, locale, u)
	if refusal != nil {
		return strings.Join(append([]string{refusal.Code}, refusal.Params...), " ")
	}
	return value
}

// draw writes the table of drawn texts: half of them figures, the rest refused.
func draw(t *testing.T) {
	signs := strings.Split("0 1 5 9 12 123 234 000 050 . , ' ’ \u00a0 \u202f \u2009 - − + % CHF chf Fr. Fr sfr. EUR € euro $ USD x", " ")
	signs = append(signs, " ", ".", ",", "'", "1", "123", "234")
	odd := []string{
		"\u200b", "\u200d", "\u202e", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u2060", "\ufe0f", "\ufe0e", "\u180e", "\u115f", "\U000e0020", "\x00", "\x7f", "\u0600", // unseen, but the last
		"\u3000", "１", "２", "．", "，", "％", "ＣＨＦ", "￥", "￡", "－", "＋", "\t", "\n", "\u0085", "\u2007", "\u1680", "\u2028", "\u205f", // wide ones and blanks
		"٣", "½", "²", "𝟏", "É", "ß", "日", "İ", "ſ", "K", "¥", "\u0301", "_", "٫", "٬", "·", "/", "1e3", "0x", "\\", "\"", "<",
	}
	units := []string{"", "", "%", "CHF", "CHF", "EUR"}
	random := rand.New(rand.NewPCG(20261129, 10)) //nolint:gosec // the same each time
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	var lines []string
	figures := 0
	for seen := map[string]bool{}; len(lines) < 4000; {
		typed := ""
		for range 1 + random.IntN(7) {
			if random.IntN(12) == 0 {
				typed += pick(odd)
			} else {
				typed += pick(signs)
			}
		}
		if random.IntN(100) == 0 { // about as long as may be
			typed += strings.Repeat(pick([]string{"1", "５", "’", "𝟏"}), maxFigure-3+random.IntN(6)-utf8.RuneCountInString(typed))
		}
		locale, unit := pick(locales), pick(units)
		got := answer(typed, locale, unit)
		figure := got != "" && strings.Trim(got, "-.0123456789") == ""
		if seen[typed] || !figure && len(lines)-figures >= 2000 || figure && figures >= 2000 {
			continue
		}
		if seen[typed] = true; figure {
			figures++
		}
		line, err := json.Marshal([4]string{typed, locale, unit, got})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, ascii(string(line)))
	}
	if err := os.WriteFile(drawn, []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// ascii writes JSON so that every sign in it can be seen.
func ascii(json string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(json)) {
		if unit >= ' ' && unit <= '~' {
			b.WriteByte(byte(unit))
		} else {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
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
		"it-CH": {"’", "."}, "de-CH": {"’", "."}, "fr-CH": {"’", "."}, "en-CH": {"’", "."}, "es-CH": {"’", "."}, "it-DE": {".", ","}, "de": {"’", "."}, "it-IT": {".", ","}, "it": {".", ","}, "es-ES": {".", ","}, "es": {".", ","},
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
	plain := regexp.MustCompile(`^[-−+0-9.,'’ \x{a0}\x{202f}\x{2009}]*$`)
	f.Fuzz(func(t *testing.T, text, locale string) {
		got, refusal := Figure(text, locale, Unit{})
		text = strings.TrimSpace(text)
		if !plain.MatchString(text) || utf8.RuneCountInString(text) > maxFigure {
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
