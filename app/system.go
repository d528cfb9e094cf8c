package app

import (
	"context"

	"kontor/internal/fault"
)

// SystemService tells the window about the program itself.
type SystemService struct{ app *App }

// SystemView is the state of the program and its workspace.
type SystemView struct {
	Version   string `json:"version"`
	Workspace string `json:"workspace"`
	Sample    bool   `json:"sample"`
	Fault     string `json:"fault"` // why no workspace is open, as fault JSON; "" if one is
}

// State never fails: a window without a workspace has to say why.
func (s *SystemService) State() SystemView {
	v := SystemView{Version: s.app.options.Version, Workspace: s.app.options.Workspace}
	_, err := call(s.app, "system.State", func(_ context.Context, h *house) (struct{}, error) {
		v.Workspace, v.Sample = h.path, h.sample
		return struct{}{}, nil
	})
	if err != nil {
		v.Fault = fault.JSON(err)
	}
	return v
}
