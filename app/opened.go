package app

import (
	"context"
	"encoding/base64"
	"path/filepath"
	"sync"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/ownfile"
)

// fileOpened is the event that a file was opened from outside, see SystemService.Opened.
const fileOpened = "file:opened"

// OpenedView is a file of the program's own that was opened from outside, e.g. by a double click.
type OpenedView struct {
	Kind string `json:"kind"` // as ownfile.Kind; "" for none
	Path string `json:"path"` // absolute
	Name string `json:"name"` // of the file
	Data string `json:"data"` // base64: its content, of a signed message
}

// handed is the file that was opened from outside last, until somebody may be asked about it.
type handed struct {
	mu   sync.Mutex
	path string
}

func (h *handed) keep(path string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.path = path
}

func (h *handed) kept() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.path
}

// take forgets the file, unless another has come meanwhile; false if it has.
func (h *handed) take(path string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.path != path {
		return false
	}
	h.path = ""
	return true
}

// Hand keeps a file that was opened from outside until the page takes it, and tells the page, if there is one yet. path is as
// ownfile.Locate gives it; "" is no file. Nothing of the file is read.
func (a *App) Hand(path string) {
	if path == "" || ownfile.Of(path) == "" {
		return
	}
	a.handed.keep(path)
	a.shell.EmitBeside(fileOpened)
}

// Opened gives the file that was opened from outside, once. It waits for whoever may have it: while somebody has to sign in
// first, or the window is locked, there is none, and nothing of it is read. Whoever is signed in and may not do with it what it
// is for is refused, and it is forgotten. Requires access.KeepWorkspace where a backup's workspace has accounts,
// access.ManageClients for a signed message, access.OwnAccount for an organization.
func (s *SystemService) Opened() (OpenedView, error) {
	path := s.app.handed.kept()
	if path == "" {
		return OpenedView{}, nil
	}
	kind := ownfile.Of(path)
	wait, err := s.mayOpen(kind)
	if wait || !s.app.handed.take(path) {
		return OpenedView{}, nil
	}
	return bridge.Outside(s.app.shell, "system.Opened", func(context.Context) (OpenedView, error) {
		v := OpenedView{Kind: string(kind), Path: path, Name: filepath.Base(path)}
		if err != nil || kind != ownfile.Signed {
			return v, err
		}
		data, whole, err := ownfile.Read(path, client.MaxSigned)
		if err != nil {
			return OpenedView{}, fault.Wrap(err, fault.Unavailable, "not_read")
		}
		if !whole {
			return OpenedView{}, fault.New(fault.Invalid, client.ReasonUnknownMessage)
		}
		v.Data = base64.StdEncoding.EncodeToString(data)
		return v, nil
	})
}

// mayOpen tells whether whoever is at the window may do with a file what it is for, or somebody has to come first who may. A
// backup may be opened where there is no workspace too; what then keeps it from being put in place is said in its dialog.
func (s *SystemService) mayOpen(kind ownfile.Kind) (wait bool, err error) {
	if s.State().Fault != "" {
		return kind != ownfile.Backup, nil
	}
	if kind == ownfile.Backup {
		_, err := s.mayRestore()
		return fault.CodeOf(err) == fault.Unauthenticated, err
	}
	capability := access.OwnAccount
	if kind == ownfile.Signed {
		capability = access.ManageClients
	}
	err = do(s.app, "system.Opened", func(ctx context.Context, _ *workspace) error {
		_, err := access.Require(ctx, capability)
		return err
	})
	return fault.CodeOf(err) == fault.Unauthenticated, err
}
