package words

import (
	"slices"
	"strings"
)

// Languages are those that Kontor speaks.
var Languages = []string{"it", "es", "fr", "de", "en"}

// Regions are those whose figures Kontor writes, as ISO 3166 has them.
var Regions = []string{"CH", "IT", "DE", "AT", "FR", "ES", "GB", "US"}

// neighbours write as one of Regions does.
var neighbours = map[string]string{"LI": "CH", "SM": "IT", "VA": "IT", "MC": "FR", "AD": "ES", "IE": "GB", "PR": "US"}

// usual is the region whose figures a language stands for where nobody names one. German is Swiss German here, as
// Infomaniak writes it.
var usual = map[string]string{"it": "IT", "es": "ES", "fr": "FR", "de": "CH", "en": "GB"}

// Locale is how somebody reads: the language of the words, and the region whose figures, days and spreadsheets they use.
// The zero value reads as English in Great Britain.
type Locale struct {
	Language string // one of Languages
	Region   string // one of Regions; "": the usual one of the language
}

// In is the locale of a language and a region. A language that Kontor does not speak is English; a region that it does
// not know is the usual one of the language.
func In(language, region string) Locale {
	language = strings.ToLower(language)
	if !slices.Contains(Languages, language) {
		language = "en"
	}
	return Locale{language, KnownRegion(region)}
}

// KnownRegion is the one of Regions that writes as a region does, "" where there is none.
func KnownRegion(region string) string {
	region = strings.ToUpper(region)
	if same, ok := neighbours[region]; ok {
		return same
	}
	if slices.Contains(Regions, region) {
		return region
	}
	return ""
}

// spoken are the languages in which people of a region read.
var spoken = map[string][]string{
	"CH": {"de", "fr", "it", "en"}, "IT": {"it", "de"}, "DE": {"de"}, "AT": {"de"}, "FR": {"fr"}, "ES": {"es"}, "GB": {"en"}, "US": {"en"},
}

// Beside is how somebody reads who speaks a language and does business with somebody of this locale: with the figures of
// its region where the language is spoken there, else with those that the language stands for.
func (l Locale) Beside(language string) Locale {
	other := In(language, "")
	if region := l.full().Region; slices.Contains(spoken[region], other.Language) {
		other.Region = region
	}
	return other
}

// Parse reads a tag such as "de-CH", "de_CH.UTF-8" or "de".
func Parse(tag string) Locale {
	tag, _, _ = strings.Cut(tag, ".")
	tag, _, _ = strings.Cut(tag, "@")
	language, region, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return In(language, region)
}

// full names the region too.
func (l Locale) full() Locale {
	if l.Language == "" {
		l.Language = "en"
	}
	if l.Region == "" {
		l.Region = usual[l.Language]
	}
	return l
}

// Tag is the BCP 47 tag with its region, e.g. "de-CH": what the window hands to Intl.
func (l Locale) Tag() string {
	l = l.full()
	return l.Language + "-" + l.Region
}

// Marks are the signs of a region between the digits of a figure.
type Marks struct {
	Group   string // between thousands
	Decimal string // before the fraction
}

// narrow is the space that French sets between thousands; no line ends at it.
const narrow = "\u202f"

var marks = map[string]Marks{
	"CH": {"’", "."}, "IT": {".", ","}, "DE": {".", ","}, "AT": {".", ","}, "FR": {narrow, ","}, "ES": {".", ","},
	"GB": {",", "."}, "US": {",", "."},
}

// Marks are those of the region.
func (l Locale) Marks() Marks { return marks[l.full().Region] }

// Separator stands between the cells of a CSV file that the region's spreadsheets open: a semicolon where a comma is the
// decimal mark, and in Switzerland.
func (l Locale) Separator() byte {
	switch l.full().Region {
	case "GB", "US":
		return ','
	}
	return ';'
}
