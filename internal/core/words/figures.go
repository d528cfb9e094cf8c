package words

import (
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

const (
	minus = "−"
	tied  = "\u00a0" // a space at which no line ends
)

// Number writes decimal text ("-1234.50") with the marks of the region ("−1’234.50"). No digit is added or taken; text
// that is no such number stays as it is.
func (l Locale) Number(decimal string) string {
	rest, negative := strings.CutPrefix(decimal, "-")
	whole, fraction, broken := strings.Cut(rest, ".")
	if !digits(whole) || broken && !digits(fraction) {
		return decimal
	}
	m := l.Marks()
	var b strings.Builder
	if negative {
		b.WriteString(minus)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(m.Group)
		}
		b.WriteRune(digit)
	}
	if broken {
		b.WriteString(m.Decimal + fraction)
	}
	return b.String()
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// Money writes an amount with its currency, in one piece: "CHF 1’234.50", "CHF −5.00".
func (l Locale) Money(a money.Amount) string {
	return string(a.Currency()) + tied + l.Number(a.Decimal())
}

// Percent writes a rate ("12.5") with its sign, in one piece.
func (l Locale) Percent(rate string) string { return l.Number(rate) + tied + "%" }

// months are CLDR's short names of the months as they stand in a date.
var months = map[string][12]string{
	"it": {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
	"es": {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
	"fr": {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
	"de": {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
	"en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
}

// Day writes a day with the month in letters, so that nobody takes it for another: "20 Nov 2026".
func (l Locale) Day(d day.Day) string { return l.date(d.Time()) }

// Moment writes a moment on the clock of its zone: "20 Nov 2026, 22:39".
func (l Locale) Moment(at time.Time) string {
	return l.date(at) + ", " + l.clock(at, "15:04", "03:04 PM")
}

// Exact writes a moment to the second with the distance of its zone: "20 Nov 2026, 22:39:17 (UTC+01:00)".
func (l Locale) Exact(at time.Time) string {
	return l.date(at) + ", " + l.clock(at, "15:04:05", "03:04:05 PM") + " (UTC" + at.Format("-07:00") + ")"
}

// Figures writes a day in figures only, as forms have it: "20.11.2026".
func (l Locale) Figures(d day.Day) string {
	l = l.full()
	switch {
	case l.Language == "en" && l.Region == "US":
		return d.Time().Format("01/02/2006")
	case l.Language == "de" || l.Region == "CH" && l.Language != "es":
		return d.Time().Format("02.01.2006")
	}
	return d.Time().Format("02/01/2006")
}

func (l Locale) date(t time.Time) string {
	l = l.full()
	month := months[l.Language][t.Month()-1]
	switch l.Tag() {
	case "en-US":
		if t.Month() == time.September {
			month = "Sep"
		}
		return month + t.Format(" 2, 2006")
	case "de-AT", "de-IT":
		switch t.Month() {
		case time.January:
			month = "Jän."
		case time.September:
			month = "Sep."
		}
	}
	if l.Language == "de" {
		return t.Format("2. ") + month + t.Format(" 2006")
	}
	return t.Format("2 ") + month + t.Format(" 2006")
}

// clock is the time of day: in the United States on a clock of twelve hours.
func (l Locale) clock(t time.Time, hours24, hours12 string) string {
	if tag := l.Tag(); tag == "en-US" {
		return t.Format(hours12)
	} else if tag == "es-US" {
		return strings.NewReplacer("AM", "a.m.", "PM", "p.m.").Replace(t.Format(hours12))
	}
	return t.Format(hours24)
}
