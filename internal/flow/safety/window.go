package safety

import (
	"context"
	"fmt"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// Window is what the page may call of the copies of the workspace that is open.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// CopyView is a copy of the workspace.
type CopyView struct {
	Name string `json:"name"`
	Why  string `json:"why"`  // daily, asked, before-update, before-restore, before-import, before-deletion, after-deletion
	At   string `json:"at"`   // RFC 3339, UTC
	Size string `json:"size"` // bytes
}

// OverviewView is everything about the copies.
type OverviewView struct {
	Copies  []CopyView `json:"copies"` // newest first
	Total   string     `json:"total"`  // bytes of all copies
	Space   string     `json:"space"`  // bytes that they may take
	Spaces  []string   `json:"spaces"` // what can be chosen; the first is the default
	Crashed bool       `json:"crashed"`
	Altered string     `json:"altered"` // RFC 3339: the file is not as Kontor closed it then; "" if it is
}

// DifferenceView is how many records of a kind there are now and in a copy.
type DifferenceView struct {
	Kind string `json:"kind"`
	Now  string `json:"now"`
	Then string `json:"then"`
	Lost string `json:"lost"` // how many fewer there would be
}

// View is a copy for the window.
func View(c sqlite.Copy) CopyView {
	return CopyView{Name: c.Name, Why: string(c.Why), At: bridge.Moment(c.At), Size: fmt.Sprint(c.Size)}
}

// Get lists the copies.
func (w *Window) Get() (OverviewView, error) {
	return bridge.Call(w.room, "safety.Get", overview)
}

func overview(ctx context.Context, s *Service) (OverviewView, error) {
	o, err := s.Overview(ctx)
	v := OverviewView{Copies: []CopyView{}, Space: fmt.Sprint(o.Space), Crashed: o.State.Crashed, Altered: bridge.Moment(o.State.Altered)}
	var total int64
	for _, c := range o.Copies {
		v.Copies = append(v.Copies, View(c))
		total += c.Size
	}
	v.Total = fmt.Sprint(total)
	for _, n := range Spaces {
		v.Spaces = append(v.Spaces, fmt.Sprint(n))
	}
	return v, err
}

// Make starts to make a copy of the workspace as it is now.
func (w *Window) Make() (bridge.JobView, error) {
	return bridge.Call(w.room, "safety.Make", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		return bridge.Start(ctx, w.room.Shell().Jobs, "safety.Make", func(ctx context.Context, _ func(done, total int64)) (string, error) {
			c, err := s.Make(ctx)
			return c.Name, err
		}), nil
	})
}

// Drop removes a copy for good.
func (w *Window) Drop(name string) (OverviewView, error) {
	return bridge.Call(w.room, "safety.Drop", func(ctx context.Context, s *Service) (OverviewView, error) {
		if err := s.Drop(ctx, name); err != nil {
			return OverviewView{}, err
		}
		return overview(ctx, s)
	})
}

// SetSpace says how much room the copies may take, in bytes.
func (w *Window) SetSpace(space string) (OverviewView, error) {
	return bridge.Call(w.room, "safety.SetSpace", func(ctx context.Context, s *Service) (OverviewView, error) {
		n, err := strconv.ParseInt(space, 10, 64)
		if err != nil {
			return OverviewView{}, fault.Wrap(err, fault.Invalid, "")
		}
		if err := s.SetSpace(ctx, n); err != nil {
			return OverviewView{}, err
		}
		return overview(ctx, s)
	})
}

// Compare says what putting a copy back would change.
func (w *Window) Compare(name string) ([]DifferenceView, error) {
	return bridge.Call(w.room, "safety.Compare", func(ctx context.Context, s *Service) ([]DifferenceView, error) {
		list, err := s.Compare(ctx, name)
		return Views(list), err
	})
}

// Views are differences for the window.
func Views(list []Difference) []DifferenceView {
	views := []DifferenceView{}
	for _, d := range list {
		views = append(views, DifferenceView{Kind: d.Kind, Now: fmt.Sprint(d.Now), Then: fmt.Sprint(d.Then), Lost: fmt.Sprint(max(0, d.Now-d.Then))})
	}
	return views
}
