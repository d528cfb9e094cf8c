package mirror_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/mirror"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// served is Infomaniak as the pull sees it.
type served struct {
	mirror.Reader // what a test does not answer for is never asked

	products func(page int) (mirror.Page[mirror.Product], error)
	domains  func(page int) (mirror.Page[mirror.Domain], error)
	accounts func() (mirror.Page[mirror.Account], error)
	events   func(drive, cursor string) (mirror.Page[mirror.Event], error)
	members  *mirror.Page[mirror.Member]
	asked    []string
}

func (r *served) note(what string) { r.asked = append(r.asked, what) }

func (r *served) Me(context.Context) (mirror.Profile, error) {
	r.note("profile")
	return mirror.Profile{Person: mirror.Person{ID: "77", FirstName: "Elena", LastName: "Bernasconi", Email: "elena@ponteri.example"}, HasSessions: true}, nil
}

func (r *served) Accounts(context.Context) (mirror.Page[mirror.Account], error) {
	r.note("accounts")
	if r.accounts != nil {
		return r.accounts()
	}
	return mirror.Page[mirror.Account]{Rows: []mirror.Account{{ID: "1", Name: "Ponteri", Type: "partner_gold", Legal: "association"}}, Total: -1}, nil
}

func (r *served) Products(_ context.Context, page int) (mirror.Page[mirror.Product], error) {
	r.note("products " + strconv.Itoa(page))
	if r.products != nil {
		return r.products(page)
	}
	return some(1, 3, 3), nil
}

func (r *served) RemoteDomains(_ context.Context, page int) (mirror.Page[mirror.Domain], error) {
	r.note("domains " + strconv.Itoa(page))
	if r.domains != nil {
		return r.domains(page)
	}
	return mirror.Page[mirror.Domain]{}, nil
}

func (r *served) Members(context.Context, string, int) (mirror.Page[mirror.Member], error) {
	r.note("members")
	if r.members != nil {
		return *r.members, nil
	}
	return mirror.Page[mirror.Member]{Rows: []mirror.Member{{ID: "8", Name: "Marisol"}}, Total: 1}, nil
}

func (r *served) Invited(_ context.Context, _, id string) (mirror.Invited, error) {
	r.note("invitation " + id)
	if id == "13" {
		return mirror.Invited{}, &mirror.Trouble{Why: mirror.TroubleMissing, Outcome: mirror.Answered}
	}
	return mirror.Invited{ID: id, Status: "pending", SentAt: time.Unix(1790000000, 0), ExpiresAt: time.Unix(1800000000, 0)}, nil
}

func (r *served) RemoteTeams(context.Context, string) (mirror.Page[mirror.RemoteTeam], error) {
	r.note("teams")
	return mirror.Page[mirror.RemoteTeam]{Total: -1}, nil
}

func (r *served) Drives(context.Context, string) (mirror.Page[mirror.Drive], error) {
	r.note("drives")
	return mirror.Page[mirror.Drive]{Rows: []mirror.Drive{{ID: "301", Name: "One"}, {ID: "302", Name: "Two"}}, Total: -1}, nil
}

func (r *served) Events(_ context.Context, drive string, _ time.Time, cursor string) (mirror.Page[mirror.Event], error) {
	r.note("events " + drive + " " + cursor)
	return r.events(drive, cursor)
}

// some are products from one number up to another, of a total.
func some(from, to, total int) mirror.Page[mirror.Product] {
	p := mirror.Page[mirror.Product]{Total: total}
	for i := from; i <= to; i++ {
		p.Rows = append(p.Rows, mirror.Product{ID: strconv.Itoa(i), Account: "1", Service: "inviation", Name: fmt.Sprintf("Product %03d", i)})
	}
	return p
}

type pullDesk struct {
	*mirror.Service
	w     *mirror.Window
	r     *served
	db    *sqlite.DB
	ctx   context.Context
	clock *testkit.Clock
	vault testkit.Vault
	here  string // who is signed in
	t     testing.TB
}

// newPull is an account that is connected, and has read nothing yet.
func newPull(t testing.TB, sample bool) *pullDesk {
	t.Helper()
	d := &pullDesk{r: &served{}, clock: testkit.NewClock(), vault: testkit.Vault{}, t: t}
	d.db = testkit.NewDB(t, d.clock)
	testkit.Seed(t, d.db)
	d.ctx = testkit.As(t, access.LegalRepresentative)
	d.serve(sample)
	if sample {
		return d
	}
	testkit.Exec(t, d.db, `INSERT INTO mirror_connection (account_id, remote_user, remote_name, remote_email, state, connected_at, token_at, used_at, asked_at)
		VALUES ('account-1', '77', 'Elena Bernasconi', 'elena@ponteri.example', 'idle', 1, 1, 1, ?)`, sqlite.Millis(d.clock.Now()))
	return d
}

func (d *pullDesk) serve(sample bool) {
	d.Service = mirror.NewService(mirror.Options{
		DB: d.db, Journal: &testkit.Journal{}, Vault: d.vault, Reauth: testkit.Reauthenticator("right"), Sample: sample,
		Here: func(context.Context) string { return d.here },
		Dial: func(func(context.Context) (string, error), func(context.Context, mirror.RequestLog) error) mirror.Reader {
			return d.r
		},
	})
	d.w = mirror.NewWindow(bridge.To(testkit.Shell(d.t, d.ctx, &testkit.Dialogs{}), func() *mirror.Service { return d.Service }))
}

// pass lets somebody ask for everything, and reads it.
func (d *pullDesk) pass() {
	d.t.Helper()
	d.clock.Advance(time.Minute)
	d.r.asked = nil
	if err := d.Refresh(d.ctx); err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.Pass(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *pullDesk) stand(area string) mirror.AreaView {
	d.t.Helper()
	s, err := d.w.State()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, a := range s.Areas {
		if a.Area == area {
			return a
		}
	}
	d.t.Fatalf("no %s among %+v", area, s.Areas)
	return mirror.AreaView{}
}

func (d *pullDesk) products() (shown, gone int) {
	d.t.Helper()
	v, err := d.w.Products()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, p := range v.Products {
		if p.GoneSince != "" {
			gone++
		}
	}
	return len(v.Products), gone
}

func TestWhatWasNotReadAsAWholeReplacesNothing(t *testing.T) {
	d := newPull(t, false)
	// The first walk shows what it has, and says that it is not all.
	d.r.products = func(int) (mirror.Page[mirror.Product], error) { return some(1, 100, 221), nil } // page 2 of 15, for ever
	d.pass()
	if a := d.stand("products"); a.Stand.Kind != "incomplete" || a.Seen != 100 || a.Total != 221 {
		t.Fatalf("%+v", a)
	}
	if n, _ := d.products(); n != 100 {
		t.Errorf("%d products are shown", n)
	}
	d.r.products = func(page int) (mirror.Page[mirror.Product], error) {
		if page == 1 {
			return some(1, 100, 150), nil
		}
		return some(101, 150, 150), nil
	}
	d.pass()
	if a := d.stand("products"); a.Stand.Kind != "synced" || a.Rows != 150 {
		t.Fatalf("%+v", a)
	}
	// 309 over 4 pages, 3 of them twice and 3 never.
	d.r.products = func(page int) (mirror.Page[mirror.Product], error) {
		pages := [][2]int{{1, 100}, {98, 197}, {198, 297}, {298, 306}}
		if page > len(pages) {
			return mirror.Page[mirror.Product]{Total: 309}, nil
		}
		return some(pages[page-1][0], pages[page-1][1], 309), nil
	}
	d.pass()
	if a := d.stand("products"); a.Stand.Kind != "incomplete" || a.Rows != 150 {
		t.Errorf("%+v", a)
	}
	if n, gone := d.products(); n != 150 || gone != 0 {
		t.Errorf("%d products, %d gone", n, gone)
	}
	d.r.products = func(int) (mirror.Page[mirror.Product], error) { return some(1, 40, 40), nil }
	d.pass()
	if n, gone := d.products(); n != 150 || gone != 110 {
		t.Errorf("%d products, %d gone", n, gone)
	}
}

func TestOneAreaThatFailsLeavesTheOthers(t *testing.T) {
	d := newPull(t, false)
	d.pass()
	d.r.products = func(int) (mirror.Page[mirror.Product], error) {
		return mirror.Page[mirror.Product]{}, &mirror.Trouble{Why: mirror.TroubleUnreadable, Outcome: mirror.Answered}
	}
	d.r.domains = func(int) (mirror.Page[mirror.Domain], error) {
		return mirror.Page[mirror.Domain]{}, &mirror.Trouble{Why: mirror.TroubleScope, Outcome: mirror.Answered, Scope: "domain:read"}
	}
	d.pass()
	if a := d.stand("products"); a.Verdict != "unreadable" || a.Rows != 3 || a.Stand.Since == "" {
		t.Errorf("%+v", a)
	}
	if a := d.stand("domains"); a.Stand.Kind != "scope" || a.Stand.Scope != "domain:read" {
		t.Errorf("%+v", a)
	}
	if a := d.stand("organizations"); a.Stand.Kind != "synced" {
		t.Errorf("%+v", a)
	}
	s, err := d.w.State()
	if err != nil || s.Token.Warn != "lost_scope" || len(s.Token.Lost) != 1 {
		t.Errorf("%+v, %v", s.Token, err)
	}
	o, err := d.w.Organizations()
	if err != nil || len(o.List) != 1 || o.List[0].Type != "partner_gold" || o.List[0].Legal != "association" || o.List[0].Choice != "look" {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestOnlyOneWhoAsksIsAnswered(t *testing.T) {
	d := newPull(t, false)
	if _, err := d.Pass(t.Context()); err != nil || len(d.r.asked) > 0 {
		t.Fatalf("asked %v at the start, %v", d.r.asked, err)
	}
	d.r.accounts = func() (mirror.Page[mirror.Account], error) {
		return mirror.Page[mirror.Account]{}, &mirror.Trouble{Why: mirror.TroubleLimited, Outcome: mirror.NotSent, RetryAt: d.clock.Now().Add(30 * time.Second)}
	}
	d.pass()
	s, err := d.w.State()
	if err != nil || s.State != "waiting" || s.Reason != "limited" || len(d.r.asked) != 2 {
		t.Fatalf("%+v, %v, %v", s, d.r.asked, err)
	}
	d.r.asked, d.r.accounts = nil, nil
	d.clock.Advance(29 * time.Second)
	if _, err := d.Pass(t.Context()); err != nil || len(d.r.asked) > 0 {
		t.Errorf("asked %v too early, %v", d.r.asked, err)
	}
	d.clock.Advance(2 * time.Second)
	if _, err := d.Pass(t.Context()); err != nil || len(d.r.asked) == 0 || d.r.asked[0] != "accounts" {
		t.Errorf("then asked %v, %v", d.r.asked, err)
	}
}

func TestADriveGoesOnWhereItWasCut(t *testing.T) {
	d := newPull(t, false)
	testkit.Exec(t, d.db, "INSERT INTO mirror_drive (account_id, drive) VALUES ('account-1', '301'), ('account-1', '302')")
	cut := true
	d.r.events = func(drive, cursor string) (mirror.Page[mirror.Event], error) {
		if drive == "302" {
			return mirror.Page[mirror.Event]{}, &mirror.Trouble{Why: mirror.TroubleMaintenance, Outcome: mirror.Answered}
		}
		page, _ := strconv.Atoi(cursor)
		if page == 3 && cut {
			return mirror.Page[mirror.Event]{}, context.Canceled // as if the program were killed
		}
		p := mirror.Page[mirror.Event]{}
		for i := range 10 {
			n := 70 - page*10 - i
			p.Rows = append(p.Rows, mirror.Event{ID: strconv.Itoa(n), Action: "file_update", Path: fmt.Sprintf("/Übersicht/%d.pdf", n), At: d.clock.Now().Add(time.Duration(n) * time.Second)})
		}
		if page < 6 {
			p.Next = strconv.Itoa(page + 1)
		}
		return p, nil
	}
	d.clock.Advance(time.Minute)
	if err := d.Refresh(d.ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pass(t.Context()); err == nil {
		t.Fatal("nothing was cut")
	}
	cut, d.r.asked = false, nil
	d.serve(false)
	if err := d.Opened(d.ctx, "activities", "301"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pass(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d.r.asked[0] != "events 301 3" {
		t.Errorf("it went on with %v", d.r.asked)
	}
	list, err := d.Events(d.ctx, mirror.EventQuery{Limit: 200})
	if err != nil || len(list) != 70 {
		t.Fatalf("%d events, %v", len(list), err)
	}
	found, err := d.Events(d.ctx, mirror.EventQuery{Text: "ubersicht 42", Limit: 200})
	if err != nil || len(found) != 1 || found[0].ID != "42" {
		t.Errorf("%+v, %v", found, err)
	}
	if a := d.stand("activities"); a.Stand.Kind != "synced" {
		t.Errorf("%+v", a)
	}
	d.pass()
	for _, asked := range d.r.asked {
		if asked == "events 302 " {
			t.Error("a drive under maintenance was asked again at once")
		}
	}
}

func TestTheSampleConnectsToNothing(t *testing.T) {
	d := newPull(t, true)
	if _, err := d.w.Check("token"); fault.ReasonOf(err) != mirror.ReasonSample {
		t.Errorf("%v", err)
	}
	if s, err := d.w.State(); err != nil || s.Hindrance != "sample" {
		t.Errorf("%+v, %v", s, err)
	}
}

// Pending invitations are read one by one, at most twenty in one go, and each once an hour.
func TestPendingInvitationsAreReadOneByOne(t *testing.T) {
	d := newPull(t, false)
	p := mirror.Page[mirror.Member]{Rows: []mirror.Member{{ID: "8", Name: "Marisol", State: "valid"}}, Total: 26}
	for i := range 25 {
		id := strconv.Itoa(i + 1)
		p.Rows = append(p.Rows, mirror.Member{ID: "invitation-" + id, Name: "Guest " + id, State: "pending", Invitation: id})
	}
	d.r.members = &p
	asked := func() (n int) {
		for _, what := range d.r.asked {
			if strings.HasPrefix(what, "invitation ") {
				n++
			}
		}
		return n
	}
	d.pass()
	if asked() != 0 {
		t.Errorf("asked of an organization that nobody opened: %v", d.r.asked)
	}
	if err := d.Opened(d.ctx, "members", "1"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{20, 5, 0} {
		if d.pass(); asked() != want {
			t.Errorf("%d were asked for, want %d: %v", asked(), want, d.r.asked)
		}
	}
	d.clock.Advance(time.Hour)
	if d.pass(); asked() != 20 {
		t.Errorf("after an hour %d were asked for", asked())
	}
	v, err := d.w.Members("1")
	if err != nil || len(v.Members) != 26 {
		t.Fatalf("%d, %v", len(v.Members), err)
	}
	for _, m := range v.Members {
		if told := m.ExpiresAt != ""; told != (m.State == "pending" && m.Invitation != "13") {
			t.Errorf("%+v", m)
		}
	}
}

// A token that the vault cannot give pauses with its own reason, and is asked for again as soon as somebody wishes.
func TestATokenThatCannotBeHadPauses(t *testing.T) {
	d := newPull(t, false)
	d.r.accounts = func() (mirror.Page[mirror.Account], error) {
		return mirror.Page[mirror.Account]{}, &mirror.Trouble{Why: mirror.TroublePaused, Outcome: mirror.NotSent}
	}
	d.pass()
	if s, err := d.w.State(); err != nil || s.State != "paused" || s.Reason != "vault" {
		t.Errorf("%+v, %v", s, err)
	}
	d.r.accounts = nil
	d.pass()
	if s, err := d.w.State(); err != nil || s.State != "idle" || s.LastCompleteAt == "" {
		t.Errorf("%+v, %v", s, err)
	}
}

// What is read in the background is read while its owner is signed in, and asked for by nobody else.
func TestTheBackgroundIsTheOwnersTime(t *testing.T) {
	d := newPull(t, false)
	d.pass()
	if _, err := d.w.SetBackground(true); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Pass(t.Context()); err != nil { // the switch wakes it once
		t.Fatal(err)
	}
	for _, who := range []string{"", "account-2", "account-1"} {
		d.clock.Advance(2 * time.Hour)
		d.r.asked, d.here = nil, who
		next, err := d.Pass(t.Context())
		if err != nil || (len(d.r.asked) > 0) != (who == "account-1") {
			t.Errorf("while %q is signed in: asked %v, %v", who, d.r.asked, err)
		}
		if who != "account-1" && next.Sub(d.clock.Now()) > time.Minute {
			t.Errorf("looked again only at %s", next)
		}
	}
	// Whoever signs out in the middle ends it between two areas.
	d.clock.Advance(2 * time.Hour)
	d.r.asked = nil
	d.r.accounts = func() (mirror.Page[mirror.Account], error) {
		d.here = ""
		return mirror.Page[mirror.Account]{Total: -1}, nil
	}
	if _, err := d.Pass(t.Context()); err != nil || len(d.r.asked) != 2 {
		t.Errorf("asked %v, %v", d.r.asked, err)
	}
	if s, err := d.w.State(); err != nil || s.State != "idle" {
		t.Errorf("%+v, %v", s, err)
	}
}

// A computer's clock that went ahead and was set right leaves moments of the future behind: they hold nothing up.
func TestAClockThatWasSetRightHoldsNothingUp(t *testing.T) {
	d := newPull(t, false)
	d.clock.Advance(300 * 24 * time.Hour)
	d.pass()
	d.r.accounts = func() (mirror.Page[mirror.Account], error) {
		return mirror.Page[mirror.Account]{}, &mirror.Trouble{Why: mirror.TroubleLimited, Outcome: mirror.NotSent, RetryAt: d.clock.Now().Add(time.Hour)}
	}
	d.r.products = func(int) (mirror.Page[mirror.Product], error) {
		return mirror.Page[mirror.Product]{}, &mirror.Trouble{Why: mirror.TroubleBroken, Outcome: mirror.Answered}
	}
	d.pass()
	d.r.accounts, d.r.products = nil, nil
	d.clock.Advance(-300 * 24 * time.Hour)
	d.pass()
	for _, area := range []string{"profile", "accounts", "products 1", "domains 1"} {
		if !slices.Contains(d.r.asked, area) {
			t.Errorf("%s was not asked for: %v", area, d.r.asked)
		}
	}
	if s, err := d.w.State(); err != nil || s.State != "idle" {
		t.Errorf("%+v, %v", s, err)
	}
}

// An organization that is no longer told of is shown as gone; what it was here stays, and nothing of it is asked for.
func TestAnOrganizationThatDisappears(t *testing.T) {
	d := newPull(t, false)
	d.r.accounts = func() (mirror.Page[mirror.Account], error) {
		return mirror.Page[mirror.Account]{Total: -1, Rows: []mirror.Account{{ID: "1", Name: "Ponteri"}, {ID: "2", Name: "Tre Larici"}}}, nil
	}
	if err := d.Opened(d.ctx, "members", "1"); err != nil {
		t.Fatal(err)
	}
	d.pass()
	if m, err := d.w.Members("1"); err != nil || len(m.Members) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	d.r.accounts = func() (mirror.Page[mirror.Account], error) {
		return mirror.Page[mirror.Account]{Total: -1, Rows: []mirror.Account{{ID: "2", Name: "Tre Larici"}}}, nil
	}
	d.pass()
	o, err := d.w.Organizations()
	if err != nil || len(o.List) != 2 {
		t.Fatalf("%+v, %v", o, err)
	}
	for _, one := range o.List {
		if (one.GoneSince != "") != (one.ID == "1") {
			t.Errorf("%+v", one)
		}
	}
	if slices.Contains(d.r.asked, "members") {
		t.Errorf("asked %v", d.r.asked)
	}
	d.r.accounts = nil // and it is back
	d.pass()
	if o, err = d.w.Organizations(); err != nil || o.List[slices.IndexFunc(o.List, func(v mirror.OrganizationView) bool { return v.ID == "1" })].GoneSince != "" {
		t.Errorf("%+v, %v", o, err)
	}
}
