package mail

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// Holds counts the messages that concern the person or go to an address of the person; all of them go.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	list, err := s.concerning(ctx, q, accountID)
	return map[string]int{"letters": len(list)}, nil, err
}

// Sheets returns the messages of the person, without what they said: that is gone once they are sent.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	list, err := s.concerning(ctx, q, accountID)
	rows := [][]string{{"id", "queued_at", "to", "subject", "state", "tries"}}
	for _, l := range list {
		rows = append(rows, []string{l.ID, l.QueuedAt.Format(time.RFC3339), l.To, l.Subject, string(l.State), strconv.Itoa(l.Tries)})
	}
	return map[string][][]string{"letters": rows}, err
}

// Erase removes the messages of the person, and the mail server if it sends in the person's name or as the person and the
// person keeps the workspace: anybody else may have taken the address for the purpose.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	list, err := s.concerning(ctx, tx, accountID)
	if err != nil {
		return err
	}
	for _, l := range list {
		if _, err := tx.ExecContext(ctx, "DELETE FROM mail_message WHERE id = ?", l.ID); err != nil {
			return err
		}
	}
	if !access.From(ctx).Can(access.KeepWorkspace) {
		return nil
	}
	key, err := s.accounts.EmailKey(ctx, tx, accountID)
	if err != nil {
		return err
	}
	mine, err := sqlite.One(ctx, tx, sqlite.Value[bool], `SELECT EXISTS (SELECT 1 FROM mail_server
		WHERE lower(from_address) = ?1 OR lower(username) = ?1)`, key)
	if err != nil || !mine {
		return err
	}
	if err := s.vault.Delete(ctx, tx, place, row, field); err != nil {
		return err
	}
	return deleteSettings(ctx, tx)
}

func (s *Service) concerning(ctx context.Context, q sqlite.Queryer, accountID string) ([]Letter, error) {
	key, err := s.accounts.EmailKey(ctx, q, accountID)
	if err != nil {
		return nil, err
	}
	return sqlite.All(ctx, q, scanLetter, "SELECT "+letterColumns+` FROM mail_message
		WHERE account_id = ?1 OR lower(recipient) = ?2 ORDER BY queued_at, id`, accountID, key)
}
