package app

import (
	"io"
	"path/filepath"

	"kontor/internal/core/fault"
	"kontor/internal/host/export"
)

// SaveDialog asks where a file shall go.
type SaveDialog struct {
	Title  string
	Name   string // proposed file name
	Filter string // name of the kind, e.g. "CSV"
	Ending string // e.g. "csv"
}

// Dialogs are the system's own dialogs, which only the window can open.
type Dialogs interface {
	// Save returns the chosen path, or "" if the person thought better of it.
	Save(SaveDialog) (string, error)
}

// OpenDialog asks which file to take.
type OpenDialog struct {
	Title   string
	Filter  string   // name of the kind, e.g. "PNG, JPEG"
	Endings []string // e.g. "png"
}

// Picker opens the system's dialog for choosing a file, which only the window can.
type Picker interface {
	// Open returns the chosen path, or "" if the person thought better of it.
	Open(OpenDialog) (string, error)
}

// UsePicker is called by the window when it can open dialogs.
func (a *App) UsePicker(p Picker) { a.picker.Store(&p) }

// UseDialogs is called by the window when it can open dialogs.
func (a *App) UseDialogs(d Dialogs) {
	a.dialogs.Store(&d)
}

// savePath asks the person for a path. It runs outside of call: a dialog may stay open for as long as it likes.
func (a *App) savePath(d SaveDialog) (string, error) {
	dialogs := a.dialogs.Load()
	if dialogs == nil {
		return "", fault.New(fault.Unavailable, "no_dialog")
	}
	path, err := (*dialogs).Save(d)
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "no_dialog")
	}
	return path, nil
}

// saveFile writes data to a file that the person chooses and returns its name; "" if none was chosen.
func (a *App) saveFile(d SaveDialog, data []byte) (string, error) {
	path, err := a.savePath(d)
	if err != nil || path == "" {
		return "", err
	}
	err = export.Save(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "not_written")
	}
	return filepath.Base(path), nil
}
