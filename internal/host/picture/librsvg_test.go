package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"kontor/internal/dev/testkit"
)

// logos are made as drawing programs make them: style sheets, groups within groups, marks used twice, gradients.
var logos = []string{
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 118 24"><g fill="#b4553a"><path d="M2 20V13a5.500 5.500 0 0 1 11 0v7h-3v-7a2.500 2.500 0 0 0-5 0v7zM14.500 20V9.500a7 7 0 0 1 14 0V20h-3V9.500a4 4 0 0 0-8 0V20z"/><path d="M0 20h30v2.500H0z"/></g><g transform="translate(39 7)" fill="none" stroke="#24324a" stroke-width="2.4" stroke-linejoin="round"><path d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0"/><path transform="translate(11.6 0)" d="M5.6 0a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z"/></g></svg>`,
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><style>.st0{fill:#0098ff}.st1{fill:none;stroke:#333;stroke-width:3;stroke-linecap:round;stroke-miterlimit:10}</style><g id="Layer_1"><path class="st0" d="M20,60c0-22.1,17.9-40,40-40s40,17.900,40,40H80c0-11-9-20-20-20s-20,9-20,20H20z"/><polyline class="st1" points="110,60 130,20 150,60 170,20 190,60"/></g></svg>`,
	`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 60"><defs><linearGradient id="a" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#7b2ff7"/><stop offset="1" stop-color="#f107a3" stop-opacity=".6"/></linearGradient><radialGradient id="c" cx="30%" cy="30%" r="60%" fx="20%" fy="25%"><stop stop-color="#fff"/><stop offset="1" stop-color="#c06"/></radialGradient><radialGradient id="b" gradientUnits="userSpaceOnUse" cx="0" cy="4" r="20"><stop stop-color="#fff"/><stop offset="1" stop-color="#06c"/></radialGradient><g id="leaf"><path d="M0-18C12-12 12 12 0 18C-12 12-12-12 0-18z"/></g></defs><rect x="4" y="4" width="52" height="52" rx="14" ry="9" fill="url(#a)"/><g transform="translate(90 30)" fill="url(#b)" opacity=".8"><use xlink:href="#leaf" fill="url(#c)"/><use xlink:href="#leaf" transform="rotate(60)"/><use xlink:href="#leaf" transform="rotate(120)"/></g></svg>`,
	`<svg xmlns="http://www.w3.org/2000/svg" width="64px" height="64px" viewBox="0 0 64 64" fill="none" stroke="currentColor" stroke-width="4" stroke-linejoin="bevel"><path d="M8 56 32 8l24 48"/><path d="M18 40h28" stroke-dasharray="6 3 1" stroke-dashoffset="2"/><circle cx="32" cy="32" r="29" stroke="#c0392b" stroke-opacity=".7"/><path stroke-linejoin="miter" stroke-linecap="square" d="M14 20l8-10"/></svg>`,
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><path fill-rule="evenodd" fill="#16a085" transform="matrix(.9 .2 -.1 .95 6 -2)" d="M45 5 57 39h34L63 60l11 33-29-20-29 20 11-33L-1 39h34zM45 30a15 15 0 1 0 .01 0z"/><path d="M10 80q10-20 20 0t20 0t20 0" stroke="#2c3e50" fill="#2c3e50" fill-opacity=".25" stroke-width="2"/></svg>`,
}

// What is drawn here is what librsvg draws, apart from the smoothing of edges. Gradients by the box of a shape that is
// turned are left out: librsvg 2.54 takes the box of the turned shape, against the specification.
func TestDrawsLikeLibrsvg(t *testing.T) {
	if _, err := exec.LookPath("rsvg-convert"); err != nil {
		t.Fatal("rsvg-convert of the package librsvg2-bin is needed: scripts/packages test")
	}
	documents := logos
	for body := range drawings {
		documents = append(documents, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 16 16">`+body+`</svg>`)
	}
	for _, document := range documents[:testkit.Rounds(len(documents))] {
		p, err := Draw(t.Context(), []byte(document))
		if err != nil {
			t.Errorf("%v: %s", err, document)
			continue
		}
		ours, theirs := image.NewRGBA(p.Pixels.Rect), librsvg(t, document, p.Pixels.Rect)
		draw.Draw(ours, ours.Rect, p.Pixels, image.Point{}, draw.Src)
		different := 0
		for y := range ours.Rect.Dy() {
			for x := range ours.Rect.Dx() {
				if c := ours.RGBAAt(x, y); c != theirs.RGBAAt(x, y) && !within(theirs, x, y, c) {
					different++
				}
			}
		}
		if different > len(ours.Pix)/4/400 { // the two round gradients differently
			t.Errorf("%d pixels of %v are different: %s", different, ours.Rect.Size(), document)
		}
	}
}

// within says whether a colour lies, nearly, between those of a place and the eight around it: edges are smoothed
// differently, and sides are rounded to whole pixels.
func within(m *image.RGBA, x, y int, c color.RGBA) bool {
	const nearly = 8
	low, high := [4]int{255, 255, 255, 255}, [4]int{}
	for _, at := range [...][2]int{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {0, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}} {
		n := m.RGBAAt(x+at[0], y+at[1])
		for i, v := range [...]uint8{n.R, n.G, n.B, n.A} {
			low[i], high[i] = min(low[i], int(v)), max(high[i], int(v))
		}
	}
	for i, v := range [...]uint8{c.R, c.G, c.B, c.A} {
		if int(v) < low[i]-nearly || int(v) > high[i]+nearly {
			return false
		}
	}
	return true
}

// librsvg draws in its own process, premultiplied.
func librsvg(t *testing.T, document string, r image.Rectangle) *image.RGBA {
	t.Helper()
	convert := exec.CommandContext(t.Context(), "rsvg-convert", "--unlimited", "--width", strconv.Itoa(r.Dx()), "--height", strconv.Itoa(r.Dy()))
	convert.Stdin, convert.Stderr = strings.NewReader(document), os.Stderr
	out, err := convert.Output()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Size() != r.Size() {
		t.Fatalf("%v instead of %v: %s", m.Bounds(), r, document)
	}
	rgba := image.NewRGBA(r)
	draw.Draw(rgba, r, m, m.Bounds().Min, draw.Src)
	return rgba
}
