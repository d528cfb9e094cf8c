package picture

import (
	"image"
	"image/color"
)

// Border is how many rows and columns at each side hold nothing of the picture.
type Border struct {
	Top, Right, Bottom, Left int
	Color                    color.NRGBA // of the border; fully transparent where Transparent
	Transparent              bool
}

// Empty tells whether there is no border.
func (b Border) Empty() bool { return b.Top+b.Right+b.Bottom+b.Left == 0 }

// Shape is what a look at the pixels tells.
type Shape struct {
	Transparent float64 // share of the pixels that let something through, 0 to 1
	Border      Border
	Plate       *color.NRGBA // the colour that the picture stands on, where it brings its own ground
	Blank       bool         // nothing is visible
}

// visible is the alpha from which a pixel counts as part of the picture.
const visible = 13 // 5 %

// tolerance is how far apart two values may be and still count as one colour: JPEG blurs a plain ground a little.
const tolerance = 10

func alike(a, b color.NRGBA) bool {
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B) && near(a.A, b.A)
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) <= tolerance }

func at(m *image.NRGBA, x, y int) color.NRGBA {
	p := m.Pix[y*m.Stride+x*4:]
	return color.NRGBA{p[0], p[1], p[2], p[3]}
}

// ShapeOf looks at the pixels.
func ShapeOf(m *image.NRGBA) Shape {
	plate := plateOf(m)
	return Shape{
		Transparent: transparency(m), Border: borderOf(m, plate), Plate: plate, Blank: extentOf(m, nil).Empty(),
	}
}

// transparency is the share of the pixels that let something through.
func transparency(m *image.NRGBA) float64 {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	through := 0
	for y := range h {
		row := m.Pix[y*m.Stride:][:w*4]
		for i := 3; i < len(row); i += 4 {
			if row[i] != 0xff {
				through++
			}
		}
	}
	return float64(through) / float64(w*h)
}

// borderOf finds the rows and columns at the sides that are invisible or, in a picture on a plate, nothing but plate.
func borderOf(m *image.NRGBA, plate *color.NRGBA) Border {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	b := Border{Transparent: true}
	empty := func(p color.NRGBA) bool { return p.A < visible }
	if plate != nil && at(m, 0, 0).A >= visible {
		b = Border{Color: *plate}
		empty = func(p color.NRGBA) bool { return alike(p, *plate) }
	}
	line := func(n int, pixel func(i int) color.NRGBA) bool {
		for i := range n {
			if !empty(pixel(i)) {
				return false
			}
		}
		return true
	}
	for b.Top < h && line(w, func(i int) color.NRGBA { return at(m, i, b.Top) }) {
		b.Top++
	}
	if b.Top == h { // a picture of one colour is all picture
		return Border{Color: b.Color, Transparent: b.Transparent}
	}
	for line(w, func(i int) color.NRGBA { return at(m, i, h-1-b.Bottom) }) {
		b.Bottom++
	}
	for line(h-b.Top-b.Bottom, func(i int) color.NRGBA { return at(m, b.Left, b.Top+i) }) {
		b.Left++
	}
	for line(h-b.Top-b.Bottom, func(i int) color.NRGBA { return at(m, w-1-b.Right, b.Top+i) }) {
		b.Right++
	}
	return b
}

// plateOf is the opaque colour of the outermost pixels, if most of them share one and hardly anything is transparent:
// rounded corners are. It is the middle one of each channel, since JPEG leaves a shade here and there.
func plateOf(m *image.NRGBA) *color.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	var counts [4][256]int32
	edge := make([]color.NRGBA, 0, 2*(w+h))
	take := func(x, y int) {
		p := at(m, x, y)
		edge = append(edge, p)
		for i, v := range premultiply(p) {
			counts[i][v]++
		}
	}
	for x := range w {
		take(x, 0)
		take(x, h-1)
	}
	for y := range h {
		take(0, y)
		take(w-1, y)
	}
	middle := func(i int) uint8 { return uint8(quantile(counts[i][:], 0.5)) }
	plate := color.NRGBA{middle(0), middle(1), middle(2), middle(3)}
	if plate.A != 0xff {
		return nil
	}
	same := 0
	for _, p := range edge {
		if alike(p, plate) {
			same++
		}
	}
	if same*10 < len(edge)*6 || transparency(m) > 0.05 {
		return nil
	}
	return &plate
}

// Paper tells whether a plate is the white, or nearly white, of the page that a logo was drawn on, rather than a ground
// that belongs to it, such as that of an application's icon.
func Paper(plate color.NRGBA) bool {
	low, high := min(plate.R, plate.G, plate.B), max(plate.R, plate.G, plate.B)
	return low >= 235 && high-low <= tolerance
}
