package activity

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	book "kontor/internal/core/words"
)

func TestAQueryIsReadAsChips(t *testing.T) {
	cases := []struct {
		text string
		want Query
		back string // "" where it is the text itself
	}{
		{`product:kdrive action:deleted -actor:me since:30d "invoice"`, Query{
			{Key: KeyProduct, Values: []string{"drive"}},
			{Key: KeyAction, Values: []string{"deleted"}},
			{Key: KeyActor, Not: true, Values: []string{"me"}},
			{Key: KeySince, Values: []string{"30d"}},
			{Values: []string{"invoice"}, Exact: true},
		}, `product:drive action:deleted -actor:me since:30d "invoice"`},
		{`produit:kDrive,Swiss-Backup`, Query{{Key: KeyProduct, Values: []string{"drive", "swiss_backup"}}}, `product:drive,swiss_backup`},
		{`Action:item_deleted,item_deleted`, Query{{Key: KeyAction, Values: []string{"item_deleted"}}}, `action:item_deleted`},
		{`actor:"Matteo Ferri",me`, Query{{Key: KeyActor, Values: []string{"Matteo Ferri", "me"}}}, ``},
		{`actor:"say \"hi\", \\o/"`, Query{{Key: KeyActor, Values: []string{`say "hi", \o/`}}}, ``},
		{`on:2026-03-29 until:YESTERDAY since:0d`, Query{
			{Key: KeyOn, Values: []string{"2026-03-29"}}, {Key: KeyUntil, Values: []string{"1d"}}, {Key: KeySince, Values: []string{"today"}},
		}, `on:2026-03-29 until:1d since:today`},
		{`  invoices/1182.pdf   -draft `, Query{{Values: []string{"invoices/1182.pdf"}}, {Not: true, Values: []string{"draft"}}}, `invoices/1182.pdf -draft`},
		{`result:denied source:import`, Query{{Key: KeyResult, Values: []string{"refused"}}, {Key: KeySource, Values: []string{"imported"}}}, `result:refused source:imported`},
		{`foo:bar`, Query{{Problem: badKey, Raw: `foo:bar`}}, ``},
		{`-foo:"a b",c rest`, Query{{Problem: badKey, Raw: `-foo:"a b",c`}, {Values: []string{"rest"}}}, ``},
		{`product:kdrive,teapot`, Query{{Key: KeyProduct, Values: []string{"drive", "teapot"}}}, `product:drive,teapot`}, // the journal knows whether it has one,
		{`product:`, Query{{Problem: badEmpty, Raw: `product:`}}, ``},
		{`product:drive,`, Query{{Problem: badEmpty, Raw: `product:drive,`}}, ``},
		{`since:31.13.2026`, Query{{Problem: badDate, Raw: `since:31.13.2026`}}, ``},
		{`since:2026-02-30 since:1d,2d`, Query{{Problem: badDate, Raw: `since:2026-02-30`}, {Problem: badDate, Raw: `since:1d,2d`}}, ``},
		{`foo:"open`, Query{{Problem: badKey, Raw: `foo:"open"`}}, `foo:"open"`},
		{`foo:"open\`, Query{{Problem: badKey, Raw: `foo:"open\\"`}}, `foo:"open\\"`},
		{`"open phrase`, Query{{Values: []string{"open phrase"}, Exact: true}}, `"open phrase"`},
		{`"12:30" 12:30`, Query{{Values: []string{"12:30"}, Exact: true}, {Values: []string{"12:30"}}}, ``},
		{`€ fattura - kdrive / "-" & & -- x`, Query{{Values: []string{"fattura"}}, {Values: []string{"kdrive"}}, {Values: []string{"x"}}}, `fattura kdrive x`},
		{`prodotto:"Servizio Mail" azione:"Elemento modificato" attore:io`, Query{
			{Key: KeyProduct, Values: []string{"email_hosting"}}, {Key: KeyAction, Values: []string{"item_changed"}}, {Key: KeyActor, Values: []string{"me"}},
		}, `product:email_hosting action:item_changed actor:me`},
		{`aktion:"alles Gelöschte" résultat:refusé quelle:importiert`, Query{
			{Key: KeyAction, Values: []string{"deleted"}}, {Key: KeyResult, Values: []string{"refused"}}, {Key: KeySource, Values: []string{"imported"}},
		}, `action:deleted result:refused source:imported`},
		{`since:ieri until:30/11/2026 on:1.11.2026 on:3/4/26`, Query{
			{Key: KeySince, Values: []string{"1d"}},
			{Key: KeyUntil, Values: []string{"2026-11-30"}},
			{Key: KeyOn, Values: []string{"2026-11-01"}},
			{Key: KeyOn, Values: []string{"2026-04-03"}},
		}, `since:1d until:2026-11-30 on:2026-11-01 on:2026-04-03`},
		{`seit:"1. Nov. 2026" on:"30 novembre 2026" on:"1er janv. 2026" on:"14 févr. 2026"`, Query{
			{Key: KeySince, Values: []string{"2026-11-01"}},
			{Key: KeyOn, Values: []string{"2026-11-30"}},
			{Problem: badDate, Raw: `on:"1er janv. 2026"`},
			{Key: KeyOn, Values: []string{"2026-02-14"}},
		}, `since:2026-11-01 on:2026-11-30 on:"1er janv. 2026" on:2026-02-14`},
		{`"" --draft`, Query{{Not: true, Values: []string{"-draft"}, Exact: true}}, `-"-draft"`},
		{``, Query{}, ``},
	}
	for _, c := range cases {
		got := read(c.text)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
		back := c.back
		if back == "" {
			back = c.text
		}
		if got.String() != back {
			t.Errorf("%s: written as %s", c.text, got.String())
		}
	}
}

func TestTheRegionSaysWhichFigureIsTheMonth(t *testing.T) {
	for region, want := range map[string]string{"US": "2026-03-04", "GB": "2026-04-03", "": "2026-04-03"} {
		if got := Parse("on:3/4/2026", book.Locale{Language: "en", Region: region}).String(); got != "on:"+want {
			t.Errorf("%q: %s", region, got)
		}
	}
	for _, typed := range []string{"30/11/2026", "Nov 30, 2026", "30 Nov 2026", "30.11.2026", "2026/11/30"} {
		if d, ok := parseDay(typed, book.Locale{Language: "en", Region: "US"}); !ok || d.String() != "2026-11-30" {
			t.Errorf("%s: %s, %v", typed, d, ok)
		}
	}
}

// What the five languages call a product, an action or a result leads to it: no name stands for two.
func TestEveryNameOnTheScreenLeadsToOneValue(t *testing.T) {
	for key, ids := range map[Key][]string{KeyProduct: texts(Products()), KeyAction: append(texts(Actions()), Groups()...), KeyResult: texts(Results())} {
		for _, id := range ids {
			for _, language := range book.Languages {
				b := book.For(book.Locale{Language: language})
				called := ""
				for _, prefix := range []string{"act_product_", "act_action_", "act_group_", "act_result_"} {
					if name, ok := b.Lookup(prefix + id); ok && strings.HasPrefix(prefix, "act_"+string(key)) || ok && prefix == "act_group_" && key == KeyAction {
						called = name
						break
					}
				}
				if got, ok := choose(key, called); !ok || got != id {
					t.Errorf("%s %s is called %q in %s, which is %q", key, id, called, language, got)
				}
			}
		}
	}
}

func TestABadTermIsNamedByItsPlace(t *testing.T) {
	err := read(`product:drive foo:bar result:teapot`).Validate()
	if err == nil || !strings.Contains(err.Error(), "terms.1:unknown_filter terms.2:not_a_choice") {
		t.Errorf("%v", err)
	}
	if err := read(`product:drive "x"`).Validate(); err != nil {
		t.Errorf("%v", err)
	}
	if err := read(strings.Repeat("a ", MaxTerms+1)).Validate(); err == nil || !strings.Contains(err.Error(), "query:too_long") {
		t.Errorf("%v", err)
	}
}

// roundTrip checks both ways: reading what was written gives the same query, and writing that the same text.
func roundTrip(t *testing.T, q Query) {
	t.Helper()
	text := q.String()
	again := read(text)
	if diff := cmp.Diff(q, again); diff != "" {
		t.Fatalf("%q\n%s", text, diff)
	}
	if again.String() != text {
		t.Fatalf("%q became %q", text, again.String())
	}
}

func FuzzQuery(f *testing.F) {
	for _, s := range []string{
		`product:kdrive action:deleted -actor:me since:30d "invoice"`, `foo:"bar`, `-`, `--a`, `"\"`, `a"b"c`, `actor:a,"b`, `x:`, `x:,`,
		`product:drive"x"`, "a\u00a0b", "\xff", `since:2026-10-25`, `día:3w`, `-"x y"`, `object:a\b`, `"a\\b"`, `:x`, `ſ:x`, `K:1`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := read(s)
		roundTrip(t, q)
		// Nothing is lost: every letter of the input's values stands in a term, but for case and spelling of known words.
		for _, term := range q {
			if term.Problem == "" && len(term.Values) == 0 {
				t.Fatalf("%q: a term without a value", s)
			}
		}
		if strings.ContainsFunc(s, unicode.IsLetter) && len(q) == 0 {
			t.Fatalf("%q was lost", s)
		}
	})
}

func TestEveryQueryThatChipsCanMakeIsWrittenAndReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune(`abc AB"\,:-_.é日1€` + "\t")
	word := func() string {
		for {
			w := make([]rune, 1+r.IntN(8))
			for i := range w {
				w[i] = alphabet[r.IntN(len(alphabet))]
			}
			if hasWord(string(w)) {
				return string(w)
			}
		}
	}
	pick := func(list []string) []string {
		n := 1 + r.IntN(3)
		chosen := []string{}
		for range n {
			if v := list[r.IntN(len(list))]; !slices.Contains(chosen, v) {
				chosen = append(chosen, v)
			}
		}
		return chosen
	}
	products, actions := []string{}, Groups()
	for _, p := range Products() {
		products = append(products, string(p))
	}
	for _, a := range Actions() {
		actions = append(actions, string(a))
	}
	for range 20_000 {
		q := Query{}
		for range r.IntN(5) {
			term := Term{Not: r.IntN(2) == 0}
			switch r.IntN(7) {
			case 0:
				term.Key, term.Values = KeyProduct, pick(products)
			case 1:
				term.Key, term.Values = KeyAction, pick(actions)
			case 2:
				term.Key, term.Values = KeyActor, pick([]string{"me", "Matteo Ferri", "x,y", word()})
			case 3:
				term.Key, term.Values = KeySince, []string{day{n: 2 + r.IntN(100), unit: "dwmy"[r.IntN(4)]}.String()}
			case 4:
				term.Key, term.Values = KeyObject, pick([]string{"id-1", `a "b"`, `\`, word()})
			case 5:
				term.Values, term.Exact = []string{word()}, true
			default:
				term.Values = []string{word()}
				term.Exact = !bareText(term.Values[0])
			}
			q = append(q, term)
		}
		roundTrip(t, q)
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestDaysBeginInThePersonsZone(t *testing.T) {
	cases := []struct {
		zone, date string
		from       string // UTC
		hours      int
	}{
		{"Europe/Zurich", "2026-03-29", "2026-03-28T23:00:00Z", 23}, // clocks go forward at 2
		{"Europe/Zurich", "2026-10-25", "2026-10-24T22:00:00Z", 25}, // and back at 3
		{"Europe/Zurich", "2026-11-20", "2026-11-19T23:00:00Z", 24},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23}, // forward at midnight: the day begins at 1
		{"America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 25}, // back at midnight: 23 h comes twice
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25},    // back at 1: midnight comes twice
		{"America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", 23},    // forward at midnight
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", 24},      // the day before the one that never was
		{"Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z", 24},
		{"UTC", "2026-01-01", "2026-01-01T00:00:00Z", 24},
	}
	for _, c := range cases {
		z := zone(t, c.zone)
		date, err := time.Parse(time.DateOnly, c.date)
		if err != nil {
			t.Fatal(err)
		}
		from, to := startOf(date, z), startOf(date.AddDate(0, 0, 1), z)
		if got := from.UTC().Format(time.RFC3339); got != c.from || to.Sub(from) != time.Duration(c.hours)*time.Hour {
			t.Errorf("%s in %s begins %s and lasts %v", c.date, c.zone, got, to.Sub(from))
		}
	}
}

func TestEveryDayOfEveryZoneFollowsTheOneBefore(t *testing.T) {
	for _, name := range []string{"Europe/Zurich", "America/Havana", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Gaza", "Africa/Cairo"} {
		z := zone(t, name)
		before := time.Time{}
		for date := time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC); date.Year() < 2027; date = date.AddDate(0, 0, 1) {
			from := startOf(date, z)
			if y, m, d := from.Date(); y != date.Year() || m != date.Month() || d != date.Day() {
				t.Fatalf("%s: %v begins at %v", name, date, from)
			}
			if y, m, d := from.Add(-time.Millisecond).Date(); y == date.Year() && m == date.Month() && d == date.Day() {
				t.Fatalf("%s: %v begins before %v", name, date, from)
			}
			if !before.IsZero() && (from.Sub(before) < 23*time.Hour || from.Sub(before) > 25*time.Hour) {
				t.Fatalf("%s: the day before %v lasts %v", name, date, from.Sub(before))
			}
			before = from
		}
	}
}

func TestSpansCountCalendarDays(t *testing.T) {
	z := zone(t, "Europe/Zurich")
	now := time.Date(2026, 3, 30, 22, 30, 0, 0, time.UTC) // the 31st in Zurich
	for text, want := range map[string]string{
		"today": "2026-03-31", "1d": "2026-03-30", "30d": "2026-03-01", "1w": "2026-03-24", "1m": "2026-02-28",
		"13m": "2025-02-28", "1y": "2025-03-31", "2y": "2024-03-31", "2026-01-02": "2026-01-02",
	} {
		d, ok := parseDay(text, book.Locale{})
		if got := d.civil(now, z).Format(time.DateOnly); !ok || got != want {
			t.Errorf("%s is %s, not %s", text, got, want)
		}
	}
	for _, text := range []string{"", "d", "-1d", "1h", "99999d", "2026-13-32", "1969-12-31", "01.02.20265", "+1d", "1 d"} {
		if _, ok := parseDay(text, book.Locale{}); ok {
			t.Errorf("%q is a day", text)
		}
	}
}

// read is a query as an English reader types it.
func read(typed string) Query { return Parse(typed, book.Locale{}) }

// A sign that no text has means nothing, instead of ending the query for the text index.
func TestANullSignInAQueryMeansNothing(t *testing.T) {
	for _, typed := range []string{"\x00", "invoice\x00", "in\x00voice", "\"paid\x00 invoice\"", "-\x00"} {
		if q := Parse(typed, book.Locale{Language: "en"}); strings.Contains(q.String(), "\x00") {
			t.Errorf("%q: %q", typed, q.String())
		}
	}
}
