package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"
)

// letters are those of an invented studio's name, drawn as lines of a width.
func letters(paint string, width float64) string {
	return fmt.Sprintf(`<g transform="translate(39 7)" fill="none" stroke="%s" stroke-width="%v" stroke-linejoin="round">`, paint, width) +
		`<path d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0"/><path transform="translate(11.6)" d="M5.6 0a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z"/>` +
		`<path transform="translate(27.6)" d="M0 12V0l8.4 12V0"/><path transform="translate(39.8)" d="M0 0h9M4.5 0v12"/>` +
		`<path transform="translate(53)" d="M6.6 0H0v12h6.6M0 6h5.6"/>` +
		`<path transform="translate(64)" d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0M4 6.8 8 12"/><path transform="translate(76.5)" d="M0 0v12"/></g>`
}

const arches = `<path fill="#b4553a" d="M2 20V13a5.5 5.5 0 0 1 11 0v7h-3v-7a2.5 2.5 0 0 0-5 0v7zM14.5 20V9.5a7 7 0 0 1 14 0V20h-3V9.5a4 4 0 0 0-8 0V20zM0 20h30v2.5H0z"/>`

func wide(body string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -3 126 30">` + body + `</svg>`
}

func squarely(body string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">` + body + `</svg>`
}

// marks are drawings of the kinds that companies have. Each is easily read on white, at least by its own ground.
var marks = map[string]string{
	"a dark wordmark":      wide(letters("#24324a", 2.4)),
	"a thin script":        wide(`<path fill="none" stroke="#30304a" stroke-width="0.9" d="M0 12C8-4 14-4 10 12S22 24 26 8s10-8 8 4 10 12 14 0 6-10 6 2 10 8 14-2 8-8 8 2 12 6 18-4"/>`),
	"two inks":             wide(arches + letters("#24324a", 2.4)),
	"a gradient":           wide(`<defs><linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="84"><stop stop-color="#5a1a8a"/><stop offset="1" stop-color="#c0284a"/></linearGradient></defs>` + letters("url(#g)", 3)),
	"white on a brand":     wide(`<path fill="#0b5cad" d="M-4-3h126v30H-4z"/>` + letters("#ffffff", 2.4)),
	"an icon, full bleed":  squarely(`<rect width="64" height="64" rx="12" fill="#0b6b72"/><path fill="#fff" d="M20 14l30 18-30 18z"/>`),
	"a disc":               squarely(`<circle cx="32" cy="32" r="30" fill="#2b5fd0"/><path fill="#fff" d="M28 14h8v36h-8zM16 28h32v8H16z"/>`),
	"two tones on an icon": squarely(`<rect width="64" height="64" rx="9" fill="#fc4c02"/><path fill="#fff" d="M28 10l14 28H14z"/><path fill="#fff" fill-opacity=".6" d="M33 38h20L43 56z"/>`),
	"an outline":           squarely(`<g fill="none" stroke="#1d2122" stroke-width="4"><circle cx="32" cy="32" r="26"/><path d="M18 34l10 10 18-22"/></g>`),
}

func drawnLogo(t *testing.T, svg string, side int) *image.NRGBA {
	t.Helper()
	p, err := Draw(t.Context(), []byte(svg))
	if err != nil {
		t.Fatal(err)
	}
	w, h := p.Size()
	return Scale(p.Pixels, Whole(p.Pixels), side, side*h/w)
}

// onPaper sets a drawing on white with a margin, as files have it.
func onPaper(m *image.NRGBA) *image.NRGBA {
	margin := m.Rect.Dx() / 20
	out := uniform(m.Rect.Dx()+2*margin, m.Rect.Dy()+2*margin, white)
	draw.Draw(out, m.Rect.Add(image.Pt(margin, margin)), m, image.Point{}, draw.Over)
	return out
}

func asJPEG(t *testing.T, m *image.NRGBA, quality int) *image.NRGBA {
	t.Helper()
	data, err := EncodeJPEG(m, quality)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Decode(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return p.Pixels
}

// photo is a mark with the grain of a photograph: a dark stone on white.
func photo(side int) *image.NRGBA {
	m := uniform(side, side, white)
	random := rand.New(rand.NewPCG(1, 2))
	r := float64(side) * 0.35
	for y := range side {
		for x := range side {
			d := math.Hypot(float64(x)-float64(side)/2, float64(y)-float64(side)/2)
			if d < r {
				v := uint8(40 + 40*d/r + 16*random.Float64())
				m.SetNRGBA(x, y, color.NRGBA{v, v / 2, v / 3, 255})
			}
		}
	}
	return m
}

// sides are those of the files; beside the race detector the small ones alone.
func sides() []int {
	if testing.Short() {
		return []int{160, 320}
	}
	return []int{160, 320, 600}
}

func TestTheVerdictDoesNotDependOnTheFile(t *testing.T) {
	themes := []color.NRGBA{white, {238, 236, 231, 255}, {25, 29, 30, 255}, dark, {10, 12, 12, 255}}
	for name, svg := range marks {
		found := map[string][]float64{}
		take := func(what string, ratio float64) { found[what] = append(found[what], ratio) }
		for _, side := range sides() {
			bare := drawnLogo(t, svg, side)
			for i, ratio := range Contrast(bare, themes) {
				take(fmt.Sprintf("on ground %d", i), ratio)
				if i == 0 {
					take("on white", ratio)
				}
			}
			paper := onPaper(bare)
			take("on white", Contrast(paper, themes)[0])
			take("on white", Contrast(asJPEG(t, paper, 85), themes)[0])
			take("on white", Contrast(asJPEG(t, paper, 60), themes)[0])
		}
		for what, list := range found {
			low, high := math.Inf(1), 0.0
			for _, ratio := range list {
				low, high = min(low, ratio), max(high, ratio)
			}
			if min(high, Plenty)-min(low, Plenty) > 1 {
				t.Errorf("%s, %s: %.1f", name, what, list)
			}
			if what == "on white" && low < 3 {
				t.Errorf("%s is easily read, and has %.1f", name, list)
			}
		}
	}
	for _, side := range sides() {
		for _, quality := range []int{60, 85, 95} {
			if got := Contrast(asJPEG(t, photo(side), quality), themes); got[0] < 6 || got[0] != got[3] {
				t.Errorf("the stone, %d pixels at %d: %.1f", side, quality, got)
			}
		}
	}
}

// A file with a plate has the same verdict in every theme: its plate comes with it.
func TestAPlateComesAlong(t *testing.T) {
	m := asJPEG(t, onPaper(drawnLogo(t, marks["a dark wordmark"], 600)), 85)
	got := Contrast(m, []color.NRGBA{white, dark, black})
	if got[0] < 11 || got[1] != got[0] || got[2] != got[0] {
		t.Errorf("%.1f", got)
	}
}

func TestWhatIsLost(t *testing.T) {
	grounds := []color.NRGBA{white, {238, 236, 231, 255}, dark, {10, 12, 12, 255}}
	for c, want := range map[color.NRGBA][4]bool{
		{36, 50, 74, 255}:    {false, false, true, true},   // navy
		{255, 199, 44, 255}:  {false, false, false, false}, // gold: seen on white by its colour
		{240, 240, 240, 255}: {true, true, false, false},   // the palest grey
		{232, 119, 34, 255}:  {false, false, false, false}, // orange
		{70, 70, 70, 255}:    {false, false, true, false},
	} {
		m := drawnLogo(t, wide(letters(fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B), 2.4)), 320)
		for i, s := range Seen(m, grounds) {
			if s.Lost != want[i] {
				t.Errorf("%v on %v: %+v", c, grounds[i], s)
			}
		}
	}
}

func TestPaperIsNoGroundOfAnIcon(t *testing.T) {
	for c, want := range map[color.NRGBA]bool{
		white: true, {250, 248, 246, 255}: true, {11, 107, 114, 255}: false, black: false, {255, 255, 200, 255}: false, {200, 200, 200, 255}: false,
	} {
		if Paper(c) != want {
			t.Errorf("%v", c)
		}
	}
}

// Without its plate a logo looks on white as it did, and on any other ground has no rim of the plate.
func TestClearKeepsTheEdges(t *testing.T) {
	for name, svg := range marks {
		if name == "white on a brand" || name == "an icon, full bleed" {
			continue
		}
		for _, side := range sides() {
			for quality, most := range map[int]float64{0: 3, 90: 6} {
				paper := onPaper(drawnLogo(t, svg, side))
				if quality > 0 {
					paper = asJPEG(t, paper, quality)
				}
				bare := Clear(paper)
				if at(bare, 0, 0).A != 0 || transparency(bare) < 0.2 {
					t.Errorf("%s, %d pixels: the plate is still there", name, side)
				}
				again := uniform(bare.Rect.Dx(), bare.Rect.Dy(), white)
				draw.Draw(again, again.Rect, bare, image.Point{}, draw.Over)
				sum := 0.0
				for i := range again.Pix {
					sum += math.Abs(float64(again.Pix[i]) - float64(paper.Pix[i]))
				}
				if mean := sum / float64(len(again.Pix)); mean > most {
					t.Errorf("%s, %d pixels, quality %d: on white it is off by %.1f", name, side, quality, mean)
				}
			}
		}
	}
	// On black, a black ring leaves nothing to be seen: no light rim.
	ring := Clear(asJPEG(t, onPaper(drawnLogo(t, squarely(`<circle cx="32" cy="32" r="26" fill="none" stroke="#000" stroke-width="4"/>`), 320)), 90))
	night := uniform(ring.Rect.Dx(), ring.Rect.Dy(), black)
	draw.Draw(night, night.Rect, ring, image.Point{}, draw.Over)
	for i := 0; i < len(night.Pix); i += 4 {
		if night.Pix[i] > 70 {
			t.Fatalf("a rim of %d is left", night.Pix[i])
		}
	}
	// What the drawing encloses stays where only the outside goes, and the edges inside stay as they are.
	for _, paper := range []*image.NRGBA{
		onPaper(drawnLogo(t, squarely(`<circle cx="32" cy="32" r="26" fill="none" stroke="#000" stroke-width="8"/>`), 320)),
		asJPEG(t, onPaper(drawnLogo(t, squarely(`<circle cx="32" cy="32" r="26" fill="none" stroke="#000" stroke-width="8"/>`), 320)), 90),
	} {
		if half := ClearOutside(paper); at(half, 2, 2).A != 0 || at(half, 160, 160).A != 255 || at(half, 160, 58) != at(paper, 160, 58) {
			t.Errorf("outside %v, the eye %v, its edge %v", at(half, 2, 2), at(half, 160, 160), at(half, 160, 58))
		}
		if !Encloses(paper) || at(Clear(paper), 160, 160).A != 0 {
			t.Error("the eye is no part of the plate")
		}
	}
	if Encloses(onPaper(drawnLogo(t, squarely(`<circle cx="32" cy="32" r="26"/>`), 320))) {
		t.Error("a disc encloses nothing")
	}
	bare := drawnLogo(t, marks["a disc"], 160)
	if Clear(bare) != bare {
		t.Error("without a plate there is nothing to clear")
	}
}

func TestVariantsKeepTheHue(t *testing.T) {
	navy := color.NRGBA{26, 42, 74, 255}
	m := mark(40, 40, image.Rect(5, 5, 35, 35), navy)
	got := Towards(m, dark, 4.5).NRGBAAt(20, 20)
	if Ratio(got, dark) < 4.5 || int(got.B)-int(got.R) < 80 || got.B < got.G || got.G < got.R {
		t.Errorf("navy became %v", got)
	}
	// On paper it is the ink that is made light, never the paper that is made grey.
	light := Towards(asJPEG(t, onPaper(drawnLogo(t, marks["a dark wordmark"], 320)), 85), dark, 4.5)
	if at(light, 0, 0).A != 0 {
		t.Errorf("the plate became %v", at(light, 0, 0))
	}
	if ratio := Contrast(light, []color.NRGBA{dark})[0]; ratio < 3.5 {
		t.Errorf("it has %.1f", ratio)
	}
}
