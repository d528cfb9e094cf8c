package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Reasons of the faults at the door.
const (
	ReasonLocked     = "account_locked"       // params since (RFC 3339), after (failures)
	ReasonLapses     = "account_locked_until" // nobody could lift the lock; also ends (RFC 3339)
	ReasonNoPassword = "no_password"
	ReasonWait       = "sign_in_wait" // param seconds
)

// The doors beside the sign-in: each counts its own failures of an account.
const (
	confirming = "confirm:"  // the password, asked once more
	recovering = "recovery:" // the secure form
	unlocking  = "unlock:"   // not a door: how often others have lifted the lock
)

// RefusalInterval is the time between two moments at which a refusal at the door may come, see inConstantTime. A sign-in takes less.
const RefusalInterval = 500 * time.Millisecond

// SignIn begins a session on this window. A wrong address and a wrong password get the same answer after the same
// time, and addresses that belong to nobody are slowed down and locked like any other.
func (s *Service) SignIn(ctx context.Context, email, password string, stay bool) (err error) {
	defer s.inConstantTime(ctx, time.Now(), &err)
	accountID, err := s.accounts.IDByEmail(ctx, email)
	if err != nil {
		return err
	}
	ok, err := s.prove(ctx, accountID, email, password)
	if err != nil {
		return err
	}
	if ok {
		return s.Begin(ctx, accountID, ByPassword, stay)
	}
	var c fault.Check
	c.Refuse("password", "wrong_credentials")
	return c.Err()
}

// Reauthenticate asks the person who is signed in for the password again, before a sensitive act. A wrong one is
// refused at the field "password". It is no failed sign-in (nobody stood at the door): it locks nothing and is told to
// nobody, but costs a wait that grows as at the door. Who has no password cannot prove anything here.
func (s *Service) Reauthenticate(ctx context.Context, password string) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	if _, err := passwordHash(ctx, s.db.Reader(), actor.AccountID); fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.Forbidden, ReasonNoPassword)
	}
	subject := confirming + subjectOf(actor.AccountID, "")
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := s.claim(ctx, tx, subject, "", Policy{})
		return err
	})
	if err != nil {
		return err
	}
	ok, err := s.matches(ctx, actor.AccountID, password)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if ok {
			return deleteGuard(ctx, tx, subject)
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.PasswordRefused, Product: audit.Account, Result: audit.Failed, ObjectID: actor.AccountID,
		})
	})
	if err != nil || ok {
		return err
	}
	var c fault.Check
	c.Refuse("password", "wrong_password")
	return c.Err()
}

// prove checks a password at the guarded door. The attempt is counted before the password is looked at and taken back
// if it was right, so that many windows cannot guess at once; it locks only once it was judged to be wrong.
func (s *Service) prove(ctx context.Context, accountID, email, password string) (bool, error) {
	subject := subjectOf(accountID, email)
	var policy Policy
	err := s.db.Write(ctx, func(tx *sqlite.Tx) (err error) {
		treated := accountID
		if treated == "" {
			if treated, err = standIn(ctx, tx, subject); err != nil {
				return err
			}
		}
		if policy, err = policyOf(ctx, tx, treated); err != nil {
			return err
		}
		_, err = s.claim(ctx, tx, subject, treated, policy)
		return err
	})
	if err != nil {
		return false, err
	}
	ok, err := s.matches(ctx, accountID, password)
	if err != nil {
		return false, err
	}
	return ok, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if ok {
			return errors.Join(deleteGuard(ctx, tx, subject), deleteGuard(ctx, tx, unlocking+subject))
		}
		before, err := guardOf(ctx, tx, subject)
		if err != nil {
			return err
		}
		after := before.lock(tx.Now, policy)
		if err := putGuard(ctx, tx, subject, after); err != nil || accountID == "" {
			return err
		}
		return s.recordFailure(ctx, tx, accountID, before.LockedAt.IsZero() && !after.LockedAt.IsZero(), after, policy)
	})
}

// inConstantTime lets a refusal come at the next interval since the attempt began: what a known address costs more than an unknown
// one (an entry in the journal, a notice) cannot be told from the time.
func (s *Service) inConstantTime(ctx context.Context, began time.Time, err *error) {
	if *err == nil || s.refusalInterval <= 0 {
		return
	}
	select {
	case <-time.After(s.refusalInterval - time.Since(began)%s.refusalInterval):
	case <-ctx.Done():
	}
}

// claim lets one attempt through, counted as failed, or says why not: Locked, or a wait.
func (s *Service) claim(ctx context.Context, tx *sqlite.Tx, subject, accountID string, p Policy) (guard, error) {
	g, err := guardOf(ctx, tx, subject)
	if err != nil {
		return g, err
	}
	liftable := true
	if accountID != "" && !g.LockedAt.IsZero() {
		if liftable, err = s.liftable(ctx, tx, accountID); err != nil {
			return g, err
		}
	}
	if g.locked(tx.Now, liftable) {
		return g, lockedFault(g, liftable)
	}
	if !g.LockedAt.IsZero() { // the lock has lapsed
		g = guard{}
	}
	if left := max(g.remaining(tx.Now), g.full(tx.Now, p)); left > 0 {
		return g, waitFault(left)
	}
	g = g.fail(tx.Now)
	return g, putGuard(ctx, tx, subject, g)
}

// recordFailure tells of a wrong password, and of the lock if it was the last one.
func (s *Service) recordFailure(ctx context.Context, tx *sqlite.Tx, accountID string, last bool, g guard, p Policy) error {
	if err := insertAttempt(ctx, tx, accountID, false, ByPassword, s.device); err != nil {
		return err
	}
	entry := audit.Entry{Action: audit.LoginAttempt, Product: audit.Session, Result: audit.Failed, AccountID: accountID}
	if err := s.journal.Record(ctx, tx, entry); err != nil {
		return err
	}
	if !last {
		return s.notify(ctx, tx, accountID, NoticeFailure, p.NotifyFailure)
	}
	entry = audit.Entry{
		Action: audit.ItemLocked, Product: audit.Account, ObjectID: accountID, New: strconv.Itoa(g.LockedAfter), AccountID: accountID,
	}
	if err := s.journal.Record(ctx, tx, entry); err != nil {
		return err
	}
	return s.notify(ctx, tx, accountID, NoticeLocked, true)
}

// liftable tells whether somebody could unlock the account: its own recovery codes, or an administrator of a common
// organization who is not locked out as well.
func (s *Service) liftable(ctx context.Context, tx *sqlite.Tx, accountID string) (bool, error) {
	codes, err := unusedCodes(ctx, tx, accountID)
	if err != nil || codes > 0 {
		return codes > 0, err
	}
	others, err := s.members.Administrators(ctx, tx, accountID)
	if err != nil {
		return false, err
	}
	for _, other := range others {
		g, err := guardOf(ctx, tx, subjectOf(other, ""))
		if err != nil {
			return false, err
		}
		if g.LockedAt.IsZero() {
			return true, nil
		}
	}
	return false, nil
}

func subjectOf(accountID, email string) string {
	if accountID != "" {
		return "account:" + accountID
	}
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(email))))
	return "address:" + hex.EncodeToString(sum[:])
}

func lockedFault(g guard, liftable bool) error {
	f := fault.New(fault.Locked, ReasonLocked)
	if !liftable {
		f = fault.New(fault.Locked, ReasonLapses).With("ends", g.LockedAt.Add(lapse).Format(time.RFC3339))
	}
	return f.With("since", g.LockedAt.Format(time.RFC3339)).With("after", strconv.Itoa(g.LockedAfter))
}

func waitFault(left time.Duration) error {
	return fault.New(fault.Locked, ReasonWait).With("seconds", strconv.Itoa(int(math.Ceil(left.Seconds()))))
}
