package input

import (
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// The years in which a day that people type can lie.
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
