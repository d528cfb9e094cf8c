package app_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
	"golang.org/x/net/webdav"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/dev/testkit"
	keeping "kontor/internal/flow/replica"
	"kontor/internal/host/sqlite"
)

// davServer is a WebDAV server on the loopback that can be made to answer nothing.
func davServer(t *testing.T) (address string, away *atomic.Bool) {
	t.Helper()
	away = &atomic.Bool{}
	handler := &webdav.Handler{FileSystem: webdav.Dir(t.TempDir()), LockSystem: webdav.NewMemLS()}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		switch {
		case away.Load():
			panic(http.ErrAbortHandler)
		case user != "elena" || password != "s3cret":
			w.WriteHeader(http.StatusUnauthorized)
		default:
			handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL + "/kontor", away
}

// sentUntil waits for a state of the replica.
func sentUntil(t *testing.T, s services, states ...string) keeping.StateView {
	t.Helper()
	until := time.Now().Add(testkit.Patience(30 * time.Second))
	for {
		v, err := testkit.Bound[*keeping.Window](s.app).Get()
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(states, v.State) {
			return v
		}
		if time.Now().After(until) {
			t.Fatalf("not %v: %+v", states, v)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func sendNow(t *testing.T, s services) {
	t.Helper()
	if v, err := testkit.Bound[*keeping.Window](s.app).SendNow(); err != nil || v.State != "sent" && v.State != "behind" || v.Last == "" { // something may be written again at once
		t.Fatalf("%+v, %v", v, err)
	}
}

// goesOn takes the newest state over, as the page does.
func goesOn(t *testing.T, s services, place keeping.PlaceView, password string) {
	t.Helper()
	found, err := s.system.FindReplica(place, passphrase)
	if err != nil || len(found.Versions) == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	if _, err := s.system.OpenReplica(found.Versions[0].ID); err != nil {
		t.Fatal(err)
	}
	if state, err := s.system.RestoreBackup(password); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	sendNow(t, s)
}

// A second computer goes on where the first has stopped, and the first again: nothing that was sent is lost, what the first had
// not sent is kept as a copy, nobody is signed in, the secrets open, the journal is whole.
func TestTwoComputersTakeTurns(t *testing.T) {
	keyring.MockInit()
	address, _ := davServer(t)
	place := keeping.PlaceView{Address: address, User: "elena", Password: "s3cret"}
	studioDir := t.TempDir()
	studio := opened(t, studioDir)
	begin(t, studio, true)
	if v, err := testkit.Bound[*keeping.Window](studio.app).Get(); err != nil || v.State != "off" {
		t.Fatalf("it is sent unasked: %+v, %v", v, err)
	}
	if err := app.Keep(studio.app, "s3cret of the server"); err != nil {
		t.Fatal(err)
	}
	if _, err := testkit.Bound[*keeping.Window](studio.app).Set(place, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	sendNow(t, studio)
	write := func(s services, name string) {
		testkit.Exec(t, app.DB(s.app), "INSERT INTO setting (account_id, name, value) VALUES ('', '"+name+"', 'x')")
	}
	has := func(s services, name string) bool {
		return testkit.Count(t, app.DB(s.app), "SELECT count(*) FROM setting WHERE name = '"+name+"'") == 1
	}
	write(studio, "of the studio")
	sendNow(t, studio)
	studio.app.Shutdown()

	laptop := opened(t, t.TempDir())
	if v := current(t, laptop); v.AnyAccount {
		t.Fatal("not a new workspace")
	}
	found, err := laptop.system.FindReplica(place, passphrase)
	if err != nil || found.Here || len(found.Versions) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	if _, err := laptop.system.OpenReplica(found.Versions[0].ID); err != nil {
		t.Fatal(err)
	}
	if state, err := laptop.system.RestoreBackup(""); err != nil || state.Fault != "" {
		t.Fatalf("%+v, %v", state, err)
	}
	if v := current(t, laptop); v.SignedIn || !v.AnyAccount {
		t.Errorf("somebody is signed in, or nobody is there: %+v", v)
	}
	if err := laptop.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	if got, err := app.Kept(laptop.app); err != nil || got != "s3cret of the server" {
		t.Errorf("%q, %v", got, err)
	}
	sendNow(t, laptop)
	if !has(laptop, "of the studio") {
		t.Error("what the studio sent is lost")
	}
	write(laptop, "of the laptop")
	sendNow(t, laptop)

	studio = opened(t, studioDir) // it goes on offline, as far as it knows
	if err := studio.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	write(studio, "beside")
	if v := sentUntil(t, studio, "paused"); v.Reason != "replica_newer" {
		t.Fatalf("%+v", v)
	}
	goesOn(t, studio, keeping.PlaceView{}, hers)
	if !has(studio, "of the laptop") || has(studio, "beside") {
		t.Error("the studio has not what the laptop sent, or more")
	}
	kept := false
	copies, err := filepath.Glob(filepath.Join(studioDir, "copies", "asked-*.db"))
	for _, file := range copies {
		db, err := sqlite.Open(t.Context(), file, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		kept = kept || testkit.Count(t, db, "SELECT count(*) FROM setting WHERE name = 'beside'") == 1
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err != nil || !kept {
		t.Errorf("what was not sent is lost: %v, %v", copies, err)
	}
	if v := sentUntil(t, laptop, "paused", "sent"); v.State == "sent" {
		if _, err := testkit.Bound[*keeping.Window](laptop.app).SendNow(); err == nil {
			t.Error("the laptop still sends")
		}
	}
	if _, err := testkit.Bound[*keeping.Window](laptop.app).GoOn(); err != nil {
		t.Fatal(err)
	}
	sendNow(t, laptop)

	job, err := testkit.Bound[*activity.Window](studio.app).Verify()
	if err != nil {
		t.Fatal(err)
	}
	if report, err := testkit.Bound[*activity.Window](studio.app).VerifyResult(ended(t, studio, job).ID); err != nil || report.Broken != 0 {
		t.Errorf("the journal: %+v, %v", report, err)
	}
	if n := testkit.Count(t, app.DB(studio.app), "SELECT count(*) FROM journal WHERE CAST(after AS TEXT) = 'replica_restored'"); n != 2 {
		t.Errorf("the journal says %d times where it comes from", n)
	}
	if _, err := testkit.Bound[*keeping.Window](laptop.app).Off(true); err != nil {
		t.Fatal(err)
	}
	if _, err := laptop.system.FindReplica(place, passphrase); err == nil {
		t.Error("something is left at the place")
	}
}

// A place that does not answer keeps neither the start nor the closing waiting; what was written meanwhile is sent once it
// does.
func TestAPlaceThatIsAwayHoldsNothingUp(t *testing.T) {
	keyring.MockInit()
	address, away := davServer(t)
	dir := t.TempDir()
	s := opened(t, dir)
	begin(t, s, true)
	if _, err := testkit.Bound[*keeping.Window](s.app).Set(keeping.PlaceView{Address: address, User: "elena", Password: "s3cret"}, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	sendNow(t, s)
	away.Store(true)
	testkit.Exec(t, app.DB(s.app), "INSERT INTO setting (account_id, name, value) VALUES ('', 'meanwhile', 'x')")
	before := time.Now()
	s.app.Shutdown()
	if took := time.Since(before); took > testkit.Patience(3*time.Second) {
		t.Errorf("closing took %v", took)
	}
	s = opened(t, dir)
	if err := s.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	if _, err := testkit.Bound[*keeping.Window](s.app).SendNow(); err == nil {
		t.Error("it was sent to nowhere")
	}
	if v := sentUntil(t, s, "away"); v.Fault == "" || v.Since == "" {
		t.Errorf("%+v", v)
	}
	away.Store(false)
	sendNow(t, s)
}
