package mirror_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/core/access"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// Over random histories of edits here, edits by somebody else there, faults, and programs that are killed: every edit comes
// to an end that a person can see, what must not be made twice is asked for once, every decision is one line in the journal,
// and what an edit says is in none of them.
func TestEditsOverRandomHistories(t *testing.T) {
	for round := range testkit.Rounds(16) {
		t.Run(fmt.Sprint(round), func(t *testing.T) { randomHistory(t, rand.New(rand.NewPCG(7, uint64(round)))) }) //nolint:gosec // a round
	}
}

func randomHistory(t *testing.T, r *rand.Rand) {
	d := newDesk(t)
	names := 0
	word := func() string { names++; return fmt.Sprintf("Zq%dword", names) }
	asked := map[string]int{} // by e-mail
	troubles := []mirror.Trouble{
		{Why: mirror.TroubleOffline, Outcome: mirror.NotSent},
		{Why: mirror.TroubleLimited, Outcome: mirror.NotSent},
		{Why: mirror.TroubleNoAnswer, Outcome: mirror.Unknown},
		{Why: mirror.TroubleBroken, Outcome: mirror.Unknown},
		{Why: mirror.TroubleUnreadable, Outcome: mirror.Unknown},
		{Why: mirror.TroublePaused, Outcome: mirror.Answered},
		{Why: mirror.TroubleScope, Outcome: mirror.Answered, Scope: "user_info"},
		{Why: mirror.TroubleRefused, Outcome: mirror.Answered, Fields: []mirror.RefusalView{{Field: "firstname", Text: "no"}}},
	}
	sick := 0.3
	d.there.fail = func(name string) (*mirror.Trouble, bool) {
		if r.Float64() >= sick {
			return nil, false
		}
		if r.IntN(8) == 0 {
			panic("killed")
		}
		tr := troubles[r.IntN(len(troubles))]
		return &tr, tr.Outcome == mirror.Unknown && r.IntN(2) == 0
	}
	step := func() {
		defer func() {
			if recover() != nil {
				d.Edits = d.program(d.db)
			}
		}()
		if _, err := d.Pass(context.Background()); err != nil {
			t.Error(err)
		}
	}
	for range 25 {
		switch r.IntN(6) {
		case 0:
			_ = d.rename(word())
		case 1:
			_ = d.Change(d.ctx, []mirror.FieldChange{{Field: "last_name", Value: mirror.ValueInput{Text: word()}, Read: mirror.ValueInput{Text: d.ties.person.LastName}}})
		case 2:
			d.there.set(func(p *mirror.Person) {
				if r.IntN(2) == 0 {
					p.FirstName = word()
				} else {
					p.LastName = word()
				}
			})
		case 3:
			email := strings.ToLower(word()) + "@ponteri.example"
			d.say(d.Invite(d.ctx, mirror.InvitationInput{Account: "318204", Email: email, FirstName: word(), LastName: word(), Locale: "de_DE", Role: "normal"}))
			asked[email]++
		case 4:
			if list := d.edits(); len(list) > 0 {
				if x := list[r.IntN(len(list))]; x.State == "conflict" || x.State == "differs" {
					_ = d.TakeTheirs(d.ctx, x.ID)
				} else if x.State == "waiting" {
					_ = d.Withdraw(d.ctx, x.ID)
				}
			}
		case 5:
			if r.IntN(3) == 0 {
				d.Edits = d.program(d.db)
			}
		}
		step()
		d.clock.Advance(time.Duration(r.IntN(240)) * time.Second)
		d.ties.paused = false
	}
	sick = 0
	for range 10 {
		d.ties.paused = false
		d.say(d.db.Write(d.ctx, func(tx *sqlite.Tx) error { return d.Resume(d.ctx, tx, access.From(d.ctx).AccountID) }))
		step()
		d.clock.Advance(4 * time.Minute)
	}
	ends := []string{"confirmed", "withdrawn", "refused", "differs", "conflict", "uncertain"}
	for _, x := range d.edits() {
		if !slices.Contains(ends, x.State) || x.State == "uncertain" && x.Kind != "invitation" {
			t.Errorf("nobody will ever move this on: %+v", x)
		}
		lines := 0
		for _, l := range d.journal.lines() {
			if l.ObjectID == x.ID && l.New == x.State {
				lines++
			}
		}
		if lines != 1 && x.Kind == "invitation" || lines == 0 {
			t.Errorf("%s is %s: %d lines in the journal", x.Kind, x.State, lines)
		}
	}
	made := map[string]int{}
	for _, i := range d.there.invited {
		if made[i.Email]++; made[i.Email] > asked[i.Email] {
			t.Errorf("%s was invited %d times", i.Email, made[i.Email])
		}
	}
	for _, l := range d.journal.lines() {
		if strings.Contains(strings.ToLower(fmt.Sprintf("%+v", l)), "zq") {
			t.Errorf("the journal says what an edit says: %+v", l)
		}
	}
}
