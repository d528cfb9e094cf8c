package profile

import (
	"context"

	"kontor/internal/access"
	"kontor/internal/audit"
	"kontor/internal/fault"
	"kontor/internal/sqlite"
)

// Service reads and changes accounts.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
}

// NewService wires a service; it opens nothing.
func NewService(db *sqlite.DB, journal audit.Recorder) *Service {
	return &Service{db: db, journal: journal}
}

// Add creates an account in the caller's transaction. It asks for no permission: whoever runs Kontor on this computer
// may create an account. An address that is taken is refused at its field.
func (s *Service) Add(ctx context.Context, tx *sqlite.Tx, n New) (Account, error) {
	if err := n.Validate(); err != nil {
		return Account{}, err
	}
	key, err := EmailKey(n.LoginEmail)
	if err != nil {
		return Account{}, err
	}
	a := Account{
		ID: tx.NewID(), FirstName: n.FirstName, LastName: n.LastName, LoginEmail: n.LoginEmail,
		Language: n.Language, Version: 1, CreatedAt: tx.Now,
	}
	if err := insert(ctx, tx, a, key); err != nil {
		if sqlite.IsUnique(err) {
			var c fault.Check
			c.Refuse("loginEmail", "not_unique")
			return Account{}, c.Err()
		}
		return Account{}, err
	}
	return a, s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.ItemAdded, Product: audit.Account, ObjectID: a.ID, New: a.Name(), PersonID: a.ID, AccountID: a.ID,
	})
}

// Mine returns the account of the person who is signed in.
func (s *Service) Mine(ctx context.Context) (Account, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Account{}, err
	}
	return byID(ctx, s.db.Reader(), actor.AccountID)
}

// IDByEmail finds the account of a login e-mail, however it is written; "" if there is none. For signing in only.
func (s *Service) IDByEmail(ctx context.Context, address string) (string, error) {
	key, err := EmailKey(address)
	if err != nil {
		return "", nil // no address, so nobody's
	}
	id, err := idByKey(ctx, s.db.Reader(), key)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return id, err
}

// Any tells whether the workspace has an account at all.
func (s *Service) Any(ctx context.Context) (bool, error) {
	n, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[int], "SELECT EXISTS (SELECT 1 FROM account)")
	return n == 1, err
}
