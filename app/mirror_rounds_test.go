package app_test

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/mirror"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
)

// faults are what goes wrong in a round, with the writes and the readings alike.
var faults = map[string]func(*fakemaniak.Server) fakemaniak.Way{
	"cut before":     func(*fakemaniak.Server) fakemaniak.Way { return fakemaniak.Cut(false) },
	"cut after":      func(*fakemaniak.Server) fakemaniak.Way { return fakemaniak.Cut(true) },
	"half":           func(*fakemaniak.Server) fakemaniak.Way { return fakemaniak.Half() },
	"no effect":      func(*fakemaniak.Server) fakemaniak.Way { return fakemaniak.Pretend() },
	"the same page":  func(*fakemaniak.Server) fakemaniak.Way { return fakemaniak.SamePage() },
	"HTML":           says(200, "<!doctype html><title>Maintenance</title>", "Content-Type", "text/html"),
	"broken":         says(500, `{"result":"error","error":{"code":"unexpected_error"}}`),
	"maintenance":    says(503, `{"result":"error","error":{"code":"product_maintenance"}}`),
	"limited":        says(429, "Too many request", "Retry-After", "1"),
	"not there":      says(404, `{"result":"error","error":{"code":"object_not_found"}}`),
	"an error in it": says(200, `{"result":"error","error":{"code":"unexpected_error"}}`),
	"asynchronous":   says(200, `{"result":"asynchronous","data":"b7a1c0"}`),
	"null":           says(200, `{"result":"success","data":null}`),
	"a text":         says(200, `{"result":"success","data":"string"}`),
	"negative":       says(200, `{"result":"success","data":[{"id":-5,"count":-3},{"id":"x/y"},7,null],"total":-1,"page":9,"pages":-2}`),
	"elsewhere":      says(302, "", "Location", "https://elsewhere.example/"),
	"a scope":        says(403, `{"result":"error","error":{"code":"all_scopes","context":{"scopes":["user_info"]}}}`),
	"refused": says(422, `{"result":"error","error":{"code":"validation_failed","errors":[{"code":"x","description":"no",`+
		`"context":{"attribute":"firstname"}}]}}`),
	"somebody else": func(s *fakemaniak.Server) fakemaniak.Way {
		return s.Between(func(s *fakemaniak.State) { s.Profile["last_name"] = "Ponteri-" + fmt.Sprint(rand.IntN(1000)) }) //nolint:gosec // chance is what is wanted
	},
}

func says(status int, body string, headers ...string) func(*fakemaniak.Server) fakemaniak.Way {
	return func(*fakemaniak.Server) fakemaniak.Way { return fakemaniak.Says(status, body, headers...) }
}

// TestRoundsOfFaults edits and reads while anything goes wrong, again and again: a few rounds in every run, 500 with
// KONTOR_LONG. No row that is there is taken for gone, nothing negative is shown, an invitation is sent once, nothing is sent
// again without a reading in between, and when nothing is wrong any more all is as it is there.
func TestRoundsOfFaults(t *testing.T) {
	workspaces, rounds := 1, 4
	if os.Getenv("KONTOR_LONG") != "" {
		workspaces, rounds = 10, 50 // what a workspace has gathered makes each further round longer
	}
	for n := range workspaces {
		t.Run(fmt.Sprint(n), func(t *testing.T) { roundsOfFaults(t, rounds, rand.New(rand.NewPCG(14, uint64(n)))) }) //nolint:gosec // a test of chance
	}
}

// beside is an empty workspace of one person beside a fake of Infomaniak, and how much its clock is ahead, in nanoseconds.
func beside(t testing.TB, fake *fakemaniak.Server) (a *app.App, ahead *atomic.Int64) {
	t.Helper()
	ahead = &atomic.Int64{}
	return besideClock(t, fake, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }), ahead
}

// besideClock is the same with a clock of the test's own.
func besideClock(t testing.TB, fake *fakemaniak.Server, now func() time.Time) *app.App {
	t.Helper()
	dir := t.TempDir()
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	a := app.New(app.Options{Workspace: dir, Version: "test", Browser: &browser{}, Log: slog.New(slog.DiscardHandler), Infomaniak: fake.URL, Now: now})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := testkit.Bound[*firststart.Window](a).Begin(firststart.BeginInput{
		FirstName: "Elena", LastName: "Bernasconi", LoginEmail: crashEmail, Language: "it", OrganizationName: "Studio Ponteri SA", Country: "CH", Password: crashPassword,
	}); err != nil {
		t.Fatal(err)
	}
	return a
}

func roundsOfFaults(t *testing.T, rounds int, r *rand.Rand) {
	state := fakemaniak.Alone()
	state.More(1001, 130)
	fake := fakemaniak.Start(t, state, canary)
	fake.Hurry()
	a, ahead := beside(t, fake)
	say := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	_, err := w.Connect(mirror.ConnectInput{Check: check(t, a, canary).ID})
	say(err)
	rested := func() bool {
		s, err := w.State()
		return err == nil && (s.State == "idle" && s.LastCompleteAt != "" || s.State == "waiting" || s.State == "paused")
	}
	until(t, "everything is read", rested)
	_, err = edits.Mine()
	say(err)
	names := slices.Sorted(maps.Keys(faults))
	routes := []string{"/2/profile", "/1/products", "/2/domains", "/1/accounts", "/1/accounts/1001/invitations", "/2/accounts/1001", ""}
	for round := range rounds {
		fake.Forget()
		went := []string{}
		for range 1 + r.IntN(3) {
			name, route, method := names[r.IntN(len(names))], routes[r.IntN(len(routes))], []string{"", "GET", "PATCH", "POST"}[r.IntN(4)]
			went = append(went, name+" "+method+" "+route)
			fake.Break(fakemaniak.Fault{Method: method, Path: route, After: r.IntN(3), Times: 1 + r.IntN(3), Do: faults[name](fake)})
		}
		fake.Edit(func(s *fakemaniak.State) { // somebody gives a product up
			if n := len(s.Products); n > 100 && r.IntN(2) == 0 {
				s.Products = slices.Delete(s.Products, n-1, n)
			}
		})
		email := fmt.Sprintf("guest-%d@ponteri.example", round)
		mine, err := edits.Mine()
		say(err)
		name := fmt.Sprintf("Elena %d", round)
		_ = edits.Change([]mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: name}, Read: mirror.ValueInput{Text: mine.Fields[0].Value.Text}}})
		say(edits.Invite(mirror.InvitationInput{Account: "1001", Email: email, FirstName: "Ospite", LastName: "Uno", Locale: "it_IT", Role: "normal"}))
		say(w.Opened("members", "1001"))
		_, _ = w.Refresh()
		until(t, "the pull rests", rested)
		nothingLost(t, w, fake)
		fake.Mend()
		settled := false
		for range 40 { // time goes by, and nothing is wrong any more
			ahead.Add(int64(11 * time.Minute))
			_, _ = w.Refresh()
			time.Sleep(5 * time.Millisecond)
			until(t, "the pull rests", rested)
			list, err := edits.Edits()
			say(err)
			settled = !slices.ContainsFunc(list, func(x mirror.EditView) bool { return x.State == "waiting" || x.State == "sending" || x.NextAt != "" })
			products, err := w.Products()
			say(err)
			shown := len(slices.DeleteFunc(products.Products, func(p mirror.ProductView) bool { return p.GoneSince != "" }))
			if settled = settled && products.Stand.Kind == "synced" && shown == fake.Count(); settled {
				break
			}
		}
		if !settled {
			list, _ := edits.Edits()
			s, _ := w.State()
			t.Errorf("it never comes to rest: %+v\n%+v", s, list)
		}
		nothingLost(t, w, fake)
		twice(t, fake)
		if n := slices.Index(fake.Invited("1001"), email); n >= 0 && slices.Contains(fake.Invited("1001")[n+1:], email) {
			t.Errorf("%s was invited twice", email)
		}
		if t.Failed() {
			t.Fatalf("in round %d: %q", round+1, went)
		}
	}
}

// nothingLost looks for what is taken for gone and is there, and for figures that cannot be.
func nothingLost(t *testing.T, w *mirror.Window, fake *fakemaniak.Server) {
	t.Helper()
	products, err := w.Products()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range products.Products {
		if p.GoneSince != "" && fake.Has(p.ID) {
			t.Errorf("product %s is there, and shown as gone", p.ID)
		}
	}
	s, err := w.State()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range s.Areas {
		if a.Rows < 0 || a.Seen < 0 || a.Total < -1 || a.Unreadable < 0 {
			t.Errorf("a figure below zero: %+v", a)
		}
	}
}

// twice looks for a change that was sent again although nothing was read since.
func twice(t *testing.T, fake *fakemaniak.Server) {
	t.Helper()
	last := map[string]int{}
	for i, r := range fake.Requests() {
		if r.Method == http.MethodGet || strings.Contains(r.Query, "dry_run") {
			continue
		}
		what, read := r.String()+" "+r.Body, r.Path
		if strings.HasSuffix(read, "/invitations") {
			read = "/2/accounts/1001/users" // where it is looked for whether somebody is invited
		}
		if before, ok := last[what]; ok && !slices.ContainsFunc(fake.Requests()[before+1:i], func(g fakemaniak.Request) bool {
			return g.Method == http.MethodGet && g.Path == read
		}) {
			t.Errorf("sent again without a reading: %s", what)
		}
		last[what] = i
	}
}
