//go:build unix

// Package cores keeps what the program holds in memory out of files, for whatever it holds secrets in: the window and the command line.
package cores

import (
	"errors"

	"golang.org/x/sys/unix"
)

// Off keeps the system from writing the program's memory to a file when it crashes: secrets in use would lie there.
// On Linux nobody but root may read or trace the process from now on either, debuggers included. Programs that it starts
// write no such files, but are as visible as before.
func Off() error {
	return errors.Join(unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}), hide())
}
