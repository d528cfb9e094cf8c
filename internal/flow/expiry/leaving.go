package expiry

import (
	"context"

	"kontor/internal/host/sqlite"
)

// Holds counts what a person typed; all of it goes.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	list, err := s.dates(ctx, q, accountID, nil)
	return map[string]int{"ends": len(list)}, nil, err
}

// Sheets are the ends that the person typed.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	list, err := s.dates(ctx, q, accountID, nil)
	rows := [][]string{{"kind", "name", "ends_on", "note"}}
	for _, e := range list {
		rows = append(rows, []string{string(e.Kind), e.Name, e.Ends.String(), e.Note})
	}
	return map[string][][]string{"ends": rows}, err
}

// Erase has nothing to do: what was typed goes with the account.
func (s *Service) Erase(context.Context, *sqlite.Tx, string) error { return nil }
