package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Trim cuts the empty border off. A picture that is nothing but border stays as it is.
func Trim(m *image.NRGBA) *image.NRGBA {
	b := borderOf(m, plateOf(m))
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if b.Empty() {
		return m
	}
	return cut(m, image.Rect(b.Left, b.Top, w-b.Right, h-b.Bottom))
}

func cut(m *image.NRGBA, r image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, m, r.Min, draw.Src)
	return out
}

// Pad puts room around the picture until width : height is the given ratio, in the colour of its border where that is
// opaque. Nothing is scaled.
func Pad(m *image.NRGBA, ratio float64) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	nw, nh := w, h
	if float64(w)/float64(h) < ratio {
		nw = int(math.Round(float64(h) * ratio))
	} else {
		nh = int(math.Round(float64(w) / ratio))
	}
	ground := color.NRGBA{}
	if plate := plateOf(m); plate != nil {
		ground = *plate
	}
	return centred(m, max(nw, w), max(nh, h), ground)
}

func centred(m *image.NRGBA, w, h int, ground color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if ground.A != 0 {
		draw.Draw(out, out.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	}
	at := image.Pt((w-m.Rect.Dx())/2, (h-m.Rect.Dy())/2)
	draw.Draw(out, m.Rect.Add(at), m, image.Point{}, draw.Over)
	return out
}

// Plate sets the picture on an opaque ground with round corners. The room around it is a sixth of its height; a
// picture that has that much room already (a square one that must not grow) keeps its size if grow is false.
func Plate(m *image.NRGBA, ground color.NRGBA, grow bool) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if grow {
		room := max(1, h/6)
		w, h = w+2*room, h+2*room
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	round(out, ground, float64(min(w, h))*0.12)
	at := image.Pt((w-m.Rect.Dx())/2, (h-m.Rect.Dy())/2)
	draw.Draw(out, m.Rect.Add(at), m, image.Point{}, draw.Over)
	return out
}

// round fills m with a colour and leaves its corners out, softly.
func round(m *image.NRGBA, c color.NRGBA, radius float64) {
	w, h := float64(m.Rect.Dx()), float64(m.Rect.Dy())
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			px, py := float64(x)+0.5, float64(y)+0.5
			dx := max(radius-px, px-(w-radius), 0)
			dy := max(radius-py, py-(h-radius), 0)
			cover := min(max(radius+0.5-math.Hypot(dx, dy), 0), 1)
			c.A = uint8(cover*255 + 0.5)
			m.SetNRGBA(x, y, c)
		}
	}
}

// remembered is how many colours Towards keeps at hand; a logo has few, a photograph has more than is worth keeping.
const remembered = 1 << 16

// Towards makes a variant for a light or a dark ground: every colour is made lighter, or darker, just far enough that its
// contrast with the ground reaches the aim, and keeps its hue. Colours that reach it already stay. Of a picture on a plate
// of its own the plate is taken away first: it is the ink that is to be seen on the ground.
func Towards(m *image.NRGBA, ground color.NRGBA, aim float64) *image.NRGBA {
	if plateOf(m) != nil {
		m = Clear(m)
	}
	lighter := !Light(ground)
	done := map[color.NRGBA]color.NRGBA{}
	out := image.NewNRGBA(m.Rect)
	for i := 0; i < len(m.Pix); i += 4 {
		a := m.Pix[i+3]
		if a == 0 {
			continue
		}
		c := color.NRGBA{m.Pix[i], m.Pix[i+1], m.Pix[i+2], 255}
		to, ok := done[c]
		if !ok {
			if len(done) == remembered {
				clear(done)
			}
			to = lift(c, lighter, ground, aim)
			done[c] = to
		}
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = to.R, to.G, to.B, a
	}
	return out
}

// brightest is how many times the light of a colour is multiplied before white is mixed in: beyond it, the noise of a
// black would become a colour.
const brightest = 12

// lift makes c lighter or darker until it reaches the aim. More or less light of the same kind keeps the hue; only when a
// channel is full does it go on towards white.
func lift(c color.NRGBA, lighter bool, ground color.NRGBA, aim float64) color.NRGBA {
	if Ratio(c, ground) >= aim {
		return c
	}
	full := float32(1)
	if most := max(linear[c.R], linear[c.G], linear[c.B]); lighter && most > 0 {
		full = min(brightest, 1/most)
	}
	at := func(t float32) color.NRGBA { // 0: c; 1: as bright as it can be; 2: white, or black
		one := func(v uint8) uint8 {
			switch {
			case !lighter:
				return encode(linear[v] * (1 - t/2))
			case t <= 1:
				return encode(linear[v] * (1 + t*(full-1)))
			}
			return encode(linear[v]*full*(2-t) + t - 1)
		}
		return color.NRGBA{one(c.R), one(c.G), one(c.B), 255}
	}
	low, high := float32(0), float32(2)
	for range 14 {
		if middle := (low + high) / 2; Ratio(at(middle), ground) >= aim {
			high = middle
		} else {
			low = middle
		}
	}
	return at(high)
}
