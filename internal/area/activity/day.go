package activity

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no zones of its own
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

// parseDay reads 2026-10-30, 30d, 2w, 3m, 1y, today or yesterday.
func parseDay(v string) (day, bool) {
	v = strings.ToLower(strings.TrimSpace(v))
	switch v {
	case "today":
		return day{unit: 'd'}, true
	case "yesterday":
		return day{unit: 'd', n: 1}, true
	case "":
		return day{}, false
	}
	if t, err := time.Parse(time.DateOnly, v); err == nil {
		return day{date: t}, t.Year() >= 1970
	}
	unit := v[len(v)-1]
	n, err := strconv.ParseUint(v[:len(v)-1], 10, 32)
	if err != nil || n > maxSpan || !strings.ContainsRune("dwmy", rune(unit)) {
		return day{}, false
	}
	return day{n: int(n), unit: unit}, true
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
