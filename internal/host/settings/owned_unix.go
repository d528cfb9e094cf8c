//go:build unix

package settings

import (
	"os"
	"syscall"
)

// owned tells whether a folder belongs to the person who runs the program, and to nobody else.
func owned(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid() && info.Mode().Perm()&0o077 == 0
}
