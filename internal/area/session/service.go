package session

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/stretch"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Accounts knows people by their login e-mail.
type Accounts interface {
	// IDByEmail finds the account of a login e-mail; "" if there is none.
	IDByEmail(ctx context.Context, address string) (string, error)
	// LoginEmail is the login e-mail of an account.
	LoginEmail(ctx context.Context, q sqlite.Queryer, accountID string) (string, error)
	// People tells of accounts by id.
	People(ctx context.Context, ids []string) (map[string]access.Person, error)
	// Keeps tells whether an account keeps the workspace.
	Keeps(ctx context.Context, q sqlite.Queryer, accountID string) (bool, error)
}

// Members knows a person's place in an organization.
type Members interface {
	Membership(ctx context.Context, accountID, organizationID string) (access.Role, []access.Capability, error)
	First(ctx context.Context, q sqlite.Queryer, accountID string) (organizationID string, err error)
	// Accepted tells whether a member has said herself that she belongs to the organization.
	Accepted(ctx context.Context, q sqlite.Queryer, accountID, organizationID string) (bool, error)
	// Administrators are the legal representatives and administrators, but for the person, of the organizations to which
	// the person has said that she belongs.
	Administrators(ctx context.Context, q sqlite.Queryer, accountID string) ([]string, error)
}

// Vault keeps the secret of a session that outlives its window.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
}

// VaultPlace is where the session secrets are in the vault; the row is the person at the operating system, whose number
// is the same on most computers.
const VaultPlace = "session"

const (
	place = VaultPlace
	field = "secret"
)

// touch is how often the moment of last activity is written.
const touch = time.Minute

// Service signs people in and out of this window.
type Service struct {
	db              *sqlite.DB
	journal         audit.Recorder
	accounts        Accounts
	members         Members
	vault           Vault
	device          Device
	person          string // at the operating system; several may share a workspace
	seat            string // the person, and where the one window that the person may have here is claimed
	params          stretch.Params
	notifier        Notifier
	clock           day.Clock
	refusalInterval time.Duration
	dummy           func(ctx context.Context) (string, error) // a hash that no password opens, so that unknown addresses take as long; made once

	browser browser

	mu      sync.Mutex
	current credentials // of this window
	touched time.Time
	within  string // the organization in which this process acts, whatever the session shows; see ActIn
}

type credentials struct {
	SessionID string `json:"session"`
	Secret    []byte `json:"secret"`
}

// Options wire a Service.
type Options struct {
	DB              *sqlite.DB
	Journal         audit.Recorder
	Accounts        Accounts
	Members         Members
	Vault           Vault
	Device          Device
	Person          string
	Claims          string         // the folder in which the person's windows are claimed: one at a time for a workspace
	Params          stretch.Params // HashParams but in tests
	Notifier        Notifier       // nil: nobody is told
	Clock           day.Clock
	RefusalInterval time.Duration // RefusalInterval but in tests, see inConstantTime
	SSO             SSO           // these two may be nil where nobody signs in through the browser
	Opener          Opener
	Log             *slog.Logger // what fails beside a call; nil: nowhere
}

// NewService wires a service; nobody is signed in.
func NewService(o Options) *Service {
	return &Service{
		db: o.DB, journal: o.Journal, accounts: o.Accounts, members: o.Members, vault: o.Vault,
		browser: browser{sso: o.SSO, opener: o.Opener, log: o.Log},
		device:  o.Device, person: o.Person, seat: o.Person + "@" + o.Claims, params: o.Params, notifier: o.Notifier, clock: o.Clock, refusalInterval: o.RefusalInterval,
		// Not at start: it takes as long and as much memory as a sign-in.
		dummy: onceGood(func(ctx context.Context) (string, error) {
			return stretch.Hash(ctx, "no password opens this", o.Params)
		}),
	}
}

// Begin starts a session for an account that has proved itself in that way, and makes it this window's.
func (s *Service) Begin(ctx context.Context, accountID string, method Method, stay bool) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.BeginIn(ctx, tx, accountID, method, stay) })
}

// BeginIn is Begin in the caller's transaction.
func (s *Service) BeginIn(ctx context.Context, tx *sqlite.Tx, accountID string, method Method, stay bool) error {
	return s.beginIn(ctx, tx, accountID, method, stay, "")
}

// beginIn is BeginIn for a session that reaches one organization alone; "" reaches all of the person's. A session that
// this window had before ends: nobody could take it up again.
func (s *Service) beginIn(ctx context.Context, tx *sqlite.Tx, accountID string, method Method, stay bool, boundTo string) error {
	if unlocked, err := s.unlockIn(ctx, tx, accountID, method); err != nil || unlocked {
		return err
	}
	if err := s.endFormer(ctx, tx, stay); err != nil {
		return err
	}
	organizationID := boundTo
	if boundTo == "" {
		var err error
		if organizationID, err = s.members.First(ctx, tx, accountID); err != nil {
			return err
		}
	}
	secret, hash := newSecret()
	session := Session{
		ID: tx.NewID(), AccountID: accountID, OrganizationID: organizationID, BoundTo: boundTo, Method: method, Stay: stay, Seat: s.seat,
		Device: s.device, FirstAddress: s.device.Address, FirstSeen: tx.Now, LastActive: tx.Now,
	}
	if err := insert(ctx, tx, session, hash); err != nil {
		return err
	}
	now := credentials{SessionID: session.ID, Secret: secret}
	if stay {
		if err := s.remember(ctx, tx, now); err != nil {
			return err
		}
	}
	tx.AfterCommit(func() { s.become(now, session.LastActive) })
	if err := insertAttempt(ctx, tx, accountID, true, method, s.device); err != nil {
		return err
	}
	policy, err := policyOf(ctx, tx, accountID)
	if err != nil {
		return err
	}
	if err := s.notify(ctx, tx, accountID, NoticeSuccess, policy.NotifySuccess); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.LoginOK, Product: audit.Session, ObjectID: session.ID,
		AccountID: accountID, OrganizationID: organizationID,
	})
}

// endFormer ends the session of whoever was signed in on this window.
func (s *Service) endFormer(ctx context.Context, tx *sqlite.Tx, replaced bool) error {
	s.mu.Lock()
	c := s.current
	s.mu.Unlock()
	former, err := s.verify(ctx, c)
	if fault.CodeOf(err) == fault.Unauthenticated {
		return nil
	}
	if err != nil {
		return err
	}
	if err := end(ctx, tx, former.ID, EndedBySelf); err != nil {
		return err
	}
	if !replaced {
		if err := s.vault.Delete(ctx, tx, place, s.person, field); err != nil {
			return err
		}
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.SessionEnded, Product: audit.Session, ObjectID: former.ID,
		AccountID: former.AccountID, OrganizationID: former.OrganizationID,
	})
}

func (s *Service) remember(ctx context.Context, tx *sqlite.Tx, c credentials) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return s.vault.Put(ctx, tx, place, s.person, field, text)
}

func (s *Service) become(c credentials, active time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current, s.touched = c, active
}

// Resume takes up the session that stayed signed in, if there is one, it can be read and it still lives. It tells whether
// somebody is signed in afterwards: secrets that are locked or lost keep nobody from signing in.
func (s *Service) Resume(ctx context.Context) (bool, error) {
	if _, err := s.Actor(ctx); err == nil {
		return true, nil
	}
	text, err := s.vault.Get(ctx, place, s.person, field)
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Locked, fault.Unavailable:
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var c credentials
	if err := json.Unmarshal(text, &c); err != nil {
		return false, nil
	}
	found, err := s.verify(ctx, c)
	if fault.CodeOf(err) == fault.Unauthenticated {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := markActive(ctx, tx, found.ID, s.device); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.become(c, tx.Now) })
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.LoginOKByCookie, Product: audit.Session, ObjectID: found.ID,
			AccountID: found.AccountID, OrganizationID: found.OrganizationID,
		})
	})
	return err == nil, err
}

// verify returns the living session that the credentials belong to; Unauthenticated otherwise.
func (s *Service) verify(ctx context.Context, c credentials) (Session, error) {
	if c.SessionID == "" {
		return Session{}, fault.New(fault.Unauthenticated, "")
	}
	found, hash, err := withHash(ctx, s.db.Reader(), c.SessionID)
	if fault.CodeOf(err) == fault.NotFound {
		return Session{}, fault.New(fault.Unauthenticated, "session_ended")
	}
	if err != nil {
		return Session{}, err
	}
	if !found.EndedAt.IsZero() || subtle.ConstantTimeCompare(hash, hashSecret(c.Secret)) != 1 {
		return Session{}, fault.New(fault.Unauthenticated, "session_ended")
	}
	return found, s.notLocked(ctx, found.ID)
}

// Actor returns who is signed in on this window, read anew at every call: a session that was ended elsewhere, a role
// that was taken away, are so at once. Nobody is Unauthenticated.
func (s *Service) Actor(ctx context.Context) (access.Actor, error) {
	s.mu.Lock()
	c, touched, within := s.current, s.touched, s.within
	s.mu.Unlock()
	found, err := s.verify(ctx, c)
	if err != nil {
		return access.Actor{}, err
	}
	actor := access.Actor{AccountID: found.AccountID, SessionID: found.ID, OrganizationID: found.OrganizationID, Bound: found.BoundTo != ""}
	if actor.Bound {
		actor.OrganizationID = found.BoundTo
	} else if within != "" {
		actor.OrganizationID = within
	}
	if actor.Keeper, err = s.accounts.Keeps(ctx, s.db.Reader(), found.AccountID); err != nil {
		return access.Actor{}, err
	}
	if actor.OrganizationID != "" {
		actor.Role, actor.Grants, err = s.members.Membership(ctx, found.AccountID, actor.OrganizationID)
		switch left := fault.CodeOf(err) == fault.NotFound; {
		case left && actor.Bound: // it reached that one alone
			return access.Actor{}, fault.New(fault.Unauthenticated, "session_ended")
		case left:
			actor.OrganizationID, actor.Role, err = "", "", nil
		}
		if err != nil {
			return access.Actor{}, err
		}
	}
	if s.db.Now().Sub(touched) >= touch {
		err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
			tx.AfterCommit(func() { s.become(c, tx.Now) })
			return markActive(ctx, tx, found.ID, s.device)
		})
	}
	return actor, err
}

// Here is the account of this window's session; "" for nobody, a locked window, and a session that a provider opened. It makes
// nobody active.
func (s *Service) Here(ctx context.Context) (account string) {
	s.mu.Lock()
	c := s.current
	s.mu.Unlock()
	found, err := s.verify(ctx, c)
	if err != nil || found.BoundTo != "" {
		return ""
	}
	return found.AccountID
}

// Current returns this window's session.
func (s *Service) Current(ctx context.Context) (Session, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Session{}, err
	}
	found, _, err := withHash(ctx, s.db.Reader(), actor.SessionID)
	return found, err
}

// SignOut ends this window's session for good.
func (s *Service) SignOut(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := end(ctx, tx, actor.SessionID, EndedBySelf); err != nil {
			return err
		}
		if err := s.vault.Delete(ctx, tx, place, s.person, field); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.become(credentials{}, time.Time{}) })
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SessionEnded, Product: audit.Session, ObjectID: actor.SessionID,
		})
	})
}

// SwitchTo shows another organization of the person in this window. One that the person does not belong to is not found,
// and a session that a provider has opened reaches no other.
func (s *Service) SwitchTo(ctx context.Context, organizationID string) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	if _, _, err := s.members.Membership(ctx, actor.AccountID, organizationID); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return show(ctx, tx, actor.SessionID, organizationID) })
}

// Settle shows the next organization of the person in this window where the one that it showed was deleted or has been
// left; without any left it shows none. Only the frame asks for it, as it draws everything anew then: a call of a page
// that still shows the former one must be refused, not act in another.
func (s *Service) Settle(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil || actor.OrganizationID != "" {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		next, err := s.members.First(ctx, tx, actor.AccountID)
		if err != nil {
			return err
		}
		return show(ctx, tx, actor.SessionID, next)
	})
}

// LastHere is the login e-mail of whoever used Kontor last on this computer, as the same person at the operating system; "" if that is nobody.
func (s *Service) LastHere(ctx context.Context) (email string, err error) {
	return email, s.db.View(ctx, func(q sqlite.Queryer) error {
		id, err := lastOn(ctx, q, s.device, s.seat)
		if err != nil || id == "" {
			return err
		}
		email, err = s.accounts.LoginEmail(ctx, q, id)
		return err
	})
}
