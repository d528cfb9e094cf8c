package window

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"kontor/internal/host/beside"
)

// pageAnswers is how long a page may take to say that it has been asked. A page that is stuck cannot keep its window open.
const pageAnswers = 2 * time.Second

// closing asks the page before the window closes, while there are forms in it that may hold what was typed. The page
// says "window:forms" with their number, "window:asking" when it looks after the question "window:closing", and
// "window:leave" when the window may go.
type closing struct {
	ask   func() // sends the question to the page
	quit  func() // closes the window, by way of may
	after func(time.Duration, func()) func() bool

	mu    sync.Mutex
	forms int
	asked bool        // the window was to close, and the page was asked instead
	leave bool        // the page has let go, or does not answer, or the system ends the program
	stop  func() bool // of the wait for an answer; nil while nothing is asked
}

func newClosing() *closing {
	return &closing{after: func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }}
}

// may tells whether the window may close now. If not, the page has been asked, or is being asked.
func (c *closing) may() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.leave || c.forms == 0 || c.ask == nil {
		return true
	}
	c.asked = true
	if c.stop == nil {
		c.stop = c.after(pageAnswers, c.release)
		c.ask()
	}
	return false
}

// has takes over how many forms the page has. A page that was loaded anew has none.
func (c *closing) has(forms int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forms = forms
}

// asking is told that the page looks after the question; from here on the person takes as long as they need.
func (c *closing) asking() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}

// release closes the window without another question.
func (c *closing) release() {
	c.mu.Lock()
	c.leave = true
	c.mu.Unlock()
	c.quit()
}

// end lets the window go because the system ends the program, at log-out or by hand: whoever sends SIGTERM does not wait for
// a person, and kills what stays. Wails closes the window at the same signal; if it came first, it was told to wait.
func (c *closing) end() {
	c.mu.Lock()
	c.leave = true
	asked := c.asked
	c.mu.Unlock()
	if asked {
		c.quit()
	}
}

// endWith ends with the signals that end a program, until ctx does.
func (c *closing) endWith(ctx context.Context) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	select {
	case <-signals:
		c.end()
	case <-ctx.Done():
	}
}

// listen connects it with the page of this window.
func (c *closing) listen(w wailsWindow) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ask = func() { beside.Go(nil, "closing", func() { runtime.EventsEmit(w.ctx, "window:closing") }) } // the caller is the thread that would draw the answer
	c.quit = func() { runtime.Quit(w.ctx) }
	runtime.EventsOn(w.ctx, "window:forms", func(data ...any) {
		if len(data) == 1 {
			if n, ok := data[0].(float64); ok {
				c.has(int(n))
			}
		}
	})
	runtime.EventsOn(w.ctx, "window:asking", func(...any) { c.asking() })
	runtime.EventsOn(w.ctx, "window:leave", func(...any) { c.release() })
}
