package leaving

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/host/bridge"
)

// Window is what the page may call to delete the account of the person who is signed in.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// DryRunView is what deleting the account would do.
type DryRunView struct {
	Obstacles     []Obstacle `json:"obstacles"`
	Goes          []Count    `json:"goes"`
	Stays         []Count    `json:"stays"`
	Copies        int        `json:"copies"` // older files of the database, which hold the account too
	Until         string     `json:"until"`  // RFC 3339: when the last of them that nobody asked for is gone
	Asked         int        `json:"asked"`  // those that stay until somebody removes them
	MinPassphrase int        `json:"minPassphrase"`
	// Backups hold the account too, in files outside the workspace.
	Backups int    `json:"backups"` // that can be reached
	Oldest  string `json:"oldest"`  // RFC 3339: of which moment the oldest of them is
	Newest  string `json:"newest"`
	Where   string `json:"where"`   // the folder of the newest
	Replica string `json:"replica"` // where the states of the workspace are sent; "" for nowhere
}

// KitView is what a leaving kit holds, and the name of the file that it was saved as.
type KitView struct {
	Name  string  `json:"name"` // "" if the person chose no place
	Files []Entry `json:"files"`
}

// DryRun says what deleting the account would do. It changes nothing.
func (w *Window) DryRun() (DryRunView, error) {
	return bridge.Call(w.room, "leaving.DryRun", func(ctx context.Context, s *Service) (DryRunView, error) {
		run, err := s.DryRun(ctx)
		v := DryRunView{
			Obstacles: append([]Obstacle{}, run.Obstacles...), Goes: append([]Count{}, run.Goes...), Stays: append([]Count{}, run.Stays...),
			Copies: run.Copies, Until: bridge.Moment(run.Until), Asked: run.Asked, MinPassphrase: MinPassphrase,
			Replica: run.Replica,
		}
		all := append([]time.Time{}, run.Backups.Moments...)
		v.Where = run.Backups.Folder
		if last := run.Backups.Last; last.Path != "" {
			if len(all) == 0 || last.At.After(all[0]) {
				v.Where = filepath.Dir(last.Path)
			}
			all = append(all, last.At)
		}
		if v.Backups = len(all); v.Backups > 0 {
			v.Oldest, v.Newest = bridge.Moment(slices.MinFunc(all, time.Time.Compare)), bridge.Moment(slices.MaxFunc(all, time.Time.Compare))
		}
		return v, err
	})
}

// SaveKit writes everything of the account to a file that the person chooses, encrypted with the passphrase. Title and
// name are those of the dialog.
func (w *Window) SaveKit(passphrase, title, name string) (v KitView, err error) {
	v.Files = []Entry{}
	dialog := bridge.SaveDialog{Title: title, Name: name, Filter: "ZIP (age)", Ending: "age"}
	v.Name, err = bridge.Save(w.room, "leaving.Kit", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		kit, manifest, err := s.Kit(ctx, passphrase)
		v.Files = append(v.Files, manifest...)
		return kit, err
	})
	return v, err
}

// Delete deletes the account for good, after the password was given one last time, and the copies from before unless they
// are to be left.
func (w *Window) Delete(password string, leaveCopies bool) error {
	return bridge.Do(w.room, "leaving.Delete", func(ctx context.Context, s *Service) error { return s.Delete(ctx, password, leaveCopies) })
}
