package disk

import "testing"

func TestWhatAMountLiesOn(t *testing.T) {
	const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 0:31 / /home/elena/cloud rw,nosuid - fuse.rclone remote: rw
37 22 0:32 / /home/elena/cloud/vault rw - fuse.gocryptfs x rw
38 22 0:33 / /mnt/two\040words rw - fuse.sshfs host:/ rw
39 22 0:34 / /media/stick rw - fuseblk /dev/sdb1 rw
`
	for dir, want := range map[string]string{
		"/home/elena": "", "/home/elena/cloud": "rclone", "/home/elena/cloud/a/b": "rclone", "/home/elena/cloudy": "", "/home/elena/cloud/vault/x": "",
		"/mnt/two words/kontor": "sshfs", "/media/stick/kontor": "",
	} {
		if got := fuseKind([]byte(mounts), dir); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
	for number, name := range map[int64]string{0x6969: "nfs", 0xFF534D42: "cifs", 0xEF53: "", 0x01021994: "", 0x9123683E: ""} {
		if remote[number] != name {
			t.Errorf("%x: %q", number, remote[number])
		}
	}
}
