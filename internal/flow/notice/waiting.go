package notice

import (
	"context"
	"strconv"

	"kontor/internal/core/waiting"
)

// Waiting is the share of the notices in what waits: one line for each kind that nobody has looked at.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	groups, err := s.Unseen(ctx)
	lines := []waiting.Line{}
	for _, g := range groups {
		lines = append(lines, waiting.Line{
			Area: "session", Kind: "notice_" + string(g.Kind), Ref: waiting.Only, Urgency: waiting.Unusual, At: g.Last, Route: "/session/notices",
			Params: map[string]string{"n": strconv.Itoa(g.Count), "device": g.Device},
		})
	}
	return lines, err
}
