//go:build !windows && !darwin && !(linux && cgo && webkit2_41)

package window

// Say does nothing in builds without a window.
func Say(string, string) {}
