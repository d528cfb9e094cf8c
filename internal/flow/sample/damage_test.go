package sample_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/flow/sample"
	"kontor/internal/host/sqlite"
)

// answers is everything that a database says: each table read by its rows, and by each of its indexes.
func answers(t *testing.T, db *sqlite.DB) (sum string, err error) {
	h := sha256.New()
	q := db.Reader()
	list, err := sqlite.All(t.Context(), q, func(r sqlite.Row) (s [2]string, err error) { return s, r.Scan(&s[0], &s[1]) },
		`SELECT t.name, coalesce(i.name, '') FROM sqlite_schema t LEFT JOIN sqlite_schema i ON i.tbl_name = t.name AND i.type = 'index' AND i.sql NOT LIKE '%WHERE%'
		WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND t.name NOT LIKE 'sqlite_%' ORDER BY 1, 2`)
	if err != nil {
		return "", err
	}
	for _, one := range list {
		by := "NOT INDEXED"
		if one[1] != "" {
			by = `INDEXED BY "` + one[1] + `"`
		}
		rows, err := q.QueryContext(t.Context(), fmt.Sprintf(`SELECT * FROM "%s" %s`, one[0], by))
		if err != nil {
			return "", err
		}
		names, err := rows.Columns()
		if err != nil {
			return "", err
		}
		cells, into := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				_ = rows.Close()
				return "", err
			}
			_, _ = fmt.Fprintln(h, one[0], cells)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return "", err
		}
	}
	return string(h.Sum(nil)), nil
}

// One flipped bit or one page of zeros in a closed workspace is seen when it is opened, or changes no answer. After a crash
// there is nothing to compare the file with: then what contradicts itself is seen, and a changed letter is not.
func TestDamageIsSeenOrChangesNoAnswer(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	if err := sample.Build(t.Context(), dir, now, "en"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "kontor.db")
	tries := 6
	if testing.Short() {
		tries = 2
	}
	sizes := []struct{ bytes, tries int }{{0, tries}}
	if os.Getenv("KONTOR_LONG") != "" {
		sizes = []struct{ bytes, tries int }{{0, 200}, {21 << 20, 200}, {500 << 20, 10}}
	}
	for _, size := range sizes {
		t.Run(fmt.Sprint(size.bytes>>20, " MB more"), func(t *testing.T) {
			grow(t, file, size.bytes)
			harm(t, file, size.tries)
		})
	}
}

// harm opens copies of a closed workspace after one bit or one page of each was changed.
func harm(t *testing.T, file string, tries int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kontor.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	closed, err := os.ReadFile(file + ".closed")
	if err != nil {
		t.Fatal(err)
	}
	for _, crashed := range []bool{false, true} {
		for _, pages := range []bool{false, true} {
			count := map[string]int{}
			var right string
			for seed := range tries + 1 {
				r := rand.New(rand.NewPCG(uint64(seed), uint64(len(whole))))
				damaged := append([]byte{}, whole...)
				if seed > 0 { // the first is whole
					if at := r.IntN(len(damaged)); pages {
						clear(damaged[at/4096*4096 : (at/4096+1)*4096])
					} else {
						damaged[at] ^= 1 << r.IntN(8)
					}
				}
				anew(t, path, damaged)
				if !crashed {
					if err := os.WriteFile(path+".closed", closed, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				got := opens(t, path, &right)
				count[got]++
				if got == "unseen" && !crashed || got == "contradicts itself" || strings.HasPrefix(got, "unnamed") {
					t.Errorf("%d bytes, seed %d, pages %v, crashed %v: %s", len(whole), seed, pages, crashed, got)
				}
			}
			t.Logf("%d MB, pages of zeros %v, after a crash %v: %v", len(whole)>>20, pages, crashed, count)
		}
	}
}

// anew writes a file into a folder of its own, where nothing of the one before is left.
func anew(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := errors.Join(os.RemoveAll(filepath.Dir(path)), os.Mkdir(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
		t.Fatal(err)
	}
}

// opens tells what becomes of a file: refused, warned about, without effect, or unseen.
func opens(t *testing.T, path string, right *string) string {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		if fault.CodeOf(err) == fault.Internal || fault.ReasonOf(err) == "" {
			return "unnamed: " + err.Error()
		}
		return "refused"
	}
	defer func() { _ = db.Close() }()
	if !db.State().Checked {
		if err := db.Check(t.Context()); err != nil {
			return "refused"
		}
	}
	got, err := answers(t, db)
	switch {
	case err != nil:
		return "contradicts itself"
	case *right == "":
		*right = got
		return "whole"
	case got == *right:
		return "no effect"
	case !db.State().Altered.IsZero():
		return "warned"
	}
	return "unseen"
}

// grow adds rows until the file has a size.
func grow(t *testing.T, file string, size int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *sqlite.Tx) error {
		for i := range size / 256 {
			if _, err := tx.Exec("INSERT INTO setting (account_id, name, value) VALUES (?, ?, ?)", fmt.Sprint(i%97), fmt.Sprint("name ", size, " ", i), strings.Repeat("word ", 30)); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
