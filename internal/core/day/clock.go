package day

import (
	"context"
	"time"
)

// Clock is the one answer to "today": the day where the person is who acts. It is handed to every service; nothing else
// makes a day of a moment, for a day without a zone is yesterday or tomorrow for an hour or two each night.
type Clock struct {
	Now  func() time.Time                         // nil: the computer's clock
	Zone func(ctx context.Context) *time.Location // of the person who acts; nil: UTC
}

// ClockIn is a clock in one zone, for everybody.
func ClockIn(zone *time.Location, now func() time.Time) Clock {
	return Clock{now, func(context.Context) *time.Location { return zone }}
}

// Today is the day that it is now.
func (c Clock) Today(ctx context.Context) Day {
	if c.Now == nil {
		return c.Of(ctx, time.Now())
	}
	return c.Of(ctx, c.Now())
}

// Of is the day on which a moment falls.
func (c Clock) Of(ctx context.Context, t time.Time) Day { return Of(t, c.Location(ctx)) }

// Location is the zone in which days begin and moments are written.
func (c Clock) Location(ctx context.Context) *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone(ctx)
}
