package disk

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// system does not tell a folder that cannot be written to: the first change does.
func system(dir string) (kind string, readOnly bool) {
	volume := filepath.VolumeName(dir)
	if strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`) {
		return "smb", false
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "smb", false
	}
	return "", false
}
