// Package replica sends the workspace, sealed, to a place outside this computer after each change, and says what would be
// lost now. It is off until somebody asks for it; then it works beside the calls, and neither the start nor the closing waits
// for a server. How what is sent looks, and how one computer writes at a time, is internal/host/replica's.
// What is done with it on another computer, see app: while a state is put in place no workspace is open.
package replica

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
	"kontor/internal/host/audit"
	"kontor/internal/host/replica"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

// Changed is the event after which the window asks for the state again.
const Changed = "replica:changed"

// What the journal says.
const (
	object    = "replica"
	on        = "replica_on"
	off       = "replica_off"
	taken     = "replica_taken"
	forgotten = "replica_forgotten"
	restored  = "replica_restored"
)

// The keys of the settings, and the places of the secrets in the vault.
const (
	whereKey  = "replica.where"
	forgetKey = "replica.forget" // what was sent before is to be removed

	place         = "replica"
	keyField      = "key"
	passwordField = "password"
)

// Vault keeps what opens the replica and the password of its place, and gives out what opens the sealed secrets.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
	Export(ctx context.Context) (vault.Portable, error)
}

// Options say what a Service works on.
type Options struct {
	DB       *sqlite.DB
	Vault    Vault
	Journal  audit.Recorder
	Settings *settings.Store
	Dir      string // of the workspace
	Pictures string // folder of the pictures
	Program  string // version of Kontor
	Machine  string // which computer, without telling which
	Computer string // its name
	Log      *slog.Logger
	Changed  func() // called after the state changed, from any goroutine
}

// Service keeps the replica of one workspace.
type Service struct {
	o    Options
	busy sync.Mutex // one at a time at the place

	mu     sync.Mutex
	status Status
	since  time.Time     // of the first change that the last sending may not have met
	wake   chan struct{} // something changed, or is to be tried now
	stop   context.CancelFunc
	done   sync.WaitGroup

	// Of the work, or of whoever has ended it.
	opened atomic.Bool   // the place was told that Kontor is open here
	seen   [2]time.Time  // see stamp
	pace   time.Duration // from a change to the sending
}

// New wires a Service. Start begins its work beside the calls.
func New(o Options) *Service {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	return &Service{o: o, wake: make(chan struct{}, 1), pace: lag}
}

// Status is how the replica stands.
type Status struct {
	On     bool
	Looked bool         // the place has answered since the start
	Last   replica.Sent // zero for none yet
	Behind time.Time    // since when there are changes that were not sent; zero for none that are known
	Fault  error        // why nothing is sent; nil if everything is well
	Since  time.Time    // since when

	failing time.Time // the same by the computer's own clock
}

// Paused tells whether nothing is sent until a person decides.
func (s Status) Paused() bool {
	switch fault.ReasonOf(s.Fault) {
	case replica.ReasonNewer, replica.ReasonTwin, replica.ReasonLost, replica.ReasonOther, replica.ReasonFormat:
		return true
	}
	return false
}

// State is what a person sees of the replica.
type State struct {
	Status

	Where     replica.Where // without the password
	Exclusive bool          // the place keeps two apart that begin to write at the same moment
	Known     bool          // what opens it can be had
}

// State says how the replica stands. Requires access.KeepWorkspace.
func (s *Service) State(ctx context.Context) (st State, err error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return st, err
	}
	if st.Where, err = s.where(ctx); err != nil || st.Where.Address == "" {
		return st, err
	}
	st.Status = s.now()
	st.On = true // also where this program sends nothing by itself
	_, missing := s.o.Vault.Get(ctx, place, "", keyField)
	st.Known = missing == nil
	line, err := s.local(ctx)
	if err != nil {
		return st, err
	}
	known, err := line.State()
	st.Exclusive = known.Exclusive || known.Number == 0
	if st.Last.Name == "" {
		st.Last = known.Last
	}
	return st, err
}

func (s *Service) where(ctx context.Context) (w replica.Where, err error) {
	text, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), settings.Workspace, whereKey)
	if err != nil || text == "" {
		return w, err
	}
	return w, json.Unmarshal([]byte(text), &w)
}

// options are those of a line that is not yet at its place.
func (s *Service) options(ctx context.Context) (replica.Options, error) {
	id, err := s.o.DB.ID(ctx)
	return replica.Options{
		Workspace: id, Dir: s.o.Dir, Machine: s.o.Machine, Computer: s.o.Computer, Program: s.o.Program, Now: s.o.DB.Now,
	}, err
}

// local is the line as far as this computer knows it.
func (s *Service) local(ctx context.Context) (*replica.Line, error) {
	o, err := s.options(ctx)
	return replica.New(o), err
}

// reach reaches for the place.
func (s *Service) reach(ctx context.Context) (w replica.Where, o replica.Options, err error) {
	if o, err = s.options(ctx); err != nil {
		return w, o, err
	}
	if w, err = s.where(ctx); err != nil {
		return w, o, err
	}
	if w.Address == "" {
		return w, o, fault.New(fault.NotFound, replica.ReasonEmpty)
	}
	secret, err := s.o.Vault.Get(ctx, place, "", keyField)
	if fault.CodeOf(err) == fault.NotFound { // it was kept in a memory, or a keyring, that is not there now
		err = fault.Wrap(err, fault.Locked, vault.ReasonSealed)
	}
	if err != nil {
		return w, o, err
	}
	if o.Key, err = replica.KeyOf(secret); err != nil {
		return w, o, fault.Wrap(err, fault.Unavailable, vault.ReasonDamaged)
	}
	if w.Remote() {
		password, err := s.o.Vault.Get(ctx, place, "", passwordField)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return w, o, err
		}
		w.Password = string(password)
	}
	o.Place, err = w.At(s.o.Program)
	return w, o, err
}

func (s *Service) source() (replica.Source, error) {
	schema, err := sqlite.Latest()
	return replica.Source{
		Snapshot: s.o.DB.Snapshot, Check: sqlite.Trust, Pictures: s.o.Pictures, Schema: schema,
		Opens: func(ctx context.Context) (replica.Opens, error) {
			p, err := s.o.Vault.Export(ctx)
			return replica.Opens{Key: p.Key, File: p.File}, err
		},
	}, err
}

// Set begins to send to a place. Where there is a replica of this workspace already, nothing is sent before a person has
// decided who goes on. The passphrase opens what is there, or seals what is begun; again is asked for only then.
// An empty password keeps the one of the same place, and a server over SSH the key that was confirmed for it. Requires
// access.KeepWorkspace. Errors: Invalid with the fields address, user, fingerprint, passphrase, again; those of the place;
// Conflict/replica.ReasonOther.
func (s *Service) Set(ctx context.Context, w replica.Where, passphrase, again string) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	if err := errors.Join(w.Check(), archive.CheckPassphrase(passphrase, again)); err != nil {
		var c fault.Check
		c.Merge("", w.Check())
		c.Merge("", archive.CheckPassphrase(passphrase, again))
		return c.Err()
	}
	before, err := s.where(ctx)
	if err != nil {
		return err
	}
	if w.Password == "" && w.Address == before.Address && w.User == before.User {
		if kept, err := s.o.Vault.Get(ctx, place, "", passwordField); err == nil {
			w.Password = string(kept)
		}
	}
	w = w.Knowing(before)
	o, err := s.options(ctx)
	if err != nil {
		return err
	}
	if o.Place, err = w.At(s.o.Program); err != nil {
		return err
	}
	s.halt()
	s.busy.Lock()
	key, _, err := replica.SetUp(ctx, o, passphrase)
	s.busy.Unlock()
	if err == nil {
		err = s.keep(ctx, w.Met(o.Place), key, on)
	}
	return errors.Join(err, s.begin(ctx))
}

// Adopt makes this computer send to the place from which the workspace was just put in place; nobody is signed in.
func (s *Service) Adopt(ctx context.Context, w replica.Where, key replica.Key) error {
	s.halt()
	return errors.Join(s.keep(ctx, w, key, taken), s.begin(ctx))
}

func (s *Service) keep(ctx context.Context, w replica.Where, key replica.Key, what string) error {
	text, err := json.Marshal(w)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		err := errors.Join(
			s.o.Settings.SetText(ctx, tx, settings.Workspace, whereKey, string(text)),
			s.o.Vault.Put(ctx, tx, place, "", keyField, key.Secret()),
			s.o.Vault.Put(ctx, tx, place, "", passwordField, []byte(w.Password)),
		)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, w.Address, what)
	})
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, old, what string) error {
	return record(ctx, tx, s.o.Journal, old, what)
}

func record(ctx context.Context, tx *sqlite.Tx, journal audit.Recorder, old, what string) error {
	return journal.Record(ctx, tx, audit.Entry{
		Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: object, ObjectName: object, Old: old, New: what,
	})
}

// Off ends the sending. What was sent stays where it is, unless it is to be removed: then it is removed first. Requires
// access.KeepWorkspace. Errors: those of the place, if it is to be removed; Conflict/replica.ReasonNewer if another computer
// writes there.
func (s *Service) Off(ctx context.Context, remove bool) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	w, err := s.where(ctx)
	if err != nil || w.Address == "" {
		return err
	}
	s.halt()
	if remove {
		err = s.at(ctx, func(l *replica.Line) error { return l.Destroy(ctx) })
	}
	if err == nil {
		err = replica.Stop(s.o.Dir)
	}
	if err == nil {
		err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
			return errors.Join(
				s.o.Settings.SetText(ctx, tx, settings.Workspace, whereKey, ""),
				s.o.Vault.Delete(ctx, tx, place, "", keyField), s.o.Vault.Delete(ctx, tx, place, "", passwordField),
				s.record(ctx, tx, w.Address, off),
			)
		})
	}
	return errors.Join(err, s.begin(ctx))
}

// at does something at the place, alone.
func (s *Service) at(ctx context.Context, do func(l *replica.Line) error) error {
	s.busy.Lock()
	defer s.busy.Unlock()
	return s.there(ctx, do)
}

func (s *Service) there(ctx context.Context, do func(l *replica.Line) error) error {
	_, o, err := s.reach(ctx)
	if err != nil {
		return err
	}
	return do(replica.New(o))
}

// GoOn makes this computer write, with what it holds, where another went on or what it had sent is gone. What the other has
// sent stays whole beside. Requires access.KeepWorkspace.
func (s *Service) GoOn(ctx context.Context) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	err := s.at(ctx, func(l *replica.Line) error {
		h, err := l.TakeBack(ctx)
		if err != nil {
			return err
		}
		return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return s.record(ctx, tx, h.Computer, taken) })
	})
	if err != nil {
		return err
	}
	s.nudge()
	return nil
}

// Computers are those that have written at the place, the one that writes first; none where nothing is sent. The place is asked.
// Requires access.KeepWorkspace. Errors: those of the place.
func (s *Service) Computers(ctx context.Context) (all []replica.Seen, err error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return nil, err
	}
	if w, err := s.where(ctx); err != nil || w.Address == "" {
		return nil, err
	}
	_, o, err := s.reach(ctx) // it only reads: what is being sent need not end first
	if err != nil {
		return nil, err
	}
	return replica.New(o).Computers(ctx)
}

// Line is the replica that is set, where it lies and what opens it, for whoever puts a state of it in place. Requires
// access.KeepWorkspace.
func (s *Service) Line(ctx context.Context) (*replica.Line, replica.Where, replica.Options, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return nil, replica.Where{}, replica.Options{}, err
	}
	w, o, err := s.reach(ctx)
	return replica.New(o), w, o, err
}
