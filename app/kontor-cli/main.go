// Kontor-cli works on the files of a workspace from the command line: it needs no display, no bus and no WebKit.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/beside"
	"kontor/internal/host/cores"
	"kontor/internal/host/replica"
	"kontor/internal/host/settings"
)

// version is set by the release build.
var version = "dev"

// The exit codes; they are documented in the help.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitRefused     = 3
	exitMissing     = 4
	exitBusy        = 5
	exitDamaged     = 6
	exitAway        = 7
	exitInterrupted = 130
)

// byReason are the codes of faults that a script has to tell apart from others of their kind.
var byReason = map[string]int{
	"workspace_busy": exitBusy, "workspace_in_use": exitBusy, "workspace_silent": exitBusy,
	"vault_keyring_absent": exitBusy, "vault_keyring_locked": exitBusy, "vault_keyring_slow": exitBusy, "vault_key_missing": exitBusy,
	replica.ReasonNewer: exitBusy, replica.ReasonTwin: exitBusy, replica.ReasonTaken: exitBusy,
	"workspace_damaged": exitDamaged, "backup_damaged": exitDamaged, "backup_newer": exitDamaged, "schema_newer": exitDamaged,
	replica.ReasonDamaged: exitDamaged, replica.ReasonFormat: exitDamaged, replica.ReasonLost: exitDamaged,
	replica.ReasonAway: exitAway,
}

// errUsage is a command that was not understood.
var errUsage = errors.New("usage")

// errUnsound is a check that found something wrong, which was said already.
var errUnsound = errors.New("unsound")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	locale, _ := (*settings.Store)(nil).Locale(ctx, settings.Workspace) // the system's: it cannot fail
	c := &command{out: os.Stdout, err: os.Stderr, in: os.Stdin, getenv: os.Getenv, locale: locale, args: os.Args[1:]}
	code := exitFailed
	if err := errors.Join(cores.Off(), beside.Try(func() error { code = c.run(ctx); return nil })); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
	}
	stop()
	os.Exit(code)
}

// run does what the arguments say and returns the exit code.
func (c *command) run(ctx context.Context) int {
	c.book = words.For(c.locale)
	for i, arg := range c.args { // the help is written before the flags are read
		if tag, ok := strings.CutPrefix(arg, "--lang="); ok {
			c.book = words.For(words.Parse(tag))
		} else if arg == "--lang" && i+1 < len(c.args) {
			c.book = words.For(words.Parse(c.args[i+1]))
		}
	}
	root := c.root()
	root.SetArgs(c.args)
	err := root.ExecuteContext(ctx)
	if err == nil || errors.Is(err, errUnsound) {
		return codeOf(ctx, err)
	}
	fmt.Fprintf(c.err, "kontor-cli: %s\n", c.explain(err))
	return codeOf(ctx, err)
}

func codeOf(ctx context.Context, err error) int {
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, errUnsound):
		return exitDamaged
	case errors.Is(err, errNoKeyring):
		return exitBusy
	case errors.Is(err, errUsage):
		return exitUsage
	}
	if code, ok := byReason[fault.ReasonOf(err)]; ok {
		return code
	}
	switch fault.CodeOf(err) {
	case fault.Unauthenticated, fault.Forbidden, fault.Invalid:
		return exitRefused
	case fault.NotFound:
		return exitMissing
	case fault.Locked:
		return exitBusy
	}
	return exitFailed
}

// explain is an error in the person's language; what has no words is said as it is.
func (c *command) explain(err error) string {
	if errors.Is(err, errNoKeyring) {
		return c.book.T("shell_cli_no_keyring")
	}
	var m misuse
	if errors.As(err, &m) {
		return m.say(c.book) + " " + c.book.T("shell_cli_see_help")
	}
	key, params := "reason_"+fault.ReasonOf(err), fault.Params{}
	var f *fault.Error
	if errors.As(err, &f) {
		params = f.Params
	}
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		key, params = "field_"+fields[0].Code, fields[0].Params
	}
	args := []any{}
	for name, value := range params {
		args = append(args, name, value)
	}
	if text, ok := c.book.Lookup(key, args...); ok {
		return text
	}
	return err.Error()
}

func (c *command) app() (*app.Terminal, error) {
	start, err := settings.ParseStart(c.place(), c.getenv)
	if err != nil {
		return nil, noValue("--workspace", c.workspace)
	}
	return app.NewTerminal(app.Options{Workspace: start.Workspace, Version: version, Log: slog.New(slog.DiscardHandler)}), nil
}

func (c *command) place() []string {
	if c.workspace == "" {
		return nil
	}
	return []string{"--workspace", c.workspace}
}
