//go:build !windows

package sqlite

import "golang.org/x/sys/unix"

// freeSpace is how many bytes a disk has left for the person.
func freeSpace(dir string) (int64, bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true //nolint:unconvert,gosec // the types differ by system
}
