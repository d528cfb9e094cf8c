// Package sqlite opens the workspace's database and hands out transactions. It promises that every connection has the
// same pragmas, that there is one writer, that work to be done after a commit is done only then, and that a file which
// it cannot trust is left untouched.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"kontor/internal/core/fault"
)

// pragmas stand in the DSN because a pool forgets them; busy_timeout comes first, WAL may have to wait for it. The cache
// is as large as the part of a big journal's text index that one search reads; it is taken only as it fills.
const pragmas = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)" +
	"&_pragma=secure_delete(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-16384)&_txlock=immediate"

const readers = 4

// Options configure Open. The zero value is right for the application.
type Options struct {
	Now   func() time.Time // the clock; time.Now when nil
	NewID func() string    // identifiers of new records; random UUIDs (version 7) when nil
	// Copies is where the file is copied to before it is migrated; "copies" beside the file when empty.
	Copies string
	// NoWAL opens a file on a disk that several computers share: no write-ahead log, which only works within one.
	NoWAL bool
	// Look opens a file of which nothing but the tables of these names can be changed; see ReasonLook. The file should be a
	// copy of the person's: it is brought up to date like any other.
	Look []string
}

// DB is the open database: a pool that reads and one connection that writes.
type DB struct {
	path      string
	copies    string // folder
	read      *sql.DB
	write     *sql.DB
	now       func() time.Time
	newID     func() string
	state     State
	file      os.FileInfo  // as it was opened; nil on a disk of other computers, which may number its files anew
	doubted   atomic.Bool  // no mark is left of how it was closed
	keeping   sync.Mutex   // one copy at a time
	copySpace atomic.Int64 // bytes
	watch     atomic.Pointer[func()]
}

// Open opens the database at path, creates it if there is none, and brings its schema up to date. The schema changes
// under a lock that other programs respect, and only after the file has been copied.
// Errors: Conflict/ReasonNewer, Unavailable/ReasonDamaged, Unavailable/ReasonEmpty, Unavailable/ReasonFolder,
// Unavailable/ReasonBusy, Unavailable/ReasonNoWrite, Unavailable/ReasonFull, Unavailable/ReasonDisk, Unavailable/ReasonNotUpdated.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	}
	if o.Copies == "" {
		o.Copies = filepath.Join(filepath.Dir(path), "copies")
	}
	state, err := migrate(ctx, path, o)
	if err != nil {
		return nil, classify(err)
	}
	db := &DB{path: path, copies: o.Copies, now: o.Now, newID: o.NewID, state: state}
	if !o.NoWAL {
		if db.file, err = os.Stat(path); err != nil {
			return nil, classify(err)
		}
	}
	db.copySpace.Store(CopySpace)
	if db.read, err = connect(path, readers, o.pragmas()); err != nil {
		return nil, classify(err)
	}
	if db.write, err = connect(path, 1, o.pragmas()); err != nil {
		_ = db.read.Close()
		return nil, classify(err)
	}
	for _, p := range []*sql.DB{db.read, db.write} {
		if err := p.PingContext(ctx); err != nil {
			_ = db.close()
			return nil, classify(err)
		}
	}
	if o.Look != nil {
		if err := db.onlyLook(ctx, o.Look); err != nil {
			_ = db.close()
			return nil, classify(err)
		}
	}
	_ = os.Remove(path + markEnding) // from here on it says nothing about the file any more
	return db, nil
}

func (o Options) pragmas() string {
	p := pragmas + "&mode=rw"
	if o.NoWAL {
		return strings.Replace(p, "journal_mode(WAL)", "journal_mode(DELETE)", 1)
	}
	return p
}

// onlyLook lets the schema refuse every change but those to some tables.
func (db *DB) onlyLook(ctx context.Context, but []string) error {
	counted, err := db.Rows(ctx)
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *Tx) error {
		for table := range counted {
			if slices.Contains(but, table) || strings.HasPrefix(table, "journal_text_") {
				continue
			}
			for _, act := range []string{"INSERT", "UPDATE", "DELETE"} {
				if _, err := tx.ExecContext(ctx, fmt.Sprintf(`CREATE TRIGGER "look_%s_%s" BEFORE %s ON "%s" BEGIN SELECT RAISE(ABORT, '%s'); END`,
					table, strings.ToLower(act), act, table, onlyLooked)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// readOnlyPool reads a file and changes nothing in it, not even its journal mode (a copy has another).
func readOnlyPool(path string) (*sql.DB, error) {
	return connect(path, 1, "?mode=ro&_pragma=busy_timeout(5000)&_pragma=query_only(1)")
}

func connect(path string, size int, options string) (*sql.DB, error) {
	p, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+options)
	if err != nil {
		return nil, err
	}
	p.SetMaxOpenConns(size)
	p.SetMaxIdleConns(size)
	p.SetConnMaxIdleTime(0)
	return p, nil
}

// Path is where the database file lies.
func (db *DB) Path() string { return db.path }

// ID is the workspace's own, which was made with it: 32 hexadecimal digits, the same in every copy.
func (db *DB) ID(ctx context.Context) (string, error) {
	return One(ctx, db.read, Value[string], "SELECT id FROM workspace_identity")
}

// Now is the database's clock, cut to the millisecond that the tables keep.
func (db *DB) Now() time.Time { return db.now().UTC().Truncate(time.Millisecond) }

// Queryer reads rows: the read pool, or a transaction.
type Queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Reader is the read pool. It never waits for the writer.
func (db *DB) Reader() Queryer { return db.read }

// Tx is a writing transaction. Now is the moment of everything that is written in it.
type Tx struct {
	*sql.Tx
	Now   time.Time
	newID func() string
	after []func()
}

// NewID returns an identifier for a new record.
func (tx *Tx) NewID() string { return tx.newID() }

// AfterCommit has f called once the transaction is on disk; never if it is rolled back. Events, files and the keyring
// belong here.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Write runs fn in a writing transaction and commits it if fn returns nil. Transactions queue up: there is one writer
// in this process, and SQLite's own lock between processes.
func (db *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	sqlTx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return classify(err)
	}
	tx := &Tx{Tx: sqlTx, Now: db.Now(), newID: db.newID}
	defer func() { _ = sqlTx.Rollback() }() // after a commit this does nothing; after a panic it undoes
	err = fn(tx)
	if err == nil {
		err = db.inPlace()
	}
	if err == nil {
		err = sqlTx.Commit()
	}
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil { // rolled back because ctx had ended
		err = ctx.Err()
	}
	if err != nil {
		return classify(err)
	}
	for _, f := range tx.after {
		f()
	}
	if f := db.watch.Load(); f != nil {
		(*f)()
	}
	return nil
}

// View runs fn on one snapshot: everything that it reads is from the same moment.
func (db *DB) View(ctx context.Context, fn func(q Queryer) error) error {
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return classify(err)
	}
	defer func() { _ = tx.Rollback() }()
	return classify(fn(tx))
}

// EmptyLog writes the write-ahead log into the database and empties it, so that no older state of a page is left in any
// file. A reader in the way is waited for, but not for ever. Error: Unavailable/ReasonBusy; then the log still holds what
// it held.
func (db *DB) EmptyLog(ctx context.Context) error {
	var busy, frames, done int
	if err := db.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
		return classify(err)
	}
	if busy != 0 {
		return fault.Wrap(errors.New("sqlite: a reader keeps the log"), fault.Unavailable, ReasonBusy)
	}
	return nil
}

// Rewrite writes the whole file anew and empties the log: what was deleted is then in neither, nor in the gaps that
// moving rows about leaves in a page. Error: as EmptyLog.
func (db *DB) Rewrite(ctx context.Context) error {
	if _, err := db.write.ExecContext(ctx, "VACUUM"); err != nil {
		return classify(err)
	}
	return db.EmptyLog(ctx)
}

// CopyTo writes a whole, compact and checked copy of the database to a file that must not exist yet.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return classify(errors.Join(err, fs.ErrExist))
	}
	fresh := path + Unfinished
	if err := copyInto(ctx, db.read, fresh); err != nil {
		return err
	}
	return classify(errors.Join(os.Rename(fresh, path), syncDir(dirOf(path))))
}

// Row is one row of a result.
type Row interface{ Scan(dest ...any) error }

// All returns every row of a query; never a nil slice.
func All[T any](ctx context.Context, q Queryer, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, classify(err)
	}
	defer func() { _ = rows.Close() }()
	list := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, classify(err)
		}
		list = append(list, v)
	}
	return list, classify(rows.Err())
}

// One returns the first row of a query; no row is fault.NotFound.
func One[T any](ctx context.Context, q Queryer, scan func(Row) (T, error), query string, args ...any) (T, error) {
	v, err := scan(q.QueryRowContext(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		var zero T
		return zero, fault.Wrap(err, fault.NotFound, "")
	}
	return v, classify(err)
}

// Changed is the outcome of a statement that must have changed a row: when it changed none, somebody else has changed or
// removed it meanwhile. Errors: Conflict/fault.ChangedMeanwhile.
func Changed(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := r.RowsAffected()
	if err == nil && n == 0 {
		err = fault.Changed()
	}
	return err
}

// Value scans a row of one column.
func Value[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// Millis is the form in which tables keep a moment: milliseconds since 1970, UTC.
func Millis(t time.Time) int64 { return t.UnixMilli() }

// Time is the reverse of Millis; 0 is the zero time.
func Time(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
