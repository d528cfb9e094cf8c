package app

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"kontor/internal/area/activity"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/flow/safety"
	"kontor/internal/host/beside"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// workspaceChanged is the event that tells the window to ask SystemService.State anew: the workspace was closed, because
// its file cannot be trusted.
const workspaceChanged = "workspace:changed"

// reasonMissing is why a workspace is not opened whose database is gone, although the rest of it is there.
const reasonMissing = "workspace_missing"

// workspaceIsOpen is what the log says of the person's own workspace. Where it says so there was a database.
const workspaceIsOpen = "the workspace is open"

// The log of a workspace, as package logging keeps it.
const logFiles = "logs/kontor*.log"

// kinds are what a person is told of the difference between the workspace and a copy.
var kinds = []safety.Kind{
	{Name: "organizations", Tables: []string{"organization"}},
	{Name: "clients", Tables: []string{"client"}},
	{Name: "quotes", Tables: []string{"quote"}},
	{Name: "prices", Tables: []string{"price_book"}},
	{Name: "renewals", Tables: []string{"payment_renewal"}},
	{Name: "prepaid", Tables: []string{"prepaid_ledger"}},
	{Name: "transfers", Tables: []string{"transfer"}},
	{Name: "journal", Tables: []string{"journal"}},
}

func (a *App) safetyOf(h *workspace, clock day.Clock) *safety.Service {
	return safety.New(safety.Options{DB: h.db, Clock: clock, Journal: h.journal, Settings: h.settings, Kinds: kinds, Log: a.log, Damaged: a.distrust})
}

func (a *App) copies() string   { return filepath.Join(a.options.Workspace, copiesFolder) }
func (a *App) database() string { return filepath.Join(a.options.Workspace, databaseFile) }

// lost tells that the database of a workspace is gone: there is none, and what lies beside it is of one that there was.
func lost(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, databaseFile)); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	gone := fault.New(fault.Unavailable, reasonMissing)
	copies, err := sqlite.Copies(filepath.Join(dir, copiesFolder))
	if err != nil || len(copies) > 0 {
		return gone
	}
	for _, trace := range []string{databaseFile + "-wal", databaseFile + ".closed", databaseFile + ".before-restore-*", picturesFolder + "/*/*", "vault.key"} {
		if found, _ := filepath.Glob(filepath.Join(dir, trace)); len(found) > 0 { // the patterns are well formed
			return gone
		}
	}
	logs, _ := filepath.Glob(filepath.Join(dir, logFiles))
	for _, log := range logs {
		if text, err := os.ReadFile(log); err == nil && bytes.Contains(text, []byte(`"msg":"`+workspaceIsOpen+`"`)) {
			return gone
		}
	}
	return nil
}

// distrust closes the workspace once its file has turned out to be damaged, or is not the one any more that was opened:
// nothing more is written into it, and what helps is offered. Other errors change nothing.
func (a *App) distrust(err error) {
	reason := fault.ReasonOf(err)
	if reason != sqlite.ReasonDamaged && reason != sqlite.ReasonReplaced {
		return
	}
	beside.Go(a.log, "close the workspace", func() { // a call that has met the damage still holds it open
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.workspace == nil || a.workspace.sample {
			return
		}
		a.log.Error("the file of the workspace cannot be trusted", "error", err)
		a.workspace.db.Doubt()
		a.leave()
		a.fault = fault.Wrap(err, fault.Unavailable, reason)
		a.shell.Emit(workspaceChanged)
	})
}

// Copies lists the copies of a workspace that cannot be opened, newest first.
func (s *SystemService) Copies() ([]safety.CopyView, error) {
	return closed(s.app, "system.Copies", func(context.Context) ([]safety.CopyView, error) {
		copies, err := sqlite.Copies(s.app.copies())
		views := make([]safety.CopyView, 0, len(copies))
		for _, c := range copies {
			views = append(views, safety.View(c))
		}
		return views, err
	})
}

// RestoreCopy puts a copy in the place of the workspace and opens it; nobody is signed in then. What was there is kept: as
// a copy if it is whole, else aside. While the workspace is open this takes a keeper of the workspace and the password.
func (s *SystemService) RestoreCopy(name, password string) (SystemView, error) {
	a := s.app
	a.turn.Lock()
	defer a.turn.Unlock()
	var err error
	if s.State().Fault == "" {
		err = s.replace(name, password)
	} else {
		_, err = bridge.Outside(a.shell, "system.RestoreCopy", func(ctx context.Context) (struct{}, error) {
			if err := a.mayReplace(); err != nil {
				return struct{}{}, err
			}
			_, err := a.putBack(ctx, name)
			return struct{}{}, err
		})
	}
	if err != nil {
		return SystemView{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), bridge.Patience)
	defer cancel()
	_ = a.Open(ctx) // the state says how it went
	return s.State(), nil
}

// replace puts a copy in the place of the workspace that is open.
func (s *SystemService) replace(name, password string) error {
	err := do(s.app, "system.RestoreCopy", func(ctx context.Context, h *workspace) error {
		if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
			return err
		}
		if h.sample {
			return fault.New(fault.Conflict, "sample_has_no_copies")
		}
		if h.way.beside != nil {
			return h.way.beside
		}
		if _, err := h.db.CopyFile(name); err != nil {
			return err
		}
		if err := h.sessions.Reauthenticate(ctx, password); err != nil {
			return err
		}
		_, err := h.db.Keep(ctx, sqlite.BeforeRestore)
		return err
	})
	if err != nil {
		return err
	}
	_, err = bridge.Outside(s.app.shell, "system.RestoreCopy", func(ctx context.Context) (struct{}, error) {
		a := s.app
		a.mu.Lock()
		a.leave()
		a.fault = fault.New(fault.Unavailable, "not_open")
		a.mu.Unlock()
		aside, err := a.putBack(ctx, name)
		if err == nil {
			for _, file := range aside {
				_ = os.RemoveAll(file) // there is a copy of the same, which is listed
			}
			return struct{}{}, nil
		}
		return struct{}{}, errors.Join(err, a.Open(ctx)) // what was there is still there
	})
	return err
}

// putBack puts a copy in the place of the database, which is closed, and returns where the former one lies.
func (a *App) putBack(ctx context.Context, name string) (aside []string, err error) {
	return aside, a.alone(func() (err error) {
		aside, err = a.asideBy(func() error {
			err := sqlite.Restore(ctx, a.copies(), name, a.database(), a.options.Now())
			if fault.ReasonOf(err) == sqlite.ReasonDamaged {
				err = fault.Wrap(err, fault.Conflict, "copy_damaged")
			}
			return err
		})
		if err != nil {
			return err
		}
		db, err := sqlite.Open(ctx, a.database(), sqlite.Options{Now: a.options.Now})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, db.Close()) }()
		return a.foreign(ctx, db, func(ctx context.Context, tx *sqlite.Tx) error {
			return safety.Restored(ctx, tx, activity.New(db, nil, nil), name)
		})
	})
}

// asideBy returns where the former database lies after something else was put in its place.
func (a *App) asideBy(replace func() error) ([]string, error) {
	before := a.asides()
	if err := replace(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(a.asides(), func(file string) bool { return slices.Contains(before, file) }), nil
}

func (a *App) asides() []string {
	list, _ := filepath.Glob(a.database() + ".before-restore-*") // the pattern is well formed
	return list
}

// StartAnew begins an empty workspace where the database is gone or cannot be trusted. What is there is set aside, and the
// copies stay.
func (s *SystemService) StartAnew() (SystemView, error) {
	s.app.turn.Lock()
	defer s.app.turn.Unlock()
	_, err := bridge.Outside(s.app.shell, "system.StartAnew", func(ctx context.Context) (struct{}, error) {
		a := s.app
		if err := a.mayReplace(); err != nil {
			return struct{}{}, err
		}
		if err := a.alone(func() error { return sqlite.SetAside(ctx, a.database(), a.options.Now()) }); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.open(ctx, a.options.Workspace, false)
	})
	if err != nil {
		return SystemView{}, err
	}
	return s.State(), nil
}
