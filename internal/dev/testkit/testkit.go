// Package testkit gives tests the real thing, small: a database in a file of its own, a clock that stands still until
// it is told to move, and contexts that carry an actor.
package testkit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Clock is a clock for tests.
type Clock struct {
	mu sync.Mutex
	t  time.Time
}

// NewClock stands at noon UTC on Friday, 20 November 2026.
func NewClock() *Clock { return &Clock{t: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)} }

// Now returns the moment at which the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// Advance moves the clock; back, too, if d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// migrated is the file of an empty database. Making one takes long enough to be done once for all tests of a package.
var migrated = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "kontor-test-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "kontor.db")
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil { // puts everything into the one file
		return nil, err
	}
	return os.ReadFile(path)
})

// EmptyDB writes the file of an empty, migrated database.
func EmptyDB(t testing.TB, path string) {
	t.Helper()
	file, err := migrated()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// NewDB opens a migrated database in a file of the test's own folder, with countable ids ("id-1", "id-2" …).
func NewDB(t testing.TB, clock *Clock) *sqlite.DB {
	t.Helper()
	if clock == nil {
		clock = NewClock()
	}
	path := filepath.Join(t.TempDir(), "kontor.db")
	EmptyDB(t, path)
	n := 0
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{
		Now:   clock.Now,
		NewID: func() string { n++; return fmt.Sprintf("id-%d", n) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// As returns a context in which a person of that role acts in organization "org-1".
func As(t testing.TB, role access.Role, grants ...access.Capability) context.Context {
	t.Helper()
	return access.With(t.Context(), access.Actor{
		AccountID: "account-1", SessionID: "session-1", OrganizationID: "org-1", Role: role, Grants: grants,
	})
}

// Keeper returns a context in which the legal representative of "org-1" acts, who keeps the workspace too.
func Keeper(t testing.TB) context.Context {
	t.Helper()
	actor := access.From(As(t, access.LegalRepresentative))
	actor.Keeper = true
	return access.With(t.Context(), actor)
}

// Seed puts an organization "org-1" (CHF) with the legal representative "account-1" into the database.
func Seed(t testing.TB, db *sqlite.DB) {
	t.Helper()
	Exec(t, db, `INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES ('org-1', 'Studio Ponteri SA', 'CHF', 0, 0)`)
	Exec(t, db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
		VALUES ('account-1', 'Elena', 'Bernasconi', 'elena@ponteri.example', 'elena@ponteri.example', 'en', 0, 0)`)
	Exec(t, db, `INSERT INTO member (organization_id, account_id, role, joined_at) VALUES ('org-1', 'account-1', 'legal_representative', 0)`)
}

// Exec runs a statement and fails the test if it fails.
func Exec(t testing.TB, db *sqlite.DB, query string, args ...any) {
	t.Helper()
	err := db.Write(context.Background(), func(tx *sqlite.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// Count is the number that a query answers.
func Count(t testing.TB, db *sqlite.DB, query string, args ...any) int {
	t.Helper()
	n, err := sqlite.One(context.Background(), db.Reader(), sqlite.Value[int], query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// Journal is a Recorder that keeps what it was told.
type Journal struct{ Entries []audit.Entry }

// Record keeps the entry.
func (j *Journal) Record(_ context.Context, _ *sqlite.Tx, e audit.Entry) error {
	j.Entries = append(j.Entries, e)
	return nil
}
