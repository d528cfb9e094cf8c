package app

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/flow/sample"
	"kontor/internal/host/bridge"
	"kontor/internal/host/logging"
	"kontor/internal/host/settings"
)

// SystemService tells the window about the program itself.
type SystemService struct{ app *App }

// SystemView is the state of the program and its workspace.
type SystemView struct {
	Version   string `json:"version"`
	Workspace string `json:"workspace"`
	Logs      string `json:"logs"` // folder of the log
	Sample    bool   `json:"sample"`
	Password  string `json:"password"` // of the sample's person, to try what asks for one; "" outside the sample
	LeftOpen  bool   `json:"leftOpen"` // this is the own workspace, and the window was closed while the sample was open
	Speaks    string `json:"speaks"`   // the language of the window before anybody has signed in
	Writes    string `json:"writes"`   // and its locale for figures and days, e.g. "it-CH"
	Fault     string `json:"fault"`    // why no workspace is open, as fault JSON; "" if one is
	Look      string `json:"look"`     // why the workspace can only be looked at, as fault JSON; "" if it can be changed
	Beside    string `json:"beside"`   // who else has it open on this computer, as fault JSON; "" if nobody has
	Synced    string `json:"synced"`   // the program that keeps the workspace's folder the same elsewhere; "" once that was read
	Altered   string `json:"altered"`  // RFC 3339: the file is not as Kontor closed it then; "" if it is

	Notes []StartNote `json:"notes"` // what the start had to do without
}

// StartNote is something that the program had to start without.
type StartNote struct {
	Without string `json:"without"` // log: none is kept; claim: a second start opens a second window
	Path    string `json:"path"`    // the folder that could not be used, of a log
}

// State never fails: a window without a workspace has to say why.
func (s *SystemService) State() SystemView {
	v := SystemView{Version: s.app.options.Version, Workspace: s.app.options.Workspace, Logs: logging.Folder(s.app.options.Workspace), Notes: append([]StartNote{}, s.app.options.Notes...)}
	locale := s.app.locale(context.Background())
	v.Speaks, v.Writes = locale.Language, locale.Tag()
	_, err := call(s.app, "system.State", func(ctx context.Context, h *workspace) (struct{}, error) {
		if v.Workspace, v.Sample = h.path, h.sample; v.Sample {
			v.Password = sample.Password
		}
		if h.way.look != nil {
			v.Look = fault.JSON(h.way.look)
		}
		if h.way.beside != nil {
			v.Beside = fault.JSON(h.way.beside)
		}
		v.Altered = bridge.Moment(h.db.State().Altered)
		var err error
		if v.Synced, err = h.synced(ctx); err != nil {
			return struct{}{}, err
		}
		left, err := h.settings.Text(ctx, h.db.Reader(), settings.Workspace, sampleOpenKey)
		v.LeftOpen = left != ""
		return struct{}{}, err
	})
	if err != nil {
		v.Fault = fault.JSON(err)
	}
	return v
}

// Zoom shows the page at 50 to 300 per cent of its size. False: the web view of this system cannot, and the page has to.
func (s *SystemService) Zoom(percent int) bool {
	return s.app.options.Zoom != nil && s.app.options.Zoom(min(max(percent, 50), 300))
}

// Copy puts a text on the clipboard. What is secret (a password, a code, an account number) stays out of the histories of
// clipboard programs, and leaves it again after half a minute or with the program.
func (s *SystemService) Copy(text string, secret bool) error {
	_, err := bridge.Outside(s.app.shell, "system.Copy", func(context.Context) (struct{}, error) {
		return struct{}{}, s.app.put(text, secret)
	})
	return err
}

// Reopen tries again to open the person's workspace, after whatever kept it closed was put right.
func (s *SystemService) Reopen() error {
	s.app.turn.Lock()
	defer s.app.turn.Unlock()
	if s.State().Fault == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), bridge.Patience)
	defer cancel()
	return s.app.Open(ctx)
}
