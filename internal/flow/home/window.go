package home

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/waiting"
	"kontor/internal/host/bridge"
)

// Window answers "is anything waiting for me?".
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// LineView is one line of what waits. Its words are the messages home_<kind> and home_<kind>_detail.
type LineView struct {
	Key     string            `json:"key"`  // names the line in PutOff, DealtWith and BringBack
	News    string            `json:"news"` // mark of its facts as they are shown
	Area    string            `json:"area"`
	Kind    string            `json:"kind"`
	Urgency string            `json:"urgency"` // failed, soon, unusual, answer, stale
	Params  map[string]string `json:"params"`
	At      string            `json:"at"` // RFC 3339; "" if it has no moment
	Route   string            `json:"route"`
}

// AnsweredView is a line that the person put off or has dealt with.
type AnsweredView struct {
	LineView
	Until string `json:"until"` // the day on which it stands there again; "" if it was dealt with
	Said  string `json:"said"`  // when the person said so
}

// FactView is how much Kontor knows of one thing. Its words are home_known_<kind>.
type FactView struct {
	Kind   string `json:"kind"`
	Count  int    `json:"count"`
	Hidden bool   `json:"hidden"` // the person's role does not see it
}

// StepView is one of the first steps.
type StepView struct {
	Kind    string   `json:"kind"` // import, paper, sample
	Done    bool     `json:"done"`
	Missing []string `json:"missing"` // address, vat_number, logos
}

// BoardView is everything that Home shows.
type BoardView struct {
	State  string         `json:"state"` // unknown, quiet, waiting
	Lines  []LineView     `json:"lines"` // most urgent first
	Next   []LineView     `json:"next"`  // where nothing waits: what comes next of itself
	Later  []AnsweredView `json:"later"`
	Dealt  []AnsweredView `json:"dealt"`
	Tasks  int            `json:"tasks"` // to do in the Manager
	Facts  []FactView     `json:"facts"`
	Steps  []StepView     `json:"steps"`
	Hidden bool           `json:"hidden"` // the person hides the first steps
}

// Board is what waits for the person in the organization that the window shows, and what Kontor knows there.
func (w *Window) Board() (BoardView, error) {
	return bridge.Call(w.room, "home.Board", func(ctx context.Context, s *Service) (BoardView, error) {
		b, err := s.Board(ctx)
		v := BoardView{
			State: string(b.State), Tasks: b.Tasks, Hidden: b.Hidden,
			Lines: []LineView{}, Next: []LineView{}, Later: answeredViews(b.Later), Dealt: answeredViews(b.Dealt), Facts: []FactView{}, Steps: []StepView{},
		}
		for _, l := range b.Lines {
			v.Lines = append(v.Lines, lineView(l))
		}
		for _, l := range b.Next {
			v.Next = append(v.Next, lineView(l))
		}
		for _, f := range b.Facts {
			v.Facts = append(v.Facts, FactView(f))
		}
		for _, step := range b.Steps {
			v.Steps = append(v.Steps, StepView{Kind: step.Kind, Done: step.Done, Missing: append([]string{}, step.Missing...)})
		}
		return v, err
	})
}

func lineView(l waiting.Line) LineView {
	v := LineView{
		Key: l.Key(), News: l.News(), Area: l.Area, Kind: l.Kind, Urgency: l.Urgency.String(), Params: l.Params,
		At: bridge.Moment(l.At), Route: l.Route,
	}
	if v.Params == nil {
		v.Params = map[string]string{}
	}
	return v
}

func answeredViews(list []Answered) []AnsweredView {
	views := []AnsweredView{}
	for _, a := range list {
		v := AnsweredView{LineView: lineView(a.Line), Said: bridge.Moment(a.At)}
		if a.Until != 0 {
			v.Until = a.Until.String()
		}
		views = append(views, v)
	}
	return views
}

// PutOff takes a line away until a day ("2026-12-04"), or until its facts change.
func (w *Window) PutOff(key, news, until string) error {
	return bridge.Do(w.room, "home.PutOff", func(ctx context.Context, s *Service) error {
		var c fault.Check
		on := input.Day(&c, "until", until, true)
		if err := c.Err(); err != nil {
			return err
		}
		return s.PutOff(ctx, key, news, on)
	})
}

// DealtWith takes a line away until its facts change.
func (w *Window) DealtWith(key, news string) error {
	return bridge.Do(w.room, "home.DealtWith", func(ctx context.Context, s *Service) error { return s.DealtWith(ctx, key, news) })
}

// BringBack shows a line again that was put off or dealt with.
func (w *Window) BringBack(key string) error {
	return bridge.Do(w.room, "home.BringBack", func(ctx context.Context, s *Service) error { return s.BringBack(ctx, key) })
}

// HideSteps hides the first steps, or shows them again.
func (w *Window) HideSteps(hide bool) error {
	return bridge.Do(w.room, "home.HideSteps", func(ctx context.Context, s *Service) error { return s.HideSteps(ctx, hide) })
}
