package branding

import (
	"fmt"
	"strconv"

	"kontor/internal/host/bridge"
	"kontor/internal/host/picture"
)

// LookView is what an organization shows. Ids are those of pictures; "" is none.
type LookView struct {
	Square        string `json:"square"` // initials, logo
	SquareID      string `json:"squareId"`
	RectangularID string `json:"rectangularId"`
}

// MeasureView is a contrast with one ground: 10.9 is 10.9:1. Of a logo's, no more than picture.Plenty is said.
type MeasureView struct {
	Theme string `json:"theme"` // light, dark, contrast
	Place string `json:"place"` // sidebar (the Manager), header (kDrive and Mail)
	Ratio string `json:"ratio"`
	Least bool   `json:"least"` // it is this or more
	Grade string `json:"grade"` // text (4.5 or more), graphic (3 or more), weak (less, and yet seen), lost
}

// HintView is one piece of advice; its words are branding_hint_<hint>.
type HintView struct {
	Hint    string   `json:"hint"`
	Serious bool     `json:"serious"`
	Theme   string   `json:"theme"`  // of the hint contrast
	Lost    bool     `json:"lost"`   // of the hints contrast and ink: it is hardly seen
	Figure  string   `json:"figure"` // what the words speak of, as a plain decimal
	Repairs []string `json:"repairs"`
}

// MetadataView is something that a file carries besides its pixels.
type MetadataView struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// LogoView is a picture with what was measured in it.
type LogoView struct {
	ID          string         `json:"id"`
	OriginID    string         `json:"originId"`
	Slot        string         `json:"slot"`
	Repairs     []string       `json:"repairs"` // since it was brought, in order
	Name        string         `json:"name"`
	Drawn       bool           `json:"drawn"`
	SHA256      string         `json:"sha256"`
	Width       int            `json:"width"`
	Height      int            `json:"height"`
	Ratio       string         `json:"ratio"` // 59:12
	Bytes       int            `json:"bytes"`
	Format      string         `json:"format"`
	Animated    bool           `json:"animated"`
	Transparent string         `json:"transparent"` // percent of the pixels
	OwnGround   bool           `json:"ownGround"`
	Border      []int          `json:"border"` // top, right, bottom, left
	Profile     string         `json:"profile"`
	Converted   bool           `json:"converted"` // its colours were taken from that profile to sRGB
	Metadata    []MetadataView `json:"metadata"`
	Turned      int            `json:"turned"` // degrees
	Contrast    []MeasureView  `json:"contrast"`
	Advice      []HintView     `json:"advice"`
}

// GroundView is the colour of a ground of the previews.
type GroundView struct {
	Theme string `json:"theme"`
	Place string `json:"place"`
	Color string `json:"color"` // #rrggbb
	Own   bool   `json:"own"`   // given by the person; otherwise Kontor's approximation
}

// ApprovalView is somebody's word that a look is right; without a person there is none.
type ApprovalView struct {
	Person     string `json:"person"`
	On         string `json:"on"` // the day
	RecordedAt string `json:"recordedAt"`
	Digest     string `json:"digest"`
	Draft      bool   `json:"draft"` // the draft still is what was approved
	Set        bool   `json:"set"`   // so is what is noted as set
}

// StateView is everything that the page shows.
type StateView struct {
	OrganizationID string        `json:"organizationId"`
	Name           string        `json:"name"`
	Set            LookView      `json:"set"`
	Draft          LookView      `json:"draft"`
	Changed        bool          `json:"changed"` // the draft is not what is set
	Step           int           `json:"step"`    // give it back with a change
	CanUndo        bool          `json:"canUndo"`
	Logos          []LogoView    `json:"logos"`
	Initials       []MeasureView `json:"initials"`
	Repairs        []string      `json:"repairs"`
	Limits         Limits        `json:"limits"`
	DefaultLimits  Limits        `json:"defaultLimits"`
	Grounds        []GroundView  `json:"grounds"`
	Digest         string        `json:"digest"`     // of the draft
	SetNotedAt     string        `json:"setNotedAt"` // "" if there is no note that could be taken back
	Approval       ApprovalView  `json:"approval"`
}

// ReadyView is a file that can be handed to the Manager.
type ReadyView struct {
	Name    string `json:"name"`
	Slot    string `json:"slot"`
	Density int    `json:"density"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
	Bytes   int    `json:"bytes"`
	SHA256  string `json:"sha256"`
}

// MatchView says what a file is, compared with the newest approval.
type MatchView struct {
	Match string `json:"match"` // source, brought, ready, nothing
	Name  string `json:"name"`  // of the ready file
}

// ShownView is what the organization shows to its members.
type ShownView struct {
	Square      string `json:"square"`
	Rectangular string `json:"rectangular"`
}

func stateView(st State) StateView {
	v := StateView{
		OrganizationID: st.OrganizationID, Name: st.Name, Set: LookView{string(st.Set.Square), st.Set.SquareID, st.Set.RectangularID},
		Draft:   LookView{string(st.Draft.Square), st.Draft.SquareID, st.Draft.RectangularID},
		Changed: st.Changed(),
		Step:    st.Step, CanUndo: st.CanUndo, Logos: []LogoView{}, Initials: []MeasureView{}, Repairs: []string{},
		Limits: st.Limits, DefaultLimits: DefaultLimits(), Grounds: []GroundView{}, Digest: st.Digest(),
	}
	for _, t := range Themes() {
		for _, p := range Places() {
			v.Grounds = append(v.Grounds, GroundView{string(t), string(p), Hex(st.Grounds.Of(t, p)), st.Grounds.Own(t, p)})
		}
	}
	for _, p := range st.Pictures {
		v.Logos = append(v.Logos, logoView(p))
	}
	for _, m := range st.Initials() {
		v.Initials = append(v.Initials, measureView(m))
	}
	for _, r := range Repairs() {
		v.Repairs = append(v.Repairs, string(r))
	}
	if !st.SetNotedAt.IsZero() {
		v.SetNotedAt = bridge.Moment(st.SetNotedAt)
	}
	if a := st.Approval; a != nil {
		v.Approval = ApprovalView{a.Person, a.On.String(), bridge.Moment(a.RecordedAt), a.Digest, st.DraftApproved, st.SetApproved}
	}
	return v
}

func logoView(p Viewed) LogoView {
	f := p.Facts
	v := LogoView{
		ID: p.ID, OriginID: p.OriginID, Slot: string(p.Slot), Repairs: []string{}, Name: p.Name, Drawn: p.Drawn,
		SHA256: p.SHA256, Width: f.Width, Height: f.Height, Ratio: fmt.Sprintf("%d:%d", f.RatioW, f.RatioH), Bytes: f.Bytes,
		Format: string(f.Format), Animated: f.Animated, Transparent: strconv.FormatFloat(f.Transparent*100, 'f', 1, 64),
		OwnGround: f.OwnGround != nil, Border: []int{f.Border.Top, f.Border.Right, f.Border.Bottom, f.Border.Left},
		Profile: f.Profile.Name, Converted: f.Profile.Converted, Metadata: []MetadataView{}, Turned: f.Turn.Degrees, Contrast: []MeasureView{}, Advice: []HintView{},
	}
	for _, r := range p.Repairs {
		v.Repairs = append(v.Repairs, string(r))
	}
	for _, m := range f.Metadata {
		v.Metadata = append(v.Metadata, MetadataView{string(m.Kind), m.Value})
	}
	for _, m := range f.Contrast {
		v.Contrast = append(v.Contrast, measureView(m.said()))
	}
	for _, a := range p.Advice {
		v.Advice = append(v.Advice, hintView(a))
	}
	return v
}

// said is the measure as far as its figure is one of the logo and not of its file.
func (m Measure) said() Measure {
	m.Ratio = min(m.Ratio, picture.Plenty)
	return m
}

// measureView cuts the ratio to one digit: 2.96 must not read as 3.0.
func measureView(m Measure) MeasureView {
	v := MeasureView{Least: m.Ratio == picture.Plenty, Theme: string(m.Theme), Place: string(m.Place), Grade: string(m.Grade())}
	v.Ratio = strconv.FormatFloat(float64(int(m.Ratio*10+1e-9))/10, 'f', 1, 64)
	return v
}

func hintView(a Advice) HintView {
	v := HintView{Hint: string(a.Hint), Serious: a.Serious, Repairs: []string{}}
	switch a.Hint {
	case HintContrast, HintInk:
		m := measureView(a.Measure)
		v.Theme, v.Figure, v.Lost = m.Theme, m.Ratio, a.Measure.Grade() == GradeLost
	case HintEnlarged, HintRatio:
		v.Figure = strconv.FormatFloat(a.Factor, 'f', 1, 64)
	case HintBorder:
		v.Figure = strconv.FormatFloat(a.Factor*100, 'f', 0, 64)
	}
	for _, r := range a.Repairs {
		v.Repairs = append(v.Repairs, string(r))
	}
	return v
}
