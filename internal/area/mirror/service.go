package mirror

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

// Vault keeps the tokens.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
}

// The place of an account's token in the vault; its row is the account's id.
const (
	tokenPlace = "mirror_connection"
	tokenField = "token"
)

// Local is an organization or a client of Kontor, as far as it can be compared with one at Infomaniak.
type Local struct{ ID, Name, Number, VATNumber, Address string }

// Locals are the organizations and clients that whoever acts may see.
type Locals interface {
	Organizations(ctx context.Context) ([]Local, error)
	Clients(ctx context.Context) ([]Local, error)
	// CurrencyOf is the currency in a country; "" if Kontor has no organizations there.
	CurrencyOf(country string) string
	// Found makes an organization of whoever acts, without showing it.
	Found(ctx context.Context, name, country, currency string) (id string, err error)
	// MayTakeOver tells whether whoever acts may have a field of an organization say what it says there, and whether it can:
	// "name", "address", "vat_number".
	MayTakeOver(ctx context.Context, organization, field string, there Account) bool
	// TakeOver does it. Conflict/fault.ChangedMeanwhile if the field does not say what was read any more.
	TakeOver(ctx context.Context, organization, field, read string, there Account) error
	// MayAddClient tells whether whoever acts may make clients.
	MayAddClient(ctx context.Context) bool
	// AddClient makes a client of an organization there, without asking it for anything.
	AddClient(ctx context.Context, there Account) (id string, err error)
}

// Options wire a Service.
type Options struct {
	DB      *sqlite.DB
	Journal audit.Recorder
	Vault   Vault
	Reauth  access.Reauthenticator
	Locals  Locals
	Email   func(ctx context.Context) (string, error) // the sign-in e-mail of whoever acts
	Dial    Dial                                      // nil: nothing is connected, whatever is asked
	// Here is the account that is signed in now, "" for none. Nothing is read in the background for anybody else.
	Here    func(ctx context.Context) (account string)
	Clock   day.Clock // where the days of the person begin
	Log     *slog.Logger
	Sample  bool   // the sample workspace: it connects to nothing
	Changed func() // called after something new may be shown, from any goroutine; may be nil
}

// Service keeps the connections, reads what is due, and shows what was read. It opens no socket before somebody asks for
// something, or a connection reads in the background.
type Service struct {
	Options

	db      *sqlite.DB
	journal audit.Recorder
	log     *slog.Logger

	passes sync.Mutex // one pass at a time
	wake   chan struct{}
	mu     sync.Mutex
	stop   context.CancelFunc // nil while the loop does not run
	ended  chan struct{}
	woken  map[string]bool            // accounts for which somebody has asked for something
	first  map[string]chan firstHeard // who waits for the first answer of a pull
	now    map[string]string          // what is being read
	tried  map[string]trial           // tokens that were checked and not kept
	edits  *Edits                     // nil where nothing is changed
}

// firstHeard is what became of the first request of a pull.
type firstHeard struct{ stopped bool }

// NewService wires a service. Nothing is asked of the network before Start.
func NewService(o Options) *Service {
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Here == nil {
		o.Here = func(context.Context) string { return "" }
	}
	return &Service{
		Options: o, db: o.DB, journal: o.Journal, log: o.Log, wake: make(chan struct{}, 1), woken: map[string]bool{},
		first: map[string]chan firstHeard{}, now: map[string]string{}, tried: map[string]trial{},
	}
}

// Follow lets the edits go where the connection goes: another token lets them go on, the end takes them back. Call it
// before Start.
func (s *Service) Follow(e *Edits) { s.edits = e }

// Start lets a loop read what is due until Stop.
func (s *Service) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil || s.Sample || s.Dial == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop, s.ended = cancel, make(chan struct{})
	ended := s.ended
	beside.Go(s.log, "mirror", func() { s.loop(ctx, ended) })
}

// Stop ends the loop. What was read so far is kept, and gone on with.
func (s *Service) Stop() {
	s.mu.Lock()
	stop, ended := s.stop, s.ended
	s.stop = nil
	s.mu.Unlock()
	if stop != nil {
		stop()
		<-ended
	}
}

func (s *Service) loop(ctx context.Context, ended chan<- struct{}) {
	defer close(ended)
	err := s.change(ctx, func(tx *sqlite.Tx) error { // a program that was killed reads no more
		_, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET state = 'idle', reason = '' WHERE state = 'pulling'")
		return err
	})
	if err != nil && ctx.Err() == nil {
		s.log.Error("mirror", "error", err)
	}
	for {
		var next time.Time
		err := beside.Try(func() (err error) { next, err = s.Pass(ctx); return err })
		if err != nil && ctx.Err() == nil {
			s.log.Error("mirror", "error", err)
		}
		pause := time.Hour
		if !next.IsZero() {
			pause = min(max(next.Sub(s.db.Now()), time.Second), pause)
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-timer.C:
		}
		timer.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}

// Wake tells that somebody has asked for something for an account.
func (s *Service) Wake(account string) {
	s.wakeLater(account)
	if s.edits != nil {
		s.edits.Wake()
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Service) wakeLater(account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.woken[account] = true
}

func (s *Service) takeWoken(account string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	woken := s.woken[account]
	delete(s.woken, account)
	return woken
}

func (s *Service) reading(account, area string) {
	s.mu.Lock()
	s.now[account] = area
	s.mu.Unlock()
}

func (s *Service) readingNow(account string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now[account]
}

// awaitFirst tells of the first answer of the next pull of an account.
func (s *Service) awaitFirst(account string) <-chan firstHeard {
	s.mu.Lock()
	defer s.mu.Unlock()
	heard := make(chan firstHeard, 1)
	s.first[account] = heard
	return heard
}

func (s *Service) tellFirst(account string, err error, stopped bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if heard := s.first[account]; heard != nil {
		heard <- firstHeard{stopped || err != nil}
		delete(s.first, account)
	}
}

func (s *Service) running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stop != nil
}

// reader leads to Infomaniak with the token of an account; nil where nothing can be reached.
func (s *Service) reader(account string) Reader {
	if s.Dial == nil {
		return nil
	}
	return s.Dial(s.tokenIn(account), func(ctx context.Context, l RequestLog) error { return s.logged(ctx, account, l) })
}

// tokenIn gives the token of an account from the vault; one that cannot be had is a trouble like one that is refused.
func (s *Service) tokenIn(account string) func(ctx context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		secret, err := s.Vault.Get(ctx, tokenPlace, account, tokenField)
		if err != nil && ctx.Err() == nil {
			err = &Trouble{Why: TroublePaused, Outcome: NotSent, Cause: err}
		}
		return string(secret), err
	}
}

// logged keeps a request in the log before its first byte leaves, and what became of it after.
func (s *Service) logged(ctx context.Context, account string, l RequestLog) error {
	return s.db.Write(context.WithoutCancel(ctx), func(tx *sqlite.Tx) error {
		if !l.Ended {
			_, err := tx.ExecContext(ctx, `INSERT INTO mirror_request (account_id, at, method, route, status, millis, request_id, outcome)
				VALUES (?,?,?,?,0,0,?,'')`, account, sqlite.Millis(l.At), l.Method, l.Route, l.RequestID)
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE mirror_request SET status = ?, millis = ?, outcome = ? WHERE account_id = ? AND request_id = ?",
			l.Status, l.Took.Milliseconds(), l.Outcome, account, l.RequestID); err != nil {
			return err
		}
		if l.Status == 0 || l.Status == 401 {
			return nil
		}
		_, err := tx.ExecContext(ctx, "UPDATE mirror_connection SET used_at = max(used_at, ?) WHERE account_id = ?", sqlite.Millis(l.At), account)
		return err
	})
}

// Recent are the moments of the requests since a moment, of everybody: the limit counts them after a start.
func (s *Service) Recent(ctx context.Context, since time.Time) ([]time.Time, error) {
	list, err := sqlite.All(ctx, s.db.Reader(), sqlite.Value[int64], "SELECT at FROM mirror_request WHERE at > ? ORDER BY at", sqlite.Millis(since))
	moments := make([]time.Time, 0, len(list))
	for _, at := range list {
		moments = append(moments, sqlite.Time(at))
	}
	return moments, err
}

// change writes, then tells the window.
func (s *Service) change(ctx context.Context, fn func(tx *sqlite.Tx) error) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		tx.AfterCommit(s.Changed)
		return fn(tx)
	})
}

// owner is whoever acts, if the account may connect at all.
func (s *Service) owner(ctx context.Context) (access.Actor, error) {
	return access.Require(ctx, access.OwnAccount)
}

// able is whoever acts, where something can be connected.
func (s *Service) able(ctx context.Context) (access.Actor, error) {
	actor, err := s.owner(ctx)
	if err == nil && s.Sample {
		err = fault.New(fault.Conflict, ReasonSample)
	}
	return actor, err
}

// connected is whoever acts, with the connection.
func (s *Service) connected(ctx context.Context) (access.Actor, connection, error) {
	actor, err := s.able(ctx)
	if err != nil {
		return actor, connection{}, err
	}
	c, err := connectionOf(ctx, s.db.Reader(), actor.AccountID)
	if fault.CodeOf(err) == fault.NotFound || err == nil && c.state == Off {
		err = fault.New(fault.Conflict, ReasonNotConnected)
	}
	return actor, c, err
}
