package mirror

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"kontor/internal/host/sqlite"
)

// send takes what waits for one resource as far as it comes. False: nothing more is to be asked of the account now.
func (e *Edits) send(ctx context.Context, remote Remote, t turn) (bool, error) {
	by := e.name + "/" + uuid.NewString()
	var b *batch
	err := e.db.Write(ctx, func(tx *sqlite.Tx) error {
		list, err := claimEdits(ctx, tx, t, by, tx.Now.Add(editLease))
		b = newBatch(remote, t.account, list)
		return err
	})
	if err != nil || len(b.edits) == 0 {
		return true, err
	}
	if err := b.read(ctx); err != nil {
		return e.release(ctx, b, err)
	}
	if err := e.write(ctx, func(ctx context.Context, tx *sqlite.Tx) error { return e.compare(ctx, tx, b) }); err != nil {
		return true, err
	}
	if len(b.edits) == 0 {
		return true, nil
	}
	if err := b.rehearse(ctx); err != nil {
		return e.release(ctx, b, err)
	}
	groups := [][]*edit{b.edits}
	if !b.driver.together {
		groups = nil
		for _, x := range b.edits {
			groups = append(groups, []*edit{x})
		}
	}
	open, doubt := true, false
	for _, group := range groups {
		if !open {
			if err := e.letGo(ctx, group); err != nil {
				return false, err
			}
			continue
		}
		var err error
		if open, doubt, err = e.sendGroup(ctx, b, group, by); err != nil {
			return open, err
		}
	}
	if !open && !doubt {
		return false, nil
	}
	return e.look(ctx, remote, t) // also, and above all, where no answer came: the reading says what became of it
}

// compare says of each edit of a batch what the reading before the sending means; those that are to be sent remain.
func (e *Edits) compare(ctx context.Context, tx *sqlite.Tx, b *batch) error {
	if err := e.keep(ctx, tx, b, "before_change"); err != nil {
		return err
	}
	go1 := b.edits[:0:0]
	for _, x := range b.edits {
		x.theirsAt, x.refusals, x.scope = tx.Now, nil, ""
		var err error
		switch b.driver.judge(x) {
		case standsAlready:
			x.reason, x.nextAt = "already_so", time.Time{}
			err = e.settle(ctx, tx, x, editConfirmed)
		case standsOther:
			x.reason, x.nextAt = "", time.Time{}
			err = e.settle(ctx, tx, x, editConflict)
		case standsForbidden:
			x.nextAt = time.Time{}
			err = e.settle(ctx, tx, x, editRefused)
		default:
			go1 = append(go1, x)
		}
		if err != nil {
			return err
		}
	}
	b.edits = go1
	return nil
}

// sendGroup sends edits that go in one request. That they are being sent is on disk before the first byte leaves; what
// became of it is on disk after the answer. open: more may be asked of the account now. doubt: nobody knows what became of it.
func (e *Edits) sendGroup(ctx context.Context, b *batch, group []*edit, by string) (open, doubt bool, err error) {
	var going []*edit
	err = e.db.Write(ctx, func(tx *sqlite.Tx) error {
		going = nil
		for _, x := range group {
			ok, err := beginSending(ctx, tx, x, by, tx.Now.Add(editLease))
			if err != nil {
				return err
			}
			if ok {
				going = append(going, x)
			}
		}
		tx.AfterCommit(e.changed)
		return nil
	})
	if err != nil || len(going) == 0 {
		return true, false, err
	}
	sent := b.driver.send(ctx, e, b, going)
	err = e.write(ctx, func(ctx context.Context, tx *sqlite.Tx) error {
		for _, x := range going {
			if err := e.answered(ctx, tx, x, sent); err != nil {
				return err
			}
		}
		var err error
		open, err = e.heard(ctx, tx, b, sent)
		return err
	})
	var t *Trouble
	return open, errors.As(sent, &t) && t.Outcome == Unknown, err
}

// answered writes what became of a request that may have changed something.
func (e *Edits) answered(ctx context.Context, tx *sqlite.Tx, x *edit, sent error) error {
	var t *Trouble
	x.tries, x.looks, x.nextAt = 0, 0, tx.Now
	switch {
	case sent == nil:
		x.reason = ""
		if err := noteInvited(ctx, tx, *x); err != nil {
			return err
		}
		return e.settle(ctx, tx, x, editRequested)
	case !errors.As(sent, &t): // given up in the middle: nobody knows how far it came
		x.reason = "interrupted"
		return e.settle(ctx, tx, x, editUncertain)
	}
	x.detail, x.requestID, x.scope, x.refusals = t.Text, t.RequestID, t.Scope, refusalsOf(x, t)
	x.reason = t.Why
	switch {
	case t.Outcome == NotSent, t.Outcome == Answered && (t.Why == TroublePaused || t.Why == TroubleScope || t.Why == TroubleLimited):
		x.sends-- // it was turned away before anything was done
		x.tries++
		x.nextAt = t.next(tx.Now, x.tries)
		return e.settle(ctx, tx, x, editWaiting)
	case t.Outcome == Answered && t.Why == TroubleMissing && x.act == actRemove:
		return e.settle(ctx, tx, x, editRequested) // it is gone already: the reading says so
	case t.Outcome == Answered && (t.Why == TroubleRefused || t.Why == TroubleForbidden || t.Why == TroubleMissing):
		x.nextAt = time.Time{}
		return e.settle(ctx, tx, x, editRefused)
	}
	return e.settle(ctx, tx, x, editUncertain)
}

// next is when a request that did not leave is tried again.
func (t *Trouble) next(now time.Time, tries int) time.Time {
	switch {
	case t.RetryAt.After(now):
		return t.RetryAt
	case t.Why == TroubleLimited:
		return now.Add(limitedPause)
	case t.Why == TroubleScope:
		return now.Add(scopePause)
	}
	return now.Add(min(firstEditPause<<min(max(tries-1, 0), 6), maxEditPause))
}

// release puts edits back that could not even be compared or tried: nothing has changed at Infomaniak.
func (e *Edits) release(ctx context.Context, b *batch, cause error) (bool, error) {
	var t *Trouble
	if !errors.As(cause, &t) {
		return false, e.letGo(ctx, b.edits)
	}
	open := true
	err := e.write(ctx, func(ctx context.Context, tx *sqlite.Tx) error {
		// What Infomaniak refuses at a rehearsal is refused; where it names fields, only theirs.
		refuses := t.Outcome == Answered && (t.Why == TroubleRefused || t.Why == TroubleForbidden || t.Why == TroubleMissing)
		named := false
		for _, x := range b.edits {
			named = named || len(refusalsOf(x, t)) > 0
		}
		for _, x := range b.edits {
			to := editWaiting
			own := refusalsOf(x, t)
			x.reason, x.scope, x.detail, x.requestID, x.refusals = t.Why, t.Scope, t.Text, t.RequestID, own
			x.tries++
			x.nextAt = t.next(tx.Now, x.tries)
			switch {
			case refuses && (!named || len(own) > 0):
				to, x.nextAt = editRefused, time.Time{}
			case refuses: // the others go without the refused one, at once
				x.reason, x.detail, x.requestID, x.tries, x.nextAt = "", "", "", 0, tx.Now
			}
			if err := e.settle(ctx, tx, x, to); err != nil {
				return err
			}
		}
		var err error
		open, err = e.heard(ctx, tx, b, cause)
		return err
	})
	return open, err
}

// letGo takes the claim from edits that this pass does not come to.
func (e *Edits) letGo(ctx context.Context, list []*edit) error {
	return e.write(ctx, func(ctx context.Context, tx *sqlite.Tx) error {
		for _, x := range list {
			if _, err := move(ctx, tx, x, editWaiting); err != nil {
				return err
			}
		}
		return nil
	})
}

// heard tells the connection of a refused token or a missing scope. False: nothing more is to be asked of the account now.
func (e *Edits) heard(ctx context.Context, tx *sqlite.Tx, b *batch, cause error) (bool, error) {
	var t *Trouble
	if !errors.As(cause, &t) {
		return cause == nil, nil
	}
	e.log.Info("edit at Infomaniak", "kind", b.driver.kind, "trouble", t.Why, "request", t.RequestID)
	switch t.Why {
	case TroublePaused, TroubleScope:
		return t.Why == TroubleScope, e.connections.Heard(ctx, tx, b.account, areaEdits, t)
	case TroubleOffline, TroubleLimited, TroubleMaintenance, TroubleBroken, TroubleNoAnswer:
		return false, nil
	}
	return true, nil
}

// refusalsOf are Infomaniak's words about the fields of one edit.
func refusalsOf(x *edit, t *Trouble) (list []RefusalView) {
	for _, f := range t.Fields {
		name := f.Field
		if x.kind == kindProfile {
			if name = fieldWritten(f.Field); name != x.field {
				continue
			}
		}
		list = append(list, RefusalView{Field: name, Text: f.Text})
	}
	return list
}
