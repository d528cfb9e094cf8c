package session

import (
	"context"
	"crypto/sha256"
	"encoding/binary"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

func guardOf(ctx context.Context, q sqlite.Queryer, subject string) (guard, error) {
	g, err := sqlite.One(ctx, q, func(r sqlite.Row) (g guard, err error) {
		var failed, locked int64
		err = r.Scan(&g.Failures, &failed, &locked, &g.LockedAfter)
		g.FailedAt, g.LockedAt = sqlite.Time(failed), sqlite.Time(locked)
		return g, err
	}, `SELECT failures, failed_at, coalesce(locked_at, 0), coalesce(locked_after, 0) FROM sign_in_guard WHERE subject = ?`, subject)
	if fault.CodeOf(err) == fault.NotFound {
		return guard{}, nil
	}
	return g, err
}

func putGuard(ctx context.Context, tx *sqlite.Tx, subject string, g guard) error {
	locked := int64(0)
	if !g.LockedAt.IsZero() {
		locked = sqlite.Millis(g.LockedAt)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO sign_in_guard (subject, failures, failed_at, locked_at, locked_after)
		VALUES (?, ?, ?, nullif(?, 0), nullif(?, 0))
		ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, failed_at = excluded.failed_at,
			locked_at = excluded.locked_at, locked_after = excluded.locked_after`,
		subject, g.Failures, sqlite.Millis(g.FailedAt), locked, g.LockedAfter)
	if err != nil {
		return err
	}
	// Addresses that belong to nobody must not fill the file: the oldest beyond a thousand are forgotten.
	_, err = tx.ExecContext(ctx, `DELETE FROM sign_in_guard WHERE subject IN (SELECT subject FROM sign_in_guard
		WHERE subject LIKE '%address:%' ORDER BY failed_at DESC LIMIT -1 OFFSET 1000)`)
	return err
}

func deleteGuard(ctx context.Context, tx *sqlite.Tx, subject string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM sign_in_guard WHERE subject = ?", subject)
	return err
}

func policyOf(ctx context.Context, q sqlite.Queryer, accountID string) (Policy, error) {
	p, err := sqlite.One(ctx, q, func(r sqlite.Row) (p Policy, err error) {
		return p, r.Scan(&p.NotifySuccess, &p.NotifyFailure, &p.LockOn, &p.LockAfter)
	}, "SELECT notify_success, notify_failure, lock_on, lock_after FROM sign_in_policy WHERE account_id = ?", accountID)
	if fault.CodeOf(err) == fault.NotFound {
		return DefaultPolicy, nil
	}
	return p, err
}

// standIn is the account by whose settings an address is treated that belongs to nobody, always the same one: after how
// many attempts it is locked, and whether the lock ends, does not tell that there is no account. "" if there is none at all.
func standIn(ctx context.Context, q sqlite.Queryer, subject string) (string, error) {
	sum := sha256.Sum256([]byte(subject))
	id, err := sqlite.One(ctx, q, sqlite.Value[string], `SELECT account_id FROM credential ORDER BY account_id
		LIMIT 1 OFFSET ? % (SELECT max(1, count(*)) FROM credential)`, binary.BigEndian.Uint32(sum[:]))
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return id, err
}

func putPolicy(ctx context.Context, tx *sqlite.Tx, accountID string, p Policy) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sign_in_policy (account_id, notify_success, notify_failure, lock_on, lock_after)
		VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET notify_success = excluded.notify_success,
			notify_failure = excluded.notify_failure, lock_on = excluded.lock_on, lock_after = excluded.lock_after`,
		accountID, p.NotifySuccess, p.NotifyFailure, p.LockOn, p.LockAfter)
	return err
}

func protectionOf(ctx context.Context, q sqlite.Queryer, accountID string) (Protection, error) {
	p, err := sqlite.One(ctx, q, func(r sqlite.Row) (p Protection, err error) {
		return p, r.Scan(&p.Chosen, &p.CodesMade, &p.CodesLeft, &p.HasPassword)
	}, `SELECT EXISTS (SELECT 1 FROM sign_in_policy WHERE account_id = ?1),
		(SELECT count(*) FROM recovery_code WHERE account_id = ?1),
		(SELECT count(*) FROM recovery_code WHERE account_id = ?1 AND used_at IS NULL),
		EXISTS (SELECT 1 FROM credential WHERE account_id = ?1)`, accountID)
	if err != nil {
		return p, err
	}
	p.Policy, err = policyOf(ctx, q, accountID)
	return p, err
}

func insertAttempt(ctx context.Context, tx *sqlite.Tx, accountID string, ok bool, m Method, d Device) error {
	return keepAttempt(ctx, tx, accountID, Attempt{At: tx.Now, OK: ok, Method: m, Device: d.Name, Address: d.Address})
}

func keepAttempt(ctx context.Context, tx *sqlite.Tx, accountID string, a Attempt) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sign_in_attempt (id, account_id, at, ok, method, device, address)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, tx.NewID(), accountID, sqlite.Millis(a.At), a.OK, a.Method, a.Device, a.Address)
	return err
}

func unusedCodes(ctx context.Context, q sqlite.Queryer, accountID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM recovery_code WHERE account_id = ? AND used_at IS NULL", accountID)
}

func insertCode(ctx context.Context, tx *sqlite.Tx, accountID string, hash []byte) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO recovery_code (account_id, hash, made_at) VALUES (?, ?, ?)",
		accountID, hash, sqlite.Millis(tx.Now))
	return err
}

func deleteCodes(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM recovery_code WHERE account_id = ?", accountID)
	return err
}

func useCode(ctx context.Context, tx *sqlite.Tx, accountID string, hash []byte) (bool, error) {
	r, err := tx.ExecContext(ctx, "UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND hash = ? AND used_at IS NULL",
		sqlite.Millis(tx.Now), accountID, hash)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n == 1, err
}

func list(ctx context.Context, q sqlite.Queryer, accountID string, ended bool) ([]Session, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (s Session, err error) { return s, scanInto(&s, r) },
		"SELECT "+columns+" FROM session WHERE account_id = ? AND (ended_at IS NOT NULL) = ? ORDER BY last_active DESC, id", accountID, ended)
}

func attempts(ctx context.Context, q sqlite.Queryer, accountID string, since int64) ([]Attempt, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (a Attempt, err error) {
		var at int64
		err = r.Scan(&at, &a.OK, &a.Method, &a.Device, &a.Address)
		a.At = sqlite.Time(at)
		return a, err
	}, `SELECT at, ok, method, device, address FROM sign_in_attempt WHERE account_id = ? AND at >= ? ORDER BY at, id`, accountID, since)
}

func silenced(ctx context.Context, q sqlite.Queryer, accountID string) (map[silence]bool, error) {
	rows, err := sqlite.All(ctx, q, func(r sqlite.Row) (s silence, err error) {
		return s, r.Scan(&s.device, &s.rule)
	}, "SELECT device, rule FROM session_silence WHERE account_id = ?", accountID)
	set := map[silence]bool{}
	for _, s := range rows {
		set[s] = true
	}
	return set, err
}

func setSilence(ctx context.Context, tx *sqlite.Tx, accountID string, s silence, on bool) error {
	query := "DELETE FROM session_silence WHERE account_id = ? AND device = ? AND rule = ?"
	if on {
		query = "INSERT OR IGNORE INTO session_silence (account_id, device, rule) VALUES (?, ?, ?)"
	}
	_, err := tx.ExecContext(ctx, query, accountID, s.device, s.rule)
	return err
}

func describe(ctx context.Context, tx *sqlite.Tx, id, ownName, note string) error {
	_, err := tx.ExecContext(ctx, "UPDATE session SET own_name = ?, note = ? WHERE id = ?", ownName, note, id)
	return err
}
