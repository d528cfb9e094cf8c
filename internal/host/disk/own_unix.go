//go:build unix

package disk

import (
	"io/fs"
	"os"
	"syscall"
)

// own tells whether a folder is this user's, and nobody else's to look into.
func own(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid() && info.Mode().Perm()&0o077 == 0
}
