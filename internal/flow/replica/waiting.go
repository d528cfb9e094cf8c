package replica

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
)

// patience is for how long a place may not answer before Home says so: a journey is no fault.
const patience = 24 * time.Hour

// Waiting tells Home, for whoever keeps the workspace, that a person has to decide who goes on, or that the place has not
// answered for a day.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return nil, waiting.Visible(err)
	}
	st := s.now()
	line := waiting.Line{
		Area: "settings", Ref: waiting.Only, Urgency: waiting.Failed, At: st.Since, Route: "/settings/safety",
		Facts: fault.ReasonOf(st.Fault) + "\n" + st.Last.Name, // it is tried again all day: the moment is no news
	}
	switch {
	case st.Paused():
		line.Kind = "replica_paused"
	case st.Fault != nil && s.o.DB.Now().Sub(st.Since) > patience:
		line.Kind = "replica_away"
	default:
		return nil, nil
	}
	return []waiting.Line{line}, nil
}
