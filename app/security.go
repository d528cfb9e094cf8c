package app

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// SecurityService shows the devices that are connected to the account, and how the account is protected.
type SecurityService struct{ app *App }

// DeviceView is one session.
type DeviceView struct {
	ID         string          `json:"id"`
	Current    bool            `json:"current"` // this window's
	OwnName    string          `json:"ownName"`
	Note       string          `json:"note"`
	Device     string          `json:"device"`
	System     string          `json:"system"`
	AppVersion string          `json:"appVersion"`
	Address    string          `json:"address"`
	Method     string          `json:"method"` // password, sso, stayed
	Stay       bool            `json:"stay"`
	FirstSeen  string          `json:"firstSeen"`
	LastActive string          `json:"lastActive"`
	EndedAt    string          `json:"endedAt"` // "" while it lives
	EndedBy    string          `json:"endedBy"` // self, other, password, recovery
	Highlights []HighlightView `json:"highlights"`
	Silenced   []string        `json:"silenced"` // rules that are not shown for its device
	Place      PlaceView       `json:"place"`
}

// PlaceView is where the network of a session is, as the person says.
type PlaceView struct {
	Name        string `json:"name"`
	Coordinates string `json:"coordinates"` // as a map writes them; "" if not known
}

// SaidInput is what a person says of a session. The place is that of its network.
type SaidInput struct {
	OwnName     string `json:"ownName"`
	Note        string `json:"note"`
	Place       string `json:"place"`
	Coordinates string `json:"coordinates"`
}

// HighlightView is one rule that applies to a session. Its words are session_rule_<rule>.
type HighlightView struct {
	Rule   string            `json:"rule"`
	Params map[string]string `json:"params"`
}

// DevicesView is what is connected, this window first, and what was.
type DevicesView struct {
	Alive []DeviceView `json:"alive"`
	Ended []DeviceView `json:"ended"`
}

// PolicyView is when the person is told and when the account is locked.
type PolicyView struct {
	NotifySuccess bool `json:"notifySuccess"`
	NotifyFailure bool `json:"notifyFailure"`
	LockOn        bool `json:"lockOn"`
	LockAfter     int  `json:"lockAfter"`
}

// ProtectionView is how the account is protected.
type ProtectionView struct {
	Policy      PolicyView `json:"policy"`
	Chosen      bool       `json:"chosen"` // false: these are Kontor's defaults
	CodesLeft   int        `json:"codesLeft"`
	CodesMade   int        `json:"codesMade"`
	HasPassword bool       `json:"hasPassword"`
	MinLock     int        `json:"minLock"`
	MaxLock     int        `json:"maxLock"`
}

// AdviceView is what the last ninety days would have been like under other settings.
type AdviceView struct {
	Days         int             `json:"days"`
	Failures     int             `json:"failures"`
	Successes    int             `json:"successes"`
	FailureMails int             `json:"failureMails"` // a month
	AllMails     int             `json:"allMails"`     // a month
	Thresholds   []ThresholdView `json:"thresholds"`
	Attempts     []AttemptView   `json:"attempts"`
}

// ThresholdView is a number of failures and how often it would have locked the account.
type ThresholdView struct {
	After int `json:"after"`
	Locks int `json:"locks"`
}

// AttemptView is one try to sign in.
type AttemptView struct {
	At      string `json:"at"`
	OK      bool   `json:"ok"`
	Method  string `json:"method"`
	Device  string `json:"device"`
	Address string `json:"address"`
}

// Devices lists the sessions of the person who is signed in.
func (s *SecurityService) Devices() (DevicesView, error) {
	return call(s.app, "security.Devices", func(ctx context.Context, h *workspace) (DevicesView, error) {
		d, err := h.sessions.Devices(ctx)
		v := DevicesView{Alive: []DeviceView{}, Ended: []DeviceView{}}
		for _, one := range d.Alive {
			view := deviceView(one.Session, one.Highlights, one.ID == d.Current)
			view.Silenced, view.Place = one.Silenced, PlaceView{one.Place.Name, one.Place.Coordinates()}
			v.Alive = append(v.Alive, view)
		}
		for _, one := range d.Ended {
			v.Ended = append(v.Ended, deviceView(one, nil, false))
		}
		return v, err
	})
}

// End ends another session.
func (s *SecurityService) End(id string) error {
	return do(s.app, "security.End", func(ctx context.Context, h *workspace) error { return h.sessions.End(ctx, id) })
}

// EndOthers ends every session but this window's, or only the unusual ones, and says how many.
func (s *SecurityService) EndOthers(onlyUnusual bool) (int, error) {
	return call(s.app, "security.EndOthers", func(ctx context.Context, h *workspace) (int, error) {
		return h.sessions.EndOthers(ctx, onlyUnusual)
	})
}

// Describe keeps what the person says of a session.
func (s *SecurityService) Describe(id string, in SaidInput) error {
	return do(s.app, "security.Describe", func(ctx context.Context, h *workspace) error {
		return h.sessions.Describe(ctx, id, session.Said(in))
	})
}

// Silence stops, or brings back, one rule's highlight for the device of a session.
func (s *SecurityService) Silence(id, rule string, on bool) error {
	return do(s.app, "security.Silence", func(ctx context.Context, h *workspace) error {
		return h.sessions.Silence(ctx, id, rule, on)
	})
}

// Protection returns the security settings.
func (s *SecurityService) Protection() (ProtectionView, error) {
	return call(s.app, "security.Protection", func(ctx context.Context, h *workspace) (ProtectionView, error) {
		p, err := h.sessions.Protection(ctx)
		return ProtectionView{
			Policy: PolicyView(p.Policy), Chosen: p.Chosen, CodesLeft: p.CodesLeft, CodesMade: p.CodesMade,
			HasPassword: p.HasPassword, MinLock: session.MinLockAfter, MaxLock: session.MaxLockAfter,
		}, err
	})
}

// SetPolicy changes the security settings.
func (s *SecurityService) SetPolicy(in PolicyView) error {
	return do(s.app, "security.SetPolicy", func(ctx context.Context, h *workspace) error {
		return h.sessions.SetPolicy(ctx, session.Policy(in))
	})
}

// Advice looks back over the person's own history.
func (s *SecurityService) Advice() (AdviceView, error) {
	return call(s.app, "security.Advice", func(ctx context.Context, h *workspace) (AdviceView, error) {
		a, err := h.sessions.Advise(ctx)
		v := AdviceView{
			Days: a.Days, Failures: a.Failures, Successes: a.Successes, FailureMails: a.FailureMails, AllMails: a.AllMails,
			Thresholds: []ThresholdView{}, Attempts: []AttemptView{},
		}
		for _, t := range a.Thresholds {
			v.Thresholds = append(v.Thresholds, ThresholdView(t))
		}
		for _, t := range a.Attempts {
			v.Attempts = append(v.Attempts, AttemptView{
				At: moment(t.At), OK: t.OK, Method: string(t.Method), Device: t.Device, Address: t.Address,
			})
		}
		return v, err
	})
}

// ChangePassword sets a new password and ends all other sessions unless they are kept.
func (s *SecurityService) ChangePassword(current, next string, keepOthers bool) error {
	return do(s.app, "security.ChangePassword", func(ctx context.Context, h *workspace) error {
		return h.sessions.ChangePassword(ctx, current, next, keepOthers)
	})
}

// RenewCodes makes a new set of recovery codes, which are shown this once.
func (s *SecurityService) RenewCodes(password string) (RecoveryCodesView, error) {
	return call(s.app, "security.RenewCodes", func(ctx context.Context, h *workspace) (RecoveryCodesView, error) {
		codes, err := h.sessions.RenewCodes(ctx, password)
		if codes == nil {
			codes = []string{}
		}
		return RecoveryCodesView{Codes: codes}, err
	})
}

// Recover is the secure form: a recovery code opens a locked or forgotten account and sets a new password.
func (s *SecurityService) Recover(email, code, next string) error {
	return do(s.app, "security.Recover", func(ctx context.Context, h *workspace) error {
		return h.sessions.Recover(ctx, email, code, next)
	})
}

// Unlock opens the locked account of a member of the organization that the window shows.
func (s *SecurityService) Unlock(accountID string) error {
	return do(s.app, "security.Unlock", func(ctx context.Context, h *workspace) error {
		return h.sessions.Unlock(ctx, accountID)
	})
}

func deviceView(s session.Session, highlights []session.Highlight, current bool) DeviceView {
	v := DeviceView{
		ID: s.ID, Current: current, OwnName: s.OwnName, Note: s.Note,
		Device: s.Device.Name, System: s.Device.System, AppVersion: s.Device.Version, Address: s.Device.Address,
		Method: string(s.Method), Stay: s.Stay, FirstSeen: moment(s.FirstSeen), LastActive: moment(s.LastActive),
		EndedAt: moment(s.EndedAt), EndedBy: string(s.EndedBy), Highlights: []HighlightView{}, Silenced: []string{},
	}
	for _, h := range highlights {
		v.Highlights = append(v.Highlights, HighlightView(h))
	}
	return v
}

// waitingSessions is the share of the sessions in what waits: those that stand out by more than being idle, and members
// who are locked out, for whoever may unlock them.
func waitingSessions(h *workspace) waiting.Source {
	return func(ctx context.Context) ([]waiting.Line, error) {
		devices, err := h.sessions.Devices(ctx)
		if err != nil {
			return nil, err
		}
		lines := []waiting.Line{}
		for _, d := range devices.Alive {
			if d.ID == devices.Current || !slices.ContainsFunc(d.Highlights, session.Highlight.Unusual) {
				continue
			}
			lines = append(lines, waiting.Line{
				Area: "session", Kind: "session_unusual", Urgency: waiting.Unusual, At: d.FirstSeen, Route: "/session",
				Params: map[string]string{"device": cmp.Or(d.OwnName, d.Device.Name), "system": d.Device.System},
			})
		}
		if !access.From(ctx).Can(access.UnlockMembers) {
			return lines, nil
		}
		members, _, err := h.organizations.Members(ctx)
		if err != nil {
			return nil, err
		}
		ids := make([]string, len(members))
		for i, m := range members {
			ids[i] = m.AccountID
		}
		locked, err := h.lockedMembers(ctx, ids)
		for _, m := range members {
			if since, is := locked[m.AccountID]; is {
				lines = append(lines, waiting.Line{
					Area: "organization", Kind: "account_locked", Urgency: waiting.Answer, At: since, Route: "/organization/members",
					Params: map[string]string{"name": m.FirstName + " " + m.LastName},
				})
			}
		}
		return lines, err
	}
}
