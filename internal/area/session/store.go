package session

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

const columns = `id, account_id, coalesce(organization_id, ''), method, stay, device, system, app_version, address,
	first_address, first_seen, last_active, coalesce(ended_at, 0), ended_by, own_name, note, bound_to`

func scanInto(s *Session, r sqlite.Row, more ...any) error {
	var first, last, ended int64
	dest := append([]any{
		&s.ID, &s.AccountID, &s.OrganizationID, &s.Method, &s.Stay,
		&s.Device.Name, &s.Device.System, &s.Device.Version, &s.Device.Address,
		&s.FirstAddress, &first, &last, &ended, &s.EndedBy, &s.OwnName, &s.Note, &s.BoundTo,
	}, more...)
	if err := r.Scan(dest...); err != nil {
		return err
	}
	s.FirstSeen, s.LastActive, s.EndedAt = sqlite.Time(first), sqlite.Time(last), sqlite.Time(ended)
	return nil
}

func insert(ctx context.Context, tx *sqlite.Tx, s Session, secretHash []byte) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO session (id, account_id, secret_hash, organization_id, method, stay,
		device, system, app_version, address, first_address, first_seen, last_active, person, bound_to)
		VALUES (?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.ID, s.AccountID, secretHash, s.OrganizationID, s.Method, s.Stay,
		s.Device.Name, s.Device.System, s.Device.Version, s.Device.Address, s.FirstAddress, sqlite.Millis(s.FirstSeen), sqlite.Millis(s.LastActive), s.Seat, s.BoundTo)
	return err
}

func withHash(ctx context.Context, q sqlite.Queryer, id string) (Session, []byte, error) {
	var hash []byte
	s, err := sqlite.One(ctx, q, func(r sqlite.Row) (s Session, err error) {
		return s, scanInto(&s, r, &hash)
	}, "SELECT "+columns+", secret_hash FROM session WHERE id = ?", id)
	return s, hash, err
}

func markActive(ctx context.Context, tx *sqlite.Tx, id string, d Device) error {
	_, err := tx.ExecContext(ctx, `UPDATE session SET last_active = ?, app_version = ?, address = ? WHERE id = ? AND ended_at IS NULL`,
		sqlite.Millis(tx.Now), d.Version, d.Address, id)
	return err
}

func end(ctx context.Context, tx *sqlite.Tx, id string, by EndedBy) error {
	_, err := tx.ExecContext(ctx, "UPDATE session SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL",
		sqlite.Millis(tx.Now), by, id)
	return err
}

func show(ctx context.Context, tx *sqlite.Tx, id, organizationID string) error {
	_, err := tx.ExecContext(ctx, "UPDATE session SET organization_id = nullif(?, '') WHERE id = ?", organizationID, id)
	return err
}

// closeDead ends the sessions of a person on a device that nobody can resume, all but one, at the moment at which they were last active.
func closeDead(ctx context.Context, tx *sqlite.Tx, d Device, seat, but string) ([]Session, error) {
	return sqlite.All(ctx, tx, func(r sqlite.Row) (s Session, err error) { return s, r.Scan(&s.ID, &s.AccountID) },
		`UPDATE session SET ended_at = last_active WHERE ended_at IS NULL AND stay = 0 AND person = ? AND device = ? AND system = ? AND id <> ?
			RETURNING id, account_id`, seat, d.Name, d.System, but)
}

// EndAll ends every session, at the moment at which it was last active, in the caller's transaction: where a copy of a
// workspace takes its place, sessions that were ended since would be alive again.
func EndAll(ctx context.Context, tx *sqlite.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE session SET ended_at = last_active WHERE ended_at IS NULL")
	return err
}

// lastOn is the account that a person used last on a device; "" if none.
func lastOn(ctx context.Context, q sqlite.Queryer, d Device, seat string) (string, error) {
	id, err := sqlite.One(ctx, q, sqlite.Value[string], `SELECT account_id FROM session WHERE person = ? AND device = ? AND system = ?
		ORDER BY last_active DESC LIMIT 1`, seat, d.Name, d.System)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return id, err
}

func passwordHash(ctx context.Context, q sqlite.Queryer, accountID string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT password_hash FROM credential WHERE account_id = ?", accountID)
}

func upsertCredential(ctx context.Context, tx *sqlite.Tx, accountID, hash string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO credential (account_id, password_hash, changed_at) VALUES (?, ?, ?)
		ON CONFLICT (account_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at`,
		accountID, hash, sqlite.Millis(tx.Now))
	return err
}

// keep inserts a session as it was, ended or not.
func keep(ctx context.Context, tx *sqlite.Tx, s Session, secretHash []byte) error {
	if err := insert(ctx, tx, s, secretHash); err != nil {
		return err
	}
	if err := describe(ctx, tx, s.ID, s.OwnName, s.Note); err != nil || s.EndedAt.IsZero() {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE session SET ended_at = ?, ended_by = ? WHERE id = ?", sqlite.Millis(s.EndedAt), s.EndedBy, s.ID)
	return err
}
