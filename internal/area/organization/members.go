package organization

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Reasons of refused changes of members.
const (
	ReasonLastLegal = "last_legal_representative" // name another one first
	ReasonNeedLegal = "needs_legal_representative"
	ReasonTooLate   = "role_undo_late" // the change of one's own role can no longer be taken back
)

// Members lists the people of the organization that the window shows, and who was asked in.
func (s *Service) Members(ctx context.Context) ([]Member, []Invitation, error) {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return nil, nil, err
	}
	list, err := s.seen(ctx, actor)
	if err != nil {
		return nil, nil, err
	}
	asked := []Invitation{}
	if actor.Can(access.ManageMembers) {
		asked, err = invitations(ctx, s.db.Reader(), actor.OrganizationID)
	}
	return list, asked, err
}

// seen are the members as the actor sees them, by name: for whoever may unlock them, with who is locked out.
func (s *Service) seen(ctx context.Context, actor access.Actor) ([]Member, error) {
	list, err := members(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = m.AccountID
	}
	people, err := s.accounts.People(ctx, ids)
	if err != nil {
		return nil, err
	}
	locked := map[string]time.Time{}
	if actor.Can(access.UnlockMembers) {
		if locked, err = s.sessions.Locked(ctx, ids); err != nil {
			return nil, err
		}
	}
	for i, m := range list {
		if p, ok := people[m.AccountID]; ok {
			list[i].Person = p
		}
		list[i].LockedAt = locked[m.AccountID]
	}
	slices.SortFunc(list, func(a, b Member) int {
		return cmp.Or(
			strings.Compare(strings.ToLower(a.LastName), strings.ToLower(b.LastName)),
			strings.Compare(strings.ToLower(a.FirstName), strings.ToLower(b.FirstName)),
			strings.Compare(a.AccountID, b.AccountID),
		)
	})
	return list, nil
}

// SetRole gives a member another role, and a collaborator the accounting. Only a legal representative may give or take
// that role, after the password was given, and there is always at least one (faq/1633).
func (s *Service) SetRole(ctx context.Context, accountID string, role access.Role, accounting bool, password string) error {
	actor, err := access.Require(ctx, access.ManageMembers)
	if err != nil {
		return err
	}
	if !slices.Contains(access.Roles(), role) {
		var c fault.Check
		c.Refuse("role", "not_a_choice")
		return c.Err()
	}
	accounting = accounting && role == access.Collaborator
	if err := s.proveFor(ctx, actor, accountID, role, password); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := membership(ctx, tx, accountID, actor.OrganizationID)
		if err != nil || old.Role == role && old.Accounting == accounting {
			return err
		}
		if err := s.mayChange(ctx, tx, actor, old.Role, role); err != nil {
			return err
		}
		if err := updateMember(ctx, tx, actor.OrganizationID, accountID, role, accounting); err != nil {
			return err
		}
		if accountID == actor.AccountID {
			tx.AfterCommit(func() { s.remember(lowered{actor, old, role, accounting, tx.Now}) })
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: roleAction(old.Role, role), Product: audit.Organization, ObjectID: accountID,
			Old: describeRole(old.Role, old.Accounting), New: describeRole(role, accounting),
		})
	})
}

// undoFor is how long a person may take back that she gave herself another role.
const undoFor = time.Minute

// lowered is another role that a person gave herself: what it was, and what it has been since.
type lowered struct {
	actor      access.Actor
	was        Membership
	role       access.Role
	accounting bool
	at         time.Time
}

func (s *Service) remember(l lowered) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lowered = l
}

// TakeBackRole gives the person the role again that she took from herself on this window a moment ago: with the new one
// she may have no right to. Conflict with ReasonTooLate after undoFor, or if the role was changed since.
func (s *Service) TakeBackRole(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	s.mu.Lock()
	l := s.lowered
	s.mu.Unlock()
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if l.actor.SessionID != actor.SessionID || l.actor.OrganizationID != actor.OrganizationID || tx.Now.Sub(l.at) > undoFor {
			return fault.New(fault.Conflict, ReasonTooLate)
		}
		now, err := membership(ctx, tx, actor.AccountID, actor.OrganizationID)
		if err != nil {
			return err
		}
		if now.Role != l.role || now.Accounting != l.accounting {
			return fault.New(fault.Conflict, ReasonTooLate)
		}
		if err := updateMember(ctx, tx, actor.OrganizationID, actor.AccountID, l.was.Role, l.was.Accounting); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.remember(lowered{}) })
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: roleAction(now.Role, l.was.Role), Product: audit.Organization, ObjectID: actor.AccountID,
			Old: describeRole(now.Role, now.Accounting), New: describeRole(l.was.Role, l.was.Accounting),
		})
	})
}

// Remove takes a member out of the organization that the window shows. One's own leaving is Leave.
func (s *Service) Remove(ctx context.Context, accountID string) error {
	actor, err := access.Require(ctx, access.ManageMembers)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.removeIn(ctx, tx, actor, accountID) })
}

// Leave takes the person out of the organization that the window shows; not the only legal representative (faq/1989).
func (s *Service) Leave(ctx context.Context) error {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.removeIn(ctx, tx, actor, actor.AccountID) })
}

func (s *Service) removeIn(ctx context.Context, tx *sqlite.Tx, actor access.Actor, accountID string) error {
	old, err := membership(ctx, tx, accountID, actor.OrganizationID)
	if err != nil {
		return err
	}
	if err := s.mayChange(ctx, tx, actor, old.Role, ""); err != nil {
		return err
	}
	if err := deleteMember(ctx, tx, actor.OrganizationID, accountID); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.ItemDeleted, Product: audit.Organization, ObjectID: accountID, Old: describeRole(old.Role, old.Accounting),
	})
}

// mayChange checks a change of role, or a removal if to is "".
func (s *Service) mayChange(ctx context.Context, q sqlite.Queryer, actor access.Actor, from, to access.Role) error {
	const legal = access.LegalRepresentative
	if from != legal && to != legal {
		return nil
	}
	if !actor.Can(access.GrantLegal) {
		return fault.New(fault.Forbidden, ReasonNeedLegal)
	}
	if from != legal || to == legal {
		return nil
	}
	n, err := legalRepresentatives(ctx, q, actor.OrganizationID)
	if err == nil && n < 2 {
		err = fault.New(fault.Conflict, ReasonLastLegal)
	}
	return err
}

// proveFor asks for the password before the role of legal representative is given or taken, of whoever may do that.
func (s *Service) proveFor(ctx context.Context, actor access.Actor, accountID string, role access.Role, password string) error {
	const legal = access.LegalRepresentative
	old, err := membership(ctx, s.db.Reader(), accountID, actor.OrganizationID)
	if err != nil || old.Role == role || old.Role != legal && role != legal {
		return err
	}
	if err := s.mayChange(ctx, s.db.Reader(), actor, old.Role, role); err != nil {
		return err
	}
	return s.sessions.Reauthenticate(ctx, password)
}

// roleAction is the journal's name for a change of role.
func roleAction(from, to access.Role) audit.Action {
	switch {
	case to == access.LegalRepresentative:
		return audit.OwnerRoleGiven
	case from == access.LegalRepresentative:
		return audit.OwnerRoleRevoked
	case to == access.Administrator:
		return audit.AdminRoleGiven
	case from == access.Administrator:
		return audit.AdminRoleRevoked
	}
	return audit.ItemChanged
}

func describeRole(role access.Role, accounting bool) string {
	if accounting {
		return string(role) + "+" + string(access.Accounting)
	}
	return string(role)
}
