package session

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Reasons of a refused sign-in through a provider, and of a refused link.
const (
	ReasonNoProvider    = "sso_no_provider"    // no organization here has switched SSO on for the domain
	ReasonNotLinked     = "sso_not_linked"     // nobody in the organization has linked that identity; param email
	ReasonChanged       = "sso_changed"        // the organization has another provider by now
	ReasonLinkedAlready = "sso_linked_already" // the account has an identity of that provider: no second one unasked
	ReasonLinkedOther   = "sso_linked_other"   // the identity opens another account
)

// Identity is who a provider says has signed in. Issuer and Subject tell people apart; Email is a name, and proves nobody.
type Identity struct {
	Issuer  string
	Subject string // tenant and object where the provider names them, else its subject
	Email   string
}

// Link is a provider's identity that opens an account.
type Link struct {
	Issuer   string
	Named    string // as the provider called the person
	LinkedAt time.Time
}

// decide is the one place that says whose account an identity opens through an organization's provider, and why none:
// the one that was linked from inside to just this identity, if it belongs to the organization and the organization still
// has the provider. No account is made, no role given, and no address looked at.
func (s *Service) decide(ctx context.Context, q sqlite.Queryer, p Provider, who Identity) (accountID string, err error) {
	if err := s.stands(ctx, q, p); err != nil {
		return "", err
	}
	accountID, err = linkedTo(ctx, q, who)
	if err == nil {
		_, _, err = s.members.Membership(ctx, accountID, p.OrganizationID)
	}
	if fault.CodeOf(err) == fault.NotFound {
		return "", fault.New(fault.Forbidden, ReasonNotLinked).With("email", who.Email)
	}
	return accountID, err
}

// stands refuses a provider that is not the organization's any more.
func (s *Service) stands(ctx context.Context, q sqlite.Queryer, p Provider) error {
	now, err := providerOf(ctx, q, p.OrganizationID)
	if fault.CodeOf(err) == fault.NotFound || err == nil && (now.Tenant != p.Tenant || now.Client != p.Client) {
		return fault.New(fault.Conflict, ReasonChanged)
	}
	return err
}

// SignInAs begins a session for whom the provider named, see decide. It reaches the provider's organization alone, until
// Widen. The local password and its lock play no part.
func (s *Service) SignInAs(ctx context.Context, p Provider, who Identity, stay bool) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		accountID, err := s.decide(ctx, tx, p, who)
		if err != nil {
			return err
		}
		return s.beginIn(ctx, tx, accountID, BySSO, stay, p.OrganizationID)
	})
}

// Widen lets a session that a provider has opened reach everything of the person's, after the password was given.
func (s *Service) Widen(ctx context.Context, password string) error {
	if err := s.Reauthenticate(ctx, password); err != nil {
		return err
	}
	actor := access.From(ctx)
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := widen(ctx, tx, actor.SessionID); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Session, ObjectID: actor.SessionID, Old: "sso", New: "password",
		})
	})
}

// Links lists the identities that open the account of the person who is signed in. Requires access.OwnAccount.
func (s *Service) Links(ctx context.Context) ([]Link, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return nil, err
	}
	return linksOf(ctx, s.db.Reader(), actor.AccountID)
}

// Offered tells whether the organization that the window shows has a provider to link.
func (s *Service) Offered(ctx context.Context) (bool, error) {
	_, err := providerOf(ctx, s.db.Reader(), access.From(ctx).OrganizationID)
	if fault.CodeOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// link lets an identity open the account whose session has asked for it, if that still lives.
// Errors: Unauthenticated; Conflict/ReasonLinkedAlready, ReasonLinkedOther, ReasonChanged.
func (s *Service) link(ctx context.Context, asked access.Actor, p Provider, who Identity) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		session, _, err := withHash(ctx, tx, asked.SessionID)
		if err != nil || !session.EndedAt.IsZero() || session.AccountID != asked.AccountID {
			return fault.New(fault.Unauthenticated, "session_ended")
		}
		if _, _, err := s.members.Membership(ctx, asked.AccountID, p.OrganizationID); err != nil {
			return err
		}
		if err := s.stands(ctx, tx, p); err != nil {
			return err
		}
		switch owner, err := linkedTo(ctx, tx, who); {
		case err == nil && owner == asked.AccountID:
			return nil
		case err == nil:
			return fault.New(fault.Conflict, ReasonLinkedOther).With("email", who.Email)
		case fault.CodeOf(err) != fault.NotFound:
			return err
		}
		if err := insertLink(ctx, tx, who, asked.AccountID, p.OrganizationID); err != nil {
			if sqlite.IsUnique(err) {
				return fault.New(fault.Conflict, ReasonLinkedAlready)
			}
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemAdded, Product: audit.Account, ObjectID: asked.AccountID, ObjectName: "sso_link",
			PersonID: asked.AccountID, New: who.Email, AccountID: asked.AccountID, OrganizationID: p.OrganizationID,
		})
	})
}

// Unlink takes back that an identity opens the account. NotFound if none of that provider does.
func (s *Service) Unlink(ctx context.Context, issuer string) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := deleteLink(ctx, tx, actor.AccountID, issuer); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemDeleted, Product: audit.Account, ObjectID: actor.AccountID, ObjectName: "sso_link",
		})
	})
}
