package picture

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"strings"
	"time"

	"kontor/internal/core/fault"
)

// An SVG is drawn with a longer side of DrawnSide pixels, or smaller where that would be more than drawnPixels.
const (
	DrawnSide   = 1600
	drawnPixels = 1_000_000
)

// Limits of an SVG. A logo stays far below them.
const (
	maxSVGBytes    = 2 << 20
	maxElements    = 5_000 // as written, and again as drawn (what is used twice counts twice)
	maxDepth       = 64
	maxLayers      = 8 // groups within groups that are faded as one
	maxSegments    = 200_000
	maxShapeRatio  = 20               // longer to shorter side
	drawingTime    = 15 * time.Second // by the clock: a busy computer needs seconds for an ordinary logo
	maxCoordinate  = 16 * DrawnSide   // of what is drawn, in pixels
	maxStrokeSteps = 50_000           // dashes of one stroke
)

func looksLikeSVG(data []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

func unsupported(what string) error {
	return fault.New(fault.Invalid, ReasonUnsupported).With("what", what)
}

// element is a node of the document, with nothing in it that was not understood.
type element struct {
	name     string
	attrs    map[string]string
	children []*element
	text     string
}

// drawn are the elements that are understood. Any other one that would show is refused: a preview that leaves
// something out would lie.
var drawn = map[string]bool{
	"svg": true, "g": true, "path": true, "rect": true, "circle": true, "ellipse": true, "line": true,
	"polyline": true, "polygon": true, "defs": true, "linearGradient": true, "radialGradient": true, "stop": true,
	"use": true, "symbol": true, "style": true, "clipPath": true,
}

// silent are elements that show nothing.
var silent = map[string]bool{"title": true, "desc": true, "metadata": true, "namedview": true}

// Draw draws an SVG. It is refused if it refers to anything outside itself, declares entities, or holds something that
// would not be drawn faithfully (text, pictures, filters, masks); the reason names it.
func Draw(ctx context.Context, data []byte) (p *Picture, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fault.Wrap(fmt.Errorf("drawing panicked: %v", r), fault.Invalid, ReasonDamaged)
		}
	}()
	if len(data) > maxSVGBytes {
		return nil, fault.New(fault.Invalid, ReasonHeavy).With("max", "2")
	}
	ctx, cancel := context.WithTimeout(ctx, drawingTime)
	defer cancel()
	root, err := readSVG(data)
	if err != nil {
		return nil, err
	}
	d, err := newDrawing(ctx, root)
	if err != nil {
		return nil, err
	}
	s, err := d.styled(root, d.base)
	if err != nil {
		return nil, err
	}
	if err := d.layer(s.opacity, func() error { return d.children(root, s) }); err != nil {
		return nil, err
	}
	return &Picture{Pixels: straight(d.canvas), Format: SVG, Bytes: len(data), Metadata: []Metadata{}}, nil
}

// readSVG reads the document into a tree and refuses what is not taken.
func readSVG(data []byte) (*element, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8 is read") }
	var open []*element
	var root *element
	count, skip := 0, 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, ReasonDamaged)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.ContainsRune(t, '[') || bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
				return nil, unsupported("!ENTITY")
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				return nil, fault.New(fault.Invalid, ReasonExternal).With("what", "?"+clip(t.Target))
			}
		case xml.StartElement:
			if skip > 0 || silent[t.Name.Local] || foreign(t.Name.Space) {
				skip++
				continue
			}
			if count++; count > maxElements || len(open) >= maxDepth {
				return nil, fault.New(fault.Invalid, ReasonComplex)
			}
			e, err := newElement(t)
			if err != nil {
				return nil, err
			}
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			} else if root == nil {
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if skip == 0 && len(open) > 0 && open[len(open)-1].name == "style" {
				open[len(open)-1].text += string(t)
			}
		}
	}
	if root == nil || root.name != "svg" {
		return nil, fault.New(fault.Invalid, ReasonUnknown)
	}
	return root, nil
}

// foreign tells whether a namespace is that of an editor's own notes, which no program draws.
func foreign(space string) bool {
	return space != "" && space != "http://www.w3.org/2000/svg" && space != "svg"
}

func newElement(t xml.StartElement) (*element, error) {
	name := t.Name.Local
	switch name {
	case "script":
		return nil, fault.New(fault.Invalid, ReasonScript).With("what", name)
	case "image":
		reason := ReasonExternal
		for _, a := range t.Attr {
			if a.Name.Local == "href" && strings.HasPrefix(strings.TrimSpace(a.Value), "data:") {
				reason = ReasonEmbedded
			}
		}
		return nil, fault.New(fault.Invalid, reason).With("what", name)
	}
	if !drawn[name] {
		return nil, unsupported(clip(name))
	}
	e := &element{name: name, attrs: make(map[string]string, len(t.Attr))}
	for _, a := range t.Attr {
		value := strings.TrimSpace(a.Value)
		switch key := a.Name.Local; {
		case key == "href":
			if !strings.HasPrefix(value, "#") {
				return nil, fault.New(fault.Invalid, ReasonExternal).With("what", "href")
			}
			e.attrs["href"] = value[1:]
		case foreign(a.Name.Space):
		case key == "style":
			declarations(value, e.attrs, true)
		default:
			if _, styled := e.attrs[key]; !styled || key == "id" {
				e.attrs[key] = value
			}
		}
	}
	for key, value := range e.attrs {
		if strings.Contains(value, "url(") {
			if _, ok := reference(value); !ok {
				return nil, fault.New(fault.Invalid, ReasonExternal).With("what", clip(key))
			}
		}
		switch key {
		case "mask", "filter", "marker-start", "marker-mid", "marker-end", "mix-blend-mode":
			if value != "none" && value != "normal" {
				return nil, unsupported(key)
			}
		}
	}
	return e, nil
}

// declarations reads "a:b; c:d" into attributes.
func declarations(text string, into map[string]string, replace bool) {
	for d := range strings.SplitSeq(text, ";") {
		key, value, ok := strings.Cut(d, ":")
		key = strings.ToLower(strings.TrimSpace(key))
		if !ok || key == "" {
			continue
		}
		if _, there := into[key]; !there || replace {
			into[key] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		}
	}
}

// reference reads "url(#id)".
func reference(value string) (id string, ok bool) {
	value = strings.TrimSpace(value)
	if !strings.HasPrefix(value, "url(") || !strings.HasSuffix(value, ")") {
		return "", false
	}
	id = strings.Trim(strings.TrimSpace(value[4:len(value)-1]), `"'`)
	return strings.TrimPrefix(id, "#"), strings.HasPrefix(id, "#")
}

func clip(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40])
	}
	return s
}

// drawing is the state of one Draw.
type drawing struct {
	ctx      context.Context
	canvas   *image.RGBA
	base     style
	box      Rect                // the part of the document that is drawn
	ids      map[string]*element // by id
	classes  map[string]map[string]string
	shapes   int
	segments int
	layers   int // that are being drawn
}

func newDrawing(ctx context.Context, root *element) (*drawing, error) {
	box, err := viewBox(root)
	if err != nil {
		return nil, err
	}
	scale := min(DrawnSide/max(box.W, box.H), math.Sqrt(drawnPixels/(box.W*box.H)))
	w, h := max(1, int(math.Round(box.W*scale))), max(1, int(math.Round(box.H*scale)))
	d := &drawing{
		ctx: ctx, canvas: image.NewRGBA(image.Rect(0, 0, w, h)), box: box,
		ids: map[string]*element{}, classes: map[string]map[string]string{},
	}
	d.base = style{fill: paint{color: black, on: true}, fillOpacity: 1, strokeOpacity: 1, opacity: 1, strokeWidth: 1, miter: 4}
	d.base.matrix = matrix{scale, 0, 0, scale, -box.X * scale, -box.Y * scale}
	return d, d.index(root)
}

// viewBox is the part of the document that is drawn.
func viewBox(root *element) (Rect, error) {
	var r Rect
	if v, ok := root.attrs["viewBox"]; ok {
		n, err := numbers(v)
		if err != nil || len(n) != 4 {
			return r, fault.New(fault.Invalid, ReasonDamaged)
		}
		r = Rect{n[0], n[1], n[2], n[3]}
	} else {
		w, err1 := length(root.attrs["width"])
		h, err2 := length(root.attrs["height"])
		if err1 != nil || err2 != nil {
			return r, unsupported("viewBox")
		}
		r = Rect{W: w, H: h}
	}
	if !(r.W > 0 && r.H > 0) || max(r.W, r.H) > 1e6 || max(r.W, r.H) < 1e-3 ||
		max(r.W, r.H)/min(r.W, r.H) > maxShapeRatio || math.Abs(r.X) > 1e7 || math.Abs(r.Y) > 1e7 {
		return r, unsupported("viewBox")
	}
	return r, nil
}

// index notes ids and classes.
func (d *drawing) index(e *element) error {
	if id := e.attrs["id"]; id != "" {
		if _, taken := d.ids[id]; !taken {
			d.ids[id] = e
		}
	}
	if e.name == "style" {
		if err := d.sheet(e.text); err != nil {
			return err
		}
	}
	for _, c := range e.children {
		if err := d.index(c); err != nil {
			return err
		}
	}
	return nil
}

// sheet reads a style sheet of plain class rules, as drawing programs write them.
func (d *drawing) sheet(text string) error {
	for {
		from := strings.Index(text, "/*")
		if from < 0 {
			break
		}
		to := strings.Index(text[from:], "*/")
		if to < 0 {
			text = text[:from]
			break
		}
		text = text[:from] + text[from+to+2:]
	}
	if strings.Contains(text, "@") {
		return fault.New(fault.Invalid, ReasonExternal).With("what", "@import")
	}
	for rule := range strings.SplitSeq(text, "}") {
		selectors, body, ok := strings.Cut(rule, "{")
		if !ok {
			continue
		}
		for s := range strings.SplitSeq(selectors, ",") {
			s = strings.TrimSpace(s)
			if len(s) < 2 || s[0] != '.' || strings.ContainsAny(s[1:], ".#:>+~[* \t\n") {
				return unsupported("style " + clip(s))
			}
			if d.classes[s[1:]] == nil {
				d.classes[s[1:]] = map[string]string{}
			}
			declarations(body, d.classes[s[1:]], true)
		}
	}
	for _, rules := range d.classes {
		for key, value := range rules {
			if _, ok := reference(value); strings.Contains(value, "url(") && !ok {
				return fault.New(fault.Invalid, ReasonExternal).With("what", clip(key))
			}
		}
	}
	return nil
}
