package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/internal/core/fault"
)

// Some promises hold between programs. These tests run their own binary again, with a task in the environment.

const taskVariable = "KONTOR_SQLITE_TASK"

func TestMain(m *testing.M) {
	task, path, child := strings.Cut(os.Getenv(taskVariable), " ")
	if !child {
		os.Exit(m.Run())
	}
	db, err := Open(context.Background(), path, Options{})
	if err != nil {
		say(fault.CodeOf(err), fault.ReasonOf(err))
		os.Exit(1)
	}
	say("open")
	for i := 0; task == "write"; i++ { // until killed; each line is an acknowledgement
		name := fmt.Sprint(os.Getpid(), "-", i)
		err := db.Write(context.Background(), func(tx *Tx) error {
			_, err := tx.Exec("INSERT INTO setting (account_id, name, value) VALUES ('', ?, ?)", name, strings.Repeat("x", i%5000))
			return err
		})
		if err != nil {
			say(err)
			os.Exit(1)
		}
		say(name)
	}
	if err := db.Close(); err != nil {
		say(err)
		os.Exit(1)
	}
}

// say tells the parent.
func say(words ...any) { _, _ = fmt.Fprintln(os.Stdout, words...) }

func child(t *testing.T, binary, task, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Env = append(os.Environ(), taskVariable+"="+task+" "+path)
	return cmd
}

func TestProgramsThatStartTogetherMigrateOnce(t *testing.T) {
	path := newPath(t)
	at(t, path, versions(t)[0])
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if out, err := child(t, os.Args[0], "open", path).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	group.Wait()
	db := open(t, path)
	if n := count(t, db, "SELECT count(*) - count(DISTINCT version_id) FROM goose_db_version"); n != 0 {
		t.Errorf("%d migrations ran twice", n)
	}
	if copies, err := Copies(filepath.Join(filepath.Dir(path), "copies")); err != nil || len(copies) != 1 {
		t.Errorf("%v, %v", copies, err)
	}
}

// What was acknowledged is there after the program was killed, and the file is whole.
func TestKilledWhileWriting(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	path := newPath(t)
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	for round := range rounds {
		cmd := child(t, os.Args[0], "write", path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for n := 0; ; n++ {
			if n == 2+round%9 { // in the middle of something that follows
				time.AfterFunc(time.Duration(round)*time.Millisecond, func() { _ = cmd.Process.Kill() })
			}
			line, err := lines.ReadString('\n')
			if err != nil {
				break // a line that was cut off is no acknowledgement
			}
			if name := strings.TrimSpace(line); name != "open" {
				acknowledged[name] = true
			}
		}
		_ = cmd.Wait()
		if err := check(t.Context(), path, "integrity_check"); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
	db := open(t, path)
	kept, err := All(t.Context(), db.Reader(), Value[string], "SELECT name FROM setting")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range kept {
		delete(acknowledged, name)
	}
	if len(acknowledged) != 0 || len(kept) < rounds {
		t.Errorf("%d lost of %d", len(acknowledged), len(kept))
	}
	t.Logf("%d changes in %d rounds, none lost", len(kept), rounds)
}

// Whoever has the file open when another one comes into its place, or it goes, is told at the next change, and leaves the
// other file alone.
func TestAFileThatIsReplacedWhileItIsOpenIsNoticed(t *testing.T) {
	for what, replace := range map[string]func(path string, other *DB) error{
		"put back": func(path string, other *DB) error {
			c, err := other.Keep(t.Context(), Asked)
			return errors.Join(err, other.Close(), Restore(t.Context(), filepath.Join(filepath.Dir(path), "copies"), c.Name, path, time.Now()))
		},
		"gone": func(path string, other *DB) error { return errors.Join(other.Close(), os.Remove(path)) },
	} {
		path := newPath(t)
		db := open(t, path)
		if err := replace(path, open(t, path)); err != nil {
			t.Fatal(err)
		}
		err := db.Write(t.Context(), func(tx *Tx) error {
			_, err := tx.ExecContext(t.Context(), "INSERT INTO setting (account_id, name, value) VALUES ('', 'late', '')")
			return err
		})
		if fault.ReasonOf(err) != ReasonReplaced {
			t.Errorf("%s: %v", what, err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if what == "gone" {
			continue
		}
		next := open(t, path)
		if s := next.State(); !s.Altered.IsZero() {
			t.Errorf("%+v", s)
		}
		if n, err := One(t.Context(), next.Reader(), Value[int], "SELECT count(*) FROM setting WHERE name = 'late'"); err != nil || n != 0 {
			t.Errorf("%d, %v", n, err)
		}
	}
}
