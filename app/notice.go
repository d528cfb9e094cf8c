package app

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/flow/notice"
)

// NoticeCame is the event after which the window asks NoticeService again.
const NoticeCame = "notice:came"

// NoticeService shows what the person was told of sign-ins.
type NoticeService struct{ app *App }

// NoticeView is one notice. Its words are session_notice_<kind>.
type NoticeView struct {
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
func (s *NoticeService) List() ([]NoticeView, error) {
	return call(s.app, "notice.List", func(ctx context.Context, h *workspace) ([]NoticeView, error) {
		list, err := h.notices.List(ctx)
		views := []NoticeView{}
		for _, n := range list {
			views = append(views, NoticeView{
				ID: n.ID, Kind: string(n.Kind), At: n.At.UTC().Format(time.RFC3339Nano), Device: n.Device, System: n.System, Address: n.Address,
				Mailed: n.LetterID != "", Seen: !n.SeenAt.IsZero(),
			})
		}
		return views, err
	})
}

// Seen notes that the person has looked at all notices up to that moment, as List gave it.
func (s *NoticeService) Seen(upTo string) error {
	return do(s.app, "notice.Seen", func(ctx context.Context, h *workspace) error {
		at, err := time.Parse(time.RFC3339Nano, upTo)
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "")
		}
		return h.notices.Seen(ctx, at)
	})
}

// waitingNotices is the share of the notices in what waits: one line for each kind that nobody has looked at.
func waitingNotices(n *notice.Service) waiting.Source {
	return func(ctx context.Context) ([]waiting.Line, error) {
		groups, err := n.Unseen(ctx)
		lines := []waiting.Line{}
		for _, g := range groups {
			lines = append(lines, waiting.Line{
				Area: "session", Kind: "notice_" + string(g.Kind), Urgency: waiting.Unusual, At: g.Last, Route: "/session/notices",
				Params: map[string]string{"n": strconv.Itoa(g.Count), "device": g.Device},
			})
		}
		return lines, err
	}
}
