package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"pgregory.net/rapid"
)

var (
	white = color.NRGBA{255, 255, 255, 255}
	dark  = color.NRGBA{28, 33, 34, 255}
)

// mark is a logo: a box of a colour in the middle of an empty canvas.
func mark(w, h int, box image.Rectangle, c color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, box, image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

func TestShape(t *testing.T) {
	box := image.Rect(10, 5, 90, 45)
	onWhite := uniform(100, 50, white)
	draw.Draw(onWhite, box, image.NewUniform(black), image.Point{}, draw.Src)
	for name, c := range map[string]struct {
		m           *image.NRGBA
		border      [4]int // top, right, bottom, left
		transparent float64
		plate       bool
	}{
		"transparent": {mark(100, 50, box, black), [4]int{5, 10, 5, 10}, 0.36, false},
		"on white":    {onWhite, [4]int{5, 10, 5, 10}, 0, true},
		"no border":   {mark(100, 50, image.Rect(0, 0, 100, 50), black), [4]int{0, 0, 0, 0}, 0, true},
	} {
		s := ShapeOf(c.m)
		if got := [4]int{s.Border.Top, s.Border.Right, s.Border.Bottom, s.Border.Left}; got != c.border {
			t.Errorf("%s: border %v", name, got)
		}
		if math.Abs(s.Transparent-c.transparent) > 1e-9 || (s.Plate != nil) != c.plate {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if !ShapeOf(image.NewNRGBA(image.Rect(0, 0, 5, 5))).Blank || ShapeOf(onWhite).Blank {
		t.Error("blank")
	}
}

func TestContrastOfPlainColours(t *testing.T) {
	grey := color.NRGBA{118, 118, 118, 255} // the well-known 4.54:1 on white
	got := Contrast(mark(100, 50, image.Rect(10, 10, 90, 40), grey), []color.NRGBA{white, dark, grey})
	want := []float64{Ratio(grey, white), Ratio(grey, dark), 1}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.015*want[i] {
			t.Errorf("%v, want %v", got, want)
		}
	}
	if math.Abs(want[0]-4.54) > 0.01 || math.Abs(Ratio(black, white)-21) > 1e-4 {
		t.Errorf("ratios %v", want)
	}
}

func TestContrastIsThatOfTheWeakTenth(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 500, 60))
	for x := 10; x < 490; x += 40 {
		draw.Draw(m, image.Rect(x, 10, x+20, 50), image.NewUniform(black), image.Point{}, draw.Src)
	}
	weak := func(n int) float64 { // the first n of twelve bars are white
		for i := range n {
			draw.Draw(m, image.Rect(10+40*i, 10, 30+40*i, 50), image.NewUniform(white), image.Point{}, draw.Src)
		}
		return Contrast(m, []color.NRGBA{white})[0]
	}
	if got := weak(0); got < 20.5 {
		t.Errorf("all black has %v", got)
	}
	if got := weak(3); got > 1.02 {
		t.Errorf("a quarter is white and it has %v", got)
	}
}

func TestTranslucencyIsCompositedFirst(t *testing.T) {
	faint := mark(40, 40, image.Rect(5, 5, 35, 35), color.NRGBA{0, 0, 0, 64})
	want := Ratio(color.NRGBA{191, 191, 191, 255}, white)
	if got := Contrast(faint, []color.NRGBA{white})[0]; math.Abs(got-want) > 0.03 {
		t.Errorf("%v, want %v", got, want)
	}
	if got := Contrast(image.NewNRGBA(image.Rect(0, 0, 5, 5)), []color.NRGBA{white})[0]; got != 1 {
		t.Errorf("an invisible picture has %v", got)
	}
}

func TestAPlateIsTheGround(t *testing.T) {
	m := uniform(100, 50, white)
	draw.Draw(m, image.Rect(20, 10, 80, 40), image.NewUniform(black), image.Point{}, draw.Src)
	for _, got := range Contrast(m, []color.NRGBA{white, dark, black}) {
		if got < 20.5 {
			t.Errorf("black on its own white has %v", got)
		}
	}
}

func TestAPictureThatIsAllPlateIsWhatIsSeen(t *testing.T) {
	got := Contrast(uniform(40, 40, black), []color.NRGBA{white, black})
	if got[0] < 20.5 || got[1] > 1.02 {
		t.Errorf("a black box has %v", got)
	}
	hole := uniform(40, 40, black) // a frame around nothing is no plate
	draw.Draw(hole, image.Rect(10, 10, 30, 30), image.Transparent, image.Point{}, draw.Src)
	if s := ShapeOf(hole); s.Plate != nil || !s.Border.Empty() {
		t.Errorf("%+v", s)
	}
}

// JPEG leaves shades in the margin; the plate is what most of it is.
func TestAPlateIsTheMiddleOfItsMargin(t *testing.T) {
	paper := uniform(40, 20, white)
	for x := range 40 {
		if x%3 == 1 {
			paper.SetNRGBA(x, 0, color.NRGBA{238, 240, 236, 255})
		}
	}
	paper.SetNRGBA(20, 0, color.NRGBA{230, 230, 230, 255})
	if plate := plateOf(paper); plate == nil || *plate != white {
		t.Errorf("%v", plate)
	}
}

func TestTrim(t *testing.T) {
	m := Trim(mark(100, 50, image.Rect(10, 5, 90, 45), black))
	if m.Rect != image.Rect(0, 0, 80, 40) || m.NRGBAAt(0, 0) != black {
		t.Errorf("%v", m.Rect)
	}
	if again := Trim(m); again.Rect != m.Rect {
		t.Errorf("trimmed twice: %v", again.Rect)
	}
	if empty := Trim(image.NewNRGBA(image.Rect(0, 0, 7, 7))); empty.Rect.Dx() != 7 {
		t.Error("an empty picture was trimmed")
	}
}

func TestPad(t *testing.T) {
	m := mark(100, 50, image.Rect(0, 0, 99, 50), black)
	for _, ratio := range []float64{0.5, 1, 2, 4.917} {
		out := Pad(m, ratio)
		w, h := out.Rect.Dx(), out.Rect.Dy()
		if math.Abs(float64(w)/float64(h)-ratio) > 0.05 || w < 100 || h < 50 {
			t.Errorf("%v: %d × %d", ratio, w, h)
		}
		if out.NRGBAAt(w/2, h/2) != black {
			t.Errorf("%v: the picture is not in the middle", ratio)
		}
	}
	onWhite := uniform(10, 10, white)
	if got := Pad(onWhite, 3).NRGBAAt(0, 5); got != white {
		t.Errorf("room beside a white ground is %v", got)
	}
}

func TestPlate(t *testing.T) {
	m := mark(120, 48, image.Rect(10, 4, 110, 44), black)
	out := Plate(m, white, true)
	if out.Rect.Dx() != 136 || out.Rect.Dy() != 64 || out.NRGBAAt(0, 0).A != 0 || out.NRGBAAt(68, 2) != white {
		t.Errorf("%v, corner %v", out.Rect, out.NRGBAAt(0, 0))
	}
	if p := ShapeOf(out).Plate; p == nil || *p != white {
		t.Errorf("the plate is not seen as one: %v", p)
	}
	if got := Contrast(out, []color.NRGBA{dark})[0]; got < 20 {
		t.Errorf("on its plate it has %v", got)
	}
	if kept := Plate(m, white, false); kept.Rect != m.Rect {
		t.Errorf("it grew to %v", kept.Rect)
	}
}

func TestVariantsReachTheirAim(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := color.NRGBA{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b"), 255}
		m := mark(8, 8, image.Rect(1, 1, 7, 7), c)
		for _, ground := range []color.NRGBA{dark, white} {
			out := Towards(m, ground, 4.5).NRGBAAt(4, 4)
			if got := Ratio(out, ground); got < 4.5 {
				t.Fatalf("%v on %v became %v with %v", c, ground, out, got)
			}
			if Ratio(c, ground) >= 4.5 && out != c {
				t.Fatalf("%v on %v was good and became %v", c, ground, out)
			}
		}
	})
}

func BenchmarkContrast(b *testing.B) {
	grounds := []color.NRGBA{white, dark, black, {238, 236, 231, 255}, {25, 29, 30, 255}, {10, 12, 12, 255}}
	opaque := corners(1000, 1000)
	opaque.SetNRGBA(500, 0, color.NRGBA{}) // no plate
	translucent := image.NewNRGBA(opaque.Rect)
	for i := range translucent.Pix {
		translucent.Pix[i] = uint8(i * 7919 >> 3)
	}
	b.Run("1_megapixel", func(b *testing.B) {
		for b.Loop() {
			Contrast(opaque, grounds)
		}
	})
	b.Run("1_megapixel_translucent_noise", func(b *testing.B) {
		for b.Loop() {
			Contrast(translucent, grounds)
		}
	})
}
