package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A program that keeps no write-ahead log leaves a journal when it is ended within a change. The change is undone at the next
// start, also from a copy that is only looked at, and never in a file that was put in the place of this one.
func TestAChangeThatWasUnderWayIsUndoneWhereItBelongs(t *testing.T) {
	crashed := func() string {
		path := newPath(t)
		db := open(t, path)
		if _, err := db.Keep(t.Context(), Asked); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		busy, err := Open(t.Context(), path, Options{NoWAL: true})
		if err != nil {
			t.Fatal(err)
		}
		frozen := filepath.Join(t.TempDir(), "kontor.db") // the files as they are in the middle of a change
		stop := errors.New("stop")
		err = busy.Write(t.Context(), func(tx *Tx) error {
			for _, statement := range []string{"PRAGMA cache_spill = 1", "PRAGMA cache_size = 5"} {
				if _, err := tx.ExecContext(t.Context(), statement); err != nil {
					return err
				}
			}
			for i := range 400 {
				if _, err := tx.ExecContext(t.Context(), "INSERT INTO setting (account_id, name, value) VALUES ('', ?, ?)", fmt.Sprint("half", i), strings.Repeat("x", 2000)); err != nil {
					return err
				}
			}
			for _, part := range []string{"", "-journal"} {
				if err := copyFile(path+part, frozen+part); err != nil {
					return err
				}
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if err := busy.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(filepath.Dir(path), "copies"), filepath.Join(filepath.Dir(frozen), "copies")); err != nil {
			t.Fatal(err)
		}
		return frozen
	}
	whole := func(what, path string) {
		t.Helper()
		db := open(t, path)
		n, err := One(t.Context(), db.Reader(), Value[int], "SELECT count(*) FROM setting WHERE name LIKE 'half%'")
		if err := errors.Join(err, db.Check(t.Context()), db.Close()); err != nil || n != 0 {
			t.Errorf("%s: %d rows, %v", what, n, err)
		}
	}
	path := crashed()
	look := filepath.Join(t.TempDir(), "kontor.db")
	if err := CopyRaw(t.Context(), path, look); err != nil {
		t.Fatal(err)
	}
	whole("a copy to look at", look)
	whole("the next start", path)
	path = crashed()
	name := copiesOf(t, path)[0].Name
	if err := Restore(t.Context(), filepath.Join(filepath.Dir(path), "copies"), name, path, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path + "-journal"); err == nil {
		t.Error("the journal of the former file lies beside what was put back")
	}
	whole("a copy that was put back", path)
}
