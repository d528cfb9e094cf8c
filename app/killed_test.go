package app_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/mirror"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// What a child of TestKilledBesideInfomaniak is told.
const (
	killedDir  = "KONTOR_KILLED_DIR"
	killedWork = "KONTOR_KILLED_WORK" // prepare, work, read, settle
	killedURL  = "KONTOR_KILLED_URL"  // of the fake
	killedTurn = "KONTOR_KILLED_TURN" // its number: its clock is so many five minutes ahead, so that what the one before it claimed is free
)

// The data of the test: several pages of each.
const (
	killedProducts = 250
	killedEvents   = 140
	killedPage     = 20
)

// said is what the child that settles everything says in the end.
type said struct {
	Edits    []mirror.EditView
	Events   int
	Products int
	Name     string
}

// killedChild is a program that reads from and writes to the fake until it is killed, or is done. TestMain calls it.
func killedChild(dir string) {
	must := func(err error) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(3)
		}
	}
	// The keyring of the tests is forgotten with the process: what is in it is handed from one to the next.
	ring := filepath.Join(filepath.Dir(dir), "keyring")
	if data, err := os.ReadFile(ring); err == nil { //nolint:gosec // our own test data
		name, key, _ := strings.Cut(string(data), " ")
		must(keyring.Set("Kontor", name, key))
	}
	turn, err := strconv.Atoi(os.Getenv(killedTurn))
	must(err)
	var ahead atomic.Int64
	ahead.Store(int64(turn) * int64(5*time.Minute))
	now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	a := app.New(app.Options{Workspace: dir, Version: "test", Infomaniak: os.Getenv(killedURL), Now: now, Log: slog.New(slog.DiscardHandler)})
	must(a.Open(context.Background()))
	door, w, edits := testkit.Bound[*session.Window](a), testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	work := os.Getenv(killedWork)
	until := func(is func() bool) {
		for !is() {
			time.Sleep(2 * time.Millisecond)
		}
	}
	idle := func() bool {
		s, err := w.State()
		return err == nil && s.State == "idle" && s.LastCompleteAt != ""
	}
	events := func() int {
		v, err := w.Drives()
		if err != nil || len(v.Drives) != 1 || v.Drives[0].Stand.Kind != "synced" {
			return -1
		}
		return v.Drives[0].Events
	}
	if work == "prepare" {
		_, err := testkit.Bound[*firststart.Window](a).Begin(firststart.BeginInput{
			FirstName: "Elena", LastName: "Bernasconi", LoginEmail: crashEmail, Language: "it", OrganizationName: "Studio Ponteri SA", Country: "CH",
			Password: crashPassword,
		})
		must(err)
		job, err := w.Check(canary)
		must(err)
		until(func() bool {
			j, err := testkit.Bound[*bridge.JobWindow](a).Get(job.ID)
			return err != nil || j.State != "running"
		})
		v, err := w.CheckResult(job.ID)
		must(err)
		_, err = w.Connect(mirror.ConnectInput{Check: v.ID})
		must(err)
		until(idle)
		must(w.Opened("drives", "1001"))
		until(func() bool { v, err := w.Drives(); return err == nil && len(v.Drives) == 1 })
		_, err = edits.Mine()
		must(err)
		must(keep(a, ring))
		a.Shutdown()
		os.Exit(0)
	}
	must(door.SignIn(crashEmail, crashPassword, false))
	fmt.Println("up")
	for n := 0; ; n++ {
		switch work {
		case "read":
			if n == 0 {
				_, err := w.SetDrive("301", true)
				must(err)
				must(w.Opened("activities", "301"))
			}
			if events() == killedEvents {
				os.Exit(0)
			}
		case "work":
			mine, err := edits.Mine()
			must(err)
			name := fmt.Sprintf("Elena %d %d", turn, n)
			err = edits.Change([]mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: name}, Read: mirror.ValueInput{Text: mine.Fields[0].Value.Text}}})
			if err == nil {
				fmt.Println("edit", name)
			} else if fault.CodeOf(err) != fault.Conflict { // read anew meanwhile
				must(err)
			}
			email := fmt.Sprintf("guest-%d-%d@ponteri.example", turn, n)
			must(edits.Invite(mirror.InvitationInput{Account: "1001", Email: email, FirstName: "Ospite", LastName: "Uno", Locale: "it_IT", Role: "normal"}))
			fmt.Println("invite", email)
			must(w.Opened("activities", "301"))
			_, _ = w.Refresh()
			time.Sleep(20 * time.Millisecond)
		case "settle":
			_, _ = w.Refresh()
			time.Sleep(30 * time.Millisecond)
			v := said{Events: events()}
			v.Edits, err = edits.Edits()
			must(err)
			open := 0
			for _, x := range v.Edits {
				if x.State == "waiting" || x.State == "sending" || x.NextAt != "" {
					open++
				}
			}
			ahead.Add(int64(4 * time.Minute))
			if open > 0 || v.Events != killedEvents || !idle() {
				continue
			}
			products, err := w.Products()
			must(err)
			mine, err := edits.Mine()
			must(err)
			v.Products, v.Name = len(products.Products), mine.Fields[0].Value.Text
			data, err := json.Marshal(v)
			must(err)
			fmt.Println("settled", string(data))
			os.Exit(0)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// keep writes the key of the vault where the next child finds it; each secret says with which one it is sealed.
func keep(a *app.App, ring string) error {
	box, err := sqlite.One(context.Background(), app.DB(a).Reader(), sqlite.Value[[]byte], "SELECT box FROM sealed LIMIT 1")
	if err != nil {
		return err
	}
	name := hex.EncodeToString(box[1:17])
	key, err := keyring.Get("Kontor", name)
	if err != nil {
		return err
	}
	return os.WriteFile(ring, []byte(name+" "+key), 0o600)
}

// life runs a child until it ends; die is called with its process as soon as it is up.
func life(t *testing.T, dir, work, url string, turn int, die func(*os.Process)) (told []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), killedDir+"="+dir, killedWork+"="+work, killedURL+"="+url, killedTurn+"="+strconv.Itoa(turn))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if die != nil {
		die(cmd.Process)
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Errorf("%s %d: %s", work, turn, lines.Text())
		}
		told = append(told, lines.Text())
	}
	if err := cmd.Wait(); err != nil && die == nil {
		t.Fatalf("%s %d: %v", work, turn, err)
	}
	return told
}

// TestKilledBesideInfomaniak kills a program at its nth request: before it is done, after it is done and before it is answered,
// or a moment after the answer. What was read is never shown in part, each event is kept once, every edit that a person was
// told is noted comes to an end, and none is done at Infomaniak twice. KONTOR_CRASH_ROUNDS says how often.
func TestKilledBesideInfomaniak(t *testing.T) {
	rounds := 3
	if text := os.Getenv("KONTOR_CRASH_ROUNDS"); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	state := fakemaniak.Alone()
	state.More(1001, killedProducts-len(state.Products))
	state.Events["301"], state.PageOf = killedEvents, killedPage
	fake := fakemaniak.Start(t, state, canary)
	fake.Hurry()
	dir := t.TempDir()
	testkit.EmptyDB(t, filepath.Join(dir, "kontor.db"))
	life(t, dir, "prepare", fake.URL, 0, nil)

	// Killed within the fourth page of seven, it goes on there: at most one page comes twice.
	fake.Forget()
	kill := func(p *os.Process, path string, n int, done bool) {
		fake.Break(fakemaniak.Fault{Path: path, After: n - 1, Times: 1, Do: fakemaniak.At(done, func() { _ = p.Kill() })})
	}
	life(t, dir, "read", fake.URL, 1, func(p *os.Process) { kill(p, "/3/drive", 4, true) })
	fake.Mend()
	life(t, dir, "read", fake.URL, 2, nil)
	pages := map[string]int{}
	for _, r := range fake.Requests() {
		if strings.HasPrefix(r.Path, "/3/drive") {
			pages[r.Query]++
		}
	}
	twice := 0
	for _, n := range pages {
		twice += n - 1
	}
	if len(pages) != killedEvents/killedPage || twice > 1 {
		t.Errorf("pages asked for: %v", pages)
	}
	whole(t, dir, killedEvents)

	edits, invitations := map[string]bool{}, map[string]bool{}
	undone := map[string]int{} // changes that came and were not done: where the readings do not show one, it may be sent once more
	for round := range rounds {
		before := false
		told := life(t, dir, "work", fake.URL, 3+round, func(p *os.Process) {
			switch n := 1 + rand.IntN(30); rand.IntN(3) { //nolint:gosec // chance is what is wanted
			case 0:
				before = true
				kill(p, "", n, false)
			case 1:
				kill(p, "", n, true)
			default:
				fake.Break(fakemaniak.Fault{After: n - 1, Times: 1, Do: fakemaniak.Then(func() {
					time.AfterFunc(time.Duration(rand.IntN(20_000))*time.Microsecond, func() { _ = p.Kill() }) //nolint:gosec // as above
				})})
			}
		})
		fake.Mend()
		if all := fake.Requests(); before && len(all) > 0 {
			if last := all[len(all)-1]; last.Method == http.MethodPatch { // of an invitation, a person decides
				undone[last.Method+" "+last.Body]++
			}
		}
		for _, line := range told {
			if name, ok := strings.CutPrefix(line, "edit "); ok {
				edits[name] = true
			}
			if email, ok := strings.CutPrefix(line, "invite "); ok {
				invitations[email] = true
			}
		}
		if whole(t, dir, killedEvents); t.Failed() {
			t.Fatalf("in round %d of %d", round+1, rounds)
		}
	}
	told := life(t, dir, "settle", fake.URL, 3+rounds, nil)
	var end said
	if err := json.Unmarshal([]byte(strings.TrimPrefix(told[len(told)-1], "settled ")), &end); err != nil {
		t.Fatal(err, told)
	}
	sent := map[string]int{}
	for _, r := range fake.Writes() {
		sent[r.Method+" "+r.Body]++
	}
	for what, n := range sent {
		if n-undone[what] > 1 {
			t.Errorf("sent %d times: %s", n, what)
		}
	}
	came := map[string]int{}
	for _, i := range fake.Invited("1001") {
		came[i]++
	}
	for _, x := range end.Edits {
		switch {
		case x.Kind == "invitation":
			delete(invitations, x.Name)
			if x.State == "confirmed" && came[x.Name] != 1 || x.State == "withdrawn" && came[x.Name] != 0 {
				t.Errorf("%s is %s, and came %d times", x.Name, x.State, came[x.Name])
			}
		case edits[x.Mine.Text]:
			delete(edits, x.Mine.Text)
		}
	}
	if len(edits)+len(invitations) > 0 {
		t.Errorf("noted and gone: %v %v", edits, invitations)
	}
	if end.Products != killedProducts || end.Name != fake.Name() {
		t.Errorf("%d products, %q and %q", end.Products, end.Name, fake.Name())
	}
	t.Logf("%d kills: %d edits, %d requests that change something, none twice", rounds+1, len(end.Edits), len(sent))
}

// whole looks at what is on disk.
func whole(t *testing.T, dir string, events int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kontor.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for query, want := range map[string]string{
		"PRAGMA integrity_check": "ok",
		"SELECT count(*) || ' ' || sum(gone_at > 0) FROM mirror_row WHERE area = 'products'":                        fmt.Sprint(killedProducts, " ", 0),
		"SELECT count(*) || ' ' || count(DISTINCT remote_id) FROM mirror_event":                                     fmt.Sprint(events, " ", events),
		"SELECT count(*) FROM mirror_event e LEFT JOIN mirror_event_text t ON t.rowid = e.id WHERE t.rowid IS NULL": "0",
	} {
		if got, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[string], query); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", query, got, want, err)
		}
	}
}
