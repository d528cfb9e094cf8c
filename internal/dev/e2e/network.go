//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// WatchNetwork notes every internet socket that the program or one of its web processes holds, from the first moment on.
func WatchNetwork() Option { return func(o *options) { o.watch = true } }

// Connections gives what WatchNetwork has noted until now, as "tcp 127.0.0.1:40123 → 192.0.2.1:443 (kontor)". The socket
// through which the window is driven is left out.
func (w *Window) Connections() []string {
	w.t.Helper()
	if !w.options.watch {
		w.t.Fatal("Connections: start the window with WatchNetwork")
	}
	w.network.Lock()
	defer w.network.Unlock()
	return slices.Clone(w.network.found)
}

type network struct {
	sync.Mutex
	found []string
}

// watch notes sockets until the program has ended. It asks whose they are only when there is one that was not there
// before.
func (w *Window) watch(pid int, exited <-chan struct{}) {
	seen, asked := map[string]bool{}, map[string]bool{}
	for {
		table := socketTable()
		fresh := false
		for inode, s := range table {
			if !asked[inode+s] {
				asked[inode+s], fresh = true, true
			}
		}
		var pids []int
		if fresh {
			pids = tree(pid)
		}
		for _, pid := range pids {
			for _, inode := range sockets(pid) {
				s, ok := table[inode]
				if !ok || strings.Contains(s, w.inspector) || seen[s] {
					continue
				}
				seen[s] = true
				name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
				w.network.Lock()
				w.network.found = append(w.network.found, fmt.Sprintf("%s (%s)", s, strings.TrimSpace(string(name))))
				w.network.Unlock()
			}
		}
		select {
		case <-exited:
			return
		case <-time.After(2 * time.Millisecond):
		}
	}
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
