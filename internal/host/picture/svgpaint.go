package picture

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// parseColor reads a colour as SVG files write it: a name, #rgb, #rrggbb, #rgba, #rrggbbaa, rgb() or rgba().
func parseColor(v string) (color.NRGBA, bool) {
	v = strings.ToLower(strings.TrimSpace(v))
	if c, ok := colornames.Map[v]; ok {
		return color.NRGBA(c), true
	}
	if hex, ok := strings.CutPrefix(v, "#"); ok {
		return hexColor(hex)
	}
	name, inside, ok := strings.Cut(strings.TrimSuffix(v, ")"), "(")
	if !ok || name != "rgb" && name != "rgba" {
		return color.NRGBA{}, false
	}
	parts := strings.FieldsFunc(inside, func(r rune) bool { return strings.ContainsRune(" ,/\t", r) })
	if len(parts) != 3 && len(parts) != 4 {
		return color.NRGBA{}, false
	}
	n := [4]float64{3: 255}
	for i, p := range parts {
		number, percent := strings.CutSuffix(p, "%")
		x, err := strconv.ParseFloat(number, 64)
		if err != nil || math.IsNaN(x) {
			return color.NRGBA{}, false
		}
		if percent {
			x *= 2.55
		} else if i == 3 {
			x *= 255
		}
		n[i] = math.Round(min(max(x, 0), 255))
	}
	return color.NRGBA{uint8(n[0]), uint8(n[1]), uint8(n[2]), uint8(n[3])}, true
}

func hexColor(hex string) (color.NRGBA, bool) {
	if len(hex) == 3 || len(hex) == 4 {
		wide := make([]byte, 0, 8)
		for i := range len(hex) {
			wide = append(wide, hex[i], hex[i])
		}
		hex = string(wide)
	}
	if len(hex) == 6 {
		hex += "ff"
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 8 {
		return color.NRGBA{}, false
	}
	return color.NRGBA{uint8(n >> 24), uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// source is what a paint puts on the canvas, with the opacities that apply.
func (d *drawing) source(p paint, s style, opacity float64, shape path) (image.Image, error) {
	opacity *= s.opacity
	if p.gradient == nil {
		c := p.color
		c.A = uint8(math.Round(float64(c.A) * opacity))
		return image.NewUniform(c), nil
	}
	return d.shade(p.gradient, s, opacity, shape)
}

// shading is a gradient as an image without end.
type shading struct {
	toGradient matrix // from pixels to the gradient's own space
	radial     bool
	p          [5]float64 // x1 y1 x2 y2, or cx cy fx fy r
	spread     string
	stops      []stop
	opacity    float64
}

type stop struct {
	offset float64
	color  color.NRGBA
}

func (d *drawing) shade(g *element, s style, opacity float64, shape path) (image.Image, error) {
	attrs, stops, err := d.gradient(g, 0)
	if err != nil {
		return nil, err
	}
	if len(stops) == 0 {
		return image.Transparent, nil
	}
	out := &shading{radial: g.name == "radialGradient", spread: attrs["spreadMethod"], stops: stops, opacity: opacity}
	own := matrix{1, 0, 0, 1, 0, 0}
	if t := attrs["gradientTransform"]; t != "" {
		if own, err = transform(t); err != nil {
			return nil, unsupported("gradientTransform")
		}
	}
	space := s.matrix
	byBox := attrs["gradientUnits"] != "userSpaceOnUse"
	if byBox {
		x0, y0, x1, y1 := extremes(shape)
		space = space.after(matrix{x1 - x0, 0, 0, y1 - y0, x0, y0})
	}
	whole := space.after(own)
	det := whole[0]*whole[3] - whole[1]*whole[2]
	if math.Abs(det) < 1e-12 || math.IsNaN(det) || math.IsInf(det, 0) {
		return image.NewUniform(faded(stops[len(stops)-1].color, opacity)), nil
	}
	out.toGradient = matrix{
		whole[3] / det, -whole[1] / det, -whole[2] / det, whole[0] / det,
		(whole[2]*whole[5] - whole[3]*whole[4]) / det, (whole[1]*whole[4] - whole[0]*whole[5]) / det,
	}
	keys, defaults := []string{"x1", "y1", "x2", "y2"}, []string{"0%", "0%", "100%", "0%"}
	if out.radial {
		keys, defaults = []string{"cx", "cy", "fx", "fy", "r"}, []string{"50%", "50%", attrs["cx"], attrs["cy"], "50%"}
	}
	for i, key := range keys {
		v := attrs[key]
		if v == "" {
			v = defaults[i]
		}
		if v == "" {
			v = "50%"
		}
		if out.p[i], err = d.fraction(v, byBox, i); err != nil {
			return nil, unsupported(key)
		}
	}
	return out, nil
}

// gradient follows references from gradient to gradient, as drawing programs use them to share stops.
func (d *drawing) gradient(g *element, depth int) (map[string]string, []stop, error) {
	attrs, stops := map[string]string{}, []stop{}
	if href := g.attrs["href"]; href != "" && depth < 8 {
		if base := d.ids[href]; base != nil {
			var err error
			if attrs, stops, err = d.gradient(base, depth+1); err != nil {
				return nil, nil, err
			}
		}
	}
	for k, v := range g.attrs {
		attrs[k] = v
	}
	var own []stop
	for _, c := range g.children {
		if c.name != "stop" {
			continue
		}
		get := func(key string) string {
			for class := range strings.FieldsSeq(c.attrs["class"]) {
				if v := d.classes[class][key]; v != "" {
					return v
				}
			}
			return c.attrs[key]
		}
		s := stop{color: black}
		var err error
		if s.offset, err = d.fraction(orZero(get("offset")), true, 0); err != nil {
			return nil, nil, unsupported("offset")
		}
		if v := get("stop-color"); v != "" {
			var ok bool
			if s.color, ok = parseColor(v); !ok {
				return nil, nil, unsupported("color " + clip(v))
			}
		}
		if v := get("stop-opacity"); v != "" {
			o, err := d.fraction(v, true, 0)
			if err != nil {
				return nil, nil, unsupported("stop-opacity")
			}
			s.color = faded(s.color, min(max(o, 0), 1))
		}
		s.offset = min(max(s.offset, 0), 1)
		own = append(own, s)
	}
	if len(own) > 0 {
		stops = own
	}
	for i := 1; i < len(stops); i++ {
		stops[i].offset = max(stops[i].offset, stops[i-1].offset)
	}
	return attrs, stops, nil
}

func orZero(v string) string {
	if v == "" {
		return "0"
	}
	return v
}

// fraction reads a number or a percentage; of the box (1), or of the document's side that the i-th value lies along.
func (d *drawing) fraction(v string, byBox bool, i int) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(v), "%")
	n, err := plain(number)
	if err != nil || !percent {
		return n, err
	}
	switch {
	case byBox:
		return n / 100, nil
	case i == 4:
		return n / 100 * math.Hypot(d.box.W, d.box.H) / math.Sqrt2, nil
	case i%2 == 0:
		return d.box.X + n/100*d.box.W, nil
	}
	return d.box.Y + n/100*d.box.H, nil
}

func faded(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(math.Round(float64(c.A) * opacity))
	return c
}

// extremes are the sides of the box around a path: of its curves, not of their control points.
func extremes(p path) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	take := func(x, y float64) { x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y) }
	var pen [2]float64
	for _, g := range p {
		points := g.points()
		if len(points) == 0 {
			continue
		}
		if len(points) == 3 {
			for axis := range 2 {
				for _, t := range bends(pen[axis], points[0][axis], points[1][axis], points[2][axis]) {
					take(bezier(t, pen[0], points[0][0], points[1][0], points[2][0]),
						bezier(t, pen[1], points[0][1], points[1][1], points[2][1]))
				}
			}
		}
		pen = points[len(points)-1]
		take(pen[0], pen[1])
	}
	return x0, y0, x1, y1
}

// bends are the places, between its ends, at which a cubic Bézier curve turns back along an axis.
func bends(a, b, c, d float64) []float64 {
	// A third of the derivative is p t² + 2 q t + r.
	p, q, r := d-a+3*(b-c), a-2*b+c, b-a
	var at []float64
	if math.Abs(p) < 1e-9 {
		at = append(at, -r/(2*q))
	} else if root := q*q - p*r; root >= 0 {
		root = math.Sqrt(root)
		at = append(at, (-q-root)/p, (-q+root)/p)
	}
	return slices.DeleteFunc(at, func(t float64) bool { return !(t > 0 && t < 1) })
}

func bezier(t, a, b, c, d float64) float64 {
	u := 1 - t
	return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d
}

// at is the colour between the stops.
func (s *shading) at(t float64) color.NRGBA64 {
	next, _ := slices.BinarySearchFunc(s.stops, t, func(s stop, t float64) int {
		if s.offset <= t {
			return -1
		}
		return 1
	})
	a, b, k := s.stops[max(next-1, 0)], s.stops[min(next, len(s.stops)-1)], 0.0
	if b.offset > a.offset {
		k = (t - a.offset) / (b.offset - a.offset)
	}
	mix := func(x, y uint8, whole float64) uint16 {
		return uint16(math.Round((float64(x)*(1-k) + float64(y)*k) * 257 * whole))
	}
	return color.NRGBA64{
		mix(a.color.R, b.color.R, 1), mix(a.color.G, b.color.G, 1), mix(a.color.B, b.color.B, 1),
		mix(a.color.A, b.color.A, s.opacity),
	}
}

func (s *shading) ColorModel() color.Model { return color.RGBAModel }
func (s *shading) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }

func (s *shading) At(px, py int) color.Color { return s.RGBA64At(px, py) }

func (s *shading) RGBA64At(px, py int) color.RGBA64 {
	x, y := s.toGradient.apply(float64(px)+0.5, float64(py)+0.5)
	t := s.linear(x, y)
	if s.radial {
		t = s.round(x, y)
	}
	switch s.spread {
	case "repeat":
		t -= math.Floor(t)
	case "reflect":
		t = math.Abs(math.Mod(t, 2))
		t = min(t, 2-t)
	}
	return color.RGBA64Model.Convert(s.at(min(max(t, 0), 1))).(color.RGBA64)
}

func (s *shading) linear(x, y float64) float64 {
	dx, dy := s.p[2]-s.p[0], s.p[3]-s.p[1]
	if length := dx*dx + dy*dy; length > 0 {
		return ((x-s.p[0])*dx + (y-s.p[1])*dy) / length
	}
	return 1
}

// round is where the ray from the focus through the point meets the circle, as the share that lies before the point.
func (s *shading) round(x, y float64) float64 {
	cx, cy, fx, fy, r := s.p[0], s.p[1], s.p[2], s.p[3], s.p[4]
	if r <= 0 {
		return 1
	}
	if d := math.Hypot(fx-cx, fy-cy); d > r*0.99 { // a focus outside moves to the edge
		fx, fy = cx+(fx-cx)*r*0.99/d, cy+(fy-cy)*r*0.99/d
	}
	dx, dy := x-fx, y-fy
	a := dx*dx + dy*dy
	if a == 0 {
		return 0
	}
	b := dx*(fx-cx) + dy*(fy-cy)
	c := (fx-cx)*(fx-cx) + (fy-cy)*(fy-cy) - r*r
	return a / (-b + math.Sqrt(max(0, b*b-a*c)))
}
