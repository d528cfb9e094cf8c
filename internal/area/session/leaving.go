package session

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"kontor/internal/host/sqlite"
)

// Holds counts the sessions, attempts and codes of the person; all of them go.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	goes = map[string]int{}
	for kind, query := range map[string]string{
		"sessions":       "SELECT count(*) FROM session WHERE account_id = ?",
		"attempts":       "SELECT count(*) FROM sign_in_attempt WHERE account_id = ?",
		"recovery_codes": "SELECT count(*) FROM recovery_code WHERE account_id = ?",
	} {
		if goes[kind], err = sqlite.One(ctx, q, sqlite.Value[int], query, accountID); err != nil {
			return nil, nil, err
		}
	}
	return goes, nil, nil
}

// Sheets returns the sessions, attempts and places of the person; never a secret.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	sessions := [][]string{{"id", "device", "system", "address", "method", "own_name", "note", "first_seen", "last_active", "ended_at"}}
	for _, ended := range []bool{false, true} {
		all, err := list(ctx, q, accountID, ended)
		if err != nil {
			return nil, err
		}
		for _, one := range all {
			sessions = append(sessions, []string{
				one.ID, one.Device.Name, one.Device.System, one.Device.Address, string(one.Method),
				one.OwnName, one.Note, stamp(one.FirstSeen), stamp(one.LastActive), stamp(one.EndedAt),
			})
		}
	}
	tried, err := attempts(ctx, q, accountID, 0)
	rows := [][]string{{"at", "ok", "method", "device", "address"}}
	for _, a := range tried {
		rows = append(rows, []string{stamp(a.At), strconv.FormatBool(a.OK), string(a.Method), a.Device, a.Address})
	}
	if err != nil {
		return nil, err
	}
	places, err := placesOf(ctx, q, accountID)
	where := [][]string{{"network", "place", "coordinates"}}
	for _, network := range slices.Sorted(maps.Keys(places)) {
		where = append(where, []string{network, places[network].Name, places[network].Coordinates()})
	}
	return map[string][][]string{"sessions": sessions, "sign_in_attempts": rows, "places": where}, err
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// Erase removes the guards of the person, the secret of the session that stayed, and signs out of this window; sessions,
// attempts, codes and the password go with the account.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	email, err := s.accounts.LoginEmail(ctx, tx, accountID)
	if err != nil {
		return err
	}
	for _, subject := range []string{
		subjectOf(accountID, ""), subjectOf("", email), confirming + subjectOf(accountID, ""), unlocking + subjectOf(accountID, ""),
		recovering + subjectOf(accountID, ""), recovering + subjectOf("", email),
	} {
		if err := deleteGuard(ctx, tx, subject); err != nil {
			return err
		}
	}
	if err := s.vault.Delete(ctx, tx, place, s.person, field); err != nil {
		return err
	}
	tx.AfterCommit(func() { s.become(credentials{}, time.Time{}) })
	return nil
}
