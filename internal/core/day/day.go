// Package day counts in calendar days, without hours and zones: when a product expires is a date, not a moment. In
// tables, in JSON and in texts a Day is written 2026-11-20, and no day is "".
package day

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Day is a date, as days since 1 January 1970. Days compare and subtract like numbers. The zero Day is no day: "never",
// "not known". 1 January 1970 itself therefore cannot be written; Parse refuses it. It is
// no int32, of which string(d) would make a rune without a word of go vet.
type Day int64

// Of is the date on which the moment falls in that zone.
func Of(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Date(y, m, d)
}

// Date is that day of the calendar; what runs over a month runs on, as with time.Date.
func Date(year int, month time.Month, d int) Day {
	return Day(time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Parse reads 2026-11-20, and nothing else: "" is an error too.
func Parse(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, err
	}
	d := Of(t, time.UTC)
	if d == 0 {
		return 0, errors.New("day: 1970-01-01 stands for no day")
	}
	return d, nil
}

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the day as 2026-11-20, "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText is the day as JSON has it, which is as String has it.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; "" is no day.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d = 0
	if len(text) > 0 {
		*d, err = Parse(string(text))
	}
	return err
}

// AddMonths is the same day of the month n months later, or that month's last day where it is shorter. Count from the
// first date and not from step to step: 31 January plus two months is 31 March, not 28.
func (d Day) AddMonths(n int) Day {
	y, m, dd := d.Time().Date()
	first := Date(y, m+time.Month(n), 1)
	return first + Day(min(dd, first.lengthOfMonth())-1)
}

// EndOfMonth is the last day of the month.
func (d Day) EndOfMonth() Day {
	y, m, _ := d.Time().Date()
	return Date(y, m+1, 1) - 1
}

func (d Day) lengthOfMonth() int { return d.EndOfMonth().Time().Day() }

// Value is the day as tables keep it, "" for no day.
func (d Day) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads a day from a table.
func (d *Day) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("day: %T is no date", src)
	}
	return d.UnmarshalText([]byte(text))
}
