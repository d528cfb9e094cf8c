package session

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// ReasonWindowLocked means that the window is locked: whoever began its session goes on after proving it again.
const ReasonWindowLocked = "window_locked"

// LockMinutes are how many minutes without a touch may lock a window; 0 is never.
var LockMinutes = []int{0, 1, 5, 15, 30, 60}

// LockRule is when a person's window locks itself.
type LockRule struct {
	Minutes    int  `json:"minutes"`    // without a touch; 0 never
	WithScreen bool `json:"withScreen"` // when the screen locks and when the computer goes to sleep, where the system tells
}

func (r LockRule) String() string { return fmt.Sprintf("idle=%d screen=%t", r.Minutes, r.WithScreen) }

// Over tells whether a window that was last touched then is to be locked now, by the clock on the wall, which goes on while
// the computer sleeps. A clock that was set back locks.
func (r LockRule) Over(then, now time.Time) bool {
	alone := now.Round(0).Sub(then.Round(0))
	return r.Minutes > 0 && (alone < 0 || alone >= time.Duration(r.Minutes)*time.Minute)
}

// LockRule is the rule of the person who is signed in. Who has chosen none has a quarter of an hour and the screen's, if
// there is a password to come back with, and never otherwise.
func (s *Service) LockRule(ctx context.Context) (LockRule, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return LockRule{}, err
	}
	return lockRuleOf(ctx, s.db.Reader(), actor.AccountID)
}

func lockRuleOf(ctx context.Context, q sqlite.Queryer, accountID string) (LockRule, error) {
	rule, err := sqlite.One(ctx, q, func(r sqlite.Row) (rule LockRule, err error) {
		return rule, r.Scan(&rule.Minutes, &rule.WithScreen)
	}, "SELECT minutes, with_screen FROM session_lock_rule WHERE account_id = ?", accountID)
	if fault.CodeOf(err) != fault.NotFound {
		return rule, err
	}
	switch _, err := passwordHash(ctx, q, accountID); fault.CodeOf(err) {
	case "":
		return LockRule{Minutes: 15, WithScreen: true}, nil
	case fault.NotFound:
		return LockRule{}, nil
	default:
		return LockRule{}, err
	}
}

// SetLockRule chooses when the person's window locks itself.
func (s *Service) SetLockRule(ctx context.Context, rule LockRule) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	var c fault.Check
	if !slices.Contains(LockMinutes, rule.Minutes) {
		c.Refuse("minutes", "not_a_choice")
	}
	if err := c.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := lockRuleOf(ctx, tx, actor.AccountID)
		if err != nil || old == rule {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO session_lock_rule (account_id, minutes, with_screen) VALUES (?, ?, ?)
			ON CONFLICT (account_id) DO UPDATE SET minutes = excluded.minutes, with_screen = excluded.with_screen`,
			actor.AccountID, rule.Minutes, rule.WithScreen)
		if err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Session, ObjectID: actor.AccountID, Old: old.String(), New: rule.String(),
		})
	})
}

// Lock locks this window: its session opens nothing, also after a restart, until whoever began it has signed in again. What
// the page holds can wait below.
func (s *Service) Lock(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO session_lock (session_id, locked_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
			actor.SessionID, sqlite.Millis(tx.Now))
		return err
	})
}

// LockWithScreen locks this window because the screen was locked, if somebody is signed in who wishes that. It tells
// whether it did.
func (s *Service) LockWithScreen(ctx context.Context) (bool, error) {
	actor, err := s.Actor(ctx)
	if fault.CodeOf(err) == fault.Unauthenticated {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ctx = access.With(ctx, actor)
	rule, err := s.LockRule(ctx)
	if err != nil || !rule.WithScreen {
		return false, err
	}
	return true, s.Lock(ctx)
}

// notLocked is what verify asks last.
func (s *Service) notLocked(ctx context.Context, id string) error {
	_, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[int64], "SELECT locked_at FROM session_lock WHERE session_id = ?", id)
	switch fault.CodeOf(err) {
	case "":
		return fault.New(fault.Unauthenticated, ReasonWindowLocked)
	case fault.NotFound:
		return nil
	default:
		return err
	}
}

// unlockIn opens this window's own session again in the caller's transaction, if it is locked, began with a password, and
// its account has just proved itself by the password. Otherwise whoever comes begins another session, which opens what that
// way of signing in opens, and those that are locked here end: nobody can take them up any more.
func (s *Service) unlockIn(ctx context.Context, tx *sqlite.Tx, accountID string, method Method) (bool, error) {
	s.mu.Lock()
	own := s.current
	s.mu.Unlock()
	locked, err := sqlite.All(ctx, tx, func(r sqlite.Row) (one Session, err error) { return one, r.Scan(&one.ID, &one.AccountID, &one.Method) },
		`DELETE FROM session_lock WHERE session_id IN
			(SELECT id FROM session WHERE ended_at IS NULL AND person = ? AND device = ? AND system = ?)
			RETURNING session_id, (SELECT account_id FROM session WHERE id = session_id), (SELECT method FROM session WHERE id = session_id)`,
		s.seat, s.device.Name, s.device.System)
	if err != nil {
		return false, err
	}
	unlocked := false
	for _, one := range locked {
		if one.ID == own.SessionID && one.AccountID == accountID && method == ByPassword && one.Method == ByPassword {
			unlocked = true
			continue
		}
		if err := s.endOne(ctx, tx, one.AccountID, one.ID, EndedBySelf); err != nil {
			return false, err
		}
	}
	if !unlocked {
		return false, nil
	}
	if err := markActive(ctx, tx, own.SessionID, s.device); err != nil {
		return false, err
	}
	if err := insertAttempt(ctx, tx, accountID, true, method, s.device); err != nil {
		return false, err
	}
	return true, s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.LoginOK, Product: audit.Session, ObjectID: own.SessionID, AccountID: accountID,
	})
}
