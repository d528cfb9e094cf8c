package organization

import (
	"context"
	"errors"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

const columns = `o.id, o.name, o.kind, o.street, o.postcode, o.place, o.country, o.currency, o.vat_number, o.version,
	o.created_at, m.role, m.accounting`

func scan(r sqlite.Row) (m Membership, err error) {
	var created int64
	o := &m.Organization
	err = r.Scan(&o.ID, &o.Name, &o.Kind, &o.Street, &o.Postcode, &o.Place, &o.Country, &o.Currency, &o.VATNumber,
		&o.Version, &created, &m.Role, &m.Accounting)
	o.CreatedAt = sqlite.Time(created)
	return m, err
}

func insert(ctx context.Context, tx *sqlite.Tx, o Organization) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO organization (id, name, currency, country, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?)`, o.ID, o.Name, o.Currency, o.Country, sqlite.Millis(o.CreatedAt), sqlite.Millis(o.CreatedAt))
	return err
}

func insertMember(ctx context.Context, tx *sqlite.Tx, organizationID, accountID string, role access.Role, accounting bool) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO member (organization_id, account_id, role, accounting, joined_at, accepted_at)
		VALUES (?, ?, ?, ?, ?, ?)`, organizationID, accountID, role, accounting, sqlite.Millis(tx.Now), sqlite.Millis(tx.Now))
	return err
}

func memberships(ctx context.Context, q sqlite.Queryer, accountID string) ([]Membership, error) {
	return sqlite.All(ctx, q, scan, `SELECT `+columns+` FROM member m JOIN organization o ON o.id = m.organization_id
		WHERE m.account_id = ? ORDER BY o.name COLLATE NOCASE, o.id`, accountID)
}

func membership(ctx context.Context, q sqlite.Queryer, accountID, organizationID string) (Membership, error) {
	return sqlite.One(ctx, q, scan, `SELECT `+columns+` FROM member m JOIN organization o ON o.id = m.organization_id
		WHERE m.account_id = ? AND m.organization_id = ?`, accountID, organizationID)
}

func administrators(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], `SELECT DISTINCT a.account_id FROM member m
		JOIN member a ON a.organization_id = m.organization_id AND a.account_id <> m.account_id
		WHERE m.account_id = ? AND m.accepted_at IS NOT NULL AND a.role IN (?, ?) ORDER BY a.account_id`,
		accountID, access.LegalRepresentative, access.Administrator)
}

func update(ctx context.Context, tx *sqlite.Tx, o Organization) error {
	_, err := tx.ExecContext(ctx, `UPDATE organization SET name = ?, kind = ?, street = ?, postcode = ?, place = ?, country = ?,
		currency = ?, vat_number = ?, version = ?, updated_at = ? WHERE id = ?`,
		o.Name, o.Kind, o.Street, o.Postcode, o.Place, o.Country, o.Currency, o.VATNumber, o.Version, sqlite.Millis(tx.Now), o.ID)
	return err
}

func remove(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM organization WHERE id = ?", id)
	return err
}

func members(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Member, error) {
	return sqlite.All(ctx, q, scanMember, `SELECT account_id, role, accounting, joined_at FROM member WHERE organization_id = ?
		ORDER BY account_id`, organizationID)
}

func scanMember(r sqlite.Row) (m Member, err error) {
	var joined int64
	err = r.Scan(&m.AccountID, &m.Role, &m.Accounting, &joined)
	m.JoinedAt = sqlite.Time(joined)
	return m, err
}

func legalRepresentatives(ctx context.Context, q sqlite.Queryer, organizationID string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM member WHERE organization_id = ? AND role = ?",
		organizationID, access.LegalRepresentative)
}

func updateMember(ctx context.Context, tx *sqlite.Tx, organizationID, accountID string, role access.Role, accounting bool) error {
	_, err := tx.ExecContext(ctx, "UPDATE member SET role = ?, accounting = ? WHERE organization_id = ? AND account_id = ?",
		role, accounting, organizationID, accountID)
	return err
}

func deleteMember(ctx context.Context, tx *sqlite.Tx, organizationID, accountID string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM member WHERE organization_id = ? AND account_id = ?", organizationID, accountID)
	return err
}

const invitationColumns = `organization_id, email_key, email, role, accounting, invited_at, expires_at, coalesce(account_id, ''),
	code_hash, tries, letter_id`

func scanInvitation(r sqlite.Row) (i Invitation, err error) {
	var at, expires int64
	err = r.Scan(&i.organizationID, &i.emailKey, &i.Email, &i.Role, &i.Accounting, &at, &expires, &i.AccountID, &i.codeHash, &i.tries, &i.letterID)
	i.InvitedAt, i.ExpiresAt = sqlite.Time(at), sqlite.Time(expires)
	return i, err
}

func invitations(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Invitation, error) {
	return sqlite.All(ctx, q, scanInvitation, "SELECT "+invitationColumns+" FROM invitation WHERE organization_id = ? ORDER BY email_key", organizationID)
}

func invitationsFor(ctx context.Context, q sqlite.Queryer, accountID string) ([]Invitation, error) {
	return sqlite.All(ctx, q, scanInvitation, "SELECT "+invitationColumns+" FROM invitation WHERE account_id = ?", accountID)
}

// invitationsTo are those of an address that a code claims.
func invitationsTo(ctx context.Context, q sqlite.Queryer, emailKey string) ([]Invitation, error) {
	return sqlite.All(ctx, q, scanInvitation, "SELECT "+invitationColumns+" FROM invitation WHERE email_key = ? AND account_id IS NULL", emailKey)
}

func invitationOf(ctx context.Context, q sqlite.Queryer, organizationID, emailKey string) (Invitation, error) {
	return sqlite.One(ctx, q, scanInvitation, "SELECT "+invitationColumns+" FROM invitation WHERE organization_id = ? AND email_key = ?", organizationID, emailKey)
}

func putInvitation(ctx context.Context, tx *sqlite.Tx, by string, i Invitation) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO invitation (organization_id, email_key, email, role, accounting, invited_by, invited_at, expires_at,
			account_id, code_hash, letter_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?)
		ON CONFLICT (organization_id, email_key) DO UPDATE SET email = excluded.email, role = excluded.role, accounting = excluded.accounting,
			invited_by = excluded.invited_by, invited_at = excluded.invited_at, expires_at = excluded.expires_at,
			account_id = excluded.account_id, code_hash = excluded.code_hash, letter_id = excluded.letter_id, tries = 0`,
		i.organizationID, i.emailKey, i.Email, i.Role, i.Accounting, by, sqlite.Millis(i.InvitedAt), sqlite.Millis(i.ExpiresAt),
		i.AccountID, i.codeHash, i.letterID)
	return err
}

// deleteInvitation removes an invitation; NotFound if there is none.
func deleteInvitation(ctx context.Context, tx *sqlite.Tx, organizationID, emailKey string) error {
	r, err := tx.ExecContext(ctx, "DELETE FROM invitation WHERE organization_id = ? AND email_key = ?", organizationID, emailKey)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.New(fault.NotFound, ""))
	}
	return nil
}
