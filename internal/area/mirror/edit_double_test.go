package mirror_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// there is Infomaniak, small: it keeps what it is told, counts every request, and fails as it is told to.
type there struct {
	mu       sync.Mutex
	person   mirror.Person
	emails   []mirror.Address
	invited  map[string]mirror.Invited
	teams    []mirror.Team
	users    map[string][]string
	words    []mirror.Password
	records  []mirror.Record
	next     int
	requests []string
	bodies   []mirror.PersonPatch
	// fail is asked before each request with its name; a trouble is what comes of it. After tells that the request took
	// effect all the same, and only its answer was lost.
	fail func(name string) (t *mirror.Trouble, after bool)
	// around is called around each write, for what happens at that moment.
	around func(name string)
	deaf   bool // says yes and does nothing
}

func newThere() *there {
	yes, no, ten := true, false, 10
	return &there{
		person: mirror.Person{
			ID: "7", FirstName: "Elena", LastName: "Bernasconi", Email: "elena.bernasconi@ponteri.example",
			Language: &mirror.Choice{ID: 5, Code: "it", Name: "Italian"}, Country: &mirror.Choice{ID: 203, Code: "CH", Name: "Switzerland"},
			Timezone: &mirror.Choice{ID: 414, Code: "Europe/Zurich"}, NoticeSuccess: &no, NoticeFailure: &yes, LockOn: &yes, LockAfter: &ten, AvatarKnown: true,
		},
		invited: map[string]mirror.Invited{}, users: map[string][]string{}, next: 100,
	}
}

// ask counts a request and plays its fault.
func (h *there) ask(name string, do func()) error {
	h.mu.Lock()
	h.requests = append(h.requests, name)
	fail, around := h.fail, h.around
	h.mu.Unlock()
	var t *mirror.Trouble
	after := false
	if fail != nil {
		t, after = fail(name)
	}
	if around != nil {
		around(name)
	}
	if t != nil && !after {
		return t
	}
	h.mu.Lock()
	if do != nil && !(h.deaf && isWrite(name)) {
		do()
	}
	h.mu.Unlock()
	if t != nil {
		return t
	}
	return nil
}

func isWrite(name string) bool {
	return !strings.HasPrefix(name, "GET") && !strings.HasSuffix(name, "?dry_run")
}

func (h *there) asked() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.requests)
}

func (h *there) count(name string) (n int) {
	for _, r := range h.asked() {
		if r == name {
			n++
		}
	}
	return n
}

func (h *there) set(f func(p *mirror.Person)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(&h.person)
}

func (h *there) id() string { h.next++; return fmt.Sprint(h.next) }

func (h *there) Profile(context.Context) (p mirror.Person, err error) {
	err = h.ask("GET profile", func() { p = h.person })
	return p, err
}

func (h *there) PatchProfile(_ context.Context, p mirror.PersonPatch, rehearse bool) error {
	name := "PATCH profile"
	if rehearse {
		name += "?dry_run"
	}
	h.mu.Lock()
	h.bodies = append(h.bodies, p)
	h.mu.Unlock()
	return h.ask(name, func() {
		if rehearse {
			return
		}
		for to, v := range map[*string]*string{&h.person.FirstName: p.FirstName, &h.person.LastName: p.LastName} {
			if v != nil {
				*to = *v
			}
		}
		if p.LanguageID != nil {
			h.person.Language = &mirror.Choice{ID: *p.LanguageID}
		}
		if p.NoticeSuccess != nil {
			h.person.NoticeSuccess = p.NoticeSuccess
		}
		if p.LockOn != nil {
			h.person.LockOn, h.person.LockAfter = p.LockOn, p.LockAfter
		}
	})
}

func (h *there) SetAvatar(_ context.Context, png []byte) error {
	return h.ask("POST avatar", func() { h.person.Avatar = "https://pictures.example/" + h.id() })
}

func (h *there) RemoveAvatar(context.Context) error {
	return h.ask("DELETE avatar", func() { h.person.Avatar = "" })
}

func (h *there) Picture(context.Context, string) (file []byte, err error) {
	err = h.ask("GET picture", func() { file = tinyPNG })
	return file, err
}

func (h *there) Addresses(context.Context) (emails, phones []mirror.Address, err error) {
	err = h.ask("GET addresses", func() { emails = slices.Clone(h.emails) })
	return emails, nil, err
}

func (h *there) RemoveEmail(_ context.Context, a mirror.Address) error {
	return h.ask("DELETE email", func() {
		h.emails = slices.DeleteFunc(h.emails, func(b mirror.Address) bool { return b.ID == a.ID })
	})
}
func (h *there) RemovePhone(context.Context, mirror.Address) error { return errors.New("no phone") }

func (h *there) Lookup(_ context.Context, list string) (out []mirror.Choice, err error) {
	err = h.ask("GET "+list, func() {
		out = []mirror.Choice{{ID: 2, Code: "de", Name: "German"}, {ID: 5, Code: "it", Name: "Italian"}}
	})
	return out, err
}

func (h *there) Invite(_ context.Context, _ string, n mirror.Invitation) (i mirror.Invited, err error) {
	err = h.ask("POST invitation", func() {
		i = mirror.Invited{ID: h.id(), Email: n.Email, Status: "pending"}
		h.invited[i.ID] = i
	})
	if err != nil {
		return mirror.Invited{}, err
	}
	return i, nil
}

func (h *there) Invited(_ context.Context, _, id string) (i mirror.Invited, err error) {
	err = h.ask("GET invitation", func() { i = h.invited[id] })
	return i, err
}

func (h *there) FindMember(_ context.Context, _, email string) (state, id string, err error) {
	err = h.ask("GET member", func() {
		for _, i := range h.invited {
			if i.Email == email {
				state, id = "pending", i.ID
			}
		}
	})
	return state, id, err
}

func (h *there) Teams(context.Context, string) (list []mirror.Team, err error) {
	err = h.ask("GET teams", func() { list = slices.Clone(h.teams) })
	return list, err
}

func (h *there) AddTeam(_ context.Context, _, name string) (id string, err error) {
	err = h.ask("POST team", func() { id = h.id(); h.teams = append(h.teams, mirror.Team{ID: id, Name: name}) })
	return id, err
}

func (h *there) RenameTeam(_ context.Context, _, id, name string) error {
	return h.ask("PATCH team", func() {
		for i := range h.teams {
			if h.teams[i].ID == id {
				h.teams[i].Name = name
			}
		}
	})
}

func (h *there) TeamUsers(_ context.Context, _, id string) (list []string, err error) {
	err = h.ask("GET team users", func() { list = slices.Clone(h.users[id]) })
	return list, err
}

func (h *there) AddTeamUsers(_ context.Context, _, id string, users []string) error {
	return h.ask("POST team users", func() { h.users[id] = append(h.users[id], users...) })
}

func (h *there) RemoveTeamUsers(_ context.Context, _, id string, users []string) error {
	return h.ask("DELETE team users", func() {
		h.users[id] = slices.DeleteFunc(h.users[id], func(u string) bool { return slices.Contains(users, u) })
	})
}

func (h *there) Passwords(context.Context) (list []mirror.Password, err error) {
	err = h.ask("GET passwords", func() { list = slices.Clone(h.words) })
	return list, err
}

func (h *there) AddPassword(_ context.Context, name string) (id, secret string, err error) {
	err = h.ask("POST password", func() {
		id, secret = h.id(), canary
		h.words = append(h.words, mirror.Password{ID: id, Name: name})
	})
	if err != nil {
		return "", "", err
	}
	return id, secret, nil
}

func (h *there) Zones(_ context.Context, domain string) (list []string, err error) {
	err = h.ask("GET zones", func() { list = []string{domain} })
	return list, err
}

func (h *there) Records(context.Context, string) (list []mirror.Record, err error) {
	err = h.ask("GET records", func() { list = slices.Clone(h.records) })
	return list, err
}

func (h *there) AddRecord(_ context.Context, _ string, r mirror.Record) (id string, err error) {
	err = h.ask("POST record", func() { id = h.id(); r.ID = id; h.records = append(h.records, r) })
	return id, err
}

func (h *there) SetRecord(_ context.Context, _ string, r mirror.Record) error {
	return h.ask("PUT record", func() {
		for i := range h.records {
			if h.records[i].ID == r.ID {
				h.records[i].Target, h.records[i].TTL = r.Target, r.TTL
			}
		}
	})
}

func (h *there) RemoveRecord(_ context.Context, _, id string) error {
	return h.ask("DELETE record", func() {
		h.records = slices.DeleteFunc(h.records, func(r mirror.Record) bool { return r.ID == id })
	})
}

// ties are the connections of a test: one account, connected, with what was read of it.
type ties struct {
	there  *there
	mu     sync.Mutex
	person mirror.Person
	emails []mirror.Address
	paused bool
	heard  []string
}

func (c *ties) Background(context.Context, sqlite.Queryer) (bool, error) { return false, nil }
func (c *ties) Stand(context.Context, sqlite.Queryer, string, string) (mirror.StandView, error) {
	return mirror.StandView{Kind: "synced"}, nil
}
func (c *ties) Connected(context.Context, sqlite.Queryer, string) error { return nil }
func (c *ties) Remote(context.Context, string) (mirror.Remote, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paused {
		return nil, fault.New(fault.Conflict, "paused")
	}
	return c.there, nil
}

func (c *ties) Person(context.Context, sqlite.Queryer, string) (mirror.Person, time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.person, time.Unix(1, 0), nil
}

func (c *ties) KeepPerson(_ context.Context, _ *sqlite.Tx, _ string, p mirror.Person) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.person = p
	return nil
}

func (c *ties) Addresses(context.Context, sqlite.Queryer, string) (emails, phones []mirror.Address, at time.Time, err error) {
	return c.emails, nil, time.Unix(1, 0), nil
}

func (c *ties) KeepAddresses(_ context.Context, _ *sqlite.Tx, _ string, emails, _ []mirror.Address) error {
	c.emails = emails
	return nil
}

func (c *ties) AccountNames(context.Context, sqlite.Queryer, string) (map[string]string, error) {
	return map[string]string{"318204": "Studio Ponteri SA"}, nil
}

func (c *ties) TeamName(_ context.Context, _ sqlite.Queryer, _, _, id string) (string, error) {
	for _, t := range c.there.teams {
		if t.ID == id {
			return t.Name, nil
		}
	}
	return "", fault.New(fault.NotFound, "")
}

func (c *ties) Domains(context.Context, sqlite.Queryer, string) ([]string, error) {
	return []string{"ponteri.example"}, nil
}

func (c *ties) Heard(_ context.Context, _ *sqlite.Tx, _, area string, t *mirror.Trouble) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = append(c.heard, area+" "+t.Why+" "+t.Scope)
	c.paused = c.paused || t.Why == mirror.TroublePaused
	return nil
}

const canary = "kontor-canary-7Q"

type desk struct {
	*mirror.Edits
	t       *testing.T
	ctx     context.Context
	db      *sqlite.DB
	clock   *testkit.Clock
	journal *pages
	there   *there
	ties    *ties
}

type open struct{}

func (open) Reauthenticate(context.Context, string) error { return nil }

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, clock: testkit.NewClock(), journal: &pages{}, there: newThere()}
	d.db = testkit.NewDB(t, d.clock)
	testkit.Seed(t, d.db)
	d.ctx = testkit.Keeper(t)
	d.ties = &ties{there: d.there, person: d.there.person}
	d.Edits = d.program(d.db)
	if _, err := d.Choices(d.ctx); err != nil {
		t.Fatal(err)
	}
	d.there.requests = nil
	return d
}

// program is another running program on the same workspace.
func (d *desk) program(db *sqlite.DB) *mirror.Edits {
	return mirror.NewEdits(mirror.EditOptions{DB: db, Journal: d.journal, Connections: d.ties, Reauth: open{}})
}

func (d *desk) pass() {
	d.t.Helper()
	if _, err := d.Pass(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}

// settle lets time go by until nothing is due by itself any more.
func (d *desk) settle() {
	d.t.Helper()
	for range 12 {
		d.pass()
		d.clock.Advance(time.Minute)
	}
}

func (d *desk) say(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// rename notes another first name.
func (d *desk) rename(to string) error {
	return d.Change(d.ctx, []mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: to}, Read: mirror.ValueInput{Text: d.ties.person.FirstName}}})
}

func (d *desk) edits() []mirror.EditView {
	d.t.Helper()
	list, err := d.List(d.ctx)
	d.say(err)
	return list
}

// one is the only edit that was not taken back.
func (d *desk) one() mirror.EditView {
	d.t.Helper()
	list := slices.DeleteFunc(d.edits(), func(x mirror.EditView) bool { return x.State == "withdrawn" })
	if len(list) != 1 {
		d.t.Fatalf("%d edits: %+v", len(list), list)
	}
	return list[0]
}

func (d *desk) is(state string) {
	d.t.Helper()
	if x := d.one(); x.State != state {
		d.t.Fatalf("the edit is %s (%s %s), want %s; asked: %v", x.State, x.Reason, x.Detail, state, d.there.asked())
	}
}

func (d *desk) wrote(want ...string) {
	d.t.Helper()
	got := slices.DeleteFunc(d.there.asked(), func(r string) bool { return !isWrite(r) })
	if !slices.Equal(got, want) {
		d.t.Errorf("writes: %v, want %v", got, want)
	}
}

// once makes the n-th request of a name fail.
func once(name string, n int, t mirror.Trouble, after bool) func(string) (*mirror.Trouble, bool) {
	seen := 0
	return func(asked string) (*mirror.Trouble, bool) {
		if asked == name {
			if seen++; seen == n {
				return &t, after
			}
		}
		return nil, false
	}
}

// pages are a journal that two programs may write.
type pages struct {
	mu sync.Mutex
	testkit.Journal
}

func (p *pages) Record(ctx context.Context, tx *sqlite.Tx, e audit.Entry) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.Journal.Record(ctx, tx, e)
}

// lines are those about edits.
func (p *pages) lines() []audit.Entry {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.Entries), func(e audit.Entry) bool { return e.Product != audit.Mirror || e.Action != audit.ItemChanged })
}

// nowhere fails if a text is in a file of the workspace.
func (d *desk) nowhere(text string) {
	d.t.Helper()
	for _, end := range []string{"", "-wal"} {
		file, err := os.ReadFile(d.db.Path() + end) //nolint:gosec // our own test data
		d.say(err)
		if bytes.Contains(file, []byte(text)) {
			d.t.Errorf("%q is in the database%s", text, end)
		}
	}
}
