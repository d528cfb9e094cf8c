package session

import "kontor/internal/host/bridge"

// DeviceView is one session.
type DeviceView struct {
	ID         string      `json:"id"`
	Current    bool        `json:"current"` // this window's
	OwnName    string      `json:"ownName"`
	Note       string      `json:"note"`
	Device     string      `json:"device"`
	System     string      `json:"system"`
	AppVersion string      `json:"appVersion"`
	Address    string      `json:"address"`
	Method     string      `json:"method"` // password, sso, stayed
	Stay       bool        `json:"stay"`
	FirstSeen  string      `json:"firstSeen"`
	LastActive string      `json:"lastActive"`
	EndedAt    string      `json:"endedAt"` // "" while it lives
	EndedBy    string      `json:"endedBy"` // self, other, password, recovery, closed
	Highlights []Highlight `json:"highlights"`
	Silenced   []string    `json:"silenced"` // rules that are not shown for its device
	Place      PlaceView   `json:"place"`
}

// PlaceView is where the network of a session is, as the person says.
type PlaceView struct {
	Name        string `json:"name"`
	Coordinates string `json:"coordinates"` // as a map writes them; "" if not known
}

// DevicesView is what is connected, this window first, and what was.
type DevicesView struct {
	Alive []DeviceView `json:"alive"`
	Ended []DeviceView `json:"ended"`
}

// ProtectionView is how the account is protected.
type ProtectionView struct {
	Policy      Policy `json:"policy"`
	Chosen      bool   `json:"chosen"` // false: these are Kontor's defaults
	CodesLeft   int    `json:"codesLeft"`
	CodesMade   int    `json:"codesMade"`
	HasPassword bool   `json:"hasPassword"`
	MinLock     int    `json:"minLock"`
	MaxLock     int    `json:"maxLock"`
}

// AdviceView is what the last ninety days would have been like under other settings.
type AdviceView struct {
	Days         int           `json:"days"`
	Failures     int           `json:"failures"`
	Successes    int           `json:"successes"`
	FailureMails int           `json:"failureMails"` // a month
	AllMails     int           `json:"allMails"`     // a month
	Thresholds   []Threshold   `json:"thresholds"`
	Attempts     []AttemptView `json:"attempts"`
}

// AttemptView is one try to sign in.
type AttemptView struct {
	At      string `json:"at"`
	OK      bool   `json:"ok"`
	Method  string `json:"method"`
	Device  string `json:"device"`
	Address string `json:"address"`
}

// RecoveryCodesView is a set of recovery codes for the secure form.
type RecoveryCodesView struct {
	Codes []string `json:"codes"`
}

// StrengthView is the estimate of a password: 0 (guessed at once) to 4 (very hard), and the years that guessing takes
// at ten thousand tries a second, as a whole number; "0" is less than one.
type StrengthView struct {
	Score int    `json:"score"`
	Years string `json:"years"`
}

func deviceView(s Session, highlights []Highlight, current bool) DeviceView {
	v := DeviceView{
		ID: s.ID, Current: current, OwnName: s.OwnName, Note: s.Note,
		Device: s.Device.Name, System: s.Device.System, AppVersion: s.Device.Version, Address: s.Device.Address,
		Method: string(s.Method), Stay: s.Stay, FirstSeen: bridge.Moment(s.FirstSeen), LastActive: bridge.Moment(s.LastActive),
		EndedAt: bridge.Moment(s.EndedAt), EndedBy: string(s.Ending()), Highlights: []Highlight{}, Silenced: []string{},
	}
	v.Highlights = append(v.Highlights, highlights...)
	return v
}
