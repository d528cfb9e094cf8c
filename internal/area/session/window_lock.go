package session

import (
	"context"

	"kontor/internal/host/bridge"
)

// Locked is the event that tells the page that its window was locked from outside: the screen was, or the computer sleeps.
const Locked = "session:locked"

// Lock locks this window until whoever is signed in proves it again.
func (w *Window) Lock() error {
	return bridge.Do(w.room, "session.Lock", func(ctx context.Context, s *Service) error { return s.Lock(ctx) })
}

// LockRule returns when this person's window locks itself.
func (w *Window) LockRule() (LockRule, error) {
	return bridge.Call(w.room, "session.LockRule", func(ctx context.Context, s *Service) (LockRule, error) { return s.LockRule(ctx) })
}

// SetLockRule chooses when this person's window locks itself.
func (w *Window) SetLockRule(rule LockRule) error {
	return bridge.Do(w.room, "session.SetLockRule", func(ctx context.Context, s *Service) error { return s.SetLockRule(ctx, rule) })
}
