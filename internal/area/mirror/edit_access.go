package mirror

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// What Infomaniak takes in an invitation.
var (
	invitationLocales = []string{"de_DE", "en_GB", "es_ES", "fr_FR", "it_IT"}
	invitationRoles   = []string{"normal", "admin", "owner"}
)

// Limits of names at Infomaniak, in characters.
const (
	maxEmail    = 255
	maxTeamName = 128
)

// take reads an invitation as a person entered it.
func (in InvitationInput) take() (Invitation, error) {
	var c fault.Check
	n := Invitation{
		Email: strings.TrimSpace(in.Email), Locale: in.Locale, Role: in.Role, Billing: in.Billing, NoteBilling: in.NoteBilling,
		NoteProducts: in.NoteProducts, Silent: in.Silent, Teams: append([]string{}, in.Teams...),
	}
	if n.Email == "" {
		c.Refuse("email", "required")
	} else if _, err := input.MailKey(n.Email); err != nil || len(n.Email) > maxEmail {
		c.Refuse("email", "not_an_email")
	}
	n.FirstName = input.Line(&c, "firstName", in.FirstName, maxName, true)
	n.LastName = input.Line(&c, "lastName", in.LastName, maxName, true)
	if !slices.Contains(invitationLocales, in.Locale) {
		c.Refuse("locale", "not_a_choice")
	}
	if !slices.Contains(invitationRoles, in.Role) {
		c.Refuse("role", "not_a_choice")
	}
	return n, c.Err()
}

// account refuses an organization at Infomaniak that is not one of the person's: no request leaves for any other.
func (e *Edits) account(ctx context.Context, q sqlite.Queryer, owner, account string) error {
	names, err := e.connections.AccountNames(ctx, q, owner)
	if err != nil {
		return err
	}
	if _, ok := names[account]; !ok {
		return fault.New(fault.NotFound, "")
	}
	return nil
}

// Invite notes an invitation.
func (e *Edits) Invite(ctx context.Context, in InvitationInput) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	n, err := in.take()
	if err != nil {
		return err
	}
	key, err := input.MailKey(n.Email)
	if err != nil {
		return err
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		if err := e.account(ctx, tx, actor.AccountID, in.Account); err != nil {
			return err
		}
		slot := kindInvitation + "/" + in.Account + "/" + key
		open, err := inSlot(ctx, tx, actor.AccountID, slot)
		if err != nil {
			return err
		}
		open = slices.DeleteFunc(open, func(x edit) bool { return x.state == editRefused })
		if len(open) > 0 && !in.EvenIfInvited {
			return fault.New(fault.Conflict, ReasonAlreadyInvited).With("email", n.Email)
		}
		return e.note(ctx, tx, edit{
			account: actor.AccountID, kind: kindInvitation, act: actAdd, resource: slot, slot: slot, remoteAccount: in.Account,
			mine: value{Known: true, Text: n.Email, Invitation: &n}, once: true,
		})
	})
}

// noteInvited keeps an invitation that Infomaniak has taken, for as long as the connection lasts.
func noteInvited(ctx context.Context, tx *sqlite.Tx, x edit) error {
	if x.kind != kindInvitation {
		return nil
	}
	n := x.mine.Invitation
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO mirror_invited (edit_id, account_id, remote_account, remote_id, email, name,
			role, status, sent_at, expires_at, read_at) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, 0, 0)`,
		x.id, x.account, x.remoteAccount, x.object, n.Email, n.FirstName+" "+n.LastName, n.Role, sqlite.Millis(tx.Now))
	return err
}

// Invitations lists those that were made here.
func (e *Edits) Invitations(ctx context.Context, account string) ([]InvitationView, error) {
	views := []InvitationView{}
	actor, err := e.owner(ctx)
	if err != nil {
		return views, err
	}
	list, names, err := e.all(ctx, actor.AccountID)
	if err != nil {
		return views, err
	}
	done := map[string]InvitationView{}
	kept, err := sqlite.All(ctx, e.db.Reader(), func(r sqlite.Row) (v InvitationView, err error) {
		var sent, expires, read int64
		err = r.Scan(&v.Edit.ID, &v.ID, &v.Email, &v.Name, &v.Role, &v.Status, &sent, &expires, &read)
		v.Account, v.SentAt, v.ExpiresAt, v.ReadAt = account, momentOf(sent), momentOf(expires), momentOf(read)
		return v, err
	}, `SELECT edit_id, remote_id, email, name, role, status, sent_at, expires_at, read_at FROM mirror_invited
		WHERE account_id = ? AND remote_account = ? ORDER BY sent_at DESC, edit_id`, actor.AccountID, account)
	if err != nil {
		return views, err
	}
	for _, v := range kept {
		done[v.Edit.ID] = v
	}
	for i := range list {
		x := &list[i]
		if x.kind != kindInvitation || x.remoteAccount != account {
			continue
		}
		v, has := done[x.id]
		if !has {
			if x.state == editWithdrawn {
				continue
			}
			n := x.mine.Invitation
			v = InvitationView{ID: x.object, Account: account, Email: n.Email, Name: n.FirstName + " " + n.LastName, Role: n.Role}
		}
		v.Edit = e.view(x, names)
		delete(done, x.id)
		views = append(views, v)
	}
	for _, v := range kept { // whose edit is forgotten
		if _, left := done[v.Edit.ID]; left {
			v.Edit = noEdit()
			views = append(views, v)
		}
	}
	return views, nil
}

func momentOf(ms int64) string { return bridge.Moment(sqlite.Time(ms)) }

// noteStatus keeps what was read of an invitation when it was read back.
func noteStatus(ctx context.Context, tx *sqlite.Tx, x *edit) error {
	if x.kind != kindInvitation {
		return nil
	}
	if err := noteInvited(ctx, tx, *x); err != nil { // its answer may have been lost
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE mirror_invited SET status = ?, sent_at = ?, read_at = ? WHERE edit_id = ?",
		x.theirs.Text, millis(x.sentAt), sqlite.Millis(tx.Now), x.id)
	return err
}

const (
	invitedAge  = time.Hour // how old the status of an open invitation may be
	invitedOnce = 20        // how many are asked for in one go
)

// readInvited asks for the status of open invitations that were made here.
func (e *Edits) readInvited(ctx context.Context) error {
	type open struct{ edit, account, of, id string }
	list, err := sqlite.All(ctx, e.db.Reader(), func(r sqlite.Row) (o open, err error) { return o, r.Scan(&o.edit, &o.account, &o.of, &o.id) },
		`SELECT edit_id, account_id, remote_account, remote_id FROM mirror_invited
			WHERE status IN ('', 'pending') AND remote_id <> '' AND read_at < ? ORDER BY read_at, edit_id LIMIT ?`,
		sqlite.Millis(e.db.Now().Add(-invitedAge)), invitedOnce)
	if err != nil {
		return err
	}
	for _, o := range list {
		remote, err := e.connections.Remote(ctx, o.account)
		if err != nil {
			continue // not connected, or paused
		}
		i, asked := remote.Invited(ctx, o.of, o.id)
		var t *Trouble
		if asked != nil && !errors.As(asked, &t) {
			return asked
		}
		if t != nil && t.Outcome != Answered {
			return nil // another time
		}
		if err := e.db.Write(ctx, func(tx *sqlite.Tx) error {
			tx.AfterCommit(e.changed)
			if t != nil && (t.Why == TroublePaused || t.Why == TroubleScope) {
				if err := e.connections.Heard(ctx, tx, o.account, areaEdits, t); err != nil {
					return err
				}
			}
			_, err := tx.ExecContext(ctx, "UPDATE mirror_invited SET status = CASE ?1 WHEN '' THEN status ELSE ?1 END, expires_at = ?2, read_at = ?3 WHERE edit_id = ?4",
				i.Status, millis(i.ExpiresAt), sqlite.Millis(tx.Now), o.edit)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// ChangeTeam notes that a team is made, renamed, or gets other members: one edit for each.
func (e *Edits) ChangeTeam(ctx context.Context, in TeamChange) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	var c fault.Check
	name := input.Line(&c, "name", in.Name, maxTeamName, in.Team == "")
	if in.Team == "" && len(in.Add)+len(in.Remove) > 0 {
		c.Refuse("add", "team_first") // a team that is not there yet has no id to add people to
	}
	for _, id := range in.Add {
		if slices.Contains(in.Remove, id) {
			c.Refuse("add", "not_a_choice")
		}
	}
	if err := c.Err(); err != nil {
		return err
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		if err := e.account(ctx, tx, actor.AccountID, in.Account); err != nil {
			return err
		}
		former := ""
		if in.Team != "" {
			if former, err = e.connections.TeamName(ctx, tx, actor.AccountID, in.Account, in.Team); err != nil {
				return err
			}
		}
		place := in.Account + "/" + in.Team
		frame := edit{account: actor.AccountID, remoteAccount: in.Account, object: in.Team, resource: "team/" + place}
		if name != "" && tidy(name) != tidy(former) {
			x := frame
			x.kind, x.act, x.slot, x.mine = kindTeam, actSet, "team/"+place, value{Known: true, Text: tidy(name)}
			x.base, x.baseAt = value{Known: true, Text: former}, tx.Now
			if in.Team == "" {
				x.act, x.once, x.base, x.slot = actAdd, true, value{}, "team/"+in.Account+"/new/"+tidy(name)
				x.resource = x.slot
			}
			if err := e.note(ctx, tx, x); err != nil {
				return err
			}
		}
		for act, users := range map[string][]string{actAdd: in.Add, actRemove: in.Remove} {
			if len(users) == 0 {
				continue
			}
			x := frame
			slices.Sort(users)
			x.kind, x.act, x.mine = kindTeamUsers, act, value{Known: true, Text: former, Users: slices.Compact(users)}
			x.slot = "team_users/" + place + "/" + act + "/" + strings.Join(x.mine.Users, ",")
			x.resource = "team_users/" + place
			if err := e.note(ctx, tx, x); err != nil {
				return err
			}
		}
		return nil
	})
}
