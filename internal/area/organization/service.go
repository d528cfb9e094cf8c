package organization

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/obstacle"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Accounts knows people by their login e-mail.
type Accounts interface {
	// IDByEmail finds the account of a login e-mail; "" if there is none.
	IDByEmail(ctx context.Context, address string) (string, error)
	// EmailKey is the form in which an account's login e-mail is compared.
	EmailKey(ctx context.Context, q sqlite.Queryer, accountID string) (string, error)
	// People tells of accounts by id; who is gone is not in it.
	People(ctx context.Context, ids []string) (map[string]access.Person, error)
}

// Sessions are what is signed in on this computer.
type Sessions interface {
	access.Reauthenticator
	// SwitchTo shows an organization on this window.
	SwitchTo(ctx context.Context, organizationID string) error
	// Locked tells which of the accounts are locked, and since when, to those who may unlock them.
	Locked(ctx context.Context, accountIDs []string) (map[string]time.Time, error)
}

// Letter is an e-mail that goes in the name of an organization.
type Letter struct{ To, Subject, Text, OrganizationID string }

// Post hands letters to the queue of e-mails.
type Post interface {
	// Send queues a letter in the caller's transaction and returns its id; Conflict/mail_not_set_up without a server.
	Send(ctx context.Context, tx *sqlite.Tx, l Letter) (id string, err error)
	// Recall takes it out again, if it has not gone.
	Recall(ctx context.Context, tx *sqlite.Tx, id string) error
}

// Service reads and changes organizations and their members.
type Service struct {
	Directory
	journal   audit.Recorder
	accounts  Accounts
	sessions  Sessions
	post      Post // nil where nothing is sent
	obstacles []obstacle.Source

	mu      sync.Mutex
	lowered lowered // the last role that a person gave herself
}

// NewService wires a service; it opens nothing.
func NewService(db *sqlite.DB, journal audit.Recorder, sessions Sessions, accounts Accounts, obstacles ...obstacle.Source) *Service {
	return &Service{
		Directory: NewDirectory(db), journal: journal, sessions: sessions, accounts: accounts, obstacles: obstacles,
	}
}

// SendThrough says how letters go out. It is called while the program is wired.
func (s *Service) SendThrough(p Post) { s.post = p }

// Directory knows who belongs where, before anybody is signed in.
type Directory struct{ db *sqlite.DB }

// NewDirectory wires a directory.
func NewDirectory(db *sqlite.DB) Directory { return Directory{db} }

// Add creates an organization in the caller's transaction and makes founder its legal representative, as a first
// sign-up without invitation does (faq/1633).
func (s *Service) Add(ctx context.Context, tx *sqlite.Tx, n New, founder string) (Organization, error) {
	if err := n.Validate(); err != nil {
		return Organization{}, err
	}
	o := Organization{ID: tx.NewID(), Name: n.Name, Kind: Company, Country: n.Country, Currency: CurrencyOf(n.Country), Version: 1, CreatedAt: tx.Now}
	if n.Currency == CHF || n.Currency == EUR {
		o.Currency = n.Currency
	}
	if err := insert(ctx, tx, o); err != nil {
		return Organization{}, err
	}
	if err := insertMember(ctx, tx, o.ID, founder, access.LegalRepresentative, false); err != nil {
		return Organization{}, err
	}
	err := s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.ItemAdded, Product: audit.Organization, ObjectID: o.ID, ObjectName: o.Name,
		AccountID: founder, OrganizationID: o.ID,
	})
	if err != nil {
		return Organization{}, err
	}
	return o, s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.OwnerRoleGiven, Product: audit.Organization, ObjectID: founder, New: string(access.LegalRepresentative),
		AccountID: founder, OrganizationID: o.ID,
	})
}

// Arrived makes a person the legal representative, and the only member, of an organization whose rows came from another
// workspace in the caller's transaction.
func (s *Service) Arrived(ctx context.Context, tx *sqlite.Tx, o Organization, accountID string) error {
	if err := insertMember(ctx, tx, o.ID, accountID, access.LegalRepresentative, false); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.DataImported, Product: audit.Organization, ObjectID: o.ID, ObjectName: o.Name, New: fileValue, OrganizationID: o.ID,
	})
}

// Left tells the journal that the organization went into a file, in the caller's transaction.
func (s *Service) Left(ctx context.Context, tx *sqlite.Tx, o Organization) error {
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.DataExported, Product: audit.Organization, ObjectID: o.ID, ObjectName: o.Name, New: fileValue, OrganizationID: o.ID,
	})
}

// fileValue is what the journal calls the file of an organization.
const fileValue = "organization_file"

// Join makes a person a member in the caller's transaction. The caller has checked who may.
func (s *Service) Join(ctx context.Context, tx *sqlite.Tx, organizationID, accountID string, role access.Role) error {
	if err := insertMember(ctx, tx, organizationID, accountID, role, false); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.ItemAdded, Product: audit.Organization, ObjectID: accountID, New: string(role),
		OrganizationID: organizationID,
	})
}

// Mine lists the organizations of the person who is signed in, by name: those that the session reaches.
func (s *Service) Mine(ctx context.Context) ([]Membership, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	list, err := memberships(ctx, s.db.Reader(), actor.AccountID)
	if actor.Bound {
		list = slices.DeleteFunc(list, func(m Membership) bool { return m.Organization.ID != actor.OrganizationID })
	}
	return list, err
}

// Membership returns a person's role and further rights in an organization; fault.NotFound if there is none.
// It serves signing in, before there is an actor.
func (d Directory) Membership(ctx context.Context, accountID, organizationID string) (access.Role, []access.Capability, error) {
	m, err := membership(ctx, d.db.Reader(), accountID, organizationID)
	if err != nil {
		return "", nil, err
	}
	grants := []access.Capability{}
	if m.Accounting {
		grants = append(grants, access.Accounting)
	}
	return m.Role, grants, nil
}

// First is the organization that a person sees who has not chosen one yet: the one in which she may do most, the oldest
// of several; "" if there is none.
func (d Directory) First(ctx context.Context, q sqlite.Queryer, accountID string) (string, error) {
	list, err := memberships(ctx, q, accountID)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return slices.MinFunc(list, func(a, b Membership) int {
		return cmp.Or(
			cmp.Compare(slices.Index(access.Roles(), a.Role), slices.Index(access.Roles(), b.Role)),
			a.Organization.CreatedAt.Compare(b.Organization.CreatedAt),
		)
	}).Organization.ID, nil
}

// Accepted tells whether a member has said herself that she belongs to an organization.
func (d Directory) Accepted(ctx context.Context, q sqlite.Queryer, accountID, organizationID string) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], "SELECT accepted_at IS NOT NULL FROM member WHERE account_id = ? AND organization_id = ?",
		accountID, organizationID)
}

// Administrators are the legal representatives and administrators of the organizations to which a person has said that
// she belongs, but for the person: those who may unlock the account.
func (d Directory) Administrators(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error) {
	return administrators(ctx, q, accountID)
}

// CurrentName is what the organization that the window shows is called.
func (s *Service) CurrentName(ctx context.Context) (string, error) {
	m, err := s.Current(ctx)
	return m.Organization.Name, err
}
