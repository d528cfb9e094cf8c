package disk

import (
	"fmt"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// started is when a process began; false if there is no such process. One of another user that cannot be looked at counts
// as there.
func started(pid int) (string, bool) {
	p, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid)) //nolint:gosec // it is a process's number
	if err != nil {
		return "", false
	}
	defer func() { _ = windows.CloseHandle(p) }()
	var created, exited, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(p, &created, &exited, &kernel, &user); err != nil || exited.Nanoseconds() > created.Nanoseconds() {
		return "", false
	}
	return fmt.Sprint(created.Nanoseconds()), true
}

// boot is not told by Windows; the moment at which a process began is enough there.
func boot() string         { return "" }
func processSpace() string { return "" }

func machineID() string {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\Microsoft\Cryptography`, registry.QUERY_VALUE)
	if err != nil {
		return ""
	}
	defer func() { _ = k.Close() }()
	id, _, _ := k.GetStringValue("MachineGuid")
	return id
}
