package picture

import (
	"errors"
	"image"
	"math"
	"runtime"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"kontor/internal/host/beside"
)

// Rect is a part of a picture in source pixels of the upright picture; its edges may lie between pixels.
type Rect struct{ X, Y, W, H float64 }

// Whole is the rectangle of all of m.
func Whole(m *image.NRGBA) Rect {
	return Rect{W: float64(m.Rect.Dx()), H: float64(m.Rect.Dy())}
}

// Within moves and, where it must, shrinks the rectangle so that it lies in a picture of that size. Nonsense (not a
// number, no area) becomes the whole picture.
func (r Rect) Within(width, height int) Rect {
	w, h := float64(width), float64(height)
	if !(r.W > 0 && r.H > 0 && r.X-r.X == 0 && r.Y-r.Y == 0) {
		return Rect{W: w, H: h}
	}
	r.W, r.H = min(r.W, w), min(r.H, h)
	r.X, r.Y = min(max(r.X, 0), w-r.W), min(max(r.Y, 0), h-r.H)
	return r
}

// Scale draws the part r of m at width × height. Smaller is the mean of the light that each new pixel covers
// (averaged linearly, so that thin bright and thin dark lines keep their weight); larger is Catmull-Rom.
func Scale(m *image.NRGBA, r Rect, width, height int) *image.NRGBA {
	r = r.Within(m.Rect.Dx(), m.Rect.Dy())
	if width < 1 || height < 1 {
		return image.NewNRGBA(image.Rect(0, 0, max(width, 0), max(height, 0)))
	}
	if r.W >= float64(width) && r.H >= float64(height) {
		return reduce(m, r, width, height)
	}
	return enlarge(m, r, width, height)
}

// Fit scales all of m to a height, and to the width that keeps its ratio.
func Fit(m *image.NRGBA, height int) *image.NRGBA {
	width := max(1, int(math.Round(float64(m.Rect.Dx())*float64(height)/float64(m.Rect.Dy()))))
	return Scale(m, Whole(m), width, height)
}

func enlarge(m *image.NRGBA, r Rect, width, height int) *image.NRGBA {
	sx, sy := float64(width)/r.W, float64(height)/r.H
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	matrix := f64.Aff3{sx, 0, -r.X * sx, 0, sy, -r.Y * sy}
	draw.CatmullRom.Transform(out, matrix, m, m.Rect, draw.Src, nil)
	return straight(out)
}

func straight(m *image.RGBA) *image.NRGBA {
	out := &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
	for i := 0; i < len(m.Pix); i += 4 {
		a := uint32(m.Pix[i+3])
		if a == 0xff {
			continue
		}
		if a == 0 {
			m.Pix[i], m.Pix[i+1], m.Pix[i+2] = 0, 0, 0
			continue
		}
		for k := range 3 {
			m.Pix[i+k] = uint8(min((uint32(m.Pix[i+k])*0xff+a/2)/a, 0xff))
		}
	}
	return out
}

// linear is the light of an sRGB value, 0 to 1.
var linear = func() (t [256]float32) {
	for i := range t {
		v := float64(i) / 255
		if v <= 0.04045 {
			t[i] = float32(v / 12.92)
		} else {
			t[i] = float32(math.Pow((v+0.055)/1.055, 2.4))
		}
	}
	return t
}()

const lightSteps = 1 << 14

// encoded is the reverse of linear, in steps fine enough for the darkest values.
var encoded = func() (t [lightSteps + 1]uint8) {
	for i := range t {
		v := float64(i) / lightSteps
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		t[i] = uint8(math.Round(v * 255))
	}
	return t
}()

func encode(light float32) uint8 {
	return encoded[int(min(max(light, 0), 1)*lightSteps+0.5)]
}

// span is the run of source pixels that one new pixel covers: n of them from first on, the outer two in part.
type span struct {
	first, n    int
	head, inner float32
	tail        float32
}

func spans(from, length float64, n, limit int) []span {
	list := make([]span, n)
	step := length / float64(n)
	for i := range list {
		a, b := from+float64(i)*step, from+float64(i+1)*step
		first, last := int(a), int(math.Ceil(b-1e-9))
		last = min(max(last, first+1), limit)
		first = min(first, last-1)
		s := span{first: first, n: last - first, inner: float32(1 / step)}
		s.head = float32((min(float64(first+1), b) - a) / step)
		s.tail = float32((b - float64(last-1)) / step)
		list[i] = s
	}
	return list
}

func (s span) weight(i int) float32 {
	switch {
	case i == 0:
		return s.head
	case i == s.n-1:
		return s.tail
	}
	return s.inner
}

// reduce works in bands of new rows.
func reduce(m *image.NRGBA, r Rect, width, height int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	columns := spans(r.X, r.W, width, m.Rect.Dx())
	rows := spans(r.Y, r.H, height, m.Rect.Dy())
	inBands(height, func(from, to int) { reduceRows(out, m, columns, rows, from, to) })
	return out
}

// inBands divides n rows, or pixels, among the processors.
func inBands(n int, do func(from, to int)) {
	bands := min(runtime.GOMAXPROCS(0), n)
	var all sync.WaitGroup
	panicked := make([]error, bands)
	for b := range bands {
		beside.In(&all, nil, "picture", func() {
			panicked[b] = beside.Try(func() error { do(n*b/bands, n*(b+1)/bands); return nil })
		})
	}
	all.Wait()
	if err := errors.Join(panicked...); err != nil {
		panic(err) // now in the goroutine of the caller, who recovers
	}
}

func reduceRows(out, m *image.NRGBA, columns, rows []span, from, to int) {
	row, sum := make([]float32, len(columns)*4), make([]float32, len(columns)*4)
	held := -1 // which source row is in row
	for y := from; y < to; y++ {
		clear(sum)
		s := rows[y]
		for i := range s.n {
			if held != s.first+i {
				held = s.first + i
				reduceRow(row, m.Pix[held*m.Stride:], columns)
			}
			w := s.weight(i)
			for k, v := range row {
				sum[k] += v * w
			}
		}
		at := out.Pix[y*out.Stride:][:len(sum)]
		for k := 0; k < len(sum); k += 4 {
			a := sum[k+3]
			if a < 0.5/255 {
				continue
			}
			at[k], at[k+1], at[k+2] = encode(sum[k]/a), encode(sum[k+1]/a), encode(sum[k+2]/a)
			at[k+3] = uint8(min(a, 1)*255 + 0.5)
		}
	}
}

// reduceRow averages one source row into premultiplied linear light.
func reduceRow(row []float32, pix []uint8, columns []span) {
	for x, s := range columns {
		var r, g, b, a float32
		p := pix[s.first*4 : (s.first+s.n)*4]
		for i := range s.n {
			q := p[i*4 : i*4+4]
			if q[3] == 0 {
				continue
			}
			w := s.weight(i)
			if q[3] != 0xff {
				w *= float32(q[3]) / 255
			}
			r += linear[q[0]] * w
			g += linear[q[1]] * w
			b += linear[q[2]] * w
			a += w
		}
		copy(row[x*4:x*4+4], []float32{r, g, b, a})
	}
}
