package leaving_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/zalando/go-keyring"

	"kontor/internal/area/activity"
	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/backup"
	"kontor/internal/flow/firststart"
	"kontor/internal/flow/leaving"
	"kontor/internal/host/picture"
	"kontor/internal/host/picture/store"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

func TestMain(m *testing.M) {
	keyring.MockInit()
	if work := leaving.QuickKits(); work < 18 {
		fmt.Fprintln(os.Stderr, "a kit can be opened by trying passphrases: work factor", work)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const password = "correct horse battery"

// Words that stand for the person, and for nobody and nothing else.
var personal = []string{"Quintilla", "Zwyssig", "quintilla.zwyssig", "+41918201806", "heimlich@anderswo.example", "Kaffeemaschine am Empfang", "Krähwinkel"}

type world struct {
	dir           string
	db            *sqlite.DB
	vault         *vault.Vault
	journal       *activity.Service
	profiles      *profile.Service
	organizations *organization.Service
	sessions      *session.Service
	settings      *settings.Store
	leaving       *leaving.Service
	first         *firststart.Service
}

// open wires the services as the application does, on real files.
func open(t *testing.T) *world {
	t.Helper()
	w := &world{dir: t.TempDir()}
	file := filepath.Join(w.dir, "kontor.db")
	testkit.EmptyDB(t, file)
	var err error
	if w.db, err = sqlite.Open(t.Context(), file, sqlite.Options{}); err != nil {
		t.Fatal(err)
	}
	places := organization.NewDirectory(w.db)
	people := profile.NewDirectory(w.db, places)
	w.journal = activity.New(w.db, people, nil)
	w.vault = vault.Open(w.db, w.dir, vault.Options{Log: slog.New(slog.DiscardHandler), Journal: w.journal})
	w.sessions = session.NewService(session.Options{
		DB: w.db, Journal: w.journal, Accounts: people, Members: places, Vault: w.vault, Person: "me",
		Device: session.Device{Name: "desk", System: "Linux"},
		Params: argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32},
	})
	w.profiles = profile.NewService(people, w.journal, w.sessions, store.New(filepath.Join(w.dir, "pictures", "profile")))
	w.organizations = organization.NewService(w.db, w.journal, w.sessions, people)
	w.settings = settings.NewStore(w.db)
	w.first = firststart.NewService(w.db, w.profiles, w.organizations, w.sessions)
	w.leaving = leaving.NewService(w.db, w.journal, w.sessions, places, w.settings,
		w.journal, w.sessions, w.settings, w.organizations, w.profiles)
	t.Cleanup(w.close)
	return w
}

func (w *world) close() {
	w.vault.Close()
	_ = w.db.Close()
}

func (w *world) begin(t *testing.T, first, last, email, company string) {
	t.Helper()
	_, err := w.first.Begin(t.Context(), firststart.Request{
		Account:      profile.New{FirstName: first, LastName: last, LoginEmail: email, Language: "de"},
		Organization: organization.New{Name: company, Country: "CH"},
		Password:     password, Stay: true,
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) as(t *testing.T) context.Context {
	t.Helper()
	actor, err := w.sessions.Actor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return access.With(t.Context(), actor)
}

// live gives the person a past: changes, devices, settings, failed attempts, a safety copy.
func (w *world) live(t *testing.T) context.Context {
	t.Helper()
	w.begin(t, "Anna", "Meier", "anna@ponteri.example", "Studio Ponteri SA")
	w.begin(t, "Quintilla", "Zwyssig", "quintilla.zwyssig@ponteri.example", "Quintus AG")
	ctx := w.as(t)
	mine, err := w.profiles.Mine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	name, phone, recovery, country := "Quintilla", "091 820 18 06", "heimlich@anderswo.example", "CH"
	if _, err := w.profiles.Update(ctx, profile.Update{Version: mine.Version, FirstName: &name, Phone: &phone, RecoveryEmail: &recovery, Country: &country}); err != nil {
		t.Fatal(err)
	}
	for _, shade := range []uint8{40, 90, 140} { // the first of them is swept when the third comes
		w.setAvatar(t, ctx, shade)
	}
	devices, err := w.sessions.Devices(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.sessions.Describe(ctx, devices.Current, session.Said{OwnName: "Kaffeemaschine am Empfang", Note: "Quintilla Zwyssig", Place: "Krähwinkel"}); err != nil {
		t.Fatal(err)
	}
	if err := w.sessions.SignIn(t.Context(), "quintilla.zwyssig@ponteri.example", "wrong", false); err == nil {
		t.Fatal("a wrong password opened")
	}
	if err := w.settings.Save(ctx, settings.Theme, "dark"); err != nil {
		t.Fatal(err)
	}
	if err := w.db.CopyTo(ctx, filepath.Join(w.dir, "copies", "before-update-20261120T120000.000.db")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

func (w *world) setAvatar(t *testing.T, ctx context.Context, shade uint8) {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	for i := range m.Pix {
		m.Pix[i] = shade
	}
	file, err := picture.EncodePNG(m)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := w.profiles.Bring(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	mine, err := w.profiles.Mine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.profiles.SetAvatar(ctx, mine.Version, draft.ID, profile.Cut{}); err != nil {
		t.Fatal(err)
	}
}

// pictures lists the picture files in the workspace.
func pictures(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "pictures", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// found lists the files that hold one of the person's words, in any letter case or as UTF-16.
func found(t *testing.T, dir string, words []string) []string {
	t.Helper()
	var hits []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		data = bytes.ToLower(data)
		for _, word := range words {
			wide := bytes.Join(bytes.Split([]byte(strings.ToLower(word)), nil), []byte{0})
			if bytes.Contains(data, []byte(strings.ToLower(word))) || bytes.Contains(data, wide) {
				hits = append(hits, filepath.Base(path)+": "+word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

func TestNothingPersonalIsLeft(t *testing.T) {
	w := open(t)
	ctx := w.live(t)
	account := access.From(ctx).AccountID
	if hits := found(t, w.dir, personal); len(hits) < len(personal) {
		t.Fatalf("the test searches for what is not even there before: %v", hits)
	}
	if kept := pictures(t, w.dir); len(kept) != 2 {
		t.Fatalf("pictures before: %v, want the current and the previous one", kept)
	}
	// Quintus AG would be left without anybody.
	if err := w.leaving.Delete(ctx, password, false); fault.ReasonOf(err) != leaving.OnlyMember {
		t.Fatalf("the only member: %v", err)
	}
	if err := w.organizations.Delete(ctx, "Quintus AG", password); err != nil {
		t.Fatal(err)
	}
	ctx = w.as(t)
	if err := w.leaving.Delete(ctx, "wrong", false); fault.CodeOf(err) != fault.Invalid {
		t.Fatalf("a wrong password: %v", err)
	}
	kept := &backups{older: backup.Older{Folder: "/elsewhere", Moments: []time.Time{time.Unix(1e9, 0)}}}
	w.leaving.TellBackups(kept, nil)
	if run, err := w.leaving.DryRun(ctx); err != nil || len(run.Backups.Moments) != 1 || run.Backups.Folder != "/elsewhere" {
		t.Errorf("%+v %v", run.Backups, err)
	}
	if err := w.leaving.Delete(w.as(t), password, false); err != nil {
		t.Fatal(err)
	}
	if kept.removed != 1 {
		t.Error("the backups still hold the account")
	}
	if _, err := w.sessions.Actor(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("still signed in: %v", err)
	}
	if hits := found(t, w.dir, personal); len(hits) != 0 {
		t.Errorf("left behind while the workspace is open: %v", hits)
	}
	if left := pictures(t, w.dir); len(left) != 0 {
		t.Errorf("pictures left behind: %v", left)
	}
	stays, err := sqlite.One(t.Context(), w.db.Reader(), sqlite.Value[int], "SELECT count(*) FROM journal_value WHERE value = ?", account)
	if err != nil || stays != 1 {
		t.Errorf("the journal keeps the id: %d, %v", stays, err)
	}
	if err := w.sessions.SignIn(t.Context(), "anna@ponteri.example", password, false); err != nil {
		t.Fatalf("the others are untouched: %v", err)
	}
	report, err := w.journal.Verify(w.as(t), func(int64, int64) {})
	if err != nil || !report.OK() || report.Checked == 0 {
		t.Errorf("the journal does not verify: %+v, %v", report, err)
	}
	w.close()
	if hits := found(t, w.dir, personal); len(hits) != 0 {
		t.Errorf("left behind in the closed workspace: %v", hits)
	}
}

func TestTheDryRunTellsTheTruth(t *testing.T) {
	w := open(t)
	ctx := w.live(t)
	run, err := w.leaving.DryRun(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Obstacles) != 1 || run.Obstacles[0].Kind != leaving.OnlyMember || run.Obstacles[0].Name != "Quintus AG" || run.Copies != 1 {
		t.Errorf("%+v", run)
	}
	goes := map[string]int{}
	for _, c := range run.Goes {
		goes[c.Kind] = c.Count
	}
	for kind, want := range map[string]int{"account": 1, "pictures": 2, "sessions": 1, "recovery_codes": 10, "attempts": 2, "memberships": 1} {
		if goes[kind] != want {
			t.Errorf("%s: %d go, want %d", kind, goes[kind], want)
		}
	}
	if len(run.Stays) != 2 || run.Stays[0].Kind != "journal_entries" || run.Stays[0].Count < 5 || run.Stays[1].Kind != "organizations" {
		t.Errorf("stays %+v", run.Stays)
	}
	if _, err := w.leaving.DryRun(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

func TestTheOnlyLegalRepresentativeNamesASuccessorFirst(t *testing.T) {
	w := open(t)
	ctx := w.live(t)
	anna, err := profile.NewDirectory(w.db, nil).IDByEmail(ctx, "anna@ponteri.example")
	if err != nil {
		t.Fatal(err)
	}
	err = w.db.Write(ctx, func(tx *sqlite.Tx) error {
		return w.organizations.Join(ctx, tx, access.From(ctx).OrganizationID, anna, access.Administrator)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.leaving.Delete(ctx, password, false); fault.ReasonOf(err) != leaving.OnlyLegal {
		t.Fatalf("%v", err)
	}
	if err := w.organizations.SetRole(ctx, anna, access.LegalRepresentative, false, password); err != nil {
		t.Fatal(err)
	}
	if err := w.leaving.Delete(ctx, password, false); err != nil {
		t.Error(err)
	}
}

func TestTheKitHoldsEverythingAndOpensOnlyWithItsPassphrase(t *testing.T) {
	w := open(t)
	ctx := w.live(t)
	if _, _, err := w.leaving.Kit(ctx, "short"); err == nil || err.Error() != "invalid passphrase:too_short" {
		t.Errorf("a short passphrase: %v", err)
	}
	const passphrase = "twelve characters at least"
	kit, manifest, err := w.leaving.Kit(ctx, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range manifest {
		names = append(names, e.Name)
	}
	if got := strings.Join(names, " "); got != "account.csv account.json activities.csv activities.json avatar.png organizations.csv organizations.json places.csv places.json previous_avatar.png sessions.csv sessions.json sign_in_attempts.csv sign_in_attempts.json" {
		t.Error(got)
	}
	if bytes.Contains(kit, []byte("Quintilla")) {
		t.Error("the kit is not encrypted")
	}
	if err := leaving.Check(kit, passphrase); err != nil {
		t.Error(err)
	}
	list, files, err := leaving.Read(kit, passphrase)
	if err != nil || len(list) == 0 || len(files) != len(list) || len(files[list[0].Name]) != list[0].Bytes {
		t.Errorf("%v %v", list, err)
	}
	for name, data := range files {
		if strings.HasSuffix(name, ".csv") && !strings.HasPrefix(string(data), "\ufeff") {
			t.Errorf("%s is not written by package export: %.40q", name, data)
		}
	}
	if _, _, err := leaving.Read([]byte("PK, a ZIP file"), passphrase); fault.ReasonOf(err) != "kit_not_one" {
		t.Error(err)
	}
	if err := leaving.Check(kit, passphrase+"x"); len(fault.FieldsOf(err)) != 1 {
		t.Error("opened with a wrong passphrase")
	}
	kit[len(kit)-20] ^= 1
	if err := leaving.Check(kit, passphrase); err == nil {
		t.Error("a changed kit opened")
	}
}

// backups are those of the workspace, elsewhere.
type backups struct {
	older   backup.Older
	removed int
}

func (b *backups) Older(context.Context) (backup.Older, error) { return b.older, nil }
func (b *backups) RemoveOlder(context.Context) error           { b.removed++; return nil }
