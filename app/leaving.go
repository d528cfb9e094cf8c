package app

import (
	"context"
	"path/filepath"

	"kontor/internal/host/bridge"

	"kontor/internal/flow/leaving"
)

// LeavingService deletes the account of the person who is signed in.
type LeavingService struct{ app *App }

// CountView is how many of a kind of thing go or stay. Its words are profile_leaving_<kind>.
type CountView struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

// LeavingObstacleView is an organization that would be left without anybody who answers for it.
type LeavingObstacleView struct {
	Kind           string `json:"kind"` // only_member, only_legal_representative
	OrganizationID string `json:"organizationId"`
	Name           string `json:"name"`
}

// DryRunView is what deleting the account would do.
type DryRunView struct {
	Obstacles     []LeavingObstacleView `json:"obstacles"`
	Goes          []CountView           `json:"goes"`
	Stays         []CountView           `json:"stays"`
	Copies        int                   `json:"copies"` // safety copies that are removed too
	MinPassphrase int                   `json:"minPassphrase"`
}

// KitView is what a leaving kit holds, and the name of the file that it was saved as.
type KitView struct {
	Name  string        `json:"name"` // "" if the person chose no place
	Files []KitFileView `json:"files"`
}

// KitFileView is one file of a kit.
type KitFileView struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// DryRun says what deleting the account would do. It changes nothing.
func (s *LeavingService) DryRun() (DryRunView, error) {
	return call(s.app, "leaving.DryRun", func(ctx context.Context, h *workspace) (DryRunView, error) {
		run, err := h.leaving.DryRun(ctx)
		v := DryRunView{
			Obstacles: []LeavingObstacleView{}, Goes: []CountView{}, Stays: []CountView{},
			Copies: run.Copies, MinPassphrase: leaving.MinPassphrase,
		}
		for _, o := range run.Obstacles {
			v.Obstacles = append(v.Obstacles, LeavingObstacleView(o))
		}
		for _, c := range run.Goes {
			v.Goes = append(v.Goes, CountView(c))
		}
		for _, c := range run.Stays {
			v.Stays = append(v.Stays, CountView(c))
		}
		return v, err
	})
}

// SaveKit writes everything of the account to a file that the person chooses, encrypted with the passphrase. Title and
// name are those of the dialog.
func (s *LeavingService) SaveKit(passphrase, title, name string) (KitView, error) {
	var kit []byte
	v, err := call(s.app, "leaving.Kit", func(ctx context.Context, h *workspace) (KitView, error) {
		data, manifest, err := h.leaving.Kit(ctx, passphrase)
		kit = data
		v := KitView{Files: []KitFileView{}}
		for _, f := range manifest {
			v.Files = append(v.Files, KitFileView(f))
		}
		return v, err
	})
	if err != nil {
		return v, err
	}
	v.Name, err = s.app.saveFile(bridge.SaveDialog{Title: title, Name: name, Filter: "ZIP (age)", Ending: "age"}, kit)
	return v, err
}

// Delete deletes the account for good, after the password was given one last time.
func (s *LeavingService) Delete(password string) error {
	return do(s.app, "leaving.Delete", func(ctx context.Context, h *workspace) error { return h.leaving.Delete(ctx, password) })
}

// leavingOf wires the act for a workspace: the account itself goes last.
func leavingOf(h *workspace) *leaving.Service {
	return leaving.NewService(h.db, h.journal, h.sessions, filepath.Join(h.path, copiesFolder),
		h.journal, h.sessions, h.notices, h.mail, h.organizations, h.profiles)
}
