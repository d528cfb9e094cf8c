package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
)

func open(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// pool is a connection as the application's own, beside it.
func pool(path string, size int, more string) (*sql.DB, error) {
	return connect(path, size, pragmas+more)
}

func newPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "workspace", "kontor.db")
}

func change(t *testing.T, db *DB, query string, args ...any) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *Tx) error { _, err := tx.Exec(query, args...); return err }); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *DB, query string) int {
	t.Helper()
	n, err := One(t.Context(), db.Reader(), Value[int], query)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func wantFault(t *testing.T, err error, code fault.Code, reason string) {
	t.Helper()
	if fault.CodeOf(err) != code || fault.ReasonOf(err) != reason {
		t.Fatalf("error %v; want %s (%s)", err, code, reason)
	}
}

// A pool opens connections when it likes: each of them must have every pragma.
func TestEveryConnectionHasThePragmas(t *testing.T) {
	db := open(t, newPath(t))
	var conns []*sql.Conn
	for range readers {
		c, err := db.read.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		conns = append(conns, c)
	}
	c, err := db.write.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conns = append(conns, c)
	for i, c := range conns {
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "foreign_keys": "1", "synchronous": "2", "busy_timeout": "5000", "secure_delete": "1", "temp_store": "2",
		} {
			var got string
			if err := c.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("connection %d: %s is %q, %v; want %q", i, pragma, got, err, want)
			}
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestEveryTableIsStrict(t *testing.T) {
	db := open(t, newPath(t))
	loose, err := All(t.Context(), db.Reader(), Value[string], `SELECT name FROM pragma_table_list
		WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version'`)
	if err != nil || len(loose) != 0 {
		t.Errorf("not strict: %v, %v", loose, err)
	}
	if n := count(t, db, "SELECT count(*) FROM pragma_table_list WHERE strict"); n < 5 {
		t.Errorf("only %d strict tables", n)
	}
	err = db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec("INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('none', 'none', 'administrator', 0)")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "FOREIGN KEY") {
		t.Errorf("a member of nothing: %v", err)
	}
}

func TestWorkAfterTheCommitIsDoneOnlyAfterIt(t *testing.T) {
	db := open(t, newPath(t))
	var order []string
	insert := func(tx *Tx, name string) {
		if _, err := tx.Exec("INSERT INTO setting (account_id, name, value) VALUES ('', ?, '')", name); err != nil {
			t.Fatal(err)
		}
		tx.AfterCommit(func() {
			order = append(order, fmt.Sprint(name, " seen ", count(t, db, "SELECT count(*) FROM setting WHERE name = '"+name+"'")))
		})
	}
	if err := db.Write(t.Context(), func(tx *Tx) error { insert(tx, "a"); insert(tx, "b"); return nil }); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("failed")
	if err := db.Write(t.Context(), func(tx *Tx) error { insert(tx, "c"); return failed }); !errors.Is(err, failed) {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = db.Write(t.Context(), func(tx *Tx) error { insert(tx, "d"); panic("oh") })
	}()
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Write(ctx, func(tx *Tx) error { insert(tx, "e"); cancel(); return nil })
	wantFault(t, err, fault.Canceled, "")
	if got := strings.Join(order, ", "); got != "a seen 1, b seen 1" {
		t.Errorf("%s", got)
	}
	if n := count(t, db, "SELECT count(*) FROM setting"); n != 2 {
		t.Errorf("%d rows were kept", n)
	}
	change(t, db, "DELETE FROM setting") // the writer is free again
}

func TestReadersDoNotWaitForTheWriter(t *testing.T) {
	db := open(t, newPath(t))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	err := db.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec("INSERT INTO setting (account_id, name, value) VALUES ('', 'x', '')"); err != nil {
			return err
		}
		return db.View(ctx, func(q Queryer) error {
			n, err := One(ctx, q, Value[int], "SELECT count(*) FROM setting")
			if n != 0 {
				t.Error("an uncommitted row is seen")
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(ctx, func(q Queryer) error { // one snapshot, whatever is written meanwhile
		before, err := One(ctx, q, Value[int], "SELECT count(*) FROM setting")
		if err != nil {
			return err
		}
		change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'y', '')")
		after, err := One(ctx, q, Value[int], "SELECT count(*) FROM setting")
		if before != 1 || after != before {
			t.Errorf("%d, then %d", before, after)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNothingOfAChangeIsKeptWhenTheDiskIsFull(t *testing.T) {
	db := open(t, newPath(t))
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'before', '')")
	pages, err := One(t.Context(), db.write, Value[int], "PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+4)); err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *Tx) error {
		for i := range 100 {
			if _, err := tx.Exec("INSERT INTO setting (account_id, name, value) VALUES ('', ?, ?)", fmt.Sprint(i), strings.Repeat("x", 4096)); err != nil {
				return err
			}
		}
		return nil
	})
	wantFault(t, err, fault.Unavailable, ReasonFull)
	if n := count(t, db, "SELECT count(*) FROM setting"); n != 1 {
		t.Errorf("%d rows", n)
	}
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'after', '')")
}

func TestRowsAndFaults(t *testing.T) {
	db := open(t, newPath(t))
	if list, err := All(t.Context(), db.Reader(), Value[string], "SELECT name FROM setting"); err != nil || list == nil {
		t.Errorf("%v, %v: an empty list, not nil", list, err)
	}
	_, err := One(t.Context(), db.Reader(), Value[string], "SELECT name FROM setting")
	wantFault(t, err, fault.NotFound, "")
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'x', '')")
	err = db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec("INSERT INTO setting (account_id, name, value) VALUES ('', 'x', '')")
		return err
	})
	if !IsUnique(err) || fault.CodeOf(err) != fault.Internal {
		t.Error(err)
	}
	if _, err = All(t.Context(), db.Reader(), Value[string], "SELECT nothing FROM nowhere"); fault.CodeOf(err) != fault.Internal {
		t.Error(err)
	}
	now := time.Date(2026, 11, 20, 12, 0, 0, 5e6, time.UTC)
	if got := Time(Millis(now)); !got.Equal(now) || !Time(0).IsZero() {
		t.Error(got)
	}
	copied := filepath.Join(t.TempDir(), "new", "copy.db")
	if err := db.CopyTo(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := db.CopyTo(t.Context(), copied); err == nil {
		t.Error("a copy is written over another file")
	}
	if n := count(t, open(t, copied), "SELECT count(*) FROM setting"); n != 1 {
		t.Errorf("%d rows in the copy", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(db.Path() + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("closing leaves the journal behind (%v)", err)
	}
}
