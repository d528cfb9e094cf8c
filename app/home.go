package app

import (
	"context"
	"time"

	"kontor/internal/flow/home"
)

// HomeService answers "is anything waiting for me?".
type HomeService struct{ app *App }

// WaitingView is one line of what waits. Its words are the messages home_<kind> and home_<kind>_detail.
type WaitingView struct {
	Area    string            `json:"area"`
	Kind    string            `json:"kind"`
	Urgency string            `json:"urgency"` // failed, soon, unusual, answer, stale
	Params  map[string]string `json:"params"`
	At      string            `json:"at"` // RFC 3339; "" if it has no moment
	Route   string            `json:"route"`
}

// Waiting lists what waits for the person in the organization that the window shows, most urgent first.
func (s *HomeService) Waiting() ([]WaitingView, error) {
	return call(s.app, "home.Waiting", func(ctx context.Context, h *workspace) ([]WaitingView, error) {
		lines, err := home.Waiting(ctx, h.waiting...)
		if err != nil {
			return nil, err
		}
		views := []WaitingView{}
		for _, l := range lines {
			v := WaitingView{Area: l.Area, Kind: l.Kind, Urgency: l.Urgency.String(), Params: l.Params, Route: l.Route}
			if v.Params == nil {
				v.Params = map[string]string{}
			}
			if !l.At.IsZero() {
				v.At = l.At.UTC().Format(time.RFC3339)
			}
			views = append(views, v)
		}
		return views, nil
	})
}
