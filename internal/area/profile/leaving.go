package profile

import (
	"context"

	"kontor/internal/host/picture"
	"kontor/internal/host/sqlite"
)

// Holds counts the account itself and its pictures.
func (s *Service) Holds(ctx context.Context, q sqlite.Queryer, accountID string) (goes, stays map[string]int, err error) {
	a, err := byID(ctx, q, accountID)
	return map[string]int{"account": 1, "pictures": len(a.pictures())}, nil, err
}

// pictures are the sums of the person's pictures by what they are.
func (a Account) pictures() map[string]string {
	list := map[string]string{}
	if a.Avatar != "" {
		list["avatar"] = a.Avatar
	}
	if a.PreviousAvatar != "" {
		list["previous_avatar"] = a.PreviousAvatar
	}
	return list
}

// Files returns the person's pictures.
func (s *Service) Files(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][]byte, error) {
	a, err := byID(ctx, q, accountID)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, sum := range a.pictures() {
		data, err := s.files.Get(sum)
		if err != nil {
			return nil, err
		}
		format, _ := picture.Sniff(data)
		files[name+"."+string(format)] = data
	}
	return files, nil
}

// Sheets returns the account as a table of one row.
func (s *Service) Sheets(ctx context.Context, q sqlite.Queryer, accountID string) (map[string][][]string, error) {
	a, err := byID(ctx, q, accountID)
	return map[string][][]string{"account": {
		{"first_name", "last_name", "login_email", "language", "time_zone", "country", "phone", "recovery_phone", "recovery_email", "created_at"},
		{
			a.FirstName, a.LastName, a.LoginEmail, a.Language, a.TimeZone, a.Country, a.Phone, a.RecoveryPhone, a.RecoveryEmail,
			a.CreatedAt.Format("2006-01-02T15:04:05Z07:00"),
		},
	}}, err
}

// Erase removes the account, and with it everything that is kept under it. It comes last: the database refuses it while
// an organization would lose its last legal representative. Sweep removes the pictures afterwards.
func (s *Service) Erase(ctx context.Context, tx *sqlite.Tx, accountID string) error {
	tx.AfterCommit(func() { s.draft.drop(accountID) })
	_, err := tx.ExecContext(ctx, "DELETE FROM account WHERE id = ?", accountID)
	return err
}
