//go:build !linux || !cgo || !webkit2_41

package window

// watchPage does nothing: the web views of Windows and macOS show an error page or load again by themselves.
func watchPage(*reviver) {}
