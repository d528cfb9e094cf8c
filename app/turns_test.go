package app_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	keeping "kontor/internal/flow/replica"
	"kontor/internal/host/sqlite"
)

// What a child of TestTwoComputersKilledInTurn is told.
const (
	turnsDir = "KONTOR_TURNS_DIR"
	turnsURL = "KONTOR_TURNS_URL"
)

// turnsChild is a computer that takes the workspace over if another has it, changes it and sends each change, until it is
// killed. It says what was sent. TestMain calls it.
func turnsChild(dir string) {
	must := func(err error) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(3)
		}
	}
	a := app.New(app.Options{Workspace: dir, Version: "test"})
	must(a.Open(context.Background()))
	a.Startup(testkit.Deaf, &testkit.Dialogs{})
	door, system, own := testkit.Bound[*session.Window](a), testkit.Bound[*app.SystemService](a), testkit.Bound[*profile.Window](a)
	second := testkit.Bound[*keeping.Window](a)
	place := keeping.PlaceView{Address: os.Getenv(turnsURL), User: "elena", Password: "s3cret"}
	take := func(place keeping.PlaceView, password string) {
		found, err := system.FindReplica(place, passphrase)
		must(err)
		_, err = system.OpenReplica(found.Versions[0].ID)
		must(err)
		_, err = system.RestoreBackup(password)
		must(err)
		fmt.Println("taken", 1)
	}
	fmt.Println("open", 1)
	if n, err := sqlite.One(context.Background(), app.DB(a).Reader(), sqlite.Value[int], "SELECT count(*) FROM account"); err != nil || n == 0 {
		must(err)
		take(place, "")
	}
	must(door.SignIn("elena@ponteri.example", hers, false))
	_, err := second.Set(place, passphrase, passphrase) // the keyring of a child ends with it
	must(err)
	for {
		_, err := second.SendNow()
		if fault.ReasonOf(err) == "replica_newer" {
			take(keeping.PlaceView{}, hers)
			must(door.SignIn("elena@ponteri.example", hers, false))
			continue
		}
		must(err)
		mine, err := own.Mine()
		must(err)
		n, _ := strconv.Atoi(strings.TrimPrefix(mine.FirstName, "Elena")) // "Elena" itself is 0
		fmt.Println("sent", n)
		name := "Elena" + strconv.Itoa(n+1)
		_, err = own.Update(profile.Update{Version: mine.Version, FirstName: &name})
		must(err)
	}
}

// TestTwoComputersKilledInTurn kills two computers, of which each takes over from the other, at random moments. Whatever was
// said to be sent is in the line, once; the journal holds; what a computer had not sent is in a copy of its own.
// KONTOR_LONG kills 50 times.
func TestTwoComputersKilledInTurn(t *testing.T) {
	keyring.MockInit()
	rounds := 4
	switch {
	case os.Getenv("KONTOR_LONG") != "":
		rounds = 50
	case testing.Short(): // beside the race detector
		rounds = 1
	}
	address, _ := davServer(t)
	place := keeping.PlaceView{Address: address, User: "elena", Password: "s3cret"}
	dirs := []string{t.TempDir(), t.TempDir()}
	s := opened(t, dirs[0])
	begin(t, s, false)
	if _, err := testkit.Bound[*keeping.Window](s.app).Set(place, passphrase, passphrase); err != nil {
		t.Fatal(err)
	}
	sendNow(t, s)
	s.app.Shutdown()
	sent, taken := 0, 0
	for round := range rounds {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), turnsDir+"="+dirs[(round+1)%2], turnsURL+"="+address)
		if round > 4 && rand.IntN(3) == 0 { // the same again
			cmd.Env = append(cmd.Env, turnsDir+"="+dirs[round%2])
		}
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		begun := false
		for lines := bufio.NewScanner(out); lines.Scan(); {
			what, value, _ := strings.Cut(lines.Text(), " ")
			switch what {
			case "open":
			case "taken":
				taken++
			case "sent":
				n, err := strconv.Atoi(value)
				if err != nil || n < sent {
					t.Errorf("round %d: %q after %d were sent", round, lines.Text(), sent)
				}
				sent = max(sent, n)
			default:
				t.Errorf("round %d: the child says %q", round, lines.Text())
			}
			if !begun {
				begun = true
				time.AfterFunc(time.Duration(rand.IntN(1_500_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
			}
		}
		_ = cmd.Wait() // killed
	}
	last := opened(t, t.TempDir())
	found, err := last.system.FindReplica(place, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := last.system.OpenReplica(found.Versions[0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := last.system.RestoreBackup(""); err != nil {
		t.Fatal(err)
	}
	if err := last.session.SignIn("elena@ponteri.example", hers, false); err != nil {
		t.Fatal(err)
	}
	mine, err := testkit.Bound[*profile.Window](last.app).Mine()
	if err != nil {
		t.Fatal(err)
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(mine.FirstName, "Elena"))
	if n < sent || n > sent+1 { // the one after it may have come without a word
		t.Errorf("the name is %q, %d were sent", mine.FirstName, sent)
	}
	edits := testkit.Count(t, app.DB(last.app), `SELECT count(*) FROM journal WHERE action = (SELECT no FROM journal_value WHERE kind = 'action' AND value = 'user_name_changed')`)
	if edits != n {
		t.Errorf("%d edits in the journal, %d were made", edits, n)
	}
	job, err := testkit.Bound[*activity.Window](last.app).Verify()
	if err != nil {
		t.Fatal(err)
	}
	if report, err := testkit.Bound[*activity.Window](last.app).VerifyResult(ended(t, last, job).ID); err != nil || report.Broken != 0 {
		t.Errorf("the journal: %+v, %v", report, err)
	}
	t.Logf("%d kills, %d times taken over, %d changes sent; none is missing or there twice", rounds, taken, sent)
}
