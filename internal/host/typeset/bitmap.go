package typeset

import (
	"fmt"
	"image"
	"strings"

	"github.com/hajimehoshi/bitmapfont/v3"
	"golang.org/x/image/math/fixed"
)

// em is the size of the bitmap font in dots.
const em = 12

// inBitmap tells whether the bitmap font shows something for a character.
func inBitmap(r rune) bool {
	shown := false
	dots(r, func(image.Rectangle) { shown = true })
	return shown
}

// dotsOf is the width of a text in the bitmap font.
func dotsOf(text string) (n int) {
	for _, r := range text {
		if advance, ok := bitmapfont.Face.GlyphAdvance(r); ok {
			n += advance.Round()
		}
	}
	return n
}

// dots gives the horizontal strokes of a character, in dots from its place on the baseline, y downwards.
func dots(r rune, stroke func(image.Rectangle)) {
	box, mask, from, _, ok := bitmapfont.Face.Glyph(fixed.Point26_6{}, r)
	if !ok {
		return
	}
	for y := range box.Dy() {
		start := -1
		for x := range box.Dx() + 1 {
			set := false
			if x < box.Dx() {
				_, _, _, a := mask.At(from.X+x, from.Y+y).RGBA()
				set = a != 0
			}
			switch {
			case set && start < 0:
				start = x
			case !set && start >= 0:
				stroke(image.Rect(box.Min.X+start, box.Min.Y+y, box.Min.X+x, box.Min.Y+y+1))
				start = -1
			}
		}
	}
}

// draw fills a text's dots as one shape, so that no seam shows between them.
func (p *Page) draw(text string, x, baseline float64) {
	_, height := p.GetPageSize()
	scale, dot := p.GetConversionRatio(), p.dot()
	bold := 0.0
	if p.style == "B" {
		bold = 0.5
	}
	var path strings.Builder
	for _, r := range text {
		dots(r, func(s image.Rectangle) {
			fmt.Fprintf(&path, "%.3f %.3f %.3f %.3f re\n",
				(x+float64(s.Min.X)*dot)*scale, (height-baseline-float64(s.Max.Y)*dot)*scale,
				(float64(s.Dx())+bold)*dot*scale, dot*scale)
		})
		x += float64(dotsOf(string(r))) * dot
	}
	red, green, blue := p.GetTextColor()
	p.RawWriteStr(fmt.Sprintf("q %.3f %.3f %.3f rg\n%sf Q", float64(red)/255, float64(green)/255, float64(blue)/255, path.String()))
}
