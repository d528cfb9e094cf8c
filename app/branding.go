package app

import (
	"context"

	"kontor/internal/host/bridge"

	"kontor/internal/area/branding"
	"kontor/internal/area/organization"
	"kontor/internal/core/fault"
	wording "kontor/internal/core/words"
	"kontor/internal/host/picture"
)

// BrandingService prepares what an organization shows of itself in the Manager, in kDrive and in Mail.
type BrandingService struct{ app *App }

// BrandingChanged is the event that tells the frame to show the organization anew.
const BrandingChanged = "branding"

// LookView is what an organization shows. Ids are those of pictures; "" is none.
type LookView struct {
	Square        string `json:"square"` // initials, logo
	SquareID      string `json:"squareId"`
	RectangularID string `json:"rectangularId"`
}

// MeasureView is a contrast with one ground: 10.9 is 10.9:1.
type MeasureView struct {
	Theme string `json:"theme"` // light, dark, contrast
	Place string `json:"place"` // sidebar (the Manager), header (kDrive and Mail)
	Ratio string `json:"ratio"`
	Grade string `json:"grade"` // text (4.5 or more), graphic (3 or more), low
}

// HintView is one piece of advice; its words are branding_hint_<hint>.
type HintView struct {
	Hint    string   `json:"hint"`
	Serious bool     `json:"serious"`
	Theme   string   `json:"theme"`  // of the hint contrast
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
	Repair      string         `json:"repair"`
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

// LimitsView are the person's assumptions about the service, and the sizes of the ready files.
type LimitsView struct {
	MaxKilobytes      int `json:"maxKilobytes"`
	SquareSide        int `json:"squareSide"`
	RectangularHeight int `json:"rectangularHeight"`
	MinRatio          int `json:"minRatio"`
	MaxRatio          int `json:"maxRatio"`
}

// BrandingView is everything that the page shows. SignedAt is "" if nothing was signed off yet.
type BrandingView struct {
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
	Limits         LimitsView    `json:"limits"`
	DefaultLimits  LimitsView    `json:"defaultLimits"`
	SignedAt       string        `json:"signedAt"`
	DraftSigned    bool          `json:"draftSigned"`
	SetSigned      bool          `json:"setSigned"`
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

// MatchView says what a file is, compared with the newest sign-off.
type MatchView struct {
	Match string `json:"match"` // source, ready, nothing
	Name  string `json:"name"`  // of the ready file
}

// ShownView is what the organization shows to its members.
type ShownView struct {
	Square      string `json:"square"`
	Rectangular string `json:"rectangular"`
}

// State returns what is set and what is being prepared.
func (s *BrandingService) State() (BrandingView, error) {
	return s.after("branding.State", func(context.Context, *branding.Service) error { return nil })
}

// Shown returns the pictures that stand for the organization; "" means initials, and none.
func (s *BrandingService) Shown() (ShownView, error) {
	return call(s.app, "branding.Shown", func(ctx context.Context, h *workspace) (ShownView, error) {
		l, err := h.branding.Shown(ctx)
		return ShownView{l.Shown(branding.Square), l.Shown(branding.Rectangular)}, err
	})
}

// Bring puts a picture file, in base64, into a place. With makeRoom, what the rules forbid beside it gives way.
func (s *BrandingService) Bring(step int, slot, name, data string, makeRoom bool) (BrandingView, error) {
	return s.after("branding.Bring", func(ctx context.Context, b *branding.Service) error {
		file, err := picture.FromText(data)
		if err != nil {
			return err
		}
		return b.Bring(ctx, step, branding.Slot(slot), name, file, makeRoom)
	})
}

// Show fills the square with the initials or with the logo that is kept aside.
func (s *BrandingService) Show(step int, content string, makeRoom bool) (BrandingView, error) {
	return s.after("branding.Show", func(ctx context.Context, b *branding.Service) error {
		return b.Show(ctx, step, branding.Content(content), makeRoom)
	})
}

// Remove takes the picture out of a place.
func (s *BrandingService) Remove(step int, slot string) (BrandingView, error) {
	return s.after("branding.Remove", func(ctx context.Context, b *branding.Service) error {
		return b.Remove(ctx, step, branding.Slot(slot))
	})
}

// Mend repairs the picture in a place.
func (s *BrandingService) Mend(step int, slot, repair string) (BrandingView, error) {
	return s.after("branding.Mend", func(ctx context.Context, b *branding.Service) error {
		return b.Mend(ctx, step, branding.Slot(slot), branding.Repair(repair))
	})
}

// Undo takes the last step back.
func (s *BrandingService) Undo(step int) (BrandingView, error) {
	return s.after("branding.Undo", func(ctx context.Context, b *branding.Service) error { return b.Undo(ctx, step) })
}

// Revert makes the draft what is set.
func (s *BrandingService) Revert(step int) (BrandingView, error) {
	return s.after("branding.Revert", func(ctx context.Context, b *branding.Service) error { return b.Revert(ctx, step) })
}

// MarkSet notes that the draft now stands in the Manager.
func (s *BrandingService) MarkSet(step int) (BrandingView, error) {
	v, err := s.after("branding.MarkSet", func(ctx context.Context, b *branding.Service) error { return b.MarkSet(ctx, step) })
	if err == nil {
		s.app.shell.Tell(BrandingChanged)
	}
	return v, err
}

// SetLimits changes what is assumed about the service.
func (s *BrandingService) SetLimits(l LimitsView) (BrandingView, error) {
	return s.after("branding.SetLimits", func(ctx context.Context, b *branding.Service) error {
		return b.SetLimits(ctx, branding.Limits(l))
	})
}

// Ready lists the files that the draft would be exported as.
func (s *BrandingService) Ready() ([]ReadyView, error) {
	return call(s.app, "branding.Ready", func(ctx context.Context, h *workspace) ([]ReadyView, error) {
		files, err := h.branding.Ready(ctx)
		list := make([]ReadyView, len(files))
		for i, f := range files {
			list[i] = ReadyView{f.Name, string(f.Slot), f.Density, f.Width, f.Height, len(f.Data), f.SHA256}
		}
		return list, err
	})
}

// SaveReady asks for a place and writes one of the ready files there. It returns the file's name, "" if the person
// thought better of it.
func (s *BrandingService) SaveReady(name, title string) (string, error) {
	data, err := call(s.app, "branding.SaveReady", func(ctx context.Context, h *workspace) ([]byte, error) {
		files, err := h.branding.Ready(ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if f.Name == name {
				return f.Data, nil
			}
		}
		return nil, fault.New(fault.NotFound, "")
	})
	if err != nil {
		return "", err
	}
	saved, err := s.app.saveFile(bridge.SaveDialog{Title: title, Name: name, Filter: "PNG", Ending: "png"}, data)
	if err != nil || saved == "" {
		return "", err
	}
	return saved, do(s.app, "branding.Exported", func(ctx context.Context, h *workspace) error {
		return h.branding.Exported(ctx, name)
	})
}

// SaveSheet makes the sign-off sheet, asks for a place and writes it there. Once it is written, what it shows counts as
// signed off.
func (s *BrandingService) SaveSheet(language, title string) (string, error) {
	sheet, err := call(s.app, "branding.Sheet", func(ctx context.Context, h *workspace) (branding.Sheet, error) {
		return h.branding.Sheet(ctx, wording.Parse(language))
	})
	if err != nil {
		return "", err
	}
	name, err := s.app.saveFile(bridge.SaveDialog{Title: title, Name: sheet.Name, Filter: "PDF", Ending: "pdf"}, sheet.Data)
	if err != nil || name == "" {
		return "", err
	}
	return name, do(s.app, "branding.Approve", func(ctx context.Context, h *workspace) error {
		return h.branding.Approve(ctx, sheet)
	})
}

// Compare tells whether a file, in base64, is what was signed off last.
func (s *BrandingService) Compare(data string) (MatchView, error) {
	return call(s.app, "branding.Compare", func(ctx context.Context, h *workspace) (MatchView, error) {
		file, err := picture.FromText(data)
		if err != nil {
			return MatchView{}, err
		}
		match, name, err := h.branding.Compare(ctx, file)
		return MatchView{string(match), name}, err
	})
}

// after runs an act and returns what the page shows then.
func (s *BrandingService) after(name string, act func(ctx context.Context, b *branding.Service) error) (BrandingView, error) {
	return call(s.app, name, func(ctx context.Context, h *workspace) (BrandingView, error) {
		if err := act(ctx, h.branding); err != nil {
			return BrandingView{}, err
		}
		st, err := h.branding.State(ctx)
		return brandingView(st), err
	})
}

// organizationNames tells an area what the organization that the window shows is called.
type organizationNames struct{ organizations *organization.Service }

func (n organizationNames) CurrentName(ctx context.Context) (string, error) {
	m, err := n.organizations.Current(ctx)
	return m.Organization.Name, err
}
