package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"testing"
	"time"

	"kontor/internal/dev/testkit"
)

const asksVariable = "KONTOR_TEST_CLI_ASKS"

// The command line holds passphrases and keys in memory, as the window does. In a process of its own, which waits for a
// passphrase while it is looked at.
func TestTheCommandLineLeavesNoMemoryBehind(t *testing.T) {
	if os.Getenv(asksVariable) != "" {
		os.Args = []string{"kontor-cli", "verify", "none.kontor-backup", "--passphrase-stdin"}
		main() // ends the process
	}
	asks := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	asks.Env = append(os.Environ(), asksVariable+"=1")
	in, err := asks.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := asks.Start(); err != nil {
		t.Fatal(err)
	}
	limits := fmt.Sprintf("/proc/%d/limits", asks.Process.Pid)
	none := regexp.MustCompile(`(?m)^Max core file size\s+0\s+0\s`)
	for until := time.Now().Add(testkit.Patience(30 * time.Second)); ; time.Sleep(5 * time.Millisecond) {
		text, err := os.ReadFile(limits) //nolint:gosec // of a process of ours
		if err != nil {
			t.Fatal(err)
		}
		if none.Match(text) {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("a crash leaves a core file:\n%s", text)
		}
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
	_ = asks.Wait() // there is no such file: that is said
	if code := asks.ProcessState.ExitCode(); code <= 0 {
		t.Errorf("it ended with %d", code)
	}
}
