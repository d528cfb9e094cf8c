package session

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// Window is what the page may call to begin and end what a person does on this window.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// SignIn signs a person in who has an account on this computer.
func (w *Window) SignIn(email, password string, stay bool) error {
	return bridge.Do(w.room, "session.SignIn", func(ctx context.Context, s *Service) error { return s.SignIn(ctx, email, password, stay) })
}

// SignOut ends this window's session.
func (w *Window) SignOut() error {
	return bridge.Do(w.room, "session.SignOut", func(ctx context.Context, s *Service) error { return s.SignOut(ctx) })
}

// SwitchTo shows another of the person's organizations.
func (w *Window) SwitchTo(organizationID string) error {
	return bridge.Do(w.room, "session.SwitchTo", func(ctx context.Context, s *Service) error { return s.SwitchTo(ctx, organizationID) })
}

// Widen lets a session that a provider has opened reach everything of the person's, after the password was given.
func (w *Window) Widen(password string) error {
	return bridge.Do(w.room, "session.Widen", func(ctx context.Context, s *Service) error { return s.Widen(ctx, password) })
}

// Strength estimates a password while it is typed. Known are the person's own words, which an attacker tries first.
func (w *Window) Strength(password string, known []string) (StrengthView, error) {
	return bridge.Call(w.room, "session.Strength", func(context.Context, *Service) (StrengthView, error) {
		if len(password) > 4*MaxPassword || len(known) > 8 {
			return StrengthView{}, fault.New(fault.Invalid, "")
		}
		e := Estimate(password, known...)
		return StrengthView{Score: e.Score, Years: e.Years()}, nil
	})
}
