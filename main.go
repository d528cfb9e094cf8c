// Kontor is a desktop companion for people who have an account with Infomaniak.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/host/clipboard"
	"kontor/internal/host/cores"
	"kontor/internal/host/desktop"
	"kontor/internal/host/logging"
	"kontor/internal/host/settings"
	"kontor/internal/host/update"
	"kontor/internal/host/window"
)

//go:embed all:frontend/dist
var assets embed.FS

// Set by the release build: its version, and where newer ones are published, with the key that signs them. Without both
// there is no place to ask.
var version, updates, updatesKey = "dev", "", ""

func main() {
	defer func() {
		if p := recover(); p != nil {
			fail(1, fmt.Errorf("%v\n%s", p, debug.Stack()))
		}
	}()
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
		fail(2, misunderstood(err))
	case start.Help:
		_, _ = fmt.Fprint(os.Stdout, settings.Usage)
	case start.Version:
		_, _ = fmt.Fprintln(os.Stdout, "Kontor", version)
	default:
		if err := open(start.Workspace, start.File); err != nil && !errors.Is(err, window.ErrOpen) {
			fail(1, err)
		}
	}
}

// open shows the window on a workspace until it is closed, and in it what is to be done with the file, if there is one. A workspace that cannot be opened is no reason to end: the
// window says why and what can be done.
func open(workspace, opened string) (err error) {
	if err := settings.MakeWorkspace(workspace); err != nil {
		return homeless(workspace, err)
	}
	ctx := context.Background()
	log, file, unwritten := logging.Open(workspace, slog.LevelInfo)
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := cores.Off(); err != nil {
		log.Warn("a crash may leave the program's memory in a file", "error", err)
	}
	notes := []app.StartNote{}
	if unwritten != nil {
		log.Error("no log is kept", "error", unwritten)
		notes = append(notes, app.StartNote{Without: "log", Path: logging.Folder(workspace)})
	}
	dir, claim, err := claim(ctx, workspace, opened)
	switch {
	case errors.Is(err, window.ErrOpen):
		return err
	case errors.Is(err, window.ErrSilent):
		return unanswered(err)
	case err != nil:
		log.Error("the window is not claimed", "error", err)
		notes = append(notes, app.StartNote{Without: "claim"})
	}
	defer func() { err = errors.Join(err, claim.Close()) }()

	log.Info("start", "version", version)
	kontor := app.New(app.Options{
		Workspace: workspace, Claims: dir, Version: version, Log: log, Desktop: desktop.Desktop{}, Zoom: window.Zoom, Notes: notes,
		Clipboard: clipboard.New(), Rest: window.GiveBack, Updates: update.Place{Address: updates, Key: updatesKey},
	})
	kontor.Hand(opened)
	watching, stop := context.WithCancel(ctx)
	defer stop()
	desktop.WatchScreen(watching, log, kontor.ScreenLocked)
	_ = kontor.Open(ctx) // logged there; the window asks SystemService.State
	err = window.Run(window.Options{
		Title: "Kontor", Dir: workspace, Theme: kontor.Theme(ctx), Language: func() string { return kontor.Language(ctx) }, Assets: assets,
		Middleware: func(next http.Handler) http.Handler { return kontor.Texts(kontor.Media(next)) },
		Services:   kontor.Services(), Error: fault.JSON,
		Started: func(ctx context.Context, emit func(name string, data ...any)) {
			kontor.Startup(emit, dialogs{ctx})
		},
		Stopped: kontor.Shutdown, Opened: kontor.Hand, Claim: claim, Log: log,
	})
	if err != nil {
		log.Error("window", "error", err)
		return windowless(workspace, err)
	}
	return nil
}

// claim claims the workspace's window in the first of the folders where that can be done, and says in which. No folder is
// no reason not to start: the error then says why in the last one.
func claim(ctx context.Context, workspace, opened string) (dir string, claim *window.Claim, err error) {
	for _, dir := range settings.RuntimeDirs(workspace) {
		if err = settings.OwnDir(dir); err != nil {
			continue
		}
		claim, err = window.NewClaim(ctx, dir, workspace, opened)
		if err == nil || errors.Is(err, window.ErrOpen) || errors.Is(err, window.ErrSilent) {
			return dir, claim, err
		}
	}
	return "", nil, err
}
