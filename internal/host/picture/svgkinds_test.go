package picture

import (
	"bytes"
	"compress/gzip"
	"image/color"
	"strings"
	"testing"

	"kontor/internal/core/fault"
)

var blue, white50 = color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 0, 0, 128}

// Each of these is drawn otherwise by a renderer that skips one rule. At places in a 16 × 16 view box; nil: it is refused.
var subtle = map[string]map[[2]float64]color.NRGBA{
	// What is said at the element counts for more than a class, the later class for more than the earlier, a comment for nothing.
	`<style>.a{fill:blue}</style><rect class="a" style="fill:red" width="8" height="8"/>`:                                                                                                                                {{4, 4}: red},
	`<style>.a{fill:blue}.b{fill:red}</style><rect class="b a" width="8" height="8"/>`:                                                                                                                                   {{4, 4}: red},
	`<style>#i{fill:red}.a{fill:blue}</style><rect id="i" class="a" width="8" height="8"/>`:                                                                                                                              {{4, 4}: red},
	`<style>.a{fill:red!important}</style><rect class="a" style="fill:blue" width="8" height="8"/>`:                                                                                                                      nil,
	`<rect style="/*fill:blue;*/fill:red" width="8" height="8"/>`:                                                                                                                                                        {{4, 4}: red},
	`<style media="print">.a{fill:blue}</style><rect class="a" fill="red" width="8" height="8"/>`:                                                                                                                        {{4, 4}: red},
	`<path fill-rule="evenodd" d="M8 0 13 15 0 6h16L3 15z" fill="red"/>`:                                                                                                                                                 {{8, 8}: none, {8, 2}: red},
	`<g transform="scale(4 1)"><path d="M2 0V16" stroke="red" stroke-width="1"/></g>`:                                                                                                                                    {{6.2, 8}: red, {9.8, 8}: red, {5.8, 8}: none},
	`<rect x="4" y="4" width="8" height="8" fill="red" stroke="blue" stroke-width="4" paint-order="stroke"/>`:                                                                                                            {{5, 8}: red, {3, 8}: blue},
	`<path d="M0 8H16" stroke="red" stroke-width="4" stroke-dasharray="4" stroke-dashoffset="-2"/>`:                                                                                                                      {{1, 8}: none, {4, 8}: red, {8, 8}: none},
	`<g visibility="hidden"><rect visibility="visible" width="8" height="8" fill="red"/></g>`:                                                                                                                            {{4, 4}: red},
	`<g fill="currentColor" color="blue"><rect color="red" width="8" height="8"/></g>`:                                                                                                                                   nil,
	`<style>.m{mix-blend-mode:multiply}</style><rect width="16" height="16" fill="red"/><rect class="m" width="8" height="8" fill="blue"/>`:                                                                              {{4, 4}: black, {12, 12}: red},
	`<clipPath id="c"><rect width="4" height="4"/></clipPath><g transform="translate(8 8)"><rect width="8" height="8" fill="red" clip-path="url(#c)"/></g>`:                                                              {{10, 10}: red, {14, 14}: none, {2, 2}: none},
	`<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="8" cy="8" r="8" fr="4"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></radialGradient><rect width="16" height="16" fill="url(#g)"/>`:        nil,
	`<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="red"/></linearGradient><path d="M0 8H16" stroke="url(#g)" stroke-width="4"/>`:                                                           {{8, 8}: none},
	`<rect width="4" height="4" fill="red" transform="rotate(180)" transform-origin="8 8"/>`:                                                                                                                             nil,
	`<symbol id="s" viewBox="0 0 4 4"><rect width="8" height="4" fill="red"/></symbol><use href="#s" width="4" height="4"/>`:                                                                                             {{2, 2}: red, {6, 2}: none},
	`<mask id="m" style="mask-type:alpha"><rect width="4" height="16" fill="#400"/></mask><rect width="8" height="8" fill="red" mask="url(#m)"/>`:                                                                        {{2, 2}: red, {6, 2}: none},
	`<style>mask{mask-type:alpha}</style><mask id="m"><rect width="4" height="16" fill="#400"/></mask><rect width="8" height="8" fill="red" mask="url(#m)"/>`:                                                            nil,
	`<rect width="8" height="8" fill="red" style="width:4px"/>`:                                                                                                                                                          nil,
	`<style>.a, .b rect.a{width:4px}</style><rect class="a" width="8" height="8" fill="red"/>`:                                                                                                                           nil,
	`<style>svg,.a{width:1em}</style><g class="a"><rect width="8" height="8" fill="red"/></g>`:                                                                                                                           {{4, 4}: red},
	`<radialGradient id="g" gradientTransform="matrix(0 447.7271 0 -15.63497 0 -380193.475)"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></radialGradient><rect width="16" height="16" fill="url(#g)"/>`: nil,
	// What would be right in another program does no harm where it changes nothing.
	`<style>.a{fill:red!important}</style><rect class="a" width="8" height="8"/>`:                                               {{4, 4}: red},
	`<g fill="currentColor" color="red"><rect width="8" height="8"/><path color="blue" fill="blue" d="M8 8h8v8H8z"/></g>`:       {{4, 4}: red, {12, 12}: blue},
	`<rect style="transform-origin:center" width="8" height="8" fill="red"/><path transform="translate(8 8)" d="M0 0h8v8H0z"/>`: {{4, 4}: red, {12, 12}: black},
	// Forms in which drawing programs write what is simple.
	`<rect width="50%" height="50%" fill="red"/>`:                                                                                                                       {{4, 4}: red, {12, 4}: none},
	`<rect x="4" y="4" width="8" height="8" rx="50%" fill="red"/>`:                                                                                                      {{8, 8}: red, {4.3, 4.3}: none},
	`<rect width="8" height="8" fill="hsl(0,100%,50%)"/>`:                                                                                                               {{4, 4}: red},
	`<rect width="8" height="8" fill="url(#none) red"/>`:                                                                                                                {{4, 4}: red},
	`<style>@font-face{font-family:x;src:local(x)}.a{fill:red}</style><rect class="a" width="8" height="8"/>`:                                                           {{4, 4}: red},
	`<style>@media print{.a{fill:blue}}.a{fill:red}</style><rect class="a" width="8" height="8"/>`:                                                                      {{4, 4}: red},
	`<path d="M-9e6 0H8V8H-9e6z" fill="red"/>`:                                                                                                                          {{4, 4}: red, {12, 4}: none},
	`<filter id="f"><feFlood flood-color="red" flood-opacity=".5"/></filter><rect width="8" height="8" filter="url(#f)"/>`:                                              {{4, 4}: white50},
	`<mask id="m"><rect width="4" height="16" fill="white"/></mask><rect width="8" height="8" fill="red" mask="url(#m)"/>`:                                              {{2, 2}: red, {6, 2}: none},
	`<pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="4" height="8" fill="red"/></pattern><rect width="16" height="16" fill="url(#p)"/>`: {{2, 2}: red, {6, 2}: none, {10, 2}: red},
	`<switch><foreignObject/><rect width="8" height="8" fill="red"/></switch>`:                                                                                          {{4, 4}: red},
}

// A rule that is not followed has to be refused, and never to be passed over.
func TestSubtleDrawingsAreRightOrRefused(t *testing.T) {
	for body, want := range subtle {
		p, err := Draw(t.Context(), []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">`+body+`</svg>`))
		if want == nil {
			if fault.ReasonOf(err) != ReasonUnsupported {
				t.Errorf("%s is not refused: %v", body, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		for at, c := range want {
			if got := p.Pixels.NRGBAAt(int(at[0]*1000/16), int(at[1]*1000/16)); apart(got, c) > 2 && !(c.A == 0 && got.A == 0) {
				t.Errorf("%s\n  at %v: %v, want %v", body, at, got, c)
			}
		}
	}
}

// The same drawing, in the clothes of many programs.
func TestADrawingIsKnownInAnyClothes(t *testing.T) {
	const plain = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="8" height="8" fill="red"/></svg>`
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(plain))
	_ = z.Close()
	for name, data := range map[string]string{
		"plain":            plain,
		"packed":           packed.String(),
		"a long licence":   "<!-- " + strings.Repeat("licence ", 1000) + "-->" + plain,
		"with a prefix":    `<svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><svg:rect width="8" height="8" fill="red"/></svg:svg>`,
		"Latin 1":          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + strings.Replace(plain, "><rect", "><title>caff\xe8</title><rect", 1),
		"Illustrator's":    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>` + strings.Replace(plain, "http://www.w3.org/2000/svg", "&ns_svg;", 1),
		"sizes in percent": strings.Replace(plain, "viewBox", `width="100%" height="100%" viewBox`, 1),
		"a mark before it": "\ufeff" + plain,
	} {
		p, err := Open(t.Context(), []byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if p.Pixels.NRGBAAt(250, 250) != red || p.Pixels.NRGBAAt(750, 250).A != 0 {
			t.Errorf("%s: %v %v", name, p.Pixels.NRGBAAt(250, 250), p.Pixels.NRGBAAt(750, 250))
		}
	}
}
