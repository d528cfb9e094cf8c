package transfer

import (
	"cmp"
	"slices"
	"time"

	"kontor/internal/core/day"
)

// DeadlineKind says what a deadline is for.
type DeadlineKind string

// The deadlines.
const (
	RestartUntil  DeadlineKind = "restart_until"  // as the failure message says
	SixtyDaysOver DeadlineKind = "sixty_days"     // from then on a restart can succeed
	RenewBefore   DeadlineKind = "renew_before"   // the domain expires
	CodeOutdated  DeadlineKind = "code_outdated"  // the organization's own limit
	RegistryUntil DeadlineKind = "registry_until" // registries answer within five days; a rule of thumb (Gandi)
)

// registryDays is how long generic registries take at most.
const registryDays = 5

// Deadline is a moment, or a whole day when At is zero.
type Deadline struct {
	Kind DeadlineKind
	At   time.Time
	Day  day.Day
}

// Deadlines are what still lies ahead of a transfer, next first.
func Deadlines(s Situation, now time.Time) []Deadline {
	t := s.Transfer
	list := []Deadline{}
	add := func(kind DeadlineKind, d day.Day) {
		if d >= s.Today {
			list = append(list, Deadline{Kind: kind, Day: d})
		}
	}
	if t.Stage == Done {
		return list
	}
	if t.Stage == Failed && t.RestartBy.After(now) {
		list = append(list, Deadline{Kind: RestartUntil, At: t.RestartBy, Day: day.Of(t.RestartBy, s.Zone)})
	}
	if from := max(t.Facts.Registered, t.Facts.Moved); from != 0 && from+sixty > s.Today {
		add(SixtyDaysOver, from+sixty)
	}
	if t.Facts.Expires != 0 {
		add(RenewBefore, t.Facts.Expires)
	}
	if !t.Code.EnteredAt.IsZero() && t.Code.Used == 0 {
		add(CodeOutdated, day.Of(t.Code.EnteredAt, s.Zone)+day.Day(s.CodeDays)) //nolint:gosec // at most 365
	}
	if t.Stage == AtRegistry {
		add(RegistryUntil, day.Of(t.Since, s.Zone)+registryDays)
	}
	slices.SortStableFunc(list, func(a, b Deadline) int { return cmp.Compare(a.Day, b.Day) })
	return list
}
