package replica

import (
	"context"
	"errors"

	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/replica"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// Restored tells the journal of a workspace which state of which replica it is.
func Restored(ctx context.Context, tx *sqlite.Tx, journal audit.Recorder, name string) error {
	return record(ctx, tx, journal, name, restored)
}

// Kept is where a replica holds the state of before, and since when; "" for nowhere.
func (s *Service) Kept(ctx context.Context) (where string, err error) {
	w, err := s.where(ctx)
	return w.Address, err
}

// Forget removes every state of before from the replica, after one of what is there now was sent. Where that fails it is
// done as soon as it can be. Error: Unavailable/backups_left if the place cannot be reached, or another computer writes there.
func (s *Service) Forget(ctx context.Context) error {
	w, err := s.where(ctx)
	if err != nil || w.Address == "" {
		return err
	}
	err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return errors.Join(s.o.Settings.SetText(ctx, tx, settings.Workspace, forgetKey, "yes"), s.record(ctx, tx, w.Address, forgotten))
	})
	if err != nil {
		return err
	}
	if _, err := s.send(ctx); err != nil {
		return fault.Wrap(err, fault.Unavailable, "backups_left")
	}
	return nil
}

// forget does what Forget has noted.
func (s *Service) forget(ctx context.Context, l *replica.Line, from replica.Source) error {
	noted, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), settings.Workspace, forgetKey)
	if err != nil || noted == "" {
		return err
	}
	if err := l.Forget(ctx, from); err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return s.o.Settings.SetText(ctx, tx, settings.Workspace, forgetKey, "")
	})
}
