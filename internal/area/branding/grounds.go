package branding

import (
	"encoding/hex"
	"image/color"
	"slices"

	"kontor/internal/core/fault"
)

// Theme is how a person has the service drawn.
type Theme string

// The themes of the previews.
const (
	Light    Theme = "light"
	Dark     Theme = "dark"
	Contrast Theme = "contrast"
)

// Themes lists them in the order in which they are shown.
func Themes() []Theme { return []Theme{Light, Dark, Contrast} }

// Ground is what a logo stands on in one theme. The colours are those of Kontor's own frames (design tokens): an
// approximation, since the service publishes none. A test holds them and the tokens together.
type Ground struct {
	Theme   Theme
	Sidebar color.NRGBA // behind the rectangular logo in the Manager
	Header  color.NRGBA // behind it in kDrive and Mail
	Border  color.NRGBA
	Text    color.NRGBA
	Muted   color.NRGBA
	Avatars [10][2]color.NRGBA // ground and text of the initials
}

func rgb(v uint32) color.NRGBA { return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

func pairs(v [20]uint32) (out [10][2]color.NRGBA) {
	for i := range out {
		out[i] = [2]color.NRGBA{rgb(v[2*i]), rgb(v[2*i+1])}
	}
	return out
}

var grounds = map[Theme]Ground{
	Light: {
		Light, rgb(0xeeece7), rgb(0xffffff), rgb(0xdcd9d2), rgb(0x1d2122), rgb(0x4f5556),
		pairs([20]uint32{
			0x0b6b72, 0xffffff, 0x2f5d9e, 0xffffff, 0x6a4a9c, 0xffffff, 0x96306c, 0xffffff, 0x9c3a26, 0xffffff,
			0x7d5410, 0xffffff, 0x596615, 0xffffff, 0x2b6c40, 0xffffff, 0x45576a, 0xffffff, 0x6d4c3d, 0xffffff,
		}),
	},
	Dark: {
		Dark, rgb(0x191d1e), rgb(0x1c2122), rgb(0x31383a), rgb(0xeaecea), rgb(0xb0b7b6),
		pairs([20]uint32{
			0x6cc0c3, 0x0c2021, 0x8db4e8, 0x101d2e, 0xb6a0e0, 0x1c1430, 0xdd9bc3, 0x2d1023, 0xe8a08f, 0x30120b,
			0xd8b06a, 0x291b04, 0xb9c270, 0x1f2405, 0x86c79b, 0x0d2515, 0xa5b4c3, 0x151d26, 0xc8ab9c, 0x26170f,
		}),
	},
	Contrast: {
		Contrast, rgb(0x0a0c0c), rgb(0x0a0c0c), rgb(0x8d9796), rgb(0xffffff), rgb(0xe4e9e8),
		pairs([20]uint32{
			0x7df0ea, 0x041a1a, 0xa9cfff, 0x06162b, 0xd3c2ff, 0x170a33, 0xffb8e0, 0x2e0620, 0xffbba9, 0x300c02,
			0xffd166, 0x261a00, 0xdbe87c, 0x1d2200, 0x98f5ba, 0x04210f, 0xd2dde8, 0x101820, 0xecd0c2, 0x24130a,
		}),
	},
}

// GroundOf is the ground of a theme as Kontor draws it.
func GroundOf(t Theme) Ground { return grounds[t] }

// Grounds are the colours that logos are looked at on, by theme and place: Kontor's own, or what the person found out.
// The zero Grounds are Kontor's own.
type Grounds struct{ own [3][2]color.NRGBA } // those of the person; alpha 0 where there is none

func (g Grounds) at(t Theme, p Place) (theme, place int) {
	return slices.Index(Themes(), t), slices.Index(Places(), p)
}

// Of is the colour in a theme at a place.
func (g Grounds) Of(t Theme, p Place) color.NRGBA {
	if i, j := g.at(t, p); g.own[i][j].A != 0 {
		return g.own[i][j]
	}
	if p == InHeader {
		return grounds[t].Header
	}
	return grounds[t].Sidebar
}

// Own tells whether the person gave that colour.
func (g Grounds) Own(t Theme, p Place) bool {
	i, j := g.at(t, p)
	return g.own[i][j].A != 0
}

// With is the grounds with one that the person gave.
func (g Grounds) With(t Theme, p Place, c color.NRGBA) Grounds {
	i, j := g.at(t, p)
	g.own[i][j] = c
	return g
}

// theme is what a frame of a theme is drawn with.
func (g Grounds) theme(t Theme) Ground {
	drawn := grounds[t]
	drawn.Sidebar, drawn.Header = g.Of(t, InSidebar), g.Of(t, InHeader)
	return drawn
}

// Hex writes an opaque colour as pages do: #1c2122.
func Hex(c color.NRGBA) string { return "#" + hex.EncodeToString([]byte{c.R, c.G, c.B}) }

// ParseHex reads #1c2122, with or without the sign.
func ParseHex(text string) (color.NRGBA, error) {
	if len(text) == 7 && text[0] == '#' {
		text = text[1:]
	}
	v, err := hex.DecodeString(text)
	if err != nil || len(v) != 3 {
		return color.NRGBA{}, fault.New(fault.Invalid, "").At("color", "not_a_color")
	}
	return color.NRGBA{v[0], v[1], v[2], 255}, nil
}

// Place is where a logo stands in a preview.
type Place string

// The places of the previews.
const (
	InSidebar Place = "sidebar" // the Manager
	InHeader  Place = "header"  // kDrive and Mail
)

// Places lists them.
func Places() []Place { return []Place{InSidebar, InHeader} }

// cells are where a picture in that slot is seen, each with the colour of its ground. The square is seen in the Manager
// only.
func cells(s Slot, g Grounds) []Measure {
	var list []Measure
	for _, t := range Themes() {
		for _, p := range Places() {
			if p == InSidebar || s == Rectangular {
				list = append(list, Measure{Theme: t, Place: p, Ground: g.Of(t, p)})
			}
		}
	}
	return list
}
