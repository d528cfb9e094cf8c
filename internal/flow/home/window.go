package home

import (
	"context"

	"kontor/internal/core/waiting"
	"kontor/internal/host/bridge"
)

// Window answers "is anything waiting for me?".
type Window struct{ room bridge.Room[[]waiting.Source] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[[]waiting.Source]) *Window { return &Window{room} }

// LineView is one line of what waits. Its words are the messages home_<kind> and home_<kind>_detail.
type LineView struct {
	Area    string            `json:"area"`
	Kind    string            `json:"kind"`
	Urgency string            `json:"urgency"` // failed, soon, unusual, answer, stale
	Params  map[string]string `json:"params"`
	At      string            `json:"at"` // RFC 3339; "" if it has no moment
	Route   string            `json:"route"`
}

// Waiting lists what waits for the person in the organization that the window shows, most urgent first.
func (w *Window) Waiting() ([]LineView, error) {
	return bridge.Call(w.room, "home.Waiting", func(ctx context.Context, sources []waiting.Source) ([]LineView, error) {
		lines, err := Waiting(ctx, sources...)
		if err != nil {
			return nil, err
		}
		views := []LineView{}
		for _, l := range lines {
			v := LineView{Area: l.Area, Kind: l.Kind, Urgency: l.Urgency.String(), Params: l.Params, Route: l.Route, At: bridge.Moment(l.At)}
			if v.Params == nil {
				v.Params = map[string]string{}
			}
			views = append(views, v)
		}
		return views, nil
	})
}
