package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
	"kontor/internal/host/bridge"
	"kontor/internal/host/disk"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// Why a workspace is not opened, or only to be looked at.
const (
	reasonRemote = "disk_remote"      // it lies on a disk that other computers write to
	reasonInUse  = "workspace_in_use" // somebody else has it open
	reasonSilent = "workspace_silent" // another computer has it open, or had, and says nothing any more
	reasonTaken  = "workspace_taken"  // another computer took it over
)

// insist is what a person has decided about a workspace that would not be opened as usual.
type insist struct {
	anyway bool // open it where it lies, or take it over
	look   bool // only look at it
}

// way is how a workspace is opened.
type way struct {
	file  string       // the database
	look  *fault.Error // why it can only be looked at; nil if it is whole
	noWAL bool
	hold  *disk.Hold // nil where it is only looked at
	temp  string     // folder of the copy that is looked at; "" for none
	place disk.Place
	// beside is who else has it open on this computer, on a disk of its own: SQLite keeps them apart, and each is told.
	beside *fault.Error
}

// lookable are the tables that may change in a copy that is only looked at: what somebody leaves who signs in.
var lookable = []string{
	"session", "session_lock", "sign_in_attempt", "sign_in_guard", "sealed", "notice", "journal", "journal_head", "journal_value", "journal_key", "journal_word",
	"journal_fold", "journal_seal", "setting",
}

// approach decides how the workspace in dir is opened, and holds it. Errors: why it is not opened.
func (a *App) approach(ctx context.Context, dir string, sample bool, will insist) (way, error) {
	w := way{file: filepath.Join(dir, databaseFile)}
	if sample {
		return w, nil
	}
	if w.place = a.options.Disk(dir); w.place.Synced != "" {
		a.log.Warn("the workspace lies in a folder that is kept the same elsewhere", "by", w.place.Synced)
	}
	_, err := os.Stat(w.file)
	there := !errors.Is(err, fs.ErrNotExist)
	switch {
	case w.place.Remote != "" && !will.anyway:
		w.look = fault.New(fault.Unavailable, reasonRemote).With("kind", w.place.Remote)
	case w.place.ReadOnly && there:
		w.look = fault.New(fault.Unavailable, sqlite.ReasonNoWrite)
	}
	if w.look != nil && !there { // nothing is made there
		return w, w.look
	}
	w.noWAL = w.place.Remote != ""
	if w.look == nil {
		err := a.take(&w, dir, will)
		if err == nil || !will.look {
			return w, err
		}
		if !errors.As(err, &w.look) {
			return w, err
		}
	}
	return w, a.copyToLook(ctx, &w)
}

// take holds the workspace for this window.
func (a *App) take(w *way, dir string, will insist) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	self := disk.Self(a.options.Version)
	w.hold, err = disk.Take(dir, self, a.options.Now, will.anyway, a.taken)
	var in *disk.InUse
	if errors.As(err, &in) {
		reason := reasonInUse
		if in.Silent {
			reason = reasonSilent
		}
		said := fault.Wrap(err, fault.Conflict, reason).With("host", in.Holder.Host).With("user", in.Holder.User).With("at", in.Holder.Beat.UTC().Format(time.RFC3339))
		if in.Holder.Machine == self.Machine && w.place.Remote == "" {
			w.beside = said
			return nil
		}
		return said
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	return nil
}

// taken closes the workspace after another computer took it over: two that write would destroy it.
func (a *App) taken(by disk.Holder) {
	beside.Go(a.log, "close the workspace", func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.workspace == nil || a.workspace.sample {
			return
		}
		a.log.Error("another computer took the workspace over", "host", by.Host)
		a.leave()
		a.fault = fault.New(fault.Conflict, reasonTaken).With("host", by.Host)
		a.shell.Emit(workspaceChanged)
	})
}

// What begins the names of folders in the system's one for what is passing: a copy that is looked at, and the workspace in
// which the command line reckons prices.
const (
	lookedAt  = "kontor-look-"
	reckoning = "kontor-prices-"
)

// copyToLook copies the database to a disk of this computer: nothing is opened where it lies, and nothing changes there.
func (a *App) copyToLook(ctx context.Context, w *way) (err error) {
	if w.temp, err = disk.Scratch("", lookedAt); err != nil {
		return fault.Wrap(err, fault.Unavailable, sqlite.ReasonNoWrite)
	}
	from := w.file
	w.file, w.noWAL = filepath.Join(w.temp, databaseFile), false
	for range 3 { // somebody may write to it meanwhile: then what is copied does not fit together
		err = sqlite.CopyRaw(ctx, from, w.file)
		if fault.ReasonOf(err) != sqlite.ReasonDamaged {
			break
		}
	}
	if err != nil {
		w.leave()
	}
	return err
}

// leave gives up what was held.
func (w *way) leave() {
	w.hold.Close()
	if w.temp != "" {
		_ = os.RemoveAll(w.temp)
	}
}

func (w *way) options(a *App, dir string) sqlite.Options {
	o := sqlite.Options{Now: a.options.Now, NoWAL: w.noWAL, Copies: filepath.Join(dir, copiesFolder)}
	if w.look != nil {
		o.Look, o.Copies = lookable, filepath.Join(w.temp, copiesFolder)
	}
	return o
}

// OpenAnyway opens a workspace on a network disk as if it were this computer's own, without the log that computers cannot
// share, or takes over one of which another computer has said nothing for a while.
func (s *SystemService) OpenAnyway() (SystemView, error) {
	return s.openAs(insist{anyway: true}, reasonRemote, reasonSilent)
}

// OpenToLook opens a copy of a workspace that somebody else has open, of which nothing can be changed.
func (s *SystemService) OpenToLook() (SystemView, error) {
	return s.openAs(insist{look: true}, reasonInUse, reasonSilent, reasonTaken)
}

// openAs opens the workspace as the person insists, if that is what stands in the way.
func (s *SystemService) openAs(will insist, why ...string) (SystemView, error) {
	a := s.app
	a.turn.Lock()
	defer a.turn.Unlock()
	_, err := bridge.Outside(a.shell, "system.openAs", func(ctx context.Context) (struct{}, error) {
		a.mu.RLock()
		stands := fault.ReasonOf(a.fault)
		if a.workspace != nil && a.workspace.way.look != nil {
			stands = a.workspace.way.look.Reason
		}
		a.mu.RUnlock()
		if !slices.Contains(why, stands) {
			return struct{}{}, fault.New(fault.Conflict, "workspace_open")
		}
		if err := lost(a.options.Workspace); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.openWith(ctx, a.options.Workspace, false, will)
	})
	if err != nil {
		return SystemView{}, err
	}
	return s.State(), nil
}

// syncedSeenKey is where the workspace keeps that the warning about its folder was read, and about which program.
const syncedSeenKey = "disk.synced.seen"

// SyncedSeen says that the person has read the warning about the folder that is kept the same elsewhere.
func (s *SystemService) SyncedSeen() error {
	return do(s.app, "system.SyncedSeen", func(ctx context.Context, h *workspace) error {
		return h.db.Write(ctx, func(tx *sqlite.Tx) error {
			return h.settings.SetText(ctx, tx, settings.Workspace, syncedSeenKey, h.way.place.Synced)
		})
	})
}

// synced is the program about which the person should be warned; "" for none, and after it was read.
func (h *workspace) synced(ctx context.Context) (string, error) {
	seen, err := h.settings.Text(ctx, h.db.Reader(), settings.Workspace, syncedSeenKey)
	if h.way.place.Synced == seen {
		return "", err
	}
	return h.way.place.Synced, err
}
