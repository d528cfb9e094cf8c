package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// A snapshot that is made while somebody writes is one moment of the database, whole, and nobody else's to read; what is
// written meanwhile is written.
func TestASnapshotIsOneMoment(t *testing.T) {
	db := testkit.NewDB(t, testkit.NewClock())
	add := func(n int) error {
		return db.Write(t.Context(), func(tx *sqlite.Tx) error {
			for range 2 { // always an even number of rows
				if _, err := tx.ExecContext(t.Context(), "INSERT INTO setting (account_id, name, value) VALUES ('', hex(randomblob(16)), ?)", n); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := add(0); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		var err error
		for n := 1; ctx.Err() == nil && err == nil; n++ {
			err = add(n)
		}
		ended <- err
	}()
	dir := t.TempDir()
	for range 5 {
		path := filepath.Join(dir, "now.db")
		if err := db.Snapshot(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Fatal(info, err)
		}
		if err := sqlite.Trust(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		rows, err := sqlite.Rows(t.Context(), path)
		if err != nil || rows["setting"]%2 != 0 || rows["setting"] == 0 {
			t.Fatal(rows["setting"], err)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func TestAChangeIsTold(t *testing.T) {
	db := testkit.NewDB(t, testkit.NewClock())
	told := 0
	db.Watch(func() { told++ })
	write := func(err error) {
		_ = db.Write(t.Context(), func(*sqlite.Tx) error { return err })
	}
	write(nil)
	write(context.Canceled)
	db.Watch(nil)
	write(nil)
	if told != 1 {
		t.Errorf("told %d times", told)
	}
}
