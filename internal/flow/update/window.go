package update

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"kontor/internal/host/bridge"
	"kontor/internal/host/update"
)

// Window is what the page may call to look for a newer version.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// View is what was found where newer versions are published.
type View struct {
	Version   string `json:"version"`
	Published string `json:"published"` // RFC 3339
	Newer     bool   `json:"newer"`     // than the one that runs
	File      string `json:"file"`      // of this system; "" if none is published
}

// Look asks whether there is a newer version. Nothing else ever does.
func (w *Window) Look() (View, error) {
	return bridge.Call(w.room, "update.Look", func(ctx context.Context, s *Service) (View, error) {
		found, file, err := s.Look(ctx)
		return View{found.Version, bridge.Moment(found.Published), found.Newer, file.Name}, err
	})
}

// Save asks where the file of the newer version shall go and starts to fetch it: it is kept only if it is what was signed.
// Nothing is installed. The job has no id if no place was chosen. Title is that of the dialog.
func (w *Window) Save(title string) (bridge.JobView, error) {
	file, err := bridge.Call(w.room, "update.Save", func(ctx context.Context, s *Service) (update.File, error) { return s.Newer(ctx) })
	if err != nil {
		return bridge.JobView{}, err
	}
	ending := strings.TrimPrefix(path.Ext(file.Name), ".")
	to, err := w.room.AskSave(bridge.SaveDialog{Title: title, Name: strings.TrimSuffix(file.Name, "."+ending), Filter: strings.ToUpper(ending), Ending: ending})
	if err != nil || to == "" {
		return bridge.JobView{}, err
	}
	return bridge.Call(w.room, "update.Save", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		return bridge.Start(ctx, w.room.Shell().Jobs, "update.Save", func(ctx context.Context, progress func(done, total int64)) (string, error) {
			return filepath.Base(to), s.Save(ctx, file, to, progress)
		}), nil
	})
}
