package profile

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Files keeps the bytes of pictures under their SHA-256.
type Files interface {
	Put(data []byte) (sum string, err error)
	Get(sum string) ([]byte, error)
	Sweep(keep []string, now time.Time, grace time.Duration) (removed int, err error)
}

// Service reads and changes accounts.
type Service struct {
	Directory
	journal audit.Recorder
	reauth  access.Reauthenticator
	files   Files
	draft   draft
}

// NewService wires a service; it opens nothing.
func NewService(d Directory, journal audit.Recorder, reauth access.Reauthenticator, files Files) *Service {
	return &Service{Directory: d, journal: journal, reauth: reauth, files: files}
}

// Add creates an account in the caller's transaction. It asks for no permission: whoever runs Kontor on this computer
// may create an account. An address that is taken is refused at its field.
func (s *Service) Add(ctx context.Context, tx *sqlite.Tx, n New) (Account, error) {
	if err := n.Validate(); err != nil {
		return Account{}, err
	}
	key, err := input.MailKey(n.LoginEmail)
	if err != nil {
		return Account{}, err
	}
	a := Account{
		ID: tx.NewID(), FirstName: n.FirstName, LastName: n.LastName, LoginEmail: n.LoginEmail,
		Language: n.Language, Country: n.Country, TimeZone: n.TimeZone, Version: 1, CreatedAt: tx.Now,
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

// Zone is where the days of the person who is signed in begin, as the person chose; nil for nobody and for whoever
// chose none: the computer's.
func (s *Service) Zone(ctx context.Context) *time.Location {
	a, err := s.Mine(ctx)
	if err != nil || a.TimeZone == "" {
		return nil
	}
	zone, err := time.LoadLocation(a.TimeZone)
	if err != nil {
		return nil
	}
	return zone
}
