package disk_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/host/disk"
)

// scratchIn makes the test's own process, started once more, make a folder in there and end.
const scratchIn = "KONTOR_TEST_SCRATCH"

func init() {
	if dir := os.Getenv(scratchIn); dir != "" {
		if _, err := disk.Scratch(dir, "kontor-look-"); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
}

func TestWhatAKilledProgramLeftIsSwept(t *testing.T) {
	dir := t.TempDir()
	own, err := disk.Scratch(dir, "kontor-look-")
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(own); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ended := exec.CommandContext(t.Context(), self)
	ended.Env = append(os.Environ(), scratchIn+"="+dir)
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	places := []string{}
	all, _ := filepath.Glob(filepath.Join(dir, "kontor-look-*"))
	for _, path := range all {
		if path != own {
			places = append(places, path)
		}
	}
	if len(places) != 1 {
		t.Fatalf("made %v", all)
	}
	made := func(name string, age time.Duration) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		return path
	}
	gone := append(places[:1:1], made("kontor-look-123456", 25*time.Hour), made("kontor-look-0123456789abcdef.7.0a0b0c0d-1", 25*time.Hour))
	kept := []string{
		own, made("kontor-look-654321", time.Hour), made("kontor-look-0123456789abcdef.7.0a0b0c0d-2", time.Hour), // another computer's may be at work
		made("somebody-elses", 1000*time.Hour),
	}
	open := made("kontor-look-open", 25*time.Hour)
	if err := os.Chmod(open, 0o755); err != nil { //nolint:gosec // that is the case
		t.Fatal(err)
	}
	link := filepath.Join(dir, "kontor-look-link")
	if err := os.Symlink(kept[3], link); err != nil {
		t.Fatal(err)
	}
	// The number of this process, which another one had before.
	parts := strings.Split(filepath.Base(own), ".")
	gone = append(gone, made(parts[0]+"."+parts[1]+".00000000-1", time.Minute))
	disk.Sweep(dir, "kontor-look-", "kontor-prices-")
	for _, path := range gone {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%s is still there", filepath.Base(path))
		}
	}
	for _, path := range append(kept, open, link) {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("%v", err)
		}
	}
}
