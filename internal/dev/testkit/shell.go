package testkit

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// gate lets every call in, on behalf of the person of a context.
type gate struct{ actor access.Actor }

func (g gate) Enter(context.Context) (access.Actor, func(), error) { return g.actor, func() {}, nil }

// Shell is a program in which the person of ctx (see As) has a workspace open and answers dialogs as given.
func Shell(t testing.TB, ctx context.Context, dialogs bridge.Dialogs) *bridge.Shell {
	t.Helper()
	s := bridge.NewShell(gate{access.From(ctx)}, slog.New(slog.DiscardHandler))
	s.Use(Deaf, dialogs)
	t.Cleanup(s.Jobs.Stop)
	return s
}

// Bound is a service as the window of a program has it; there is one of each type.
func Bound[T any](program interface{ Services() []any }) T {
	for _, service := range program.Services() {
		if found, ok := service.(T); ok {
			return found
		}
	}
	var none T
	panic(fmt.Sprintf("no %T is bound", none))
}
