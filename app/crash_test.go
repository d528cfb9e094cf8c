package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

const (
	// The child of the crash test works in this workspace until it is killed, and says on its output what it was told is done.
	crashDir = "KONTOR_CRASH_DIR"
	// One of the lanes of the crash test, in a process of its own: the keyring of the tests is one for a whole process,
	// and not made for two who talk to it at once.
	crashLane = "KONTOR_CRASH_LANE"
)

const (
	crashEmail    = "elena@ponteri.example"
	crashPassword = "correct horse battery"
	crashRows     = 60 // of an import
	crashLanes    = 2  // workspaces at once: much of a round is waiting for the disk and for chance
)

// crashChild signs in and out, edits and imports. It is called by TestMain where crashDir is set.
func crashChild(dir string) {
	must := func(err error) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(3)
		}
	}
	a := app.New(app.Options{Workspace: dir, Version: "test"})
	must(a.Open(context.Background()))
	door, own := testkit.Bound[*session.Window](a), testkit.Bound[*profile.Window](a)
	journal, jobs := testkit.Bound[*activity.Window](a), testkit.Bound[*bridge.JobWindow](a)
	in := func() {
		must(door.SignIn(crashEmail, crashPassword, false))
		fmt.Println("signin 1")
	}
	in()
	for round := 0; ; round++ {
		mine, err := own.Mine()
		must(err)
		n, err := strconv.Atoi(strings.TrimPrefix(mine.FirstName, "Elena"))
		if err != nil {
			n = 0
		}
		for range 1 + rand.IntN(10) {
			n++
			name := "Elena" + strconv.Itoa(n)
			mine, err = own.Update(profile.Update{Version: mine.Version, FirstName: &name})
			must(err)
			fmt.Println("edit", n)
		}
		if rand.IntN(3) == 0 {
			must(door.SignOut())
			in()
		}
		tag := fmt.Sprintf("crash%dx%dx", os.Getpid(), round) // short figures: a long one may be taken for a card number and refused
		var file bytes.Buffer
		file.WriteString("moment,product,action,object\n")
		for i := range crashRows {
			fmt.Fprintf(&file, "%d,drive,item_added,%s row %d\n", 1_700_000_000+i, tag, i)
		}
		upload, err := journal.OpenImport("crash.csv", file.Len())
		must(err)
		must(journal.AddImport(upload, base64.StdEncoding.EncodeToString(file.Bytes())))
		job, err := journal.RunImport(upload, activity.MappingInput{Columns: map[string]string{
			"moment": "moment", "product": "product", "action": "action", "object": "object",
		}})
		for must(err); job.State == "running"; must(err) {
			time.Sleep(time.Millisecond)
			job, err = jobs.Get(job.ID)
		}
		if job.State != "done" {
			must(fmt.Errorf("import: %+v", job))
		}
		fmt.Println("import", tag)
	}
}

// acknowledged is what the children were told is done.
type acknowledged struct {
	signIns, edit int
	imports       []string
}

// TestKilledAtRandomMoments kills a program that signs in, edits and imports. Afterwards the file is whole, every
// change that it was told of is there, and the chain of the journal holds. KONTOR_CRASH_ROUNDS says how often.
func TestKilledAtRandomMoments(t *testing.T) {
	rounds := 4 // more in a stage of its own
	if text := os.Getenv("KONTOR_CRASH_ROUNDS"); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	if os.Getenv(crashLane) != "" {
		killed(t, rounds)
		return
	}
	for lane := range crashLanes {
		t.Run(strconv.Itoa(lane+1), func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledAtRandomMoments$", "-test.timeout=0", "-test.v")
			cmd.Env = append(os.Environ(), crashLane+"=1", "KONTOR_CRASH_ROUNDS="+strconv.Itoa((rounds+lane)/crashLanes))
			out, err := cmd.CombinedOutput()
			t.Logf("%s", out)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func killed(t *testing.T, rounds int) {
	dir := t.TempDir()
	s := opened(t, dir)
	begin(t, s, false)
	s.app.Shutdown()
	var told acknowledged
	// A slow machine gets further rounds until a child has come as far as an edit.
	for round := 0; round < rounds || told.edit == 0 && round < rounds+40; round++ {
		crash(t, dir, &told)
		told.edit = survived(t, dir, told)
		if t.Failed() {
			t.Fatalf("in round %d of %d", round+1, rounds)
		}
	}
	t.Logf("%d rounds: %d sign-ins, %d edits and %d imports were acknowledged; none is missing", rounds, told.signIns, told.edit, len(told.imports))
	if told.edit == 0 {
		t.Error("no child came as far as an edit")
	}
}

func crash(t *testing.T, dir string, told *acknowledged) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); {
		what, value, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "signin":
			told.signIns++
		case "edit":
			if told.edit, err = strconv.Atoi(value); err != nil {
				t.Fatal(err)
			}
		case "import":
			told.imports = append(told.imports, value)
		default:
			t.Errorf("the child says %q", lines.Text())
		}
		if first { // it is up and at work: its end comes at any moment from now on, also within the next sign-in
			first = false
			time.AfterFunc(time.Duration(rand.IntN(400_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait() // killed
}

// survived looks at what is on disk and returns the number of the last edit there: it may be one that nobody was told of,
// and the next child goes on from it.
func survived(t *testing.T, dir string, told acknowledged) (edit int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kontor.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	text := func(query string, args ...any) string {
		t.Helper()
		v, err := sqlite.One(t.Context(), db.Reader(), sqlite.Value[string], query, args...)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return v
	}
	if got := text("PRAGMA integrity_check"); got != "ok" {
		t.Errorf("the file is damaged: %s", got)
	}
	// The one that was on its way may have arrived, or not.
	name, next := text("SELECT first_name FROM account"), "Elena"+strconv.Itoa(told.edit+1)
	if was := "Elena" + strconv.Itoa(told.edit); name != was && name != next && (told.edit > 0 || name != "Elena") {
		t.Errorf("the name is %q, %q was acknowledged", name, was)
	}
	edit, _ = strconv.Atoi(strings.TrimPrefix(name, "Elena")) // "Elena" itself is edit 0
	ins, err := strconv.Atoi(text(`SELECT CAST(count(*) AS TEXT) FROM journal
		WHERE action = (SELECT no FROM journal_value WHERE kind = 'action' AND value = 'login_ok')`))
	if err != nil || ins < told.signIns {
		t.Errorf("%d sign-ins are in the journal, %d were acknowledged; %v", ins, told.signIns, err)
	}
	organization := text("SELECT id FROM organization")
	ctx := access.With(t.Context(), access.Actor{AccountID: text("SELECT id FROM account"), OrganizationID: organization, Role: access.Administrator})
	journal := activity.New(db, nil, nil)
	for _, tag := range told.imports[max(0, len(told.imports)-3):] { // what was there before was looked at before
		c, err := journal.Count(ctx, activity.Search{Scope: activity.Organization, Query: activity.Parse(`"`+tag+`"`, words.Locale{})})
		if err != nil || c.Matching.N != crashRows {
			t.Errorf("of the import %s %d rows are there; %v", tag, c.Matching.N, err)
		}
	}
	all, err := journal.Count(ctx, activity.Search{Scope: activity.Organization, Query: activity.Parse("source:imported", words.Locale{})})
	if err != nil || all.Matching.N%crashRows != 0 || all.Matching.N < int64(crashRows*len(told.imports)) {
		t.Errorf("%d imported rows of %d imports: one is there in part; %v", all.Matching.N, len(told.imports), err)
	}
	report, err := journal.Verify(ctx, nil)
	if err != nil || !report.OK() || report.Checked == 0 {
		t.Errorf("the chain: %+v, %v", report, err)
	}
	return edit
}
