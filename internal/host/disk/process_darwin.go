package disk

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// started is when a process began; false if there is no such process.
func started(pid int) (string, bool) {
	p, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil || p == nil {
		return "", false
	}
	at := p.Proc.P_starttime
	return fmt.Sprintf("%d.%06d", at.Sec, at.Usec), true
}

func boot() string         { s, _ := unix.Sysctl("kern.bootsessionuuid"); return s }
func machineID() string    { s, _ := unix.Sysctl("kern.uuid"); return s }
func processSpace() string { return "" }
