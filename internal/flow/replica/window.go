package replica

import (
	"context"
	"fmt"

	"kontor/internal/core/fault"
	"kontor/internal/host/archive"
	"kontor/internal/host/bridge"
	"kontor/internal/host/replica"
)

// Window is what the page may call to keep a replica of the open workspace.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// PlaceView is where a replica lies, or shall.
type PlaceView struct {
	Address     string `json:"address"` // https://…, sftp://…, or a folder
	User        string `json:"user"`
	Password    string `json:"password"`    // only on its way in; "" keeps the one that was given
	Fingerprint string `json:"fingerprint"` // only on its way in: of the server's key, which the person confirms; "" keeps the one that she confirmed
}

// Where is the place that is meant.
func (v PlaceView) Where() replica.Where {
	return replica.Where{Address: v.Address, User: v.User, Password: v.Password, Fingerprint: v.Fingerprint}
}

// StateView is how the replica stands.
type StateView struct {
	State         string    `json:"state"` // off, looking, sent, behind, away (it is tried again), paused (until a person decides)
	Place         PlaceView `json:"place"`
	Last          string    `json:"last"`      // RFC 3339: what was sent last is of this moment; "" for nothing yet
	Size          string    `json:"size"`      // bytes of it
	Behind        string    `json:"behind"`    // RFC 3339: since when there are changes that were not sent; "" for none that are known
	Since         string    `json:"since"`     // RFC 3339: since when nothing is sent; "" if everything is well
	Fault         string    `json:"fault"`     // why, as fault JSON
	Reason        string    `json:"reason"`    // of the fault
	Exclusive     bool      `json:"exclusive"` // the place keeps two apart that begin to write at the same moment
	Known         bool      `json:"known"`     // what opens it can be had
	MinPassphrase int       `json:"minPassphrase"`
}

// Get says how the replica stands.
func (w *Window) Get() (StateView, error) { return bridge.Call(w.room, "replica.Get", state) }

func state(ctx context.Context, s *Service) (StateView, error) {
	st, err := s.State(ctx)
	v := StateView{
		State: "off", Place: PlaceView{Address: st.Where.Address, User: st.Where.User}, Exclusive: st.Exclusive, Known: st.Known,
		MinPassphrase: archive.MinPassphrase,
	}
	if err != nil || !st.On {
		return v, err
	}
	v.Last, v.Behind, v.Since = bridge.Moment(st.Last.At), bridge.Moment(st.Behind), ""
	if v.Last != "" {
		v.Size = fmt.Sprint(st.Last.Size)
	}
	switch {
	case st.Paused():
		v.State = "paused"
	case st.Fault != nil:
		v.State = "away"
	case !st.Looked:
		v.State = "looking"
	case !st.Behind.IsZero():
		v.State = "behind"
	default:
		v.State = "sent"
	}
	if st.Fault != nil {
		v.Since, v.Fault, v.Reason = bridge.Moment(st.Since), fault.JSON(st.Fault), fault.ReasonOf(st.Fault)
	}
	return v, nil
}

// ComputerView is a computer that has written there.
type ComputerView struct {
	Name   string `json:"name"`
	At     string `json:"at"`     // RFC 3339: when it was last heard of, by its clock
	Writes bool   `json:"writes"` // it is the one that writes
	Here   bool   `json:"here"`   // it is this one
	Closed bool   `json:"closed"` // it has sent everything, and Kontor is closed there
}

// Computers asks the place which computers have written there.
func (w *Window) Computers() ([]ComputerView, error) {
	return bridge.Call(w.room, "replica.Computers", func(ctx context.Context, s *Service) ([]ComputerView, error) {
		all, err := s.Computers(ctx)
		views := []ComputerView{}
		for _, c := range all {
			views = append(views, ComputerView{c.Computer, bridge.Moment(c.At), c.Writes, c.Here, c.Closed})
		}
		return views, err
	})
}

// Set begins to send to a place; the passphrase opens what is there, or seals what is begun.
func (w *Window) Set(place PlaceView, passphrase, again string) (StateView, error) {
	return w.after("replica.Set", func(ctx context.Context, s *Service) error { return s.Set(ctx, place.Where(), passphrase, again) })
}

// Off ends the sending, and removes what was sent if it shall.
func (w *Window) Off(remove bool) (StateView, error) {
	return w.after("replica.Off", func(ctx context.Context, s *Service) error { return s.Off(ctx, remove) })
}

// SendNow sends what has changed at once.
func (w *Window) SendNow() (StateView, error) {
	return w.after("replica.SendNow", func(ctx context.Context, s *Service) error { return s.SendNow(ctx) })
}

// GoOn makes this computer write, with what it holds; what another sent stays whole beside.
func (w *Window) GoOn() (StateView, error) {
	return w.after("replica.GoOn", func(ctx context.Context, s *Service) error { return s.GoOn(ctx) })
}

func (w *Window) after(name string, do func(ctx context.Context, s *Service) error) (StateView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (StateView, error) {
		if err := do(ctx, s); err != nil {
			return StateView{}, err
		}
		return state(ctx, s)
	})
}
