package settings

import (
	"context"

	"kontor/internal/host/sqlite"
)

// Holds counts nothing: preferences are not worth a line.
func (*Store) Holds(context.Context, sqlite.Queryer, string) (goes, stays map[string]int, err error) {
	return nil, nil, nil
}

// Sheets returns nothing that a person would take along.
func (*Store) Sheets(context.Context, sqlite.Queryer, string) (map[string][][]string, error) {
	return nil, nil
}

// Erase removes the preferences of the person.
func (*Store) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM setting WHERE account_id = ?", accountID)
	return err
}
