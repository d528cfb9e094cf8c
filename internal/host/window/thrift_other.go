//go:build !linux || !cgo || !webkit2_41

package window

func unmapProgram()  {}
func thriftyEngine() {}
