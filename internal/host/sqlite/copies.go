package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/fault"
)

// Why a copy was made; its name begins so.
type Why string

// The occasions on which copies are made.
const (
	Daily          Why = "daily"
	Asked          Why = "asked" // by a person
	BeforeUpdate   Why = "before-update"
	BeforeRestore  Why = "before-restore"
	BeforeImport   Why = "before-import"
	BeforeDeletion Why = "before-deletion"
	AfterDeletion  Why = "after-deletion" // of a person's account: no copy from before may keep what was erased
)

// How many copies are kept, beside those that a person asked for: all of the last day, the last of each day and of each
// week.
const (
	keptDays  = 7
	keptWeeks = 4
	// KeptFor is how long a copy that nobody asked for can be there.
	KeptFor = keptWeeks * 7 * 24 * time.Hour
)

// CopySpace is how much room the copies may take if nobody says otherwise, in bytes. The last one is kept in any case.
const CopySpace = 2 << 30

// stamp is the moment in the names of copies, UTC.
const stamp = "20060102T150405.000"

// Unfinished is what the name of a copy ends in while it is written: it is in no list, whatever ends the program.
const Unfinished = ".part"

// copyName is how copies are called: why they were made, and when.
var copyName = regexp.MustCompile(`^([a-z]+(?:-[a-z]+)*)-(\d{8}T\d{6}\.\d{3})\.db$`)

// Copy is a copy of a database. It was whole and readable when it was made.
type Copy struct {
	Name string // of the file in its folder
	Why  Why
	At   time.Time
	Size int64 // bytes
}

// Copies lists the copies in a folder, newest first; none if there is no such folder.
func Copies(dir string) ([]Copy, error) {
	list := []Copy{}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	if err != nil {
		return nil, classify(err)
	}
	for _, e := range entries {
		parts := copyName.FindStringSubmatch(e.Name())
		if parts == nil || !e.Type().IsRegular() {
			continue
		}
		at, err := time.Parse(stamp, parts[2])
		if err != nil {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // removed meanwhile
		}
		list = append(list, Copy{Name: e.Name(), Why: Why(parts[1]), At: at, Size: info.Size()})
	}
	slices.SortFunc(list, func(a, b Copy) int { return b.At.Compare(a.At) })
	return list, nil
}

// Keep makes a copy of the database beside it, checks it as a whole, and removes those that are kept no longer. A state
// of which there is a copy already gets no second one: that one is returned, unless a person asked, and it would not be kept
// as long as hers. Errors: Unavailable/ReasonFull,
// ReasonNoWrite, ReasonDamaged and ReasonDisk; then nothing has changed.
func (db *DB) Keep(ctx context.Context, why Why) (Copy, error) {
	db.keeping.Lock()
	defer db.keeping.Unlock()
	c, err := keep(ctx, db.read, db.copies, why, db.now())
	if err != nil {
		return Copy{}, err
	}
	return c, tidy(db.copies, db.now(), db.copySpace.Load())
}

// LimitCopies says how much room the copies may take from now on, in bytes.
func (db *DB) LimitCopies(space int64) { db.copySpace.Store(space) }

// Copies lists the database's copies, newest first.
func (db *DB) Copies() ([]Copy, error) { return Copies(db.copies) }

// DropCopy removes a copy for good. NotFound if there is none of that name.
func (db *DB) DropCopy(name string) error {
	path, err := copyAt(db.copies, name)
	if err != nil {
		return err
	}
	return classify(errors.Join(os.Remove(path), syncDir(db.copies)))
}

// CopyFile is where a copy of the database lies. NotFound if there is none of that name.
func (db *DB) CopyFile(name string) (string, error) { return copyAt(db.copies, name) }

func copyAt(dir, name string) (string, error) {
	if !copyName.MatchString(name) {
		return "", fault.New(fault.NotFound, "copy")
	}
	path := filepath.Join(dir, name)
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", fault.Wrap(err, fault.NotFound, "copy")
	}
	return path, nil
}

// keep writes a copy into a folder.
func keep(ctx context.Context, p *sql.DB, dir string, why Why, now time.Time) (Copy, error) {
	before, err := Copies(dir)
	if err != nil {
		return Copy{}, err
	}
	name := fmt.Sprintf("%s-%s.db", why, now.UTC().Format(stamp))
	fresh := filepath.Join(dir, name) + Unfinished
	if err := copyInto(ctx, p, fresh); err != nil {
		return Copy{}, err
	}
	defer func() { _ = os.Remove(fresh) }() // unless it was renamed
	if len(before) > 0 && (why != Asked || before[0].Why == Asked) && alike(fresh, filepath.Join(dir, before[0].Name)) {
		return before[0], nil
	}
	if err := errors.Join(os.Rename(fresh, filepath.Join(dir, name)), syncDir(dir)); err != nil {
		return Copy{}, classify(err)
	}
	after, err := Copies(dir)
	at := slices.IndexFunc(after, func(c Copy) bool { return c.Name == name })
	if err != nil || at < 0 {
		return Copy{}, fault.Wrap(errors.Join(err, errors.New("sqlite: the copy is gone")), fault.Unavailable, ReasonDisk)
	}
	return after[at], nil
}

// copyInto writes a whole, compact copy to path, which is replaced, sees that it is on disk, and reads it back.
func copyInto(ctx context.Context, p *sql.DB, path string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return classify(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(path)
		}
	}()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600) // VACUUM INTO takes a file that is empty
	if err != nil {
		return classify(err)
	}
	if err := f.Close(); err != nil {
		return classify(err)
	}
	if err := roomFor(ctx, p, filepath.Dir(path)); err != nil {
		return err
	}
	if _, err := p.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return classify(err)
	}
	if err := syncFile(path); err != nil {
		return classify(err)
	}
	return check(ctx, path, fullCheck)
}

// spare is what is left free on a disk when a copy is written: the workspace itself must be able to grow.
const spare = 32 << 20

// roomFor refuses a copy that would fill the disk. Where the system does not tell how much is free, it is tried.
func roomFor(ctx context.Context, p *sql.DB, dir string) error {
	free, ok := freeSpace(dir)
	if !ok {
		return nil
	}
	need, err := One(ctx, p, Value[int64], "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size")
	if err != nil {
		return err
	}
	if free < need+min(need, spare) {
		return fault.Wrap(fmt.Errorf("sqlite: a copy of %d bytes, %d are free", need, free), fault.Unavailable, ReasonFull)
	}
	return nil
}

// alike tells whether two copies are of the same state: what VACUUM writes depends on nothing else.
func alike(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	if err != nil || x.Size() != y.Size() {
		return false
	}
	one, err := digest(a)
	if err != nil {
		return false
	}
	other, err := digest(b)
	return err == nil && one == other
}

func digest(path string) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return [sha256.Size]byte(h.Sum(nil)), err
}

// tidy removes what a crash left of unfinished copies, and the copies that are kept no longer.
func tidy(dir string, now time.Time, space int64) error {
	list, err := Copies(dir)
	if err != nil {
		return err
	}
	parts, _ := filepath.Glob(filepath.Join(dir, "*"+Unfinished)) // the pattern is well formed
	for _, part := range parts {
		_ = os.Remove(part)
	}
	for _, c := range superfluous(list, now, space) {
		if err := os.Remove(filepath.Join(dir, c.Name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return classify(err)
		}
	}
	return nil
}

// superfluous are the copies of a list, newest first, that are kept no longer. The newest is always kept. What a person
// asked for goes last, and only where the room is too small for it.
func superfluous(list []Copy, now time.Time, space int64) []Copy {
	days, weeks := map[string]bool{}, map[string]bool{}
	kept, gone := []Copy{}, []Copy{}
	for i, c := range list {
		day := c.At.UTC().Format(time.DateOnly)
		year, week := c.At.UTC().ISOWeek()
		inWeek := fmt.Sprint(year, "-", week)
		firstOfDay, firstOfWeek := !days[day] && len(days) < keptDays, !weeks[inWeek] && len(weeks) < keptWeeks
		if i == 0 || c.Why == Asked || now.Sub(c.At) < 24*time.Hour || firstOfDay || firstOfWeek {
			days[day], weeks[inWeek] = true, true
			kept = append(kept, c)
		} else {
			gone = append(gone, c)
		}
	}
	var total int64
	for _, c := range kept {
		total += c.Size
	}
	for _, asked := range []bool{false, true} {
		for i := len(kept) - 1; i > 0 && total > space; i-- {
			if c := kept[i]; (c.Why == Asked) == asked {
				total -= c.Size
				gone, kept = append(gone, c), slices.Delete(kept, i, i+1)
			}
		}
	}
	return gone
}

// Rows counts the rows of every table of a copy, by the table's name. The copy is only read.
func Rows(ctx context.Context, path string) (map[string]int64, error) {
	p, err := readOnlyPool(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = p.Close() }()
	return rows(ctx, p)
}

// Rows counts the rows of every table of the database, by the table's name.
func (db *DB) Rows(ctx context.Context) (map[string]int64, error) { return rows(ctx, db.read) }

func rows(ctx context.Context, q Queryer) (map[string]int64, error) {
	tables, err := All(ctx, q, Value[string], "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		return nil, err
	}
	counted := make(map[string]int64, len(tables))
	for _, table := range tables {
		n, err := One(ctx, q, Value[int64], `SELECT count(*) FROM "`+strings.ReplaceAll(table, `"`, `""`)+`"`)
		if err != nil {
			return nil, err
		}
		counted[table] = n
	}
	return counted, nil
}
