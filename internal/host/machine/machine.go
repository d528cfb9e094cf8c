// Package machine tells what is known of the computer on which Kontor runs. It asks the system only: no connection is
// made.
package machine

import (
	"bufio"
	"net"
	"os"
	"os/user"
	"runtime"
	"strings"
)

// Name is the computer's name; "" if it has none.
func Name() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

// System is what the operating system calls itself, e.g. "Debian GNU/Linux 12 (bookworm)".
func System() string {
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

// Address is the first address of the computer in its network; "" if it has none.
func Address() string {
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

// Person tells the people apart who share a computer and a workspace.
func Person() string {
	u, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return u.Uid
}
