package picture

import (
	"regexp"
	"strings"
)

// rule is a declaration of a style: a property and its value.
type rule struct{ key, value string }

var (
	comment   = regexp.MustCompile(`(?s)/\*.*?(\*/|$)`)
	important = regexp.MustCompile(`(?i)\s*!\s*important\s*$`)
	// Colours of other spaces and of calculation. Who writes them writes one in sRGB before, for programs that do not know them.
	newer = regexp.MustCompile(`(?i)\b(color|color-mix|lab|lch|oklab|oklch|hwb|light-dark|calc|clamp|env)\(`)
	// What is worked out by whoever sees the drawing on a page.
	variable = regexp.MustCompile(`var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*(?:\([^()]*\))?[^()]*))?\)`)
	address  = regexp.MustCompile(`(?i)url\(\s*["']?\s*([^"')]*)`)
)

// declarations reads "a:b; c:d" and refuses what would not be drawn as meant.
func (d *document) declarations(text string, sheet bool) ([]rule, error) {
	var rules []rule
	given, forced := map[string]bool{}, map[string]bool{}
	for one := range strings.SplitSeq(comment.ReplaceAllString(text, " "), ";") {
		key, value, ok := strings.Cut(one, ":")
		key = strings.TrimSpace(key)
		if !strings.HasPrefix(key, "--") {
			key = strings.ToLower(key)
		}
		value = strings.TrimSpace(value)
		if meant := important.ReplaceAllString(value, ""); meant != value {
			value, forced[key] = meant, true
		}
		switch {
		case !ok || key == "" || value == "":
			continue
		case newer.MatchString(value) && given[key]:
			continue // the one before is for us
		case strings.HasPrefix(key, "animation") || strings.HasPrefix(key, "transition"):
			d.moves = d.moves || strings.HasPrefix(key, "animation")
			continue
		case key == "transform":
			value = plainTransform(value)
		}
		if err := d.check(key, value); err != nil {
			return nil, err
		}
		given[key] = true
		rules = append(rules, rule{key, value})
	}
	d.said.note(rules, sheet, forced)
	return rules, nil
}

// plainTransform writes a transformation of CSS as one of SVG, which has no units.
func plainTransform(value string) string {
	return strings.NewReplacer("px", "", "deg", "", "translateX(", "translate(").Replace(value)
}

// check refuses what refers to something elsewhere, and what resvg would leave out without a word.
func (d *document) check(key, value string) error {
	if strings.HasPrefix(key, "--") {
		return nil
	}
	for _, a := range address.FindAllStringSubmatch(value, -1) {
		id, inside := strings.CutPrefix(strings.TrimSpace(a[1]), "#")
		if !inside {
			return external(key)
		}
		if key == "filter" {
			d.needs[strings.TrimSpace(id)] = true
		}
	}
	low := strings.ToLower(value)
	switch key {
	case "fill", "stroke", "stop-color", "color", "flood-color", "lighting-color":
		if newer.MatchString(low) || strings.HasPrefix(low, "context-") {
			return unsupported(key + ": " + value)
		}
	case "vector-effect":
		if low != "none" {
			return unsupported(key)
		}
	case "transform":
		if strings.ContainsAny(low, "%") || strings.Contains(low, "3d(") || newer.MatchString(low) {
			return unsupported("transform: " + value)
		}
	case "gradientTransform", "patternTransform":
		if singular(low) {
			return unsupported(key)
		}
	case "fr":
		if strings.Trim(low, "0.%px") != "" {
			return unsupported(key)
		}
	case "transform-box", "offset-path", "mask-image", "-webkit-mask", "-webkit-mask-image", "text-path":
		if low != "none" && low != "view-box" {
			return unsupported(key)
		}
	case "clip-path", "mask":
		if low != "none" && !strings.HasPrefix(low, "url(") && !strings.HasPrefix(low, "var(") {
			return unsupported(key + ": " + value)
		}
	}
	return nil
}

func written(rules []rule) string {
	var b strings.Builder
	for _, r := range rules {
		b.WriteString(r.key + ":" + r.value + ";")
	}
	return b.String()
}

// block is a rule of a style sheet.
type block struct {
	selectors []string
	rules     []rule
}

// styles reads the style sheets and writes what of them is for this drawing: on a screen, on a light ground, with nobody
// pointing at it. Variables are replaced by what they stand for.
func (d *document) styles() (string, error) {
	blocks, err := d.blocks(comment.ReplaceAllString(strings.NewReplacer("<!--", "", "-->", "").Replace(d.sheet.String()), " "), 0)
	if err != nil {
		return "", err
	}
	if err := d.harmonious(blocks); err != nil {
		return "", err
	}
	values := map[string]string{}
	for _, b := range blocks {
		for _, r := range b.rules {
			if strings.HasPrefix(r.key, "--") {
				values[r.key] = r.value
			}
		}
	}
	for _, r := range d.nodes[0].style {
		if strings.HasPrefix(r.key, "--") {
			values[r.key] = r.value
		}
	}
	var out strings.Builder
	for _, b := range blocks {
		rules, err := d.resolved(b.rules, values)
		if err != nil {
			return "", err
		}
		out.WriteString(strings.Join(b.selectors, ",") + "{" + written(rules) + "}\n")
	}
	for i := range d.nodes {
		if d.nodes[i].style, err = d.resolved(d.nodes[i].style, values); err != nil {
			return "", err
		}
		for k, a := range d.nodes[i].attrs {
			if strings.Contains(a[1], "var(") {
				one, err := d.resolved([]rule{{a[0], a[1]}}, values)
				if err != nil {
					return "", err
				}
				d.nodes[i].attrs[k][1] = one[0].value
			}
		}
	}
	return out.String(), nil
}

// resolved replaces variables.
func (d *document) resolved(rules []rule, values map[string]string) ([]rule, error) {
	var out []rule
	for _, r := range rules {
		if strings.HasPrefix(r.key, "--") {
			continue
		}
		for range 4 { // a variable may stand for another
			r.value = variable.ReplaceAllStringFunc(r.value, func(v string) string {
				parts := variable.FindStringSubmatch(v)
				if value, ok := values[parts[1]]; ok {
					return value
				}
				if parts[2] != "" {
					return strings.TrimSpace(parts[2])
				}
				return v
			})
		}
		if strings.Contains(r.value, "var(") {
			return nil, unsupported(r.value)
		}
		if err := d.check(r.key, r.value); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// blocks reads the rules of a sheet; depth is how many conditions stand around them.
func (d *document) blocks(sheet string, depth int) ([]block, error) {
	var found []block
	for {
		sheet = strings.TrimSpace(sheet)
		if sheet == "" {
			return found, nil
		}
		open := strings.IndexByte(sheet, '{')
		if semicolon := strings.IndexByte(sheet, ';'); sheet[0] == '@' && semicolon >= 0 && (open < 0 || semicolon < open) {
			if strings.HasPrefix(strings.ToLower(sheet), "@import") {
				return nil, external("@import")
			}
			sheet = sheet[semicolon+1:]
			continue
		}
		if open < 0 {
			if strings.HasPrefix(strings.ToLower(sheet), "@import") {
				return nil, external("@import")
			}
			return found, nil
		}
		head, rest := strings.TrimSpace(sheet[:open]), ""
		level, end := 1, len(sheet)
		for i := open + 1; i < len(sheet); i++ {
			switch sheet[i] {
			case '{':
				level++
			case '}':
				level--
			}
			if level == 0 {
				end = i
				break
			}
		}
		body := sheet[open+1 : end]
		if end < len(sheet) {
			rest = sheet[end+1:]
		}
		sheet = rest
		if head != "" && head[0] == '@' {
			if strings.HasPrefix(head, "@keyframes") || strings.HasPrefix(head, "@-") {
				d.moves = true
			}
			if depth < 4 && forScreen(head) {
				inner, err := d.blocks(body, depth+1)
				if err != nil {
					return nil, err
				}
				found = append(found, inner...)
			}
			continue
		}
		selectors, err := chosen(head)
		if err != nil {
			return nil, err
		}
		rules, err := d.declarations(body, true)
		if err != nil {
			return nil, err
		}
		if len(selectors) > 0 {
			found = append(found, block{selectors, rules})
		}
	}
}

// forScreen tells whether the rules in an @media are for a drawing on a light screen of any size.
func forScreen(head string) bool {
	query, ok := strings.CutPrefix(strings.ToLower(head), "@media")
	query = strings.ReplaceAll(strings.TrimSpace(query), " ", "")
	return ok && (query == "screen" || query == "all" || query == "(prefers-color-scheme:light)" || query == "(prefers-color-scheme:no-preference)")
}

var (
	pointing = regexp.MustCompile(`:(hover|focus|active|visited|focus-within|focus-visible|target|before|after|:before|:after)\b`)
	simple   = regexp.MustCompile(`^[\w\s.#*>=\[\]"'-]*(:first-child[\w\s.#*>=\[\]"'-]*)*$`)
)

// chosen are the selectors of a rule that are for a drawing at which nobody points. One that resvg does not know is refused.
func chosen(head string) ([]string, error) {
	var list []string
	for s := range strings.SplitSeq(head, ",") {
		s = strings.TrimSpace(strings.ReplaceAll(s, ":root", "svg"))
		switch {
		case s == "" || pointing.MatchString(s):
		case strings.HasPrefix(s, "text") || strings.HasPrefix(s, "tspan"):
		case !simple.MatchString(s):
			return nil, unsupported("style " + s)
		default:
			list = append(list, s)
		}
	}
	return list, nil
}
