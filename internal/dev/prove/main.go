// Command prove runs the project's checks, two stages at a time where they do not mind, says how long each took, prints
// what failed in full, and ends with one line of totals. `make test` is `prove all`, `make check` is `prove check`.
//
// A stage is a test runner, whose tests are counted one by one, or a single check, which counts as one. What a stage
// printed is kept in .cache/log. Where CI is set, a skipped test counts as failed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// logs is the folder for the full output of every stage, below the project's root.
const logs = ".cache/log"

// patience is how long one stage may take.
const patience = 30 * time.Minute

// lanes is how many stages run at once: most of them keep one core busy, with pauses.
const lanes = 2

func main() {
	if len(os.Args) != 2 || plans[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: prove all|check")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	total, err := prove(ctx, plans[os.Args[1]], os.Getenv("CI") != "", os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(total)
	if total.Failed > 0 {
		os.Exit(1)
	}
}

// Tally counts tests.
type Tally struct {
	Passed, Failed, Skipped int
	Problems                []string // output of what failed, reasons of what was skipped
}

func (t Tally) String() string {
	s := fmt.Sprintf("%d passed, %d failed", t.Passed, t.Failed)
	if t.Skipped > 0 {
		s += fmt.Sprintf(", %d skipped", t.Skipped)
	}
	return s
}

func (t *Tally) add(o Tally) {
	t.Passed += o.Passed
	t.Failed += o.Failed
	t.Skipped += o.Skipped
}

// stage is one step of a plan.
type stage struct {
	name    string
	command []string
	env     []string
	count   func(output []byte, failed error) Tally
	needed  bool     // nothing else makes sense without it
	after   []string // stages that have to be done before
	alone   bool     // it minds what runs beside it: it keeps every core busy, or watches the clock
	again   bool     // its tests have run before, in another way: the total counts what passes once

	// packages, where it is set, chooses at the last moment what is added to the command, and says what it leaves out.
	packages func() (chosen []string, note string, err error)
}

// report is what a stage came to.
type report struct {
	stage
	Tally
	took, cpu time.Duration
	note      string // what was left out, and why
	err       error
}

func prove(ctx context.Context, plan []stage, ci bool, out io.Writer) (Tally, error) {
	var total Tally
	if err := os.MkdirAll(logs, 0o755); err != nil {
		return total, err
	}
	start := time.Now()
	reports := make(chan report)
	running, alone, stopped := 0, false, false
	done := map[string]bool{}
	var errs error
	for waiting := slices.Clone(plan); ; {
		for i := 0; i < len(waiting) && !stopped && ctx.Err() == nil; i++ {
			s := waiting[i]
			if alone || running == lanes || s.alone && running > 0 {
				break
			}
			if !s.ready(done) {
				continue
			}
			waiting = slices.Delete(waiting, i, i+1)
			i = -1 // from the first on: it may be ready by now
			running++
			alone = s.alone
			go func() { reports <- s.report(ctx) }()
		}
		if running == 0 {
			if len(waiting) > 0 && !stopped && ctx.Err() == nil {
				errs = errors.Join(errs, fmt.Errorf("%s waits for what does not come", waiting[0].name))
			}
			break
		}
		r := <-reports
		running--
		alone = false
		errs = errors.Join(errs, r.err)
		r.judge(ci)
		total.add(r.counted())
		r.print(out)
		done[r.name] = true
		if r.err != nil || r.Failed > 0 && r.needed {
			stopped = true
			fmt.Fprintf(out, "Nothing else is begun without this.\n")
		}
	}
	fmt.Fprintf(out, "%-24s %6.1f s   full output in %s\n\n", "all stages", time.Since(start).Seconds(), logs)
	return total, errors.Join(errs, ctx.Err())
}

// ready says whether all that the stage stands on has been done.
func (s stage) ready(done map[string]bool) bool {
	return !slices.ContainsFunc(s.after, func(name string) bool { return !done[name] })
}

func (s stage) report(ctx context.Context) report {
	r := report{stage: s}
	begun := time.Now()
	if s.packages != nil {
		chosen, note, err := s.packages()
		if err != nil {
			r.err = err
			return r
		}
		s.command, r.note = slices.Concat(s.command, chosen), note
	}
	r.Tally, r.cpu, r.err = s.run(ctx)
	r.took = time.Since(begun)
	return r
}

// judge lets no skipped test pass in CI.
func (r *report) judge(ci bool) {
	if ci && r.Skipped > 0 {
		r.Failed += r.Skipped
		r.Skipped = 0
		r.Problems = append(r.Problems, "Skipped tests count as failed in CI.")
	}
}

// counted is what enters the total: of a stage that repeats tests only what did not pass.
func (r *report) counted() Tally {
	t := r.Tally
	if r.again {
		t.Passed = 0
	}
	return t
}

func (r *report) print(out io.Writer) {
	result := r.Tally.String()
	if r.Passed+r.Failed+r.Skipped == 0 {
		result = "done"
	}
	if r.again {
		result += " (counted above)"
	}
	fmt.Fprintf(out, "%-24s %6.1f s %6.1f s CPU   %s\n", r.name, r.took.Seconds(), r.cpu.Seconds(), result)
	if r.note != "" {
		fmt.Fprintln(out, indent(r.note))
	}
	for _, p := range r.Problems {
		fmt.Fprintln(out, indent(p))
	}
}

// run counts the stage's tests and its processor time, which tells more than the clock where others are at work too. It
// gives an error only if nothing could be found out.
func (s stage) run(ctx context.Context) (t Tally, cpu time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	path := filepath.Join(logs, strings.NewReplacer(" ", "-", ":", "", "(", "", ")", "").Replace(s.name)+".log")
	log, err := os.Create(path)
	if err != nil {
		return t, 0, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, s.command[0], s.command[1:]...)
	cmd.Env = append(os.Environ(), s.env...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	failed := cmd.Run()
	if cmd.ProcessState != nil {
		cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	if ctx.Err() == context.DeadlineExceeded {
		failed = fmt.Errorf("stopped after %v", patience)
	}
	output, err := os.ReadFile(path)
	if err != nil {
		return t, cpu, err
	}
	return s.count(output, failed), cpu, nil
}

// one counts a stage that passes or fails as a whole.
func one(output []byte, failed error) Tally {
	if failed == nil {
		return Tally{Passed: 1}
	}
	return Tally{Failed: 1, Problems: []string{strings.TrimSpace(string(output)), failed.Error()}}
}

// nothing is for preparations: they count only when they fail.
func nothing(output []byte, failed error) Tally {
	if failed == nil {
		return Tally{}
	}
	return one(output, failed)
}

func indent(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n    ") }
