package mirror

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
	"kontor/internal/host/sqlite"
)

const (
	editLease      = 3 * time.Minute // a claim that is older has lost its program
	editLookAgain  = time.Minute     // other windows on the workspace note edits too
	editFarewell   = 5 * time.Second // what the edit under way gets when the program ends
	rememberEdits  = 30 * 24 * time.Hour
	scopePause     = time.Hour // an edit that lacks a scope is tried again so often; another token ends the pause at once
	firstEditPause = 20 * time.Second
	maxEditPause   = 10 * time.Minute
	limitedPause   = time.Minute // where a 429 does not tell
)

// lookAfter are the pauses before each reading of what was sent: at once, then 5 s and 60 s after it.
var lookAfter = []time.Duration{0, 5 * time.Second, 55 * time.Second}

// Start lets a loop send and read back until Stop. It looks at the database at once. At the network it looks only if
// somebody wishes that in the background, or has done something about Infomaniak since, see Wake.
func (e *Edits) Start() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stop != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	e.stop, e.ended = cancel, make(chan struct{})
	ended := e.ended
	beside.Go(e.log, "edits", func() { e.loop(ctx, ended) })
}

// Stop ends the loop. An edit that is being sent has a few seconds to be done with.
func (e *Edits) Stop() {
	e.mu.Lock()
	stop, ended := e.stop, e.ended
	e.stop = nil
	e.mu.Unlock()
	if stop == nil {
		return
	}
	stop()
	<-ended
	e.secrets.forget()
}

// Wake tells the loop that there may be something to do, and that the network may be asked for it.
func (e *Edits) Wake() {
	e.mu.Lock()
	e.awake = true
	e.mu.Unlock()
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

func (e *Edits) loop(ctx context.Context, ended chan<- struct{}) {
	defer close(ended)
	for {
		var next time.Time
		err := beside.Try(func() (err error) { next, err = e.round(ctx); return err })
		if err != nil && ctx.Err() == nil {
			e.log.Error("edits", "error", err)
		}
		pause := editLookAgain
		if err == nil && !next.IsZero() {
			pause = min(max(next.Sub(e.db.Now()), 100*time.Millisecond), editLookAgain)
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-e.wake:
		case <-timer.C:
		}
		timer.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}

// round is a pass if the network may be asked, else what can be done without it.
func (e *Edits) round(ctx context.Context) (time.Time, error) {
	e.mu.Lock()
	awake := e.awake
	e.mu.Unlock()
	if !awake {
		wished, err := e.connections.Background(ctx, e.db.Reader())
		if err != nil {
			return time.Time{}, err
		}
		awake = wished
	}
	if !awake {
		return time.Time{}, e.tidy(ctx)
	}
	next, err := e.Pass(ctx)
	if err != nil {
		return next, err
	}
	if err := e.readInvited(ctx); err != nil {
		return next, err
	}
	return next, e.keepDaily(ctx)
}

// Pass reads back and sends everything that is due, once, and tells when something is due next; zero if nothing is. What
// goes wrong at Infomaniak is written into the edits and is no error here.
func (e *Edits) Pass(ctx context.Context) (time.Time, error) {
	e.passes.Lock()
	defer e.passes.Unlock()
	if err := e.tidy(ctx); err != nil {
		return time.Time{}, err
	}
	// The edit under way is not cut off at once when the program ends.
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(editFarewell, cancel) })()
	shut := map[string]bool{} // accounts of which nothing more is asked in this pass
	for _, part := range []struct {
		due func(context.Context, sqlite.Queryer, time.Time) ([]turn, error)
		do  func(context.Context, Remote, turn) (bool, error)
	}{{dueLooks, e.look}, {dueSends, e.send}} {
		turns, err := part.due(ctx, e.db.Reader(), e.db.Now())
		if err != nil {
			return time.Time{}, err
		}
		for _, t := range turns {
			if ctx.Err() != nil {
				return time.Time{}, ctx.Err()
			}
			if shut[t.account] {
				continue
			}
			remote, err := e.connections.Remote(late, t.account)
			if err != nil {
				shut[t.account] = true // not connected, paused, or the vault is shut: the edits wait
				continue
			}
			open, err := part.do(late, remote, t)
			if err != nil {
				return time.Time{}, err
			}
			shut[t.account] = !open
		}
	}
	next, err := nextMove(ctx, e.db.Reader())
	if err != nil || next.IsZero() || len(shut) == 0 {
		return next, err
	}
	for _, closed := range shut {
		if closed { // what is due of it stays due, and is not to be asked for in a circle
			return later(next, e.db.Now().Add(firstEditPause)), nil
		}
	}
	return next, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tidy marks edits whose program is gone, gives up what was to be made now or not at all, and forgets what is long over.
// It needs no network.
func (e *Edits) tidy(ctx context.Context) error {
	return e.db.Write(ctx, func(tx *sqlite.Tx) error {
		// A clock that went ahead and was set right would let edits wait until it comes there again.
		for column, most := range map[string]time.Duration{"next_at": longest, "claim_until": editLease} {
			if _, err := tx.ExecContext(ctx, "UPDATE mirror_edit SET "+column+" = ?1 WHERE "+column+" > ?2", //nolint:gosec // two words of ours
				sqlite.Millis(tx.Now), sqlite.Millis(tx.Now.Add(most))); err != nil {
				return err
			}
		}
		gone, err := interrupted(ctx, tx, tx.Now)
		if err != nil {
			return err
		}
		for _, x := range gone {
			x.reason, x.looks, x.nextAt = "interrupted", 0, tx.Now
			if err := e.settle(ctx, tx, x, editUncertain); err != nil {
				return err
			}
		}
		late, err := tooLate(ctx, tx, tx.Now)
		if err != nil {
			return err
		}
		for _, x := range late {
			x.reason, x.nextAt = "not_now", time.Time{}
			if err := e.settle(ctx, tx, x, editWithdrawn); err != nil {
				return err
			}
		}
		return forgetEdits(ctx, tx, tx.Now.Add(-rememberEdits))
	})
}

// settle moves an edit, with its line in the journal if it has come to a decision, unless somebody was quicker.
func (e *Edits) settle(ctx context.Context, tx *sqlite.Tx, x *edit, to string) error {
	from := x.state
	if to == editWaiting { // the newest edit of a slot stands: an older one does not come back beside it
		newer, err := hasNewer(ctx, tx, *x)
		if err != nil {
			return err
		}
		if newer {
			to, x.reason, x.nextAt = editWithdrawn, "replaced", time.Time{}
		}
	}
	moved, err := move(ctx, tx, x, to)
	if err != nil || !moved {
		return err
	}
	tx.AfterCommit(e.changed)
	if to == editConfirmed {
		if err := rebase(ctx, tx, *x); err != nil {
			return err
		}
	}
	switch to {
	case editWaiting, editSending, editRequested:
		return nil
	}
	if from == to {
		return nil
	}
	return e.record(ctx, tx, *x, to)
}

func hasNewer(ctx context.Context, q sqlite.Queryer, x edit) (bool, error) {
	return sqlite.One(ctx, q, sqlite.Value[bool], `SELECT EXISTS (SELECT 1 FROM mirror_edit WHERE account_id = ?1 AND slot = ?2 AND id <> ?3
		AND state = 'waiting' AND (created_at, id) > (?4, ?3))`, x.account, x.slot, x.id, sqlite.Millis(x.createdAt))
}

// write is a transaction that is written even if the program is about to end: what became of bytes that left.
func (e *Edits) write(ctx context.Context, fn func(ctx context.Context, tx *sqlite.Tx) error) error {
	kept := context.WithoutCancel(ctx)
	return e.db.Write(kept, func(tx *sqlite.Tx) error { return fn(kept, tx) })
}

// remoteOf leads to Infomaniak for the person who acts. Errors: Conflict/ReasonNotConnected, Unavailable.
func (e *Edits) remoteOf(ctx context.Context, account string) (Remote, error) {
	r, err := e.connections.Remote(ctx, account)
	if err != nil && fault.CodeOf(err) == fault.Internal {
		return nil, fault.Wrap(err, fault.Unavailable, ReasonOffline)
	}
	return r, err
}
