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
	exitInterrupted = 130
)

// errUsage is a command that was not understood.
var errUsage = errors.New("usage")

// errUnsound is a check that found something wrong, which was said already.
var errUnsound = errors.New("unsound")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	locale, _ := (*settings.Store)(nil).Locale(ctx, settings.Workspace) // the system's: it cannot fail
	c := &command{out: os.Stdout, err: os.Stderr, in: os.Stdin, getenv: os.Getenv, locale: locale, args: os.Args[1:]}
	code := c.run(ctx)
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
	case errors.Is(err, errUsage), strings.HasPrefix(err.Error(), "unknown command"): // cobra has no type for it
		return exitUsage
	}
	switch fault.CodeOf(err) {
	case fault.Unauthenticated, fault.Forbidden, fault.Invalid:
		return exitRefused
	case fault.NotFound:
		return exitMissing
	case fault.Locked:
		return exitBusy
	}
	switch fault.ReasonOf(err) {
	case "workspace_busy", "workspace_in_use", "workspace_silent":
		return exitBusy
	case "workspace_damaged", "backup_damaged", "backup_newer", "schema_newer":
		return exitDamaged
	}
	return exitFailed
}

// explain is an error in the person's language; what has no words is said as it is.
func (c *command) explain(err error) string {
	if errors.Is(err, errNoKeyring) {
		return c.book.T("shell_cli_no_keyring")
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
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	return app.NewTerminal(app.Options{Workspace: start.Workspace, Version: version, Log: slog.New(slog.DiscardHandler)}), nil
}

func (c *command) place() []string {
	if c.workspace == "" {
		return nil
	}
	return []string{"--workspace", c.workspace}
}
