package profile

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Keepers is who keeps the workspace, and who else could: everybody with an account here.
type Keepers struct{ Now, Others []access.Person }

// Keepers lists them by name. Requires access.KeepWorkspace.
func (s *Service) Keepers(ctx context.Context) (k Keepers, err error) {
	if _, err = access.Require(ctx, access.KeepWorkspace); err != nil {
		return k, err
	}
	if k.Now, err = s.keeping(ctx, true); err != nil {
		return k, err
	}
	k.Others, err = s.keeping(ctx, false)
	return k, err
}

// keeping are the people who keep the workspace, or do not.
func (s *Service) keeping(ctx context.Context, keeps bool) ([]access.Person, error) {
	ids, err := sqlite.All(ctx, s.db.Reader(), sqlite.Value[string], "SELECT id FROM account WHERE keeper = ?", keeps)
	if err != nil {
		return nil, err
	}
	people, err := s.People(ctx, ids)
	list := []access.Person{}
	for _, p := range people {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b access.Person) int {
		return cmp.Or(strings.Compare(a.FirstName+a.LastName, b.FirstName+b.LastName), strings.Compare(a.AccountID, b.AccountID))
	})
	return list, err
}

// SetKeeper lets a person keep the workspace, or no longer, after the password was given. Conflict with reason
// last_keeper if nobody would be left.
func (s *Service) SetKeeper(ctx context.Context, accountID string, keeps bool, password string) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if accountID == "" {
		var c fault.Check
		c.Refuse("accountId", "required")
		return c.Err()
	}
	if err := s.reauth.Reauthenticate(ctx, password); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		was, err := s.Keeps(ctx, tx, accountID)
		if err != nil || was == keeps {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE account SET keeper = ? WHERE id = ?", keeps, accountID); err != nil {
			return err
		}
		e := audit.Entry{Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: accountID, ObjectName: "workspace_keeper", New: "given"}
		if !keeps {
			e.New = "taken"
		}
		return s.journal.Record(ctx, tx, e)
	})
}

// Keeps tells whether an account keeps the workspace; NotFound if there is no such account.
func (d Directory) Keeps(ctx context.Context, q sqlite.Queryer, accountID string) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], "SELECT keeper FROM account WHERE id = ?", accountID)
}

// OnlyKeeper tells whether the workspace would be left without a keeper, but not without people, if the person left.
func (d Directory) OnlyKeeper(ctx context.Context, q sqlite.Queryer, accountID string) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], `SELECT EXISTS (SELECT 1 FROM account WHERE id = ? AND keeper = 1)
		AND NOT EXISTS (SELECT 1 FROM account WHERE id <> ? AND keeper = 1) AND EXISTS (SELECT 1 FROM account WHERE id <> ?)`,
		accountID, accountID, accountID)
}
