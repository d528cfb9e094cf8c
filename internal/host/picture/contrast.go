package picture

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
)

// Luminance is the relative luminance of an opaque colour, 0 to 1.
func Luminance(c color.NRGBA) float64 { return float64(luminance(c.R, c.G, c.B)) }

func luminance(r, g, b uint8) float32 { return luminances[0][r] + luminances[1][g] + luminances[2][b] }

var luminances = func() (t [3][256]float32) {
	for i := range 256 {
		t[0][i], t[1][i], t[2][i] = 0.2126*linear[i], 0.7152*linear[i], 0.0722*linear[i]
	}
	return t
}()

// Ratio is the WCAG contrast of two opaque colours, 1 to 21.
func Ratio(a, b color.NRGBA) float64 { return ratio(Luminance(a), Luminance(b)) }

func ratio(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// Contrast is how well m is seen on each ground: the WCAG ratio, 1 to 21, that nine tenths of its edges reach or exceed.
//
// The eye tells a drawing by its edges, so these are measured, place by place: around each, what is light against what is
// dark. Of both sides it is the bulk that counts and not the blurred rim, so that the figure is the same for a small file
// and a large one, for a PNG and a JPEG. A shape with a drawing in it is seen by that drawing too: the white glyph in a
// blue disc, on whatever ground the disc lies.
//
// A picture on paper is measured against that, and every ground gets the same ratio. One that brings another ground along,
// such as an icon, is seen by what is drawn on it or by its own outline, whichever is clearer; so its file may have round
// corners, a margin or neither. One of which nothing is visible has 1. One of a single colour is itself what is seen, and is
// measured against the ground.
func Contrast(m *image.NRGBA, grounds []color.NRGBA) []float64 {
	ratios := make([]float64, len(grounds))
	for i, s := range Seen(m, grounds) {
		ratios[i] = s.Ratio
	}
	return ratios
}

// Sight is how a picture is seen on a ground.
type Sight struct {
	Ratio float64 // as Contrast has it
	Lost  bool    // a part of it is hardly seen, neither by its lightness nor by its colour
}

// Plenty is the highest contrast that WCAG asks for anywhere. Beyond it the figure says more about the file than about the
// logo: three steps of JPEG in a black are a whole unit. Whoever shows one says "at least".
const Plenty = 7.0

// Below which a part is hardly seen by its lightness. WCAG's ratio makes more of the difference of two dark colours than
// the eye does, and less of that of two light ones: gold on white has 1.5:1 and is read, navy on black has it and is not.
const (
	lostOnDark  = 2.0
	lostOnLight = 1.3
	vivid       = 100 // steps of 255 that one channel differs by, so that a colour is seen as such: yellow on white
)

// Seen is Contrast, and whether the picture gets lost on each ground.
func Seen(m *image.NRGBA, grounds []color.NRGBA) []Sight {
	if n := m.Rect.Dx() * m.Rect.Dy(); n > measured {
		scale := math.Sqrt(measured / float64(n))
		m = Scale(m, Whole(m), max(1, int(float64(m.Rect.Dx())*scale)), max(1, int(float64(m.Rect.Dy())*scale)))
	}
	own := Sight{Ratio: 1, Lost: true}
	if plate := plateOf(m); plate != nil {
		if s, any := edgesOf(m, plate).against(*plate); any && Paper(*plate) {
			return slices.Repeat([]Sight{s}, len(grounds))
		} else if any {
			own = s
		}
	}
	e := edgesOf(m, nil)
	list := make([]Sight, len(grounds))
	for i, ground := range grounds {
		s, _ := e.against(ground)
		list[i] = Sight{Ratio: max(s.Ratio, own.Ratio), Lost: s.Lost && own.Lost}
	}
	return list
}

// How a picture is looked at. The shares were found with some three hundred logos of companies, each in nine files.
const (
	measured   = 250_000 // pixels, at most
	placeShare = 0.15    // side of a place, of the lower of width and height of what is drawn
	placeLeast = 5       // pixels
	noise      = 12      // steps between neighbours that JPEG makes of a plain ground
	swing      = 30      // least range of values, of 255, where there is an edge
	faint      = 0.12    // the same as a share of the range in the whole picture
	tail       = 0.2     // of each side of an edge that is stronger than what counts as its bulk
	innerShare = 0.2     // of the edges of a shape that make a drawing of what is within it
)

// levels is how finely luminance is told apart: 1.2 % of contrast a level.
const levels = 256

var darkest, lightest = math.Log(0.05), math.Log(1.05)

// levelOf maps a luminance to its level. Two levels that are equally far apart have the same contrast.
var levelOf = func() (t [4096]uint8) {
	for i := range t {
		t[i] = uint8((math.Log(float64(i)/4095+0.05)-darkest)/(lightest-darkest)*(levels-1) + 0.5)
	}
	return t
}()

func level(r, g, b uint8) uint8 { return levelOf[int(luminance(r, g, b)*4095+0.5)] }

// histogram counts how many pixels have which level.
type histogram [levels]int32

// edges are the places of a picture where something is seen, row by row.
type edges struct {
	m             *image.NRGBA    // what is drawn, with room around it
	seen          []premultiplied // the same, pixel by pixel
	side          int             // of a place, in pixels
	columns, rows int
	lengths       []float64 // of the edges in each place, in pixels; 0 where there is none
	inner         []float64 // how well the shape that lies in each place is seen by the drawing within it; 0: there is none
}

// edgesOf finds the places of a picture that have an edge in them.
func edgesOf(m *image.NRGBA, plate *color.NRGBA) edges {
	box := extentOf(m, plate)
	e := edges{side: max(placeLeast, int(math.Round(placeShare*float64(min(box.Dx(), box.Dy())))))}
	e.columns, e.rows = (box.Dx()+e.side-1)/e.side+2, (box.Dy()+e.side-1)/e.side+2
	e.m = image.NewNRGBA(image.Rect(0, 0, e.columns*e.side, e.rows*e.side))
	ground, operation := color.NRGBA{}, draw.Src
	if plate != nil {
		ground, operation = *plate, draw.Over
	}
	draw.Draw(e.m, e.m.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	room := image.Pt((e.m.Rect.Dx()-box.Dx())/2, (e.m.Rect.Dy()-box.Dy())/2)
	draw.Draw(e.m, image.Rectangle{Min: room, Max: room.Add(box.Size())}, m, box.Min, operation)
	e.seen = make([]premultiplied, len(e.m.Pix)/4)
	for i := range e.seen {
		p := e.m.Pix[4*i : 4*i+4]
		e.seen[i] = premultiply(color.NRGBA{R: p[0], G: p[1], B: p[2], A: p[3]})
	}
	e.lengths = e.lengthsOf(nil)
	e.findInner(ground)
	return e
}

// extentOf is the part of a picture outside of which there is nothing but plate, or nothing.
func extentOf(m *image.NRGBA, plate *color.NRGBA) image.Rectangle {
	box := image.Rectangle{Min: m.Rect.Max, Max: m.Rect.Min}
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			p := at(m, x, y)
			if p.A >= visible && (plate == nil || distance(p, *plate) >= swing) {
				box.Min.X, box.Min.Y = min(box.Min.X, x), min(box.Min.Y, y)
				box.Max.X, box.Max.Y = max(box.Max.X, x+1), max(box.Max.Y, y+1)
			}
		}
	}
	if box.Min.X >= box.Max.X {
		return image.Rectangle{}
	}
	return box
}

// lengthsOf is how long the edges in each place are, between pixels that belong to a part of the picture; nil is all of it.
func (e edges) lengthsOf(part []bool) []float64 {
	lengths := make([]float64, e.columns*e.rows)
	spans := make([]colours, len(lengths))
	whole := colours{low: premultiplied{255, 255, 255, 255}}
	w, h := e.m.Rect.Dx(), e.m.Rect.Dy()
	for i := range lengths {
		spans[i] = colours{low: premultiplied{255, 255, 255, 255}}
		x0, y0 := i%e.columns*e.side, i/e.columns*e.side
		for y := y0; y < y0+e.side; y++ {
			for x := x0; x < x0+e.side; x++ {
				at := y*w + x
				if part != nil && !part[at] {
					continue
				}
				p := e.seen[at]
				spans[i].take(p)
				step := 0
				if next := at + 1; x+1 < w && (part == nil || part[next]) && e.seen[next] != p {
					spans[i].take(e.seen[next])
					step = p.apart(e.seen[next])
				}
				if next := at + w; y+1 < h && (part == nil || part[next]) && e.seen[next] != p {
					spans[i].take(e.seen[next])
					step = max(step, p.apart(e.seen[next]))
				}
				if step > noise {
					lengths[i] += float64(step)
				}
			}
		}
		whole.take(spans[i].low)
		whole.take(spans[i].high)
	}
	least := max(swing, int(faint*float64(whole.width())))
	for i := range lengths {
		if width := spans[i].width(); width >= least {
			lengths[i] /= float64(width)
		} else {
			lengths[i] = 0
		}
	}
	return lengths
}

// against is how the picture is seen on a ground, and whether it has any edge.
func (e edges) against(ground color.NRGBA) (Sight, bool) {
	parts := make([]histogram, len(e.lengths))
	spans := make([]colours, len(e.lengths))
	for i := range spans {
		spans[i].low = premultiplied{255, 255, 255, 255}
	}
	for y := range e.m.Rect.Dy() {
		row := e.m.Pix[y*e.m.Stride:][:e.m.Rect.Dx()*4]
		first := y / e.side * e.columns
		for i := 0; i < len(row); i += 4 {
			r, g, b, a := row[i], row[i+1], row[i+2], row[i+3]
			if a != 0xff {
				r, g, b = over(r, ground.R, a), over(g, ground.G, a), over(b, ground.B, a)
			}
			place := first + i/4/e.side
			parts[place][level(r, g, b)]++
			spans[place].take(premultiplied{r, g, b, 255})
		}
	}
	best := e.clearest(parts, e.lengths)
	for i, inner := range e.inner {
		best[i] = max(best[i], inner)
	}
	ratio, any := weakTenth(best, e.lengths)
	if !any {
		return Sight{Ratio: 1, Lost: true}, false
	}
	for i, s := range spans {
		if s.width() >= vivid {
			best[i] = max(best[i], lostOnDark)
		}
	}
	visible, _ := weakTenth(best, e.lengths)
	least := lostOnDark
	if Light(ground) {
		least = lostOnLight
	}
	return Sight{Ratio: ratio, Lost: visible < least-0.01}, true
}

// halfway is the luminance from which a ground is rather white than black: the one that has the same contrast with both.
const halfway = 0.18

// Light tells whether a ground is rather white than black.
func Light(ground color.NRGBA) bool { return Luminance(ground) > halfway }

// clearest is the contrast at each place: the highest of the windows of two by two places that hold it. A window that an
// edge only touches sees nothing of what makes it.
func (e edges) clearest(parts []histogram, lengths []float64) []float64 {
	best := make([]float64, len(lengths))
	for y := range e.rows - 1 {
		for x := range e.columns - 1 {
			first := y*e.columns + x
			four := [4]int{first, first + 1, first + e.columns, first + e.columns + 1}
			if lengths[four[0]]+lengths[four[1]]+lengths[four[2]]+lengths[four[3]] == 0 {
				continue
			}
			var window histogram
			for _, i := range four {
				for l, n := range parts[i] {
					window[l] += n
				}
			}
			r := window.contrast()
			for _, i := range four {
				best[i] = max(best[i], r)
			}
		}
	}
	return best
}

// contrast is that of the bulk of the light and of the dark pixels.
func (h *histogram) contrast() float64 {
	split := h.threshold()
	if split == 0 {
		return 1
	}
	low, high := quantile(h[:split], tail), split+quantile(h[split:], 1-tail)
	return math.Exp(float64(high-low) / (levels - 1) * (lightest - darkest))
}

// threshold parts a histogram in two, so that both parts are as uniform as can be (Otsu); 0 if all is of one level.
func (h *histogram) threshold() int {
	var all, sum float64
	for i, n := range h {
		all += float64(n)
		sum += float64(i) * float64(n)
	}
	best, split := -1.0, 0
	var below, belowSum float64
	for i, n := range h[:levels-1] {
		below += float64(n)
		belowSum += float64(i) * float64(n)
		if below == 0 || below == all {
			continue
		}
		d := belowSum/below - (sum-belowSum)/(all-below)
		if v := below * (all - below) * d * d; v > best {
			best, split = v, i+1
		}
	}
	return split
}

func quantile(counts []int32, share float64) int {
	var all int32
	for _, n := range counts {
		all += n
	}
	left := share * float64(all)
	for i, n := range counts {
		if left -= float64(n); left <= 0 && n > 0 {
			return i
		}
	}
	return 0
}

// weakTenth is the contrast that nine tenths of the edges reach, and whether there are any: the mean of what lies about
// the tenth, so that a hair more or less of one colour does not turn the figure over.
func weakTenth(contrasts, lengths []float64) (float64, bool) {
	type share struct{ ratio, length float64 }
	var list []share
	var all float64
	for i, length := range lengths {
		if length > 0 {
			list = append(list, share{max(1, contrasts[i]), length})
			all += length
		}
	}
	if all == 0 {
		return 1, false
	}
	slices.SortFunc(list, func(a, b share) int { return cmp.Compare(a.ratio, b.ratio) })
	from, to, reached, sum := all*0.05, all*0.15, 0.0, 0.0
	for _, s := range list {
		if part := min(reached+s.length, to) - max(reached, from); part > 0 {
			sum += part * math.Log(s.ratio)
		}
		reached += s.length
	}
	return math.Exp(sum / (to - from)), true
}

// over composites as windows do: on the encoded values.
func over(c, ground, alpha uint8) uint8 {
	a := uint32(alpha)
	return uint8((uint32(c)*a + uint32(ground)*(255-a) + 127) / 255)
}

// premultiplied is a colour as far as it is seen: red, green, blue, alpha.
type premultiplied [4]uint8

func premultiply(p color.NRGBA) premultiplied {
	if p.A == 255 {
		return premultiplied{p.R, p.G, p.B, 255}
	}
	a := uint32(p.A)
	return premultiplied{uint8(uint32(p.R) * a / 255), uint8(uint32(p.G) * a / 255), uint8(uint32(p.B) * a / 255), p.A}
}

// apart is the largest difference in one channel, 0 to 255.
func (p premultiplied) apart(q premultiplied) int {
	var d uint8
	for i := range p {
		d = max(d, max(p[i], q[i])-min(p[i], q[i]))
	}
	return int(d)
}

func distance(a, b color.NRGBA) int { return premultiply(a).apart(premultiply(b)) }

// colours is the range of the colours of several pixels, channel by channel.
type colours struct{ low, high premultiplied }

func (s *colours) take(p premultiplied) {
	for i, v := range p {
		s.low[i], s.high[i] = min(s.low[i], v), max(s.high[i], v)
	}
}

// width is the widest range of a channel.
func (s colours) width() int { return s.high.apart(s.low) }
