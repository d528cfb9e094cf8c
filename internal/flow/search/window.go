package search

import (
	"context"
	"sync"

	"kontor/internal/host/bridge"
)

// Window is the search box of the frame.
type Window struct {
	room bridge.Room[[]Area]

	mu   sync.Mutex
	stop context.CancelFunc // ends the search that is under way
}

// NewWindow leads the page to the areas of the workspace that is open.
func NewWindow(room bridge.Room[[]Area]) *Window { return &Window{room: room} }

// Search looks for what was typed in records of some kinds, or of all when none is named. With nothing typed it tells how
// many records of each kind there are. The search before, if it still runs, ends: nobody waits for it any more.
func (w *Window) Search(typed string, kinds []string, limit int) (Result, error) {
	return bridge.Call(w.room, "search.Search", func(ctx context.Context, areas []Area) (Result, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		w.mu.Lock()
		if w.stop != nil {
			w.stop()
		}
		w.stop = cancel
		w.mu.Unlock()
		return Everything(ctx, areas, typed, kinds, limit)
	})
}
