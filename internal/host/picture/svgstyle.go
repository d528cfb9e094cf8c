package picture

import (
	"image/color"
	"strings"
)

var black = color.NRGBA{0, 0, 0, 255}

// style is what a shape inherits.
type style struct {
	matrix        matrix
	fill, stroke  paint
	current       color.NRGBA
	fillOpacity   float64
	strokeOpacity float64
	opacity       float64 // of this element alone, as one
	evenOdd       bool
	strokeWidth   float64
	miter         float64
	cap, join     string
	dashes        []float64
	dashOffset    float64
	hidden        bool
	uses          int // how many <use> are around it
}

// paint is a colour or a gradient, or nothing.
type paint struct {
	on       bool
	color    color.NRGBA
	gradient *element
}

// styled applies an element's own presentation to what it inherits. Classes stand above attributes; a style attribute
// was merged into the attributes when it was read, which is the same unless a class says otherwise too.
func (d *drawing) styled(e *element, s style) (style, error) {
	get := func(key string) string { return e.attrs[key] }
	if class := e.attrs["class"]; class != "" {
		merged := map[string]string{}
		for key, value := range e.attrs {
			merged[key] = value
		}
		for name := range strings.FieldsSeq(class) {
			for key, value := range d.classes[name] {
				merged[key] = value
			}
		}
		get = func(key string) string { return merged[key] }
	}
	if v := get("display"); v == "none" {
		s.hidden = true
	}
	switch get("visibility") {
	case "hidden", "collapse":
		s.hidden = true
	}
	for _, key := range []string{"mask", "filter"} { // may come from a class
		if v := get(key); v != "" && v != "none" {
			return s, unsupported(key)
		}
	}
	if v := get("clip-path"); v != "" && v != "none" && !d.clipsNothing(v) {
		return s, unsupported("clip-path")
	}
	if t := get("transform"); t != "" {
		m, err := transform(t)
		if err != nil {
			return s, unsupported("transform")
		}
		s.matrix = s.matrix.after(m)
	}
	var err error
	set := func(key string, into *float64, times bool) {
		v := get(key)
		if v == "" || v == "inherit" || err != nil {
			return
		}
		factor := 1.0
		if cut, ok := strings.CutSuffix(v, "%"); ok && times {
			v, factor = cut, 0.01
		}
		n, e := plain(v)
		if e != nil {
			err = unsupported(key)
		}
		if times {
			n = min(max(n*factor, 0), 1)
		}
		*into = n
	}
	set("fill-opacity", &s.fillOpacity, true)
	set("stroke-opacity", &s.strokeOpacity, true)
	own := 1.0
	set("opacity", &own, true)
	s.opacity = own
	set("stroke-width", &s.strokeWidth, false)
	set("stroke-miterlimit", &s.miter, false)
	set("stroke-dashoffset", &s.dashOffset, false)
	if err != nil {
		return s, err
	}
	if v := get("stroke-dasharray"); v == "none" {
		s.dashes = nil
	} else if v != "" {
		if s.dashes, err = numbers(v); err != nil {
			return s, unsupported("stroke-dasharray")
		}
	}
	choose(get("fill-rule"), func(v string) { s.evenOdd = v == "evenodd" })
	choose(get("stroke-linecap"), func(v string) { s.cap = v })
	choose(get("stroke-linejoin"), func(v string) { s.join = v })
	if v := get("color"); v != "" && v != "inherit" {
		if c, ok := parseColor(v); ok {
			s.current = c
		}
	}
	for key, into := range map[string]*paint{"fill": &s.fill, "stroke": &s.stroke} {
		if v := get(key); v != "" && v != "inherit" {
			if *into, err = d.paint(v, s.current); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

func choose(v string, set func(string)) {
	if v != "" && v != "inherit" {
		set(v)
	}
}

func (d *drawing) paint(v string, current color.NRGBA) (paint, error) {
	switch {
	case v == "none" || v == "transparent":
		return paint{}, nil
	case v == "currentColor" || v == "currentcolor":
		if current == (color.NRGBA{}) {
			current = black
		}
		return paint{on: true, color: current}, nil
	case strings.HasPrefix(v, "url("):
		id, _ := reference(v)
		g := d.ids[id]
		if g == nil || g.name != "linearGradient" && g.name != "radialGradient" {
			return paint{}, unsupported("fill url(#" + clip(id) + ")")
		}
		return paint{on: true, gradient: g}, nil
	}
	c, ok := parseColor(v)
	if !ok {
		return paint{}, unsupported("color " + clip(v))
	}
	return paint{on: true, color: c}, nil
}

// clipsNothing tells whether a clip path is a single rectangle around the whole drawing, as design programs export it.
func (d *drawing) clipsNothing(v string) bool {
	id, _ := reference(v)
	c := d.ids[id]
	if c == nil || c.name != "clipPath" || len(c.children) != 1 || c.children[0].name != "rect" || c.attrs["clipPathUnits"] == "objectBoundingBox" {
		return false
	}
	r := c.children[0].attrs
	if r["transform"] != "" || r["rx"] != "" || r["ry"] != "" || c.attrs["transform"] != "" {
		return false
	}
	x, _ := plain(r["x"])
	y, _ := plain(r["y"])
	w, err1 := plain(r["width"])
	h, err2 := plain(r["height"])
	return err1 == nil && err2 == nil && x <= d.box.X && y <= d.box.Y && x+w >= d.box.X+d.box.W && y+h >= d.box.Y+d.box.H
}
