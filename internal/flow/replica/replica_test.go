package replica_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/dev/testkit/sshd"
	flow "kontor/internal/flow/replica"
	"kontor/internal/host/archive"
	"kontor/internal/host/replica"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

const passphrase = "larice pontile vela brina"

func TestMain(m *testing.M) {
	keyring.MockInit()
	archive.WorkFactor = 2
	flow.SetGoodbye(time.Minute)
	m.Run()
}

type desk struct {
	*flow.Service
	t      *testing.T
	clock  *testkit.Clock
	db     *sqlite.DB
	folder string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	dir := filepath.Dir(db.Path())
	v := vault.Open(db, dir, vault.Options{})
	t.Cleanup(v.Close)
	d := desk{flow.New(flow.Options{
		DB: db, Vault: v, Journal: &testkit.Journal{}, Settings: settings.NewStore(db), Dir: dir, Pictures: filepath.Join(dir, "pictures"),
		Program: "1.0", Machine: "a computer", Computer: "desk", Log: slog.New(slog.DiscardHandler),
	}), t, clock, db, t.TempDir()}
	t.Cleanup(d.Stop)
	return d
}

func (d desk) set(folder string) error {
	return d.Set(testkit.Keeper(d.t), replica.Where{Address: folder}, passphrase, passphrase)
}

func TestNothingIsSentUnasked(t *testing.T) {
	d := newDesk(t)
	d.Start()
	if st, err := d.State(testkit.Keeper(t)); err != nil || st.On {
		t.Errorf("%+v, %v", st, err)
	}
	if _, err := os.Lstat(filepath.Join(filepath.Dir(d.db.Path()), replica.Folder)); !os.IsNotExist(err) {
		t.Errorf("it keeps something: %v", err)
	}
	for _, role := range []access.Role{access.External, access.Administrator, access.LegalRepresentative} {
		ctx := testkit.As(t, role)
		_, read := d.State(ctx)
		for what, err := range map[string]error{
			"State": read, "Set": d.Set(ctx, replica.Where{Address: d.folder}, passphrase, passphrase), "Off": d.Off(ctx, false), "SendNow": d.SendNow(ctx), "GoOn": d.GoOn(ctx),
		} {
			if fault.CodeOf(err) != fault.Forbidden {
				t.Errorf("%s by %s: %v", what, role, err)
			}
		}
	}
	err := d.Set(testkit.Keeper(t), replica.Where{Address: "http://dav.example"}, "short", "other")
	if fields := fault.FieldsOf(err); len(fields) != 3 {
		t.Errorf("%+v", fields)
	}
}

// The key of a server over SSH is asked for once, and kept with the place; another one is refused.
func TestThePersonConfirmsTheServer(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	d, server := newDesk(t), sshd.Serve(t)
	ctx := testkit.Keeper(t)
	w := replica.Where{Address: server.Address("Kontor"), Password: sshd.Password}
	err := d.Set(ctx, w, passphrase, passphrase)
	if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "fingerprint" || server.Asked.Load() != 0 {
		t.Fatalf("%v, asked %d times", err, server.Asked.Load())
	}
	w.Fingerprint = fields(err)["fingerprint"]
	if err := d.Set(ctx, w, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	if err := d.SendNow(ctx); err != nil {
		t.Error(err)
	}
	w.Password, w.Fingerprint = "", ""
	if err := d.Set(ctx, w, passphrase, passphrase); err != nil {
		t.Errorf("what was confirmed is forgotten: %v", err)
	}
	if st, err := d.State(ctx); err != nil || st.Where.Fingerprint != server.Fingerprint() {
		t.Errorf("%+v, %v", st.Where, err)
	}
	w.Fingerprint = "SHA256:" + strings.Repeat("A", 43)
	asked := server.Asked.Load()
	err = d.Set(ctx, w, passphrase, passphrase)
	if fault.ReasonOf(err) != replica.ReasonStranger || fields(err)["before"] != w.Fingerprint {
		t.Errorf("%v", err)
	}
	d.Stop() // what is sent meanwhile goes to the place that is kept
	if err := d.SendNow(ctx); err != nil || server.Asked.Load() == asked {
		t.Errorf("%v", err)
	}
}

func fields(err error) fault.Params {
	for _, f := range fault.FieldsOf(err) {
		return f.Params
	}
	return nil
}

// What cannot be sent is said: at once on the page, after a day on Home; and it is sent once the place is there again. Closing
// tells the place that everything was sent.
func TestAPlaceThatGoesAway(t *testing.T) {
	d := newDesk(t)
	ctx := testkit.Keeper(t)
	folder := filepath.Join(d.folder, "disk")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := d.set(folder); err != nil {
		t.Fatal(err)
	}
	if err := d.SendNow(ctx); err != nil {
		t.Fatal(err)
	}
	away := folder + " is away"
	if err := os.Rename(folder, away); err != nil {
		t.Fatal(err)
	}
	testkit.Exec(t, d.db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'x', 'x')")
	if err := d.SendNow(ctx); fault.ReasonOf(err) != replica.ReasonAway {
		t.Errorf("%v", err)
	}
	if st, err := d.State(ctx); err != nil || st.Behind.IsZero() || st.Fault == nil || st.Paused() {
		t.Errorf("%+v, %v", st, err)
	}
	if lines, err := d.Waiting(ctx); err != nil || len(lines) != 0 {
		t.Errorf("%+v, %v", lines, err)
	}
	d.clock.Advance(25 * time.Hour)
	if lines, err := d.Waiting(ctx); err != nil || len(lines) != 1 || lines[0].Kind != "replica_away" {
		t.Errorf("%+v, %v", lines, err)
	}
	if err := os.Rename(away, folder); err != nil {
		t.Fatal(err)
	}
	if err := d.SendNow(ctx); err != nil {
		t.Fatal(err)
	}
	if st, err := d.State(ctx); err != nil || !st.Behind.IsZero() || st.Fault != nil {
		t.Errorf("%+v, %v", st, err)
	}
	testkit.Exec(t, d.db, "INSERT INTO setting (account_id, name, value) VALUES ('', 'y', 'y')")
	l, _, _, err := d.Line(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d.Stop()
	if found, err := l.Find(ctx); err != nil || !found.Closed || len(found.Versions) != 3 {
		t.Errorf("%+v, %v", found, err)
	}
}

// Whoever finds another ahead stops, says so on Home, and goes on only when a person says so.
func TestAnotherComputerIsAhead(t *testing.T) {
	d := newDesk(t)
	ctx := testkit.Keeper(t)
	if err := d.set(d.folder); err != nil {
		t.Fatal(err)
	}
	if err := d.SendNow(ctx); err != nil {
		t.Fatal(err)
	}
	l, _, o, err := d.Line(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Take(ctx, o.Workspace, replica.Ref{}); err != nil { // as another computer does
		t.Fatal(err)
	}
	if err := d.SendNow(ctx); fault.ReasonOf(err) != replica.ReasonNewer {
		t.Errorf("%v", err)
	}
	if lines, err := d.Waiting(ctx); err != nil || len(lines) != 1 || lines[0].Kind != "replica_paused" {
		t.Errorf("%+v, %v", lines, err)
	}
	if err := d.Off(ctx, true); fault.ReasonOf(err) != replica.ReasonNewer {
		t.Errorf("what another computer sends would be removed: %v", err)
	}
	if err := d.Forget(ctx); fault.ReasonOf(err) != "backups_left" {
		t.Errorf("%v", err)
	}
	if err := d.GoOn(ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.SendNow(ctx); err != nil { // and forgets what it was told to
		t.Fatal(err)
	}
	found, err := l.Find(ctx)
	if err != nil || len(found.Versions) == 0 {
		t.Errorf("%+v, %v", found, err)
	}
	for _, v := range found.Versions {
		if v.Path != found.Head.Path {
			t.Errorf("not forgotten: %+v", v)
		}
	}
	if err := d.Off(ctx, true); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(d.folder); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
