package transfer

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

const columns = `t.id, t.domain, t.holder, t.registrar, t.order_no, t.stage, t.since, t.asked, t.registered_on, t.moved_on,
	t.expires_on, t.restart_by, t.code_at, t.code_used, t.records, t.version, t.created_at`

func scanInto(t *Transfer, r sqlite.Row, more ...any) error {
	var since, restartBy, codeAt, created int64
	err := r.Scan(append([]any{
		&t.ID, &t.Domain, &t.Holder, &t.Registrar, &t.Order, &t.Stage, &since, &t.Asked,
		&t.Facts.Registered, &t.Facts.Moved, &t.Facts.Expires, &restartBy, &codeAt, &t.Code.Used, &t.Records, &t.Version, &created,
	}, more...)...)
	if err != nil {
		return err
	}
	t.Since, t.RestartBy = sqlite.Time(since), sqlite.Time(restartBy)
	t.Code.EnteredAt, t.Created = sqlite.Time(codeAt), sqlite.Time(created)
	return nil
}

func scan(r sqlite.Row) (t Transfer, err error) { return t, scanInto(&t, r) }

// moment is Millis with 0 for the zero time.
func moment(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return sqlite.Millis(t)
}

func insert(ctx context.Context, tx *sqlite.Tx, organizationID string, t Transfer) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO transfer (id, organization_id, domain, holder, registrar, order_no, stage, since,
		asked, registered_on, moved_on, expires_on, code_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		t.ID, organizationID, t.Domain, t.Holder, t.Registrar, t.Order, t.Stage, moment(t.Since), t.Asked,
		t.Facts.Registered, t.Facts.Moved, t.Facts.Expires, moment(t.Code.EnteredAt), moment(t.Created))
	return err
}

// update writes everything that may change; a version that is not the kept one is a Conflict.
func update(ctx context.Context, tx *sqlite.Tx, t Transfer) error {
	return sqlite.Changed(tx.ExecContext(ctx, `UPDATE transfer SET holder = ?, registrar = ?, order_no = ?, stage = ?, since = ?, asked = ?,
		registered_on = ?, moved_on = ?, expires_on = ?, restart_by = ?, code_at = ?, code_used = ?, records = ?,
		version = version + 1 WHERE id = ? AND version = ?`,
		t.Holder, t.Registrar, t.Order, t.Stage, moment(t.Since), t.Asked,
		t.Facts.Registered, t.Facts.Moved, t.Facts.Expires, moment(t.RestartBy),
		moment(t.Code.EnteredAt), t.Code.Used, t.Records, t.ID, t.Version))
}

func remove(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM transfer WHERE id = ?", id)
	return err
}

func byID(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string) (Transfer, error) {
	where, args := seen(actor)
	return sqlite.One(ctx, q, scan, "SELECT "+columns+" FROM transfer t WHERE t.id = ? AND "+where, append([]any{id}, args...)...)
}

// openDomains are the names for which the organization has a request that is not done.
func openDomains(ctx context.Context, q sqlite.Queryer, organizationID string) (map[string]bool, error) {
	list, err := sqlite.All(ctx, q, sqlite.Value[string],
		"SELECT domain FROM transfer WHERE organization_id = ? AND stage <> 'done'", organizationID)
	open := make(map[string]bool, len(list))
	for _, d := range list {
		open[d] = true
	}
	return open, err
}

// Entry is a transfer in a list, with the cause of its last failure and how many attempts it has taken.
type Entry struct {
	Transfer
	Attempts int
	Cause    Cause
}

func scanEntry(r sqlite.Row) (e Entry, err error) {
	return e, scanInto(&e.Transfer, r, &e.Attempts, &e.Cause)
}

// entries lists the transfers that an actor may see: failed ones first, then those under way, then what is done, newest first.
func entries(ctx context.Context, q sqlite.Queryer, actor access.Actor, stages []Stage, search string) ([]Entry, error) {
	query := `SELECT ` + columns + `, a.number, a.cause FROM transfer t
		JOIN transfer_attempt a ON a.transfer_id = t.id
			AND a.number = (SELECT max(number) FROM transfer_attempt WHERE transfer_id = t.id)
		WHERE `
	where, args := seen(actor)
	query += where
	if len(stages) > 0 {
		query += " AND t.stage IN (?" + strings.Repeat(", ?", len(stages)-1) + ")"
		for _, s := range stages {
			args = append(args, s)
		}
	}
	query += ` ORDER BY CASE t.stage WHEN 'failed' THEN 0 WHEN 'done' THEN 2 ELSE 1 END, t.since DESC, t.id`
	list, err := sqlite.All(ctx, q, scanEntry, query, args...)
	if err != nil || search == "" {
		return list, err
	}
	wanted := strings.Fields(text.Fold(search))
	found := list[:0]
	for _, e := range list {
		in := text.Fold(strings.Join([]string{e.Domain, Display(e.Domain), e.Holder, e.Registrar, e.Order}, " "))
		if containsAll(in, wanted) {
			found = append(found, e)
		}
	}
	return found, nil
}

func containsAll(in string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(in, w) {
			return false
		}
	}
	return true
}

func stageCounts(ctx context.Context, q sqlite.Queryer, actor access.Actor) (map[Stage]int, error) {
	type count struct {
		stage Stage
		n     int
	}
	where, args := seen(actor)
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (c count, err error) { return c, r.Scan(&c.stage, &c.n) },
		"SELECT t.stage, count(*) FROM transfer t WHERE "+where+" GROUP BY t.stage", args...)
	counts := map[Stage]int{}
	for _, c := range list {
		counts[c.stage] = c.n
	}
	return counts, err
}

func scanAttempt(r sqlite.Row) (a Attempt, err error) {
	var started, ended int64
	var fee sql.Null[money.Amount]
	if err := r.Scan(&a.Number, &started, &ended, &a.Outcome, &a.Cause, &a.EPP, &fee, money.CurrencyColumn(&fee.V)); err != nil {
		return a, err
	}
	a.Started, a.Ended = sqlite.Time(started), sqlite.Time(ended)
	if fee.Valid {
		a.Fee = &fee.V
	}
	return a, nil
}

// attempts is the ledger of a transfer, newest first.
func attempts(ctx context.Context, q sqlite.Queryer, id string) ([]Attempt, error) {
	return sqlite.All(ctx, q, scanAttempt, `SELECT number, started_at, ended_at, outcome, cause, epp, fee, currency
		FROM transfer_attempt WHERE transfer_id = ? ORDER BY number DESC`, id)
}

func insertAttempt(ctx context.Context, tx *sqlite.Tx, id string, a Attempt, currency money.Currency) error {
	if a.Fee != nil {
		currency = a.Fee.Currency()
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO transfer_attempt (transfer_id, number, started_at, fee, currency) VALUES (?, ?, ?, ?, ?)`,
		id, a.Number, moment(a.Started), a.Fee, currency)
	return err
}

func removeAttempt(ctx context.Context, tx *sqlite.Tx, id string, number int) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM transfer_attempt WHERE transfer_id = ? AND number = ?", id, number)
	return err
}

func endAttempt(ctx context.Context, tx *sqlite.Tx, id string, a Attempt) error {
	_, err := tx.ExecContext(ctx, `UPDATE transfer_attempt SET ended_at = ?, outcome = ?, cause = ?, epp = ?
		WHERE transfer_id = ? AND number = ?`, moment(a.Ended), a.Outcome, a.Cause, a.EPP, id, a.Number)
	return err
}

func putMessage(ctx context.Context, tx *sqlite.Tx, id string, number int, m Message) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO transfer_message (transfer_id, number, subject, sender, sent_at, body)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (transfer_id, number) DO UPDATE SET
		subject = excluded.subject, sender = excluded.sender, sent_at = excluded.sent_at, body = excluded.body`,
		id, number, m.Subject, m.From, moment(m.Sent), m.Body)
	return err
}

// messageOf returns the message of an attempt, or NotFound.
func messageOf(ctx context.Context, q sqlite.Queryer, id string, number int) (Message, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (m Message, err error) {
		var sent int64
		err = r.Scan(&m.Subject, &m.From, &sent, &m.Body)
		m.Sent = sqlite.Time(sent)
		return m, err
	}, "SELECT subject, sender, sent_at, body FROM transfer_message WHERE transfer_id = ? AND number = ?", id, number)
}

func answers(ctx context.Context, q sqlite.Queryer, id string) (map[Question]Answer, error) {
	type row struct {
		q Question
		a Answer
	}
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (x row, err error) {
		var at int64
		err = r.Scan(&x.q, &x.a.Fine, &at)
		x.a.At = sqlite.Time(at)
		return x, err
	}, "SELECT question, fine, at FROM transfer_answer WHERE transfer_id = ?", id)
	found := map[Question]Answer{}
	for _, x := range list {
		found[x.q] = x.a
	}
	return found, err
}

func putAnswer(ctx context.Context, tx *sqlite.Tx, id string, question Question, fine bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO transfer_answer (transfer_id, question, fine, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (transfer_id, question) DO UPDATE SET fine = excluded.fine, at = excluded.at`,
		id, question, fine, sqlite.Millis(tx.Now))
	return err
}

func codeDays(ctx context.Context, q sqlite.Queryer, organizationID string) (int, error) {
	n, err := sqlite.One(ctx, q, sqlite.Value[int], "SELECT code_days FROM transfer_rule WHERE organization_id = ?", organizationID)
	if fault.CodeOf(err) == fault.NotFound {
		return CodeDays, nil
	}
	return n, err
}

func putCodeDays(ctx context.Context, tx *sqlite.Tx, organizationID string, days int) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO transfer_rule (organization_id, code_days) VALUES (?, ?)
		ON CONFLICT (organization_id) DO UPDATE SET code_days = excluded.code_days`, organizationID, days)
	return err
}
