package mirror

import (
	"context"
	"slices"

	"kontor/internal/host/sqlite"
)

// stands says what is at Infomaniak, seen from an edit.
type stands int

const (
	standsAsBefore  stands = iota // what the person saw when deciding
	standsAlready                 // what the person wants
	standsOther                   // neither
	standsForbidden               // it cannot be done: the edit's reason says why
)

// driver knows how edits of one kind are read, sent and judged.
type driver struct {
	kind string
	// together: all edits of the resource go in one request, else each in its own, one after the other.
	together bool
	// silent: a reading may not show what was accepted, and that proves nothing.
	silent bool
	// read notes in each edit what is at Infomaniak now. It only reads.
	read func(ctx context.Context, b *batch) error
	// judge says what that means.
	judge func(x *edit) stands
	// rehearse tries without effect; nil where Infomaniak has nothing of the kind.
	rehearse func(ctx context.Context, b *batch, list []*edit) error
	// send asks for the change: exactly one request.
	send func(ctx context.Context, e *Edits, b *batch, list []*edit) error
}

// drivers by kind of edit.
var drivers = map[string]driver{
	kindProfile: {
		together: true, read: readProfile, judge: judgeProfile, rehearse: rehearseProfile, send: sendProfile,
	},
	kindAvatar:     {silent: true, read: readAvatar, judge: judgeAvatar, send: sendAvatar},
	kindEmail:      {read: readAddresses, judge: judgeGone, send: sendAddress},
	kindPhone:      {read: readAddresses, judge: judgeGone, send: sendAddress},
	kindInvitation: {silent: true, read: readInvitation, judge: judgeInvitation, send: sendInvitation},
	kindTeam:       {read: readTeams, judge: judgeTeam, send: sendTeam},
	kindTeamUsers:  {read: readTeamUsers, judge: judgeTeamUsers, send: sendTeamUsers},
	kindPassword:   {silent: true, read: readPasswords, judge: judgePassword, send: sendPassword},
	kindRecord:     {read: readRecords, judge: judgeRecord, send: sendRecord},
}

// batch is what is done about one resource in one go, with what was read for it.
type batch struct {
	driver  driver
	remote  Remote
	account string
	edits   []*edit

	person         *Person
	emails, phones []Address
	zone           string
	records        []Record
	picture        []byte
}

func newBatch(remote Remote, account string, list []*edit) *batch {
	b := &batch{remote: remote, account: account, edits: list}
	if len(list) > 0 {
		b.driver = drivers[list[0].kind]
		b.driver.kind, b.zone = list[0].kind, list[0].zone
	}
	return b
}

func (b *batch) read(ctx context.Context) error { return b.driver.read(ctx, b) }

func (b *batch) rehearse(ctx context.Context) error {
	if b.driver.rehearse == nil {
		return nil
	}
	return b.driver.rehearse(ctx, b, b.edits)
}

// confirmed is what else there is to say of an edit that was read back.
func (b *batch) confirmed(x *edit) string {
	if x.kind == kindPassword && x.state == editUncertain {
		return "secret_lost" // it is there, and its answer, with the password in it, never came
	}
	return ""
}

// keep takes over what a batch has read: it is newer than what is shown.
func (e *Edits) keep(ctx context.Context, tx *sqlite.Tx, b *batch, why string) error {
	switch {
	case b.person != nil:
		if err := e.connections.KeepPerson(ctx, tx, b.account, *b.person); err != nil {
			return err
		}
		return keepPicture(ctx, tx, b.account, b.person.Avatar, b.picture)
	case b.emails != nil || b.phones != nil:
		return e.connections.KeepAddresses(ctx, tx, b.account, b.emails, b.phones)
	case b.records != nil:
		_, err := keepSnapshot(ctx, tx, b.account, b.zone, b.records, why)
		return err
	}
	return nil
}

func readProfile(ctx context.Context, b *batch) error {
	p, err := b.remote.Profile(ctx)
	if err != nil {
		return err
	}
	b.person = &p
	for _, x := range b.edits {
		if f, ok := fieldNamed(x.field); ok {
			x.theirs = f.read(p)
		}
	}
	return nil
}

func judgeProfile(x *edit) stands {
	f, ok := fieldNamed(x.field)
	switch {
	case !ok:
		x.reason = TroubleRefused
		return standsForbidden
	case f.same(x.mine, x.theirs):
		return standsAlready
	case f.same(x.base, x.theirs):
		return standsAsBefore
	}
	return standsOther
}

// patchOf holds the fields that change and nothing else, and the e-mail as it was just read, without which Infomaniak
// takes no change.
func patchOf(b *batch, list []*edit) PersonPatch {
	p := PersonPatch{Email: b.person.Email}
	for _, x := range list {
		if f, ok := fieldNamed(x.field); ok {
			f.write(&p, x.mine)
		}
	}
	return p
}

func rehearseProfile(ctx context.Context, b *batch, list []*edit) error {
	return b.remote.PatchProfile(ctx, patchOf(b, list), true)
}

func sendProfile(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	return b.remote.PatchProfile(ctx, patchOf(b, list), false)
}

func readAddresses(ctx context.Context, b *batch) error {
	emails, phones, err := b.remote.Addresses(ctx)
	if err != nil {
		return err
	}
	b.emails, b.phones = append([]Address{}, emails...), append([]Address{}, phones...)
	for _, x := range b.edits {
		list := emails
		if x.kind == kindPhone {
			list = phones
		}
		x.theirs = value{}
		for _, a := range list {
			if a.ID == x.object && a.Request == x.base.On {
				x.theirs = value{Known: true, Text: a.Text, On: a.Request}
			}
		}
	}
	return nil
}

// judgeGone is for what shall not be there any more.
func judgeGone(x *edit) stands {
	if !x.theirs.Known {
		return standsAlready
	}
	return standsAsBefore
}

func sendAddress(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	x := list[0]
	a := Address{ID: x.object, Text: x.base.Text, Request: x.base.On}
	if x.kind == kindPhone {
		return b.remote.RemovePhone(ctx, a)
	}
	return b.remote.RemoveEmail(ctx, a)
}

func readInvitation(ctx context.Context, b *batch) error {
	for _, x := range b.edits {
		x.theirs = value{}
		if x.object != "" {
			i, err := b.remote.Invited(ctx, x.remoteAccount, x.object)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			x.theirs = value{Known: i.Status != "", Text: i.Status}
			continue
		}
		state, id, err := b.remote.FindMember(ctx, x.remoteAccount, x.mine.Invitation.Email)
		if err != nil {
			return err
		}
		x.theirs = value{Known: state != "", Text: state}
		if x.state != editWaiting {
			x.object = id
		}
	}
	return nil
}

func judgeInvitation(x *edit) stands {
	switch {
	case x.theirs.Known && x.state == editWaiting:
		x.reason = "already_invited"
		return standsForbidden
	case x.theirs.Known:
		return standsAlready
	}
	return standsAsBefore
}

func sendInvitation(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	x := list[0]
	i, err := b.remote.Invite(ctx, x.remoteAccount, *x.mine.Invitation)
	x.object = i.ID
	return err
}

func readTeams(ctx context.Context, b *batch) error {
	teams, err := b.remote.Teams(ctx, b.edits[0].remoteAccount)
	if err != nil {
		return err
	}
	for _, x := range b.edits {
		x.theirs = value{}
		for _, t := range teams {
			if t.ID == x.object || x.object == "" && tidy(t.Name) == tidy(x.mine.Text) {
				x.theirs = value{Known: true, Text: t.Name}
				if x.state != editWaiting {
					x.object = t.ID
				}
				break
			}
		}
	}
	return nil
}

func judgeTeam(x *edit) stands {
	switch {
	case x.act == actAdd && x.state == editWaiting:
		if x.theirs.Known {
			x.reason = "already_there"
			return standsForbidden
		}
		return standsAsBefore
	case x.theirs.Known && sameText(x.mine, x.theirs):
		return standsAlready
	case x.act == actAdd:
		return standsAsBefore
	case !x.theirs.Known:
		if x.state == editWaiting {
			x.reason = TroubleMissing
			return standsForbidden
		}
		return standsOther
	case sameText(x.base, x.theirs):
		return standsAsBefore
	}
	return standsOther
}

func sendTeam(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	x := list[0]
	if x.act == actAdd {
		id, err := b.remote.AddTeam(ctx, x.remoteAccount, x.mine.Text)
		x.object = id
		return err
	}
	return b.remote.RenameTeam(ctx, x.remoteAccount, x.object, x.mine.Text)
}

func readTeamUsers(ctx context.Context, b *batch) error {
	for _, x := range b.edits {
		users, err := b.remote.TeamUsers(ctx, x.remoteAccount, x.object)
		if isMissing(err) && x.state != editWaiting {
			x.theirs = value{}
			continue
		}
		if err != nil {
			return err
		}
		x.theirs = value{Known: true, Users: users}
	}
	return nil
}

// missing are the users for whom an edit still has something to do.
func (x *edit) missing() (list []string) {
	for _, u := range x.mine.Users {
		if slices.Contains(x.theirs.Users, u) != (x.act == actAdd) {
			list = append(list, u)
		}
	}
	return list
}

func judgeTeamUsers(x *edit) stands {
	if len(x.missing()) == 0 {
		return standsAlready
	}
	return standsAsBefore
}

func sendTeamUsers(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	x := list[0]
	if x.act == actAdd {
		return b.remote.AddTeamUsers(ctx, x.remoteAccount, x.object, x.missing())
	}
	return b.remote.RemoveTeamUsers(ctx, x.remoteAccount, x.object, x.missing())
}
