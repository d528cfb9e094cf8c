package window

import (
	"log/slog"
	"strings"
)

// wailsLog keeps the errors of Wails. It leaves out what follows the first colon or quote: Wails writes whole calls
// there, with their arguments. Fatal does not end the program, as Wails' own does: what a call could not answer is no
// reason to lose the window.
type wailsLog struct{ log *slog.Logger }

func (wailsLog) Print(string)   {}
func (wailsLog) Trace(string)   {}
func (wailsLog) Debug(string)   {}
func (wailsLog) Info(string)    {}
func (wailsLog) Warning(string) {}

func (l wailsLog) Error(message string) { l.log.Error("wails: " + head(message)) }
func (l wailsLog) Fatal(message string) { l.log.Error("wails: " + head(message)) }

func head(message string) string {
	if i := strings.IndexAny(message, ":\"'{["); i >= 0 {
		return strings.TrimSpace(message[:i])
	}
	return message
}
