package vat

import (
	"slices"
	"testing"

	"kontor/internal/core/day"
)

func at(t *testing.T, text string) day.Day {
	t.Helper()
	d, err := day.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every day since 2015 has exactly one standard rate in every country, and no row is without its law and its day.
func TestEveryDayHasOneStandardRate(t *testing.T) {
	for _, country := range append([]string{"CH", "LI", "MC"}, union...) {
		for d := at(t, "2015-01-01"); d <= at(t, "2027-01-01"); d += 7 {
			standard := slices.DeleteFunc(On(country, d), func(r Rate) bool { return r.Class != Standard })
			if len(standard) != 1 {
				t.Fatalf("%s on %s: %d standard rates", country, d, len(standard))
			}
		}
	}
	for _, r := range table() {
		if r.Source == "" || r.Checked == 0 || r.From == 0 || r.Until != 0 && r.Until < r.From || r.Rate.IsZero() {
			t.Errorf("%+v", r)
		}
	}
}

func TestRatesByDay(t *testing.T) {
	for _, c := range []struct{ country, on, want string }{
		{"CH", "2023-12-31", "7.7 3.7 2.5"},
		{"CH", "2024-01-01", "8.1 3.8 2.6"},
		{"LI", "2026-11-28", "8.1 3.8 2.6"},
		{"DE", "2020-06-30", "19 7"},
		{"DE", "2020-07-01", "16 5"},
		{"DE", "2021-01-01", "19 7"},
		{"IT", "2026-11-28", "22 10 5 4"},
		{"FR", "2026-11-28", "20 10 5.5 2.1"},
		{"MC", "2026-11-28", "20 10 5.5 2.1"},
		{"AT", "2026-01-01", "20 13 10"},
		{"ES", "2026-01-01", "21 10 4"},
		{"EE", "2025-06-30", "22 13 9"},
		{"EE", "2025-07-01", "24 13 9"},
		{"FI", "2026-01-01", "25.5 13.5 10"},
		{"SK", "2024-12-31", "20 10"},
		{"SK", "2025-01-01", "23 19 5"},
		{"RO", "2025-07-31", "19 9 5"},
		{"RO", "2025-08-01", "21 11"},
		{"LU", "2023-06-01", "16 13 7 3"},
		{"LU", "2024-01-01", "17 14 8 3"},
		{"CZ", "2024-01-01", "21 12"},
		{"DK", "2026-01-01", "25"},
		{"LT", "2026-01-01", "21 12 5"},
		{"US", "2026-01-01", ""},
	} {
		got := ""
		for i, r := range On(c.country, at(t, c.on)) {
			if i > 0 {
				got += " "
			}
			got += r.Rate.String()
		}
		if got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.country, c.on, got, c.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	on := at(t, "2026-11-28")
	for _, c := range []struct {
		from, to  string
		number    string
		private   bool
		treatment Treatment
		rate      string
		sentence  Sentence
	}{
		{"CH", "CH", "", false, Domestic, "8.1", ""},
		{"CH", "LI", "", false, Domestic, "8.1", ""},
		{"LI", "CH", "", false, Domestic, "8.1", ""},
		{"CH", "DE", "DE136695976", false, Outside, "0", SaysSwissToEU},
		{"CH", "DE", "", true, Outside, "0", SaysSwiss},
		{"CH", "US", "", false, Outside, "0", SaysSwiss},
		{"IT", "IT", "", false, Domestic, "22", ""},
		{"IT", "DE", "DE136695976", false, ReverseCharge, "0", SaysReverse},
		{"IT", "DE", "", false, Destination, "19", ""},
		{"IT", "DE", "", true, Destination, "19", ""},
		{"IT", "CH", "", false, Outside, "0", SaysOutsideEU},
		{"FR", "MC", "", false, Domestic, "20", ""},
		{"US", "CH", "", false, Unknown, "0", ""},
		{"CH", "", "", false, Unknown, "0", ""},
	} {
		s := Suggest(Party{Country: c.from}, Party{Country: c.to, Number: c.number, Private: c.private}, on)
		if s.Treatment != c.treatment || s.Rate.Rate.String() != c.rate || s.Sentence != c.sentence || s.Ground == "" {
			t.Errorf("%s to %s: %+v", c.from, c.to, s)
		}
	}
	for _, chosen := range Treatments() {
		if s := Apply(chosen, Party{Country: "CH"}, Party{Country: "DE"}, on); s.Treatment != chosen || s.Ground != Chosen {
			t.Errorf("%s: %+v", chosen, s)
		}
	}
}

// The numbers are those that tax offices and handbooks give as examples.
func TestParseNumber(t *testing.T) {
	for _, c := range []struct{ typed, country, want, refusal string }{
		{"", "CH", "", ""},
		{"CHE-100.155.212", "CH", "CHE-100.155.212", ""},
		{"che107787577 iva", "CH", "CHE-107.787.577 IVA", ""},
		{"107.787.577", "CH", "CHE-107.787.577", ""},
		{"CHE-107.787.578 MWST", "CH", "", WrongDigit},
		{"CHE-123.456.788 TVA", "LI", "CHE-123.456.788 TVA", ""},
		{"54321", "LI", "54321", ""},
		{"CHE-107.787.577", "DE", "", OtherCountry},
		{"DE136695976", "CH", "", OtherCountry},
		{"DE 136 695 976", "DE", "DE136695976", ""},
		{"136695976", "DE", "DE136695976", ""},
		{"DE136695978", "DE", "", WrongDigit},
		{"IT00743110157", "DE", "", OtherCountry},
		{"IT00743110157", "", "IT00743110157", ""},
		{"ATU13585627", "AT", "ATU13585627", ""},
		{"ATU13585626", "AT", "", WrongDigit},
		{"BE0428759497", "BE", "BE0428759497", ""},
		{"BE0428759496", "BE", "", WrongDigit},
		{"BG175074752", "BG", "BG175074752", ""},
		{"CY10259033P", "CY", "CY10259033P", ""},
		{"CZ25123891", "CZ", "CZ25123891", ""},
		{"DK13585628", "DK", "DK13585628", ""},
		{"DK13585627", "DK", "", WrongDigit},
		{"EE100931558", "EE", "EE100931558", ""},
		{"EE100594103", "EE", "", WrongDigit},
		{"ESB58378431", "ES", "ESB58378431", ""},
		{"ES54362315K", "ES", "ES54362315K", ""},
		{"FI20774740", "FI", "FI20774740", ""},
		{"FI20774741", "FI", "", WrongDigit},
		{"FR40303265045", "FR", "FR40303265045", ""},
		{"FRK7399859412", "FR", "FRK7399859412", ""},
		{"FR84323140391", "FR", "", WrongDigit},
		{"EL094259216", "GR", "EL094259216", ""},
		{"EL123456781", "GR", "", WrongDigit},
		{"HR33392005961", "HR", "HR33392005961", ""},
		{"HR33392005962", "HR", "", WrongDigit},
		{"HU12892312", "HU", "HU12892312", ""},
		{"HU12892313", "HU", "", WrongDigit},
		{"IE6433435F", "IE", "IE6433435F", ""},
		{"IE6433435OA", "IE", "IE6433435OA", ""},
		{"IE8D79739I", "IE", "IE8D79739I", ""},
		{"IT00743110157", "IT", "IT00743110157", ""},
		{"IT00743110158", "IT", "", WrongDigit},
		{"LT119511515", "LT", "LT119511515", ""},
		{"LU15027442", "LU", "LU15027442", ""},
		{"LU15027443", "LU", "", WrongDigit},
		{"LV40003521600", "LV", "LV40003521600", ""},
		{"MT11679112", "MT", "MT11679112", ""},
		{"NL004495445B01", "NL", "NL004495445B01", ""},
		{"NL002455799B11", "NL", "NL002455799B11", ""},
		{"PL8567346215", "PL", "PL8567346215", ""},
		{"PL8567346216", "PL", "", WrongDigit},
		{"PT501964843", "PT", "PT501964843", ""},
		{"PT501964842", "PT", "", WrongDigit},
		{"RO18547290", "RO", "RO18547290", ""},
		{"SE123456789701", "SE", "SE123456789701", ""},
		{"SE123456789101", "SE", "SE123456789101", WrongDigit},
		{"SI50223054", "SI", "SI50223054", ""},
		{"SK2022749619", "SK", "SK2022749619", ""},
		{"SK2022749618", "SK", "", WrongDigit},
		{"GB980780684", "GB", "GB980780684", ""},
		{"NO 995 525 828 MVA", "NO", "NO995525828MVA", ""},
		{"12-3456789", "US", "123456789", ""},
		{"hello", "DE", "", NotANumber},
		{"hello", "US", "", NotANumber},
		{"12", "CH", "", NotANumber},
	} {
		got, refusal := ParseNumber(c.typed, c.country)
		if c.refusal != "" {
			c.want = ""
		}
		if got != c.want || refusal != c.refusal {
			t.Errorf("%q in %q: %q %q, want %q %q", c.typed, c.country, got, refusal, c.want, c.refusal)
		}
		if got != "" {
			if again, refusal := ParseNumber(got, c.country); again != got || refusal != "" {
				t.Errorf("%q read again: %q %q", got, again, refusal)
			}
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"CHE-123.456.788 MWST", "DE136695976", "SE1", "NL++++++++++12", "LI54321", "日本"} {
		f.Add(s, "CH")
		f.Add(s, "SE")
	}
	f.Fuzz(func(t *testing.T, typed, country string) {
		got, refusal := ParseNumber(typed, country)
		if (got != "") && refusal != "" {
			t.Fatal(got, refusal)
		}
		if got != "" {
			if again, refusal := ParseNumber(got, country); again != got || refusal != "" {
				t.Errorf("%q in %q: %q, then %q %q", typed, country, got, again, refusal)
			}
		}
	})
}
