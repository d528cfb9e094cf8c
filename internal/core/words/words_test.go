package words

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// The page writes the same cases: frontend/src/lib/format/figures.test.ts.
func TestFiguresAndDaysOfEveryLocale(t *testing.T) {
	data, err := os.ReadFile("testdata/figures.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Language, Region, Tag                       string
		Number, Money, Percent, Day, Figures, Clock map[string]string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != len(Languages)*(len(Regions)+1) {
		t.Fatalf("%d locales", len(cases))
	}
	for _, c := range cases {
		l := In(c.Language, c.Region)
		check := func(what string, cases map[string]string, write func(string) string) {
			t.Helper()
			for in, want := range cases {
				if got := write(in); got != want {
					t.Errorf("%s: %s %q is %q, want %q", c.Tag, what, in, got, want)
				}
			}
		}
		if l.Tag() != c.Tag {
			t.Errorf("tag %s, want %s", l.Tag(), c.Tag)
		}
		dayOf := func(text string) day.Day {
			d, err := day.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		check("number", c.Number, l.Number)
		check("percent", c.Percent, l.Percent)
		check("money", c.Money, func(text string) string {
			a, err := money.ParseAmount(text, money.CHF)
			if err != nil {
				t.Fatal(err)
			}
			return l.Money(a)
		})
		check("day", c.Day, func(text string) string { return l.Day(dayOf(text)) })
		check("figures", c.Figures, func(text string) string { return l.Figures(dayOf(text)) })
		check("moment", c.Clock, func(text string) string {
			at, err := time.Parse(time.RFC3339, text)
			if err != nil {
				t.Fatal(err)
			}
			_, clock, _ := strings.Cut(strings.TrimPrefix(l.Moment(at), l.Day(day.Of(at, time.UTC))), ", ")
			return clock
		})
	}
}

func TestExactNamesTheDistanceOfTheZone(t *testing.T) {
	zurich := time.FixedZone("CET", 3600)
	if got := In("de", "").Exact(time.Date(2026, 11, 20, 21, 39, 17, 0, time.UTC).In(zurich)); got != "20. Nov. 2026, 22:39:17 (UTC+01:00)" {
		t.Error(got)
	}
}

func TestParse(t *testing.T) {
	for tag, want := range map[string]Locale{
		"de-CH": {"de", "CH"}, "de_CH.UTF-8": {"de", "CH"}, "it": {"it", ""}, "fr_LI@euro": {"fr", "CH"}, "pt_BR": {"en", ""},
		"": {"en", ""}, "C": {"en", ""}, "EN-us": {"en", "US"}, "de-XX": {"de", ""},
	} {
		if got := Parse(tag); got != want {
			t.Errorf("%q is %v, want %v", tag, got, want)
		}
	}
}

func TestMessages(t *testing.T) {
	file := []byte(`{
		"plain": "Hello {name}, {name}",
		"count": [{"declarations": ["input n", "local many = n: plural"], "selectors": ["many"],
			"match": {"many=one": "{n} month", "many=other": "{n} months"}}],
		"cause": [{"declarations": ["input cause", "input name"], "selectors": ["cause"],
			"match": {"cause=unpaid": "pay {name}", "cause=*": "look at {name}"}}],
		"both": [{"declarations": ["input n", "input cause", "local many = n: plural"], "selectors": ["many", "cause"],
			"match": {"many=one, cause=unpaid": "a", "many=one": "b", "many=other, cause=*": "c"}}]
	}`)
	texts, err := messagesOf(file)
	if err != nil {
		t.Fatal(err)
	}
	amount, err := money.ParseAmount("1234.5", money.CHF)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		language, key string
		args          []any
		want          string
	}{
		{"en", "plain", []any{"name", "{Eva}"}, "Hello {Eva}, {Eva}"},
		{"en", "plain", nil, "Hello {name}, {name}"},
		{"en", "plain", []any{"name", amount}, "Hello CHF\u00a01,234.50, CHF\u00a01,234.50"},
		{"en", "plain", []any{"name", day.Date(2026, 11, 2)}, "Hello 2 Nov 2026, 2 Nov 2026"},
		{"en", "count", []any{"n", 1}, "1 month"},
		{"en", "count", []any{"n", 0}, "0 months"},
		{"fr", "count", []any{"n", 0}, "0 month"},
		{"fr", "count", []any{"n", 1}, "1 month"},
		{"de", "count", []any{"n", 12345}, "12’345 months"},
		{"it", "count", []any{"n", 1_000_000}, "1.000.000 months"},
		{"en", "count", []any{"n", "1"}, "1 month"},
		{"en", "count", []any{"n", "1.5"}, "1.5 months"},
		{"en", "cause", []any{"cause", "unpaid", "name", "x"}, "pay x"},
		{"en", "cause", []any{"cause", "y", "name", "x"}, "look at x"},
		{"en", "both", []any{"n", 1, "cause", "unpaid"}, "a"},
		{"en", "both", []any{"n", 1, "cause", "x"}, "b"},
		{"en", "both", []any{"n", 2, "cause", "unpaid"}, "c"},
		{"en", "nowhere", nil, "nowhere"},
	} {
		b := &Book{In(c.language, ""), texts}
		if got := b.T(c.key, c.args...); got != c.want {
			t.Errorf("%s %s %v: %q, want %q", c.language, c.key, c.args, got, c.want)
		}
	}
	for _, wrong := range []string{`[]`, `{"a": 1}`, `{"a": []}`, `{"a": [{"declarations": ["x y z"]}]}`, `{"a": [{"selectors": ["s"], "match": {"t=1": "x"}}]}`} {
		if _, err := messagesOf([]byte(wrong)); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}

// places are the names of the places of a message, without order.
func (m message) places() []string {
	var names []string
	for _, v := range m.variants {
		for _, part := range strings.Split(v.text, "{")[1:] {
			if name, _, ok := strings.Cut(part, "}"); ok && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// The page says the same cases: frontend/src/lib/i18n/message.test.ts.
func TestAnItalianArticleElidesBeforeEightAndEleven(t *testing.T) {
	for _, c := range [][3]string{
		{"scade il {day}", "11 mar 2026", "scade l’11 mar 2026"},
		{"Il {day} scade", "8.1.2026", "L’8.1.2026 scade"},
		{"dal {day} al {to}", "11 mar", "dall’11 mar al {to}"},
		{"del {day}", "80 %", "dell’80 %"},
		{"fino al {day}", "110", "fino al 110"},
		{"fino al {day}", "1 mar", "fino al 1 mar"},
		{"tutto {day}", "8", "tutto 8"},
		{"il\n{day}", "8", "il\n8"},
	} {
		args := map[string]argument{"day": {text: c[1]}}
		if got := fill(c[0], "it", args); got != c[2] {
			t.Errorf("%q, want %q", got, c[2])
		}
		if got, want := fill(c[0], "de", args), strings.Replace(c[0], "{day}", c[1], 1); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	for _, language := range Languages {
		texts := textsIn(language)
		if len(texts) != len(textsIn("en")) {
			t.Errorf("%s has %d texts, English %d", language, len(texts), len(textsIn("en")))
		}
		for key, m := range texts {
			if len(m.variants) == 0 || !slices.Equal(sorted(m.places()), sorted(textsIn("en")[key].places())) {
				t.Errorf("%s: %s has other places than in English, or says nothing", language, key)
			}
		}
	}
	if got := For(Locale{}).T("ui_save"); got != "Save" {
		t.Errorf("%q", got)
	}
	if got := Of(For(In("de", "")), "quote_state_", "sent"); got == "sent" {
		t.Error("no words for a state")
	}
}

// The first text of a language costs reading its files.
func BenchmarkFirstText(b *testing.B) {
	for b.Loop() {
		mu.Lock()
		clear(read)
		mu.Unlock()
		For(In("de", "CH")).T("ui_save")
	}
}

func sorted(names []string) []string { return slices.Sorted(slices.Values(names)) }

func TestNamesInEveryLanguage(t *testing.T) {
	names := Names(map[string]string{"product": "payment_product", "price": "partner_price_of_one"}, map[string][]string{"price": {"Prix"}})
	for heading, want := range map[string]string{
		"product": "product", "prodotto": "product", "produit": "product", "produkt": "product", "producto": "product",
		"unit price": "price", "prix": "price", "preis pro stuck": "price", "else": "",
	} {
		if got := names[heading]; got != want {
			t.Errorf("%q is %q, want %q", heading, got, want)
		}
	}
}

func TestWhoReadsBesideSomebody(t *testing.T) {
	for _, c := range []struct {
		of, language, want string
	}{
		{"it-CH", "de", "de-CH"},
		{"de-CH", "it", "it-CH"},
		{"de-CH", "fr", "fr-CH"},
		{"it-CH", "en", "en-CH"},
		{"de-DE", "de", "de-DE"},
		{"it-IT", "fr", "fr-FR"},
		{"fr-FR", "de", "de-CH"},
		{"en-GB", "en", "en-GB"},
		{"de-CH", "es", "es-ES"},
		{"", "it", "it-IT"},
		{"de-AT", "xx", "en-GB"},
	} {
		if got := Parse(c.of).Beside(c.language).Tag(); got != c.want {
			t.Errorf("%s beside %s: %s, want %s", c.language, c.of, got, c.want)
		}
	}
}
