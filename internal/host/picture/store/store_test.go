package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
	"kontor/internal/host/picture/store"
)

func TestWhatIsPutCanBeRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pictures")
	s := store.New(dir)
	sum, err := s.Put([]byte("a picture"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Put([]byte("a picture")); err != nil || again != sum {
		t.Errorf("put twice: %s, %v", again, err)
	}
	if data, err := s.Get(sum); err != nil || string(data) != "a picture" {
		t.Errorf("%q, %v", data, err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("%d files", len(entries))
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, sum): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestNamesAreNoPaths(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := store.New(filepath.Join(dir, "pictures"))
	for _, name := range []string{"", "secret", "../secret", "..%2fsecret", picture.Sum(nil)[:63], picture.Sum(nil) + "/..", "\x00"} {
		if _, err := s.Get(name); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := s.Get(picture.Sum([]byte("never put"))); fault.ReasonOf(err) != store.ReasonMissing {
		t.Errorf("never put: %v", err)
	}
}

func TestAFileThatWasChangedIsNotHandedOut(t *testing.T) {
	dir := t.TempDir()
	s := store.New(dir)
	sum, err := s.Put([]byte("a picture"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, sum), []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(sum); fault.ReasonOf(err) != store.ReasonMissing {
		t.Errorf("%v", err)
	}
	if _, err := s.Put([]byte("a picture")); err != nil {
		t.Fatal(err)
	}
	if data, err := s.Get(sum); err != nil || string(data) != "a picture" {
		t.Errorf("put again: %q, %v", data, err)
	}
}

func TestSweepRemovesOldOrphansOnly(t *testing.T) {
	dir := t.TempDir()
	s := store.New(dir)
	if n, err := store.New(filepath.Join(dir, "none")).Sweep(nil, time.Now(), 0); n != 0 || err != nil {
		t.Errorf("no folder: %d, %v", n, err)
	}
	kept, _ := s.Put([]byte("kept"))
	orphan, _ := s.Put([]byte("orphan"))
	if err := os.WriteFile(filepath.Join(dir, "new-123"), nil, 0o600); err != nil { // left by a crash
		t.Fatal(err)
	}
	if n, err := s.Sweep([]string{kept}, time.Now(), time.Hour); n != 0 || err != nil {
		t.Errorf("within the hour: %d, %v", n, err)
	}
	if n, err := s.Sweep([]string{kept}, time.Now().Add(2*time.Hour), time.Hour); n != 2 || err != nil {
		t.Errorf("after it: %d, %v", n, err)
	}
	if _, err := s.Get(kept); err != nil {
		t.Error(err)
	}
	if _, err := s.Get(orphan); err == nil {
		t.Error("the orphan is still there")
	}
}
