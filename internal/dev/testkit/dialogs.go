package testkit

import (
	"path/filepath"

	"kontor/internal/host/bridge"
)

// Dialogs are system dialogs in which somebody always answers the same. They keep what they were asked.
type Dialogs struct {
	Path   string // what is chosen; "" for a person who thinks better of it
	Folder string // if set, every file is saved there under its proposed name
	Err    error
	Saved  []bridge.SaveDialog
	Opened []bridge.OpenDialog
}

// Save answers where a file shall go.
func (d *Dialogs) Save(asked bridge.SaveDialog) (string, error) {
	d.Saved = append(d.Saved, asked)
	if d.Folder != "" {
		return filepath.Join(d.Folder, asked.Name), d.Err
	}
	return d.Path, d.Err
}

// Open answers which file to take.
func (d *Dialogs) Open(asked bridge.OpenDialog) (string, error) {
	d.Opened = append(d.Opened, asked)
	return d.Path, d.Err
}

// Directory answers which folder to take.
func (d *Dialogs) Directory(string) (string, error) { return d.Path, d.Err }

// Deaf is an Emit that nobody hears.
func Deaf(string, ...any) {}
