package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/htmlindex"

	"kontor/internal/core/fault"
)

// drawn are the elements that resvg draws as they are meant. Any other one that would show is refused: a preview that
// leaves something out would lie.
var drawn = set("svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop use symbol style " +
	"clipPath mask pattern marker switch a filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix " +
	"feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur " +
	"feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence")

// shapes are the elements whose places and sizes may be told by styles, of which resvg reads only attributes.
var (
	shapes   = set("path rect circle ellipse use")
	measures = set("x y width height cx cy r rx ry d")
)

// silent are elements that show nothing.
var silent = set("title desc metadata namedview view cursor font font-face color-profile")

// moving are elements that change the drawing as time goes by. It is drawn as it stands before that.
var moving = set("animate animateTransform animateMotion animateColor set mpath discard")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
)

// node is the start or the end of an element.
type node struct {
	name  string
	end   bool
	attrs [][2]string // by name, in their order
	style []rule      // the declarations of the style attribute
}

// document is an SVG with nothing in it that was not understood.
type document struct {
	nodes []node
	sheet strings.Builder // the style sheets, one after another
	moves bool
	ids   map[string]bool
	needs map[string]bool // ids without which a filter would make its element vanish
	said  said
}

// unmarked takes the byte order mark off, and turns UTF-16 to UTF-8.
func unmarked(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			low, high := data[i], data[i+1]
			if data[0] == 0xfe {
				low, high = high, low
			}
			units = append(units, uint16(high)<<8|uint16(low))
		}
		return []byte(string(utf16.Decode(units)))
	}
	return data
}

// readSVG reads a document and refuses what is not taken.
func readSVG(data []byte) (*document, error) {
	wide := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	dec := xml.NewDecoder(bytes.NewReader(unmarked(data)))
	dec.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		if wide {
			return r, nil // it is UTF-8 by now
		}
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}
	d := &document{
		ids: map[string]bool{}, needs: map[string]bool{},
		said: said{forced: map[string]bool{}, plain: map[string]bool{}, inline: map[string]bool{}},
	}
	var open []string
	skip, count := 0, 0
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
			if dec.Entity, err = entities(t); err != nil {
				return nil, err
			}
		case xml.ProcInst:
			if t.Target == "xml-stylesheet" {
				return nil, external("?" + t.Target)
			}
		case xml.StartElement:
			if count++; count > maxElements || len(open)+skip >= maxDepth {
				return nil, fault.New(fault.Invalid, ReasonComplex)
			}
			if skip > 0 || d.ignored(t, open) {
				skip++
				continue
			}
			if len(open) == 0 && (len(d.nodes) > 0 || t.Name.Local != "svg") {
				return nil, fault.New(fault.Invalid, ReasonUnknown)
			}
			if err := d.element(t); err != nil {
				return nil, err
			}
			open = append(open, t.Name.Local)
		case xml.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			if open = open[:len(open)-1]; t.Name.Local != "style" && t.Name.Local != "text" {
				d.nodes = append(d.nodes, node{end: true})
			}
		case xml.CharData:
			switch {
			case skip > 0 || len(open) == 0:
			case open[len(open)-1] == "style":
				d.sheet.Write(t)
				d.sheet.WriteByte('\n')
			case inText(open) && len(bytes.TrimSpace(t)) > 0:
				return nil, unsupported("text")
			}
		}
	}
	if len(d.nodes) == 0 {
		return nil, fault.New(fault.Invalid, ReasonUnknown)
	}
	for id := range d.needs {
		if !d.ids[id] {
			return nil, unsupported("filter")
		}
	}
	return d, nil
}

func inText(open []string) bool {
	for _, name := range open {
		if name == "text" {
			return true
		}
	}
	return false
}

// ignored tells whether an element, with all in it, shows nothing.
func (d *document) ignored(t xml.StartElement, open []string) bool {
	name := t.Name.Local
	switch {
	case t.Name.Space != "" && t.Name.Space != svgSpace && t.Name.Space != "svg": // an editor's own notes, which no program draws
		return true
	case moving[name]:
		d.moves = true
		return true
	case name == "foreignObject" && len(open) > 0 && open[len(open)-1] == "switch":
		return true // Illustrator's; the next branch is for everybody else
	case name == "style":
		for _, a := range t.Attr {
			if m := strings.ToLower(a.Value); a.Name.Local == "media" && m != "" && !strings.Contains(m, "all") && !strings.Contains(m, "screen") {
				return true
			}
		}
	}
	return silent[name]
}

var entity = regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

// entities reads the short names that Illustrator declares for addresses. What could grow or comes from elsewhere is refused.
func entities(doctype xml.Directive) (map[string]string, error) {
	const most, longest = 64, 512
	if !bytes.Contains(doctype, []byte("[")) {
		return nil, nil
	}
	found := map[string]string{}
	for _, e := range entity.FindAllSubmatch(doctype, -1) {
		value := string(e[2]) + string(e[3])
		if len(found) == most || len(value) > longest || strings.ContainsAny(value, "&%<") {
			return nil, unsupported("!ENTITY")
		}
		found[string(e[1])] = value
	}
	if bytes.Count(doctype, []byte("!ENTITY")) != len(entity.FindAll(doctype, -1)) {
		return nil, unsupported("!ENTITY")
	}
	return found, nil
}

func (d *document) element(t xml.StartElement) error {
	n := node{name: t.Name.Local}
	switch n.name {
	case "script":
		return fault.New(fault.Invalid, ReasonScript).With("what", n.name)
	case "image", "feImage":
		for _, a := range t.Attr {
			if a.Name.Local == "href" && strings.HasPrefix(strings.TrimSpace(a.Value), "data:") {
				return fault.New(fault.Invalid, ReasonEmbedded).With("what", n.name)
			}
		}
		return external(n.name)
	case "style", "text": // a sheet is collected; a text is refused as soon as it says something
		return nil
	case "tspan", "textPath", "tref", "a":
		n.name = "g"
	}
	if !drawn[n.name] {
		return unsupported(n.name)
	}
	for _, a := range t.Attr {
		key, value := a.Name.Local, strings.TrimSpace(a.Value)
		switch {
		case key == "href" && t.Name.Local == "a", len(key) > 2 && strings.HasPrefix(key, "on"):
		case key == "href":
			if !strings.HasPrefix(value, "#") {
				return external("href")
			}
			n.attrs = append(n.attrs, [2]string{"xlink:href", value})
		case a.Name.Space != "" && a.Name.Space != "svg", key == "xmlns":
		case key == "style":
			rules, err := d.declarations(value, false)
			if err != nil {
				return err
			}
			for _, r := range rules {
				switch {
				case r.key == "mask-type": // resvg reads it as an attribute only
					n.attrs = append([][2]string{{r.key, r.value}}, n.attrs...)
				case measures[r.key] && shapes[n.name]:
					return unsupported("style " + r.key)
				}
			}
			n.style = rules
		default:
			if key == "id" {
				d.ids[value] = true
			}
			if err := d.check(key, value); err != nil {
				return err
			}
			n.attrs = append(n.attrs, [2]string{key, value})
		}
	}
	d.nodes = append(d.nodes, n)
	return nil
}

// clean is a document as it is written for resvg: what stands before the size and behind it.
type clean struct {
	before, behind string
	frame          frame
}

// divided is the document with its sides divided.
func (c clean) divided(by int) string {
	return fmt.Sprintf(`%s width="%d" height="%d"%s`, c.before, max(1, c.frame.width/by), max(1, c.frame.height/by), c.behind)
}

// write sets the document for resvg. Names are written without prefixes, so that two readers of XML cannot read it
// in two ways.
func (d *document) write() (c clean, err error) {
	sheet, err := d.styles()
	if err != nil {
		return c, err
	}
	var b strings.Builder
	var open []string
	for i, n := range d.nodes {
		if n.end {
			b.WriteString("</" + open[len(open)-1] + ">")
			open = open[:len(open)-1]
			continue
		}
		open = append(open, n.name)
		b.WriteString("<" + n.name)
		attrs := map[string]string{}
		for _, a := range n.attrs {
			if _, twice := attrs[a[0]]; twice {
				continue
			}
			attrs[a[0]] = a[1]
			if i == 0 && (a[0] == "width" || a[0] == "height" || a[0] == "viewBox") {
				continue
			}
			attribute(&b, a[0], a[1])
		}
		if len(n.style) > 0 {
			attribute(&b, "style", written(n.style))
		}
		if i > 0 {
			b.WriteString(">")
			continue
		}
		if c.frame, err = frameOf(attrs); err != nil {
			return c, err
		}
		fmt.Fprintf(&b, ` xmlns="%s" xmlns:xlink="%s" viewBox="%s"`, svgSpace, xlinkSpace, c.frame.box)
		c.before = b.String()
		b.Reset()
		b.WriteString(">")
		if sheet != "" {
			b.WriteString("<style>")
			_ = xml.EscapeText(&b, []byte(sheet)) // a strings.Builder takes everything
			b.WriteString("</style>")
		}
	}
	c.behind = b.String()
	return c, nil
}

func attribute(b *strings.Builder, key, value string) {
	b.WriteString(" " + key + `="`)
	_ = xml.EscapeText(b, []byte(value))
	b.WriteString(`"`)
}
