package mirror

import (
	"context"
	"slices"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// What a person may do with an edit.
const (
	mayWithdraw = "withdraw"
	mayAgain    = "again"
	mayLook     = "look"
	mayKeep     = "keep"
	mayTake     = "take"
)

// may lists what a person may do with an edit in its state.
func (x *edit) may() []string {
	switch x.state {
	case editWaiting:
		return []string{mayWithdraw, mayAgain}
	case editRequested:
		if x.nextAt.IsZero() {
			return []string{mayLook, mayWithdraw}
		}
		return []string{mayLook}
	case editUncertain:
		return []string{mayLook, mayAgain, mayWithdraw}
	case editRefused:
		return []string{mayAgain, mayWithdraw}
	case editDiffers:
		return []string{mayAgain, mayTake, mayWithdraw}
	case editConflict:
		return []string{mayKeep, mayTake}
	}
	return []string{}
}

// note puts an edit into the queue. One of the same slot that has not left is replaced.
func (e *Edits) note(ctx context.Context, tx *sqlite.Tx, x edit) error {
	if err := e.supersede(ctx, tx, x); err != nil {
		return err
	}
	if x.id == "" {
		x.id = tx.NewID()
	}
	return insertEdit(ctx, tx, x)
}

// supersede takes back what is in the slot of an edit and not on its way.
func (e *Edits) supersede(ctx context.Context, tx *sqlite.Tx, x edit) error {
	former, err := inSlot(ctx, tx, x.account, x.slot)
	if err != nil {
		return err
	}
	for _, f := range former {
		underWay := f.state == editSending || !f.nextAt.IsZero() && (f.state == editRequested || f.state == editUncertain)
		if underWay {
			continue
		}
		f.reason, f.nextAt = "replaced", time.Time{}
		if err := e.settle(ctx, tx, &f, editWithdrawn); err != nil {
			return err
		}
	}
	return nil
}

// Change notes edits of fields of the profile, all or none.
func (e *Edits) Change(ctx context.Context, changes []FieldChange) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	if len(changes) > len(personFields) {
		return fault.New(fault.Invalid, "")
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		person, at, err := e.connections.Person(ctx, tx, actor.AccountID)
		if fault.CodeOf(err) == fault.NotFound {
			return fault.New(fault.Conflict, ReasonNotRead)
		}
		if err != nil {
			return err
		}
		var c fault.Check
		list := []edit{}
		stale := false
		for _, in := range changes {
			f, ok := fieldNamed(in.Field)
			if !ok {
				return fault.New(fault.Invalid, "")
			}
			now := f.read(person)
			mine := f.take(&c, in.Value, now)
			stale = stale || !f.asRead(in.Read, now)
			if mine, err = chosen(ctx, tx, &c, f, mine); err != nil {
				return err
			}
			list = append(list, edit{
				account: actor.AccountID, kind: kindProfile, act: actSet, field: f.name, resource: kindProfile,
				slot: kindProfile + "/" + f.name, base: now, baseAt: at, mine: mine,
			})
		}
		if err := c.Err(); err != nil {
			return err
		}
		if stale {
			return fault.Changed()
		}
		for _, x := range list {
			if err := e.noteField(ctx, tx, x); err != nil {
				return err
			}
		}
		return nil
	})
}

// noteField notes an edit of a field unless it asks for what is there and nothing else is on its way: then one that
// waits is only taken back.
func (e *Edits) noteField(ctx context.Context, tx *sqlite.Tx, x edit) error {
	f, _ := fieldNamed(x.field)
	if !f.same(x.mine, x.base) {
		return e.note(ctx, tx, x)
	}
	if err := e.supersede(ctx, tx, x); err != nil {
		return err
	}
	left, err := inSlot(ctx, tx, x.account, x.slot)
	if err != nil || len(left) == 0 {
		return err
	}
	return e.note(ctx, tx, x) // it follows what is on its way
}

// asRead tells whether what stood on the page is what is known.
func (f personField) asRead(on ValueInput, known value) bool {
	switch {
	case f.list != "":
		return on.ID == known.ID
	case f.name == "lock":
		return on.On == known.On && (on.Number == "" || on.Number == itoa(int64(known.Number)))
	case f.written[0] == "firstname", f.written[0] == "lastname":
		return tidy(on.Text) == tidy(known.Text)
	}
	return on.On == known.On
}

// chosen fills in what a choice is called; what is not in its list is refused.
func chosen(ctx context.Context, q sqlite.Queryer, c *fault.Check, f personField, mine value) (value, error) {
	if f.list == "" || mine.ID <= 0 {
		return mine, nil
	}
	choice, err := choiceOf(ctx, q, f.list, mine.ID)
	if fault.CodeOf(err) == fault.NotFound {
		c.Refuse(f.name, "not_a_choice")
		return mine, nil
	}
	mine.Text, mine.Code = choice.Name, choice.Code
	return mine, err
}

// act moves one edit of whoever acts by hand.
func (e *Edits) act(ctx context.Context, id, what string, do func(ctx context.Context, tx *sqlite.Tx, x *edit) error) error {
	actor, err := e.owner(ctx)
	if err != nil {
		return err
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		x, err := editByID(ctx, tx, actor.AccountID, id)
		if err != nil {
			return err
		}
		if !slices.Contains(x.may(), what) {
			return fault.Changed()
		}
		return do(ctx, tx, &x)
	})
}

// Withdraw takes an edit back, or says of one that has left that the person no longer cares.
func (e *Edits) Withdraw(ctx context.Context, id string) error {
	return e.act(ctx, id, mayWithdraw, func(ctx context.Context, tx *sqlite.Tx, x *edit) error {
		x.nextAt = time.Time{}
		return e.settle(ctx, tx, x, editWithdrawn)
	})
}

// Again sends once more. What must not be made twice becomes another edit, so that each is sent once.
func (e *Edits) Again(ctx context.Context, id string) error {
	return e.act(ctx, id, mayAgain, func(ctx context.Context, tx *sqlite.Tx, x *edit) error {
		if x.state == editUncertain && !x.once {
			x.looks, x.nextAt = len(lookAfter)-1, tx.Now // a reading decides, as it would by itself
			_, err := move(ctx, tx, x, x.state)
			return err
		}
		if x.once && x.sends > 0 {
			twin := *x
			twin.id, twin.object, twin.theirs = tx.NewID(), "", value{}
			if x.kind == kindPassword {
				twin.giveUpAt, twin.slot = tx.Now.Add(nowOrNot), kindPassword+"/"+twin.id
			}
			x.reason, x.nextAt = "again", time.Time{}
			if err := e.settle(ctx, tx, x, editWithdrawn); err != nil {
				return err
			}
			return insertEdit(ctx, tx, twin)
		}
		if x.state == editDiffers {
			x.base, x.baseAt = x.theirs, x.theirsAt // the person has seen what is there
		}
		x.nextAt, x.tries, x.looks, x.reason, x.detail, x.refusals = tx.Now, 0, 0, "", "", nil
		return e.settle(ctx, tx, x, editWaiting)
	})
}

// Look reads back at once.
func (e *Edits) Look(ctx context.Context, id string) error {
	return e.act(ctx, id, mayLook, func(ctx context.Context, tx *sqlite.Tx, x *edit) error {
		x.nextAt, x.looks = tx.Now, len(lookAfter)-1
		_, err := move(ctx, tx, x, x.state)
		return err
	})
}

// KeepMine sends the person's own value after all: what is there now is the new base.
func (e *Edits) KeepMine(ctx context.Context, id string) error {
	return e.act(ctx, id, mayKeep, func(ctx context.Context, tx *sqlite.Tx, x *edit) error {
		x.base, x.baseAt = x.theirs, x.theirsAt
		x.nextAt, x.tries, x.reason = tx.Now, 0, ""
		return e.settle(ctx, tx, x, editWaiting)
	})
}

// TakeTheirs lets what is at Infomaniak stand.
func (e *Edits) TakeTheirs(ctx context.Context, id string) error {
	return e.act(ctx, id, mayTake, func(ctx context.Context, tx *sqlite.Tx, x *edit) error {
		x.reason, x.nextAt = "theirs", time.Time{}
		return e.settle(ctx, tx, x, editWithdrawn)
	})
}

// List are the edits of whoever acts, newest first.
func (e *Edits) List(ctx context.Context) ([]EditView, error) {
	actor, err := e.owner(ctx)
	views := []EditView{}
	if err != nil {
		return views, err
	}
	list, names, err := e.all(ctx, actor.AccountID)
	for i := range list {
		views = append(views, e.view(&list[i], names))
	}
	return views, err
}

func (e *Edits) all(ctx context.Context, account string) (list []edit, names map[string]string, err error) {
	if list, err = editsOf(ctx, e.db.Reader(), account); err != nil || len(list) == 0 {
		return list, nil, err
	}
	names, err = e.connections.AccountNames(ctx, e.db.Reader(), account)
	return list, names, err
}

func noEdit() EditView { return EditView{Refusals: []RefusalView{}, May: []string{}} }

func (e *Edits) view(x *edit, names map[string]string) EditView {
	v := EditView{
		ID: x.id, Kind: x.kind, Act: x.act, Field: x.field, Name: x.name(), Account: x.remoteAccount, AccountName: names[x.remoteAccount],
		Zone: x.zone, State: x.state, Base: x.base.view(), Mine: x.mine.view(), Theirs: x.theirs.view(),
		BaseAt: bridge.Moment(x.baseAt), TheirsAt: bridge.Moment(x.theirsAt), CreatedAt: bridge.Moment(x.createdAt),
		ChangedAt: bridge.Moment(x.changedAt), SentAt: bridge.Moment(x.sentAt), NextAt: bridge.Moment(x.nextAt),
		Reason: x.reason, Scope: x.scope, Detail: x.detail, RequestID: x.requestID, Refusals: append([]RefusalView{}, x.refusals...),
		Secret: x.kind == kindPassword && e.secrets.has(x.id, e.db.Now()), May: x.may(),
	}
	if x.sends == 0 {
		v.SentAt = ""
	}
	return v
}

// name is what an edit concerns, where that is no field of the profile.
func (x *edit) name() string {
	switch x.kind {
	case kindEmail, kindPhone:
		return x.base.Text
	case kindInvitation:
		return x.mine.Invitation.Email
	case kindTeam:
		if x.act == actSet {
			return x.base.Text
		}
		return x.mine.Text
	case kindTeamUsers:
		return x.mine.Text
	case kindPassword:
		return x.mine.Text
	case kindRecord:
		r := x.mine.Record
		if r == nil {
			r = x.base.Record
		}
		if r != nil {
			return r.name(x.zone) + " " + r.Type
		}
	}
	return ""
}

// Resume ends the pause of everything that waits to be sent or read back for an account: there is another token, or the person has asked.
func (e *Edits) Resume(ctx context.Context, tx *sqlite.Tx, account string) error {
	_, err := tx.ExecContext(ctx, `UPDATE mirror_edit SET next_at = ?1
		WHERE account_id = ?2 AND state IN ('waiting', 'requested', 'uncertain') AND next_at > ?1`,
		sqlite.Millis(tx.Now), account)
	tx.AfterCommit(e.Wake)
	return err
}

// OnTheWay counts the edits that have left and were not read back, and those that have not left.
func (e *Edits) OnTheWay(ctx context.Context, q sqlite.Queryer, account string) (sent, unsent int, err error) {
	count := func(states string) (int, error) {
		return sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM mirror_edit WHERE account_id = ? AND state IN ("+states+")", account)
	}
	if sent, err = count("'sending', 'requested', 'uncertain'"); err != nil {
		return 0, 0, err
	}
	unsent, err = count("'waiting', 'conflict'")
	return sent, unsent, err
}

// Drop takes back what has not left, because the connection is given up; with erase, nothing of the edits and the zones of
// the account remains.
func (e *Edits) Drop(ctx context.Context, tx *sqlite.Tx, account string, erase bool) error {
	if erase {
		for _, table := range []string{"mirror_edit", "mirror_invited", "mirror_avatar", "mirror_zone", "mirror_zone_wish", "mirror_snapshot"} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE account_id = ?", account); err != nil {
				return err
			}
		}
		tx.AfterCommit(e.changed)
		return nil
	}
	list, err := editsOf(ctx, tx, account)
	if err != nil {
		return err
	}
	for i := range list {
		if x := &list[i]; x.state == editWaiting || x.state == editConflict || x.state == editRefused {
			x.reason, x.nextAt = "disconnected", time.Time{}
			if err := e.settle(ctx, tx, x, editWithdrawn); err != nil {
				return err
			}
		}
	}
	return nil
}

// DoubtEdits is for a database that was put back from a copy: what it says is still to be sent may have been sent after the
// copy was made. What a reading can decide is left to the reading; the rest to a person.
func DoubtEdits(ctx context.Context, db *sqlite.DB) error {
	return db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE mirror_edit SET state = 'uncertain', reason = 'restored', sends = 1, next_at = 0, claim = '',
			claim_until = 0, changed_at = ? WHERE once = 1 AND state IN ('waiting', 'sending')`, sqlite.Millis(tx.Now))
		return err
	})
}
