package input

import (
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// The years in which a day or a moment that people type can lie.
const (
	firstYear = 1970
	lastYear  = 2200
)

// Day reads a day as the window sends it, 2026-11-20 (refusals: required, not_a_date).
func Day(c *fault.Check, field, typed string, required bool) day.Day {
	typed = text.Bare(typed)
	if typed == "" {
		if required {
			c.Refuse(field, "required")
		}
		return 0
	}
	d, err := day.Parse(typed)
	if y := d.Time().Year(); err != nil || y < firstYear || y > lastYear {
		c.Refuse(field, "not_a_date")
		return 0
	}
	return d
}

// Moment reads a moment as the window sends it, RFC 3339 with its zone (refusals: required, not_a_date).
func Moment(c *fault.Check, field, typed string, required bool) time.Time {
	typed = text.Bare(typed)
	if typed == "" {
		if required {
			c.Refuse(field, "required")
		}
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, typed)
	if err != nil || t.Year() < firstYear || t.Year() > lastYear {
		c.Refuse(field, "not_a_date")
		return time.Time{}
	}
	return t.UTC()
}
