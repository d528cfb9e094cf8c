package picture

import (
	"image"
	"math"
)

// An avatar's sizes in pixels a side. 210 is Infomaniak's advice ("at least"); 420 is that for a screen of twice the
// density, and what Avatar is drawn at.
const (
	AvatarAdvised = 210
	AvatarSide    = 420
)

// Grade judges the resolution of a crop. It is advice; no grade refuses anything.
type Grade string

// The grades.
const (
	Fine     Grade = "fine"      // at least the advised size
	Enlarged Grade = "enlarged"  // shown larger than it is, up to twice
	TooSmall Grade = "too_small" // more than twice
)

// Resolution is the effective resolution of a square crop against an advised size: what counts is the crop, not the
// file that it comes from.
type Resolution struct {
	Pixels float64 // source pixels a side
	Factor float64 // Pixels over the advised size: 1.5 is one and a half times as much as needed
	Grade  Grade
}

// Enlargement is by how much the crop is enlarged to the advised size; 1 where it is not.
func (r Resolution) Enlargement() float64 { return max(1, 1/r.Factor) }

// ResolutionOf judges a crop against an advised number of pixels a side.
func ResolutionOf(crop Rect, advised int) Resolution {
	pixels := min(crop.W, crop.H)
	r := Resolution{Pixels: pixels, Factor: pixels / float64(advised), Grade: Fine}
	switch {
	case r.Factor < 0.5:
		r.Grade = TooSmall
	case r.Factor < 1:
		r.Grade = Enlarged
	}
	return r
}

// Square returns the square of a crop that lies in the picture: sides of equal length (the shorter counts), moved
// inside. A crop without area becomes the largest square in the middle.
func Square(width, height int, crop Rect) Rect {
	side := min(crop.W, crop.H, float64(width), float64(height))
	if !(side >= 1) || math.IsInf(crop.X, 0) || math.IsInf(crop.Y, 0) || math.IsNaN(crop.X+crop.Y) {
		side = float64(min(width, height))
		crop = Rect{X: (float64(width) - side) / 2, Y: (float64(height) - side) / 2}
	}
	return Rect{crop.X, crop.Y, side, side}.Within(width, height)
}

// Avatar crops a square and draws it at a number of pixels a side. It returns the square that was taken, so that the
// window and the file never disagree.
func Avatar(p *Picture, crop Rect, side int) (*image.NRGBA, Rect) {
	w, h := p.Size()
	square := Square(w, h, crop)
	return Scale(p.Pixels, square, side, side), square
}
