//go:build unix

package app_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/dev/testkit"
	keeping "kontor/internal/flow/replica"
)

// Whatever a person's umask lets others read, all that Kontor makes is for its owner alone: the database and its log, a copy, a
// backup, the one that is looked at, and what lies at a place elsewhere.
func TestAllThatIsMadeIsForItsOwnerAlone(t *testing.T) {
	keyring.MockInit()
	top := t.TempDir()
	t.Setenv("TMPDIR", top)
	before := syscall.Umask(0)
	defer syscall.Umask(before)
	s := startedAs(t, app.Options{Workspace: filepath.Join(top, "workspace"), Version: "test"})
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	begin(t, s, true)
	kinds := map[string]bool{}
	strict := func() {
		t.Helper()
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // it went meanwhile
			}
			info, err := d.Info()
			if err == nil && path != top && info.Mode().Perm()&0o077 != 0 && info.Mode()&fs.ModeSymlink == 0 {
				t.Errorf("%s has %v", path, info.Mode())
			}
			kinds[filepath.Ext(path)] = true
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	place := filepath.Join(top, "elsewhere")
	if err := syscall.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := testkit.Bound[*keeping.Window](s.app).Set(keeping.PlaceView{Address: place}, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	sendNow(t, s)
	strict()
	file := backedUp(t, s)
	if _, err := s.system.OpenBackup(file, passphrase); err != nil {
		t.Fatal(err)
	}
	if _, err := s.system.LookInBackup(); err != nil {
		t.Fatal(err)
	}
	strict()
	if _, err := s.system.LeaveBackup(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v", info.Mode(), err)
	}
	if !kinds[".db"] || !kinds[".db-wal"] || !kinds[".open"] {
		t.Errorf("looked at %v", kinds)
	}
}
