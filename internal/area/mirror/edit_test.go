package mirror_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

var tinyPNG = func() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 40, 20))); err != nil {
		panic(err)
	}
	return out.Bytes()
}()

func TestAnEditIsTriedSentAndReadBack(t *testing.T) {
	d := newDesk(t)
	d.say(d.rename("Elena Maria"))
	d.is("waiting")
	d.pass()
	d.is("confirmed")
	if got, want := d.there.asked(), []string{"GET profile", "PATCH profile?dry_run", "PATCH profile", "GET profile"}; !slices.Equal(got, want) {
		t.Errorf("requests %v, want %v", got, want)
	}
	body := d.there.bodies[1]
	if body.Email != "elena.bernasconi@ponteri.example" || body.FirstName == nil || *body.FirstName != "Elena Maria" {
		t.Errorf("the body has no first name or not the e-mail that was read: %+v", body)
	}
	body.Email, body.FirstName = "", nil
	if body != (mirror.PersonPatch{}) {
		t.Errorf("the body holds more: %+v", body)
	}
}

func TestWhatTheRehearsalRefusesIsNeverSent(t *testing.T) {
	d := newDesk(t)
	d.there.fail = once("PATCH profile?dry_run", 1, mirror.Trouble{
		Why: mirror.TroubleRefused, Outcome: mirror.Answered, Fields: []mirror.RefusalView{{Field: "firstname", Text: "may only contain letters"}},
	}, false)
	d.say(d.Change(d.ctx, []mirror.FieldChange{
		{Field: "first_name", Value: mirror.ValueInput{Text: "E1"}, Read: mirror.ValueInput{Text: "Elena"}},
		{Field: "last_name", Value: mirror.ValueInput{Text: "Ponteri"}, Read: mirror.ValueInput{Text: "Bernasconi"}},
	}))
	d.pass()
	d.wrote()
	d.pass()
	d.wrote("PATCH profile") // the other field goes without it
	for _, x := range d.edits() {
		switch x.Field {
		case "first_name":
			if x.State != "refused" || len(x.Refusals) != 1 || x.Refusals[0] != (mirror.RefusalView{Field: "first_name", Text: "may only contain letters"}) || !slices.Contains(x.May, "again") {
				t.Errorf("%+v", x)
			}
		case "last_name":
			if x.State != "confirmed" {
				t.Errorf("%+v", x)
			}
		}
	}
}

func TestAnotherFieldThatChangedMeanwhileIsLeftAlone(t *testing.T) {
	d := newDesk(t)
	d.say(d.rename("Elena Maria"))
	d.there.set(func(p *mirror.Person) { p.LastName = "Ponteri" })
	d.pass()
	d.is("confirmed")
	if b := d.there.bodies[1]; b.LastName != nil || d.there.person.LastName != "Ponteri" {
		t.Errorf("the last name went along: %+v", b)
	}
}

func TestAConflictWaitsForThePerson(t *testing.T) {
	for _, choice := range []string{"keep", "take"} {
		t.Run(choice, func(t *testing.T) {
			d := newDesk(t)
			d.say(d.rename("Elena Maria"))
			d.there.set(func(p *mirror.Person) { p.FirstName = "Helena" })
			d.settle()
			d.wrote()
			d.Edits = d.program(d.db) // both survive a restart
			d.settle()
			d.wrote()
			x := d.one()
			if x.State != "conflict" || x.Base.Text != "Elena" || x.Mine.Text != "Elena Maria" || x.Theirs.Text != "Helena" {
				t.Fatalf("%+v", x)
			}
			if choice == "take" {
				d.say(d.TakeTheirs(d.ctx, x.ID))
				d.settle()
				d.wrote()
				return
			}
			d.say(d.KeepMine(d.ctx, x.ID))
			d.pass()
			d.is("confirmed")
			d.wrote("PATCH profile")
		})
	}
}

func TestALockThatCannotBeIsRefusedAtTheField(t *testing.T) {
	d := newDesk(t)
	for _, n := range []string{"101", "0", "5.5", "", "-3", "ten"} {
		err := d.Change(d.ctx, []mirror.FieldChange{{Field: "lock", Value: mirror.ValueInput{On: true, Number: n}, Read: mirror.ValueInput{On: true, Number: "10"}}})
		if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != "lock" {
			t.Errorf("%q: %v", n, err)
		}
	}
	d.pass()
	if asked := d.there.asked(); len(asked) != 0 || len(d.edits()) != 0 {
		t.Errorf("asked %v", asked)
	}
	d.say(d.Change(d.ctx, []mirror.FieldChange{{Field: "lock", Value: mirror.ValueInput{On: true, Number: "8"}, Read: mirror.ValueInput{On: true, Number: "10"}}}))
	d.pass()
	d.is("confirmed")
	if b := d.there.bodies[1]; b.LockOn == nil || b.LockAfter == nil || *b.LockAfter != 8 {
		t.Errorf("the switch and the number are one edit: %+v", b)
	}
}

func TestARefusedTokenPausesAndKeepsEdits(t *testing.T) {
	d := newDesk(t)
	d.there.emails = []mirror.Address{{ID: "2", Text: "old@ponteri.example"}}
	d.ties.emails = d.there.emails
	d.say(d.rename("Elena Maria"))
	d.say(d.RemoveEmail(d.ctx, "2"))
	d.there.fail = func(string) (*mirror.Trouble, bool) {
		return &mirror.Trouble{Why: mirror.TroublePaused, Outcome: mirror.Answered}, false
	}
	d.settle()
	if asked := d.there.asked(); len(asked) != 1 {
		t.Errorf("asked on: %v", asked)
	}
	for _, x := range d.edits() {
		if x.State != "waiting" {
			t.Errorf("%+v", x)
		}
	}
	d.there.fail, d.ties.paused = nil, false
	d.say(d.db.Write(d.ctx, func(tx *sqlite.Tx) error { return d.Resume(d.ctx, tx, access.From(d.ctx).AccountID) }))
	d.pass()
	for _, x := range d.edits() {
		if x.State != "confirmed" {
			t.Errorf("%+v", x)
		}
	}
}

// The answer that never came is looked for at once, not when a pause is over.
func TestALostAnswerIsReadBackAtOnce(t *testing.T) {
	for _, why := range []string{mirror.TroubleNoAnswer, mirror.TroubleBroken, mirror.TroubleUnreadable, mirror.TroubleMaintenance} {
		d := newDesk(t)
		d.say(d.rename("Elena Maria"))
		d.there.fail = func(name string) (*mirror.Trouble, bool) {
			if name != "PATCH profile" {
				return nil, false
			}
			return &mirror.Trouble{Why: why, Outcome: mirror.Unknown}, true
		}
		d.pass()
		d.is("confirmed")
		d.wrote("PATCH profile")
	}
}

func TestALostAnswer(t *testing.T) {
	lost := mirror.Trouble{Why: mirror.TroubleNoAnswer, Outcome: mirror.Unknown}
	invite := func(d *desk) error {
		return d.Invite(d.ctx, mirror.InvitationInput{Account: "318204", Email: "luca@ponteri.example", FirstName: "Luca", LastName: "P", Locale: "it_IT", Role: "normal"})
	}
	password := func(d *desk) error { _, err := d.MakePassword(d.ctx, "Phone", "x"); return err }
	rename := func(d *desk) error { return d.rename("Elena Maria") }
	for _, c := range []struct {
		name, request string
		note          func(*desk) error
		after         bool // it took effect
		want          string
		writes        int
	}{
		{"a field, with effect", "PATCH profile", rename, true, "confirmed", 1},
		{"a field, without effect", "PATCH profile", rename, false, "confirmed", 2},
		{"an invitation, with effect", "POST invitation", invite, true, "confirmed", 1},
		{"an invitation, without effect", "POST invitation", invite, false, "uncertain", 1},
		{"a password, with effect", "POST password", password, true, "confirmed", 1},
		{"a password, without effect", "POST password", password, false, "uncertain", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			d.there.fail = once(c.request, 1, lost, c.after)
			d.say(c.note(d))
			d.pass()
			if !c.after {
				d.is("uncertain")
			}
			d.settle()
			d.is(c.want)
			if n := d.there.count(c.request); n != c.writes {
				t.Errorf("%d requests, want %d", n, c.writes)
			}
			if c.want != "uncertain" {
				return
			}
			// Only a person sends it again, and it is another edit then.
			first := d.one()
			d.say(d.Again(d.ctx, first.ID))
			d.settle()
			if x := d.one(); x.State != "confirmed" || x.ID == first.ID || d.there.count(c.request) != 2 {
				t.Errorf("%+v, %d requests", x, d.there.count(c.request))
			}
		})
	}
}

func TestAPasswordIsShownOnceAndWrittenNowhere(t *testing.T) {
	d := newDesk(t)
	id, err := d.MakePassword(d.ctx, "Phone", "x")
	d.say(err)
	d.pass()
	if x := d.one(); x.State != "confirmed" || !x.Secret {
		t.Fatalf("%+v", x)
	}
	s, err := d.TakeSecret(d.ctx, id)
	if err != nil || s.Secret != canary || s.Name != "Phone" {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := d.TakeSecret(d.ctx, id); fault.CodeOf(err) != fault.NotFound {
		t.Error("shown twice")
	}
	d.nowhere(canary)
	d.there.fail = func(string) (*mirror.Trouble, bool) { return &mirror.Trouble{Why: mirror.TroubleOffline}, false }
	_, err = d.MakePassword(d.ctx, "Tablet", "x")
	d.say(err)
	d.settle()
	d.there.fail = nil
	d.settle()
	if n := d.there.count("POST password"); n != 1 {
		t.Errorf("a password was made when nobody looked: %d", n)
	}
}

func TestWhatIsAcceptedWithoutEffectDiffers(t *testing.T) {
	d := newDesk(t)
	d.there.deaf = true
	d.say(d.rename("Elena Maria"))
	d.pass()
	d.is("requested")
	d.clock.Advance(5 * time.Second)
	d.pass()
	d.is("requested")
	d.clock.Advance(55 * time.Second)
	d.pass()
	d.is("differs")
	d.there.deaf = false
	d.say(d.Again(d.ctx, d.one().ID))
	d.pass()
	d.is("confirmed")
	d.wrote("PATCH profile", "PATCH profile")
}

// A program may end at any moment. Whatever had been reached, the next one sends nothing twice that may have left.
func TestARestartInEveryState(t *testing.T) {
	for _, at := range []string{"GET profile", "PATCH profile?dry_run", "PATCH profile"} {
		for _, after := range []bool{false, true} {
			d := newDesk(t)
			d.say(d.rename("Elena Maria"))
			before, err := d.List(d.ctx)
			d.say(err)
			d.there.fail = func(name string) (*mirror.Trouble, bool) {
				if name == at {
					panic("killed")
				}
				return nil, false
			}
			if after {
				d.there.fail = nil
				d.there.around = func(name string) {
					if name == at {
						d.there.around = nil
						d.there.mu.Lock()
						if at == "PATCH profile" {
							d.there.person.FirstName = "Elena Maria"
						}
						d.there.mu.Unlock()
						panic("killed")
					}
				}
			}
			func() {
				defer func() { _ = recover() }()
				_, _ = d.Pass(context.Background())
			}()
			d.there.fail, d.there.around = nil, nil
			d.Edits = d.program(d.db)
			writes := d.there.count("PATCH profile")
			d.settle()
			d.is("confirmed")
			if x := d.one(); x.ID != before[0].ID {
				t.Error("another edit")
			}
			if n := d.there.count("PATCH profile"); n != 1 && !(writes == 1 && !after && n == 2) {
				t.Errorf("killed at %s (effect: %v): sent %d times", at, after, n)
			}
		}
	}
}

// A clock that went ahead and was set right lets no edit wait until it comes there again.
func TestAClockThatWasSetRightSends(t *testing.T) {
	d := newDesk(t)
	d.clock.Advance(300 * 24 * time.Hour)
	d.there.fail = func(string) (*mirror.Trouble, bool) { return &mirror.Trouble{Why: mirror.TroubleOffline}, false }
	d.say(d.rename("Elena Maria"))
	d.pass()
	d.is("waiting")
	d.there.fail = nil
	d.clock.Advance(-300 * 24 * time.Hour)
	d.pass()
	d.is("confirmed")
	d.wrote("PATCH profile")
}

func TestTwoProgramsSendOnce(t *testing.T) {
	d := newDesk(t)
	second, err := sqlite.Open(t.Context(), d.db.Path(), sqlite.Options{Now: d.clock.Now})
	d.say(err)
	defer func() { _ = second.Close() }()
	other := d.program(second)
	for i := range 6 {
		d.say(d.rename(strings.Repeat("x", i+1)))
		d.say(d.Invite(d.ctx, mirror.InvitationInput{Account: "318204", Email: strings.Repeat("a", i+1) + "@ponteri.example", FirstName: "L", LastName: "P", Locale: "it_IT", Role: "normal"}))
		var both sync.WaitGroup
		for _, e := range []*mirror.Edits{d.Edits, other} {
			both.Go(func() { _, _ = e.Pass(context.Background()) })
		}
		both.Wait()
		d.settle()
	}
	if p, n := d.there.count("PATCH profile"), d.there.count("POST invitation"); p != 6 || n != 6 {
		t.Errorf("%d changes and %d invitations, want 6 and 6", p, n)
	}
}

func TestANewerEditReplacesOneThatWaits(t *testing.T) {
	d := newDesk(t)
	d.say(d.rename("A"))
	d.say(d.rename("B"))
	d.pass()
	d.wrote("PATCH profile")
	if d.there.person.FirstName != "B" {
		t.Error(d.there.person.FirstName)
	}
	// Behind one on its way it queues, and follows without a conflict.
	d.there.deaf = true
	d.say(d.rename("C"))
	d.pass()
	d.say(d.rename("D"))
	d.there.deaf = false
	d.there.set(func(p *mirror.Person) { p.FirstName = "C" }) // it took a while
	d.settle()
	if d.there.person.FirstName != "D" {
		t.Errorf("%s, %+v", d.there.person.FirstName, d.edits())
	}
}

func TestAnAvatarIsASquareWithoutMetadata(t *testing.T) {
	d := newDesk(t)
	d.say(d.SetPicture(d.ctx, tinyPNG))
	d.pass()
	d.is("confirmed")
	v, err := d.Mine(d.ctx)
	if err != nil || !v.Picture.Has || v.Picture.Data == "" {
		t.Errorf("%+v %v", v.Picture.Has, err)
	}
	d.there.deaf = true
	d.say(d.RemovePicture(d.ctx))
	d.settle()
	if x := d.edits()[0]; x.State != "requested" || x.NextAt != "" {
		t.Errorf("%+v", x) // nothing proves that it was not done
	}
	if n := d.there.count("DELETE avatar"); n != 1 {
		t.Error(n)
	}
}

func TestTeamsAndAddresses(t *testing.T) {
	d := newDesk(t)
	d.there.emails = []mirror.Address{{ID: "1", Text: "elena.bernasconi@ponteri.example"}, {ID: "2", Text: "old@ponteri.example"}}
	d.ties.emails = d.there.emails
	if err := d.RemoveEmail(d.ctx, "1"); fault.CodeOf(err) != fault.Conflict {
		t.Error("the address of the sign-in could be removed")
	}
	d.say(d.RemoveEmail(d.ctx, "2"))
	d.say(d.ChangeTeam(d.ctx, mirror.TeamChange{Account: "318204", Name: "Print"}))
	d.settle()
	team := d.there.teams[0].ID
	d.say(d.ChangeTeam(d.ctx, mirror.TeamChange{Account: "318204", Team: team, Name: "Press", Add: []string{"11", "12"}}))
	d.settle()
	d.say(d.ChangeTeam(d.ctx, mirror.TeamChange{Account: "318204", Team: team, Remove: []string{"11"}}))
	d.settle()
	if d.there.teams[0].Name != "Press" || !slices.Equal(d.there.users[team], []string{"12"}) || len(d.there.emails) != 1 {
		t.Errorf("%+v %+v %+v", d.there.teams, d.there.users, d.there.emails)
	}
	for _, x := range d.edits() {
		if x.State != "confirmed" {
			t.Errorf("%+v", x)
		}
	}
	if err := d.ChangeTeam(d.ctx, mirror.TeamChange{Account: "999", Name: "Theirs"}); fault.CodeOf(err) != fault.NotFound {
		t.Error("an organization that is none of the person's:", err)
	}
}

func TestNobodyElseSeesEdits(t *testing.T) {
	d := newDesk(t)
	d.say(d.rename("Elena Maria"))
	id := d.one().ID
	other := access.With(t.Context(), access.Actor{AccountID: "somebody else"})
	if list, err := d.List(other); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	for name, act := range map[string]func(context.Context, string) error{"withdraw": d.Withdraw, "again": d.Again, "look": d.Look, "keep": d.KeepMine, "take": d.TakeTheirs} {
		if err := act(other, id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
