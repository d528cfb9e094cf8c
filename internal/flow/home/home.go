// Package home gathers what waits for the person, from every area that has something to say. It computes nothing of its
// own: it puts the lines in order.
package home

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kontor/internal/core/access"
)

// Urgency of a line, most urgent first.
type Urgency int

// The urgencies and what they mean to a person.
const (
	Failed  Urgency = iota // something broke, or money will not arrive
	Soon                   // will break at a known moment
	Unusual                // wants a look
	Answer                 // somebody waits for an answer
	Stale                  // old, and still in use
)

// Line is one thing that waits. Its words are in the window's messages, by Kind; Params fill them.
type Line struct {
	Area    string // where it is dealt with, e.g. "transfer"
	Kind    string // message key, e.g. "transfer_failed"
	Urgency Urgency
	Params  map[string]string
	At      time.Time // since when, or when it is due
	Route   string    // the place where it is dealt with, e.g. "/partner/simulator"
}

// Source is an area's share; a person who may not see the area gets none.
type Source func(ctx context.Context) ([]Line, error)

// Waiting returns all lines, most urgent first, then by moment.
func Waiting(ctx context.Context, sources ...Source) ([]Line, error) {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return nil, err
	}
	all := []Line{}
	for _, source := range sources {
		lines, err := source(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, lines...)
	}
	slices.SortStableFunc(all, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Urgency, b.Urgency), a.At.Compare(b.At))
	})
	return all, nil
}
