package activity

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/host/sqlite"
)

// Holds counts the entries that name the person. They stay, by id only; the personal values among them become
// unreadable.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	values, err := sqlite.One(ctx, q, sqlite.Value[int], `SELECT count(*) FROM journal
		WHERE person = (SELECT no FROM journal_value WHERE kind = ? AND value = ?)`, kindAccount, accountID)
	if err != nil {
		return nil, nil, err
	}
	entries, err := sqlite.One(ctx, q, sqlite.Value[int], `WITH x(no) AS (SELECT no FROM journal_value WHERE kind = ? AND value = ?)
		SELECT (SELECT count(*) FROM journal WHERE account = (SELECT no FROM x) AND import IS NULL) +
		(SELECT count(*) FROM journal WHERE account = (SELECT no FROM x) AND import IS NOT NULL)`, kindAccount, accountID)
	return map[string]int{"personal_values": values}, map[string]int{"journal_entries": entries}, err
}

// Sheets returns the entries of the person who is signed in, oldest last.
func (s *Service) Sheets(ctx context.Context, _ sqlite.Queryer, _ string) (map[string][][]string, error) {
	rows := [][]string{{"id", "at", "organization_id", "product", "action", "result", "object_id", "object_name", "old", "new", "session_id", "source"}}
	search := Search{Scope: Own, Query: Query{{Key: KeySource, Values: []string{SourceOwn, SourceImported}}}}
	for before := int64(0); ; {
		page, err := s.Page(ctx, search, before, 0, MaxPage)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Entries {
			rows = append(rows, []string{
				strconv.FormatInt(e.ID, 10), e.At.Format(time.RFC3339Nano), e.OrganizationID,
				string(e.Product), string(e.Action), string(e.Result), e.ObjectID, e.ObjectName, e.Old, e.New, e.SessionID, e.source(),
			})
		}
		if search.Bound, before = page.Bound, page.Next; before == 0 {
			return map[string][][]string{"activities": rows}, nil
		}
	}
}

// Erase destroys the person's key; see Forget.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	return s.Forget(ctx, tx, accountID)
}
