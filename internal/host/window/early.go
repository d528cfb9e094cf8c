package window

import "sync"

// early holds back events that come before there is a page to take them: Wails would run a script for each in an empty
// page, which fails there.
type early struct {
	emit func(name string, data ...any)

	mu      sync.Mutex
	open    bool
	waiting []func()
}

// send hands an event on, at once or when the page is there.
func (e *early) send(name string, data ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.open {
		e.waiting = append(e.waiting, func() { e.emit(name, data...) })
		return
	}
	e.emit(name, data...)
}

// ready is told that there is a page.
func (e *early) ready() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.open = true
	for _, send := range e.waiting {
		send()
	}
	e.waiting = nil
}
