//go:build !linux

package desktop

import (
	"context"
	"log/slog"
)

// WatchScreen does nothing: Windows and macOS tell it to a window's own thread, which Wails does not hand out. The page's
// own clock notices a computer that has slept.
func WatchScreen(context.Context, *slog.Logger, func()) {}
