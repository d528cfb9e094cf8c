package app

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/user"
	"runtime"
	"strings"
	"time"

	"kontor/internal/area/session"
)

// device describes the computer for the list of sessions. It asks the system only: no connection is made.
func device(version string) session.Device {
	name, err := os.Hostname()
	if err != nil {
		name = ""
	}
	return session.Device{Name: name, System: systemName(), Version: version, Address: localAddress()}
}

// systemName is what the operating system calls itself, e.g. "Debian GNU/Linux 12 (bookworm)".
func systemName() string {
	switch runtime.GOOS {
	case "windows":
		return "Windows"
	case "darwin":
		return "macOS"
	}
	file, err := os.Open("/etc/os-release")
	if err != nil {
		return runtime.GOOS
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, found := strings.CutPrefix(lines.Text(), "PRETTY_NAME="); found {
			return strings.Trim(name, `"`)
		}
	}
	return runtime.GOOS
}

// localAddress is the first address of the computer in its network; "" if it has none.
func localAddress() string {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	return ""
}

// zone is where the person who is signed in lives, as they chose; else the computer's.
func (h *workspace) zone(ctx context.Context) *time.Location {
	a, err := h.profiles.Mine(ctx)
	if err != nil || a.TimeZone == "" {
		return time.Local
	}
	zone, err := time.LoadLocation(a.TimeZone)
	if err != nil {
		return time.Local
	}
	return zone
}

// person tells the people apart who share a computer and a workspace.
func person() string {
	u, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return u.Uid
}
