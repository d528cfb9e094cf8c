package mail

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

const (
	lease      = 3 * sendPatience    // a claim that is older has lost its program
	lookAgain  = time.Minute         // other windows on the workspace queue messages too
	farewell   = 5 * time.Second     // what the message under way gets when the program ends
	rememberIt = 30 * 24 * time.Hour // what was sent is listed for so long
)

// Start lets a loop empty the queue until Stop. It looks at the database at once, and at the network only if a server
// is set up and a message is due.
func (s *Service) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop, s.ended = cancel, make(chan struct{})
	ended := s.ended
	beside.Go(s.log, "mail", func() { s.loop(ctx, ended) })
}

// Stop ends the loop. A message that is being handed over has a few seconds to be done with.
func (s *Service) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop == nil {
		return
	}
	s.stop()
	<-s.ended
	s.stop = nil
}

// Wake tells the loop that there may be something to do: a message, another server, a vault that has been opened.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Service) loop(ctx context.Context, ended chan<- struct{}) {
	defer close(ended)
	for {
		var next time.Time
		err := beside.Try(func() (err error) { next, err = s.Pass(ctx); return err })
		if err != nil && ctx.Err() == nil {
			s.log.Error("mail", "error", err)
		}
		pause := lookAgain
		if !next.IsZero() {
			pause = min(max(next.Sub(s.db.Now()), 0), lookAgain)
		}
		if err != nil {
			pause = lookAgain
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

// Pass sends everything that is due, once, and tells when the next is due; zero if nothing waits or there is no server.
// What goes wrong with the server or a message is written into the queue and is no error here.
func (s *Service) Pass(ctx context.Context) (time.Time, error) {
	s.passes.Lock()
	defer s.passes.Unlock()
	d, err := doorOf(ctx, s.db.Reader())
	if fault.CodeOf(err) == fault.NotFound {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	next, err := nextDue(ctx, s.db.Reader())
	if err != nil || next.IsZero() {
		return next, err
	}
	if err := s.tidy(ctx); err != nil {
		return time.Time{}, err
	}
	ids, err := due(ctx, s.db.Reader(), s.db.Now())
	if err == nil && len(ids) > 0 && !s.db.Now().Before(d.nextAt) {
		err = s.deliver(ctx, d.Settings, d.failures, ids)
	}
	if err != nil {
		return time.Time{}, err
	}
	if d, err = doorOf(ctx, s.db.Reader()); err != nil {
		return time.Time{}, notFoundIsNil(err)
	}
	if next, err = nextDue(ctx, s.db.Reader()); err != nil || next.IsZero() || next.After(d.nextAt) {
		return next, err
	}
	return d.nextAt, nil
}

func notFoundIsNil(err error) error {
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	return err
}

// tidy marks attempts whose program is gone, gives up what has waited too long, and forgets what is long over.
func (s *Service) tidy(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := interrupt(ctx, tx); err != nil {
			return err
		}
		if err := forget(ctx, tx, tx.Now.Add(-rememberIt)); err != nil {
			return err
		}
		given, err := expire(ctx, tx)
		for _, w := range given {
			if err := s.record(ctx, tx, w, audit.Failed); err != nil {
				return err
			}
			tx.AfterCommit(s.changed)
		}
		return err
	})
}

// deliver sends messages over one connection.
func (s *Service) deliver(ctx context.Context, to Settings, failures int, ids []string) error {
	conn, err := s.connect(ctx, to)
	if err != nil {
		return s.unreachable(ctx, failures, err)
	}
	defer conn.close()
	if err := s.db.Write(ctx, func(tx *sqlite.Tx) error { return clearTrouble(ctx, tx) }); err != nil {
		return err
	}
	// The message under way is not cut off at once when the program ends.
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(farewell, cancel) })()
	for _, id := range ids {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := s.one(late, conn, to.From, id); err != nil {
			return err
		}
		if conn.ready() != nil {
			return nil // the next pass, which is due at once, takes another connection
		}
	}
	return nil
}

func (s *Service) connect(ctx context.Context, to Settings) (*server, error) {
	password := ""
	if to.User != "" {
		stored, err := s.vault.Get(ctx, place, row, field)
		if fault.CodeOf(err) == fault.NotFound {
			return nil, &trouble{reason: ReasonNoPassword, here: true}
		}
		if err != nil {
			if reason := fault.ReasonOf(err); reason != "" { // locked, or no keyring: the vault's own words
				return nil, &trouble{reason: reason, here: true}
			}
			return nil, err
		}
		password = string(stored)
	}
	return connect(ctx, to, password, s.roots)
}

// unreachable notes why there is no connection. A refused password is not tried by itself again before the longest
// pause: servers lock accounts for less.
func (s *Service) unreachable(ctx context.Context, failures int, err error) error {
	var t *trouble
	if !errors.As(err, &t) || ctx.Err() != nil {
		return err
	}
	wait := pause(failures + 1)
	switch {
	case t.reason == ReasonAuth:
		wait = longestPause
	case t.here:
		wait = lookAgain
	}
	s.log.Warn("mail server", "reason", t.reason, "detail", t.detail)
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		tx.AfterCommit(s.changed)
		return putTrouble(ctx, tx, t, tx.Now.Add(wait))
	})
}

// one makes one attempt at one message. That it is being sent is on disk before the first byte leaves; what became of
// it is on disk after the answer. Between the two a crash leaves it Sending, which becomes Uncertain, never Waiting.
func (s *Service) one(ctx context.Context, conn *server, from, id string) error {
	mine := s.name + "/" + uuid.NewString()
	var w work
	err := s.db.Write(ctx, func(tx *sqlite.Tx) (err error) {
		tx.AfterCommit(s.changed)
		w, err = claim(ctx, tx, id, mine, tx.Now.Add(lease))
		return err
	})
	if err != nil {
		return notFoundIsNil(err) // another window was quicker, or the person has withdrawn it
	}
	text, err := compose(from, w.messageID, w.queuedAt, w.Message)
	if err != nil {
		err = &trouble{reason: ReasonRefused, detail: oneLine(err.Error()), code: 554} // Validate lets nothing pass that cannot be written
	} else {
		err = conn.send(ctx, from, w.To, text)
	}
	return s.db.Write(context.WithoutCancel(ctx), func(tx *sqlite.Tx) error {
		tx.AfterCommit(s.changed)
		return s.settle(context.WithoutCancel(ctx), tx, w, mine, err)
	})
}

// OnHanded says what is to be done in the transaction that notes that a server has taken a message. Call it before Start.
func (s *Service) OnHanded(do func(ctx context.Context, tx *sqlite.Tx, id string, at time.Time) error) {
	s.handed = do
}

func (s *Service) settle(ctx context.Context, tx *sqlite.Tx, w work, mine string, sent error) error {
	var t *trouble
	if errors.As(sent, &t) {
		tx.AfterCommit(func() { s.log.Warn("mail not sent", "message", w.id, "reason", t.reason, "detail", t.detail) })
	}
	switch {
	case sent == nil:
		ok, err := settle(ctx, tx, w.id, mine, Sent, tx.Now, "", "")
		if err != nil || !ok {
			return err
		}
		if err := empty(ctx, tx, w.id); err != nil {
			return err
		}
		if s.handed != nil {
			if err := s.handed(ctx, tx, w.id, tx.Now); err != nil {
				s.log.Error("note that a message has left", "error", err) // it has left, whatever becomes of the note
			}
		}
		return s.record(ctx, tx, w, audit.OK)
	case t == nil:
		return sent
	case t.unsure:
		_, err := settle(ctx, tx, w.id, mine, Uncertain, tx.Now, t.reason, t.detail)
		return err
	case t.lasting():
		ok, err := settle(ctx, tx, w.id, mine, Failed, tx.Now, t.reason, t.detail)
		if err != nil || !ok {
			return err
		}
		return s.record(ctx, tx, w, audit.Failed)
	}
	_, err := settle(ctx, tx, w.id, mine, Waiting, tx.Now.Add(pause(w.tries)), t.reason, t.detail)
	return err
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, w work, result audit.Result) error {
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.AutomaticEmailSent, Product: w.Product, ObjectID: w.id, ObjectName: "mail", Result: result,
		AccountID: w.AccountID, OrganizationID: w.OrganizationID,
	})
}
