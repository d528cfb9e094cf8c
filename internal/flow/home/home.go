// Package home gathers what waits for the person, from every area that has something to say. It computes nothing of its
// own: it puts the lines in order.
package home

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// Waiting returns all lines, most urgent first, then by moment.
func Waiting(ctx context.Context, sources ...waiting.Source) ([]waiting.Line, error) {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return nil, err
	}
	all := []waiting.Line{}
	for _, source := range sources {
		lines, err := source(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, lines...)
	}
	slices.SortStableFunc(all, func(a, b waiting.Line) int {
		return cmp.Or(cmp.Compare(a.Urgency, b.Urgency), a.At.Compare(b.At))
	})
	return all, nil
}
