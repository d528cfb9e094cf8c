package bridge

import (
	"context"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/host/export"
)

// SaveDialog asks where a file shall go.
type SaveDialog struct {
	Title  string
	Name   string // proposed file name; AskSave makes it one that every system takes
	Filter string // name of the kind, e.g. "CSV"
	Ending string // e.g. "csv"
}

// OpenDialog asks which file to take.
type OpenDialog struct {
	Title   string
	Filter  string   // name of the kind, e.g. "PNG, JPEG"
	Endings []string // e.g. "png"
}

// Dialogs are the system's own dialogs, which only the window can open. All return the chosen path, or "" if the person
// thought better of it.
type Dialogs interface {
	Save(SaveDialog) (string, error)
	Open(OpenDialog) (string, error)
	Directory(title string) (string, error)
}

// AskSave asks the person for a path to write to; "" if none was chosen. A dialog may stay open for as long as it likes,
// so it is asked outside of a call. The path has the ending, unless another file would be overwritten that nobody was asked about.
func (s *Shell) AskSave(d SaveDialog) (string, error) {
	d.Name = export.FileName(d.Name, d.Ending)
	path, err := s.ask(func(all Dialogs) (string, error) { return all.Save(d) })
	return export.WithEnding(path, d.Ending, func(path string) bool { _, err := os.Lstat(path); return err == nil }), err
}

// AskOpen asks the person for a file to read; "" if none was chosen.
func (s *Shell) AskOpen(d OpenDialog) (string, error) {
	return s.ask(func(all Dialogs) (string, error) { return all.Open(d) })
}

// AskFolder asks the person for a folder; "" if none was chosen.
func (s *Shell) AskFolder(title string) (string, error) {
	return s.ask(func(all Dialogs) (string, error) { return all.Directory(title) })
}

func (s *Shell) ask(open func(Dialogs) (string, error)) (string, error) {
	dialogs := s.dialogs.Load()
	if dialogs == nil {
		return "", fault.New(fault.Unavailable, "no_dialog")
	}
	path, err := open(*dialogs)
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "no_dialog")
	}
	return path, nil
}

// AskSave is Shell.AskSave.
func (r Room[S]) AskSave(d SaveDialog) (string, error) { return r.shell.AskSave(d) }

// Shell is the program that the room belongs to.
func (r Room[S]) Shell() *Shell { return r.shell }

// Save makes a file, asks the person where it shall go, and writes it there. What is refused is refused before anybody
// is asked for a place. It returns the name of the file; "" if none was chosen.
func Save[S any](r Room[S], name string, d SaveDialog, content func(ctx context.Context, service S) ([]byte, error)) (string, error) {
	data, err := Call(r, name, content)
	if err != nil {
		return "", err
	}
	path, err := r.AskSave(d)
	if err != nil || path == "" {
		return "", err
	}
	return Outside(r.shell, name, func(context.Context) (string, error) { return Write(path, data) })
}

// Export is Save for a file that the journal tells of: told is called when the person has chosen a place, before
// anything is written. What cannot be told is not written; what nobody wanted to keep is not told.
func Export[S any](r Room[S], name string, d SaveDialog, content func(ctx context.Context, service S) ([]byte, error), record func(ctx context.Context, service S) error) (string, error) {
	data, err := Call(r, name, content)
	if err != nil {
		return "", err
	}
	path, err := r.AskSave(d)
	if err != nil || path == "" {
		return "", err
	}
	return Call(r, name, func(ctx context.Context, service S) (string, error) {
		if err := record(ctx, service); err != nil {
			return "", err
		}
		return Write(path, data)
	})
}

// Write puts data at path, whole or not at all, and returns the file's name.
func Write(path string, data []byte) (string, error) {
	err := export.Save(path, func(w io.Writer) error { _, err := w.Write(data); return err })
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "not_written")
	}
	return filepath.Base(path), nil
}

// File reads a file that the window has sent as base64 text. Files of more than limit bytes are refused before they are
// decoded.
func File(data string, limit int) ([]byte, error) {
	if base64.StdEncoding.DecodedLen(len(data)) > limit+3 {
		return nil, fault.New(fault.Invalid, "file_too_large").With("max", strconv.Itoa(limit>>20))
	}
	file, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "")
	}
	return file, nil
}
