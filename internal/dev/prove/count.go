package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// event is a line of `go test -json`.
type event struct {
	Action, Package, Test, Output string
	ImportPath                    string // of a package that does not build
}

// countGo reads `go test -json`. Sub-tests count, tests that only group them do not; a package that fails without a
// failing test (it does not build, it panics, it times out) counts as one failure.
func countGo(output []byte, failed error) Tally {
	var t Tally
	said := map[string]*strings.Builder{} // output by package and test
	broken := map[string]bool{}           // packages in which a test has failed
	groups := map[string]bool{}           // tests that have sub-tests
	var results []event
	lines := bufio.NewScanner(bytes.NewReader(output))
	lines.Buffer(nil, 16<<20)
	var stray []string
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			stray = append(stray, lines.Text())
			continue
		}
		key := e.Package + "\x00" + e.Test
		switch e.Action {
		case "run":
			if i := strings.LastIndexByte(key, '/'); i > len(e.Package) {
				groups[key[:i]] = true
			}
		case "output":
			remember(said, key, e.Output)
		case "build-output":
			remember(said, e.ImportPath, e.Output)
		case "build-fail":
			t.Problems = append(t.Problems, text(said[e.ImportPath]))
		case "pass", "fail", "skip":
			results = append(results, e)
		}
	}
	for _, e := range results {
		key := e.Package + "\x00" + e.Test
		switch {
		case e.Test == "" && e.Action == "fail" && !broken[e.Package]:
			t.Failed++
			t.Problems = append(t.Problems, "FAIL "+e.Package+"\n"+text(said[key]))
		case e.Test == "":
		case e.Action == "fail":
			broken[e.Package] = true
			if !groups[key] || !brokenBelow(results, e) {
				t.Failed++
			}
			t.Problems = append(t.Problems, fmt.Sprintf("FAIL %s %s\n%s", e.Package, e.Test, text(said[key])))
		case groups[key]:
		case e.Action == "pass":
			t.Passed++
		case e.Action == "skip":
			t.Skipped++
			t.Problems = append(t.Problems, fmt.Sprintf("skipped %s %s\n%s", e.Package, e.Test, text(said[key])))
		}
	}
	if failed != nil && t.Failed == 0 || t.Passed+t.Failed+t.Skipped == 0 {
		t.Failed++
		t.Problems = append(t.Problems, strings.Join(stray, "\n"), fmt.Sprintf("no test ran: %v", failed))
	}
	return t
}

// brokenBelow says whether a sub-test of the test has failed: then that one counts, not its group.
func brokenBelow(results []event, group event) bool {
	return slices.ContainsFunc(results, func(e event) bool {
		return e.Action == "fail" && e.Package == group.Package && strings.HasPrefix(e.Test, group.Test+"/")
	})
}

func remember(said map[string]*strings.Builder, key, output string) {
	if said[key] == nil {
		said[key] = &strings.Builder{}
	}
	said[key].WriteString(output)
}

// chatter is what the program logs while all is well: text or JSON of slog, or its default form.
var chatter = regexp.MustCompile(`^\s*(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d |time=\S+ level=|\{"time":"[^"]*","level":")(INFO|DEBUG)\b`)

// verdict is the first line of what a test itself says; lines that belong to it are indented deeper.
var verdict = regexp.MustCompile(`^\s*\w+_test\.go:\d+: `)

// text is what was said, to be read from the top: first the test's own words, then the rest, without chatter.
func text(b *strings.Builder) string {
	if b == nil {
		return ""
	}
	var own, rest []string
	within := false
	for line := range strings.Lines(b.String()) {
		line = strings.TrimRight(line, "\n")
		within = verdict.MatchString(line) || within && strings.HasPrefix(line, "        ")
		switch {
		case within:
			own = append(own, line)
		case !strings.HasPrefix(line, "=== ") && !chatter.MatchString(line):
			rest = append(rest, line)
		}
	}
	return strings.Join(slices.Concat(own, rest), "\n")
}

// vitestReport is written by vitest's json reporter.
const vitestReport = logs + "/vitest.json"

// countVitest reads that report; a file that fails without a failing test counts as one failure.
func countVitest(output []byte, failed error) Tally {
	report, err := os.ReadFile(vitestReport)
	if err == nil {
		err = os.Remove(vitestReport) // never to be taken for the next run's
	}
	if err != nil {
		return one(output, errors.Join(failed, err))
	}
	t, err := readVitest(report)
	if err != nil {
		return one(output, err)
	}
	if t.Failed == 0 && (failed != nil || t.Passed+t.Skipped == 0) {
		t.Failed++
		t.Problems = append(t.Problems, strings.TrimSpace(string(output)), fmt.Sprintf("vitest: %v", failed))
	}
	return t
}

func readVitest(report []byte) (Tally, error) {
	var t Tally
	var r struct {
		TestResults []struct {
			Name, Status, Message string
			AssertionResults      []struct {
				FullName, Status string
				FailureMessages  []string
			}
		}
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return t, fmt.Errorf("vitest report: %w", err)
	}
	for _, file := range r.TestResults {
		before := t.Failed
		for _, a := range file.AssertionResults {
			switch a.Status {
			case "passed":
				t.Passed++
			case "failed":
				t.Failed++
				t.Problems = append(t.Problems, "FAIL "+file.Name+": "+a.FullName+"\n"+strings.Join(a.FailureMessages, "\n"))
			default: // skipped, pending, todo, disabled
				t.Skipped++
				t.Problems = append(t.Problems, "skipped "+file.Name+": "+a.FullName)
			}
		}
		if file.Status == "failed" && t.Failed == before {
			t.Failed++
			t.Problems = append(t.Problems, "FAIL "+file.Name+"\n"+file.Message)
		}
	}
	return t, nil
}
