package mail_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kontor/internal/dev/testkit"
	"kontor/internal/dev/testkit/mailserver"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// crashPath names the database that the child process sends from until it is killed.
const crashPath = "KONTOR_MAIL_CRASH"

type quiet struct{}

func (quiet) Record(context.Context, *sqlite.Tx, audit.Entry) error { return nil }

func crashChild(path string) {
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("sending")
	s := mail.NewService(mail.Options{DB: db, Journal: quiet{}})
	for {
		if _, err := s.Pass(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		time.Sleep(time.Millisecond)
	}
}

// Programs that send are killed at random moments, while the server drops connections and puts messages off. Whatever
// happens, no message is handed over twice, and each one is sent, known to be uncertain, or still waits.
func TestKilledWhileSendingNothingGoesTwice(t *testing.T) {
	const messages = 60
	kills := max(testkit.Rounds(12), 3)
	server := mailserver.Start(t, mailserver.Options{
		Security: mailserver.Plain,
		Drop:     func(n int) bool { return n%11 == 0 },
		Recipient: func(n int, _ string) error {
			if n%7 == 0 {
				return later
			}
			return nil
		},
		Message: func(int, []byte) error {
			time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
			return nil
		},
	})
	path := filepath.Join(t.TempDir(), "kontor.db")
	ahead := time.Duration(0) // the clock of this process runs ahead, so that leases and pauses are over
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Now: func() time.Time { return time.Now().Add(ahead) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	testkit.Seed(t, db)
	s := mail.NewService(mail.Options{DB: db, Journal: quiet{}})
	boss := testkit.Keeper(t)
	testkit.Exec(t, db, `INSERT INTO mail_server (one, host, port, security, username, from_address)
		VALUES (1, '127.0.0.1', ?, 'plain', '', 'kontor@ponteri.example')`, server.Port)
	err = db.Write(t.Context(), func(tx *sqlite.Tx) error {
		for range messages {
			if _, err := s.Queue(t.Context(), tx, notice()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for range kills {
		sendUntilKilled(t, path, time.Duration(5+rand.IntN(60))*time.Millisecond)
	}
	for range 8 { // the program that is started last finishes
		ahead += 2 * time.Hour
		if _, err := s.Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	handed := map[string]int{}
	for _, m := range server.Messages() {
		handed[header(t, m, "Message-Id")]++
	}
	list, err := s.Letters(boss)
	if err != nil || len(list) != messages {
		t.Fatalf("%d letters, %v", len(list), err)
	}
	states := map[mail.State]int{}
	for _, l := range list {
		states[l.State]++
		n := handed["<"+l.ID+"@ponteri.example>"]
		switch {
		case n > 1:
			t.Errorf("handed over %d times: %+v", n, l)
		case l.State == mail.Sent && n != 1:
			t.Errorf("called sent, handed over %d times: %+v", n, l)
		case l.State != mail.Sent && l.State != mail.Uncertain:
			t.Errorf("neither sent nor uncertain in the end: %+v", l)
		}
	}
	t.Logf("%d messages, %d kills: %v", messages, kills, states)
	if states[mail.Sent] == 0 || states[mail.Uncertain] == 0 {
		t.Errorf("%v: the test has not seen both ends", states)
	}
}

func sendUntilKilled(t *testing.T, path string, after time.Duration) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), crashPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 16)); err != nil { // it has opened the workspace
		t.Error(err)
	}
	time.Sleep(after)
	_ = child.Process.Kill()
	_ = child.Wait()
}
