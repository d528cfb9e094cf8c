package picture

import (
	"image"
	"image/draw"
	"math"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"kontor/internal/core/fault"
)

func (d *drawing) children(e *element, s style) error {
	for _, c := range e.children {
		if err := d.element(c, s); err != nil {
			return err
		}
	}
	return nil
}

func (d *drawing) element(e *element, s style) error {
	if err := d.ctx.Err(); err != nil {
		return fault.Wrap(err, fault.Invalid, ReasonComplex)
	}
	switch e.name {
	case "defs", "style", "linearGradient", "radialGradient", "stop", "symbol", "clipPath":
		return nil
	}
	if d.shapes++; d.shapes > maxElements {
		return fault.New(fault.Invalid, ReasonComplex)
	}
	s, err := d.styled(e, s)
	if err != nil || s.hidden {
		return err
	}
	group := e.name == "g" || e.name == "use" || s.fill.on && s.stroke.on
	if !group {
		return d.drawn(e, s)
	}
	return d.layer(s.opacity, func() error {
		s.opacity = 1
		return d.drawn(e, s)
	})
}

// drawn draws an element whose style is known.
func (d *drawing) drawn(e *element, s style) error {
	switch e.name {
	case "svg":
		return unsupported("svg in svg")
	case "g":
		return d.children(e, s)
	case "use":
		return d.use(e, s)
	}
	p, err := outline(e)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, ReasonDamaged)
	}
	if d.segments += len(p); d.segments > maxSegments {
		return fault.New(fault.Invalid, ReasonComplex)
	}
	return d.shape(p, s)
}

func (d *drawing) use(e *element, s style) error {
	target := d.ids[e.attrs["href"]]
	if target == nil {
		return unsupported("use #" + clip(e.attrs["href"]))
	}
	if s.uses++; s.uses > 8 {
		return fault.New(fault.Invalid, ReasonComplex)
	}
	x, err1 := plain(e.attrs["x"])
	y, err2 := plain(e.attrs["y"])
	if err1 != nil || err2 != nil {
		return unsupported("use")
	}
	s.matrix = s.matrix.after(matrix{1, 0, 0, 1, x, y})
	if target.name == "symbol" {
		if target.attrs["viewBox"] != "" {
			return unsupported("symbol viewBox")
		}
		return d.children(target, s)
	}
	return d.element(target, s)
}

// outline is the path of a basic shape.
func outline(e *element) (path, error) {
	var p path
	var failed error
	n := func(key string) float64 {
		v, err := plain(e.attrs[key])
		if err != nil {
			failed = err
		}
		return v
	}
	switch e.name {
	case "path":
		return pathData(e.attrs["d"])
	case "rect":
		p.rect(n("x"), n("y"), n("width"), n("height"), n("rx"), n("ry"))
	case "circle":
		if r := n("r"); r > 0 {
			p.ellipse(n("cx"), n("cy"), r, r)
		}
	case "ellipse":
		if rx, ry := n("rx"), n("ry"); rx > 0 && ry > 0 {
			p.ellipse(n("cx"), n("cy"), rx, ry)
		}
	case "line":
		p.move(n("x1"), n("y1"))
		p.line(n("x2"), n("y2"))
	case "polyline", "polygon":
		list, err := numbers(e.attrs["points"])
		if err != nil {
			return nil, err
		}
		for i := 0; i+1 < len(list); i += 2 {
			if i == 0 {
				p.move(list[0], list[1])
			} else {
				p.line(list[i], list[i+1])
			}
		}
		if e.name == "polygon" && len(p) > 0 {
			p.end()
		}
	}
	return p, failed
}

func (p *path) rect(x, y, w, h, rx, ry float64) {
	if w <= 0 || h <= 0 {
		return
	}
	if rx == 0 {
		rx = ry
	} else if ry == 0 {
		ry = rx
	}
	rx, ry = min(max(rx, 0), w/2), min(max(ry, 0), h/2)
	corner := func(toX, toY float64) { p.arcTo(rx, ry, toX, toY) }
	p.move(x+rx, y)
	p.line(x+w-rx, y)
	corner(x+w, y+ry)
	p.line(x+w, y+h-ry)
	corner(x+w-rx, y+h)
	p.line(x+rx, y+h)
	corner(x, y+h-ry)
	p.line(x, y+ry)
	corner(x+rx, y)
	p.end()
}

func (p *path) arcTo(rx, ry, x, y float64) {
	last := (*p)[len(*p)-1].p[0]
	p.arc(last[0], last[1], [7]float64{rx, ry, 0, 0, 1, x, y})
}

func (d *drawing) shape(p path, s style) error {
	if len(p) == 0 {
		return nil
	}
	device := make(path, len(p))
	for i, g := range p {
		device[i].verb = g.verb
		for k, q := range g.p {
			x, y := s.matrix.apply(q[0], q[1])
			if !(math.Abs(x) < maxCoordinate && math.Abs(y) < maxCoordinate) {
				return fault.New(fault.Invalid, ReasonComplex)
			}
			device[i].p[k] = [2]float64{x, y}
		}
	}
	if s.fill.on {
		source, err := d.source(s.fill, s, s.fillOpacity, p)
		if err != nil {
			return err
		}
		d.fill(device, s.evenOdd, source)
	}
	if width := s.strokeWidth * s.matrix.scale(); s.stroke.on && width > 0 {
		source, err := d.source(s.stroke, s, s.strokeOpacity, p)
		if err != nil {
			return err
		}
		line, err := stroked(device, s, width)
		if err != nil {
			return err
		}
		d.fill(line, false, source)
	}
	return nil
}

// fill covers the path with a colour or gradient. Where the even-odd rule applies, each part is covered by itself and
// the parts cancel each other out where they overlap; a part that crosses itself counts as filled.
func (d *drawing) fill(p path, evenOdd bool, source image.Image) {
	parts := []path{p}
	if evenOdd {
		parts = parts[:0]
		for i, from := 1, 0; i <= len(p); i++ {
			if i == len(p) || p[i].verb == 'M' {
				parts = append(parts, p[from:i])
				from = i
			}
		}
	}
	box := bounds(p).Intersect(d.canvas.Rect)
	if box.Empty() {
		return
	}
	var mask *image.Alpha
	for _, part := range parts {
		m := cover(part, box)
		if mask == nil {
			mask = m
			continue
		}
		for i, a := range m.Pix {
			b := uint32(mask.Pix[i])
			mask.Pix[i] = uint8(uint32(a) + b - (2*uint32(a)*b+127)/255)
		}
	}
	draw.DrawMask(d.canvas, box, source, box.Min, mask, image.Point{}, draw.Over)
}

func bounds(p path) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, g := range p {
		for _, q := range g.points() {
			x0, y0, x1, y1 = min(x0, q[0]), min(y0, q[1]), max(x1, q[0]), max(y1, q[1])
		}
	}
	if x0 > x1 {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1)))
}

// cover is how much of each pixel of the box the path covers.
func cover(p path, box image.Rectangle) *image.Alpha {
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	r.DrawOp = draw.Src
	at := func(q [2]float64) (float32, float32) {
		return float32(q[0] - float64(box.Min.X)), float32(q[1] - float64(box.Min.Y))
	}
	for _, g := range p {
		x, y := at(g.p[0])
		switch g.verb {
		case 'M':
			r.ClosePath()
			r.MoveTo(x, y)
		case 'J':
			r.MoveTo(x, y)
		case 'L':
			r.LineTo(x, y)
		case 'C':
			bx, by := at(g.p[1])
			cx, cy := at(g.p[2])
			r.CubeTo(x, y, bx, by, cx, cy)
		case 'Z':
			r.ClosePath()
		}
	}
	if p[0].verb == 'M' {
		r.ClosePath()
	}
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	return mask
}

// stroked is the outline of a line along the path.
func stroked(p path, s style, width float64) (path, error) {
	if width > maxCoordinate {
		return nil, fault.New(fault.Invalid, ReasonComplex)
	}
	scale := s.matrix.scale()
	var dashes []float64
	total := 0.0
	for _, v := range s.dashes {
		dashes = append(dashes, max(v*scale, 0))
		total += max(v*scale, 0)
	}
	if len(dashes)%2 == 1 {
		dashes = append(dashes, dashes...)
		total *= 2
	}
	if total < 0.25 {
		dashes = nil
	} else if extent(p)/total*float64(len(dashes)) > maxStrokeSteps || math.Abs(s.dashOffset*scale)/total > maxStrokeSteps {
		return nil, fault.New(fault.Invalid, ReasonComplex)
	}
	caps := map[string]rasterx.CapFunc{"round": rasterx.RoundCap, "square": rasterx.SquareCap}
	joins := map[string]rasterx.JoinMode{"round": rasterx.Round, "bevel": rasterx.Bevel}
	cap, ok := caps[s.cap]
	if !ok {
		cap = rasterx.ButtCap
	}
	join, ok := joins[s.join]
	if !ok {
		join = rasterx.Miter
	}
	var o outliner
	dasher := rasterx.NewDasher(1, 1, &o)
	dasher.SetStroke(fixed.Int26_6(width*64), fixed.Int26_6(min(max(s.miter, 1), 1000)*64), cap, cap, nil, join, dashes, max(s.dashOffset*scale, 0))
	open := false
	stop := func(closed bool) {
		if open {
			dasher.Stop(closed)
		}
		open = false
	}
	var first [2]float64
	for _, g := range p {
		switch g.verb {
		case 'M':
			stop(false)
			first = g.p[0]
			dasher.Start(rasterx.ToFixedP(first[0], first[1]))
			open = true
		case 'L':
			dasher.Line(rasterx.ToFixedP(g.p[0][0], g.p[0][1]))
		case 'C':
			dasher.CubeBezier(rasterx.ToFixedP(g.p[0][0], g.p[0][1]), rasterx.ToFixedP(g.p[1][0], g.p[1][1]),
				rasterx.ToFixedP(g.p[2][0], g.p[2][1]))
		case 'Z':
			stop(true)
		}
	}
	stop(false)
	return o.path, nil
}

// extent is an upper bound of the length of a path.
func extent(p path) (sum float64) {
	var last [2]float64
	for _, g := range p {
		for _, q := range g.points() {
			if g.verb != 'M' {
				sum += math.Hypot(q[0]-last[0], q[1]-last[1])
			}
			last = q
		}
	}
	return sum
}

// tame keeps the tips of very sharp joins within what a rasteriser can walk along.
func tame(v fixed.Int26_6) float64 { return min(max(float64(v)/64, -2*maxCoordinate), 2*maxCoordinate) }

// outliner takes the outline that rasterx makes of a line.
type outliner struct{ path path }

func (o *outliner) Start(a fixed.Point26_6) { o.path.jump(tame(a.X), tame(a.Y)) }
func (o *outliner) Line(b fixed.Point26_6)  { o.path.line(tame(b.X), tame(b.Y)) }
func (o *outliner) Clear()                  { o.path = o.path[:0] }

// The rest of what rasterx asks of a scanner has no meaning here.
func (o *outliner) Draw()                              {}
func (o *outliner) GetPathExtent() fixed.Rectangle26_6 { return fixed.Rectangle26_6{} }
func (o *outliner) SetBounds(int, int)                 {}
func (o *outliner) SetColor(any)                       {}
func (o *outliner) SetWinding(bool)                    {}
func (o *outliner) SetClip(image.Rectangle)            {}
