package notice

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// Came is the event after which the window asks for the notices again.
const Came = "notice:came"

// Window shows what the person was told of sign-ins.
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// View is one notice. Its words are session_notice_<kind>.
type View struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"` // sign_in, sign_in_failed, account_locked
	At      string `json:"at"`
	Device  string `json:"device"`
	System  string `json:"system"`
	Address string `json:"address"`
	Mailed  bool   `json:"mailed"` // it went into the mail queue
	Seen    bool   `json:"seen"`
}

// List returns the notices of the person who is signed in, newest first.
func (w *Window) List() ([]View, error) {
	return bridge.Call(w.room, "notice.List", func(ctx context.Context, s *Service) ([]View, error) {
		list, err := s.List(ctx)
		views := []View{}
		for _, n := range list {
			views = append(views, View{
				ID: n.ID, Kind: string(n.Kind), At: n.At.UTC().Format(time.RFC3339Nano), Device: n.Device, System: n.System, Address: n.Address,
				Mailed: n.LetterID != "", Seen: !n.SeenAt.IsZero(),
			})
		}
		return views, err
	})
}

// Seen notes that the person has looked at all notices up to that moment, as List gave it.
func (w *Window) Seen(upTo string) error {
	return bridge.Do(w.room, "notice.Seen", func(ctx context.Context, s *Service) error {
		at, err := time.Parse(time.RFC3339Nano, upTo)
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "")
		}
		return s.Seen(ctx, at)
	})
}
