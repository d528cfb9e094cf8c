package frame

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window is what the frame of the page may call.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// Current returns who is signed in, and resumes the session that stayed signed in.
func (w *Window) Current() (CurrentView, error) {
	return bridge.Call(w.room, "frame.Current", func(ctx context.Context, s *Service) (CurrentView, error) { return s.Current(ctx) })
}
