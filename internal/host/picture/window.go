package picture

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// Window asks for pictures in the system's own dialog.
type Window struct{ shell *bridge.Shell }

// NewWindow lets the page ask for pictures.
func NewWindow(shell *bridge.Shell) *Window { return &Window{shell} }

// FileView is a picture file that a person chose, as it is on the disk.
type FileView struct {
	Name string `json:"name"` // "" if none was chosen
	Data string `json:"data"` // base64
}

// Pick asks for a picture file in the system's own dialog; with drawings, SVG is offered too. The content
// decides later what is taken; what is no plain file, or larger than any picture may be, is refused before it
// is read.
func (w *Window) Pick(title string, drawings bool) (FileView, error) {
	ask := bridge.OpenDialog{Title: title, Filter: "PNG, JPEG, GIF, WebP, AVIF", Endings: []string{"png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "heif"}} // the last two are refused with what to do
	if drawings {
		ask.Filter, ask.Endings = ask.Filter+", SVG", append(ask.Endings, "svg")
	}
	path, err := w.shell.AskOpen(ask)
	if err != nil || path == "" {
		return FileView{}, err
	}
	return bridge.Outside(w.shell, "picture.Pick", func(context.Context) (FileView, error) {
		data, err := readPicture(path)
		return FileView{filepath.Base(path), base64.StdEncoding.EncodeToString(data)}, err
	})
}

// readPicture reads a file that may be a picture.
func readPicture(path string) ([]byte, error) {
	heavy := Heavy(true)
	info, err := os.Stat(path) // before it is opened: a pipe would keep us waiting
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return nil, fault.Wrap(err, fault.Unavailable, "not_read")
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fault.New(fault.Invalid, ReasonUnknown)
	case info.Size() > MaxPhotoBytes:
		return nil, heavy
	}
	file, err := os.Open(path) //nolint:gosec // the person chose it in the system's dialog
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "not_read")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxPhotoBytes+1)) // it may have grown meanwhile
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "not_read")
	}
	if len(data) > MaxPhotoBytes {
		return nil, heavy
	}
	return data, nil
}
