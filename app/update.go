package app

import (
	"context"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/update"
)

// updateSeen is where the workspace notes the newest version of which it was ever told.
const updateSeen = "update.seen"

// UpdateView is what was found where newer versions are published.
type UpdateView struct {
	Version   string `json:"version"`
	Published string `json:"published"` // RFC 3339
	Newer     bool   `json:"newer"`     // than the one that runs
	File      string `json:"file"`      // of this system; "" if none is published
}

// systemFiles names this system, as published files do, and gives the endings of what is installed here, the likelier first.
func systemFiles() (system string, endings []string) {
	endings = []string{".deb", ".rpm", ".tar.gz"}
	switch runtime.GOOS {
	case "windows":
		endings = []string{"-setup.exe"}
	case "darwin":
		endings = []string{".dmg"}
	}
	return runtime.GOOS + "/" + runtime.GOARCH, endings
}

func (h *workspace) look(ctx context.Context, o Options) (found update.Found, file update.File, err error) {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return found, file, err
	}
	seen, err := h.settings.Text(ctx, h.db.Reader(), settings.Workspace, updateSeen)
	if err != nil {
		return found, file, err
	}
	if found, err = o.Updates.Look(ctx, o.Version, seen); err != nil {
		return found, file, err
	}
	system, endings := systemFiles()
	file, _ = found.For(system, endings...)
	if found.Version == seen || h.way.look != nil {
		return found, file, nil
	}
	return found, file, h.db.Write(ctx, func(tx *sqlite.Tx) error {
		return h.settings.SetText(ctx, tx, settings.Workspace, updateSeen, found.Version)
	})
}

// LookForUpdate asks whether there is a newer version. Nothing else ever does.
func (s *SystemService) LookForUpdate() (UpdateView, error) {
	return call(s.app, "system.LookForUpdate", func(ctx context.Context, h *workspace) (UpdateView, error) {
		found, file, err := h.look(ctx, s.app.options)
		return UpdateView{found.Version, bridge.Moment(found.Published), found.Newer, file.Name}, err
	})
}

// SaveUpdate asks where the file of the newer version shall go and starts to fetch it: it is kept only if it is what was
// signed. Nothing is installed. The job has no id if no place was chosen. Title is that of the dialog.
func (s *SystemService) SaveUpdate(title string) (bridge.JobView, error) {
	file, err := call(s.app, "system.SaveUpdate", func(ctx context.Context, h *workspace) (update.File, error) {
		found, file, err := h.look(ctx, s.app.options)
		if err == nil && (!found.Newer || file.Name == "") {
			err = fault.New(fault.NotFound, "")
		}
		return file, err
	})
	if err != nil {
		return bridge.JobView{}, err
	}
	ending := strings.TrimPrefix(path.Ext(file.Name), ".")
	to, err := s.app.shell.AskSave(bridge.SaveDialog{Title: title, Name: strings.TrimSuffix(file.Name, "."+ending), Filter: strings.ToUpper(ending), Ending: ending})
	if err != nil || to == "" {
		return bridge.JobView{}, err
	}
	return call(s.app, "system.SaveUpdate", func(ctx context.Context, _ *workspace) (bridge.JobView, error) {
		return bridge.Start(ctx, s.app.shell.Jobs, "system.SaveUpdate", func(ctx context.Context, progress func(done, total int64)) (string, error) {
			return filepath.Base(to), s.app.options.Updates.Save(ctx, file, to, progress)
		}), nil
	})
}
