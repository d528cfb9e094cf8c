package transfer

import (
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/text"
)

// months by their first letters, folded, in the languages of lexicon.go.
var months = []struct {
	month  time.Month
	starts []string
}{
	{time.January, []string{"jan", "gen", "ene"}},
	{time.February, []string{"feb", "fev"}},
	{time.March, []string{"mar", "maart"}},
	{time.April, []string{"apr", "avr", "abr"}},
	{time.May, []string{"may", "mai", "mag", "mei"}},
	{time.June, []string{"jun", "giu", "juin"}},
	{time.July, []string{"jul", "lug", "juil"}},
	{time.August, []string{"aug", "ago", "aou"}},
	{time.September, []string{"sep", "set"}},
	{time.October, []string{"oct", "ott", "okt", "out"}},
	{time.November, []string{"nov"}},
	{time.December, []string{"dec", "dic", "dez"}},
}

// A deadline is a word for it, perhaps the day of the week, and the day; each form of a day is a pattern of its own.
//
//nolint:misspell // six of the languages are not English
const (
	untilWord = `\b(?:until|till|by|before|no later than|not later than|on or before|deadline(?: is)?:?|latest(?: by)?|` +
		`bis(?: zum| spatestens| einschliesslich)*|spatestens(?: bis)?(?: zum| am)?|vor dem|entro(?: e non oltre)?|fino (?:a|al)|prima del|` +
		`avant(?: le)?|jusqu'(?:au|a)|au plus tard|hasta|antes del?|a mas tardar|tot(?: en met)?|voor|uiterlijk(?: op| tot)?|ate(?: o dia| ao dia)?|antes de)`
	article = `(?:the|den|dem|am|il|lo|le|au|el|de|het|op|o|dia|of|giorno|jour|tag)`
	weekday = `(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|(?:lune|marte|mercole|giove|vener)di|sabato|domenica|` +
		`(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:maan|dins|woens|donder|vrij|zater|zon)dag|` +
		`(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|gio|ven|sab|dom|jeu|sam|dim|jue|vie)\.?)`
	lead  = untilWord + `(?:,? ` + article + `)?(?:,? ` + weekday + `)?(?:,? ` + article + `)?,? `
	clock = `(?:,? ?(?:at|um|alle(?: ore)?|ore|a las?|a|om|as|h)? ?(\d{1,2})[:.h](\d{2})(?::\d{2}(?:\.\d+)?)? ?(am|pm|a\.m\.|p\.m\.)?(?: uhr| heures?| uur| h)? ?(z|utc|gmt|cet|cest|mez|mesz|[+-]\d{2}:?\d{2})?\b)?`
	named = `([a-z]{3,10})\.?`
)

var forms = []struct {
	found            pattern
	year, month, day int // which group holds it; the clock follows the last
	slashed          bool
}{
	{lazily(lead + `(\d{4})-(\d{2})-(\d{2})t?` + clock), 1, 2, 3, false},
	{lazily(lead + `(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})` + clock), 3, 2, 1, false},
	{lazily(lead + `(\d{1,2})/(\d{1,2})/(\d{4})` + clock), 3, 2, 1, true},
	{lazily(lead + `(\d{1,2})\.?(?:st|nd|rd|th|er|o|e)?,? (?:of |de |di )?` + named + `,? (?:de |del )?(\d{4})` + clock), 3, 2, 1, false},
	{lazily(lead + named + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})` + clock), 3, 1, 2, false},
}

// english are the words for a deadline after which a day with slashes may be written month first.
var english = lazily(`^(?:until|till|by|before|no|not|on|deadline|latest)\b`)

// Until finds the moment up to which a message gives the person time, the first that it names; zero if it names none. A
// day without an hour lasts until its end in the given zone, and an hour without a zone is one in it. What may be read in
// two ways (by 04/12/2026) is not guessed at.
func Until(message string, zone *time.Location) time.Time {
	if len(message) > scanned {
		message = message[:scanned]
	}
	folded := text.NewTrace(message).Folded
	var best time.Time
	first := len(folded)
	for _, form := range forms {
		for _, at := range form.found().FindAllStringSubmatchIndex(folded, 20) {
			m := make([]string, len(at)/2)
			for i := range m {
				if at[2*i] >= 0 {
					m[i] = folded[at[2*i]:at[2*i+1]]
				}
			}
			month := monthOf(m[form.month])
			if form.slashed && english().MatchString(m[0]) && number(m[form.day]) <= 12 {
				continue
			}
			if t := instant(number(m[form.year]), month, number(m[form.day]), m[4:], zone); !t.IsZero() && at[0] < first {
				best, first = t, at[0]
			}
		}
	}
	return best
}

// instant is a day with its clock (hour, minute, half of the day, zone; each may be empty); zero for one that is none.
func instant(y int, month time.Month, d int, clock []string, zone *time.Location) time.Time {
	if t := time.Date(y, month, d, 0, 0, 0, 0, zone); month == 0 || t.Day() != d || t.Month() != month {
		return time.Time{}
	}
	if clock[0] == "" {
		return time.Date(y, month, d+1, 0, 0, 0, 0, zone).Add(-time.Minute)
	}
	h, minute := number(clock[0]), number(clock[1])
	if half := strings.TrimSuffix(strings.ReplaceAll(clock[2], ".", ""), "m"); half != "" {
		if h < 1 || h > 12 {
			return time.Time{}
		}
		if h %= 12; half == "p" {
			h += 12
		}
	}
	if h > 23 || minute > 59 {
		return time.Time{}
	}
	return time.Date(y, month, d, h, minute, 0, 0, zoneOf(clock[3], zone))
}

func zoneOf(name string, otherwise *time.Location) *time.Location {
	switch name {
	case "":
		return otherwise
	case "z", "utc", "gmt":
		return time.UTC
	case "cet", "mez":
		return time.FixedZone("", 3600)
	case "cest", "mesz":
		return time.FixedZone("", 7200)
	}
	digits := strings.ReplaceAll(name[1:], ":", "")
	seconds := number(digits[:2])*3600 + number(digits[2:])*60
	if name[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}

// monthOf reads a month by its number or its name; 0 for what is none.
func monthOf(s string) time.Month {
	if n := number(s); n >= 1 && n <= 12 {
		return time.Month(n)
	}
	for _, n := range months {
		for _, start := range n.starts {
			if strings.HasPrefix(s, start) {
				return n.month
			}
		}
	}
	return 0
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
