package session

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// Waiting tells Home of the person's sessions that stand out by more than being idle.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	if !access.From(ctx).Can(access.OwnAccount) {
		return nil, nil
	}
	devices, err := s.Devices(ctx)
	if err != nil {
		return nil, err
	}
	lines := []waiting.Line{}
	for _, d := range devices.Alive {
		if d.ID == devices.Current || !slices.ContainsFunc(d.Highlights, Highlight.Unusual) {
			continue
		}
		lines = append(lines, waiting.Line{
			Area: "session", Kind: "session_unusual", Ref: d.ID, Urgency: waiting.Unusual, At: d.FirstSeen, Route: "/session",
			Params: map[string]string{"device": cmp.Or(d.OwnName, d.Device.Name), "system": d.Device.System},
		})
	}
	return lines, nil
}
