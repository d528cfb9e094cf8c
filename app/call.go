package app

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
)

// patience is how long a bound method may take; longer work is a job with progress and a cancel call.
const patience = 30 * time.Second

// call wraps every bound method: it holds the workspace open, sets a deadline and the actor, turns a panic into an
// error (the window would otherwise wait for ever) and writes one log line.
func call[T any](a *App, name string, fn func(ctx context.Context, h *house) (T, error)) (out T, err error) {
	defer a.finish(name, time.Now(), &err)
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.fault != nil {
		return out, a.fault
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	actor, err := a.house.sessions.Actor(ctx)
	if err != nil && fault.CodeOf(err) != fault.Unauthenticated {
		return out, err
	}
	return fn(access.With(ctx, actor), a.house) // nobody may do nothing: the services refuse
}

// closed wraps the bound methods that are there while no workspace is open, because it cannot be.
func closed[T any](a *App, name string, fn func(ctx context.Context) (T, error)) (out T, err error) {
	defer a.finish(name, time.Now(), &err)
	a.mu.RLock()
	open := a.house != nil
	a.mu.RUnlock()
	if open {
		return out, fault.New(fault.Conflict, "workspace_open")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return fn(ctx)
}

// finish is deferred by what the window may call.
func (a *App) finish(name string, start time.Time, err *error) {
	if p := recover(); p != nil {
		*err = fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()), fault.Internal, "")
	}
	took := time.Since(start)
	switch fault.CodeOf(*err) {
	case "":
		a.log.Debug("call", "name", name, "took", took)
	case fault.Internal:
		a.log.Error("call", "name", name, "took", took, "error", *err)
	default:
		a.log.Info("call", "name", name, "took", took, "error", *err)
	}
}

// do is call for methods that answer with nothing but an error.
func do(a *App, name string, fn func(ctx context.Context, h *house) error) error {
	_, err := call(a, name, func(ctx context.Context, h *house) (struct{}, error) {
		return struct{}{}, fn(ctx, h)
	})
	return err
}
