package replica

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Folder is where, in that of the workspace, this computer keeps what it has sent. It is this computer's: it is in no
// backup and in no replica, and counts nowhere else.
const Folder = ".replica"

// The files in it.
const (
	stateFile = "state.json"
	pagesFile = "pages"
	nowFile   = "now.db" // the snapshot that is being sent
	outFile   = "out"    // and what is sent of it
)

// State is what this computer knows of its own sending. The zero value is that of a computer that does not write.
type State struct {
	Workspace string    `json:"workspace"`
	Machine   string    `json:"machine"` // and Dir: elsewhere it is a copy, which must not write into the same path
	Dir       string    `json:"dir"`
	Number    int       `json:"number"` // of this computer's claim
	Path      string    `json:"path"`
	Tried     int       `json:"tried"` // the last number that a version was to get
	Last      Sent      `json:"last"`  // zero for none yet
	Begun     beginning `json:"begun"`
	Exclusive bool      `json:"exclusive"` // see Probe
}

// Sent is a version that was read back.
type Sent struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`   // the state is of this moment
	Size int64     `json:"size"` // bytes that were sent
}

// beginning is the whole database that the last version stands on.
type beginning struct {
	At       time.Time `json:"at"`
	Size     int64     `json:"size"`
	Since    int64     `json:"since"` // bytes of what was sent since
	Count    int       `json:"count"` // versions since
	Pictures []string  `json:"pictures"`
}

func (l *Line) file(name string) string { return filepath.Join(l.o.Dir, Folder, name) }

// State is what this computer knows, if it is of this workspace and was written in this place.
func (l *Line) State() (s State, err error) {
	b, err := os.ReadFile(l.file(stateFile))
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil || s.Workspace != l.o.Workspace || s.Machine != l.o.Machine || s.Dir != l.o.Dir {
		return State{}, nil //nolint:nilerr // what cannot be read says nothing: this computer does not write
	}
	return s, nil
}

// LastSent is what was sent last from the workspace in a folder, as far as the folder tells; zero for nothing. Nothing is asked: it may
// be gone by now, and the workspace need not be one that can be opened.
func LastSent(dir string) Sent {
	var s State
	b, err := os.ReadFile(filepath.Join(dir, Folder, stateFile))
	if err != nil || json.Unmarshal(b, &s) != nil {
		return Sent{}
	}
	return s.Last
}

func (l *Line) keepState(s State) error {
	s.Workspace, s.Machine, s.Dir = l.o.Workspace, l.o.Machine, l.o.Dir
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return l.keepFile(stateFile, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// Stop forgets that this computer writes. What it sent stays where it is.
func Stop(dir string) error { return ofDisk(os.RemoveAll(filepath.Join(dir, Folder))) }

// keepFile replaces a file as a whole.
func (l *Line) keepFile(name string, write func(w io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Join(l.o.Dir, Folder), 0o700); err != nil {
		return ofDisk(err)
	}
	f, err := os.OpenFile(l.file(name)+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return ofDisk(err)
	}
	w := bufio.NewWriterSize(f, 1<<16)
	err = write(w)
	if err = errors.Join(err, w.Flush(), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), l.file(name))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return ofDisk(err)
}

// sum is that of one page.
const sum = 32

// keepPages keeps the sums of the pages of a version.
func (l *Line) keepPages(version string, sums []byte) error {
	return l.keepFile(pagesFile, func(w io.Writer) error {
		_, err := io.WriteString(w, version+"\n")
		if err == nil {
			_, err = w.Write(sums)
		}
		return err
	})
}

// pages are the sums of the pages of a version; none if they are of another, or not whole.
func (l *Line) pages(version string) []byte {
	b, err := os.ReadFile(l.file(pagesFile))
	n := len(version) + 1
	if err != nil || version == "" || len(b) < n || string(b[:n]) != version+"\n" || (len(b)-n)%sum != 0 {
		return nil
	}
	return b[n:]
}
