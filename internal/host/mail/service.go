package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// ReasonNotSetUp is that of a message for which there is no server.
const ReasonNotSetUp = "mail_not_set_up"

// Vault keeps the password.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
}

// The place of the password in the vault.
const (
	place = "mail_server"
	row   = "1"
	field = "password"
)

// Accounts knows the addresses of people.
type Accounts interface {
	// EmailKey is the form in which an account's login e-mail is compared.
	EmailKey(ctx context.Context, q sqlite.Queryer, accountID string) (string, error)
}

// Options wire a Service.
type Options struct {
	DB      *sqlite.DB
	Journal audit.Recorder
	Vault   Vault
	Log     *slog.Logger
	// Accounts may be nil where nobody leaves.
	Accounts Accounts
	Roots    *x509.CertPool // whom certificates are trusted from; the system's when nil
	// Me is the address and the id of the account of whoever is signed in: where a test goes.
	Me      func(ctx context.Context) (address, accountID string, err error)
	Changed func() // called after the queue or the server's state changed, from any goroutine; may be nil
}

// Service keeps the settings and the queue, and empties it while its loop runs.
type Service struct {
	db       *sqlite.DB
	journal  audit.Recorder
	vault    Vault
	accounts Accounts
	log      *slog.Logger
	roots    *x509.CertPool
	me       func(ctx context.Context) (address, accountID string, err error)
	changed  func()
	handed   func(ctx context.Context, tx *sqlite.Tx, id string, at time.Time) error // nil where nobody asks
	name     string                                                                  // of this running program, in claims

	wake   chan struct{} // holds one token: there may be something to do
	mu     sync.Mutex
	stop   context.CancelFunc // nil while the loop does not run
	ended  chan struct{}
	passes sync.Mutex // one pass at a time
}

// NewService wires a service. Nothing is sent before Start.
func NewService(o Options) *Service {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Service{
		db: o.DB, journal: o.Journal, vault: o.Vault, accounts: o.Accounts, log: o.Log, roots: o.Roots, changed: o.Changed, me: o.Me,
		name: uuid.NewString(), wake: make(chan struct{}, 1),
	}
}

// Status is what a person sees of the server.
type Status struct {
	On          bool // a server is set up; the rest is zero for whoever may not edit it
	Settings    Settings
	HasPassword bool
	Reason      string // why it could not be reached last time; "" while all is well
	Detail      string // the other side's own words
	Since       time.Time
	NextAt      time.Time // when it is asked again; zero if nothing stands in the way
	MayEdit     bool
}

// Status tells anybody who is signed in whether a server is set up, and whoever keeps the workspace which.
func (s *Service) Status(ctx context.Context) (Status, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Status{}, err
	}
	st := Status{MayEdit: actor.Can(access.KeepWorkspace), Settings: Settings{Port: 587, Security: STARTTLS}}
	d, err := doorOf(ctx, s.db.Reader())
	if fault.CodeOf(err) == fault.NotFound {
		return st, nil
	}
	if err != nil {
		return Status{}, err
	}
	if st.On = true; !st.MayEdit {
		return st, nil
	}
	_, err = s.vault.Get(ctx, place, row, field)
	st.Settings, st.HasPassword = d.Settings, err == nil
	st.Reason, st.Detail, st.Since, st.NextAt = d.reason, d.detail, d.since, d.nextAt
	return st, nil
}

// IsSetUp tells whether a message can be queued.
func (s *Service) IsSetUp(ctx context.Context, q sqlite.Queryer) (bool, error) {
	_, err := doorOf(ctx, q)
	if fault.CodeOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// SetSettings names the server. An empty password keeps the one that is kept, if host, port, security and user stay:
// it is never given to another door than the one it was entered for.
func (s *Service) SetSettings(ctx context.Context, in Settings, password string) error {
	actor, err := access.Require(ctx, access.KeepWorkspace)
	if err != nil {
		return err
	}
	if err := s.check(ctx, &in, password); err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlite.Tx) error {
		old, err := doorOf(ctx, tx)
		before := old.String()
		if fault.CodeOf(err) == fault.NotFound {
			before, err = "", nil
		}
		if err != nil {
			return err
		}
		if err := putSettings(ctx, tx, in); err != nil {
			return err
		}
		switch {
		case in.User == "":
			err = s.vault.Delete(ctx, tx, place, row, field)
		case password != "":
			err = s.vault.Put(ctx, tx, place, row, field, []byte(password))
		}
		if err != nil {
			return err
		}
		if err := atOnce(ctx, tx); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: "mail_server", ObjectName: "mail_server",
			Old: before, New: in.String(), PersonID: actor.AccountID,
		})
	})
}

// check refuses settings that cannot work, and a missing password.
func (s *Service) check(ctx context.Context, in *Settings, password string) error {
	var c fault.Check
	c.Merge("", in.Validate())
	switch {
	case len(password) > MaxPassword:
		c.Refuse("password", "too_long", "max", "1024")
	case strings.ContainsAny(password, "\x00\r\n"):
		c.Refuse("password", "not_text")
	case in.User != "" && password == "":
		old, err := doorOf(ctx, s.db.Reader())
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		if err != nil || !in.sameDoor(old.Settings) {
			c.Refuse("password", "required")
			break
		}
		if _, err := s.vault.Get(ctx, place, row, field); fault.CodeOf(err) == fault.NotFound {
			c.Refuse("password", ReasonNoPassword)
		} else if err != nil {
			return err
		}
	}
	return c.Err()
}

// Remove forgets the server and its password. What waits in the queue stays there.
func (s *Service) Remove(ctx context.Context) error {
	actor, err := access.Require(ctx, access.KeepWorkspace)
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlite.Tx) error {
		old, err := doorOf(ctx, tx)
		if err != nil {
			return err
		}
		if err := deleteSettings(ctx, tx); err != nil {
			return err
		}
		if err := s.vault.Delete(ctx, tx, place, row, field); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: "mail_server", ObjectName: "mail_server",
			Old: old.String(), PersonID: actor.AccountID,
		})
	})
}

// Test sends one message at once through settings that need not be saved, past the queue, and says at which of them it
// failed. An empty password stands for the one that is kept, under the rule of SetSettings.
func (s *Service) Test(ctx context.Context, in Settings, password string, m Message) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if err := s.check(ctx, &in, password); err != nil {
		return err
	}
	if err := m.Validate(); err != nil {
		return err
	}
	if in.User != "" && password == "" {
		stored, err := s.vault.Get(ctx, place, row, field)
		if err != nil {
			return err
		}
		password = string(stored)
	}
	id := uuid.NewString()
	text, err := compose(in.From, messageID(id, in.From), s.db.Now(), m)
	if err != nil {
		return err
	}
	conn, err := connect(ctx, in, password, s.roots)
	if err != nil {
		return public(err)
	}
	defer conn.close()
	return public(conn.send(ctx, in.From, m.To, text))
}

// public says at the right field what went wrong with the server.
func public(err error) error {
	var t *trouble
	if !errors.As(err, &t) {
		return err
	}
	if at := fieldOf[t.reason]; at != "" {
		var c fault.Check
		c.Refuse(at, t.reason, "detail", t.detail)
		return c.Err()
	}
	return fault.Wrap(t, fault.Unavailable, t.reason).With("detail", t.detail)
}

// Queue puts a message into the queue in the caller's transaction: it is owed exactly if what it tells of happened. It
// returns the id of the letter. Conflict/ReasonNotSetUp if there is no server. Who may send what is the caller's rule.
func (s *Service) Queue(ctx context.Context, tx *sqlite.Tx, m Message) (string, error) {
	if err := m.Validate(); err != nil {
		return "", err
	}
	d, err := doorOf(ctx, tx)
	if fault.CodeOf(err) == fault.NotFound {
		return "", fault.New(fault.Conflict, ReasonNotSetUp)
	}
	if err != nil {
		return "", err
	}
	id := tx.NewID()
	tx.AfterCommit(s.Wake)
	return id, insert(ctx, tx, id, messageID(id, d.From), m)
}

func messageID(id, from string) string { return id + from[strings.LastIndexByte(from, '@'):] }

// Retry sends a message again that failed or is uncertain: a person has decided so, and knows that an uncertain one may
// arrive twice. One that waits is tried at once.
func (s *Service) Retry(ctx context.Context, id string) error {
	return s.move(ctx, id, func(tx *sqlite.Tx, from State) error {
		switch from {
		case Failed, Uncertain:
			return again(ctx, tx, id)
		case Waiting:
			return atOnce(ctx, tx)
		case Sending, Sent, Withdrawn:
		}
		return fault.Changed()
	})
}

// Withdraw takes a message out of the queue before it is sent.
func (s *Service) Withdraw(ctx context.Context, id string) error {
	return s.move(ctx, id, func(tx *sqlite.Tx, from State) error {
		switch from {
		case Waiting, Failed, Uncertain:
			if err := withdraw(ctx, tx, id); err != nil {
				return err
			}
			return empty(ctx, tx, id)
		case Sending, Sent, Withdrawn:
		}
		return fault.Changed()
	})
}

// Recall takes a message out of the queue in the caller's transaction, because what it tells of holds no longer. What is
// being sent, was sent or is not known stays as it is. Who may recall what is the caller's rule.
func (s *Service) Recall(ctx context.Context, tx *sqlite.Tx, id string) error {
	l, err := letter(ctx, tx, id)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil || l.State != Waiting && l.State != Failed {
		return err
	}
	if err := withdraw(ctx, tx, id); err != nil {
		return err
	}
	tx.AfterCommit(func() { s.Wake(); s.changed() })
	return empty(ctx, tx, id)
}

func (s *Service) move(ctx context.Context, id string, act func(tx *sqlite.Tx, from State) error) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return err
	}
	return s.change(ctx, func(tx *sqlite.Tx) error {
		account, organization, product, from, err := owners(ctx, tx, id)
		if err != nil {
			return err
		}
		if own := account == actor.AccountID && actor.Can(access.OwnAccount); !own && (organization == "" || organization != actor.OrganizationID || !actor.Can(access.ManageMail)) {
			return fault.New(fault.NotFound, "")
		}
		if err := act(tx, from); err != nil {
			return err
		}
		if err := clearTrouble(ctx, tx); err != nil { // somebody has asked: the server is asked at once
			return err
		}
		to, err := letter(ctx, tx, id)
		if err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: product, ObjectID: id, ObjectName: "mail", Old: string(from), New: string(to.State),
		})
	})
}

// change writes, then wakes the loop and tells the window.
func (s *Service) change(ctx context.Context, fn func(tx *sqlite.Tx) error) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		tx.AfterCommit(func() { s.Wake(); s.changed() })
		return fn(tx)
	})
}

// toMyself is a message to the person who is signed in.
func (s *Service) toMyself(ctx context.Context, subject, text string) (Message, error) {
	address, id, err := s.me(ctx)
	return Message{To: address, Subject: subject, Text: text, AccountID: id, Product: audit.Workspace}, err
}
