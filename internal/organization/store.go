package organization

import (
	"context"

	"kontor/internal/access"
	"kontor/internal/sqlite"
)

const columns = "o.id, o.name, o.country, o.currency, o.created_at, m.role, m.accounting"

func scan(r sqlite.Row) (m Membership, err error) {
	var created int64
	o := &m.Organization
	err = r.Scan(&o.ID, &o.Name, &o.Country, &o.Currency, &created, &m.Role, &m.Accounting)
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
