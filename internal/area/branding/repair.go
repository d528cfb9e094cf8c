package branding

import (
	"image"
	"image/color"
	"slices"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
)

// Repair is one thing that can be done to a picture with one click, and taken back with another.
type Repair string

// The repairs. Each writes a new PNG of pixels alone; the picture before it stays as it is.
const (
	TrimBorder   Repair = "trim"          // cut the empty border off
	PadToRatio   Repair = "pad"           // add room until it has the shape of its place
	ClearGround  Repair = "clear"         // make the white that it stands on transparent
	ClearOutside Repair = "clear_outside" // only what lies around it
	AddPlate     Repair = "plate"         // set it on a ground of its own
	LightVariant Repair = "light"         // lighten what is lost on dark grounds
	DarkVariant  Repair = "dark"          // darken what is lost on light grounds
	Rescale      Repair = "rescale"       // to the size of the ready file at 2×
	Strip        Repair = "strip"         // turn it upright and drop everything but the pixels
)

// Repairs lists them in the order in which they are offered.
func Repairs() []Repair {
	return []Repair{ClearGround, ClearOutside, TrimBorder, PadToRatio, AddPlate, LightVariant, DarkVariant, Rescale, Strip}
}

// apply does a repair. A refusal says that the picture needs none of it.
func apply(r Repair, slot Slot, m *image.NRGBA, l Limits) (*image.NRGBA, error) {
	var out *image.NRGBA
	switch r {
	case TrimBorder:
		out = picture.Trim(m)
	case PadToRatio:
		ratio := float64(m.Rect.Dx()) / float64(m.Rect.Dy())
		low, high := l.ratios(slot)
		out = picture.Pad(m, min(max(ratio, low), high))
	case AddPlate:
		out = picture.Plate(m, plateFor(m), true)
	case ClearGround:
		out = picture.Clear(m)
	case ClearOutside:
		out = picture.ClearOutside(m)
	case LightVariant:
		out = variant(m, grounds[Dark].Header)
	case DarkVariant:
		out = variant(m, grounds[Light].Sidebar)
	case Rescale:
		out = picture.Fit(m, 2*l.height(slot))
	case Strip:
		return m, nil
	default:
		return nil, fault.New(fault.Invalid, "not_a_choice")
	}
	if out.Rect == m.Rect && slices.Equal(out.Pix, m.Pix) {
		return nil, fault.New(fault.Conflict, ReasonNoChange)
	}
	if out.Rect.Dx() > picture.MaxSide || out.Rect.Dy() > picture.MaxSide || out.Rect.Dx()*out.Rect.Dy() > picture.MaxPixels {
		return nil, fault.New(fault.Invalid, picture.ReasonLarge)
	}
	return out, nil
}

// variant makes what is drawn lighter or darker, for a ground of its kind. A picture on a plate of that kind keeps the
// plate, and its ink is measured against it.
func variant(m *image.NRGBA, ground color.NRGBA) *image.NRGBA {
	plate := picture.ShapeOf(m).Plate
	if plate == nil || picture.Light(*plate) != picture.Light(ground) {
		return picture.Towards(m, ground, TextRatio)
	}
	return picture.On(picture.Towards(m, *plate, TextRatio), *plate)
}

// plateFor is the ground on which the picture is seen best: white, or the dark of the dark theme.
func plateFor(m *image.NRGBA) color.NRGBA {
	choices := []color.NRGBA{grounds[Light].Header, grounds[Dark].Header}
	ratios := picture.Contrast(master(m), choices)
	if ratios[1] > ratios[0] {
		return choices[1]
	}
	return choices[0]
}
