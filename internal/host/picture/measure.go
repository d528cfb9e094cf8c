package picture

import (
	"cmp"
	"image"
	"image/color"
	"math"
	"runtime"
	"slices"
	"sync"
)

// Border is how many rows and columns at each side hold nothing of the picture.
type Border struct {
	Top, Right, Bottom, Left int
	Color                    color.NRGBA // of the border; fully transparent where Transparent
	Transparent              bool
}

// Empty tells whether there is no border at all.
func (b Border) Empty() bool { return b.Top+b.Right+b.Bottom+b.Left == 0 }

// Shape is what a look at the pixels tells.
type Shape struct {
	Transparent float64 // share of the pixels that let something through, 0 to 1
	Border      Border
	Plate       *color.NRGBA // the colour that the picture stands on, where it brings its own ground
	Blank       bool         // nothing is visible, or all of it has one colour
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
	s := Shape{Transparent: transparency(m), Border: borderOf(m, plate), Plate: plate}
	s.Blank = s.Border.Top >= m.Rect.Dy()
	return s
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
	if b.Top == h {
		return Border{Top: h, Color: b.Color, Transparent: b.Transparent}
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
// rounded corners are.
func plateOf(m *image.NRGBA) *color.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	plate := at(m, w/2, 0)
	if plate.A != 0xff {
		return nil
	}
	same, all := 0, 0
	count := func(x, y int) {
		all++
		if alike(at(m, x, y), plate) {
			same++
		}
	}
	for x := range w {
		count(x, 0)
		count(x, h-1)
	}
	for y := range h {
		count(0, y)
		count(w-1, y)
	}
	if same*10 < all*6 || transparency(m) > 0.05 {
		return nil
	}
	return &plate
}

// Contrast is the WCAG ratio, 1 to 21, between what of m is visible and each ground: the ratio that nine tenths of
// it reach or exceed. Pixels are composited onto the ground first and count as much as they cover. Where m stands on
// a plate of its own, its other pixels are measured against that plate, and every ground gets the same ratio.
// A picture of which nothing is visible has 1. One that is all plate is itself what is seen.
func Contrast(m *image.NRGBA, grounds []color.NRGBA) []float64 {
	if plate := plateOf(m); plate != nil {
		if ratios, seen := measure(m, []color.NRGBA{*plate}, plate); seen {
			return slices.Repeat(ratios, len(grounds))
		}
	}
	ratios, _ := measure(m, grounds, nil)
	return ratios
}

const shades = 4096

// histogram counts how much of a picture has which luminance, in 255ths of a pixel.
type histogram [shades]int64

var luminance = func() (t [3][256]float32) {
	for i := range 256 {
		t[0][i], t[1][i], t[2][i] = 0.2126*linear[i], 0.7152*linear[i], 0.0722*linear[i]
	}
	return t
}()

func shade(r, g, b uint8) int {
	return int((luminance[0][r]+luminance[1][g]+luminance[2][b])*(shades-1) + 0.5)
}

// Luminance is the relative luminance of an opaque colour, 0 to 1.
func Luminance(c color.NRGBA) float64 {
	return float64(luminance[0][c.R]) + float64(luminance[1][c.G]) + float64(luminance[2][c.B])
}

// Ratio is the WCAG contrast of two opaque colours, 1 to 21.
func Ratio(a, b color.NRGBA) float64 { return ratio(Luminance(a), Luminance(b)) }

func ratio(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// measure is the contrast of the pixels that are not of the colour without, and whether there are any.
func measure(m *image.NRGBA, grounds []color.NRGBA, without *color.NRGBA) (ratios []float64, seen bool) {
	h := m.Rect.Dy()
	bands := min(runtime.GOMAXPROCS(0), h)
	parts := make([][]histogram, bands)
	var wg sync.WaitGroup
	for b := range bands {
		wg.Go(func() { parts[b] = count(m, h*b/bands, h*(b+1)/bands, grounds, without) })
	}
	wg.Wait()
	ratios = make([]float64, len(grounds))
	for g, ground := range grounds {
		var sum histogram
		for _, part := range parts {
			for i := range sum {
				sum[i] += part[g][i] + part[len(grounds)][i]
			}
		}
		ratios[g] = percentile(&sum, Luminance(ground))
		seen = seen || sum != histogram{}
	}
	return ratios, seen
}

// count makes one histogram per ground for the translucent pixels, and a last one for the opaque ones, which look the
// same on every ground.
func count(m *image.NRGBA, from, to int, grounds []color.NRGBA, without *color.NRGBA) []histogram {
	list := make([]histogram, len(grounds)+1)
	opaque := &list[len(grounds)]
	w := m.Rect.Dx()
	for y := from; y < to; y++ {
		row := m.Pix[y*m.Stride:][:w*4]
		for i := 0; i < len(row); i += 4 {
			r, g, b, a := row[i], row[i+1], row[i+2], row[i+3]
			if a == 0 || without != nil && alike(color.NRGBA{r, g, b, a}, *without) {
				continue
			}
			if a == 0xff {
				opaque[shade(r, g, b)] += 255
				continue
			}
			for n, ground := range grounds {
				list[n][shade(over(r, ground.R, a), over(g, ground.G, a), over(b, ground.B, a))] += int64(a)
			}
		}
	}
	return list
}

// over composites as windows do: on the encoded values.
func over(c, ground, alpha uint8) uint8 {
	a := uint32(alpha)
	return uint8((uint32(c)*a + uint32(ground)*(255-a) + 127) / 255)
}

// percentile is the tenth percentile of the contrast with a ground, weighted by how much each pixel covers.
func percentile(h *histogram, ground float64) float64 {
	type share struct {
		ratio  float64
		weight int64
	}
	var list []share
	var all int64
	for i, weight := range h {
		if weight > 0 {
			list = append(list, share{ratio(float64(i)/(shades-1), ground), weight})
			all += weight
		}
	}
	if all == 0 {
		return 1
	}
	slices.SortFunc(list, func(a, b share) int { return cmp.Compare(a.ratio, b.ratio) })
	left := int64(math.Ceil(float64(all) / 10))
	for _, s := range list {
		if left -= s.weight; left <= 0 {
			return s.ratio
		}
	}
	return list[len(list)-1].ratio
}
