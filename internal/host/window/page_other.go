//go:build !linux || !cgo || !webkit2_41

package window

// watchPage does nothing: the web views of Windows and macOS show an error page or load again by themselves.
func watchPage(*reviver) {}

// Zoom does nothing: Wails does not hand out the web views of Windows and macOS, and the page enlarges itself.
func Zoom(int) bool { return false }
