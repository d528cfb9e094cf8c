package profile

import (
	"context"

	"kontor/internal/sqlite"
)

// Holds counts the account itself.
func (s *Service) Holds(context.Context, sqlite.Queryer, string) (goes, stays map[string]int, err error) {
	return map[string]int{"account": 1}, nil, nil
}

// Sheets returns the account as a table of one row.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	a, err := byID(ctx, q, accountID)
	return map[string][][]string{"account": {
		{"first_name", "last_name", "login_email", "language", "locale", "time_zone", "country", "phone", "recovery_phone", "recovery_email", "created_at"},
		{
			a.FirstName, a.LastName, a.LoginEmail, a.Language, a.Locale, a.TimeZone, a.Country, a.Phone, a.RecoveryPhone, a.RecoveryEmail,
			a.CreatedAt.Format("2006-01-02T15:04:05Z07:00"),
		},
	}}, err
}

// Erase removes the account, and with it everything that is kept under it. It comes last: the database refuses it while
// an organization would lose its last legal representative.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM account WHERE id = ?", accountID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM setting WHERE account_id = ?", accountID)
	return err
}
