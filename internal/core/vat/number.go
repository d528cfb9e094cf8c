package vat

import (
	"regexp"
	"strings"

	"kontor/internal/core/text"
)

// Why a number is refused.
const (
	NotANumber   = "not_a_vat_number"    // not of the form that its country publishes
	WrongDigit   = "vat_check_digit"     // a digit was mistyped
	OtherCountry = "vat_of_other_member" // a number of another country
)

// form is how a country writes its numbers, without the prefix and without marks. Of a check only what the tax office
// publishes for every number is here: nothing is refused that could be right.
type form struct {
	prefix string
	body   *regexp.Regexp
	check  func(body string) bool // nil where none is published for all of them
}

// forms are those of the member states, as the VAT Information Exchange System asks for them, of Northern Ireland, Great
// Britain and Norway.
var forms = map[string]form{
	"AT": {"AT", re(`U\d{8}`), func(b string) bool { return austrian(b[1:]) }},
	"BE": {"BE", re(`[01]\d{9}`), func(b string) bool { return 97-number(b[:8])%97 == number(b[8:]) }},
	"BG": {"BG", re(`\d{9,10}`), nil},
	"CY": {"CY", re(`\d{8}[A-Z]`), nil},
	"CZ": {"CZ", re(`\d{8,10}`), nil},
	"DE": {"DE", re(`[1-9]\d{8}`), iso11},
	"DK": {"DK", re(`\d{8}`), weighted(11, 2, 7, 6, 5, 4, 3, 2, 1)},
	"EE": {"EE", re(`\d{9}`), weighted(10, 3, 7, 1, 3, 7, 1, 3, 7, 1)},
	"ES": {"ES", re(`[A-Z0-9]\d{7}[A-Z0-9]`), nil},
	"FI": {"FI", re(`\d{8}`), weighted(11, 7, 9, 10, 5, 8, 4, 2, 1)},
	"FR": {"FR", re(`[A-HJ-NP-Z0-9]{2}\d{9}`), french},
	"GB": {"GB", re(`(\d{9}|\d{12}|GD\d{3}|HA\d{3})`), nil},
	"GR": {"EL", re(`\d{9}`), greek},
	"HR": {"HR", re(`\d{11}`), iso11},
	"HU": {"HU", re(`\d{8}`), weighted(10, 9, 7, 3, 1, 9, 7, 3, 1)},
	"IE": {"IE", re(`(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])`), nil},
	"IT": {"IT", re(`\d{11}`), luhn},
	"LT": {"LT", re(`(\d{9}|\d{12})`), nil},
	"LU": {"LU", re(`\d{8}`), func(b string) bool { return number(b[:6])%89 == number(b[6:]) }},
	"LV": {"LV", re(`\d{11}`), nil},
	"MT": {"MT", re(`\d{8}`), nil},
	"NL": {"NL", re(`[0-9A-Z+*]{10}\d{2}`), nil},
	"NO": {"NO", re(`\d{9}(MVA)?`), nil},
	"PL": {"PL", re(`\d{10}`), weighted(11, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1)},
	"PT": {"PT", re(`\d{9}`), portuguese},
	"RO": {"RO", re(`\d{2,10}`), nil},
	"SE": {"SE", re(`\d{12}`), func(b string) bool { return luhn(b[:10]) }},
	"SI": {"SI", re(`[1-9]\d{7}`), nil},
	"SK": {"SK", re(`[1-9]\d{9}`), func(b string) bool { return number(b)%11 == 0 }},
	"XI": {"XI", re(`(\d{9}|\d{12}|GD\d{3}|HA\d{3})`), nil},
}

var (
	swiss    = re(`CHE(\d{9})(MWST|TVA|IVA|VAT)?`)
	anywhere = re(`[0-9A-Z/]{3,24}`)
	marks    = strings.NewReplacer(".", "", "-", "", " ", "", "’", "", "'", "", "_", "", "·", "")
)

func re(pattern string) *regexp.Regexp { return regexp.MustCompile("^" + pattern + "$") }

// ParseNumber reads a VAT number as people write it, with marks and blanks or without, of somebody in a country ("" is not
// known). It gives it as its country writes it: "CHE-123.456.788 MWST", "DE136695976". A number without its prefix is
// taken as one of the country. A country that is not known here can have any number of letters and digits.
// Refusals: NotANumber, WrongDigit, OtherCountry.
func ParseNumber(typed, country string) (number, refusal string) {
	bare := strings.ToUpper(marks.Replace(text.Bare(typed)))
	bare = strings.Join(strings.Fields(bare), "")
	if bare == "" {
		return "", ""
	}
	if strings.HasPrefix(bare, "CHE") {
		if country != "" && territory(country) != "CH" {
			return "", OtherCountry
		}
		return swissNumber(bare)
	}
	if territory(country) == "CH" {
		return inSwitzerland(bare, country)
	}
	own, known := forms[territory(country)]
	if other, body, ok := prefixed(bare); ok {
		switch {
		case country == "" || other.prefix == own.prefix || country == "GB" && other.prefix == "XI":
			return other.read(body)
		case known && own.body.MatchString(bare): // a body that begins like another country's prefix
			return own.read(bare)
		}
		return "", OtherCountry
	}
	if known {
		return own.read(strings.TrimPrefix(bare, own.prefix))
	}
	if !anywhere.MatchString(bare) || !strings.ContainsAny(bare, "0123456789") {
		return "", NotANumber
	}
	return bare, ""
}

// prefixed finds the member state whose prefix and form a number has.
func prefixed(bare string) (form, string, bool) {
	if len(bare) < 4 {
		return form{}, "", false
	}
	for _, f := range forms {
		if f.prefix == bare[:2] && f.body.MatchString(bare[2:]) {
			return f, bare[2:], true
		}
	}
	return form{}, "", false
}

func (f form) read(body string) (string, string) {
	switch {
	case !f.body.MatchString(body):
		return "", NotANumber
	case f.check != nil && !f.check(body):
		return "", WrongDigit
	}
	return f.prefix + body, ""
}

// inSwitzerland reads a number without "CHE": nine digits are a UID; Liechtenstein gives five or six by itself.
func inSwitzerland(bare, country string) (string, string) {
	digits := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(bare, "MWST"), "TVA"), "IVA")
	if _, _, other := prefixed(bare); other && !isDigits(digits) {
		return "", OtherCountry
	}
	if country == "LI" && re(`(LI|FL)?\d{5,6}(MWST)?`).MatchString(bare) {
		return bare, ""
	}
	if len(digits) == 9 && isDigits(digits) {
		return swissNumber("CHE" + bare)
	}
	return "", NotANumber
}

// swissNumber reads a UID (the eCH-0097 check digit, modulo 11) with or without the register's addition.
func swissNumber(bare string) (string, string) {
	parts := swiss.FindStringSubmatch(bare)
	if parts == nil {
		return "", NotANumber
	}
	d := parts[1]
	if !weighted(11, 5, 4, 3, 2, 7, 6, 5, 4, 1)(d) {
		return "", WrongDigit
	}
	out := "CHE-" + d[:3] + "." + d[3:6] + "." + d[6:]
	if parts[2] != "" {
		out += " " + parts[2]
	}
	return out, ""
}

// Country is the country of a number that ParseNumber has given, or "" where it does not tell.
func Country(number string) string {
	if strings.HasPrefix(number, "CHE-") {
		return "CH"
	}
	for country, f := range forms {
		if len(number) > 2 && f.prefix == number[:2] && f.body.MatchString(number[2:]) {
			return country
		}
	}
	return ""
}
