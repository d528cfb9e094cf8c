package settings

import (
	"context"

	"kontor/internal/host/sqlite"
)

// carried are the preferences that follow a person from one workspace into another: how the window speaks and looks.
var carried = []Name{Language, Region, Theme}

// Chosen are the preferences of an account that follow it into another workspace.
func (s *Store) Chosen(ctx context.Context, account string) (map[Name]string, error) {
	chosen := map[Name]string{}
	for _, name := range carried {
		value, err := s.Get(ctx, account, name)
		if err != nil {
			return nil, err
		}
		chosen[name] = value
	}
	return chosen, nil
}

// Take keeps preferences that were chosen elsewhere, for an account and for the workspace itself.
func (s *Store) Take(ctx context.Context, account string, chosen map[Name]string) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for name, value := range chosen {
			for _, one := range []string{account, Workspace} {
				if err := s.Set(ctx, tx, one, name, value); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
