package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"runtime"
	"strings"
	"testing"

	"kontor/internal/core/fault"
)

// restless is a picture that no encoder makes small.
func restless(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * i >> 7)
	}
	return m
}

// What is taken at all, until the end and whether it is let go or not, bounds what is held at any moment.
func TestDecodingTakesNoMoreMemoryThanIsAnnounced(t *testing.T) {
	const w, h = 640, 400
	m := restless(w, h)
	opaque := image.NewRGBA(m.Rect)
	for i := range opaque.Pix {
		opaque.Pix[i] = m.Pix[i] | 0xff*uint8(i%4/3)
	}
	wide, grey, deep, paint := image.NewNRGBA64(m.Rect), image.NewGray(m.Rect), image.NewGray16(m.Rect), image.NewPaletted(m.Rect, color.Palette{color.Black, color.White})
	copy(wide.Pix, m.Pix)
	files := map[string][]byte{
		"PNG": pngOf(t, m), "PNG without alpha": pngOf(t, opaque), "PNG of 16 bits": pngOf(t, wide), "grey PNG": pngOf(t, grey),
		"grey PNG of 16 bits": pngOf(t, deep), "PNG of a palette": pngOf(t, paint), "grey JPEG": jpegOf(t, grey), "JPEG": jpegOf(t, m),
	}
	for name, file := range files {
		if name[0] == 'J' || name == "grey JPEG" {
			files[name+", turned"] = withJPEGSegment(file, 0xe1, append([]byte("Exif\x00\x00"), exifWith(binary.BigEndian, 6, false)...))
		} else {
			files[name+", turned"] = withPNGChunk(file, "eXIf", exifWith(binary.BigEndian, 6, false))
		}
	}
	for name, file := range files {
		format, _ := Sniff(file)
		price := inspect(format, file).cost(format, file)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		mustDecode(t, file)
		runtime.ReadMemStats(&after)
		const beside = 4 << 20 // tables, and copies of the file
		if took, most := float64(after.TotalAlloc-before.TotalAlloc), price.of(w*h, 1); took > most+beside {
			t.Errorf("%s: %.0f bytes a pixel, announced %.0f", name, took/(w*h), most/(w*h))
		}
	}
}

func TestAPictureThatWouldTakeTooMuchIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		w, h   int
		price  cost
		shrink bool
		by     int64
		most   string // megapixels, where it is refused
	}{
		"an ordinary photo":                    {4000, 3000, cost{1.5, 8}, false, 1, ""},
		"one of 48 megapixels, for a logo":     {8064, 6048, cost{1.5, 4}, false, 0, "25"},
		"one of 48 megapixels, for an avatar":  {8064, 6048, cost{1.5, 8}, true, 2, ""},
		"one of 200 megapixels":                {16320, 12240, cost{1.5, 8}, true, 0, ""},
		"one of 108 megapixels":                {12000, 9000, cost{1.5, 8}, true, 4, ""},
		"a progressive one of 48 megapixels":   {8064, 6048, cost{7.5, 8}, true, 0, "30"},
		"a progressive one of 24 megapixels":   {6000, 4000, cost{7.5, 8}, true, 2, ""},
		"interlaced, with 16 bits":             {5000, 5000, cost{16, 0}, false, 0, "14"},
		"more than any photo":                  {20_001, 10, cost{1.5, 4}, true, 0, ""},
		"a fine detail in which much is alike": {1, 8192, cost{4, 4}, false, 1, ""},
	} {
		by, err := fits(c.w, c.h, c.price, c.shrink)
		if c.by == 0 && fault.ReasonOf(err) != ReasonLarge || c.by > 0 && err != nil || by != c.by {
			t.Errorf("%s: divided by %d, %v", name, by, err)
		}
		if c.most != "" && !strings.Contains(fault.JSON(err), `"max_megapixels":"`+c.most+`"`) {
			t.Errorf("%s: %s", name, fault.JSON(err))
		}
	}
}

func TestALargePhotoIsShrunk(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 5600, 4501))
	for y := range 2250 {
		for x := range 2800 {
			m.Pix[y*m.Stride+x] = 200
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Decode(t.Context(), b.Bytes()); fault.ReasonOf(err) != ReasonLarge {
		t.Errorf("as a logo: %v", err)
	}
	p, err := Photo(t.Context(), b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if p.Pixels.Rect != image.Rect(0, 0, 2800, 2250) {
		t.Fatal(p.Pixels.Rect)
	}
	for at, want := range map[image.Point]uint8{{X: 5, Y: 5}: 200, {X: 1390, Y: 1115}: 200, {X: 1410, Y: 1115}: 0, {X: 1390, Y: 1140}: 0, {X: 2799, Y: 2249}: 0} {
		if got := p.Pixels.NRGBAAt(at.X, at.Y); apart(got, color.NRGBA{want, want, want, 255}) > 2 {
			t.Errorf("%v: %v, want %d", at, got, want)
		}
	}
	if _, err := Photo(t.Context(), make([]byte, MaxBytes+1)); fault.ReasonOf(err) != ReasonHeavy {
		t.Errorf("of no known kind: %v", err)
	}
}
