package disk

import (
	"bytes"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// remote are the file systems of other computers, by the number that statfs gives.
var remote = map[int64]string{
	0x6969: "nfs", 0x517B: "smb", 0xFF534D42: "cifs", 0xFE534D42: "smb2", 0x01021997: "9p", 0x5346414F: "afs", 0x6B414653: "afs",
	0x00C36400: "ceph", 0x786F4256: "vboxsf", 0x47504653: "gpfs", 0x0BD00BD0: "lustre", 0x7461636F: "ocfs2", 0x01161970: "gfs2", 0x564C: "ncp", 0x73757245: "coda",
}

const fuse = 0x65735546

// fuses are the file systems in user space that keep the files on another computer.
var fuses = []string{
	"rclone", "sshfs", "davfs", "davfs2", "s3fs", "gcsfuse", "goofys", "curlftpfs", "glusterfs", "cephfs", "ceph-fuse", "moosefs", "juicefs", "seaweedfs", "gvfsd-fuse",
	"google-drive-ocamlfuse", "onedriver", "smbnetfs", "nfs", "hdfs", "vmhgfs-fuse", "prl_fsd", "virtiofs", "kio-fuse", "mount.davfs",
}

func system(dir string) (kind string, readOnly bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return "", false
	}
	number := int64(s.Type) & 0xFFFFFFFF //nolint:unconvert // the type differs by processor
	kind = remote[number]
	if number == fuse {
		mounts, err := os.ReadFile("/proc/self/mountinfo")
		if err == nil {
			kind = fuseKind(mounts, dir)
		}
	}
	return kind, s.Flags&unix.ST_RDONLY != 0 || unix.Access(dir, unix.W_OK) != nil
}

// fuseKind finds what a folder lies on among the mounts of the process; "" for what stays on this computer.
func fuseKind(mounts []byte, dir string) string {
	longest, kind := "", ""
	for line := range bytes.Lines(mounts) {
		before, after, ok := strings.Cut(strings.TrimSpace(string(line)), " - ")
		fields, rest := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 5 || len(rest) < 1 {
			continue
		}
		point := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(fields[4])
		if below(dir, point) && len(point) >= len(longest) {
			longest, kind = point, rest[0]
		}
	}
	name, ok := strings.CutPrefix(kind, "fuse.")
	if !ok {
		return ""
	}
	for _, one := range fuses {
		if name == one {
			return name
		}
	}
	return ""
}
