package app

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// reasonBackup is why nothing can be changed in a backup that is looked at.
const reasonBackup = "look_backup"

// LookInBackup opens a copy of the backup that was opened beside, to look around in: nothing can be changed in it, and
// nothing is sent. The workspace is closed meanwhile and untouched. Whoever is signed in stays so where the backup knows the
// session; else an account of the backup signs in. Requires what RestoreBackup does, but for the password.
func (s *SystemService) LookInBackup() (SystemView, error) {
	s.app.turn.Lock()
	defer s.app.turn.Unlock()
	a := s.app
	if _, err := s.mayRestore(); err != nil {
		return SystemView{}, err
	}
	u := a.restore.opened()
	if u == nil {
		return SystemView{}, fault.New(fault.NotFound, "")
	}
	ctx, cancel := context.WithTimeout(context.Background(), building)
	defer cancel()
	own := away{}
	var err error
	if s.State().Fault == "" {
		if own, err = call(a, "system.LookInBackup", a.awayFrom); err != nil {
			return SystemView{}, err
		}
	}
	_, err = bridge.Outside(a.shell, "system.LookInBackup", func(context.Context) (struct{}, error) {
		w := way{
			file: u.database(), place: a.options.Disk(u.dir),
			look: fault.New(fault.Unavailable, reasonBackup).With("name", u.name).With("at", u.manifest.At.UTC().Format(time.RFC3339)),
		}
		if err := a.copyToLook(ctx, &w); err != nil {
			return struct{}{}, err
		}
		a.keepAway(own)
		h, err := a.build(ctx, u.dir, false, w)
		if err != nil {
			w.leave()
			a.keepAway(away{})
			return struct{}{}, err
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.enter(ctx, h)
		return struct{}{}, nil
	})
	if err != nil {
		return SystemView{}, err
	}
	return s.State(), nil
}

// LeaveBackup closes the backup that is looked at, removes what was unpacked of it, and opens the workspace again, with
// whoever was signed in there.
func (s *SystemService) LeaveBackup() (SystemView, error) {
	s.app.turn.Lock()
	defer s.app.turn.Unlock()
	a := s.app
	a.mu.Lock()
	if a.workspace == nil || a.workspace.way.look == nil || a.workspace.way.look.Reason != reasonBackup {
		a.mu.Unlock()
		return SystemView{}, fault.New(fault.Conflict, "workspace_open")
	}
	ctx, cancel := context.WithTimeout(context.Background(), building)
	defer cancel()
	a.lockedAway(ctx, false)
	a.leave()
	a.fault = fault.New(fault.Unavailable, "not_open")
	a.mu.Unlock()
	a.restore.keep(nil)
	_, _ = bridge.Outside(a.shell, "system.LeaveBackup", func(context.Context) (struct{}, error) {
		return struct{}{}, a.Open(ctx) // what keeps it from being opened is what the state says
	})
	a.keepAway(away{})
	return s.State(), nil
}
