package typeset

import (
	"fmt"
	"image/color"
	"strings"
	"unicode"

	"github.com/carlos7ags/folio/font"
	"github.com/carlos7ags/folio/layout"
	"golang.org/x/text/unicode/norm"
)

// Align is where text stands in its width.
type Align int

// The alignments.
const (
	Left Align = iota
	Right
	Centre
)

// Style is how text looks.
type Style struct {
	Size    float64 // points
	Bold    bool
	Align   Align
	Leading float64     // from line to line, in sizes; 0 is 1.35
	Ink     color.Color // nil is black
}

const leading = 1.35

// Text puts text onto the page, broken into lines of a width, and returns its height. Line ends in the text stay.
func (p *Page) Text(tag Tag, x, y, w float64, s Style, text string) (height float64) {
	if text == "" {
		return 0
	}
	p.Within(tag, func() {
		for line := range strings.SplitSeq(text, "\n") {
			height += p.place(p.doc.paragraph(s, line), "", x, y+height, w)
		}
		untag(*p.into)
	})
	return height
}

// Height is that of a text broken into lines of a width, in millimetres.
func (d *Document) Height(w float64, s Style, text string) (height float64) {
	if text == "" {
		return 0
	}
	for line := range strings.SplitSeq(text, "\n") {
		height += d.paragraph(s, line).MeasureHeight(w*mm) / mm
	}
	return height
}

// Width is that of a text in one line, in millimetres.
func (d *Document) Width(s Style, text string) float64 {
	if text == "" {
		return 0
	}
	return d.paragraph(s, text).MaxWidth() / mm
}

// Fit cuts a text that is wider than its place; three dots say that it was cut.
func (d *Document) Fit(w float64, s Style, text string) string {
	if d.Width(s, text) <= w {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes) // so many characters fit, so many do not
	for high-low > 1 {
		if half := (low + high) / 2; d.Width(s, string(runes[:half])+"…") <= w {
			low = half
		} else {
			high = half
		}
	}
	return strings.TrimSpace(string(runes[:low])) + "…"
}

func (d *Document) paragraph(s Style, text string) *layout.Paragraph {
	ink := layout.Color{}
	if s.Ink != nil {
		r, g, b := parts(s.Ink)
		ink = layout.RGB(r, g, b)
	}
	var runs []layout.TextRun
	for _, r := range d.split(s.Bold, text) {
		runs = append(runs, layout.TextRun{Text: r.text, Embedded: r.font, FontSize: s.Size, Color: ink})
	}
	p := layout.NewStyledParagraph(runs...).SetAlign([]layout.Align{layout.AlignLeft, layout.AlignRight, layout.AlignCenter}[s.Align])
	if s.Leading == 0 {
		s.Leading = leading
	}
	return p.SetLeading(s.Leading)
}

// run is a part of a text in one font.
type run struct {
	text string
	font *font.EmbeddedFont
}

// alike are characters that no font has, with the one like them that they have: French puts a narrow space, at which no
// line ends, between thousands.
var alike = map[rune]rune{'\u202f': '\u00a0', '\u2007': '\u00a0', '\u2009': ' ', '\u200a': ' ', '\t': ' ', '\u2212': '–', '\u2011': '-'}

// split cuts a text into runs. A space goes with what stands before it.
func (d *Document) split(heavy bool, text string) []run {
	var list []run
	add := func(f *font.EmbeddedFont, s string) {
		if n := len(list); n > 0 && list[n-1].font == f {
			list[n-1].text += s
			return
		}
		list = append(list, run{s, f})
	}
	for _, r := range norm.NFC.String(text) {
		f := d.fontOf(heavy, r)
		if other, ok := alike[r]; ok && f == nil {
			r = other
			f = d.fontOf(heavy, r)
		}
		switch {
		case f != nil && (r == ' ' || r == '\u00a0') && len(list) > 0 && list[len(list)-1].font.Face().GlyphIndex(r) != 0:
			add(list[len(list)-1].font, string(r))
		case f != nil:
			add(f, string(r))
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
			// shows nothing by nature
		default:
			d.numbered = true
			add(d.font(heavy, 0), fmt.Sprintf("[U+%04X]", r))
		}
	}
	if len(list) == 0 {
		list = []run{{"", d.font(heavy, 0)}}
	}
	return list
}

// fontOf is the first font that has a character; nil if none has.
func (d *Document) fontOf(heavy bool, r rune) *font.EmbeddedFont {
	faces := regular
	if heavy {
		faces = bold
	}
	for i := range faces {
		if r < 0x0590 && i > 0 && i < len(faces)-1 { // below the Hebrew block only the first and the last have anything
			continue
		}
		if faces[i]().GlyphIndex(r) != 0 {
			return d.font(heavy, i)
		}
	}
	return nil
}

// font is one of the fonts as it goes into this document: only the characters that are used go with it.
func (d *Document) font(heavy bool, i int) *font.EmbeddedFont {
	weight, faces := 0, regular
	if heavy && i < len(bold)-1 { // the last is there in one weight
		weight, faces = 1, bold
	}
	if d.fonts[weight][i] == nil {
		d.fonts[weight][i] = font.NewEmbeddedFont(faces[i]())
	}
	return d.fonts[weight][i]
}
