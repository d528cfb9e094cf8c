// Package store keeps the picture files of one area in a folder of the workspace. A file is named after the SHA-256 of
// its bytes, so it never changes, and what is read is what was kept.
//
// A file is put before the transaction that refers to it is committed: a row then never points to a file that is not
// there, whatever happens in between. What no row refers to is an orphan; Sweep removes it.
package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
)

// ReasonMissing is the fault.Unavailable of a file that is gone or not what was kept.
const ReasonMissing = "picture_missing"

// Store is a folder of pictures. Areas do not share one: each knows only its own rows.
type Store struct{ dir string }

// New returns the store in a folder, which is made when the first picture is put.
func New(dir string) *Store { return &Store{dir} }

func (s *Store) path(sum string) (string, error) {
	if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size || sum != strings.ToLower(sum) {
		return "", fault.New(fault.NotFound, "")
	}
	return filepath.Join(s.dir, sum), nil
}

// Put keeps a file, readable by its owner only, and returns its name once it is on disk.
func (s *Store) Put(data []byte) (sum string, err error) {
	sum = picture.Sum(data)
	path, err := s.path(sum)
	if err != nil {
		return "", err
	}
	if old, err := os.ReadFile(path); err == nil && picture.Sum(old) == sum {
		now := time.Now() // it may have been an orphan: start its period of grace again
		return sum, os.Chtimes(path, now, now)
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", unavailable(err)
	}
	f, err := os.CreateTemp(s.dir, "new-*") // 0600
	if err != nil {
		return "", unavailable(err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return "", unavailable(errors.Join(err, os.Remove(f.Name())))
	}
	return sum, nil
}

// Get reads a file and makes sure that it is the one that was kept.
func (s *Store) Get(sum string) ([]byte, error) {
	path, err := s.path(sum)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unavailable(err)
	}
	if got := picture.Sum(data); got != sum {
		return nil, unavailable(fmt.Errorf("%s holds %s", path, got))
	}
	return data, nil
}

// Sweep removes every file that is not to be kept and is older than grace: a younger one may belong to a transaction
// that has not committed yet. It returns how many it removed.
func (s *Store) Sweep(spare []string, now time.Time, grace time.Duration) (int, error) {
	spared := make(map[string]bool, len(spare))
	for _, sum := range spare {
		spared[sum] = true
	}
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	removed := 0
	var failed error
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || spared[e.Name()] || now.Sub(info.ModTime()) < grace {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, e.Name())); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		removed++
	}
	return removed, failed
}

func unavailable(err error) error { return fault.Wrap(err, fault.Unavailable, ReasonMissing) }
