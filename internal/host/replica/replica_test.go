package replica_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/dev/testkit/sshd"
	"kontor/internal/host/archive"
	"kontor/internal/host/replica"
	"kontor/internal/host/sqlite"
)

const passphrase = "larice pontile vela brina"

func TestMain(m *testing.M) {
	archive.WorkFactor = 2 // what a guess has to cost is not what is tested here
	m.Run()
}

// desk is a computer with a workspace.
type desk struct {
	t     *testing.T
	clock *testkit.Clock
	db    *sqlite.DB
	o     replica.Options
	line  *replica.Line
	from  replica.Source
}

// newDesk is a computer of this name, whose workspace has the id given and sends to a place; key is nil for the first one.
func newDesk(t *testing.T, name string, p replica.Place) *desk {
	t.Helper()
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	dir := filepath.Dir(db.Path())
	d := &desk{t: t, clock: clock, db: db, o: replica.Options{
		Place: p, Workspace: "the workspace", Dir: dir, Machine: name, Computer: name, Program: "1.0", Now: db.Now,
	}}
	d.from = replica.Source{
		Snapshot: db.Snapshot, Check: sqlite.Trust, Pictures: filepath.Join(dir, "pictures"), Schema: 7,
		Opens: func(context.Context) (replica.Opens, error) {
			return replica.Opens{Key: []byte("32 bytes that open the vault....")}, nil
		},
	}
	return d
}

// setUp begins to send.
func (d *desk) setUp() (writes bool) {
	d.t.Helper()
	key, writes, err := replica.SetUp(d.t.Context(), d.o, passphrase)
	if err != nil {
		d.t.Fatal(err)
	}
	d.o.Key = key
	d.line = replica.New(d.o)
	return writes
}

func (d *desk) write(text string) {
	d.t.Helper()
	d.clock.Advance(time.Second)
	testkit.Exec(d.t, d.db, "INSERT INTO setting (account_id, name, value) VALUES ('', '"+text+"', '"+text+"')")
}

func (d *desk) send() replica.Sent {
	d.t.Helper()
	sent, err := d.line.Send(d.t.Context(), d.from)
	if err != nil {
		d.t.Fatal(err)
	}
	return sent
}

func (d *desk) refusal() string {
	_, err := d.line.Send(d.t.Context(), d.from)
	return fault.ReasonOf(err)
}

func (d *desk) picture(content string) string {
	d.t.Helper()
	is := sha256.Sum256([]byte(content))
	path := filepath.Join(d.from.Pictures, "profile", hex.EncodeToString(is[:]))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

func (d *desk) find() replica.Found {
	d.t.Helper()
	f, err := d.line.Find(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// fetched is a version that was put together: what was written, and the pictures.
func (d *desk) fetched(v replica.Ref) (written []string, pictures int, got replica.Fetched) {
	d.t.Helper()
	into := d.t.TempDir()
	got, err := d.line.Fetch(d.t.Context(), v, into, func(int64, int64) {})
	if err != nil {
		d.t.Fatal(err)
	}
	path := filepath.Join(into, archive.Database)
	if err := sqlite.Trust(d.t.Context(), path); err != nil {
		d.t.Fatal(err)
	}
	found, _ := filepath.Glob(filepath.Join(into, "pictures", "*", "*"))
	db, err := sqlite.Open(d.t.Context(), path, sqlite.Options{})
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return rows(d.t, db), len(found), got
}

func rows(t *testing.T, db *sqlite.DB) []string {
	t.Helper()
	list, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], "SELECT name FROM setting ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEachVersionIsPutTogetherAsItWas(t *testing.T) {
	s := serve(t, "x/net")
	d := newDesk(t, "studio", s.place(t))
	if !d.setUp() {
		t.Fatal("nobody writes")
	}
	then := map[string][]string{}
	pictures := map[string]int{}
	keep := func(sent replica.Sent, n int) {
		if sent.Name == "" {
			t.Fatal("nothing was sent")
		}
		then[sent.Name], pictures[sent.Name] = rows(t, d.db), n
	}
	d.write("Hotel Tre Larici")
	gone := d.picture("a face")
	keep(d.send(), 1)
	if sent := d.send(); sent.Name != "" {
		t.Errorf("sent without a change: %+v", sent)
	}
	d.write("second")
	d.picture("another face")
	keep(d.send(), 2)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	for n := range 30 {
		d.write(fmt.Sprintf("%02d %s", n, strings.Repeat("x", 3000)))
	}
	keep(d.send(), 1)
	testkit.Exec(t, d.db, "DELETE FROM setting WHERE name LIKE '0%'")
	if err := d.db.Rewrite(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.line = replica.New(d.o) // Kontor was closed and started again
	keep(d.send(), 1)
	d.clock.Advance(-20 * 365 * 24 * time.Hour) // a clock that is wrong
	d.write("long ago")
	keep(d.send(), 1)

	found := d.find()
	if len(found.Versions) != len(then) || !found.Versions[0].Latest || found.Workspace != "the workspace" {
		t.Fatalf("%+v", found)
	}
	for n, v := range found.Versions {
		got, n2, from := d.fetched(v.Ref)
		if !reflect.DeepEqual(got, then[v.Name]) || n2 != pictures[v.Name] || v.Branch {
			t.Errorf("version %d: %d rows instead of %d, %d pictures instead of %d", n, len(got), len(then[v.Name]), n2, pictures[v.Name])
		}
		if from.Computer != "studio" || from.Schema != 7 || string(from.Opens.Key) != "32 bytes that open the vault...." {
			t.Errorf("%+v", from)
		}
	}
	if slices.Compare(then[found.Versions[0].Name], rows(t, d.db)) != 0 {
		t.Error("the newest is not the last")
	}
	sealed(t, s.folder, "Hotel Tre Larici", "CREATE TABLE", "a face", "open the vault", "studio", "the workspace", "SQLite format")
}

// sealed finds none of the words in what lies in a folder, nor in its names.
func sealed(t *testing.T, folder string, words ...string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		content := []byte(e.Name())
		if err == nil && !e.IsDir() {
			files++
			var b []byte
			b, err = os.ReadFile(path) //nolint:gosec // our own test data
			content = append(content, b...)
		}
		for _, word := range words {
			if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(word))) {
				t.Errorf("%q can be read in %s", word, path)
			}
		}
		return err
	})
	if err != nil || files < 5 {
		t.Fatal(files, err)
	}
}

// Wherever one of the versions was changed or cut off, nothing that stands on it is put together, and what is before it is.
func TestADamagedVersionIsRefused(t *testing.T) {
	folder := t.TempDir()
	d := newDesk(t, "studio", at(t, replica.Where{Address: folder}))
	d.setUp()
	for n := range 3 {
		d.write(fmt.Sprint(n))
		d.send()
	}
	all := d.find().Versions
	path := filepath.Join(folder, all[1].Path, all[1].Name)
	whole, err := os.ReadFile(path) //nolint:gosec // our own test data
	if err != nil {
		t.Fatal(err)
	}
	places := 20
	if testing.Short() { // beside the race detector
		places = 2
	}
	for n := range places {
		at := len(whole) * n / places
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1
		for what, content := range map[string][]byte{"cut": whole[:at], "changed": flipped} {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, v := range all[:2] {
				if _, err := d.line.Fetch(t.Context(), v.Ref, t.TempDir(), func(int64, int64) {}); fault.ReasonOf(err) != replica.ReasonDamaged {
					t.Errorf("%s at %d: %v", what, at, err)
				}
			}
		}
	}
	if got, _, _ := d.fetched(all[2].Ref); len(got) == 0 {
		t.Error("the one before is lost")
	}
	// One in the place of another is not believed, although its seal is whole.
	other, err := os.ReadFile(filepath.Join(folder, all[2].Path, all[2].Name)) //nolint:gosec // our own test data
	if err == nil {
		err = os.WriteFile(path, other, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.line.Fetch(t.Context(), all[1].Ref, t.TempDir(), func(int64, int64) {}); fault.ReasonOf(err) != replica.ReasonDamaged {
		t.Error(err)
	}
}

// Two computers, on every kind of place: whoever takes over writes, the other finds out before it sends anything, and what
// it had sent after that stays whole beside.
func TestOneComputerWritesAtATime(t *testing.T) {
	tried := append([]string{"folder", "sftp"}, kinds...)
	if testing.Short() {
		tried = append(tried[1:2], tried[4:]...)
	}
	for _, kind := range tried {
		p := at(t, replica.Where{Address: t.TempDir()})
		switch kind {
		case "folder":
		case "sftp":
			p = placeOn(t, sshd.Serve(t))
		default:
			p = serve(t, kind).place(t)
		}
		studio, laptop := newDesk(t, "studio", p), newDesk(t, "laptop", p)
		studio.setUp()
		studio.write("one")
		first := studio.send()
		studio.write("two")
		studio.send()
		if laptop.setUp() {
			t.Fatalf("%s: two write", kind)
		}
		found := laptop.find()
		if found.Closed || found.Head.Computer != "studio" || len(found.Versions) != 2 {
			t.Fatalf("%s: %+v", kind, found)
		}
		if err := studio.line.Close(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		if !laptop.find().Closed {
			t.Errorf("%s: the studio was closed", kind)
		}
		// The laptop goes on from the first version: the second is a branch from then on.
		h, err := laptop.line.Take(t.Context(), "the workspace", replica.Ref{Number: 1, Path: found.Head.Path, Name: first.Name})
		if err != nil {
			t.Fatal(err)
		}
		if laptop.refusal() != replica.ReasonNewer { // it was not begun: nothing of it is sent
			t.Errorf("%s: sent before it was begun", kind)
		}
		if err := laptop.line.Begin(h, true); err != nil {
			t.Fatal(err)
		}
		studio.write("three")
		if reason := studio.refusal(); reason != replica.ReasonNewer {
			t.Errorf("%s: the studio sends: %s", kind, reason)
		}
		if found = studio.find(); found.Head.Computer != "laptop" || found.Closed || !found.Versions[0].Latest || found.Versions[0].Name != first.Name || !found.Versions[1].Branch {
			t.Errorf("%s: a claim that has sent nothing: %+v", kind, found)
		}
		laptop.write("of the laptop")
		laptop.send()
		if _, err := studio.line.TakeBack(t.Context()); err != nil {
			t.Fatal(err)
		}
		studio.send()
		if reason := laptop.refusal(); reason != replica.ReasonNewer {
			t.Errorf("%s: the laptop sends: %s", kind, reason)
		}
		found = studio.find()
		if len(found.Versions) != 4 || found.Versions[3].Computer != "laptop" || !found.Versions[3].Branch || found.Versions[2].Branch {
			t.Fatalf("%s: %+v", kind, found.Versions)
		}
		if got, _, _ := studio.fetched(found.Versions[3].Ref); !slices.Contains(got, "of the laptop") {
			t.Errorf("%s: the branch has %v", kind, got)
		}
		if got, _, _ := laptop.fetched(found.Versions[0].Ref); !slices.Contains(got, "three") {
			t.Errorf("%s: the line has %v", kind, got)
		}
	}
}

// A folder that was copied to another computer, or to another place on this one, does not write into the same path; where
// the copy cannot be told from the first, the first version of the other stops it.
func TestACopyOfAFolderDoesNotWrite(t *testing.T) {
	p := serve(t, "x/net").place(t)
	d := newDesk(t, "studio", p)
	d.setUp()
	d.write("one")
	d.send()
	other := *d
	other.o.Machine = "laptop"
	other.line = replica.New(other.o)
	if reason := other.refusal(); reason != replica.ReasonNewer {
		t.Errorf("a copy sends: %s", reason)
	}
	state, err := os.ReadFile(filepath.Join(d.o.Dir, replica.Folder, "state.json")) //nolint:gosec // our own test data
	if err != nil {
		t.Fatal(err)
	}
	d.write("two")
	d.send()
	if err := os.WriteFile(filepath.Join(d.o.Dir, replica.Folder, "state.json"), state, 0o600); err != nil { // the twin knows less
		t.Fatal(err)
	}
	if reason := d.refusal(); reason != replica.ReasonTwin {
		t.Errorf("a twin sends: %s", reason)
	}
	if _, err := d.line.TakeBack(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.send()
}

// Whatever breaks off a sending, nothing of it counts; the next one goes on, and every version that is there is whole.
func TestWhatBreaksOffASending(t *testing.T) {
	s := serve(t, "x/net")
	d := newDesk(t, "studio", s.place(t))
	d.setUp()
	d.write("one")
	d.send()
	cut := func(w http.ResponseWriter, r *http.Request) bool { // in the middle of an object; what came is kept, as servers do
		if r.Method == http.MethodPut {
			r.Body = http.MaxBytesReader(w, r.Body, 300)
		}
		return false
	}
	lost := func(w http.ResponseWriter, r *http.Request) bool { // the object is there, and nobody hears of it
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "-v") {
			panic(http.ErrAbortHandler)
		}
		return false
	}
	mangled := func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "-v") {
			_, _ = w.Write([]byte("something else"))
			return true
		}
		return false
	}
	for n, stand := range []func(http.ResponseWriter, *http.Request) bool{full, cut, lost, mangled} {
		d.write(fmt.Sprint("broken ", n))
		s.in(stand)
		if sent, err := d.line.Send(t.Context(), d.from); fault.CodeOf(err) == "" || fault.CodeOf(err) == fault.Internal || sent.Name != "" {
			t.Errorf("%d: %+v, %v", n, sent, err)
		}
		s.in(nil)
		d.line = replica.New(d.o)
		sent := d.send()
		v := d.find().Versions[0]
		if got, _, _ := d.fetched(v.Ref); v.Name != sent.Name || !slices.Contains(got, fmt.Sprint("broken ", n)) {
			t.Errorf("%d: the newest is %+v with %v", n, v, got)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(d.o.Dir, replica.Folder, "*")); len(left) != 2 {
		t.Errorf("left: %v", left)
	}
	gone := s.where()
	d.o.Place = at(t, gone)
	d.line = replica.New(d.o)
	s.Close()
	d.write("away")
	if reason := d.refusal(); reason != replica.ReasonAway {
		t.Error(reason)
	}
}

func TestWhatWasSentAndIsGone(t *testing.T) {
	folder := t.TempDir()
	d := newDesk(t, "studio", at(t, replica.Where{Address: folder}))
	d.setUp()
	d.write("one")
	d.send()
	v := d.find().Versions[0]
	if err := os.Remove(filepath.Join(folder, v.Path, v.Name)); err != nil {
		t.Fatal(err)
	}
	if reason := d.refusal(); reason != replica.ReasonLost {
		t.Error(reason)
	}
	for _, e := range []string{"key", "head-00000001", v.Path} { // another disk is there
		if err := os.RemoveAll(filepath.Join(folder, e)); err != nil {
			t.Fatal(err)
		}
	}
	if reason := d.refusal(); reason != replica.ReasonLost {
		t.Error(reason)
	}
	if _, err := d.line.TakeBack(t.Context()); fault.ReasonOf(err) != replica.ReasonLost {
		t.Error(err)
	}
	if !d.setUp() {
		t.Error("nobody writes")
	}
	d.send()
	other := newDesk(t, "other", d.o.Place)
	other.o.Workspace = "another workspace"
	if _, _, err := replica.SetUp(t.Context(), other.o, passphrase); fault.ReasonOf(err) != replica.ReasonOther {
		t.Error(err)
	}
	if _, _, err := replica.SetUp(t.Context(), d.o, "not the passphrase"); len(fault.FieldsOf(err)) != 1 {
		t.Error(err)
	}
}

// What was forgotten is in nothing that is there afterwards; what is kept no longer goes, and a branch does not.
func TestWhatIsKeptAndForgotten(t *testing.T) {
	folder := t.TempDir()
	p := at(t, replica.Where{Address: folder})
	studio, laptop := newDesk(t, "studio", p), newDesk(t, "laptop", p)
	studio.setUp()
	studio.write("secret")
	studio.send()
	laptop.setUp()
	if _, err := laptop.line.TakeBack(t.Context()); err != nil { // goes on from nothing: what the studio sent is a branch
		t.Fatal(err)
	}
	days := 36
	if testing.Short() {
		days = 2
	}
	for n := range days {
		laptop.clock.Advance(25 * time.Hour)
		laptop.write(fmt.Sprint("day ", n))
		laptop.send()
		laptop.write(fmt.Sprint("and ", n))
		laptop.send()
	}
	found := laptop.find()
	whole := 0
	for _, v := range found.Versions {
		if strings.HasSuffix(v.Name, "-v") {
			whole++
		}
	}
	if n := len(found.Versions); (whole != 3 || n != 3+33+1) && !testing.Short() || !found.Versions[n-1].Branch {
		t.Errorf("%d versions, %d of them not beginnings", n, whole)
	}
	turns := 12
	if testing.Short() {
		turns = 1
	}
	for range turns { // computers that go on one from another
		last := laptop.find().Versions[0].Ref
		h, err := laptop.line.Take(t.Context(), "the workspace", last)
		if err == nil {
			err = laptop.line.Begin(h, true)
		}
		if err != nil {
			t.Fatal(err)
		}
		laptop.send()
	}
	heads, _ := filepath.Glob(filepath.Join(folder, "head-*"))
	if len(heads) != 11 && !testing.Short() { // ten, and the branch
		t.Errorf("%d heads", len(heads))
	}
	if reason := studio.refusal(); reason != replica.ReasonNewer {
		t.Error(reason)
	}
	if err := studio.line.Forget(t.Context(), studio.from); fault.ReasonOf(err) != replica.ReasonNewer {
		t.Error(err)
	}
	testkit.Exec(t, laptop.db, "DELETE FROM setting")
	if err := laptop.line.Forget(t.Context(), laptop.from); err != nil {
		t.Fatal(err)
	}
	found = laptop.find()
	if len(found.Versions) != 1 {
		t.Fatalf("%+v", found.Versions)
	}
	if got, _, _ := laptop.fetched(found.Versions[0].Ref); len(got) != 0 {
		t.Errorf("it still has %v", got)
	}
	if left, _ := os.ReadDir(folder); len(left) != 3 { // the key, the head, the path
		t.Errorf("left: %v", left)
	}
	if err := os.WriteFile(filepath.Join(folder, "of somebody else"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := laptop.line.Destroy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
