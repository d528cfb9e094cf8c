//go:build !unix

package window

// NoCores has nothing to do on Windows: Go tells Windows' error reporting to leave the program alone.
func NoCores() error { return nil }
