package mirror

import (
	"context"
	"errors"
	"time"

	"kontor/internal/host/sqlite"
)

// look reads back what was sent. False: nothing more is to be asked of the account now.
func (e *Edits) look(ctx context.Context, remote Remote, t turn) (bool, error) {
	list, err := toRead(ctx, e.db.Reader(), t)
	if err != nil || len(list) == 0 {
		return true, err
	}
	due := false
	for _, x := range list {
		due = due || !x.nextAt.After(e.db.Now())
	}
	if !due {
		return true, nil
	}
	b := newBatch(remote, t.account, list)
	read := b.read(ctx)
	open := true
	err = e.write(ctx, func(ctx context.Context, tx *sqlite.Tx) error {
		if read != nil {
			for _, x := range list {
				pause := firstEditPause
				var t *Trouble
				if errors.As(read, &t) {
					pause = t.next(tx.Now, 2).Sub(tx.Now)
				}
				x.nextAt = tx.Now.Add(pause)
				if isMissing(read) {
					if x.looks++; x.looks >= len(lookAfter) {
						x.nextAt, x.reason = time.Time{}, TroubleMissing // a person decides
					}
				}
				if _, err := move(ctx, tx, x, x.state); err != nil {
					return err
				}
			}
			var err error
			open, err = e.heard(ctx, tx, b, read)
			return err
		}
		if err := e.keep(ctx, tx, b, "after_change"); err != nil {
			return err
		}
		for _, x := range list {
			x.theirsAt = tx.Now
			if err := e.seen(ctx, tx, b, x); err != nil {
				return err
			}
		}
		return nil
	})
	return open, err
}

// seen says what a reading after the sending means for one edit.
func (e *Edits) seen(ctx context.Context, tx *sqlite.Tx, b *batch, x *edit) error {
	stands := b.driver.judge(x)
	x.looks++
	switch {
	case stands == standsAlready:
		x.nextAt, x.reason, x.detail = time.Time{}, b.confirmed(x), ""
		if err := noteStatus(ctx, tx, x); err != nil {
			return err
		}
		return e.settle(ctx, tx, x, editConfirmed)
	case x.looks < len(lookAfter): // it may only not be there yet
		x.nextAt = tx.Now.Add(lookAfter[x.looks])
		_, err := move(ctx, tx, x, x.state)
		return err
	}
	x.nextAt = time.Time{}
	switch {
	case x.state == editRequested && b.driver.silent:
		x.reason = "not_shown" // accepted; nothing tells whether it is so
		_, err := move(ctx, tx, x, x.state)
		return err
	case x.state == editRequested:
		return e.settle(ctx, tx, x, editDiffers)
	case stands == standsOther:
		return e.settle(ctx, tx, x, editConflict)
	case x.once:
		_, err := move(ctx, tx, x, x.state) // a person decides
		return err
	}
	x.nextAt, x.looks, x.reason = tx.Now, 0, ""
	return e.settle(ctx, tx, x, editWaiting)
}
