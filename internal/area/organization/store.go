package organization

import (
	"context"

	"kontor/internal/core/access"
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
	_, err := tx.ExecContext(ctx, `INSERT INTO member (organization_id, account_id, role, accounting, joined_at)
		VALUES (?, ?, ?, ?, ?)`, organizationID, accountID, role, accounting, sqlite.Millis(tx.Now))
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
		WHERE m.account_id = ? AND a.role IN (?, ?) ORDER BY a.account_id`,
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

func invitations(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Invitation, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (i Invitation, err error) {
		var at int64
		err = r.Scan(&i.Email, &i.Role, &i.Accounting, &at)
		i.InvitedAt = sqlite.Time(at)
		return i, err
	}, "SELECT email, role, accounting, invited_at FROM invitation WHERE organization_id = ? ORDER BY email_key", organizationID)
}

func insertInvitation(ctx context.Context, tx *sqlite.Tx, organizationID, key, by string, i Invitation) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO invitation (organization_id, email_key, email, role, accounting, invited_by, invited_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, organizationID, key, i.Email, i.Role, i.Accounting, by, sqlite.Millis(tx.Now))
	return err
}

func deleteInvitation(ctx context.Context, tx *sqlite.Tx, organizationID, key string) (bool, error) {
	r, err := tx.ExecContext(ctx, "DELETE FROM invitation WHERE organization_id = ? AND email_key = ?", organizationID, key)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

type claim struct {
	organizationID string
	role           access.Role
	accounting     bool
}

func claimable(ctx context.Context, q sqlite.Queryer, key string) ([]claim, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (c claim, err error) {
		return c, r.Scan(&c.organizationID, &c.role, &c.accounting)
	}, "SELECT organization_id, role, accounting FROM invitation WHERE email_key = ? ORDER BY organization_id", key)
}
