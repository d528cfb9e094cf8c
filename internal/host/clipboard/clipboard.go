// Package clipboard puts text on the system's clipboard. What is secret (passwords, codes, account numbers) carries the
// hint that keeps it out of the histories of clipboard programs, and is taken off again after a while, or when the program
// ends, if it is still there.
package clipboard

import (
	"errors"
	"sync"
	"time"
	"unicode/utf8"
)

// Keep is how long a secret stays.
const Keep = 30 * time.Second

// maxText is how much is put, in bytes.
const maxText = 1 << 20

// ErrText means that this cannot be put on a clipboard as text.
var ErrText = errors.New("clipboard: no text, or too long")

// system is the clipboard of the operating system.
type system interface {
	// put places a text and returns what tells it from whatever is placed later.
	put(text string, secret bool) (mark uint64, err error)
	// clear empties the clipboard if it still holds what put marked so.
	clear(mark uint64)
}

// Board is the clipboard as this program uses it.
type Board struct {
	system system
	after  func(time.Duration, func()) (stop func() bool)

	mu   sync.Mutex
	held uint64      // the mark of the secret that is there, as far as is known; 0 for none
	stop func() bool // of its end
}

// New returns the system's clipboard.
func New() *Board {
	return &Board{system: native{}, after: func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }}
}

// Put places a text; one that is secret for Keep only. The error says that nobody took it.
func (b *Board) Put(text string, secret bool) error {
	if text == "" || len(text) > maxText || !utf8.ValidString(text) {
		return ErrText
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	mark, err := b.system.put(text, secret)
	if err != nil {
		return err
	}
	b.forget()
	if secret {
		b.held = mark
		b.stop = b.after(Keep, func() { b.end(mark) })
	}
	return nil
}

// forget lets go of a secret that something else has taken the place of.
func (b *Board) forget() {
	if b.stop != nil {
		b.stop()
	}
	b.held, b.stop = 0, nil
}

func (b *Board) end(mark uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held != mark {
		return
	}
	b.forget()
	b.system.clear(mark)
}

// Close takes a secret off at once, if one is still there.
func (b *Board) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if mark := b.held; mark != 0 {
		b.forget()
		b.system.clear(mark)
	}
}
