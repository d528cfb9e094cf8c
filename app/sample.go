package app

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/flow/sample"
	"kontor/internal/host/bridge"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// sampleFolder is where the sample workspace lies, below the person's own.
const sampleFolder = "sample"

// building is how long the sample may take to build, on a slow disk.
const building = 2 * time.Minute

// sampleOpenKey is where the person's own workspace keeps that the sample was open when the window was closed.
const sampleOpenKey = "sample.open"

// ExploreSample opens the sample workspace, builds it if there is none, and signs in as its person. The person's own
// workspace is closed meanwhile and untouched; language, region and theme are those that were chosen there.
func (s *SystemService) ExploreSample() error {
	s.app.turn.Lock()
	defer s.app.turn.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), building)
	defer cancel()
	dir := filepath.Join(s.app.options.Workspace, sampleFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(err, fault.Unavailable, "read_only")
	}
	if err := sample.Build(ctx, dir, s.app.options.Now(), s.app.locale(ctx).Language); err != nil {
		return err
	}
	own, err := s.leaveFor()
	if err != nil {
		return err
	}
	was := s.app.kept()
	s.app.keepAway(own)
	if err := s.app.open(ctx, dir, true); err != nil {
		s.app.keepAway(was)
		return err
	}
	return do(s.app, "system.ExploreSample", func(ctx context.Context, h *workspace) error {
		elena, err := sample.Elena(ctx, h.profiles)
		if err != nil {
			return err
		}
		if err := h.settings.Take(ctx, elena, own.chosen); err != nil {
			return err
		}
		return h.sessions.Begin(ctx, elena, session.ByPassword, false)
	})
}

// leaveFor notes, in the workspace that is open, that the sample is looked at. One that cannot be opened notes nothing.
func (s *SystemService) leaveFor() (away, error) {
	if s.State().Fault != "" {
		return away{}, nil
	}
	return call(s.app, "system.leave", func(ctx context.Context, h *workspace) (own away, err error) {
		if h.sample {
			return s.app.away, nil
		}
		if own, err = s.app.awayFrom(ctx, h); err != nil {
			return own, err
		}
		if own.chosen, err = h.settings.Chosen(ctx, own.account); err != nil {
			return own, err
		}
		if err := h.home.SampleSeen(ctx); err != nil {
			return own, err
		}
		return own, h.sampleOpen(ctx, true)
	})
}

// LeaveSample closes the sample workspace, and erases it if asked to; then the person's own is open again, with whoever
// was signed in there. What was chosen in the sample for language, region or theme stays chosen.
func (s *SystemService) LeaveSample(erase bool) error {
	s.app.turn.Lock()
	defer s.app.turn.Unlock()
	if !s.State().Sample {
		return fault.New(fault.Conflict, "not_sample")
	}
	ctx, cancel := context.WithTimeout(context.Background(), bridge.Patience)
	defer cancel()
	var own away
	chosen, err := call(s.app, "system.LeaveSample", func(ctx context.Context, h *workspace) (map[settings.Name]string, error) {
		own = s.app.away
		return h.settings.Chosen(ctx, access.From(ctx).AccountID)
	})
	if err != nil {
		return err
	}
	maps.DeleteFunc(chosen, func(name settings.Name, value string) bool { return own.chosen[name] == value })
	if err := s.app.open(ctx, s.app.options.Workspace, false); err != nil {
		return err
	}
	err = s.back(own.account, chosen)
	s.app.keepAway(away{})
	if err != nil || !erase {
		return err
	}
	if err := os.RemoveAll(filepath.Join(s.app.options.Workspace, sampleFolder)); err != nil {
		return fault.Wrap(err, fault.Unavailable, "read_only")
	}
	return nil
}

// back takes over what was chosen in the sample, for whoever had left for it: the window may be locked by now.
func (s *SystemService) back(account string, chosen map[settings.Name]string) error {
	return do(s.app, "system.back", func(ctx context.Context, h *workspace) error {
		if err := h.settings.Take(ctx, account, chosen); err != nil {
			return err
		}
		return h.sampleOpen(ctx, false)
	})
}

// StayHere says that the person, whose window was closed while the sample was open, goes on in the own workspace.
func (s *SystemService) StayHere() error {
	return do(s.app, "system.StayHere", func(ctx context.Context, h *workspace) error { return h.sampleOpen(ctx, false) })
}

func (h *workspace) sampleOpen(ctx context.Context, open bool) error {
	text := ""
	if open {
		text = "yes"
	}
	return h.db.Write(ctx, func(tx *sqlite.Tx) error {
		return h.settings.SetText(ctx, tx, settings.Workspace, sampleOpenKey, text)
	})
}
