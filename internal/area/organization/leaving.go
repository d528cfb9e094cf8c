package organization

import (
	"context"

	"kontor/internal/host/sqlite"
)

// Holds counts the person's memberships, which go; the organizations stay.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	list, err := memberships(ctx, q, accountID)
	return map[string]int{"memberships": len(list)}, map[string]int{"organizations": len(list)}, err
}

// Sheets returns the organizations of the person with the role in each.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	list, err := memberships(ctx, q, accountID)
	rows := [][]string{{"id", "name", "country", "currency", "role"}}
	for _, m := range list {
		o := m.Organization
		rows = append(rows, []string{o.ID, o.Name, o.Country, o.Currency, string(m.Role)})
	}
	return map[string][][]string{"organizations": rows}, err
}

// Erase removes the memberships of the person, and invitations to and notes of the same address.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	key, err := s.accounts.EmailKey(ctx, tx, accountID)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM invitation WHERE email_key = ?", key); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM noted_person WHERE email_key = ?", key); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM member WHERE account_id = ?", accountID)
	return err
}
