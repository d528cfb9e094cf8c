package picture

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// said is what a document says of properties that resvg does not follow everywhere. Each is harmless by itself.
type said struct {
	forced, plain map[string]bool // properties in a style sheet, with !important and without
	inline        map[string]bool // properties in style attributes
}

func (s *said) note(rules []rule, sheet bool, forced map[string]bool) {
	for _, r := range rules {
		switch {
		case !sheet:
			s.inline[r.key] = true
		case forced[r.key]:
			s.forced[r.key] = true
		default:
			s.plain[r.key] = true
		}
	}
}

// own is what an element says of a property itself; the style counts for more than the attribute.
func (n *node) own(key string) (value string) {
	for _, a := range n.attrs {
		if a[0] == key {
			value = a[1]
		}
	}
	for _, r := range n.style {
		if r.key == key {
			value = r.value
		}
	}
	return strings.ToLower(strings.TrimSpace(value))
}

// harmonious refuses what only goes wrong together: an !important that something else would have to give way to, a turn
// about a place of its own, a colour below the element that said "currentColor", which resvg has settled by then.
func (d *document) harmonious(blocks []block) error {
	for key := range d.said.forced {
		if d.said.inline[key] || d.said.plain[key] {
			return unsupported("!important")
		}
	}
	sheet, called := map[string]bool{}, d.called()
	for _, b := range blocks {
		for _, r := range b.rules {
			sheet[r.key] = sheet[r.key] || r.key != "transform-origin" || elsewhere(r.value)
			if r.key == "mask-type" && strings.ToLower(r.value) != "luminance" || measures[r.key] && choose(b.selectors, called) {
				return unsupported("style " + r.key)
			}
			if r.key == "color" && len(b.selectors) == 1 && b.selectors[0] == "svg" {
				sheet["color"] = false
			}
		}
	}
	type colours struct{ fill, stroke bool } // inherited as currentColor
	inherited := []colours{{}}
	for i := range d.nodes {
		n := &d.nodes[i]
		if n.end {
			inherited = inherited[:len(inherited)-1]
			continue
		}
		turned := sheet["transform"] || n.own("transform") != ""
		if turned && elsewhere(n.own("transform-origin")) || sheet["transform-origin"] && n.own("transform") != "" || sheet["transform-origin"] && sheet["transform"] {
			return unsupported("transform-origin")
		}
		now := inherited[len(inherited)-1]
		fill, stroke := n.own("fill"), n.own("stroke")
		if (n.own("color") != "" || sheet["color"]) && (now.fill && fill == "" || now.stroke && stroke == "") {
			return unsupported("color")
		}
		if fill != "" && fill != "inherit" {
			now.fill = fill == "currentcolor"
		}
		if stroke != "" && stroke != "inherit" {
			now.stroke = stroke == "currentcolor"
		}
		inherited = append(inherited, now)
	}
	return nil
}

// called is by what a rule of a style sheet may choose the shapes of the document: their elements, classes and ids.
func (d *document) called() map[string]bool {
	names := map[string]bool{"*": true}
	for _, n := range d.nodes {
		if !shapes[n.name] {
			continue
		}
		names[n.name] = true
		for _, a := range n.attrs {
			switch a[0] {
			case "id":
				names["#"+a[1]] = true
			case "class":
				for word := range strings.FieldsSeq(a[1]) {
					names["."+word] = true
				}
			}
		}
	}
	return names
}

var simpleName = regexp.MustCompile(`[.#]?[\w-]+|\*`)

// choose tells whether selectors may choose one of what is called so: the last of the names between blanks counts.
func choose(selectors []string, called map[string]bool) bool {
	for _, s := range selectors {
		fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '>' })
		if len(fields) > 0 && slices.ContainsFunc(simpleName.FindAllString(fields[len(fields)-1], -1), func(name string) bool { return called[name] }) {
			return true
		}
	}
	return false
}

// singular tells whether a transformation leaves nothing of a plane: a matrix without a way back. Some programs then draw
// without it, others nothing.
func singular(value string) bool {
	inside, ok := strings.CutPrefix(strings.TrimSpace(value), "matrix(")
	if !ok {
		return false
	}
	var m [6]float64
	words := strings.FieldsFunc(strings.TrimSuffix(inside, ")"), func(r rune) bool { return r == ',' || r == ' ' })
	if len(words) != len(m) {
		return false
	}
	for i, word := range words {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return false
		}
		m[i] = n
	}
	return math.Abs(m[0]*m[3]-m[1]*m[2]) < 1e-12
}

// elsewhere tells whether a transform-origin is another place than the origin.
func elsewhere(place string) bool {
	for word := range strings.FieldsSeq(place) {
		switch strings.TrimRight(word, "px%") {
		case "0", "left", "to": // top has lost its last letter
		default:
			return true
		}
	}
	return false
}
