package manager

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window shows and closes what is to be done in the Manager.
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// TaskView is one task. Its words are todo_<kind> and todo_<kind>_done.
type TaskView struct {
	ID       string            `json:"id"`
	Kind     string            `json:"kind"`
	Ref      string            `json:"ref"`
	Page     string            `json:"page"` // id for link.Open
	Params   map[string]string `json:"params"`
	NotedAt  string            `json:"notedAt"`
	Outcome  string            `json:"outcome"`  // open, done, dropped
	ClosedAt string            `json:"closedAt"` // "" while open
	Final    bool              `json:"final"`    // once done, it is not opened again
}

// Tasks lists what is open, oldest first, then what was closed in the last seven days, newest first.
func (w *Window) Tasks() ([]TaskView, error) {
	return bridge.Call(w.room, "manager.Tasks", func(ctx context.Context, s *Service) ([]TaskView, error) {
		tasks, err := s.List(ctx)
		views := make([]TaskView, 0, len(tasks))
		for _, t := range tasks {
			views = append(views, TaskView{
				ID: t.ID, Kind: string(t.Kind), Ref: t.Ref, Page: string(t.Page()), Params: t.Params,
				NotedAt: bridge.Moment(t.NotedAt), Outcome: string(t.Outcome), ClosedAt: bridge.Moment(t.ClosedAt), Final: t.Final(),
			})
		}
		return views, err
	})
}

// Settle closes a task (done, dropped) or opens it again (open).
func (w *Window) Settle(id, outcome string) error {
	return bridge.Do(w.room, "manager.Settle", func(ctx context.Context, s *Service) error {
		return s.Settle(ctx, id, Outcome(outcome))
	})
}
