package activity

import (
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // Windows has no zones of its own

	"kontor/internal/core/text"
	book "kontor/internal/core/words"
)

// day is a date filter's value: a calendar day, or a span back from today. Spans stay spans, so that a saved search
// for the last 30 days moves with the days.
type day struct {
	date time.Time // a civil date at midnight UTC; zero for a span
	n    int
	unit byte // 'd', 'w', 'm' or 'y'
}

// maxSpan keeps calendar arithmetic within what an id can carry.
const maxSpan = 10_000

// named are the days that have a name, by how long ago they are.
var named = map[string]int{
	"today": 0, "oggi": 0, "hoy": 0, "aujourd'hui": 0, "heute": 0,
	"yesterday": 1, "ieri": 1, "ayer": 1, "hier": 1, "gestern": 1,
}

// parseDay reads a day as people write it: 2026-10-30, 30.10.2026, 30/10/26, "30 Oct 2026" in any of the five languages,
// today or yesterday, and the spans 30d, 2w, 3m and 1y. Only in the United States does the month come before the day.
func parseDay(typed string, by book.Locale) (day, bool) {
	v := text.Fold(typed)
	if v == "" {
		return day{}, false
	}
	if n, ok := named[v]; ok {
		return day{unit: 'd', n: n}, true
	}
	if parts := strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("./- ,", r) }); len(parts) == 3 {
		return dateOf(parts, by)
	}
	unit := v[len(v)-1]
	n, err := strconv.ParseUint(v[:len(v)-1], 10, 32)
	if err != nil || n > maxSpan || !strings.ContainsRune("dwmy", rune(unit)) {
		return day{}, false
	}
	return day{n: int(n), unit: unit}, true
}

// dateOf reads the three parts of a date.
func dateOf(parts []string, by book.Locale) (day, bool) {
	y, m, d := parts[2], parts[1], parts[0]
	switch {
	case len(d) == 4:
		y, d = d, y
	case monthOf(d) > 0 || by.Region == "US" && monthOf(m) == 0: // Oct 30, 2026
		m, d = d, m
	}
	if len(y) == 2 {
		y = "20" + y
	}
	if n := monthOf(m); n > 0 {
		m = strconv.Itoa(n)
	}
	t, err := time.Parse("2006-1-2", y+"-"+m+"-"+d)
	if err != nil { // the other order: there is only one that is a day
		t, err = time.Parse("2006-1-2", y+"-"+d+"-"+m)
	}
	return day{date: t}, err == nil && t.Year() >= 1970
}

// months are the short names of the months in the five languages.
var months = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	for _, language := range book.Languages {
		for m := 1; m <= 12; m++ {
			written := book.Locale{Language: language}.Moment(time.Date(2026, time.Month(m), 1, 0, 0, 0, 0, time.UTC))
			all[strings.Trim(text.Fold(strings.Fields(written)[1]), ".")] = m
		}
	}
	return all
})

// monthOf is the number of a month that is written in letters, short or whole; 0 for none.
func monthOf(name string) int {
	best, month := 0, 0
	for short, n := range months() {
		if len(short) > best && strings.HasPrefix(name, short) {
			best, month = len(short), n
		}
	}
	return month
}

func (d day) String() string {
	if !d.date.IsZero() {
		return d.date.Format(time.DateOnly)
	}
	if d == (day{unit: 'd'}) {
		return "today"
	}
	return strconv.Itoa(d.n) + string(d.unit)
}

// civil is the date that d means at a moment in a zone.
func (d day) civil(now time.Time, zone *time.Location) time.Time {
	if !d.date.IsZero() {
		return d.date
	}
	y, m, dd := now.In(zone).Date()
	switch d.unit {
	case 'w':
		dd -= 7 * d.n
	case 'm':
		last := time.Date(y, m-time.Month(d.n)+1, 0, 0, 0, 0, 0, time.UTC)
		y, m, dd = last.Year(), last.Month(), min(dd, last.Day())
	case 'y':
		last := time.Date(y-d.n, m+1, 0, 0, 0, 0, 0, time.UTC)
		y, dd = y-d.n, min(dd, last.Day())
	default:
		dd -= d.n
	}
	return time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
}

// startOf is the first moment of a civil date in a zone. Where clocks jump over midnight that is the moment after the
// jump; where midnight comes twice it is the first.
func startOf(date time.Time, zone *time.Location) time.Time {
	y, m, d := date.Date()
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if _, _, got := t.Date(); got != d || t.Hour() != 0 { // midnight does not exist
		start, end := t.ZoneBounds()
		if got == d {
			return start
		}
		return end
	}
	start, _ := t.ZoneBounds()
	if start.IsZero() {
		return t
	}
	_, after := t.Zone()
	_, before := start.Add(-1).Zone()
	if first := t.Add(time.Duration(after-before) * time.Second); first.Before(start) && first.Before(t) {
		return first
	}
	return t
}
