// Package typeset puts text onto the pages of a PDF, whatever script it is in. What the outline fonts have is set as
// text; what only the bitmap font has (Chinese, Japanese, Korean, Hebrew, Arabic, Vietnamese …) is drawn; and what
// neither has is written by its number, [U+0E01]. It promises that no character is left out in silence, and that the
// same text gives the same bytes on every computer: all fonts are its own.
package typeset

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/hajimehoshi/bitmapfont/v3"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Font is the family that a page has, in the styles "" and "B".
const Font = "go"

// Page is a PDF whose text may be in any script. Its methods stand before those of fpdf.
type Page struct {
	*fpdf.Fpdf
	style    string
	numbered bool
}

// New begins an A4 document in millimetres.
func New() *Page {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(Font, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(Font, "B", gobold.TTF)
	return &Page{Fpdf: pdf}
}

// Numbered tells whether a character had to be written by its number.
func (p *Page) Numbered() bool { return p.numbered }

// SetFont chooses the style, "" or "B", and the size in points.
func (p *Page) SetFont(family, style string, size float64) {
	p.style = style
	p.Fpdf.SetFont(family, style, size)
}

// GetStringWidth is the width of a text in millimetres.
func (p *Page) GetStringWidth(text string) float64 {
	text = spaces.Replace(text)
	var sum float64
	for _, r := range split(text) {
		sum += p.width(r)
	}
	return sum
}

// CellFormat is fpdf's; "A", "T" and "B" for the vertical place are not taken.
func (p *Page) CellFormat(w, h float64, text, border string, ln int, align string, fill bool, link int, address string) {
	text = spaces.Replace(text)
	if plain(text) {
		p.Fpdf.CellFormat(w, h, text, border, ln, align, fill, link, address)
		return
	}
	if w == 0 {
		page, _ := p.GetPageSize()
		_, _, right, _ := p.GetMargins()
		w = page - right - p.GetX()
	}
	p.Fpdf.CellFormat(w, h, "", border, 0, align, fill, link, address)
	right, y := p.GetX(), p.GetY()
	x := right - w + p.GetCellMargin()
	switch width := p.GetStringWidth(text); {
	case strings.Contains(align, "R"):
		x = right - p.GetCellMargin() - width
	case strings.Contains(align, "C"):
		x = right - (w+width)/2
	}
	_, size := p.GetFontSize()
	p.set(text, x, y+0.5*h+0.3*size) // the baseline that fpdf has
	switch ln {
	case 0:
		p.SetXY(right, y)
	case 1:
		p.Ln(h)
	default:
		p.SetXY(right-w, y+h)
	}
}

// MultiCell is fpdf's for text that flows from the left, without a border.
func (p *Page) MultiCell(w, h float64, text, border, align string, fill bool) {
	text = spaces.Replace(text)
	if plain(text) {
		p.Fpdf.MultiCell(w, h, text, border, align, fill)
		return
	}
	if w == 0 {
		page, _ := p.GetPageSize()
		_, _, right, _ := p.GetMargins()
		w = page - right - p.GetX()
	}
	for _, line := range p.lines(text, w-2*p.GetCellMargin()) {
		p.CellFormat(w, h, line, "", 2, "L", fill, 0, "")
	}
	left, _, _, _ := p.GetMargins()
	p.SetX(left)
}

// lines breaks a text at spaces, and within a word where that alone is too wide.
func (p *Page) lines(text string, width float64) []string {
	var list []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		rest := []rune(paragraph)
		for len(rest) > 0 && p.GetStringWidth(string(rest)) > width {
			n, space := 1, 0
			for n < len(rest) && p.GetStringWidth(string(rest[:n+1])) <= width {
				if rest[n] == ' ' {
					space = n
				}
				n++
			}
			if space > 0 {
				n = space
			}
			list = append(list, string(rest[:n]))
			rest = []rune(strings.TrimPrefix(string(rest[n:]), " "))
		}
		list = append(list, string(rest))
	}
	return list
}

// set writes runs from left to right upon a baseline.
func (p *Page) set(text string, x, baseline float64) {
	for _, r := range split(text) {
		if r.drawn {
			p.draw(r.text, x, baseline)
		} else {
			p.Text(x, baseline, r.text)
		}
		p.numbered = p.numbered || r.numbered
		x += p.width(r)
	}
}

func (p *Page) width(r run) float64 {
	if !r.drawn {
		return p.Fpdf.GetStringWidth(r.text)
	}
	return float64(dotsOf(r.text)) * p.dot()
}

// dot is the side of one dot of the bitmap font at the current size.
func (p *Page) dot() float64 {
	_, size := p.GetFontSize()
	return size / em
}

// run is a part of a text that is set in one way.
type run struct {
	text     string
	drawn    bool // with the bitmap font
	numbered bool // its characters stand there as numbers
}

// spaces that the outline fonts lack are set as the one like them that they have: French puts a narrow one, at which no
// line ends, between thousands.
var spaces = strings.NewReplacer("\u202f", "\u00a0", "\u2007", "\u00a0", "\u2009", " ", "\u200a", " ")

// plain tells whether the outline fonts have every character.
func plain(text string) bool {
	for _, r := range text {
		if !outlined(r) {
			return false
		}
	}
	return true
}

// split cuts a text into runs, in the order in which they stand on the page.
func split(text string) []run {
	if plain(text) {
		return []run{{text: text}}
	}
	text = norm.NFC.String(text)
	if strings.ContainsFunc(text, rightToLeft) {
		text = bitmapfont.PresentationForms(text, bitmapfont.DirectionLeftToRight, language.Und)
	}
	var list []run
	for _, r := range text {
		next := run{text: string(r)}
		switch {
		case outlined(r):
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			continue // shows nothing by nature
		case inBitmap(r):
			next.drawn = true
		default:
			next.text, next.numbered = fmt.Sprintf("[U+%04X]", r), true
		}
		if last := len(list) - 1; last >= 0 && list[last].drawn == next.drawn {
			list[last].text += next.text
			list[last].numbered = list[last].numbered || next.numbered
			continue
		}
		list = append(list, next)
	}
	return list
}

func rightToLeft(r rune) bool { return unicode.In(r, unicode.Hebrew, unicode.Arabic) }

// outlined tells whether the outline fonts have a character; regular and bold have the same.
func outlined(r rune) bool {
	if r < 0x20 {
		return true // line breaks are the caller's
	}
	index, err := outlines().GlyphIndex(nil, r)
	return err == nil && index != 0
}

var outlines = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // it is part of the program
	}
	return f
})
