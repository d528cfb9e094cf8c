package bridge

import (
	"sync"
	"time"
)

// pause is how long nothing may be asked for before the program rests: a page that is opened asks several things in a row.
const pause = time.Second

// rest waits for a pause.
type rest struct {
	mu    sync.Mutex
	timer *time.Timer
}

// after calls do when a pause has passed since the last call of after.
func (r *rest) after(do func()) {
	if do == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.timer == nil {
		r.timer = time.AfterFunc(pause, do)
		return
	}
	r.timer.Reset(pause)
}
