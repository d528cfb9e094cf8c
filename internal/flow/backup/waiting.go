package backup

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// Waiting tells Home, for whoever keeps the workspace, that the schedule could make no backup.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	if _, err := access.Require(ctx, access.KeepWorkspace); err != nil {
		return nil, waiting.Visible(err)
	}
	plan, err := readJSON[Schedule](ctx, s, scheduleKey)
	if err != nil || plan.Every == Off {
		return nil, err
	}
	failed, err := readJSON[Failed](ctx, s, failedKey)
	if err != nil || failed.At.IsZero() {
		return nil, err
	}
	last, err := readJSON[Made](ctx, s, ownKey)
	if err != nil {
		return nil, err
	}
	line := waiting.Line{
		Area: "settings", Kind: "backup_failed", Ref: waiting.Only, Urgency: waiting.Failed, At: failed.At, Route: "/settings/safety",
		Params: map[string]string{"folder": plan.Folder},
		Facts:  failed.Reason + "\n" + last.At.Format(time.RFC3339), // it is tried again all day: the moment is no news
	}
	if last.At.IsZero() {
		line.Kind = "backup_never"
	} else {
		line.Params["day"] = s.o.Clock.Of(ctx, last.At).String()
	}
	return []waiting.Line{line}, nil
}

// Older are the backups that hold the state of before. Others may lie wherever somebody has taken them.
type Older struct {
	Folder  string      // of the schedule
	Moments []time.Time // of those in it, the newest first
	Last    Made        // the last that was made at all, if it lies elsewhere and is still there; else zero
}

// Older lists them. A folder that cannot be reached has none that can be seen.
func (s *Service) Older(ctx context.Context) (o Older, err error) {
	plan, err := readJSON[Schedule](ctx, s, scheduleKey)
	if err != nil {
		return o, err
	}
	_, pattern, err := s.name(ctx)
	if err != nil {
		return o, err
	}
	if plan.Folder != "" {
		if found, err := own(plan.Folder, pattern); err == nil {
			o.Folder = plan.Folder
			for _, name := range found {
				at, err := time.Parse(stamp, name[len(pattern)-len("????????T??????Z.kontor-backup"):][:len(stamp)])
				if err == nil {
					o.Moments = append(o.Moments, at)
				}
			}
			slices.Reverse(o.Moments)
		}
	}
	last, err := readJSON[Made](ctx, s, lastKey)
	if err == nil && last.Path != "" && filepath.Dir(last.Path) != filepath.Clean(plan.Folder) {
		// Another file may have taken its name meanwhile.
		if is, missing := os.Lstat(last.Path); missing == nil && is.Mode().IsRegular() && is.Size() == last.Size {
			o.Last = last
		}
	}
	return o, err
}

// RemoveOlder removes those that Older lists; the schedule makes the next at once. Error: Unavailable/backups_left.
func (s *Service) RemoveOlder(ctx context.Context) error {
	o, err := s.Older(ctx)
	if err != nil {
		return err
	}
	_, pattern, err := s.name(ctx)
	if err != nil {
		return err
	}
	files := []string{}
	if o.Folder != "" {
		names, err := own(o.Folder, pattern)
		if err != nil {
			return fault.Wrap(err, fault.Unavailable, "backups_left")
		}
		for _, name := range names {
			files = append(files, filepath.Join(o.Folder, name))
		}
	}
	if o.Last.Path != "" {
		files = append(files, o.Last.Path)
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			return fault.Wrap(err, fault.Unavailable, "backups_left")
		}
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error { return s.keepJSON(ctx, tx, ownKey, Made{}) })
}
