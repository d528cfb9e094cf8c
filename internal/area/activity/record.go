package activity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

var _ audit.Recorder = (*Service)(nil)

// Record adds an entry in the caller's transaction, at the transaction's moment, for the actor of the context.
func (s *Service) Record(ctx context.Context, tx *sqlite.Tx, e audit.Entry) error {
	actor := access.From(ctx)
	if e.AccountID == "" {
		e.AccountID = actor.AccountID
	}
	if e.OrganizationID == "" {
		e.OrganizationID = actor.OrganizationID
	}
	return s.append(ctx, tx, []Entry{{
		At: tx.Now, AccountID: e.AccountID, OrganizationID: e.OrganizationID, SessionID: actor.SessionID,
		Product: e.Product, Action: e.Action, Result: e.Result,
		ObjectID: e.ObjectID, ObjectName: e.ObjectName, PersonID: e.PersonID, Old: e.Old, New: e.New,
	}})
}

// Load adds many entries with moments of their own, oldest first, in one transaction: a year of sample data takes well
// under a second. It is for building a workspace; what other programs wrote comes in through Import.
func (s *Service) Load(ctx context.Context, tx *sqlite.Tx, entries []Entry) error {
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i].ImportID = ""
	}
	return s.append(ctx, tx, entries)
}

// append chains entries to the journal in the order of their moments.
func (s *Service) append(ctx context.Context, tx *sqlite.Tx, entries []Entry) error {
	w, err := s.writer(ctx, tx)
	if err != nil {
		return err
	}
	defer func() { _ = w.close() }()
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.At.Compare(b.At) })
	for i := range entries {
		if err := w.add(ctx, &entries[i]); err != nil {
			return fmt.Errorf("activity: add entry: %w", err)
		}
	}
	return w.finish(ctx)
}

// writer adds entries to the end of the chain. Entries come in the order of their moments: the text index would start
// a new segment for each that goes back in time.
type writer struct {
	tx       *sqlite.Tx
	reseal   func(ctx context.Context, tx *sqlite.Tx, seq int64, hash []byte) error
	values   *values
	keys     map[int64][]byte // of persons, by their number
	importNo map[string]int64
	seq      int64
	hash     []byte
	top      int64 // the largest id when the writer began
	moment   int64 // the first id of the moment at hand
	lastID   int64 // the last one of it that is taken

	statements map[string]*sql.Stmt
	rows       []any           // of the journal, up to several, in a row
	texts      [][]any         // for the text index
	words      map[string]bool // that the writer has listed, or is about to
	unlisted   []any
}

const (
	// several is how many rows are inserted at once: most of what a statement costs does not grow with its rows.
	several = 50
	// batch is after how many entries the text index gets its words. Between two statements that may fail, the text
	// index writes out what it has gathered; fed entry by entry it would write a segment for each.
	batch = 50_000
)

func (s *Service) writer(ctx context.Context, tx *sqlite.Tx) (*writer, error) {
	w := &writer{
		tx: tx, reseal: s.reseal, values: s.values.in(tx), keys: map[int64][]byte{}, importNo: map[string]int64{},
		statements: map[string]*sql.Stmt{}, words: map[string]bool{},
	}
	err := tx.QueryRowContext(ctx, "SELECT seq, hash, (SELECT coalesce(max(id), 0) FROM journal) FROM journal_head").
		Scan(&w.seq, &w.hash, &w.top)
	if err != nil {
		return nil, fmt.Errorf("activity: head of the journal: %w", err)
	}
	return w, nil
}

// prepared returns a statement that is prepared once.
func (w *writer) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if st := w.statements[query]; st != nil {
		return st, nil
	}
	st, err := w.tx.PrepareContext(ctx, query) // ends with the transaction, if not before
	if err == nil {
		w.statements[query] = st
	}
	return st, err
}

func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	st, err := w.prepared(ctx, query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx, args...)
	return err
}

func (w *writer) close() error {
	var err error
	for _, st := range w.statements {
		err = errors.Join(err, st.Close())
	}
	return err
}

func (w *writer) add(ctx context.Context, e *Entry) error {
	if err := complete(e); err != nil {
		return err
	}
	r, err := w.number(ctx, e)
	if err != nil {
		return err
	}
	if r.id, err = w.nextID(ctx, e.At); err != nil {
		return err
	}
	w.seq++
	r.seq, r.importNo = w.seq, nil
	if e.ImportID != "" {
		no := w.importNo[e.ImportID]
		r.importNo = &no
	}
	if r.before, r.after, err = w.box(ctx, r, e); err != nil {
		return err
	}
	w.hash = e.link(r).hash(w.hash)
	e.ID, e.Seq, e.Hash = r.id, r.seq, w.hash
	w.rows = append(w.rows, r.id, r.seq, r.organization, r.account, r.product, r.action, r.result, e.ObjectID, e.ObjectName,
		e.SessionID, r.person, r.before, r.after, r.importNo, w.hash)
	w.texts = append(w.texts, textOf(r, e))
	w.list(findable(e.ObjectName))
	if r.person == 0 {
		w.list(e.Old)
		w.list(e.New)
	}
	switch {
	case len(w.texts) == batch:
		return w.flush(ctx)
	case len(w.rows) == several*rowArgs:
		return w.insert(ctx)
	}
	return nil
}

// list notes the words of a text that everybody may find.
func (w *writer) list(text string) {
	wordsOf(text, func(word []byte) {
		if !w.words[string(word)] {
			w.words[string(word)] = true
			w.unlisted = append(w.unlisted, string(word))
		}
	})
}

// insert adds the rows since the last time to the journal.
func (w *writer) insert(ctx context.Context) error {
	if len(w.rows) == 0 {
		return nil
	}
	err := w.exec(ctx, insertEntries(len(w.rows)/rowArgs), w.rows...)
	w.rows = w.rows[:0]
	return err
}

// flush writes what has been gathered.
func (w *writer) flush(ctx context.Context) error {
	if err := w.insert(ctx); err != nil {
		return err
	}
	for _, args := range w.texts {
		if err := w.exec(ctx, insertText, args...); err != nil {
			return err
		}
	}
	w.texts = w.texts[:0]
	for some := range slices.Chunk(w.unlisted, several) {
		if err := w.exec(ctx, "INSERT OR IGNORE INTO journal_word (word) VALUES (?)"+strings.Repeat(", (?)", len(some)-1), some...); err != nil {
			return err
		}
	}
	folds := []any{}
	for _, word := range w.unlisted {
		for _, folded := range foldsOf(word.(string)) {
			folds = append(folds, folded, word)
		}
	}
	for some := range slices.Chunk(folds, 2*several) {
		if err := w.exec(ctx, "INSERT OR IGNORE INTO journal_fold (folded, word) VALUES (?, ?)"+strings.Repeat(", (?, ?)", len(some)/2-1), some...); err != nil {
			return err
		}
	}
	w.unlisted = w.unlisted[:0]
	return nil
}

// complete fills in what may be left out and cuts what is too long.
func complete(e *Entry) error {
	if e.Result == "" {
		e.Result = audit.OK
	}
	if e.Action == "" || e.Product == "" || resultNo[e.Result] == 0 {
		return fault.Wrap(fmt.Errorf("activity: incomplete entry %q %q %q", e.Action, e.Product, e.Result), fault.Internal, "")
	}
	e.At = e.At.UTC().Truncate(time.Millisecond)
	e.ObjectID, e.ObjectName = cut(e.ObjectID, MaxName), cut(e.ObjectName, MaxName)
	e.Old, e.New = cut(e.Old, MaxValue), cut(e.New, MaxValue)
	return nil
}

// nextID is the first free id at or after the moment.
func (w *writer) nextID(ctx context.Context, at time.Time) (int64, error) {
	first := max(firstID(at), 1)
	switch {
	case first == w.moment:
	case first > w.top:
		w.occupied(first, 0)
	default:
		taken, err := w.prepared(ctx, "SELECT coalesce(max(id), 0) FROM journal WHERE id >= ? AND id < ?")
		if err != nil {
			return 0, err
		}
		var last int64
		if err := taken.QueryRowContext(ctx, first, first+sameMoment).Scan(&last); err != nil {
			return 0, err
		}
		w.occupied(first, last)
	}
	if w.lastID++; w.lastID >= first+sameMoment {
		return 0, fault.New(fault.Conflict, "moment_full")
	}
	return w.lastID, nil
}

// occupied tells the writer the last id of a moment that is taken; 0 if none is.
func (w *writer) occupied(first, last int64) { w.moment, w.lastID = first, max(last, first-1) }

// box returns the two values as the journal keeps them.
func (w *writer) box(ctx context.Context, r row, e *Entry) (before, after []byte, err error) {
	if r.person == 0 || e.Old == "" && e.New == "" {
		return []byte(e.Old), []byte(e.New), nil
	}
	key, err := w.key(ctx, r.person)
	if err != nil {
		return nil, nil, err
	}
	if before, err = seal(key, r.id, boxBefore, e.Old); err != nil {
		return nil, nil, err
	}
	after, err = seal(key, r.id, boxAfter, e.New)
	return before, after, err
}

// key returns the person's key, and makes one for the first entry that needs it.
func (w *writer) key(ctx context.Context, person int64) ([]byte, error) {
	if key, ok := w.keys[person]; ok {
		return key, nil
	}
	key, err := sqlite.One(ctx, w.tx, sqlite.Value[[]byte], "SELECT key FROM journal_key WHERE person = ?", person)
	if fault.CodeOf(err) == fault.NotFound {
		key = newKey()
		_, err = w.tx.ExecContext(ctx, "INSERT INTO journal_key (person, key) VALUES (?, ?)", person, key)
	}
	if err != nil {
		return nil, err
	}
	w.keys[person] = key
	return key, nil
}

// finish moves the head of the chain to the last entry.
func (w *writer) finish(ctx context.Context) error {
	if err := w.flush(ctx); err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(ctx, "UPDATE journal_head SET seq = ?, hash = ? WHERE seq < ?", w.seq, w.hash, w.seq); err != nil {
		return err
	}
	return w.reseal(ctx, w.tx, w.seq, w.hash)
}
