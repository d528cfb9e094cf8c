package mirror

import (
	"context"
	"strings"
	"time"

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

// putEvents keeps events that are not kept yet and tells how many those are.
func putEvents(ctx context.Context, tx *sqlite.Tx, account, drive string, events []Event) (fresh int, err error) {
	for _, e := range events {
		r, err := tx.ExecContext(ctx, `INSERT INTO mirror_event (account_id, drive, remote_id, at, action, actor, path, before, file, source, place)
			VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
			account, drive, e.ID, msOf(e.At), e.Action, e.Actor, e.Path, e.Before, e.File, e.Source, e.Place)
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
		words := text.Spaced(text.Fold(strings.Join([]string{e.Action, e.Actor, e.Path, e.Before, e.Source, e.Place}, "\n")))
		if _, err := tx.ExecContext(ctx, "INSERT INTO mirror_event_text (rowid, words) VALUES (?, ?)", id, words); err != nil {
			return fresh, err
		}
		fresh++
	}
	return fresh, nil
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

// Events are the events of the drives of whoever acts, newest first.
func (s *Service) Events(ctx context.Context, q EventQuery) ([]Happened, error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return nil, err
	}
	from, where, args := "mirror_event e", []string{"e.account_id = ?"}, []any{actor.AccountID}
	if words := strings.Fields(text.Spaced(text.Fold(q.Text))); len(words) > 0 {
		match := make([]string, len(words))
		for i, w := range words {
			match[i] = `"` + strings.ReplaceAll(w, `"`, `""`) + `"*`
		}
		from = "mirror_event_text t CROSS JOIN mirror_event e ON e.id = t.rowid"
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
		where, args = append(where, "(e.at, e.id) < (SELECT b.at, b.id FROM mirror_event b WHERE b.id = ?)"), append(args, q.Before)
	}
	args = append(args, min(max(q.Limit, 1), 200))
	return sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (h Happened, err error) {
		var at int64
		err = r.Scan(&h.Number, &h.Drive, &h.ID, &at, &h.Action, &h.Actor, &h.Path, &h.Before, &h.File, &h.Source, &h.Place)
		h.At = sqlite.Time(at)
		return h, err
	}, `SELECT e.id, e.drive, e.remote_id, e.at, e.action, e.actor, e.path, e.before, e.file, e.source, e.place FROM `+from+
		" WHERE "+strings.Join(where, " AND ")+" ORDER BY e.at DESC, e.id DESC LIMIT ?", args...)
}
