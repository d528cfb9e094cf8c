package window

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// watch is how often the window's size and place are looked at: no event tells of a move.
const watch = 2 * time.Second

// settle is how long a window may take to arrive where it was sent.
const settle = 150 * time.Millisecond

// control is what a window can be asked and told.
type control interface {
	dimensions() (width, height int)
	position() (x, y int)
	resize(width, height int)
	move(x, y int)
	maximised() bool
	ordinary() bool // neither maximised, nor minimised, nor on the full screen
	screens() []size
	raise()
}

// placement remembers the window's size and place.
type placement struct {
	dir   string
	place bool // places mean something on this desktop
	log   *slog.Logger

	mu      sync.Mutex
	saved   geometry // as in the file
	seen    geometry // at the last look
	stopped bool
}

func newPlacement(dir string, place bool, log *slog.Logger) *placement {
	g := load(dir)
	return &placement{dir: dir, place: place, log: log, saved: g, seen: g}
}

// restore puts the window where it was, if that can be seen.
func (k *placement) restore(w control) {
	k.mu.Lock()
	wanted := k.saved
	k.mu.Unlock()
	g := clamp(wanted, w.screens())
	if g.Width != wanted.Width || g.Height != wanted.Height {
		w.resize(g.Width, g.Height)
	}
	if !k.place || !g.Placed || g.Maximised {
		return // the system centres it, or places it itself
	}
	w.move(g.X, g.Y)
	if len(g.Screens) < 2 {
		return
	}
	// A place is read from the corner of all screens, but set from that of the screen on which the window is.
	time.Sleep(settle)
	if x, y := w.position(); x != g.X || y != g.Y {
		w.move(2*g.X-x, 2*g.Y-y)
	}
}

// run looks at the window until ctx ends, and saves what has stayed the same for two looks.
func (k *placement) run(ctx context.Context, w control) {
	tick := time.NewTicker(watch)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			k.look(w, false)
		}
	}
}

// close saves the window as it is and looks no more.
func (k *placement) close(w control) {
	k.look(w, true)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stopped = true
}

func (k *placement) look(w control, atOnce bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stopped {
		return
	}
	now := k.seen
	switch {
	case w.maximised():
		now.Maximised = true // its size is the screen's: the former one is kept for later
	case w.ordinary():
		now = geometry{Screens: w.screens()}
		now.Width, now.Height = w.dimensions()
		if k.place {
			now.Placed = true
			now.X, now.Y = w.position()
		}
	}
	same := now.equal(k.seen)
	k.seen = now
	if now.equal(k.saved) || !same && !atOnce {
		return
	}
	if err := now.save(k.dir); err != nil {
		k.log.Warn("window", "error", err)
	}
	k.saved = now // a disk that is full is not asked every two seconds
}
