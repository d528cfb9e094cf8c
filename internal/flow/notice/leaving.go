package notice

import (
	"context"
	"time"

	"kontor/internal/host/sqlite"
)

// Holds counts the notices of the person; all of them go.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	all, err := list(ctx, q, accountID)
	return map[string]int{"notices": len(all)}, nil, err
}

// Sheets returns the notices of the person.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	all, err := list(ctx, q, accountID)
	rows := [][]string{{"at", "kind", "device", "system", "address", "letter"}}
	for _, n := range all {
		rows = append(rows, []string{n.At.Format(time.RFC3339), string(n.Kind), n.Device, n.System, n.Address, n.LetterID})
	}
	return map[string][][]string{"notices": rows}, err
}

// Erase has nothing to do: the notices go with the account.
func (s *Service) Erase(context.Context, *sqlite.Tx, string) error { return nil }
