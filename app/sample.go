package app

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/flow/sample"
	"kontor/internal/host/bridge"
)

// sampleFolder is where the sample workspace lies, below the person's own.
const sampleFolder = "sample"

// building is how long the sample may take to build, on a slow disk.
const building = 2 * time.Minute

// ExploreSample opens the sample workspace, builds it if there is none, and signs in as its person. The person's own
// workspace is closed meanwhile and untouched.
func (s *SystemService) ExploreSample() error {
	ctx, cancel := context.WithTimeout(context.Background(), building)
	defer cancel()
	dir := filepath.Join(s.app.options.Workspace, sampleFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fault.Wrap(err, fault.Unavailable, "read_only")
	}
	if err := sample.Build(ctx, dir, s.app.options.Now()); err != nil {
		return err
	}
	if err := s.app.open(ctx, dir, true); err != nil {
		return err
	}
	return do(s.app, "system.ExploreSample", func(ctx context.Context, h *workspace) error {
		elena, err := sample.Elena(ctx, h.profiles)
		if err != nil {
			return err
		}
		return h.sessions.Begin(ctx, elena, session.ByPassword, false)
	})
}

// LeaveSample closes the sample workspace, and erases it if asked to; then the person's own is open again.
func (s *SystemService) LeaveSample(erase bool) error {
	if !s.State().Sample {
		return fault.New(fault.Conflict, "not_sample")
	}
	ctx, cancel := context.WithTimeout(context.Background(), bridge.Patience)
	defer cancel()
	if err := s.app.open(ctx, s.app.options.Workspace, false); err != nil {
		return err
	}
	if !erase {
		return nil
	}
	if err := os.RemoveAll(filepath.Join(s.app.options.Workspace, sampleFolder)); err != nil {
		return fault.Wrap(err, fault.Unavailable, "read_only")
	}
	return nil
}
