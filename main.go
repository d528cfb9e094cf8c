// Kontor is a desktop companion for people who have an account with Infomaniak.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/host/desktop"
	"kontor/internal/host/logging"
	"kontor/internal/host/settings"
	"kontor/internal/host/window"
)

//go:embed all:frontend/dist
var assets embed.FS

// version is set by the release build.
var version = "dev"

func main() {
	if bindings {
		a := app.New(app.Options{})
		if err := window.Run(window.Options{Services: a.Services(), Assets: assets, Log: slog.Default()}); err != nil {
			fail(1, err)
		}
		return
	}
	start, err := settings.ParseStart(os.Args[1:], os.Getenv)
	switch {
	case err != nil:
		fail(2, fmt.Errorf("%w; try --help", err))
	case start.Help:
		_, _ = fmt.Fprint(os.Stdout, settings.Usage)
	case start.Version:
		_, _ = fmt.Fprintln(os.Stdout, "Kontor", version)
	default:
		if err := open(start.Workspace); err != nil && !errors.Is(err, window.ErrOpen) {
			fail(1, err)
		}
	}
}

// fail says on the terminal why the program ends; once there is a window, the window says it.
func fail(code int, err error) {
	fmt.Fprintf(os.Stderr, "kontor: %v\n", err)
	os.Exit(code)
}

// open shows the window on a workspace until it is closed. A workspace that cannot be opened is no reason to end: the
// window says why and what can be done.
func open(workspace string) (err error) {
	if err := settings.MakeWorkspace(workspace); err != nil {
		return err
	}
	dir, err := settings.RuntimeDir()
	if err != nil {
		return err
	}
	ctx := context.Background()
	claim, err := window.NewClaim(ctx, dir, workspace)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, claim.Close()) }()
	log, file, err := logging.Open(workspace, slog.LevelInfo)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()

	log.Info("start", "version", version)
	if err := window.NoCores(); err != nil {
		log.Warn("a crash may leave the program's memory in a file", "error", err)
	}
	kontor := app.New(app.Options{Workspace: workspace, Claims: dir, Version: version, Log: log, Desktop: desktop.Desktop{}, Zoom: window.Zoom})
	_ = kontor.Open(ctx) // logged there; the window asks SystemService.State
	return window.Run(window.Options{
		Title: "Kontor", Dir: workspace, Theme: kontor.Theme(ctx), Language: func() string { return kontor.Language(ctx) }, Assets: assets, Middleware: kontor.Media,
		Services: kontor.Services(), Error: fault.JSON,
		Started: func(ctx context.Context, emit func(name string, data ...any)) {
			kontor.Startup(emit, dialogs{ctx})
		},
		Stopped: kontor.Shutdown, Claim: claim, Log: log,
	})
}
