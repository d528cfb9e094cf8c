package disk

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// abandoned is how old a folder has to be to be removed when nothing tells whether its maker is still at work: one of
// another computer, or of an older Kontor.
const abandoned = 24 * time.Hour

// Scratch makes a folder in dir ("": the system's folder for what is passing), for its owner alone, whose name begins with
// prefix and says which process made it. Whoever made it removes it; what a killed program left, Sweep removes.
func Scratch(dir, prefix string) (string, error) {
	return os.MkdirTemp(dir, prefix+maker(os.Getpid())+"-")
}

// Sweep removes from dir ("": the system's folder for what is passing) the folders that Scratch made with these prefixes and
// whose process is no more. What another process, another user or another computer is at work in stays, and so does a link.
func Sweep(dir string, prefixes ...string) {
	dir = cmp.Or(dir, os.TempDir())
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		for _, prefix := range prefixes {
			if rest, ours := strings.CutPrefix(e.Name(), prefix); ours && orphan(e, rest) {
				_ = os.RemoveAll(filepath.Join(dir, e.Name())) // another user's cannot be removed
				break
			}
		}
	}
}

// orphan tells whether whoever made a folder is gone; rest is its name after the prefix.
func orphan(e os.DirEntry, rest string) bool {
	info, err := e.Info()
	if err != nil || !info.IsDir() || !own(info) {
		return false
	}
	where, rest, _ := strings.Cut(rest, ".")
	number, _, _ := strings.Cut(rest, ".")
	pid, err := strconv.Atoi(number)
	if err != nil || where != machine() {
		return time.Since(info.ModTime()) > abandoned
	}
	return !strings.HasPrefix(where+"."+rest, maker(pid)+"-")
}

// maker names a process among those of all computers: the computer, its number, and which run of both. A process that is no
// more has no name.
func maker(pid int) string {
	begun, alive := started(pid)
	if !alive && pid != os.Getpid() { // where the system does not tell of this one, it is alive all the same
		return "\x00"
	}
	run := sha256.Sum256([]byte(boot() + "\x00" + begun))
	return machine() + "." + strconv.Itoa(pid) + "." + hex.EncodeToString(run[:4])
}
