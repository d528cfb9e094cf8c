package organization

import (
	"context"

	"kontor/internal/access"
	"kontor/internal/audit"
	"kontor/internal/sqlite"
)

// Service reads and changes organizations and their members.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
}

// NewService wires a service; it opens nothing.
func NewService(db *sqlite.DB, journal audit.Recorder) *Service {
	return &Service{db: db, journal: journal}
}

// Add creates an organization in the caller's transaction and makes founder its legal representative, as a first
// sign-up without invitation does (faq/1633).
func (s *Service) Add(ctx context.Context, tx *sqlite.Tx, n New, founder string) (Organization, error) {
	if err := n.Validate(); err != nil {
		return Organization{}, err
	}
	o := Organization{ID: tx.NewID(), Name: n.Name, Country: n.Country, Currency: CurrencyOf(n.Country), CreatedAt: tx.Now}
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

// Mine lists the organizations of the person who is signed in, by name.
func (s *Service) Mine(ctx context.Context) ([]Membership, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	return memberships(ctx, s.db.Reader(), actor.AccountID)
}

// Membership returns a person's role and further rights in an organization; fault.NotFound if there is none.
// It serves signing in, before there is an actor.
func (s *Service) Membership(ctx context.Context, accountID, organizationID string) (access.Role, []access.Capability, error) {
	m, err := membership(ctx, s.db.Reader(), accountID, organizationID)
	if err != nil {
		return "", nil, err
	}
	grants := []access.Capability{}
	if m.Accounting {
		grants = append(grants, access.Accounting)
	}
	return m.Role, grants, nil
}

// First is the organization that a person sees who has not chosen one yet; "" if there is none.
func (s *Service) First(ctx context.Context, q sqlite.Queryer, accountID string) (string, error) {
	list, err := memberships(ctx, q, accountID)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return list[0].Organization.ID, nil
}

// Administrators are the legal representatives and administrators of the organizations to which a person belongs, but
// for the person: those who may unlock the account.
func (s *Service) Administrators(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error) {
	return administrators(ctx, q, accountID)
}
