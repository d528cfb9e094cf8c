// Package branding prepares how an organization shows itself in the Manager, in kDrive and in Mail: the square at the
// top left and the rectangular logo. It promises that what Infomaniak does not allow cannot be reached here either, that
// every step can be taken back, and that what it says about a picture was measured.
package branding

import (
	"strconv"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
)

// Slot is a place for a picture.
type Slot string

// The two places, each behind its own "Customize" button.
const (
	Square      Slot = "square"      // top left in the Manager
	Rectangular Slot = "rectangular" // the same one in the Manager, kDrive and Mail
)

// Content is what fills the square.
type Content string

// The square shows the organization's initials or a logo.
const (
	Initials Content = "initials"
	Logo     Content = "logo"
)

// Reasons of the faults that this package returns. The first two are the rules of the service (domain facts, section 5).
const (
	RuleSquareAlone   = "branding_square_alone"     // a square logo stands alone: a rectangular one is in its way
	RuleNeedsInitials = "branding_needs_initials"   // a rectangular logo needs the initials in the square
	ReasonNoLogo      = "branding_no_logo"          // there is no picture to show or to change
	ReasonNothing     = "branding_nothing_to_undo"  // the draft is at its first step
	ReasonNoChange    = "branding_repair_no_change" // the repair would leave the picture as it is
	ReasonBlank       = "branding_blank"            // nothing can be seen in the picture
	ReasonNotNoted    = "branding_not_noted"        // nothing was noted as set that could be taken back
)

// Look is what an organization shows. The zero Look is not valid; Plain is where everybody begins.
type Look struct {
	Square        Content
	SquareID      string // the square logo; kept aside while the initials are shown; "" if there is none
	RectangularID string // the rectangular logo; "" if none is shown anywhere
}

// Plain is an organization that has set nothing: its initials, and no rectangular logo.
func Plain() Look { return Look{Square: Initials} }

// Valid tells whether the service would accept the look.
func (l Look) Valid() bool {
	switch l.Square {
	case Initials:
		return true
	case Logo:
		return l.SquareID != "" && l.RectangularID == ""
	}
	return false
}

// Shown is the picture that is shown in a place; "" if none is.
func (l Look) Shown(s Slot) string {
	switch {
	case s == Rectangular:
		return l.RectangularID
	case l.Square == Logo:
		return l.SquareID
	}
	return ""
}

// WithInitials shows the initials in the square and keeps the square logo aside.
func (l Look) WithInitials() Look {
	l.Square = Initials
	return l
}

// WithSquareLogo shows the square logo that is kept aside.
func (l Look) WithSquareLogo() (Look, error) {
	if l.SquareID == "" {
		return l, fault.New(fault.Conflict, ReasonNoLogo)
	}
	return l.WithPicture(Square, l.SquareID)
}

// WithPicture puts a picture into a place and shows it, if the other place allows it.
func (l Look) WithPicture(s Slot, id string) (Look, error) {
	if s == Square {
		if l.RectangularID != "" {
			return l, fault.New(fault.Conflict, RuleSquareAlone)
		}
		l.Square, l.SquareID = Logo, id
		return l, nil
	}
	if l.Square == Logo {
		return l, fault.New(fault.Conflict, RuleNeedsInitials)
	}
	l.RectangularID = id
	return l, nil
}

// MakingRoom is the look after what stands in the way of a picture in that place has given way: a rectangular logo is
// taken away, a square one is kept aside for the initials. It is asked for by name, never done in passing.
func (l Look) MakingRoom(s Slot) Look {
	if s == Square {
		l.RectangularID = ""
		return l
	}
	return l.WithInitials()
}

// Without takes the picture out of a place. The square then shows the initials.
func (l Look) Without(s Slot) (Look, error) {
	switch {
	case s == Square && l.SquareID != "":
		l.Square, l.SquareID = Initials, ""
	case s == Rectangular && l.RectangularID != "":
		l.RectangularID = ""
	default:
		return l, fault.New(fault.Conflict, ReasonNoLogo)
	}
	return l, nil
}

// replaced is the look with a repaired picture in the place of the one that it was made of.
func (l Look) replaced(s Slot, id string) Look {
	if s == Square {
		l.SquareID = id
	} else {
		l.RectangularID = id
	}
	return l
}

func (l Look) in(s Slot) string {
	if s == Square {
		return l.SquareID
	}
	return l.RectangularID
}

// Picture is one picture, as it was brought or after a repair.
type Picture struct {
	ID        string
	Slot      Slot
	OriginID  string   // the picture as it was brought; itself if it is that
	Repairs   []Repair // since it was brought, in order
	Name      string   // as the file was called
	Drawn     bool     // drawn from an SVG
	SHA256    string
	Brought   string // SHA-256 of the file that it was made of, as it was brought
	CreatedAt time.Time
}

// Limits are what a person assumes that the service accepts, and the sizes of the ready files. Infomaniak publishes none
// of them.
type Limits struct {
	MaxKilobytes      int `json:"maxKilobytes"`      // of a ready file
	SquareSide        int `json:"squareSide"`        // pixels of the ready square logo at 1×
	RectangularHeight int `json:"rectangularHeight"` // pixels of the ready rectangular logo at 1×
	MinRatio          int `json:"minRatio"`          // of a rectangular logo, width to height
	MaxRatio          int `json:"maxRatio"`
}

// DefaultLimits are cautious: small enough for any uploader, large enough for a screen of twice the density.
func DefaultLimits() Limits {
	return Limits{MaxKilobytes: 1024, SquareSide: 256, RectangularHeight: 64, MinRatio: 2, MaxRatio: 8}
}

// Validate refuses what no picture could meet.
func (l Limits) Validate() error {
	var c fault.Check
	within := func(name string, v, low, high int) {
		if v < low {
			c.Refuse(name, "number_too_small", "min", strconv.Itoa(low))
		} else if v > high {
			c.Refuse(name, "number_too_large", "max", strconv.Itoa(high))
		}
	}
	within("maxKilobytes", l.MaxKilobytes, 10, 10_240)
	within("squareSide", l.SquareSide, 32, 1024)
	within("rectangularHeight", l.RectangularHeight, 16, 512)
	within("minRatio", l.MinRatio, 1, 20)
	within("maxRatio", l.MaxRatio, max(1, min(l.MinRatio, 20)), 20)
	return c.Err()
}

// Approval is somebody's word that a look is right, and what exactly that look was.
type Approval struct {
	ID          string
	Person      string  // who approved it
	On          day.Day // when, by that person's word
	Digest      string  // of the look
	Square      Content
	SquareSum   string            // SHA-256 of the square logo; "" where none is shown
	Rectangular string            // SHA-256 of the rectangular logo
	Ready       map[string]string // SHA-256 of the ready files, by name
	Brought     []string          // SHA-256 of the files that the logos were made of
	Name        string            // the organization's, as it stood beside the logo
	RecordedBy  string            // account
	RecordedAt  time.Time
}

// MaxPerson bounds the name of who approves, in characters.
const MaxPerson = 120
