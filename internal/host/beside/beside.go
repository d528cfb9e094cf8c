// Package beside runs work beside the calls of the window. A goroutine that panics ends the program, with everything that
// is open in it: here that is an error, or an entry of the log, and the rest goes on. internal/dev/archtest lets nobody
// else begin a goroutine.
package beside

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"kontor/internal/core/fault"
)

// Panicked is the error of a panic, with where it happened. It is called where the panic was recovered.
func Panicked(p any) error {
	return fault.Wrap(fmt.Errorf("panic: %v\n%s", p, debug.Stack()), fault.Internal, "")
}

// Caught is deferred: a panic becomes the error of whoever deferred it.
func Caught(err *error) {
	if p := recover(); p != nil {
		*err = Panicked(p)
	}
}

// Try runs work. A panic in it is an error with code Internal. A loop tries each of its rounds, so that it goes on.
func Try(work func() error) (err error) {
	defer Caught(&err)
	return work()
}

// Go runs work in a goroutine of its own. A panic ends it, and is in the log under the name; nil is slog's own.
func Go(log *slog.Logger, name string, work func()) { go noted(log, name, work) }

// In is Go for work that others wait for.
func In(all *sync.WaitGroup, log *slog.Logger, name string, work func()) {
	all.Go(func() { noted(log, name, work) })
}

func noted(log *slog.Logger, name string, work func()) {
	err := Try(func() error { work(); return nil })
	if err == nil {
		return
	}
	if log == nil {
		log = slog.Default()
	}
	log.Error(name, "error", err)
}
