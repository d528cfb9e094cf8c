package picture

import (
	"image"
	"image/color"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func uniform(w, h int, c color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func apart(a, b color.NRGBA) int {
	d := func(x, y uint8) int { return int(max(x, y) - min(x, y)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B), d(a.A, b.A))
}

func TestSmallerIsTheMeanOfTheLight(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			v := uint8(255 * ((x + y) % 2))
			m.SetNRGBA(x, y, color.NRGBA{v, v, v, 255})
		}
	}
	// Half of the light of white is not the value 128 but 188.
	for _, side := range []int{32, 16, 1} {
		if got := Scale(m, Whole(m), side, side).NRGBAAt(0, 0); apart(got, color.NRGBA{188, 188, 188, 255}) > 1 {
			t.Errorf("%d: %v", side, got)
		}
	}
}

func TestInvisiblePixelsLendNoColour(t *testing.T) {
	m := uniform(8, 8, color.NRGBA{0, 255, 0, 0})
	for y := range 8 {
		for x := range 4 {
			m.SetNRGBA(x*2, y, color.NRGBA{255, 0, 0, 255})
		}
	}
	if got := Scale(m, Whole(m), 4, 4).NRGBAAt(1, 1); apart(got, color.NRGBA{255, 0, 0, 128}) > 1 {
		t.Errorf("%v", got)
	}
}

func TestCropMayLieBetweenPixels(t *testing.T) {
	m := corners(40, 40)
	got := Scale(m, Rect{19.5, 0, 1, 1}, 1, 1).NRGBAAt(0, 0) // half red, half green
	if apart(got, color.NRGBA{188, 188, 0, 255}) > 1 {
		t.Errorf("%v", got)
	}
	if got := standing(Scale(m, Rect{2.3, 2.3, 35.4, 35.4}, 420, 420)); got != "RGBY" {
		t.Errorf("enlarged: %s", got)
	}
}

func TestScalingKeepsAPlainColour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := color.NRGBA{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b"), rapid.ByteRange(64, 255).Draw(t, "a")}
		m := uniform(rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h"), c)
		r := Rect{
			rapid.Float64Range(-5, 45).Draw(t, "x"), rapid.Float64Range(-5, 45).Draw(t, "y"),
			rapid.Float64Range(0.5, 45).Draw(t, "rw"), rapid.Float64Range(0.5, 45).Draw(t, "rh"),
		}
		w, h := rapid.IntRange(1, 50).Draw(t, "tw"), rapid.IntRange(1, 50).Draw(t, "th")
		out := Scale(m, r, w, h)
		if out.Rect != image.Rect(0, 0, w, h) {
			t.Fatalf("size %v", out.Rect)
		}
		for i := 0; i < len(out.Pix); i += 4 {
			if got := (color.NRGBA{out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3]}); apart(got, c) > 4 {
				t.Fatalf("pixel %d: %v, want %v", i/4, got, c)
			}
		}
	})
}

func TestNonsenseRectanglesBecomeTheWhole(t *testing.T) {
	nan := math.NaN()
	for _, r := range []Rect{{}, {0, 0, -1, 5}, {nan, 0, 5, 5}, {0, nan, 5, 5}, {0, 0, nan, 5}, {math.Inf(1), 0, 5, 5}} {
		if got := r.Within(20, 10); got != (Rect{0, 0, 20, 10}) {
			t.Errorf("%v became %v", r, got)
		}
		if got := Square(20, 10, r); got.W != got.H || got.W > 10 || got.X < 0 || got.X+got.W > 20 {
			t.Errorf("%v became the square %v", r, got)
		}
	}
}

func TestAvatar(t *testing.T) {
	p := &Picture{Pixels: corners(1000, 600)}
	square := Square(1000, 600, Rect{700, 300, 400, 380})
	if square != (Rect{620, 220, 380, 380}) {
		t.Errorf("the square moved to %v", square)
	}
	if out := Scale(p.Pixels, square, 2*AvatarAdvised, 2*AvatarAdvised); out.Rect != image.Rect(0, 0, 2*AvatarAdvised, 2*AvatarAdvised) {
		t.Errorf("drawn at %v", out.Rect)
	}
}

func BenchmarkAvatar(b *testing.B) {
	p := &Picture{Pixels: corners(3000, 2000)}
	for b.Loop() {
		Scale(p.Pixels, Square(3000, 2000, Rect{100.5, 100.5, 1800, 1800}), 2*AvatarAdvised, 2*AvatarAdvised)
	}
}
