package mail

import (
	"context"
	"time"

	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// door is the server with what is known of it.
type door struct {
	Settings
	failures       int // of the connection, in a row
	nextAt         time.Time
	reason, detail string
	since          time.Time
}

func doorOf(ctx context.Context, q sqlite.Queryer) (door, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (d door, err error) {
		var next, since int64
		err = r.Scan(&d.Host, &d.Port, &d.Security, &d.User, &d.From, &d.failures, &next, &d.reason, &d.detail, &since)
		d.nextAt, d.since = sqlite.Time(next), sqlite.Time(since)
		return d, err
	}, "SELECT host, port, security, username, from_address, failures, next_at, reason, detail, since FROM mail_server")
}

// putSettings replaces the server; what went wrong with the former one is forgotten.
func putSettings(ctx context.Context, tx *sqlite.Tx, s Settings) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO mail_server (one, host, port, security, username, from_address)
		VALUES (1, ?, ?, ?, ?, ?)`, s.Host, s.Port, s.Security, s.User, s.From)
	return err
}

func deleteSettings(ctx context.Context, tx *sqlite.Tx) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM mail_server")
	return err
}

// putTrouble notes that the server could not be reached, and not to ask it before next.
func putTrouble(ctx context.Context, tx *sqlite.Tx, t *trouble, next time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE mail_server SET failures = failures + 1, next_at = ?, reason = ?, detail = ?,
		since = CASE WHEN failures = 0 THEN ? ELSE since END`, sqlite.Millis(next), t.reason, t.detail, sqlite.Millis(tx.Now))
	return err
}

func clearTrouble(ctx context.Context, tx *sqlite.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE mail_server SET failures = 0, next_at = 0, reason = '', detail = '', since = 0 WHERE failures > 0 OR next_at > 0")
	return err
}

func insert(ctx context.Context, tx *sqlite.Tx, id, messageID string, m Message) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO mail_message (id, account_id, organization_id, product, message_id, recipient,
		subject, body, queued_at, state, changed_at, next_at, give_up_at)
		VALUES (?1, nullif(?2, ''), nullif(?3, ''), ?4, ?5, ?6, ?7, ?8, ?9, 'waiting', ?9, ?9, ?10)`,
		id, m.AccountID, m.OrganizationID, m.Product, messageID, m.To, m.Subject, m.Text,
		sqlite.Millis(tx.Now), sqlite.Millis(tx.Now.Add(GiveUpAfter)))
	if err != nil {
		return err
	}
	for n, a := range m.Attachments {
		_, err := tx.ExecContext(ctx, "INSERT INTO mail_attachment (mail_id, n, name, type, data) VALUES (?, ?, ?, ?, ?)",
			id, n, a.Name, a.Type, a.Data)
		if err != nil {
			return err
		}
	}
	return nil
}

// work is a message with what sending it takes.
type work struct {
	id, messageID string
	queuedAt      time.Time
	tries         int
	Message
}

// due are the messages whose moment has come, oldest first.
func due(ctx context.Context, q sqlite.Queryer, now time.Time) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string],
		"SELECT id FROM mail_message WHERE state = 'waiting' AND next_at <= ? ORDER BY queued_at, id LIMIT 100", sqlite.Millis(now))
}

// nextDue is the moment of the next attempt; zero if none waits.
func nextDue(ctx context.Context, q sqlite.Queryer) (time.Time, error) {
	ms, err := sqlite.One(ctx, q, sqlite.Value[int64], `SELECT coalesce(min(CASE state WHEN 'waiting' THEN next_at ELSE claim_until END), 0)
		FROM mail_message WHERE state IN ('waiting', 'sending')`)
	return sqlite.Time(ms), err
}

// claim takes a message for one attempt; NotFound if somebody else was quicker, or it was withdrawn.
func claim(ctx context.Context, tx *sqlite.Tx, id, by string, until time.Time) (work, error) {
	w, err := sqlite.One(ctx, tx, func(r sqlite.Row) (w work, err error) {
		var queued int64
		err = r.Scan(&w.id, &w.messageID, &queued, &w.tries, &w.To, &w.Subject, &w.Text, &w.AccountID, &w.OrganizationID, &w.Product)
		w.queuedAt = sqlite.Time(queued)
		return w, err
	}, `UPDATE mail_message SET state = 'sending', claim = ?, claim_until = ?, tries = tries + 1, changed_at = ?
		WHERE id = ? AND state = 'waiting' AND next_at <= ?
		RETURNING id, message_id, queued_at, tries, recipient, subject, body, coalesce(account_id, ''), coalesce(organization_id, ''), product`,
		by, sqlite.Millis(until), sqlite.Millis(tx.Now), id, sqlite.Millis(tx.Now))
	if err != nil {
		return w, err
	}
	w.Attachments, err = sqlite.All(ctx, tx, func(r sqlite.Row) (a Attachment, err error) {
		return a, r.Scan(&a.Name, &a.Type, &a.Data)
	}, "SELECT name, type, data FROM mail_attachment WHERE mail_id = ? ORDER BY n", id)
	return w, err
}

// settle writes what became of an attempt. A claim that is no longer the message's, because a person has decided
// meanwhile, settles nothing.
func settle(ctx context.Context, tx *sqlite.Tx, id, by string, to State, next time.Time, reason, detail string) (bool, error) {
	r, err := tx.ExecContext(ctx, `UPDATE mail_message SET state = ?, changed_at = ?, next_at = ?, reason = ?, detail = ?, claim_until = 0
		WHERE id = ? AND claim = ? AND state IN ('sending', 'uncertain')`,
		to, sqlite.Millis(tx.Now), sqlite.Millis(next), reason, detail, id, by)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

// empty removes what a message said, which nobody needs any more.
func empty(ctx context.Context, tx *sqlite.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, "UPDATE mail_message SET body = '' WHERE id = ?", id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM mail_attachment WHERE mail_id = ?", id)
	return err
}

// interrupt marks the attempts whose program is gone: nobody knows how far they came.
func interrupt(ctx context.Context, tx *sqlite.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE mail_message SET state = 'uncertain', reason = ?, detail = '', changed_at = ?
		WHERE state = 'sending' AND claim_until < ?`, ReasonInterrupted, sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
	return err
}

// Doubt is for a database that was restored from a copy, before its queue is emptied: what it says is still to be sent
// may have been sent after the copy was made, so a person decides.
func Doubt(ctx context.Context, db *sqlite.DB) error {
	return db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE mail_message SET state = 'uncertain', reason = ?, detail = '', changed_at = ?
			WHERE state IN ('waiting', 'sending')`, ReasonRestored, sqlite.Millis(tx.Now))
		return err
	})
}

// expire ends the messages that have waited too long; they fail with the reason that they had, or the server's.
func expire(ctx context.Context, tx *sqlite.Tx) ([]work, error) {
	return sqlite.All(ctx, tx, func(r sqlite.Row) (w work, err error) {
		return w, r.Scan(&w.id, &w.AccountID, &w.OrganizationID, &w.Product)
	}, `UPDATE mail_message SET state = 'failed', changed_at = ?1,
			detail = CASE WHEN reason = '' THEN coalesce((SELECT detail FROM mail_server), '') ELSE detail END,
			reason = CASE WHEN reason = '' THEN coalesce((SELECT reason FROM mail_server), '') ELSE reason END
		WHERE state = 'waiting' AND give_up_at <= ?1
		RETURNING id, coalesce(account_id, ''), coalesce(organization_id, ''), product`, sqlite.Millis(tx.Now))
}

// again lets a message that failed, or of which nobody knows, be tried anew.
func again(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE mail_message SET state = 'waiting', claim = '', tries = 0, reason = '', detail = '',
		changed_at = ?1, next_at = ?1, give_up_at = ?2 WHERE id = ?3`,
		sqlite.Millis(tx.Now), sqlite.Millis(tx.Now.Add(GiveUpAfter)), id)
	return err
}

// atOnce ends the pause of every message that waits.
func atOnce(ctx context.Context, tx *sqlite.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE mail_message SET next_at = ?1 WHERE state = 'waiting' AND next_at > ?1", sqlite.Millis(tx.Now))
	return err
}

func withdraw(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "UPDATE mail_message SET state = 'withdrawn', changed_at = ? WHERE id = ?", sqlite.Millis(tx.Now), id)
	return err
}

// forget removes what was sent or withdrawn long ago.
func forget(ctx context.Context, tx *sqlite.Tx, before time.Time) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM mail_message WHERE state IN ('sent', 'withdrawn') AND changed_at < ?", sqlite.Millis(before))
	return err
}

const letterColumns = `id, recipient, subject, (SELECT count(*) FROM mail_attachment WHERE mail_id = mail_message.id), state,
	queued_at, changed_at, tries, next_at, give_up_at, reason, detail`

func scanLetter(r sqlite.Row) (l Letter, err error) {
	var queued, changed, next, giveUp int64
	err = r.Scan(&l.ID, &l.To, &l.Subject, &l.Files, &l.State, &queued, &changed, &l.Tries, &next, &giveUp, &l.Reason, &l.Detail)
	l.QueuedAt, l.ChangedAt = sqlite.Time(queued), sqlite.Time(changed)
	l.NextAt, l.GiveUpAt = sqlite.Time(next), sqlite.Time(giveUp)
	return l, err
}

// letters are those that concern an account, or an organization unless that is "".
func letters(ctx context.Context, q sqlite.Queryer, accountID, organizationID string) ([]Letter, error) {
	return sqlite.All(ctx, q, scanLetter, "SELECT "+letterColumns+` FROM mail_message
		WHERE account_id = ?1 OR ?2 <> '' AND organization_id = ?2 ORDER BY queued_at DESC, id DESC LIMIT 500`, accountID, organizationID)
}

func letter(ctx context.Context, q sqlite.Queryer, id string) (Letter, error) {
	return sqlite.One(ctx, q, scanLetter, "SELECT "+letterColumns+" FROM mail_message WHERE id = ?", id)
}

// owners are whom a message concerns, and what it is about.
func owners(ctx context.Context, q sqlite.Queryer, id string) (accountID, organizationID string, product audit.Product, state State, err error) {
	w, err := sqlite.One(ctx, q, func(r sqlite.Row) (w work, err error) {
		return w, r.Scan(&w.AccountID, &w.OrganizationID, &w.Product, &state)
	}, "SELECT coalesce(account_id, ''), coalesce(organization_id, ''), product, state FROM mail_message WHERE id = ?", id)
	return w.AccountID, w.OrganizationID, w.Product, state, err
}
