package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var errExit = errors.New("exit status 1")

func TestCountGo(t *testing.T) {
	for _, test := range []struct {
		name, output string
		failed       error
		want         Tally
		problem      string
	}{
		{
			name: "groups do not count, their tests do",
			output: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"run","Package":"p","Test":"A/one"}
{"Action":"run","Package":"p","Test":"A/two"}
{"Action":"pass","Package":"p","Test":"A/one"}
{"Action":"pass","Package":"p","Test":"A/two"}
{"Action":"pass","Package":"p","Test":"A"}
{"Action":"pass","Package":"p"}`,
			want: Tally{Passed: 2},
		},
		{
			name:   "a failing sub-test counts once and is printed",
			failed: errExit,
			output: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"run","Package":"p","Test":"A/one"}
{"Action":"output","Package":"p","Test":"A/one","Output":"a_test.go:7: got 1, want 2\n"}
{"Action":"fail","Package":"p","Test":"A/one"}
{"Action":"fail","Package":"p","Test":"A"}
{"Action":"fail","Package":"p"}`,
			want:    Tally{Failed: 1},
			problem: "got 1, want 2",
		},
		{
			name:   "what a failing test says comes before what the program logged, and what was well is left out",
			failed: errExit,
			output: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"output","Package":"p","Test":"A","Output":"=== RUN   A\n"}
{"Action":"output","Package":"p","Test":"A","Output":"2026/11/28 21:57:19 INFO call name=a\n"}
{"Action":"output","Package":"p","Test":"A","Output":"time=2026-11-28T21:57:19Z level=DEBUG msg=call\n"}
{"Action":"output","Package":"p","Test":"A","Output":"2026/11/28 21:57:19 ERROR call name=b\n"}
{"Action":"output","Package":"p","Test":"A","Output":"    a_test.go:7: got\n"}
{"Action":"output","Package":"p","Test":"A","Output":"         1, want 2\n"}
{"Action":"output","Package":"p","Test":"A","Output":"--- FAIL: A (0.00s)\n"}
{"Action":"fail","Package":"p","Test":"A"}
{"Action":"fail","Package":"p"}`,
			want:    Tally{Failed: 1},
			problem: "FAIL p A\n    a_test.go:7: got\n         1, want 2\n2026/11/28 21:57:19 ERROR call name=b\n--- FAIL: A (0.00s)",
		},
		{
			name:   "a group that fails by itself counts",
			failed: errExit,
			output: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"run","Package":"p","Test":"A/one"}
{"Action":"pass","Package":"p","Test":"A/one"}
{"Action":"fail","Package":"p","Test":"A"}
{"Action":"fail","Package":"p"}`,
			want: Tally{Passed: 1, Failed: 1},
		},
		{
			name: "a skipped test says why",
			output: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"output","Package":"p","Test":"A","Output":"a_test.go:3: no network\n"}
{"Action":"skip","Package":"p","Test":"A"}
{"Action":"pass","Package":"p"}`,
			want:    Tally{Skipped: 1},
			problem: "no network",
		},
		{
			name:   "a package that does not build",
			failed: errExit,
			output: `{"ImportPath":"p [p.test]","Action":"build-output","Output":"a.go:1: undefined: x\n"}
{"ImportPath":"p [p.test]","Action":"build-fail"}
{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`,
			want:    Tally{Failed: 1},
			problem: "undefined: x",
		},
		{
			name:   "a panic outside of any test",
			failed: errExit,
			output: `{"Action":"output","Package":"p","Output":"panic: oh\n"}
{"Action":"fail","Package":"p"}`,
			want:    Tally{Failed: 1},
			problem: "panic: oh",
		},
		{name: "no test at all", output: `{"Action":"skip","Package":"p"}`, want: Tally{Failed: 1}, problem: "no test ran"},
		{name: "go itself fails", output: "go: no such tool", failed: errExit, want: Tally{Failed: 1}, problem: "no such tool"},
	} {
		t.Run(test.name, func(t *testing.T) { same(t, countGo([]byte(test.output), test.failed), test.want, test.problem) })
	}
}

func TestReadVitest(t *testing.T) {
	for _, test := range []struct {
		name, report string
		want         Tally
		problem      string
	}{
		{
			name: "each test counts",
			report: `{"testResults":[{"name":"a.test.ts","status":"failed","assertionResults":[
				{"fullName":"adds","status":"passed"},{"fullName":"divides","status":"failed","failureMessages":["by nought"]},{"fullName":"later","status":"todo"}]}]}`,
			want:    Tally{Passed: 1, Failed: 1, Skipped: 1},
			problem: "FAIL a.test.ts: divides\nby nought",
		},
		{
			name:   "a file that cannot be loaded",
			report: `{"testResults":[{"name":"a.test.ts","status":"failed","message":"no such module","assertionResults":[]}]}`,
			want:   Tally{Failed: 1}, problem: "no such module",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readVitest([]byte(test.report))
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, test.want, test.problem)
		})
	}
}

func TestProve(t *testing.T) {
	t.Chdir(t.TempDir())
	plan := []stage{
		prepare("gets ready", "true"),
		check("holds", "true"),
		check("breaks", "sh", "-c", "echo because; exit 3"),
		{name: "skips", command: []string{"true"}, count: func([]byte, error) Tally { return Tally{Passed: 1, Skipped: 2} }},
		{name: "repeats", command: []string{"true"}, again: true, count: func([]byte, error) Tally { return Tally{Passed: 5, Failed: 1} }},
		prepare("cannot get ready", "false"),
		check("is never reached", "true").on("cannot get ready"),
	}
	for _, test := range []struct {
		ci   bool
		want string
	}{
		{false, "2 passed, 3 failed, 2 skipped"},
		{true, "2 passed, 5 failed"},
	} {
		var out strings.Builder
		total, err := prove(context.Background(), plan, test.ci, &out)
		if err != nil {
			t.Fatal(err)
		}
		if total.String() != test.want {
			t.Errorf("CI %v: %s, want %s", test.ci, total, test.want)
		}
		if !strings.Contains(out.String(), "because") || strings.Contains(out.String(), "is never reached") {
			t.Errorf("printed:\n%s", out.String())
		}
	}
}

func TestPlansRunWhatExists(t *testing.T) {
	for name, plan := range plans {
		for _, s := range plan {
			command := s.command[0]
			if strings.HasPrefix(command, "scripts/") {
				command = "../../../" + command
			}
			if _, err := exec.LookPath(command); err != nil {
				t.Errorf("%s, %s: %v", name, s.name, err)
			}
		}
	}
}

func same(t *testing.T, got, want Tally, problem string) {
	t.Helper()
	if got.String() != want.String() {
		t.Errorf("got %s, want %s", got, want)
	}
	if problem != "" && !slices.ContainsFunc(got.Problems, func(p string) bool { return strings.Contains(p, problem) }) {
		t.Errorf("problems %q do not say %q", got.Problems, problem)
	}
}

func TestEveryStageStandsOnOneThatIsThere(t *testing.T) {
	for name, plan := range plans {
		names := map[string]bool{}
		for _, s := range plan {
			if names[s.name] {
				t.Errorf("%s has two stages %q", name, s.name)
			}
			names[s.name] = true
		}
		for _, s := range plan {
			if !s.ready(names) {
				t.Errorf("%s, %s waits for %q, and has only %v", name, s.name, s.after, names)
			}
		}
	}
}

// The stage of the Secret Service runs the tests with Keyring in their names.
func TestTestsOfTheSecretServiceAreFound(t *testing.T) {
	files, err := filepath.Glob("../../host/vault/*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	test := regexp.MustCompile(`(?m)^func (Test\w+)\(t `)
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(source), "//go:build keyring") {
			continue
		}
		for _, name := range test.FindAllStringSubmatch(string(source), -1) {
			found++
			if !strings.Contains(name[1], "Keyring") {
				t.Errorf("%s: %s is not run anywhere", file, name[1])
			}
		}
	}
	if found == 0 {
		t.Error("there are none")
	}
}
