package disk

import "golang.org/x/sys/unix"

func system(dir string) (kind string, readOnly bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return "", false
	}
	if s.Flags&unix.MNT_LOCAL == 0 {
		kind = unix.ByteSliceToString(s.Fstypename[:])
	}
	return kind, s.Flags&unix.MNT_RDONLY != 0 || unix.Access(dir, unix.W_OK) != nil
}
