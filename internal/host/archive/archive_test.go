package archive

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"

	"kontor/internal/core/fault"
)

const secret = "larice pontile vela brina"

func TestMain(m *testing.M) {
	WorkFactor = 2 // what a guess has to cost is not what is tested here
	m.Run()
}

func nothing(int64, int64) {}

// sources are a database, a key and two pictures.
func sources(t *testing.T) []Source {
	t.Helper()
	dir := t.TempDir()
	db := filepath.Join(dir, "copy.db")
	folder := filepath.Join(dir, "pictures", "profile")
	err := errors.Join(os.WriteFile(db, bytes.Repeat([]byte("page of the database\n"), 20_000), 0o600), os.MkdirAll(folder, 0o700),
		os.WriteFile(filepath.Join(folder, "new-123"), []byte("unfinished"), 0o600))
	for i := range 2 {
		err = errors.Join(err, os.WriteFile(filepath.Join(folder, strings.Repeat(fmt.Sprint(i), 64)), []byte{byte(i), 1, 2}, 0o600))
	}
	list, found := Pictures(filepath.Join(dir, "pictures"))
	if err = errors.Join(err, found); err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	return append([]Source{{Name: Key, Data: []byte("32 bytes that open the vault....")}, {Name: Database, Path: db}}, list...)
}

func packed(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a."+Ending)
	if _, err := Create(t.Context(), path, secret, Manifest{Program: "1.2", Workspace: "w", At: time.Unix(1e9, 0).UTC()}, sources(t), nothing); err != nil {
		t.Fatal(err)
	}
	return path
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		info, failed := d.Info()
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		} else {
			name, _ := filepath.Rel(dir, path)
			names = append(names, name)
		}
		if path != dir && failed == nil && info.Mode().Perm() != want {
			t.Errorf("%s has %v", path, info.Mode())
		}
		return errors.Join(err, failed)
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestWhatIsPackedComesOut(t *testing.T) {
	path := packed(t)
	if names := files(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("beside the archive: %v", names)
	}
	into := t.TempDir()
	var last int64
	m, key, err := Open(t.Context(), path, secret, into, func(done, _ int64) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	info, _ := os.Stat(path)
	if last != info.Size() || m.Program != "1.2" || m.Pictures() != 2 || !m.Has(Key) || string(key) != "32 bytes that open the vault...." {
		t.Errorf("%d of %d bytes, %+v, %q", last, info.Size(), m, key)
	}
	if names := files(t, into); len(names) != 3 {
		t.Errorf("the key must not lie on the disk: %v", names)
	}
	whole, _ := os.ReadFile(path)
	for _, plain := range []string{"page of the database", "pictures/profile", "open the vault"} {
		if bytes.Contains(whole, []byte(plain)) {
			t.Errorf("%q can be read", plain)
		}
	}
}

// Wherever a file is cut off, and whichever byte is another one, nothing of it is believed.
func TestACutOrChangedArchiveIsRefused(t *testing.T) {
	path := packed(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "b")
	for i := range 100 {
		at := len(whole) * i / 100
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1
		for what, bytes := range map[string][]byte{"cut": whole[:at], "changed": flipped} {
			if err := os.WriteFile(broken, bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, _, err := Open(t.Context(), broken, secret, "", nothing); fault.CodeOf(err) == "" || fault.CodeOf(err) == fault.Internal {
				t.Errorf("%s at %d: %v", what, at, err)
			}
		}
	}
}

func TestWhyAFileIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := func(cost int, content string) []byte {
		var b bytes.Buffer
		r, _ := age.NewScryptRecipient(secret)
		r.SetWorkFactor(cost)
		w, err := age.Encrypt(&b, r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, content)
		_ = w.Close()
		return b.Bytes()
	}
	for _, c := range []struct{ path, reason string }{
		{write("text", []byte("hello")), ReasonNot},
		{write("empty", nil), ReasonNot},
		{write("another age file", other(2, "PK\x03\x04 a kit")), ReasonNot},
		{write("dear", bytes.Replace(other(2, ""), []byte(" 2\n"), []byte(" 30\n"), 1)), ReasonNot},
		{filepath.Join(dir, "none"), ReasonGone},
		{dir, ReasonGone},
	} {
		if _, _, err := Open(t.Context(), c.path, secret, "", nothing); fault.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v", c.path, err)
		}
	}
	if _, _, err := Open(t.Context(), packed(t), "another passphrase", "", nothing); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Code != "wrong_password" {
		t.Errorf("%v", err)
	}
}

func TestAManifestIsNotBelieved(t *testing.T) {
	sum := hex.EncodeToString(make([]byte, 32))
	for name, m := range map[string]Manifest{
		"newer":                 {Format: 2},
		"no database":           {Format: 1},
		"a way out":             {Format: 1, Files: []File{{Database, 0, sum}, {"pictures/../" + sum, 0, sum}}},
		"twice":                 {Format: 1, Files: []File{{Database, 0, sum}, {Database, 0, sum}}},
		"another file":          {Format: 1, Files: []File{{Database, 0, sum}, {"logs/kontor.log", 0, sum}}},
		"a wrong sum":           {Format: 1, Files: []File{{Database, 0, "00"}}},
		"a journal without end": {Format: 1, Kind: Organization, Files: []File{{Database, 0, sum}, {Journal, maxJournal + 1, sum}}},
		"secrets without end":   {Format: 1, Kind: Organization, Files: []File{{Database, 0, sum}, {Secrets, maxSecrets + 1, sum}}},
		"a key without end":     {Format: 1, Files: []File{{Database, 0, sum}, {KeyFile, maxKeyFile + 1, sum}}},
		"negative":              {Format: 1, Files: []File{{Database, -1, sum}}},
	} {
		want := ReasonDamaged
		if name == "newer" {
			want = ReasonNewer
		}
		if err := m.check(); fault.ReasonOf(err) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// full is a disk with room for so many bytes.
type full struct {
	file

	room int
}

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	}
	return f.file.Write(p)
}

func TestAFullDiskAndAStopLeaveNothing(t *testing.T) {
	real := create
	t.Cleanup(func() { create = real })
	for _, room := range []int{0, 300, 500} {
		create = func(path string) (file, error) {
			f, err := real(path)
			return &full{f, room}, err
		}
		dir := t.TempDir()
		_, err := Create(t.Context(), filepath.Join(dir, "a"), secret, Manifest{}, sources(t), nothing)
		if fault.ReasonOf(err) != ReasonFull {
			t.Errorf("room for %d: %v", room, err)
		}
		if left := files(t, dir); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
	}
	create = real
	for share := range int64(4) {
		ctx, cancel := context.WithCancel(t.Context())
		dir := t.TempDir()
		_, err := Create(ctx, filepath.Join(dir, "a"), secret, Manifest{}, sources(t), func(done, total int64) {
			if done >= total*share/5 {
				cancel()
			}
		})
		if fault.CodeOf(err) != fault.Canceled {
			t.Errorf("stopped at %d/5: %v", share, err)
		}
		if left := files(t, dir); len(left) != 0 {
			t.Errorf("left: %v", left)
		}
	}
	if _, err := Create(t.Context(), filepath.Join(t.TempDir(), "gone", "a"), secret, Manifest{}, sources(t), nothing); fault.ReasonOf(err) != ReasonGone {
		t.Errorf("%v", err)
	}
}
