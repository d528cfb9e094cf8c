package window

import (
	"errors"
	"log/slog"
	"strings"
)

// wailsLog keeps the errors of Wails. It leaves out what follows the first colon or quote: Wails writes whole calls
// there, with their arguments.
type wailsLog struct{ log *slog.Logger }

// Print keeps nothing.
func (wailsLog) Print(string) {}

// Trace keeps nothing: it is told every call.
func (wailsLog) Trace(string) {}

// Debug keeps nothing.
func (wailsLog) Debug(string) {}

// Info keeps nothing.
func (wailsLog) Info(string) {}

// Warning keeps nothing.
func (wailsLog) Warning(string) {}

// Error keeps the head of the message.
func (l wailsLog) Error(message string) { l.log.Error("wails: " + head(message)) }

// Fatal keeps the head of the message and panics: whoever called it ends the program next, without closing what is open.
// Wails recovers from a panic while it answers the page, and Run does while it starts; what a call could not answer, or
// a script has asked for, is no reason to lose the window.
func (l wailsLog) Fatal(message string) {
	l.log.Error("wails: " + head(message))
	panic(errFatal)
}

var errFatal = errors.New("wails gave up on a message")

func head(message string) string {
	if i := strings.IndexAny(message, ":\"'{["); i >= 0 {
		return strings.TrimSpace(message[:i])
	}
	return message
}
