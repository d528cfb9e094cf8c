package mirror

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/paging"
	"kontor/internal/host/sqlite"
)

// connection is one row of mirror_connection.
type connection struct {
	account, user, name, email                             string
	state                                                  State
	reason                                                 string
	next, connected, tokenAt, used, frozen, complete, told time.Time
	asked                                                  time.Time
	background                                             bool
}

// noToken is why a connection is paused whose token cannot be had from the vault. The vault may open again: then it goes on.
const noToken = "vault"

// shut tells whether nothing can be asked before there is another token.
func (c connection) shut() bool { return c.state == Paused && c.reason != noToken }

const connectionColumns = `account_id, remote_user, remote_name, remote_email, state, reason, next_at, connected_at, token_at, used_at,
	frozen_at, last_complete_at, told_at, asked_at, background`

func scanConnection(r sqlite.Row) (c connection, err error) {
	var next, connected, token, used, frozen, complete, told, asked int64
	err = r.Scan(&c.account, &c.user, &c.name, &c.email, &c.state, &c.reason, &next, &connected, &token, &used, &frozen, &complete,
		&told, &asked, &c.background)
	c.next, c.connected, c.tokenAt, c.used = sqlite.Time(next), sqlite.Time(connected), sqlite.Time(token), sqlite.Time(used)
	c.frozen, c.complete, c.told, c.asked = sqlite.Time(frozen), sqlite.Time(complete), sqlite.Time(told), sqlite.Time(asked)
	return c, err
}

// connectionOf is an account's connection; NotFound if it has none.
func connectionOf(ctx context.Context, q sqlite.Queryer, account string) (connection, error) {
	return sqlite.One(ctx, q, scanConnection, "SELECT "+connectionColumns+" FROM mirror_connection WHERE account_id = ?", account)
}

func connections(ctx context.Context, q sqlite.Queryer) ([]connection, error) {
	return sqlite.All(ctx, q, scanConnection, "SELECT "+connectionColumns+" FROM mirror_connection WHERE state <> 'off' ORDER BY account_id")
}

func setState(ctx context.Context, tx *sqlite.Tx, account string, state State, reason string, next time.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET state = ?, reason = ?, next_at = ? WHERE account_id = ? AND state <> 'off'",
		state, reason, msOf(next), account)
	return err
}

// msOf is sqlite.Millis with 0 for the zero time.
func msOf(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return sqlite.Millis(t)
}

// verdict is one row of mirror_area.
type verdict struct {
	area, of, verdict, scopes, code, requestID, reason string
	http, seen, total, unreadable                      int
	checked, read, next, opened                        time.Time
}

const verdictColumns = `area, remote_account, verdict, scopes, http, code, request_id, reason, checked_at, read_at, next_at, opened_at, seen,
	total, unreadable`

func scanVerdict(r sqlite.Row) (v verdict, err error) {
	var checked, read, next, opened int64
	err = r.Scan(&v.area, &v.of, &v.verdict, &v.scopes, &v.http, &v.code, &v.requestID, &v.reason, &checked, &read, &next, &opened, &v.seen,
		&v.total, &v.unreadable)
	v.checked, v.read, v.next, v.opened = sqlite.Time(checked), sqlite.Time(read), sqlite.Time(next), sqlite.Time(opened)
	return v, err
}

func verdictOf(ctx context.Context, q sqlite.Queryer, account, area, of string) (verdict, error) {
	v, err := sqlite.One(ctx, q, scanVerdict, "SELECT "+verdictColumns+` FROM mirror_area WHERE account_id = ? AND area = ?
		AND remote_account = ?`, account, area, of)
	if fault.CodeOf(err) == fault.NotFound {
		return verdict{area: area, of: of, verdict: "waiting", total: -1}, nil
	}
	return v, err
}

func verdicts(ctx context.Context, q sqlite.Queryer, account string) ([]verdict, error) {
	return sqlite.All(ctx, q, scanVerdict, "SELECT "+verdictColumns+" FROM mirror_area WHERE account_id = ? ORDER BY area, remote_account", account)
}

func putVerdict(ctx context.Context, tx *sqlite.Tx, account string, v verdict) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO mirror_area (account_id, `+verdictColumns+`) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET verdict = excluded.verdict, scopes = excluded.scopes, http = excluded.http, code = excluded.code,
		request_id = excluded.request_id, reason = excluded.reason, checked_at = excluded.checked_at, read_at = excluded.read_at,
		next_at = excluded.next_at, opened_at = excluded.opened_at, seen = excluded.seen, total = excluded.total, unreadable = excluded.unreadable`,
		account, v.area, v.of, v.verdict, v.scopes, v.http, v.code, v.requestID, v.reason, msOf(v.checked), msOf(v.read), msOf(v.next),
		msOf(v.opened), v.seen, v.total, v.unreadable)
	return err
}

// walk is one row of mirror_cursor.
type walk struct {
	paging.List
	user, cursor   string
	generation     int64
	started, moved time.Time
}

func scanWalk(r sqlite.Row) (w walk, err error) {
	var started, moved int64
	err = r.Scan(&w.user, &w.generation, &w.cursor, &w.Pages, &w.Seen, &w.Total, &w.Lost, &started, &moved)
	w.started, w.moved = sqlite.Time(started), sqlite.Time(moved)
	return w, err
}

func walkOf(ctx context.Context, q sqlite.Queryer, account, area, of string) (walk, error) {
	return sqlite.One(ctx, q, scanWalk, `SELECT remote_user, generation, cursor, pages, seen, total, unreadable, started_at, moved_at
		FROM mirror_cursor WHERE account_id = ? AND area = ? AND remote_account = ?`, account, area, of)
}

func putWalk(ctx context.Context, tx *sqlite.Tx, account, area, of string, w walk) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO mirror_cursor (account_id, area, remote_account, remote_user, generation, cursor,
		pages, seen, total, unreadable, started_at, moved_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
		account, area, of, w.user, w.generation, w.cursor, w.Pages, w.Seen, w.Total, w.Lost, msOf(w.started), msOf(w.moved))
	return err
}

func dropWalk(ctx context.Context, tx *sqlite.Tx, account, area, of string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM mirror_cursor WHERE account_id = ? AND area = ? AND remote_account = ?", account, area, of)
	return err
}

func nextGeneration(ctx context.Context, tx *sqlite.Tx, account string) (int64, error) {
	return sqlite.One(ctx, tx, sqlite.Value[int64], `UPDATE mirror_connection SET generation = generation + 1 WHERE account_id = ?
		RETURNING generation`, account)
}

// kept is a row as it is shown.
type kept[T any] struct {
	id, of, name, ends string
	first, gone        time.Time
	is                 T
}

// rowsOf are the rows of an area, whole if it was ever read as a whole, else what a walk has brought so far; of all walks if
// of is "*". Those that are gone come too.
func rowsOf[T any](ctx context.Context, q sqlite.Queryer, account, area, of string) ([]kept[T], error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (k kept[T], err error) {
		var fields string
		var first, gone int64
		if err = r.Scan(&k.of, &k.id, &k.name, &k.ends, &fields, &first, &gone); err != nil {
			return k, err
		}
		k.first, k.gone = sqlite.Time(first), sqlite.Time(gone)
		return k, json.Unmarshal([]byte(fields), &k.is)
	}, `SELECT remote_account, remote_id, name, ends_on, fields, first_at, gone_at FROM mirror_row
		WHERE account_id = ?1 AND area = ?2 AND (remote_account = ?3 OR ?3 = '*')
		UNION ALL SELECT h.remote_account, h.remote_id, h.name, h.ends_on, h.fields, 0, 0 FROM mirror_half h
		WHERE h.account_id = ?1 AND h.area = ?2 AND (h.remote_account = ?3 OR ?3 = '*') AND NOT EXISTS (SELECT 1 FROM mirror_area a
			WHERE a.account_id = ?1 AND a.area = ?2 AND a.remote_account = h.remote_account AND a.read_at > 0)
		ORDER BY 3 COLLATE NOCASE, 2`, account, area, of)
}

// putHalf keeps a page of a walk and tells how many of its rows the walk had not met.
func putHalf(ctx context.Context, tx *sqlite.Tx, account, area, of string, generation int64, rows []row) (fresh int, err error) {
	for _, r := range rows {
		fields, err := json.Marshal(r.fields)
		if err != nil {
			return 0, err
		}
		known, err := sqlite.One(ctx, tx, sqlite.Value[bool], `SELECT EXISTS (SELECT 1 FROM mirror_half WHERE account_id = ? AND area = ?
			AND remote_account = ? AND remote_id = ? AND generation = ?)`, account, area, of, r.id, generation)
		if err != nil {
			return 0, err
		}
		if !known {
			fresh++
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO mirror_half (account_id, area, remote_account, remote_id, generation, name,
			ends_on, fields) VALUES (?,?,?,?,?,?,?,?)`, account, area, of, r.id, generation, r.name, r.ends.String(), string(fields)); err != nil {
			return 0, err
		}
	}
	return fresh, nil
}

// settleRows makes a whole walk what is shown. What it did not bring is gone, unless some of its rows could not be read.
func settleRows(ctx context.Context, tx *sqlite.Tx, account, area, of string, generation int64, mayGo bool) error {
	for _, query := range []string{
		`UPDATE mirror_row SET gone_at = ?5 WHERE account_id = ?1 AND area = ?2 AND remote_account = ?3 AND gone_at = 0 AND ?6 AND remote_id NOT IN
			(SELECT remote_id FROM mirror_half WHERE account_id = ?1 AND area = ?2 AND remote_account = ?3 AND generation = ?4)`,
		`INSERT INTO mirror_row (account_id, area, remote_account, remote_id, name, ends_on, fields, first_at)
			SELECT account_id, area, remote_account, remote_id, name, ends_on, fields, ?5 FROM mirror_half
			WHERE account_id = ?1 AND area = ?2 AND remote_account = ?3 AND generation = ?4 AND ?6 IN (0, 1)
			ON CONFLICT DO UPDATE SET name = excluded.name, ends_on = excluded.ends_on, fields = excluded.fields, gone_at = 0`,
		`DELETE FROM mirror_half WHERE account_id = ?1 AND area = ?2 AND remote_account = ?3 AND ?4 > 0 AND ?5 > 0 AND ?6 IN (0, 1)`,
	} {
		if _, err := tx.ExecContext(ctx, query, account, area, of, generation, sqlite.Millis(tx.Now), mayGo); err != nil {
			return err
		}
	}
	return nil
}

// proven notes that an answer has shown that the token has a scope; wanted that one has asked for it.
func proven(ctx context.Context, tx *sqlite.Tx, account, scope string) error {
	if scope == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO mirror_scope (account_id, scope, proven_at) VALUES (?1, ?2, ?3)
		ON CONFLICT DO UPDATE SET proven_at = ?3, asked_at = 0`, account, scope, sqlite.Millis(tx.Now))
	return err
}

func wanted(ctx context.Context, tx *sqlite.Tx, account, scopes string) error {
	for scope := range strings.FieldsSeq(scopes) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO mirror_scope (account_id, scope, asked_at) VALUES (?1, ?2, ?3)
			ON CONFLICT DO UPDATE SET asked_at = ?3`, account, scope, sqlite.Millis(tx.Now)); err != nil {
			return err
		}
	}
	return nil
}
