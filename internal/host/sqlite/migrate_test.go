package sqlite

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"kontor/internal/core/fault"
)

// at creates a database of an older schema, with a person in it.
func at(t *testing.T, path string, version int64) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	p, err := pool(path, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	goose, err := provider(p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := goose.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('o', 'Studio Ponteri SA', 'CHF', 1, 1)`,
		`INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
			VALUES ('a', 'Elena', 'Bernasconi', 'elena@ponteri.example', 'elena@ponteri.example', 'it', 1, 1)`,
		`INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('o', 'a', 'legal_representative', 1)`,
		`INSERT INTO session (id, account_id, secret_hash, organization_id, method, first_seen, last_active) VALUES ('s', 'a', x'00', 'o', 'password', 1, 1)`,
		`INSERT INTO setting (account_id, name, value) VALUES ('a', 'theme', 'dark')`,
		`INSERT INTO sealed (place, row, field, box, updated_at) VALUES ('p', 'r', 'f', x'0102', 1)`,
	} {
		if _, err := p.Exec(statement); err != nil {
			t.Fatalf("schema %d: %v", version, err)
		}
	}
}

func versions(t *testing.T) []int64 {
	t.Helper()
	path := newPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := pool(path, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	goose, err := provider(db)
	if err != nil {
		t.Fatal(err)
	}
	var list []int64
	for _, s := range goose.ListSources() {
		list = append(list, s.Version)
	}
	return list
}

func TestEveryOlderSchemaIsBroughtUpToDate(t *testing.T) {
	list := versions(t)
	latest, err := Latest()
	if err != nil || latest != list[len(list)-1] {
		t.Fatalf("latest %d of %v, %v", latest, list, err)
	}
	if testing.Short() {
		list = list[len(list)-3:]
	}
	for _, version := range list {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			path := newPath(t)
			at(t, path, version)
			for start := range 3 { // the second and third change nothing
				db := open(t, path)
				for _, table := range []string{"organization", "account", "member", "session", "setting", "sealed"} {
					if n := count(t, db, "SELECT count(*) FROM "+table); n != 1 {
						t.Errorf("start %d: %d rows in %s", start, n, table)
					}
				}
				if n := count(t, db, "SELECT max(version_id) FROM goose_db_version"); int64(n) != latest {
					t.Errorf("start %d: schema %d", start, n)
				}
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
			copies, err := Copies(filepath.Join(filepath.Dir(path), "copies"))
			if err != nil {
				t.Fatal(err)
			}
			if version == latest {
				if len(copies) != 0 {
					t.Errorf("copied without need: %v", copies)
				}
				return
			}
			if len(copies) != 1 {
				t.Fatalf("copies: %v", copies)
			}
			p, err := readOnlyPool(filepath.Join(filepath.Dir(path), "copies", copies[0].Name))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = p.Close() }()
			if n, err := One(t.Context(), p, Value[int64], "SELECT max(version_id) FROM goose_db_version"); err != nil || n != version {
				t.Errorf("the copy has schema %d, %v", n, err)
			}
		})
	}
}

// A file may have a migration with a large number and lack one with a smaller number that was written later.
func TestAMigrationWrittenLaterWithASmallerNumberIsApplied(t *testing.T) {
	path := newPath(t)
	db := open(t, path)
	change(t, db, "DROP TABLE notice")
	change(t, db, "DELETE FROM goose_db_version WHERE version_id = 211")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, path)
	if n := count(t, db, "SELECT count(*) FROM sqlite_schema WHERE name = 'notice'"); n != 1 {
		t.Errorf("%d tables of the migration that was missing", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// Whatever number a migration has, a program that does not know it is the older one.
func TestNewerSchemaIsRefusedAndUntouched(t *testing.T) {
	for _, version := range []int{2, 342, 99999} {
		path := newPath(t)
		db := open(t, path)
		change(t, db, fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, 1)", version))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		wantUntouched(t, path, fault.Conflict, ReasonNewer)
	}
}

// One flipped bit in a version of the schema is told from a file that a newer program has written.
func TestAFlippedBitOfASchemaVersionIsDamage(t *testing.T) {
	known, err := known()
	if err != nil {
		t.Fatal(err)
	}
	whole := append([]int64{0}, known...)
	if current, err := judge(whole, known); !current || err != nil {
		t.Fatal(current, err)
	}
	for i := range whole {
		for bit := range 63 {
			flipped := slices.Clone(whole)
			flipped[i] ^= 1 << bit
			if _, err := judge(flipped, known); fault.ReasonOf(err) != ReasonDamaged {
				t.Errorf("%d instead of %d: %v", flipped[i], whole[i], err)
			}
		}
	}
	path := newPath(t)
	db := open(t, path)
	change(t, db, "UPDATE goose_db_version SET version_id = version_id + 16384 WHERE version_id = 100")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantUntouched(t, path, fault.Unavailable, ReasonDamaged)
}

// A program that lacks any one of today's migrations is older than a workspace that has them all.
func TestEveryOlderProgramRefusesTodaysWorkspace(t *testing.T) {
	path := newPath(t)
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	all := migrations
	t.Cleanup(func() { migrations = all })
	entries, err := fs.ReadDir(all(), ".")
	if err != nil || len(entries) < 20 {
		t.Fatal(len(entries), err)
	}
	for _, missing := range entries {
		older := fstest.MapFS{}
		for _, e := range entries {
			if e.Name() != missing.Name() {
				text, err := fs.ReadFile(all(), e.Name())
				if err != nil {
					t.Fatal(err)
				}
				older[e.Name()] = &fstest.MapFile{Data: text}
			}
		}
		migrations = func() fs.FS { return older }
		wantUntouched(t, path, fault.Conflict, ReasonNewer)
	}
}

// wantUntouched opens the file twice, wants it refused, and not a byte of it changed.
func wantUntouched(t *testing.T, path string, code fault.Code, reason string) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		db, err := Open(t.Context(), path, Options{})
		if err == nil {
			_ = db.Close()
		}
		wantFault(t, err, code, reason)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed (%v)", err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		switch e.Name() {
		case "kontor.db", "kontor.db.lock", "kontor.db-shm", "kontor.db.closed":
		case "kontor.db-wal": // who reads a file in this mode makes an empty one
			if info.Size() != 0 {
				t.Errorf("a journal of %d bytes", info.Size())
			}
		default:
			t.Errorf("left beside it: %s", e.Name())
		}
	}
}

func TestDamagedFileIsRefusedAndUntouched(t *testing.T) {
	path := newPath(t)
	db := open(t, path)
	change(t, db, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
		INSERT INTO setting (account_id, name, value) SELECT i, 'name ' || i, 'value' FROM n`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	middle := bytes.Clone(whole)
	for i := len(middle) / 2; i < len(middle)/2+8192; i++ {
		middle[i] = 0xa5
	}
	// altered is a file whose schema versions were changed behind its back.
	altered := func(statement string) []byte {
		path := newPath(t)
		at(t, path, 1)
		p, err := pool(path, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Exec(statement); err != nil {
			t.Fatal(err)
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	for name, content := range map[string][]byte{
		"text":                  bytes.Repeat([]byte("not a database. "), 1000),
		"one byte":              {'x'},
		"zeros":                 make([]byte, 8192),
		"another magic":         append([]byte("SQLite format 4\x00"), whole[16:]...),
		"cut in the middle":     whole[:len(whole)/2],
		"cut in the first page": whole[:1000],
		"a page overwritten":    middle,
		"somebody else's":       altered("DROP TABLE goose_db_version"),
		"a version taken back":  altered("UPDATE goose_db_version SET is_applied = 0 WHERE version_id = 1"),
		"a version of nonsense": altered("UPDATE goose_db_version SET is_applied = '2026-11-29 10:07:04' WHERE version_id = 1"),
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600)); err != nil {
				t.Fatal(err)
			}
			wantUntouched(t, path, fault.Unavailable, ReasonDamaged)
		})
	}
}

func TestWaitingForAnotherProgramEnds(t *testing.T) {
	path := newPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	unlock, err := lockFile(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = Open(ctx, path, Options{})
	wantFault(t, err, fault.Canceled, "")
}

func TestRestore(t *testing.T) {
	path := newPath(t)
	dir := filepath.Join(filepath.Dir(path), "copies")
	at(t, path, versions(t)[0])
	db := open(t, path) // copies it first
	change(t, db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'later', '')")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	damaged := []byte("damaged beyond repair")
	for _, part := range []string{"", "-wal"} {
		if err := os.WriteFile(path+part, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	broken := "before-update-20260101T000000.000.db"
	if err := os.WriteFile(filepath.Join(dir, broken), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, filepath.Join(dir, "before-update-20260102T000000.000.db")); err != nil {
		t.Fatal(err)
	}
	copies, err := Copies(dir)
	if err != nil || len(copies) != 2 || copies[1].Name != broken || copies[1].Size != int64(len(damaged)) {
		t.Fatalf("%+v, %v", copies, err)
	}
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, name := range []string{
		"", ".", "..", "../kontor.db", "/etc/passwd", "copies/" + copies[0].Name, copies[0].Name + "\x00", "kontor.db", "a\\b.db",
		"before-update-20260102T000000.000.db", "before-update-20260103T000000.000.db",
	} {
		wantFault(t, Restore(t.Context(), dir, name, path, now), fault.NotFound, "copy")
	}
	wantFault(t, Restore(t.Context(), dir, broken, path, now), fault.Unavailable, ReasonDamaged)
	if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, damaged) {
		t.Fatalf("a copy that is refused touches the file (%v)", err)
	}
	if err := Restore(t.Context(), dir, copies[0].Name, path, now); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"", "-wal"} {
		if b, err := os.ReadFile(path + ".before-restore-20261120T120000.000" + part); err != nil || !bytes.Equal(b, damaged) {
			t.Errorf("the former file%s was not kept (%v)", part, err)
		}
	}
	db = open(t, path)
	if n := count(t, db, "SELECT count(*) FROM setting"); n != 1 { // the one of before the copy
		t.Errorf("%d rows", n)
	}
	if left, err := filepath.Glob(path + ".restoring*"); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if none, err := Copies(filepath.Join(t.TempDir(), "none")); err != nil || none == nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}
