package mirror

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// newestEvent is from when the activity of a drive is asked: a day before the newest that was kept when the walk began, for
// events are told late. Zero: nothing was read yet.
func newestEvent(ctx context.Context, q sqlite.Queryer, account, drive string) (time.Time, error) {
	read, err := sqlite.One(ctx, q, sqlite.Value[int64], `SELECT coalesce(max(read_at), 0) FROM mirror_area WHERE account_id = ?
		AND area = 'activities' AND remote_account = ?`, account, drive)
	if err != nil || read == 0 { // a first walk that was cut goes on to the beginning
		return time.Time{}, err
	}
	newest, err := sqlite.One(ctx, q, sqlite.Value[int64], `SELECT coalesce(max(at), 0) FROM mirror_event WHERE account_id = ? AND drive = ?
		AND at <= ?`, account, drive, read)
	if err != nil || newest == 0 {
		return time.Time{}, err
	}
	return sqlite.Time(newest).Add(-24 * time.Hour), nil
}

// perMilli is how many numbers of events a millisecond has.
const perMilli = 1024

// atOnce is how many events one transaction keeps: whoever else wants to write meanwhile waits for no more of them.
const atOnce = 200

// putAhead keeps the events of a page but for the last, which are kept with where the walk goes on. A page that was cut in
// between is read once more: what is kept of it is kept once.
func (s *Service) putAhead(ctx context.Context, c connection, drive string, p *sheet) error {
	slices.SortStableFunc(p.events, func(a, b Event) int { return a.At.Compare(b.At) }) // the text index begins a segment wherever numbers fall
	for len(p.events) > atOnce {
		if err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
			if _, err := s.still(ctx, tx, c); err != nil {
				return err
			}
			fresh, err := putEvents(ctx, tx, c.account, drive, p.events[:atOnce])
			p.fresh += fresh
			return err
		}); err != nil {
			return err
		}
		p.events, p.ahead = p.events[atOnce:], p.ahead+atOnce
	}
	return nil
}

// putEvents keeps events, the oldest first, that are not kept yet and tells how many those are.
func putEvents(ctx context.Context, tx *sqlite.Tx, account, drive string, events []Event) (fresh int, err error) {
	if len(events) == 0 {
		return 0, nil
	}
	// Numbers follow time, so that a search finds the newest without looking at all. Infomaniak tells seconds.
	event, err := tx.PrepareContext(ctx, `INSERT INTO mirror_event (id, account_id, drive, remote_id, at, action, actor, path, before, file, source, place)
		VALUES ((SELECT coalesce(max(id) + 1, ?1) FROM mirror_event WHERE id BETWEEN ?1 AND ?2),?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)
		ON CONFLICT (account_id, drive, remote_id) DO NOTHING`)
	if err != nil {
		return 0, err
	}
	defer func() { _ = event.Close() }()
	index, err := tx.PrepareContext(ctx, "INSERT INTO mirror_event_text (rowid, words) VALUES (?, ?)")
	if err != nil {
		return 0, err
	}
	defer func() { _ = index.Close() }()
	for _, e := range events {
		first := msOf(e.At) * perMilli
		r, err := event.ExecContext(ctx,
			first, first+1000*perMilli-1, account, drive, e.ID, msOf(e.At), e.Action, e.Actor, e.Path, e.Before, e.File, e.Source, e.Place)
		if err != nil {
			return fresh, err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			if err != nil {
				return fresh, err
			}
			continue
		}
		id, err := r.LastInsertId()
		if err != nil {
			return fresh, err
		}
		if _, err := index.ExecContext(ctx, id, wordsOf(e)); err != nil {
			return fresh, err
		}
		fresh++
	}
	_, err = tx.ExecContext(ctx, "UPDATE mirror_drive SET events = events + ? WHERE account_id = ? AND drive = ?", fresh, account, drive)
	return fresh, err
}

// EventQuery narrows events down. Zero values do not.
type EventQuery struct {
	Drive  string
	Text   string
	From   time.Time
	Until  time.Time // not included
	Before int64     // the number of the last event of the page before
	Limit  int       // 1 to 200
}

// Happened is an event of a drive, as another part of the program shows it.
type Happened struct {
	Number int64 // for EventQuery.Before
	Drive  string
	Event
}

// nearby is how many of the newest events are looked through before the index is asked: a common word is among them as often
// as a page needs it, and of a rare one the index is quick.
const nearby = 1000

// Events are the events of the drives of whoever acts, newest first.
func (s *Service) Events(ctx context.Context, q EventQuery) ([]Happened, error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return nil, err
	}
	q.Limit = min(max(q.Limit, 1), 200)
	words := searched(q.Text)
	if len(words) == 0 {
		return s.events(ctx, actor.AccountID, q, nil, q.Limit)
	}
	found := []Happened{}
	near, err := s.events(ctx, actor.AccountID, q, nil, nearby)
	if err != nil {
		return nil, err
	}
	for _, h := range near {
		if fits(h.Event, words) {
			found = append(found, h)
		}
	}
	if len(found) >= q.Limit || len(near) < nearby {
		return found[:min(len(found), q.Limit)], nil
	}
	q.Before = near[len(near)-1].Number
	rest, err := s.events(ctx, actor.AccountID, q, words, q.Limit-len(found))
	return append(found, rest...), err
}

// searched are the words that are looked for, as the index has them.
func searched(typed string) []string { return strings.FieldsFunc(text.Spaced(text.Fold(typed)), apart) }

// apart are the signs between the words of the index, which keeps no places: a word of its query must not fall into two.
func apart(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.N, unicode.Co) || unicode.Is(since, r)
}

// since are letters that were marks when the tables of SQLite's tokenizer were made.
var since = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x19b0, Hi: 0x19c0, Stride: 1}, {Lo: 0x19c8, Hi: 0x19c9, Stride: 1}, {Lo: 0x1cf2, Hi: 0x1cf3, Stride: 1}}}

// wordsOf is what an event is found by.
func wordsOf(e Event) string {
	return text.Spaced(text.Fold(strings.Join([]string{e.Action, e.Actor, e.Path, e.Before, e.Source, e.Place}, "\n")))
}

// fits tells whether each word is the beginning of one of an event's.
func fits(e Event, words []string) bool {
	has := strings.FieldsFunc(wordsOf(e), apart)
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(has, func(h string) bool { return strings.HasPrefix(h, w) })
	})
}

// events are those that the index has for words, or all.
func (s *Service) events(ctx context.Context, account string, q EventQuery, words []string, limit int) ([]Happened, error) {
	from, where, args, order := "mirror_event e", []string{"e.account_id = ?"}, []any{account}, "e.at DESC, e.id DESC"
	if len(words) > 0 {
		match := make([]string, len(words))
		for i, w := range words {
			match[i] = `"` + strings.ReplaceAll(w, `"`, `""`) + `"*`
		}
		from, order = "mirror_event_text t CROSS JOIN mirror_event e ON e.id = t.rowid", "t.rowid DESC"
		where, args = append(where, "t.mirror_event_text MATCH ?"), append(args, strings.Join(match, " "))
	}
	if q.Drive != "" {
		where, args = append(where, "e.drive = ?"), append(args, q.Drive)
	}
	if !q.From.IsZero() {
		where, args = append(where, "e.at >= ?"), append(args, sqlite.Millis(q.From))
	}
	if !q.Until.IsZero() {
		where, args = append(where, "e.at < ?"), append(args, sqlite.Millis(q.Until))
	}
	if q.Before > 0 {
		where, args = append(where, "e.at <= ?", "e.id < ?"), append(args, q.Before/perMilli, q.Before)
	}
	args = append(args, limit)
	return sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (h Happened, err error) {
		var at int64
		err = r.Scan(&h.Number, &h.Drive, &h.ID, &at, &h.Action, &h.Actor, &h.Path, &h.Event.Before, &h.File, &h.Source, &h.Place)
		h.At = sqlite.Time(at)
		return h, err
	}, `SELECT e.id, e.drive, e.remote_id, e.at, e.action, e.actor, e.path, e.before, e.file, e.source, e.place FROM `+from+
		" WHERE "+strings.Join(where, " AND ")+" ORDER BY "+order+" LIMIT ?", args...)
}
