package testkit

import "testing"

// Rounds is how often a test of chance is repeated: a tenth as often in the short run, which is also the one under the
// race detector. That is ten times slower, and looks for something else.
func Rounds(full int) int {
	if testing.Short() {
		return full / 10
	}
	return full
}
