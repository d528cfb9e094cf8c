package input

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/text"
)

// Moments reads the moments of a file that another program wrote, in every usual form: ISO 8601 long and compact, days in
// any order with a clock of 12 or 24 hours, names of months in the five languages, web server logs, Unix time in seconds
// to nanoseconds, and the serial numbers of spreadsheets. As with Days, what was added decides together whether the day or
// the month comes first.
type Moments struct {
	days *Days
	zone *time.Location
}

// NewMoments begins with the order of days that the person answered ("" leaves it to what the file tells by itself) and
// the zone of moments that name none; nil is UTC.
func NewMoments(order string, zone *time.Location) *Moments {
	if zone == nil {
		zone = time.UTC
	}
	return &Moments{NewDays(order), zone}
}

// Add takes note of a cell.
func (m *Moments) Add(line int, typed string) {
	if p, ok := takeApart(typed); ok && p.at.IsZero() && strings.ContainsAny(p.day, "/-.") {
		before := m.days.question
		m.days.Add(line, Cell{Text: p.day})
		if before == nil && m.days.question != nil {
			m.days.question.Text = text.Bare(typed)
		}
	}
}

// Question is what has to be asked before the moments can be read, or nil.
func (m *Moments) Question() *Question { return m.days.Question() }

// Read reads a moment, to the millisecond. Refusals: required, not_a_date (also what lies before 1980, which is how programs
// write that they know none), date_ambiguous.
func (m *Moments) Read(typed string) (time.Time, *Refusal) {
	if text.Bare(typed) == "" {
		return time.Time{}, refuse("required")
	}
	p, ok := takeApart(typed)
	if !ok {
		return time.Time{}, refuse("not_a_date")
	}
	at := p.at
	if at.IsZero() {
		d, refusal := m.days.Read(Cell{Text: p.day})
		if refusal != nil {
			return time.Time{}, refusal
		}
		zone := p.zone
		if zone == nil {
			zone = m.zone
		}
		y, month, date := d.Time().Date()
		at = time.Date(y, month, date, 0, 0, 0, 0, zone)
		if p.clock > 0 {
			at = time.Date(y, month, date, int(p.clock/time.Hour), int(p.clock/time.Minute)%60, int(p.clock/time.Second)%60, int(p.clock%time.Second), zone)
		}
	}
	if at = at.UTC().Truncate(time.Millisecond); at.Year() < firstMoment || at.Year() > lastYear {
		return time.Time{}, refuse("not_a_date")
	}
	return at, nil
}

// firstMoment is the first year of a moment: no log is older, and zero of every clock is.
const firstMoment = 1980

// parts are what a moment is made of.
type parts struct {
	at    time.Time     // if it is one number
	day   string        // as Days reads it, with a year of four digits
	clock time.Duration // since midnight
	zone  *time.Location
}

var (
	oneNumber   = regexp.MustCompile(`^(\d+)(?:[.,](\d{1,20}))?$`)
	compactTime = regexp.MustCompile(`^(\d{8})[T _-]?(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(.*)$`)
	serverTime  = regexp.MustCompile(`^(\d{1,2}/\p{L}{3,4}/\d{4}):`)
	clockTime   = regexp.MustCompile(`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?(?: ?([AaPp])\.? ?[Mm]\.?(?:\b|$))?`)
	zoneTime    = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?(?::00)?\b`)
	zoneName    = regexp.MustCompile(`^\(?([A-Za-z]{1,5})\)?(?:\W|$)`)
	zonePlace   = regexp.MustCompile(`^\[?([A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)+|UTC)\]?$`)
	yearBehind  = regexp.MustCompile(`(?:^| )(\d{4})$`)
	shortYear   = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{2})$`)
	oddBlanks   = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u200e", "", "\u200f", "")
)

func takeApart(typed string) (p parts, ok bool) {
	const longest = 80
	s := strings.Join(strings.Fields(oddBlanks.Replace(text.Bare(typed))), " ")
	if len(s) > longest || s == "" {
		return p, false
	}
	if s[0] == '[' && s[len(s)-1] == ']' {
		s = s[1 : len(s)-1]
	}
	if m := oneNumber.FindStringSubmatch(s); m != nil {
		return number(m[1], m[2])
	}
	if m := compactTime.FindStringSubmatch(s); m != nil {
		day, ok := compactDay(m[1])
		p.day = day
		return p, ok && p.setClock(m[2], m[3], m[4], m[5], "") && p.setZone(m[6])
	}
	s = serverTime.ReplaceAllString(s, "$1 ")
	day := s
	if at := clockTime.FindStringSubmatchIndex(s); at != nil {
		group := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return s[at[2*n]:at[2*n+1]]
		}
		day = s[:at[0]]
		behind := strings.TrimSpace(s[at[1]:])
		if m := yearBehind.FindStringSubmatch(behind); m != nil && !yearBehind.MatchString(strings.TrimSpace(day)) { // Thu Nov 28 09:00:00 UTC 2024
			day += " " + m[1]
			behind = strings.TrimSuffix(behind, m[0])
		} else if year, zone, two := strings.Cut(behind, " "); two && yearBehind.MatchString(year) { // Thu Nov 28 09:00:00 2024 +0100
			day, behind = day+" "+year, zone
		}
		if !p.setClock(group(1), group(2), group(3), group(4), group(5)) || !p.setZone(behind) {
			return p, false
		}
	}
	p.day, ok = plainDay(strings.TrimRight(strings.TrimSuffix(strings.TrimRight(day, " "), "T"), " ,"))
	return p, ok
}

// number is a moment that is written as one number: a compact day, a day of a spreadsheet, or Unix time. How many digits
// it has tells which: shorter and longer ones are no moments, so that nothing becomes 1970.
func number(whole, fraction string) (p parts, ok bool) {
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return p, false
	}
	switch len(whole) {
	case 5: // days since the end of 1899, on the clock of the computer on which they were written
		const first, last = 29221, 73415 // 1980 and 2100
		if n < first || n > last {
			return p, false
		}
		p.day = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format(time.DateOnly)
		if part, err := strconv.ParseInt((fraction + "000000000")[:9], 10, 64); err == nil {
			const seconds = 24 * 60 * 60
			p.clock = time.Duration(min((part*seconds+5e8)/1e9, seconds-1)) * time.Second
		}
		return p, true
	case 8, 12, 14:
		p.day, ok = compactDay(whole[:8])
		rest := whole[8:] + "000000"
		return p, ok && fraction == "" && p.setClock(rest[:2], rest[2:4], rest[4:6], "", "")
	case 10:
		f, err := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
		p.at = time.Unix(n, f)
		return p, err == nil
	case 13:
		p.at = time.UnixMilli(n)
	case 16:
		p.at = time.UnixMicro(n)
	case 19:
		p.at = time.Unix(0, n)
	default:
		return p, false
	}
	return p, true
}

func compactDay(digits string) (string, bool) {
	t, err := time.Parse("20060102", digits)
	return t.Format(time.DateOnly), err == nil
}

func (p *parts) setClock(hour, minute, second, fraction, half string) bool {
	part := func(digits string) int {
		n, _ := strconv.Atoi("0" + digits)
		return n
	}
	h := part(hour)
	if half != "" {
		if h < 1 || h > 12 {
			return false
		}
		h %= 12
		if half == "p" || half == "P" {
			h += 12
		}
	}
	nanos := part((fraction + "000000000")[:9])
	p.clock = time.Duration(h)*time.Hour + time.Duration(part(minute))*time.Minute + time.Duration(min(part(second), 59))*time.Second + time.Duration(nanos)
	return h < 24 && part(minute) < 60 && part(second) <= 60 // a leap second counts as the one before
}

// zones are the names of zones that mean one thing everywhere, in hours. CST, IST and their like do not.
var zones = map[string]int{
	"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
	"EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "JST": 9,
}

// setZone reads what stands behind the clock.
func (p *parts) setZone(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	if m := zoneTime.FindStringSubmatch(s); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi("0" + m[3])
		offset := hours*3600 + minutes*60
		if m[1] == "-" {
			offset = -offset
		}
		p.zone = time.FixedZone("", offset)
		return hours <= 14 && minutes < 60 // what follows, such as the zone's name, says the same
	}
	if m := zonePlace.FindStringSubmatch(s); m != nil {
		zone, err := time.LoadLocation(m[1])
		p.zone = zone
		return err == nil
	}
	if m := zoneName.FindStringSubmatch(s); m != nil {
		hours, known := zones[strings.ToUpper(m[1])]
		if rest := strings.TrimPrefix(s, m[1]); known && zoneTime.MatchString(rest) {
			return p.setZone(rest)
		}
		p.zone = time.FixedZone("", hours*3600)
		return known
	}
	return false
}

// months are how names of months begin, folded, in the five languages; longer beginnings come first.
var months = []struct {
	begins string
	month  string
}{
	{"janv", "1"},
	{"jan", "1"},
	{"janner", "1"},
	{"gen", "1"},
	{"ene", "1"},
	{"fev", "2"},
	{"feb", "2"},
	{"mars", "3"},
	{"mar", "3"},
	{"mrz", "3"},
	{"marz", "3"},
	{"maerz", "3"},
	{"avr", "4"},
	{"apr", "4"},
	{"abr", "4"},
	{"mai", "5"},
	{"may", "5"},
	{"mag", "5"},
	{"juin", "6"},
	{"jun", "6"},
	{"giu", "6"},
	{"juil", "7"},
	{"jul", "7"},
	{"lug", "7"},
	{"aou", "8"},
	{"aug", "8"},
	{"ago", "8"},
	{"sep", "9"},
	{"set", "9"},
	{"okt", "10"},
	{"oct", "10"},
	{"ott", "10"},
	{"nov", "11"},
	{"dez", "12"},
	{"dec", "12"},
	{"dic", "12"},
}

var (
	token   = regexp.MustCompile(`\p{L}+|\d+`)
	weekday = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|mie|gio|jue|ven|vie|sab|dom|jeu|sam|dim)`)
)

// plainDay is a day as Days reads it: names of days go, names of months become their numbers, years get four digits.
func plainDay(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if m := shortYear.FindStringSubmatch(s); m != nil {
		return m[1] + m[2] + m[3] + m[2] + century(m[4]), true
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' }) {
		return s, s != ""
	}
	month, numbers := "", []string{}
	words := token.FindAllString(s, -1)
	for i, word := range words {
		folded := text.Fold(word)
		switch {
		case word[0] <= '9':
			numbers = append(numbers, word)
		case folded == "de" || folded == "del" || folded == "at" || folded == "th" || folded == "st" || folded == "nd" || folded == "rd" || folded == "um" || folded == "a":
		case month == "" && monthCalled(folded) != "" && (i > 0 || !weekday.MatchString(folded) || len(words) == 3):
			month = monthCalled(folded)
		case i == 0 && weekday.MatchString(folded):
		default:
			return "", false
		}
	}
	if len(numbers) != 2 {
		return "", false
	}
	switch {
	case month == "" && len(numbers) == 2:
		return "", false
	case len(numbers[0]) == 4:
		return numbers[0] + "-" + month + "-" + numbers[1], true
	case len(numbers[1]) == 2:
		numbers[1] = century(numbers[1])
	}
	return numbers[1] + "-" + month + "-" + numbers[0], true
}

func century(year string) string {
	if year < "70" {
		return "20" + year
	}
	return "19" + year
}

func monthCalled(folded string) string {
	for _, m := range months {
		if strings.HasPrefix(folded, m.begins) {
			return m.month
		}
	}
	return ""
}
