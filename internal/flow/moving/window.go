package moving

import (
	"context"
	"path/filepath"

	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// Window is what the page may call to take an organization along, or bring one in.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// TakenView is what an organization was taken out to.
type TakenView struct {
	Name   string `json:"name"`   // of the file
	Behind int    `json:"behind"` // secrets that could not be had
}

// Take asks where the organization that the window shows shall go, and starts to write it there: encrypted with the
// passphrase, after the password was given once more. The job has no id if no place was chosen. Title and filter are those
// of the dialog.
func (w *Window) Take(password, passphrase, again, title, filter string) (bridge.JobView, error) {
	name, err := bridge.Call(w.room, "moving.Take", func(ctx context.Context, s *Service) (string, error) {
		if err := s.May(ctx, password, passphrase, again); err != nil {
			return "", err
		}
		name, err := s.o.Organizations.CurrentName(ctx)
		return name + "-" + s.o.Clock.Today(ctx).String(), err
	})
	if err != nil {
		return bridge.JobView{}, err
	}
	path, err := w.room.AskSave(bridge.SaveDialog{Title: title, Name: name, Filter: filter, Ending: Ending})
	if err != nil || path == "" {
		return bridge.JobView{}, err
	}
	return bridge.Call(w.room, "moving.Take", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		if _, err := access.Require(ctx, access.ExportOrganization); err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "moving.Take", func(ctx context.Context, progress func(done, total int64)) (TakenView, error) {
			out, err := s.Take(ctx, path, passphrase, progress)
			return TakenView{filepath.Base(out.Path), out.Behind}, err
		}), nil
	})
}

// Taken is what a job of Take wrote.
func (w *Window) Taken(job string) (TakenView, error) {
	return bridge.Call(w.room, "moving.Taken", func(ctx context.Context, _ *Service) (TakenView, error) {
		return bridge.ResultOf[TakenView](ctx, w.room.Shell().Jobs, job)
	})
}

// Choose asks for the file of an organization; "" if none was chosen. Title and filter are those of the dialog.
func (w *Window) Choose(title, filter string) (string, error) {
	err := bridge.Do(w.room, "moving.Choose", func(ctx context.Context, _ *Service) error {
		_, err := access.Require(ctx, access.OwnAccount)
		return err
	})
	if err != nil {
		return "", err
	}
	return w.room.Shell().AskOpen(bridge.OpenDialog{Title: title, Filter: filter, Endings: []string{Ending}})
}

// Open starts to open a file beside the workspace; see Opened.
func (w *Window) Open(path, passphrase string) (bridge.JobView, error) {
	return bridge.Call(w.room, "moving.Open", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		if _, err := access.Require(ctx, access.OwnAccount); err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "moving.Open", func(ctx context.Context, progress func(done, total int64)) (View, error) {
			return s.Open(ctx, path, passphrase, progress)
		}), nil
	})
}

// Opened is what a job of Open has found.
func (w *Window) Opened(job string) (View, error) {
	return bridge.Call(w.room, "moving.Opened", func(ctx context.Context, _ *Service) (View, error) {
		return bridge.ResultOf[View](ctx, w.room.Shell().Jobs, job)
	})
}

// Bring starts to bring in what was opened. Afterwards the window shows it.
func (w *Window) Bring() (bridge.JobView, error) {
	return bridge.Call(w.room, "moving.Bring", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		if _, err := access.Require(ctx, access.OwnAccount); err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "moving.Bring", func(ctx context.Context, _ func(done, total int64)) (struct{}, error) {
			return struct{}{}, s.Bring(ctx)
		}), nil
	})
}

// Forget removes what was opened.
func (w *Window) Forget() error {
	return bridge.Do(w.room, "moving.Forget", func(ctx context.Context, s *Service) error { return s.Forget(ctx) })
}
