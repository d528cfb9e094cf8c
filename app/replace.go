package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/replica"
	"kontor/internal/host/sqlite"
)

// replaceable are the reasons for which no workspace is open that leave nothing to be kept from whoever is at the window:
// something else may then be put in its place without a password.
var replaceable = []string{sqlite.ReasonDamaged, sqlite.ReasonEmpty, sqlite.ReasonFolder, sqlite.ReasonNotUpdated, reasonMissing}

// mayReplace tells whether the workspace, which is closed, may be replaced. Another computer may have one open that this one
// only could not open.
func (a *App) mayReplace() error {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.workspace != nil {
		return fault.New(fault.Conflict, "workspace_open")
	}
	if !slices.Contains(replaceable, fault.ReasonOf(a.fault)) {
		return fault.New(fault.Conflict, "workspace_whole")
	}
	return nil
}

// alone holds the workspace, which is closed here, while something is put in its place. Error: Conflict/reasonInUse while
// somebody else has it open.
func (a *App) alone(do func() error) error {
	w := way{place: a.options.Disk(a.options.Workspace)}
	if err := a.take(&w, a.options.Workspace, insist{}); err != nil {
		return err
	}
	defer w.leave()
	if w.beside != nil {
		return w.beside
	}
	return do()
}

// KnownView is what is known of a workspace that cannot be opened.
type KnownView struct {
	Size    string   `json:"size"`    // bytes of its file; "0" if there is none
	Written string   `json:"written"` // RFC 3339; "" if there is none
	Opened  string   `json:"opened"`  // when Kontor opened it last, as far as the log goes back
	Closed  string   `json:"closed"`  // when it was closed properly; "" if the program or the computer ended in the middle
	Sent    string   `json:"sent"`    // what was sent last to the place of a second computer is of this moment; "" for nothing
	Whole   []string `json:"whole"`   // kinds of records that can be read to their end
	Broken  []string `json:"broken"`  // and those that cannot
}

// lookedFor is how long a file that cannot be trusted is read at most, to tell what of it can be.
const lookedFor = 5 * time.Second

// Known tells what is known of a workspace that cannot be opened. Nothing of it is changed.
func (s *SystemService) Known() (KnownView, error) {
	return closed(s.app, "system.Known", func(ctx context.Context) (KnownView, error) {
		a := s.app
		ctx, cancel := context.WithTimeout(ctx, lookedFor)
		defer cancel()
		tables := []string{}
		for _, kind := range kinds {
			tables = append(tables, kind.Tables...)
		}
		k := sqlite.KnownOf(ctx, a.database(), tables)
		v := KnownView{
			Size: strconv.FormatInt(k.Size, 10), Written: bridge.Moment(k.Written), Opened: bridge.Moment(a.lastOpened()), Closed: bridge.Moment(k.Closed),
			Sent:  bridge.Moment(replica.LastSent(a.options.Workspace).At),
			Whole: []string{}, Broken: []string{},
		}
		for _, kind := range kinds {
			switch {
			case slices.ContainsFunc(kind.Tables, func(table string) bool { return slices.Contains(k.Broken, table) }):
				v.Broken = append(v.Broken, kind.Name)
			case !slices.ContainsFunc(kind.Tables, func(table string) bool { return !slices.Contains(k.Whole, table) }):
				v.Whole = append(v.Whole, kind.Name)
			}
		}
		return v, nil
	})
}

// lastOpened is when the workspace was opened last; zero if the log does not tell.
func (a *App) lastOpened() (last time.Time) {
	logs, _ := filepath.Glob(filepath.Join(a.options.Workspace, logFiles)) // the pattern is well formed
	for _, log := range logs {
		text, err := os.ReadFile(log)
		if err != nil {
			continue
		}
		for line := range bytes.Lines(text) {
			var entry struct {
				Time time.Time `json:"time"`
				Msg  string    `json:"msg"`
			}
			if bytes.Contains(line, []byte(workspaceIsOpen)) && json.Unmarshal(line, &entry) == nil && entry.Msg == workspaceIsOpen && entry.Time.After(last) {
				last = entry.Time
			}
		}
	}
	return last
}
