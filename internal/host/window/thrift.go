package window

import "runtime/debug"

// GiveBack returns to the system what the program holds and does not need while nothing is asked of it: the heap that a
// piece of work left behind, and the pages of its own file that only starting needed. Both come back by themselves.
func GiveBack() {
	debug.FreeOSMemory()
	unmapProgram()
}
