//go:build unix

package window

import (
	"errors"

	"golang.org/x/sys/unix"
)

// NoCores keeps the system from writing the program's memory to a file when it crashes: secrets in use would lie there.
// On Linux nobody but root may read or trace the process from now on either, debuggers included. Programs that it starts
// write no such files, but are as visible as before.
func NoCores() error {
	return errors.Join(unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}), hide())
}
