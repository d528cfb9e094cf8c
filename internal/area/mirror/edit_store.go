package mirror

import (
	"context"
	"encoding/json"
	"time"

	"kontor/internal/host/sqlite"
)

const editColumns = `id, account_id, kind, act, field, resource, slot, remote_account, object, zone, base, mine, theirs, base_at,
	theirs_at, data, once, state, sends, tries, looks, created_at, changed_at, sent_at, next_at, give_up_at, reason, scope, detail,
	refusals, request_id`

// inFlight are the edits that keep another of their resource back: claimed, on their way, or still to be read back.
const inFlight = `(state = 'sending' OR state = 'waiting' AND claim_until > ?1 OR state IN ('requested', 'uncertain') AND next_at > 0)`

func scanEdit(r sqlite.Row) (x edit, err error) {
	var base, mine, theirs, refusals string
	var baseAt, theirsAt, created, changed, sent, next, giveUp int64
	err = r.Scan(&x.id, &x.account, &x.kind, &x.act, &x.field, &x.resource, &x.slot, &x.remoteAccount, &x.object, &x.zone, &base, &mine,
		&theirs, &baseAt, &theirsAt, &x.data, &x.once, &x.state, &x.sends, &x.tries, &x.looks, &created, &changed, &sent, &next,
		&giveUp, &x.reason, &x.scope, &x.detail, &refusals, &x.requestID)
	if err != nil {
		return x, err
	}
	x.base, x.mine, x.theirs = valueOf(base), valueOf(mine), valueOf(theirs)
	x.baseAt, x.theirsAt, x.createdAt, x.changedAt = sqlite.Time(baseAt), sqlite.Time(theirsAt), sqlite.Time(created), sqlite.Time(changed)
	x.sentAt, x.nextAt, x.giveUpAt = sqlite.Time(sent), sqlite.Time(next), sqlite.Time(giveUp)
	return x, json.Unmarshal([]byte(refusals), &x.refusals)
}

// millis is sqlite.Millis with 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return sqlite.Millis(t)
}

func insertEdit(ctx context.Context, tx *sqlite.Tx, x edit) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO mirror_edit (id, account_id, kind, act, field, resource, slot, remote_account, object,
			zone, base, mine, base_at, data, once, state, created_at, changed_at, next_at, give_up_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 'waiting', ?16, ?16, ?16, ?17)`,
		x.id, x.account, x.kind, x.act, x.field, x.resource, x.slot, x.remoteAccount, x.object, x.zone, x.base.text(), x.mine.text(),
		millis(x.baseAt), x.data, x.once, sqlite.Millis(tx.Now), millis(x.giveUpAt))
	return err
}

func editByID(ctx context.Context, q sqlite.Queryer, account, id string) (edit, error) {
	return sqlite.One(ctx, q, scanEdit, "SELECT "+editColumns+" FROM mirror_edit WHERE id = ? AND account_id = ?", id, account)
}

// editsOf are an account's edits, newest first.
func editsOf(ctx context.Context, q sqlite.Queryer, account string) ([]edit, error) {
	return sqlite.All(ctx, q, scanEdit, "SELECT "+editColumns+` FROM mirror_edit WHERE account_id = ?
		ORDER BY created_at DESC, id DESC LIMIT 1000`, account)
}

// inSlot are the edits of a slot that are not over, oldest first.
func inSlot(ctx context.Context, q sqlite.Queryer, account, slot string) ([]edit, error) {
	return sqlite.All(ctx, q, scanEdit, "SELECT "+editColumns+` FROM mirror_edit
		WHERE account_id = ? AND slot = ? AND state NOT IN ('confirmed', 'withdrawn') ORDER BY created_at, id`, account, slot)
}

// turn is one resource of one account for which something is due.
type turn struct{ account, resource string }

func scanTurn(r sqlite.Row) (t turn, err error) { return t, r.Scan(&t.account, &t.resource) }

// dueLooks are the resources with something to be read back now.
func dueLooks(ctx context.Context, q sqlite.Queryer, now time.Time) ([]turn, error) {
	return sqlite.All(ctx, q, scanTurn, `SELECT account_id, resource FROM mirror_edit
		WHERE state IN ('requested', 'uncertain') AND next_at BETWEEN 1 AND ? GROUP BY account_id, resource ORDER BY min(next_at)`, sqlite.Millis(now))
}

// dueSends are the resources with something to be sent now, the one that has waited longest first.
func dueSends(ctx context.Context, q sqlite.Queryer, now time.Time) ([]turn, error) {
	return sqlite.All(ctx, q, scanTurn, `SELECT account_id, resource FROM mirror_edit w
		WHERE state = 'waiting' AND next_at <= ?1 AND claim_until <= ?1
			AND NOT EXISTS (SELECT 1 FROM mirror_edit f WHERE f.account_id = w.account_id AND f.resource = w.resource AND `+inFlightOf("f")+`)
		GROUP BY account_id, resource ORDER BY min(created_at)`, sqlite.Millis(now))
}

// inFlightOf is inFlight of a table that has another name.
func inFlightOf(as string) string {
	return "(" + as + ".state = 'sending' OR " + as + ".state = 'waiting' AND " + as + ".claim_until > ?1 OR " +
		as + ".state IN ('requested', 'uncertain') AND " + as + ".next_at > 0)"
}

// nextMove is when something is due again; zero if only a person can move anything on.
func nextMove(ctx context.Context, q sqlite.Queryer) (time.Time, error) {
	ms, err := sqlite.One(ctx, q, sqlite.Value[int64], `SELECT coalesce(min(CASE
			WHEN state = 'sending' THEN claim_until
			WHEN state = 'waiting' AND give_up_at > 0 THEN min(max(next_at, claim_until), give_up_at)
			WHEN state = 'waiting' THEN max(next_at, claim_until)
			ELSE next_at END), 0)
		FROM mirror_edit WHERE state IN ('waiting', 'sending') OR state IN ('requested', 'uncertain') AND next_at > 0`)
	return sqlite.Time(ms), err
}

// claimEdits takes what waits for one resource for one attempt; none if somebody else was quicker or something of the
// resource is under way.
func claimEdits(ctx context.Context, tx *sqlite.Tx, t turn, by string, until time.Time) ([]*edit, error) {
	busy, err := sqlite.One(ctx, tx, sqlite.Value[bool], `SELECT EXISTS (SELECT 1 FROM mirror_edit
		WHERE account_id = ?2 AND resource = ?3 AND `+inFlight+`)`, sqlite.Millis(tx.Now), t.account, t.resource)
	if err != nil || busy {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE mirror_edit SET claim = ?, claim_until = ?
		WHERE account_id = ? AND resource = ? AND state = 'waiting' AND next_at <= ?`,
		by, sqlite.Millis(until), t.account, t.resource, sqlite.Millis(tx.Now)); err != nil {
		return nil, err
	}
	list, err := sqlite.All(ctx, tx, scanEdit, "SELECT "+editColumns+` FROM mirror_edit
		WHERE account_id = ? AND resource = ? AND claim = ? AND state = 'waiting' ORDER BY created_at, id`, t.account, t.resource, by)
	return pointers(list), err
}

func pointers(list []edit) []*edit {
	out := make([]*edit, 0, len(list))
	for i := range list {
		out = append(out, &list[i])
	}
	return out
}

// toRead are the edits of a resource that are to be read back.
func toRead(ctx context.Context, q sqlite.Queryer, t turn) ([]*edit, error) {
	list, err := sqlite.All(ctx, q, scanEdit, "SELECT "+editColumns+` FROM mirror_edit
		WHERE account_id = ? AND resource = ? AND state IN ('requested', 'uncertain') AND next_at > 0 ORDER BY created_at, id`, t.account, t.resource)
	return pointers(list), err
}

// beginSending notes, before the first byte leaves, that an edit may be leaving. False: a person took it back meanwhile, or
// the claim is no longer this program's.
func beginSending(ctx context.Context, tx *sqlite.Tx, x *edit, by string, until time.Time) (bool, error) {
	r, err := tx.ExecContext(ctx, `UPDATE mirror_edit SET state = 'sending', sends = sends + 1, sent_at = ?1, changed_at = ?1, looks = 0,
			claim_until = ?2, reason = '', detail = '', refusals = '[]', scope = '', theirs = ?3, theirs_at = ?4, base = ?5
		WHERE id = ?6 AND claim = ?7 AND claim_until > ?1 AND state = 'waiting'`,
		sqlite.Millis(tx.Now), sqlite.Millis(until), x.theirs.text(), millis(x.theirsAt), x.base.text(), x.id, by)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	if n == 1 {
		x.state, x.sentAt, x.sends = editSending, tx.Now, x.sends+1
	}
	return n == 1, err
}

// move writes an edit that has come further. False: it is no longer in the state that it is moved from, because a person
// or another program was quicker; then nothing is written.
func move(ctx context.Context, tx *sqlite.Tx, x *edit, to string) (bool, error) {
	refusals, err := json.Marshal(append([]RefusalView{}, x.refusals...))
	if err != nil {
		return false, err
	}
	if isOver(to) {
		x.data = nil
	}
	r, err := tx.ExecContext(ctx, `UPDATE mirror_edit SET state = ?1, changed_at = ?2, next_at = ?3, claim = CASE ?1 WHEN 'sending' THEN claim ELSE '' END,
			claim_until = 0, sends = ?4, tries = ?5, looks = ?6, reason = ?7, scope = ?8, detail = ?9, refusals = ?10, request_id = ?11,
			object = ?12, base = ?13, mine = ?14, theirs = ?15, base_at = ?16, theirs_at = ?17, data = ?18
		WHERE id = ?19 AND state = ?20`,
		to, sqlite.Millis(tx.Now), millis(x.nextAt), x.sends, x.tries, x.looks, x.reason, x.scope, x.detail, string(refusals), x.requestID,
		x.object, x.base.text(), x.mine.text(), x.theirs.text(), millis(x.baseAt), millis(x.theirsAt), x.data, x.id, x.state)
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	if n == 1 {
		x.state, x.changedAt = to, tx.Now
	}
	return n == 1, err
}

// rebase tells the edits that wait in a slot what stands there now: it was this program that put it there.
func rebase(ctx context.Context, tx *sqlite.Tx, x edit) error {
	_, err := tx.ExecContext(ctx, `UPDATE mirror_edit SET base = ?1, base_at = ?2
		WHERE account_id = ?3 AND slot = ?4 AND state = 'waiting' AND id <> ?5`,
		x.theirs.text(), millis(x.theirsAt), x.account, x.slot, x.id)
	return err
}

// interrupted are the edits whose program is gone while their bytes may have left.
func interrupted(ctx context.Context, q sqlite.Queryer, now time.Time) ([]*edit, error) {
	list, err := sqlite.All(ctx, q, scanEdit, "SELECT "+editColumns+" FROM mirror_edit WHERE state = 'sending' AND claim_until <= ?", sqlite.Millis(now))
	return pointers(list), err
}

// tooLate are those that were to be sent by a moment or not at all.
func tooLate(ctx context.Context, q sqlite.Queryer, now time.Time) ([]*edit, error) {
	list, err := sqlite.All(ctx, q, scanEdit, "SELECT "+editColumns+` FROM mirror_edit
		WHERE state = 'waiting' AND give_up_at BETWEEN 1 AND ?1 AND claim_until <= ?1`, sqlite.Millis(now))
	return pointers(list), err
}

func forgetEdits(ctx context.Context, tx *sqlite.Tx, before time.Time) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM mirror_edit WHERE state IN ('confirmed', 'withdrawn') AND changed_at < ?", sqlite.Millis(before))
	return err
}
