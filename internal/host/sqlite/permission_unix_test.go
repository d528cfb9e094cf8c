//go:build unix

package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights; root may write everywhere, so the test is run as somebody else then.
const nobody = 65534

func TestFolderThatCannotBeWritten(t *testing.T) {
	base, err := os.MkdirTemp("", "kontor")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(base) })
	binary := filepath.Join(base, "binary")
	if err := errors.Join(os.Chmod(base, 0o755), copyFile(os.Args[0], binary), os.Chmod(binary, 0o755)); err != nil {
		t.Fatal(err)
	}
	run := func(path string) string {
		cmd := child(t, binary, "open", path)
		if os.Getuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		}
		out, _ := cmd.CombinedOutput()
		return strings.TrimSpace(string(out))
	}
	const want = "unavailable " + ReasonNoWrite
	locked := filepath.Join(base, "locked")
	if err := os.Mkdir(locked, 0o555); err != nil {
		t.Fatal(err)
	}
	if got := run(filepath.Join(locked, "workspace", "kontor.db")); got != want {
		t.Errorf("a folder that cannot be made: %s", got)
	}
	if got := run(filepath.Join(locked, "kontor.db")); got != want {
		t.Errorf("a file that cannot be made: %s", got)
	}
	path := filepath.Join(base, "kontor.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(path+".lock", 0o444), os.Chmod(base, 0o555)); err != nil {
		t.Fatal(err)
	}
	if got := run(path); got != want {
		t.Errorf("a file that cannot be written: %s", got)
	}
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	path := newPath(t)
	at(t, path, 1)
	if err := os.Chmod(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	fresh := newPath(t)
	_ = open(t, fresh)
	db := open(t, path)
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'x', '')")
	for _, dir := range []string{filepath.Dir(fresh), filepath.Join(filepath.Dir(path), "copies")} {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", dir, info.Mode(), err)
		}
	}
	for _, pattern := range []string{filepath.Join(filepath.Dir(fresh), "kontor.db*"), filepath.Join(filepath.Dir(path), "copies", "*.db")} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, f := range files {
			if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, %v", f, info.Mode(), err)
			}
		}
	}
}
