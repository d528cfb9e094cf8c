package disk

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// started is when a process began, in ticks since the computer was started; false if there is no such process.
func started(pid int) (string, bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	after := b[bytes.LastIndexByte(b, ')')+1:] // the name before may hold anything
	fields := bytes.Fields(after)
	if len(fields) < 20 || string(fields[0]) == "Z" { // ended, and its parent has not asked how
		return "", false
	}
	return string(fields[19]), true
}

func boot() string         { return line("/proc/sys/kernel/random/boot_id") }
func machineID() string    { return line("/etc/machine-id") }
func processSpace() string { s, _ := os.Readlink("/proc/self/ns/pid"); return s }

func line(path string) string {
	b, _ := os.ReadFile(path)
	return strings.TrimSpace(string(b))
}
