// Package bridge carries the calls of the window into the areas. An area's bound struct holds a Room that leads to the
// area's service in whatever workspace is open, and each of its methods is one Call: it holds the workspace open, sets a
// deadline and the actor, turns a panic into an error (the window would otherwise wait for ever) and writes one line
// into the log. What takes longer than a call may is a job; what is written to a file asks for its place first.
package bridge

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

// Patience is how long a bound method may take; longer work is a job with progress and a cancel call.
const Patience = 30 * time.Second

// Gate lets calls into the workspace that is open.
type Gate interface {
	// Enter holds the workspace open until leave is called, and says who acts in it: the zero Actor where nobody is
	// signed in. Error: why no workspace is open.
	Enter(ctx context.Context) (actor access.Actor, leave func(), err error)
}

// Emit sends an event to the window.
type Emit func(name string, data ...any)

// Shell is the running program as the bound structs see it.
type Shell struct {
	Jobs *Jobs

	// Heed, if there is one, hears every error that a call or a job ends with; it must not wait for either.
	Heed func(error)

	// Rest, if there is one, is called when for a second no call and no job has ended, once for each such pause.
	Rest func()

	resting rest
	gate    Gate
	log     *slog.Logger
	emit    atomic.Pointer[Emit]
	dialogs atomic.Pointer[Dialogs]
}

// NewShell wires a Shell. It opens nothing, so that bindings can be generated from what stands on it.
func NewShell(gate Gate, log *slog.Logger) *Shell {
	s := &Shell{gate: gate, log: log}
	s.Jobs = &Jobs{emit: s.Emit, heed: s.heed, log: log}
	return s
}

// Use is called by the window when it can take events and open dialogs.
func (s *Shell) Use(emit Emit, dialogs Dialogs) {
	s.emit.Store(&emit)
	s.dialogs.Store(&dialogs)
}

// Emit sends an event to the window, if there is one yet.
func (s *Shell) Emit(name string, data ...any) {
	if emit := s.emit.Load(); emit != nil {
		(*emit)(name, data...)
	}
}

// EmitBeside is Emit for whoever must not wait for the window, e.g. in a transaction.
func (s *Shell) EmitBeside(name string, data ...any) {
	beside.Go(s.log, "event", func() { s.Emit(name, data...) })
}

// heed is told how every call and every job ends.
func (s *Shell) heed(err error) {
	s.resting.after(s.Rest)
	if err != nil && s.Heed != nil {
		s.Heed(err)
	}
}

// Room leads from the window to one service of the workspace that is open.
type Room[S any] struct {
	shell   *Shell
	service func() S
}

// To makes a Room. The function is asked within each call, while the workspace is held open.
func To[S any](shell *Shell, service func() S) Room[S] { return Room[S]{shell, service} }

// Call runs fn with the service, on behalf of whoever is signed in. Nobody may call too: the services refuse.
func Call[S, T any](r Room[S], name string, fn func(ctx context.Context, service S) (T, error)) (out T, err error) {
	defer r.shell.finish(name, time.Now(), &err)
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	actor, leave, err := r.shell.gate.Enter(ctx)
	if err != nil {
		return out, err
	}
	defer leave()
	return fn(access.With(ctx, actor), r.service())
}

// Do is Call for methods that answer with nothing but an error.
func Do[S any](r Room[S], name string, fn func(ctx context.Context, service S) error) error {
	_, err := Call(r, name, func(ctx context.Context, service S) (struct{}, error) {
		return struct{}{}, fn(ctx, service)
	})
	return err
}

// Outside runs fn for a method that needs no open workspace, with the same care as Call.
func Outside[T any](s *Shell, name string, fn func(ctx context.Context) (T, error)) (out T, err error) {
	defer s.finish(name, time.Now(), &err)
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	return fn(ctx)
}

// finish is deferred by whatever the window may call.
func (s *Shell) finish(name string, start time.Time, err *error) {
	if p := recover(); p != nil {
		*err = beside.Panicked(p)
	}
	s.heed(*err)
	took := time.Since(start)
	switch fault.CodeOf(*err) {
	case "":
		s.log.Debug("call", "name", name, "took", took)
	case fault.Internal:
		s.log.Error("call", "name", name, "took", took, "error", *err)
	default:
		s.log.Info("call", "name", name, "took", took, "error", *err)
	}
}
