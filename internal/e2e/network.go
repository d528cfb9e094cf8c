//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Connections watches the program and its web processes for a while and gives every internet socket that any of them
// has held, as "tcp 127.0.0.1:40123 → 0.0.0.0:0 (kontor)". The harness's own, with which the window is driven, is left
// out.
func (w *Window) Connections(while time.Duration) []string {
	w.t.Helper()
	seen := map[string]bool{}
	var found []string
	for until := time.Now().Add(while); time.Now().Before(until); time.Sleep(2 * time.Millisecond) {
		table := socketTable()
		for _, pid := range tree(w.PID()) {
			for _, inode := range sockets(pid) {
				s, ok := table[inode]
				if !ok || strings.Contains(s, w.inspector) || seen[s] {
					continue
				}
				seen[s] = true
				name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
				found = append(found, fmt.Sprintf("%s (%s)", s, strings.TrimSpace(string(name))))
			}
		}
	}
	return found
}

// socketTable is every internet socket of this network namespace by its inode.
func socketTable() map[string]string {
	table := map[string]string{}
	for _, protocol := range []string{"tcp", "tcp6", "udp", "udp6", "udplite", "raw", "raw6", "icmp", "icmp6"} {
		b, err := os.ReadFile("/proc/net/" + protocol)
		if err != nil {
			continue // not every kernel has every protocol
		}
		for line := range strings.Lines(string(b)) {
			f := strings.Fields(line)
			if len(f) > 9 && f[0] != "sl" {
				table[f[9]] = protocol + " " + address(f[1]) + " → " + address(f[2])
			}
		}
	}
	return table
}

// address turns the kernel's 0100007F:1F90 into 127.0.0.1:8080; longer addresses stay as they are.
func address(hex string) string {
	host, port, _ := strings.Cut(hex, ":")
	p, _ := strconv.ParseUint(port, 16, 16)
	if len(host) == 8 {
		h, _ := strconv.ParseUint(host, 16, 32)
		host = fmt.Sprintf("%d.%d.%d.%d", byte(h), byte(h>>8), byte(h>>16), byte(h>>24))
	}
	return fmt.Sprintf("%s:%d", host, p)
}

// tree is a process and all that descend from it.
func tree(pid int) []int {
	pids := []int{pid}
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		b, _ := os.ReadFile(task)
		for _, child := range strings.Fields(string(b)) {
			if n, err := strconv.Atoi(child); err == nil {
				pids = append(pids, tree(n)...)
			}
		}
	}
	return pids
}

// sockets are the inodes of the sockets that a process holds.
func sockets(pid int) (inodes []string) {
	folder := fmt.Sprintf("/proc/%d/fd", pid)
	entries, _ := os.ReadDir(folder) // a process that has just ended holds none
	for _, e := range entries {
		target, _ := os.Readlink(filepath.Join(folder, e.Name()))
		if inode, ok := strings.CutPrefix(target, "socket:["); ok {
			inodes = append(inodes, strings.TrimSuffix(inode, "]"))
		}
	}
	return inodes
}
