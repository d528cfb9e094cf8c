package picture

import (
	"context"
	"fmt"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
)

func draws(t testing.TB, body string) *Picture {
	t.Helper()
	p, err := Draw(t.Context(), []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 16 16">`+body+`</svg>`))
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return p
}

// drawings are looked at in a few places, given in the units of a 16 × 16 view box.
var drawings = map[string]map[[2]float64]color.NRGBA{
	`<rect x="4" y="4" width="8" height="8" fill="red"/>`:                                                         {{8, 8}: red, {4.1, 4.1}: red, {3.9, 8}: none, {8, 12.1}: none},
	`<rect x="4" y="4" width="8" height="8" rx="4" fill="red"/>`:                                                  {{8, 8}: red, {4.3, 4.3}: none},
	`<circle cx="8" cy="8" r="4" style="fill:#f00"/>`:                                                             {{8, 8}: red, {8, 4.1}: red, {5, 5}: none},
	`<ellipse cx="8" cy="8" rx="6" ry="2" fill="rgb(255,0,0)"/>`:                                                  {{2.2, 8}: red, {8, 5.9}: none},
	`<polygon points="0,0 16,0 0,16" fill="red"/>`:                                                                {{4, 4}: red, {12, 12}: none},
	`<path d="M0 0h16v8H0z" fill="red"/>`:                                                                         {{8, 4}: red, {8, 9}: none},
	`<path d="m2,2 4,0 0,4-4,0z" fill="red"/>`:                                                                    {{4, 4}: red, {7, 4}: none},
	`<path d="M0 8C0 0 16 0 16 8z" fill="red"/>`:                                                                  {{8, 3}: red, {8, 1.8}: none, {8, 9}: none},
	`<path d="M0 8Q8-8 16 8T32 8" fill="red"/>`:                                                                   {{8, 1}: red},
	`<path d="M4 8a4 4 0 1 1 8 0a4 4 0 11-8 0" fill="red"/>`:                                                      {{8, 8}: red, {8, 4.2}: red, {4.5, 4.5}: none},
	`<path d="M8 2A6 6 0 0 0 8 14" fill="red"/>`:                                                                  {{4, 8}: red, {10, 8}: none},
	`<path fill-rule="evenodd" d="M0 0h16v16H0zM4 4h8v8H4z" fill="red"/>`:                                         {{2, 2}: red, {8, 8}: none},
	`<path d="M0 0h16v16H0zM4 4h8v8H4z" fill="red"/>`:                                                             {{2, 2}: red, {8, 8}: red},
	`<path d="M0 0h16v16H0zM4 4v8h8V4z" fill="red"/>`:                                                             {{2, 2}: red, {8, 8}: none},
	`<line x1="0" y1="8" x2="16" y2="8" stroke="red" stroke-width="2"/>`:                                          {{8, 8}: red, {8, 7.1}: red, {8, 6.9}: none},
	`<g transform="scale(2)"><line x1="0" y1="4" x2="8" y2="4" stroke="red"/></g>`:                                {{8, 7.1}: red, {8, 6.9}: none},
	`<path d="M4 4H12V12H4z" fill="none" stroke="red" stroke-width="2"/>`:                                         {{4, 8}: red, {8, 8}: none, {3.2, 3.2}: red, {2.9, 8}: none},
	`<path d="M0 8H16" stroke="red" stroke-width="4" stroke-dasharray="4"/>`:                                      {{2, 8}: red, {6, 8}: none, {10, 8}: red},
	`<g fill="red"><rect width="8" height="8"/><rect x="8" y="8" width="8" height="8" fill="green"/></g>`:         {{4, 4}: red, {12, 12}: green, {12, 4}: none},
	`<rect width="4" height="4" fill="red" transform="translate(8 8) rotate(90)"/>`:                               {{6, 10}: red, {10, 10}: none},
	`<rect width="2" height="2" fill="red" transform="rotate(180 8 8)"/>`:                                         {{15, 15}: red, {1, 1}: none},
	`<rect width="2" height="2" fill="red" transform="matrix(2 0 0 2 4 4)"/>`:                                     {{7, 7}: red, {3, 3}: none},
	`<rect width="4" height="16" fill="red" transform="skewX(45)"/>`:                                              {{1, 0.5}: red, {14, 12}: red, {1, 12}: none},
	`<style>.a,.b{fill:green}/* x */.b{fill:#ff0000}</style><rect class="a b" fill="blue" width="8" height="8"/>`: {{4, 4}: red},
	`<defs><circle id="c" cx="2" cy="2" r="2" fill="red"/></defs><use xlink:href="#c" x="8" y="8"/>`:              {{10, 10}: red, {2, 2}: none},
	`<symbol id="s"><rect width="4" height="4" fill="red"/></symbol><use href="#s" x="4" y="4"/>`:                 {{6, 6}: red, {2, 2}: none},
	`<g opacity=".5"><rect width="8" height="8" fill="red"/></g>`:                                                 {{4, 4}: {255, 0, 0, 128}},
	// A group is faded as one: what overlaps within it does not show through, nor a line's own fill under its edge.
	`<g opacity=".5"><rect width="8" height="8" fill="green"/><rect width="8" height="8" fill="red"/></g>`:                                           {{4, 4}: {255, 0, 0, 128}},
	`<g style="opacity:.5"><g opacity=".5"><rect width="8" height="8" fill="green"/><rect width="8" height="8" fill="red"/></g></g>`:                 {{4, 4}: {255, 0, 0, 64}},
	`<path opacity=".5" d="M4 4H12V12H4z" fill="green" stroke="red" stroke-width="4"/>`:                                                              {{5, 8}: {255, 0, 0, 128}, {8, 8}: {0, 128, 0, 128}},
	`<defs><g id="d"><rect width="8" height="8" fill="green"/><rect width="8" height="8" fill="red"/></g></defs><use opacity=".5" href="#d"/>`:       {{4, 4}: {255, 0, 0, 128}},
	`<rect width="16" height="16" fill="green"/><g opacity=".5"><rect width="8" height="8" fill="blue"/><rect width="8" height="8" fill="red"/></g>`: {{4, 4}: {127, 64, 0, 255}, {12, 12}: green},
	`<g opacity="0"><rect width="8" height="8" fill="red"/></g>`:                                                                                     {{4, 4}: none},
	`<rect width="8" height="8" fill="red" fill-opacity="50%"/>`:                                                                                     {{4, 4}: {255, 0, 0, 128}},
	`<rect width="8" height="8" fill="#ff000080"/>`:                                                                                                  {{4, 4}: {255, 0, 0, 128}},
	`<rect width="8" height="8" fill="currentColor" color="red"/>`:                                                                                   {{4, 4}: red},
	`<rect width="8" height="8"/>`: {{4, 4}: black},
	`<rect width="8" height="8" display="none"/><g visibility="hidden"><rect width="8" height="8"/></g>`:                                                             {{4, 4}: none},
	`<g clip-path="url(#whole)"><rect width="8" height="8" fill="red"/></g><defs><clipPath id="whole"><rect width="16" height="16" fill="white"/></clipPath></defs>`: {{4, 4}: red},
	`<metadata><x:any xmlns:x="urn:x"/></metadata><title>Ponteri</title><rect width="8" height="8" fill="red"/>`:                                                     {{4, 4}: red},
	`<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="green"/></linearGradient><rect width="16" height="16" fill="url(#g)"/>`:             {{0.05, 8}: red, {15.95, 8}: green, {8, 8}: {128, 64, 0, 255}},
	`<linearGradient id="a"><stop stop-color="red"/><stop offset=".5" stop-color="red"/><stop offset=".5" stop-color="green"/></linearGradient>
		 <linearGradient id="g" href="#a" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="16"/><rect width="16" height="16" fill="url(#g)"/>`: {{8, 6}: red, {8, 10}: green},
	`<radialGradient id="g" r=".5"><stop offset=".5" stop-color="red"/><stop offset=".5" stop-color="green"/></radialGradient><rect width="16" height="16" fill="url(#g)"/>`: {{8, 8}: red, {8, 4.5}: red, {8, 3.5}: green, {0, 0}: green},
}

var red, green, black, none = color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 128, 0, 255}, color.NRGBA{A: 255}, color.NRGBA{}

func TestSVG(t *testing.T) {
	for body, want := range drawings {
		m := draws(t, body).Pixels
		for at, c := range want {
			x, y := int(at[0]*1000/16), int(at[1]*1000/16)
			if got := m.NRGBAAt(x, y); apart(got, c) > 2 && !(c.A == 0 && got.A == 0) {
				t.Errorf("%s\n  at %v: %v, want %v", body, at, got, c)
			}
		}
	}
}

func TestSVGSize(t *testing.T) {
	for attrs, want := range map[string][2]int{
		`viewBox="0 0 118 24"`:                           {1600, 325},
		`viewBox="0 0 118 24" width="1000" height="100"`: {1600, 160},
		`viewBox="0 0 10 20" width="40"`:                 {707, 1414},
		`width="20mm" height="40mm"`:                     {707, 1414},
		`viewBox="-10 -10 20 20"`:                        {1000, 1000},
		`viewBox="0 0 0.5 0.25" width="100%"`:            {1414, 707},
	} {
		p, err := Open(t.Context(), []byte(`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b"><svg `+attrs+`><path d="M0 0h.1"/></svg>`))
		if err != nil {
			t.Errorf("%s: %v", attrs, err)
			continue
		}
		if w, h := p.Size(); w != want[0] || h != want[1] {
			t.Errorf("%s: %d × %d", attrs, w, h)
		}
	}
}

func TestSVGRefusals(t *testing.T) {
	deep := strings.Repeat("<g>", maxDepth) + strings.Repeat("</g>", maxDepth)
	laughs := `<g id="a0"><rect width="1" height="1"/></g>`
	for i := range 12 {
		laughs += `<g id="` + string(rune('b'+i)) + `0">` + strings.Repeat(`<use href="#`+string(rune('a'+i))+`0"/>`, 10) + `</g>`
	}
	for body, reason := range map[string]string{
		`<image href="x.png"/>`:                         ReasonExternal,
		`<script>1</script>`:                            ReasonScript,
		`<image href="data:image/png;base64,AA=="/>`:    ReasonEmbedded,
		`<foreignObject/>`:                              ReasonUnsupported,
		`<use href="http://x.example/a.svg#b"/>`:        ReasonExternal,
		`<use href="file:///etc/passwd#b"/>`:            ReasonExternal,
		`<rect fill="url(http://x.example/)"/>`:         ReasonExternal,
		`<style>@import "x.css";</style>`:               ReasonExternal,
		`<style>.a{fill:url(x.svg#a)}</style>`:          ReasonExternal,
		`<?xml-stylesheet href="x.css"?>`:               ReasonExternal,
		`<text>Ponteri</text>`:                          ReasonUnsupported,
		`<rect width="8" height="8" filter="url(#f)"/>`: ReasonUnsupported,
		`<rect`:                             ReasonDamaged,
		`&lol;`:                             ReasonDamaged,
		deep:                                ReasonComplex,
		laughs:                              ReasonComplex,
		strings.Repeat(`<g/>`, maxElements): ReasonComplex,
	} {
		_, err := Draw(t.Context(), []byte(`<svg viewBox="0 0 16 16">`+body+`</svg>`))
		if fault.CodeOf(err) != fault.Invalid || fault.ReasonOf(err) != reason {
			t.Errorf("%.60s: %v, want %s", body, err, reason)
		}
	}
	for doc, reason := range map[string]string{
		`<!DOCTYPE svg [<!ENTITY a "&b;">]><svg viewBox="0 0 1 1">&a;</svg>`: ReasonUnsupported,
		`<!DOCTYPE svg [<!ENTITY a SYSTEM "x">]><svg viewBox="0 0 1 1"/>`:    ReasonUnsupported,
		`<svg/>`:                     ReasonUnsupported,
		`<svg viewBox="0 0 100 1"/>`: ReasonUnsupported,
		`<svg viewBox="0 0 NaN 1"/>`: ReasonDamaged,
		`<html><svg></svg></html>`:   ReasonUnknown,
		`<svg viewBox="0 0 1 1">` + strings.Repeat(" ", maxSVGBytes): ReasonHeavy,
	} {
		if _, err := Open(t.Context(), []byte(doc)); fault.ReasonOf(err) != reason {
			t.Errorf("%.60s: %v, want %s", doc, err, reason)
		}
	}
}

// heavy are small documents that would take minutes or gigabytes.
func heavy(t testing.TB) map[string]string {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var curves strings.Builder
	curves.WriteString(`<path fill="none" stroke="red" stroke-width="5" stroke-linejoin="round" d="M0 0`)
	for range 60_000 {
		fmt.Fprintf(&curves, "C%d %d %d %d %d %d", random.IntN(16), random.IntN(16), random.IntN(16), random.IntN(16), random.IntN(16), random.IntN(16))
	}
	return map[string]string{
		"curves": curves.String() + `"/>`,
		"layers": strings.Repeat(`<g opacity=".9">`, 60) + `<rect width="16" height="16"/>` + strings.Repeat(`</g>`, 60),
		"blurs":  `<filter id="f"><feGaussianBlur stdDeviation="3"/></filter>` + strings.Repeat(`<rect width="16" height="16" filter="url(#f)"/>`, 5_000),
		"styles": strings.Repeat(`<style>.a{fill:red}</style>`, 30_000) + strings.Repeat(`<rect class="b" width="1" height="1"/>`, 9_000),
	}
}

// What is too much is counted, in steps and bytes, not in seconds.
func TestDrawingIsBounded(t *testing.T) {
	for name, body := range heavy(t) {
		if name == "layers" || testing.Short() && name != "curves" {
			continue
		}
		_, err := Draw(t.Context(), []byte(`<svg viewBox="0 0 16 16">`+body+`</svg>`))
		if fault.ReasonOf(err) != ReasonComplex {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is too much for the whole size is not for a smaller one, and comes out the same.
func TestWhatTakesMuchIsDrawnSmaller(t *testing.T) {
	p, err := Draw(t.Context(), []byte(`<svg viewBox="0 0 16 16">`+heavy(t)["layers"]+`</svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if w, h := p.Size(); w >= 1000 || w != h || p.Pixels.NRGBAAt(w/2, h/2).A == 0 {
		t.Errorf("%d × %d, %v", w, h, p.Pixels.NRGBAAt(w/2, h/2))
	}
}

func TestDrawingEndsWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := Draw(ctx, []byte(`<svg viewBox="0 0 16 16">`+heavy(t)["blurs"]+`</svg>`)); fault.CodeOf(err) != fault.Canceled {
		t.Errorf("%v", err)
	}
	draws(t, `<rect width="8" height="8"/>`) // and the next one is not disturbed
}

func BenchmarkSVG(b *testing.B) {
	logo := []byte(`<svg viewBox="0 0 118 24"><g fill="#b4553a"><path d="M2 20V13a5.500 5.500 0 0 1 11 0v7h-3v-7a2.500 2.500 0 0 0-5 0v7zM14.500 20V9.500a7 7 0 0 1 14 0V20h-3V9.500a4 4 0 0 0-8 0V20z"/><path d="M0 20h30v2.500H0z"/></g><g transform="translate(39 7)" fill="none" stroke="#24324a" stroke-width="2.4" stroke-linejoin="round"><path d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0"/><path transform="translate(11.6 0)" d="M5.6 0a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z"/></g></svg>`)
	for b.Loop() {
		if _, err := Draw(b.Context(), logo); err != nil {
			b.Fatal(err)
		}
	}
}

// Icons of many sets say what is inherited at the root.
func TestTheRootIsInherited(t *testing.T) {
	p, err := Draw(t.Context(), []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="red" stroke-width="4">`+
		`<path d="M4 4H12V12H4z"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if edge, middle := p.Pixels.NRGBAAt(250, 500), p.Pixels.NRGBAAt(500, 500); edge != (color.NRGBA{255, 0, 0, 255}) || middle.A != 0 {
		t.Errorf("edge %v, middle %v", edge, middle)
	}
}
