package backup

import (
	"context"
	"fmt"
	"path/filepath"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
	"kontor/internal/host/bridge"
)

// Window is what the page may call to back the open workspace up.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// ScheduleView is what is backed up by itself.
type ScheduleView struct {
	Every  string `json:"every"` // daily, weekly; "" for never
	Folder string `json:"folder"`
	Keep   int    `json:"keep"` // how many of them are kept
}

// StateView is everything about the backups.
type StateView struct {
	Schedule      ScheduleView `json:"schedule"`
	Known         bool         `json:"known"` // the passphrase of the schedule can be had
	Keeps         []int        `json:"keeps"` // the choices; the first is proposed
	Last          string       `json:"last"`  // RFC 3339: of which moment the last backup is; "" for none
	Name          string       `json:"name"`  // of its file
	Folder        string       `json:"folder"`
	Size          string       `json:"size"`   // bytes
	Failed        string       `json:"failed"` // RFC 3339: when the schedule could make none; "" if it could
	Fault         string       `json:"fault"`  // why, as fault JSON
	MinPassphrase int          `json:"minPassphrase"`
}

// Get says what is backed up by itself and how it went.
func (w *Window) Get() (StateView, error) { return bridge.Call(w.room, "backup.Get", state) }

func state(ctx context.Context, s *Service) (StateView, error) {
	st, err := s.State(ctx)
	v := StateView{
		Schedule: ScheduleView{Every: string(st.Schedule.Every), Folder: st.Schedule.Folder, Keep: st.Schedule.Keep}, Known: st.Known,
		Keeps: Keeps, Last: bridge.Moment(st.Last.At), Failed: bridge.Moment(st.Failed.At), MinPassphrase: archive.MinPassphrase,
	}
	if v.Schedule.Keep == 0 {
		v.Schedule.Keep = Keeps[0]
	}
	if v.Last != "" {
		v.Name, v.Folder, v.Size = filepath.Base(st.Last.Path), filepath.Dir(st.Last.Path), fmt.Sprint(st.Last.Size)
	}
	if v.Failed != "" {
		v.Fault = fault.JSON(fault.New(st.Failed.Code, st.Failed.Reason))
	}
	return v, err
}

// SetSchedule says what is backed up by itself; an empty passphrase keeps the one that was given before.
func (w *Window) SetSchedule(plan ScheduleView, passphrase, again string) (StateView, error) {
	return bridge.Call(w.room, "backup.SetSchedule", func(ctx context.Context, s *Service) (StateView, error) {
		err := s.SetSchedule(ctx, Schedule{Every: Every(plan.Every), Folder: plan.Folder, Keep: plan.Keep}, passphrase, again)
		if err != nil {
			return StateView{}, err
		}
		return state(ctx, s)
	})
}

// ChooseFolder asks for the folder of the schedule; "" if none was chosen. Title is that of the dialog.
func (w *Window) ChooseFolder(title string) (string, error) {
	err := bridge.Do(w.room, "backup.ChooseFolder", func(ctx context.Context, _ *Service) error {
		_, err := access.Require(ctx, access.KeepWorkspace)
		return err
	})
	if err != nil {
		return "", err
	}
	return w.room.Shell().AskFolder(title)
}

// Make asks where a backup shall go and starts to make it. The job has no id if no place was chosen. Title and filter are
// those of the dialog.
func (w *Window) Make(passphrase, again, title, filter string) (bridge.JobView, error) {
	name, err := bridge.Call(w.room, "backup.Make", func(ctx context.Context, s *Service) (string, error) {
		if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
			return "", err
		}
		if err := archive.CheckPassphrase(passphrase, again); err != nil {
			return "", err
		}
		name, _, err := s.name(ctx)
		return name, err
	})
	if err != nil {
		return bridge.JobView{}, err
	}
	path, err := w.room.AskSave(bridge.SaveDialog{Title: title, Name: name, Filter: filter, Ending: archive.Ending})
	if err != nil || path == "" {
		return bridge.JobView{}, err
	}
	return bridge.Call(w.room, "backup.Make", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		return bridge.Start(ctx, w.room.Shell().Jobs, "backup.Make", func(ctx context.Context, progress func(done, total int64)) (string, error) {
			one, err := s.Make(ctx, path, passphrase, progress)
			return one.Path, err
		}), nil
	})
}
