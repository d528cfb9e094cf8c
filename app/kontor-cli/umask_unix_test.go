//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kontor/internal/dev/testkit"
)

// Whatever a person's umask lets others read, a backup and what is put back from it are for their owner alone.
func TestNobodyElseReadsABackupWhateverTheUmask(t *testing.T) {
	const phrase = "larice pontile vela brina\n"
	dir := filepath.Join(t.TempDir(), "w")
	if err := os.MkdirAll(filepath.Join(dir, "pictures", "branding"), 0o700); err != nil {
		t.Fatal(err)
	}
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	if err := os.WriteFile(filepath.Join(dir, "pictures", "branding", strings.Repeat("ab", 32)), []byte("a logo"), 0o600); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	file, other := filepath.Join(to, "a.kontor-backup"), filepath.Join(to, "o")
	before := syscall.Umask(0)
	code, _, messages := say(t, phrase, "--workspace", dir, "backup", file, "--passphrase-stdin")
	if code == exitDone {
		code, _, messages = say(t, phrase, "--workspace", other, "restore", file, "--passphrase-stdin", "--yes")
	}
	syscall.Umask(before)
	if code != exitDone {
		t.Fatal(code, messages)
	}
	err := filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == to {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
