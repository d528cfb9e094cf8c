package app

import (
	"context"
	"sync"
)

// restore is the backup that the window is about to put in place.
type restore struct {
	mu     sync.Mutex
	cancel context.CancelFunc // of the opening; nil for none
	kept   *unpacked
	from   *source // the replica that was found
}

func (r *restore) reached(from *source) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.from = from
}

func (r *restore) found() *source {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.from
}

// begin forgets what was opened before.
func (r *restore) begin(cancel context.CancelFunc) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stop()
	r.cancel = cancel
}

// keep holds what was opened until it is put in place; nil forgets it, and stops the opening.
func (r *restore) keep(u *unpacked) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stop()
	r.kept = u
}

func (r *restore) opened() *unpacked {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kept
}

func (r *restore) stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.kept.forget()
	r.cancel, r.kept = nil, nil
}
