package input

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestHasCard(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"Visa", "4111111111111111", true},
		{"Visa, grouped", "4111 1111 1111 1111", true},
		{"Visa, dashed", "4111-1111-1111-1111", true},
		{"Visa, no-break spaces", "4111\u00a01111\u00a01111\u00a01111", true},
		{"Visa, en dashes and blanks", "4111 – 1111 – 1111 – 1111", true},
		{"Visa, dots", "4111.1111.1111.1111", true},
		{"Visa, zero-width spaces", "41\u200b1111\u200b1111111111", true},
		{"Visa, full width", "4111111111111111", true},
		{"Visa, Arabic-Indic", "٤١١١١١١١١١١١١١١١", true},
		{"Visa, mathematical bold", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏", true},
		{"Visa, new line", "4111 1111\n1111 1111", true},
		{"Visa, many blanks", "4111    1111  \t  1111    1111", true},
		{"Visa, strokes", "4111/1111/1111/1111", true},
		{"Visa, stars", "4111*1111*1111*1111", true},
		{"Visa, strokes between blanks", "4111 / 1111 / 1111 / 1111", true},
		{"Visa, odd groups", "41 1111 11111 11 111", true},
		{"Visa, odd groups, dashes", "41-1111 - 11111–11-111", true},
		{"Visa, digits apart", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", true},
		{"Visa, a dash and a dot", "4111-1111.1111 1111", true},
		{"Amex, dots", "3782.822463.10005", true},
		{"Visa of 13 digits, as printed", "4222.222.222.222", true},
		{"Visa, marks of direction", "\u202a4111\u2066 1111\u200f1111\u202c1111", true},
		{"Visa, many invisible signs", "4111\u200b\u200b\u200b\u200b\u200b11111111\u20601111", true},
		{"Visa, keys", "4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣", true},
		{"Visa behind an account number", "CH93 0076 2011 6238 5295 7 4111 1111 1111 1111", true},
		{"Visa behind two letters", "CH41 1111 1111 1111 11", true},
		{"13 digits", "4222222222222", true},
		{"Amex, 15 digits", "3782 822463 10005", true},
		{"Mastercard of the 2 series", "2223000048400011", true},
		{"19 digits", "6304000000000000000", luhn([]byte{6, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})},
		{"in a sentence", "my card is 4111 1111 1111 1111, thanks", true},
		{"behind another number", "order 20614 4111 1111 1111 1111", true},
		{"before another number", "4111 1111 1111 1111 12/28", true},
		{"between letters", "x4111111111111111y", true},

		{"nothing", "", false},
		{"last four", "ending 4417", false},
		{"wrong check digit", "4111111111111112", false},
		{"12 digits", "411111111111", false},
		{"20 digits in a row", "41111111111111111111", false},
		{"zeros", "0000000000000000", false},
		{"account number whose digits pass by chance", "to CH65 0076 2011 6238 5295 7, DE89 3704 0044 0532 0130 00", false},
		{"phone", "+41 79 123 18 06", false},
		{"amounts, far apart", "4111 CHF 1111 CHF 1111 CHF 1111", false},
		{"four separators", "4111----1111----1111----1111", false},
		{"amounts whose digits pass by chance", "249.38, 1'200.00, 3'400.02", false},
		{"amounts, a column", "4111\n1111\n1111\n1111", false},
		{"dates whose digits pass by chance", "29.11.2026 2026-12-01 2026-12-03", false},
		{"versions", "4.11.11.11.11.11.11.11.1", false},
		{"a year, and numbers", "2026 1129 1617 1039", false},
		{"reference of a payment slip", "210000000003139471430009017", false},
		{"identifier whose digits pass by chance", "01a22809-58e8-753b-aa7b-b98da8a941d0, 4 items", false},
		{"moment whose digits pass by chance", "at 2026-11-29 16:17:10", false},
		{"Visa behind a moment", "2026-11-29 16:17:10 4111 1111 1111 1111", true},
		{"Visa where an identifier has its version", "41111111-1111-1111-1111-aaaaaaaaaaaa", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := HasCard(tt.text); got != tt.want {
				t.Errorf("HasCard(%q) = %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

// Every number that passes the check is found, in groups of any lengths that stand apart in one way, and in those of cards
// whatever stands between them; none that fails it is when it stands alone.
func TestHasCardFindsEveryNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.ByteRange(0, 9), shortest-1, longest-1).Draw(t, "body")
		body[0] = rapid.SampledFrom([]byte{2, 3, 4, 5, 6, 8}).Draw(t, "first")
		if body[0] == 2 {
			body[1] = rapid.ByteRange(2, 7).Draw(t, "second")
		}
		check := rapid.ByteRange(0, 9).Draw(t, "check")
		number := append(body[:len(body):len(body)], check)
		places := map[int][][]int{13: {{4, 8, 12}, {4, 7, 10}}, 14: {{4, 10}}, 15: {{4, 10}}, 16: {{4, 8, 12}, {6}}, 19: {{4, 8, 12, 16}, {6}}}[len(number)]
		form := rapid.SampledFrom([]string{"solid", "any groups", "groups of cards"}).Draw(t, "form")
		if form == "groups of cards" && places == nil {
			form = "any groups"
		}
		one := rapid.SampledFrom([]string{" ", "\u00a0", "-", " - ", "–"}).Draw(t, "mark")
		marks := rapid.SampledFrom([]string{"", "\u200b", " ", "-", " – ", ".", "/", " / ", "*", "·", "_"})
		lineAt := 0
		var at []int
		if form == "groups of cards" {
			at = rapid.SampledFrom(places).Draw(t, "places")
			lineAt = rapid.SampledFrom(append(at, 0)).Draw(t, "line")
		}
		var text strings.Builder
		for i, d := range number {
			switch {
			case i == 0 || form == "solid":
			case form == "any groups":
				text.WriteString(rapid.SampledFrom([]string{"", "\u200b", one}).Draw(t, "gap"))
			case i == lineAt:
				text.WriteString("\n")
			case slices.Contains(at, i):
				text.WriteString(marks.Draw(t, "gap"))
			}
			text.WriteByte('0' + d)
		}
		for _, s := range []string{text.String(), "a" + text.String() + "b", "order 20614, " + text.String() + ", 12/28"} {
			if got := HasCard(s); got != luhn(number) && (luhn(number) || form == "solid") {
				t.Fatalf("HasCard(%q) = %v", s, got)
			}
		}
	})
}

// What people write into a note is never taken for a card, whatever its digits are: one in ten lists of numbers passes the
// check by chance.
func TestNotesAreNoCards(t *testing.T) {
	day := func(t *rapid.T) time.Time {
		return time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(-20_000, 20_000).Draw(t, "day"))
	}
	digits := func(t *rapid.T, n int) string {
		return rapid.StringMatching(fmt.Sprintf("[1-9][0-9]{%d}", n-1)).Draw(t, "digits")
	}
	kinds := map[string]func(t *rapid.T) string{
		"amount": func(t *rapid.T) string {
			whole, part := rapid.IntRange(0, 9_999_999).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "part")
			s := strconv.Itoa(whole)
			thousands, decimal := rapid.SampledFrom([]string{"", "'", "’", ".", ",", " ", "\u202f"}).Draw(t, "thousands"), rapid.SampledFrom([]string{".", ","}).Draw(t, "decimal")
			if thousands == decimal {
				thousands = "'"
			}
			for i := len(s) - 3; i > 0; i -= 3 {
				s = s[:i] + thousands + s[i:]
			}
			return fmt.Sprintf("%s%s%02d", s, decimal, part)
		},
		"phone": func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"+41 79 ", "0041 44 ", "044 ", "(044) ", "0711/"}).Draw(t, "code") + digits(t, 3) + " " + digits(t, 2) + " " + digits(t, 2)
		},
		"day": func(t *rapid.T) string {
			return day(t).Format(rapid.SampledFrom([]string{time.DateOnly, "02.01.2006", "2.1.06", "02/01/2006", "2006/01/02"}).Draw(t, "form"))
		},
		"days": func(t *rapid.T) string {
			return day(t).Format(time.DateOnly) + rapid.SampledFrom([]string{" ", " – ", " / ", "/"}).Draw(t, "to") + day(t).Format(time.DateOnly)
		},
		"moment": func(t *rapid.T) string {
			return day(t).Add(time.Duration(rapid.Int64Range(0, 86_399_999_999).Draw(t, "at")) * time.Microsecond).Format(rapid.SampledFrom([]string{time.DateTime, time.RFC3339Nano, "2.1.2006, 15:04", "15.04 02.01.2006"}).Draw(t, "form"))
		},
		"order": func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"", "RE-2026-", "2026/", "#", "A"}).Draw(t, "before") + digits(t, 5)
		},
		"address": func(t *rapid.T) string {
			return digits(t, 3) + "." + digits(t, 3) + "." + digits(t, 2) + "." + digits(t, 3)
		},
		"share": func(t *rapid.T) string { return digits(t, 2) + "." + digits(t, 2) + " %" },
	}
	names := slices.Sorted(maps.Keys(kinds))
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(names).Draw(t, "kind")
		between := rapid.SampledFrom([]string{", ", "; ", " + ", "\n", " and ", ",", ": ", " = ", ",\n"}).Draw(t, "between")
		list := make([]string, rapid.IntRange(1, 8).Draw(t, "n"))
		for i := range list {
			list[i] = kinds[kind](t)
		}
		if note := strings.Join(list, between); HasCard(note) {
			t.Fatalf("%q is taken for a card", note)
		}
	})
}

func FuzzHasCard(f *testing.F) {
	f.Add("4111 1111 1111 1111")
	f.Add("\xff41111111\u202e11111111")
	f.Fuzz(func(t *testing.T, text string) {
		if HasCard(text) && !HasCard("x "+text+" x") {
			t.Errorf("%q is found alone and not inside a text", text)
		}
	})
}

// Moments in milliseconds and nanoseconds, as other programs number their records with, pass the Luhn check by chance.
func TestMomentsAreNoCards(t *testing.T) {
	for at := int64(1_795_896_950_884); at < 1_795_896_950_884+1000; at++ {
		if text := strconv.FormatInt(at, 10); HasCard(text) || HasCard("run "+text+"338663") {
			t.Fatalf("%s is taken for a card", text)
		}
	}
}

// A row of a file may be as long as the file: a number is found wherever a part of it ends, and none is made of two parts.
func TestALongTextIsLookedThroughPartByPart(t *testing.T) {
	const card = "4111-1111-1111-1111"
	for name, filler := range map[string]string{"words": "x", "groups": "2024-01-0"} {
		text := strings.Repeat(filler, (1<<20+600)/len(filler))
		if HasCard(text) {
			t.Errorf("%s: a number where there is none", name)
		}
		for _, before := range []int{-1, 10, 500} {
			at := 1<<20 - before
			if !HasCard(text[:at] + " x " + card + " x " + text[at:]) {
				t.Errorf("%s: not found %d before the end of a part", name, before)
			}
		}
	}
}

// What programs write beside an object is taken as it is: no identifier and no moment is ever a card number.
func TestIdentifiersAndMomentsAreNoCards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := uuid.Must(uuid.FromBytes(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id")))
		id[6], id[8] = id[6]&0x0f|0x10*rapid.SampledFrom([]byte{1, 4, 7}).Draw(t, "version"), id[8]&0x3f|0x80
		at := time.Unix(rapid.Int64Range(0, 4_102_444_799).Draw(t, "at"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
		form := rapid.SampledFrom([]string{
			time.DateTime, "2006-01-02 15:04", "2006-01-02 15:04:05.000000", "02.01.2006 15:04:05", "2.1.2006, 15:04", "02/01/2006 15:04:05", time.RFC3339Nano,
		}).Draw(t, "form")
		for _, s := range []string{id.String(), strings.ToUpper(id.String()), "urn:uuid:" + id.String(), at.Format(form), "since " + at.Format(form) + "."} {
			if HasCard(s) {
				t.Errorf("%q is taken for a card", s)
			}
		}
	})
}
