package session

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// MaxUnlocks is how often others may unlock an account within unlockSpan.
const (
	MaxUnlocks = 3
	unlockSpan = 24 * time.Hour
)

// Reasons of a refused unlocking.
const (
	ReasonNotAccepted = "unlock_not_accepted" // she never said that she belongs to the organization
	ReasonUnlocks     = "unlock_too_often"    // param max
)

// Protection is how the person who is signed in is protected, and what there is to get back in.
type Protection struct {
	Policy      Policy
	Chosen      bool // the person has chosen; otherwise these are the defaults
	CodesLeft   int  // recovery codes that have not been used
	CodesMade   int
	HasPassword bool // false with SSO only
}

// Protection returns the security settings of the person who is signed in.
func (s *Service) Protection(ctx context.Context) (Protection, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Protection{}, err
	}
	return s.protection(ctx, actor.AccountID)
}

func (s *Service) protection(ctx context.Context, accountID string) (p Protection, err error) {
	return p, s.db.View(ctx, func(q sqlite.Queryer) error {
		p, err = protectionOf(ctx, q, accountID)
		return err
	})
}

// SetPolicy changes when the person is told and when the account is locked.
func (s *Service) SetPolicy(ctx context.Context, p Policy) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	if err := p.Validate(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := policyOf(ctx, tx, actor.AccountID)
		if err != nil || old == p {
			return err
		}
		if err := putPolicy(ctx, tx, actor.AccountID, p); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Session, ObjectID: actor.AccountID, Old: old.String(), New: p.String(),
		})
	})
}

// ChangePassword sets a new password after the old one was given, and ends all other sessions unless they are kept.
func (s *Service) ChangePassword(ctx context.Context, current, next string, keepOthers bool) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	known, err := s.knownOf(ctx, actor.AccountID)
	if err != nil {
		return err
	}
	var c fault.Check
	if CheckPassword(&c, "newPassword", next, known...); next == current && next != "" {
		c.Refuse("newPassword", "same_as_before")
	}
	if err := c.Err(); err != nil {
		return err
	}
	if err := s.Reauthenticate(ctx, current); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.SetPassword(ctx, tx, actor.AccountID, next); err != nil {
			return err
		}
		if !keepOthers {
			if err := s.endOthers(ctx, tx, actor.AccountID, actor.SessionID, EndedByPassword); err != nil {
				return err
			}
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.PasswordChanged, Product: audit.Account, ObjectID: actor.AccountID,
		})
	})
}

// knownOf are the words that whoever guesses a password of the account tries first.
func (s *Service) knownOf(ctx context.Context, accountID string) ([]string, error) {
	people, err := s.accounts.People(ctx, []string{accountID})
	p := people[accountID]
	return []string{p.FirstName, p.LastName, p.LoginEmail}, err
}

// NewCodes makes a new set of recovery codes in the caller's transaction, in the place of all older ones. They are
// returned this once.
func (s *Service) NewCodes(ctx context.Context, tx *sqlite.Tx, accountID string) ([]string, error) {
	codes := newCodes()
	if err := deleteCodes(ctx, tx, accountID); err != nil {
		return nil, err
	}
	for _, code := range codes {
		if err := insertCode(ctx, tx, accountID, hashCode(accountID, code)); err != nil {
			return nil, err
		}
	}
	return codes, s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.SettingsChanged, Product: audit.Account, ObjectID: accountID, New: "recovery_codes", AccountID: accountID,
	})
}

// RenewCodes makes a new set of recovery codes for the person who is signed in, after the password was given.
func (s *Service) RenewCodes(ctx context.Context, password string) (codes []string, err error) {
	if err := s.Reauthenticate(ctx, password); err != nil {
		return nil, err
	}
	return codes, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		codes, err = s.NewCodes(ctx, tx, access.From(ctx).AccountID)
		return err
	})
}

// Recover is the secure form: a recovery code opens a locked or forgotten account, sets a new password and ends every
// session. An unknown address and a wrong code get the same answer. The form has waits of its own, which grow like
// those at the door; it does not lock.
func (s *Service) Recover(ctx context.Context, email, code, next string) (err error) {
	defer s.inConstantTime(ctx, time.Now(), &err)
	var c fault.Check
	CheckPassword(&c, "newPassword", next)
	if err := c.Err(); err != nil {
		return err
	}
	accountID, err := s.accounts.IDByEmail(ctx, email)
	if err != nil {
		return err
	}
	subject := recovering + subjectOf(accountID, email)
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := s.claim(ctx, tx, subject, "", Policy{})
		return err
	})
	if err != nil {
		return err
	}
	used := false
	err = s.db.Write(ctx, func(tx *sqlite.Tx) (err error) {
		used, err = useCode(ctx, tx, accountID, hashCode(accountID, code))
		if err != nil || accountID == "" {
			return err
		}
		if !used {
			return s.journal.Record(ctx, tx, audit.Entry{
				Action: audit.RecoveryUsed, Product: audit.Account, Result: audit.Failed, ObjectID: accountID, AccountID: accountID,
			})
		}
		// Only now, and so that the code can be used again: before, a refusal would tell a stranger whose names these are.
		known, err := s.knownOf(ctx, accountID)
		if err != nil {
			return err
		}
		if CheckPassword(&c, "newPassword", next, known...); c.Err() != nil {
			return c.Err()
		}
		if err := deleteGuard(ctx, tx, subject); err != nil {
			return err
		}
		if err := s.SetPassword(ctx, tx, accountID, next); err != nil {
			return err
		}
		if err := s.endOthers(ctx, tx, accountID, "", EndedByRecovery); err != nil {
			return err
		}
		return s.lift(ctx, tx, accountID, audit.Entry{
			Action: audit.PasswordRecovered, Product: audit.Account, ObjectID: accountID, AccountID: accountID,
		})
	})
	if err != nil || used {
		return err
	}
	c.Refuse("code", "wrong_code")
	return c.Err()
}

// Locked tells which of the accounts are locked, and since when, to those who may unlock them.
func (s *Service) Locked(ctx context.Context, accountIDs []string) (map[string]time.Time, error) {
	if _, err := access.Require(ctx, access.UnlockMembers); err != nil {
		return nil, err
	}
	since := map[string]time.Time{}
	for _, id := range accountIDs {
		g, err := guardOf(ctx, s.db.Reader(), subjectOf(id, ""))
		if err != nil {
			return nil, err
		}
		if !g.LockedAt.IsZero() {
			since[id] = g.LockedAt
		}
	}
	return since, nil
}

// Unlock lets a legal representative or administrator open the locked account of a member of the current organization, as
// long as she accepted to belong to it. Each account is unlocked MaxUnlocks times a day at most, until she signs in: a
// lock that others keep lifting would let them go on guessing. Errors: NotFound; Conflict not_locked, ReasonNotAccepted,
// ReasonUnlocks.
func (s *Service) Unlock(ctx context.Context, accountID string) error {
	actor, err := access.Require(ctx, access.UnlockMembers)
	if err != nil {
		return err
	}
	if _, _, err := s.members.Membership(ctx, accountID, actor.OrganizationID); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		accepted, err := s.members.Accepted(ctx, tx, accountID, actor.OrganizationID)
		if err != nil {
			return err
		}
		if !accepted {
			return fault.New(fault.Conflict, ReasonNotAccepted)
		}
		g, err := guardOf(ctx, tx, subjectOf(accountID, ""))
		if err != nil {
			return err
		}
		if g.LockedAt.IsZero() {
			return fault.New(fault.Conflict, "not_locked")
		}
		lifted, err := guardOf(ctx, tx, unlocking+subjectOf(accountID, ""))
		if err != nil {
			return err
		}
		if tx.Now.Sub(lifted.FailedAt) >= unlockSpan {
			lifted = guard{}
		}
		if lifted.Failures >= MaxUnlocks {
			return fault.New(fault.Conflict, ReasonUnlocks).With("max", strconv.Itoa(MaxUnlocks))
		}
		if err := putGuard(ctx, tx, unlocking+subjectOf(accountID, ""), lifted.fail(tx.Now)); err != nil {
			return err
		}
		return s.lift(ctx, tx, accountID, audit.Entry{Action: audit.ItemUnlocked, Product: audit.Account, ObjectID: accountID})
	})
}

func (s *Service) lift(ctx context.Context, tx *sqlite.Tx, accountID string, e audit.Entry) error {
	if err := deleteGuard(ctx, tx, subjectOf(accountID, "")); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, e)
}
