package transfer

import (
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/text"
)

// months by their first letters, folded, in the five languages.
var months = []struct {
	month  time.Month
	starts []string
}{
	{time.January, []string{"jan", "gen", "ene"}},
	{time.February, []string{"feb", "fev"}},
	{time.March, []string{"mar"}},
	{time.April, []string{"apr", "avr", "abr"}},
	{time.May, []string{"may", "mai", "mag"}},
	{time.June, []string{"jun", "giu", "juin"}},
	{time.July, []string{"jul", "lug", "juil"}},
	{time.August, []string{"aug", "ago", "aou"}},
	{time.September, []string{"sep", "set"}},
	{time.October, []string{"oct", "ott", "okt"}},
	{time.November, []string{"nov"}},
	{time.December, []string{"dec", "dic", "dez"}},
}

var until = lazily(`\b(?:until|by|before|no later than|bis(?: zum| spatestens)?|spatestens(?: am)?|entro(?: e non oltre)?(?: il)?|fino al|avant le|jusqu'au|au plus tard le|hasta el|antes del?)` +
	`(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)? ` +
	`(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{1,2})\.?(?:st|nd|rd|th|er|o)? (?:de )?([a-z]{3,10})\.?,? (?:de )?(\d{4}))` +
	`(?:,? ?(?:at|um|alle(?: ore)?|ore|a las?|a)? ?(\d{1,2})[:.h](\d{2}))?`)

// Until finds the moment up to which a message gives the person time; zero if it names none. A day without an hour lasts
// until its end in the given zone. American dates (11/28/2026) are not guessed at.
func Until(message string, zone *time.Location) time.Time {
	if len(message) > scanned {
		message = message[:scanned]
	}
	for _, m := range until().FindAllStringSubmatch(text.NewTrace(message).Folded, 20) {
		y, month, d := date(m)
		if t := time.Date(y, month, d, 0, 0, 0, 0, zone); month == 0 || t.Day() != d {
			continue
		}
		if m[10] == "" {
			return time.Date(y, month, d+1, 0, 0, 0, 0, zone).Add(-time.Minute)
		}
		if h, minute := number(m[10]), number(m[11]); h < 24 && minute < 60 {
			return time.Date(y, month, d, h, minute, 0, 0, zone)
		}
	}
	return time.Time{}
}

func date(m []string) (int, time.Month, int) {
	switch {
	case m[1] != "":
		return number(m[1]), monthOf(number(m[2])), number(m[3])
	case m[4] != "":
		return number(m[6]), monthOf(number(m[5])), number(m[4])
	}
	for _, n := range months {
		for _, s := range n.starts {
			if strings.HasPrefix(m[8], s) {
				return number(m[9]), n.month, number(m[7])
			}
		}
	}
	return 0, 0, 0
}

func monthOf(n int) time.Month {
	if n < 1 || n > 12 {
		return 0
	}
	return time.Month(n)
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
