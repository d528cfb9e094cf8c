package picture

import (
	"image"
	"image/color"
	"math"
)

// What Clear takes for plate, for ink and for a mixture of both, in steps of 255.
const (
	grain  = 10 // what JPEG leaves on a plain ground
	reach  = 3  // pixels within which a soft edge has reached its ink
	still  = 8  // neighbours that differ by less are one colour, and no edge
	leaned = 0.9
)

// Clear makes the plate of a picture transparent. A pixel at an edge is a mixture of plate and ink: it gets the colour of
// the ink beside it, and lets through as much as it was plate. Set on its old plate the picture looks as before, and on
// any other it has no rim. Enclosed parts of the plate go as well, such as the eye of a letter. A picture without a plate
// stays as it is.
func Clear(m *image.NRGBA) *image.NRGBA {
	return clearWhere(m, func(int, int) bool { return true })
}

// ClearOutside is Clear for what lies around the drawing alone: the parts of the plate that it encloses stay.
func ClearOutside(m *image.NRGBA) *image.NRGBA {
	plate := plateOf(m)
	if plate == nil {
		return m
	}
	w := m.Rect.Dx()
	sides := sidesOf(m, *plate)
	return clearWhere(m, func(x, y int) bool { return sides[y*w+x] == outside })
}

// Encloses tells whether a drawing holds parts of its plate of which more than a speck can be seen.
func Encloses(m *image.NRGBA) bool {
	plate := plateOf(m)
	if plate == nil {
		return false
	}
	n := 0
	for i, s := range sidesOf(m, *plate) {
		if s == inside && from(*plate, at(m, i%m.Rect.Dx(), i/m.Rect.Dx())).largest() <= grain {
			n++
		}
	}
	return n*1000 >= m.Rect.Dx()*m.Rect.Dy()
}

// side is to which part of the plate a pixel belongs, or lies nearest within the reach of a soft edge.
type side uint8

const (
	ofDrawing side = iota
	outside
	inside
)

// sidesOf looks which parts of the plate the border reaches, and which pixels of the edges lie at them.
func sidesOf(m *image.NRGBA, plate color.NRGBA) []side {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	sides, plain, queue := make([]side, w*h), make([]bool, w*h), make([]int, 0, w*h)
	for i := range plain {
		p := at(m, i%w, i/w)
		plain[i] = p.A == 0 || from(plate, p).largest() <= grain
	}
	spread := func(begin int, may func(to int) bool) (end int) {
		end = len(queue)
		for ; begin < end; begin++ {
			i := queue[begin]
			for _, next := range [4]struct {
				to    int
				there bool
			}{{i - 1, i%w > 0}, {i + 1, i%w < w-1}, {i - w, i >= w}, {i + w, i < w*(h-1)}} {
				if next.there && sides[next.to] == ofDrawing && may(next.to) {
					sides[next.to] = sides[i]
					queue = append(queue, next.to)
				}
			}
		}
		return end
	}
	for i := range plain {
		if x, y := i%w, i/w; plain[i] && (x == 0 || y == 0 || x == w-1 || y == h-1) {
			sides[i] = outside
			queue = append(queue, i)
		}
	}
	for begin := 0; begin < len(queue); {
		begin = spread(begin, func(to int) bool { return plain[to] })
	}
	for i := range plain {
		if plain[i] && sides[i] == ofDrawing {
			sides[i] = inside
			queue = append(queue, i)
		}
	}
	for begin, step := 0, 0; step < reach; step++ { // both go on into the edges, so that each gets what is nearer to it
		begin = spread(begin, func(int) bool { return true })
	}
	return sides
}

// clearWhere is Clear where the plate is to go.
func clearWhere(m *image.NRGBA, goes func(x, y int) bool) *image.NRGBA {
	plate := plateOf(m)
	if plate == nil {
		return m
	}
	out := image.NewNRGBA(m.Rect)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for y := range h {
		for x := range w {
			p := at(m, x, y)
			if p.A == 0 {
				continue
			}
			if !goes(x, y) {
				out.SetNRGBA(x, y, p)
				continue
			}
			away := from(*plate, p)
			if away.largest() <= grain {
				continue
			}
			out.SetNRGBA(x, y, unmix(m, x, y, p, away, *plate))
		}
	}
	return out
}

// On sets a picture on an opaque ground.
func On(m *image.NRGBA, ground color.NRGBA) *image.NRGBA {
	return centred(m, m.Rect.Dx(), m.Rect.Dy(), ground)
}

// unmix is what stands at a place once the plate is gone.
func unmix(m *image.NRGBA, x, y int, p color.NRGBA, away difference, plate color.NRGBA) color.NRGBA {
	ink, strongest := p, away
	if !flatAt(m, x, y, p) {
		for ny := max(0, y-reach); ny <= min(m.Rect.Dy()-1, y+reach); ny++ {
			for nx := max(0, x-reach); nx <= min(m.Rect.Dx()-1, x+reach); nx++ {
				q := at(m, nx, ny)
				d := from(plate, q)
				if q.A == 255 && d.length() > strongest.length() && d.along(away) >= leaned {
					ink, strongest = q, d
				}
			}
		}
	}
	if strongest.largest() <= 2*grain { // too faint to be anything but what an encoder left
		return color.NRGBA{}
	}
	// The least part that lies below the grain is cut off the ramp, so that nothing is left of the plate.
	alpha := min(1, max(0, (away.length()-grain)/(strongest.length()-grain)))
	ink.A = uint8(alpha*float64(p.A) + 0.5)
	if ink.A == 0 {
		return color.NRGBA{}
	}
	return ink
}

// flatAt tells whether all around a pixel has its colour.
func flatAt(m *image.NRGBA, x, y int, p color.NRGBA) bool {
	for ny := max(0, y-1); ny <= min(m.Rect.Dy()-1, y+1); ny++ {
		for nx := max(0, x-1); nx <= min(m.Rect.Dx()-1, x+1); nx++ {
			if distance(p, at(m, nx, ny)) > still {
				return false
			}
		}
	}
	return true
}

// difference is how far one colour lies from another, as a direction.
type difference [3]float64

func from(a, b color.NRGBA) difference {
	return difference{float64(b.R) - float64(a.R), float64(b.G) - float64(a.G), float64(b.B) - float64(a.B)}
}

func (d difference) length() float64 { return math.Sqrt(d[0]*d[0] + d[1]*d[1] + d[2]*d[2]) }

func (d difference) largest() float64 { return max(math.Abs(d[0]), math.Abs(d[1]), math.Abs(d[2])) }

// along is the cosine of the angle between two differences.
func (d difference) along(e difference) float64 {
	return (d[0]*e[0] + d[1]*e[1] + d[2]*e[2]) / (d.length() * e.length())
}
