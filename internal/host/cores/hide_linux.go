//go:build linux && !(cgo && webkit2_41)

package cores

import "golang.org/x/sys/unix"

func hide() error { return unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
