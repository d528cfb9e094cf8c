package app

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// call is bridge.Call with the whole workspace.
func call[T any](a *App, name string, fn func(ctx context.Context, h *workspace) (T, error)) (T, error) {
	return bridge.Call(a.room, name, fn)
}

// do is bridge.Do with the whole workspace.
func do(a *App, name string, fn func(ctx context.Context, h *workspace) error) error {
	return bridge.Do(a.room, name, fn)
}

// closed wraps the bound methods that are there while no workspace is open, because it cannot be.
func closed[T any](a *App, name string, fn func(ctx context.Context) (T, error)) (out T, err error) {
	return bridge.Outside(a.shell, name, func(ctx context.Context) (out T, err error) {
		a.mu.RLock()
		open := a.workspace != nil
		a.mu.RUnlock()
		if open {
			return out, fault.New(fault.Conflict, "workspace_open")
		}
		return fn(ctx)
	})
}
