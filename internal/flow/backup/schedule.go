package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
	"kontor/internal/host/audit"
	"kontor/internal/host/beside"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// Every is how often a backup is made by itself.
type Every string

// The choices; it is off until somebody asks for it.
const (
	Off    Every = ""
	Daily  Every = "daily"
	Weekly Every = "weekly"
)

// Keeps are the choices of how many of its own backups the folder keeps; the first is what is proposed.
var Keeps = []int{7, 3, 14, 30}

// Schedule says what is backed up by itself.
type Schedule struct {
	Every  Every  `json:"every"`
	Folder string `json:"folder"` // absolute
	Keep   int    `json:"keep"`   // one of Keeps
}

// Failed is a backup of the schedule that was not made.
type Failed struct {
	At     time.Time  `json:"at"`
	Code   fault.Code `json:"code"`
	Reason string     `json:"reason"`
}

// The keys of the settings, and the place of the passphrase in the vault.
const (
	scheduleKey = "backup.schedule"
	lastKey     = "backup.last"   // whoever asked for it
	ownKey      = "backup.own"    // of the schedule
	failedKey   = "backup.failed" // of the schedule, since the last that was made

	place = "backup"
	field = "passphrase"
)

// How long after the start it is looked whether a backup is due, and how often afterwards. A start comes first; one that
// failed is tried again as often.
const (
	first = 20 * time.Second
	often = 30 * time.Minute
)

// Start makes the backups of the schedule while the program runs. The one that is due when it is closed is made after the
// next start: closing waits for nothing.
func (s *Service) Start() {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	beside.In(&s.done, s.o.Log, "backup", func() {
		Tidy(s.o.Dir)
		for wait := first; ; wait = often {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			if err := beside.Try(func() error { _, err := s.Due(ctx); return err }); err != nil && ctx.Err() == nil {
				s.o.Log.Error("backup", "error", err)
			}
		}
	})
}

// Stop ends what Start began: a backup that is being made leaves nothing, and is made after the next start.
func (s *Service) Stop() {
	s.stop()
	s.done.Wait()
}

// Due makes the backup of the schedule if its time has come, removes those that are kept no longer, and tells whether it
// did. What keeps it from being made is remembered for the page.
func (s *Service) Due(ctx context.Context) (bool, error) {
	plan, err := readJSON[Schedule](ctx, s, scheduleKey)
	if err != nil || plan.Every == Off {
		return false, err
	}
	last, err := readJSON[Made](ctx, s, ownKey)
	if err != nil || !plan.due(last.At, s.o.DB.Now(), s.o.Clock.Location(ctx)) {
		return false, err
	}
	err = s.scheduled(ctx, plan)
	if err != nil && ctx.Err() == nil {
		failed := Failed{At: s.o.DB.Now(), Code: fault.CodeOf(err), Reason: fault.ReasonOf(err)}
		err = errors.Join(err, s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return s.keepJSON(ctx, tx, failedKey, failed) }))
	}
	s.o.Changed()
	return err == nil, err
}

// due tells whether the time for the next one has come. A day is one of the person's calendar; a clock that was put back
// keeps nothing from being made.
func (p Schedule) due(last, now time.Time, zone *time.Location) bool {
	switch {
	case last.IsZero() || last.After(now.Add(time.Hour)):
		return true
	case p.Every == Weekly:
		return now.Sub(last) >= 7*24*time.Hour
	}
	return day.Of(last, zone) != day.Of(now, zone)
}

func (s *Service) scheduled(ctx context.Context, plan Schedule) error {
	if err := usable(plan.Folder); err != nil {
		return err
	}
	passphrase, err := s.o.Vault.Get(ctx, place, "", field)
	if err != nil {
		return err
	}
	name, mine, err := s.name(ctx)
	if err != nil {
		return err
	}
	one, err := s.Write(ctx, filepath.Join(plan.Folder, name), string(passphrase), func(int64, int64) {})
	if err != nil {
		return err
	}
	err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return errors.Join(s.keepJSON(ctx, tx, ownKey, one), s.keepJSON(ctx, tx, failedKey, Failed{}))
	})
	if err != nil {
		return err
	}
	return forget(plan.Folder, mine, plan.Keep)
}

// stamp is the moment in the names of backups, UTC: by name they are in the order of time.
const stamp = "20060102T150405Z"

// name is how a backup of this moment is called, and how all of this workspace's are.
func (s *Service) name(ctx context.Context) (name, pattern string, err error) {
	id, err := s.o.DB.ID(ctx)
	if err != nil {
		return "", "", err
	}
	return fmt.Sprintf("kontor-%.8s-%s.%s", id, s.o.DB.Now().Format(stamp), archive.Ending), fmt.Sprintf("kontor-%.8s-????????T??????Z.%s", id, archive.Ending), nil
}

// forget removes the oldest of a workspace's own backups from a folder, down to so many.
func forget(folder, pattern string, keep int) error {
	mine, err := own(folder, pattern)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
	}
	for len(mine) > max(keep, 1) {
		if err := os.Remove(filepath.Join(folder, mine[0])); err != nil {
			return fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
		}
		mine = mine[1:]
	}
	return nil
}

// own are the names of a workspace's own backups in a folder, the oldest first.
func own(folder, pattern string) (mine []string, err error) {
	entries, err := os.ReadDir(folder) // no pattern for the folder: its name is a person's
	for _, e := range entries {
		if ok, _ := filepath.Match(pattern, e.Name()); ok && e.Type().IsRegular() {
			mine = append(mine, e.Name())
		}
	}
	slices.Sort(mine)
	return mine, err
}

// State is what a person sees of the backups.
type State struct {
	Schedule Schedule
	Last     Made   // zero for none
	Failed   Failed // zero unless the schedule's last one was not made
	Known    bool   // the passphrase of the schedule can be had
}

// State says what is backed up by itself and how it went.
func (s *Service) State(ctx context.Context) (st State, err error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return st, err
	}
	if st.Schedule, err = readJSON[Schedule](ctx, s, scheduleKey); err != nil {
		return st, err
	}
	if st.Last, err = readJSON[Made](ctx, s, lastKey); err != nil {
		return st, err
	}
	if st.Failed, err = readJSON[Failed](ctx, s, failedKey); err != nil {
		return st, err
	}
	if st.Schedule.Every != Off {
		_, missing := s.o.Vault.Get(ctx, place, "", field)
		st.Known = missing == nil
	}
	return st, nil
}

// SetSchedule says what is backed up by itself. An empty passphrase keeps the one that was given before; turning it off
// forgets it. Requires access.KeepWorkspace.
func (s *Service) SetSchedule(ctx context.Context, plan Schedule, passphrase, again string) error {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return err
	}
	var c fault.Check
	if !slices.Contains([]Every{Off, Daily, Weekly}, plan.Every) {
		c.Refuse("every", "not_a_choice")
	}
	if plan.Every == Off {
		plan = Schedule{}
	} else {
		if plan.Folder == "" {
			c.Refuse("folder", "required")
		} else if err := usable(plan.Folder); err != nil {
			c.Refuse("folder", "no_folder")
		}
		if !slices.Contains(Keeps, plan.Keep) {
			c.Refuse("keep", "not_a_choice")
		}
		if _, unknown := s.o.Vault.Get(ctx, place, "", field); unknown != nil || passphrase != "" {
			c.Merge("", archive.CheckPassphrase(passphrase, again))
		}
	}
	if err := c.Err(); err != nil {
		return err
	}
	was, err := readJSON[Schedule](ctx, s, scheduleKey)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		if err := errors.Join(s.keepJSON(ctx, tx, scheduleKey, plan), s.keepJSON(ctx, tx, failedKey, Failed{})); err != nil {
			return err
		}
		switch {
		case plan.Every == Off:
			err = s.o.Vault.Delete(ctx, tx, place, "", field)
		case passphrase != "":
			err = s.o.Vault.Put(ctx, tx, place, "", field, []byte(passphrase))
		}
		if err != nil {
			return err
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Workspace, ObjectID: object, ObjectName: object, Old: was.words(), New: plan.words(),
		})
	})
}

// words are what the journal says of a schedule.
func (p Schedule) words() string {
	switch p.Every {
	case Daily:
		return "backup_daily"
	case Weekly:
		return "backup_weekly"
	case Off:
	}
	return "backup_off"
}

func readJSON[T any](ctx context.Context, s *Service, key string) (v T, err error) {
	text, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), settings.Workspace, key)
	if err != nil || text == "" {
		return v, err
	}
	return v, json.Unmarshal([]byte(text), &v)
}

func (s *Service) keepJSON(ctx context.Context, tx *sqlite.Tx, key string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.o.Settings.SetText(ctx, tx, settings.Workspace, key, string(text))
}
