package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/core/fault"
)

func mustDecode(t testing.TB, data []byte) *Picture {
	t.Helper()
	p, err := Decode(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// standing tells the colours of the four corners by a letter each, clockwise from the top left.
func standing(m *image.NRGBA) string {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	name := func(x, y int) string {
		c := m.NRGBAAt(x, y)
		switch r, g, b := c.R > 128, c.G > 128, c.B > 128; {
		case r && g:
			return "Y"
		case r:
			return "R"
		case g:
			return "G"
		case b:
			return "B"
		}
		return "?"
	}
	return name(1, 1) + name(w-2, 1) + name(w-2, h-2) + name(1, h-2)
}

func TestEveryKindOfPicture(t *testing.T) {
	m := corners(16, 12)
	palette := color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 0, 255}}
	paletted := image.NewPaletted(m.Rect, palette)
	deep := image.NewNRGBA64(m.Rect)
	for y := range 12 {
		for x := range 16 {
			paletted.Set(x, y, m.At(x, y))
			deep.Set(x, y, m.At(x, y))
		}
	}
	decoded := func(text string) []byte {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, data := range map[string][]byte{
		"png": pngOf(t, m), "png, 16 bit": pngOf(t, deep), "png, palette": pngOf(t, paletted),
		"png, interlaced": decoded(interlacedPNG), "jpeg": jpegOf(t, m), "jpeg, progressive": decoded(progressiveJPEG),
		"jpeg, CMYK": decoded(cmykJPEG), "gif": gifOf(t, paletted), "gif, two frames": gifOf(t, paletted, paletted),
		"webp": decoded(losslessWebP), "webp, lossy": decoded(lossyWebP),
		"png, two frames": withPNGChunk(pngOf(t, m), "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}),
	} {
		t.Run(name, func(t *testing.T) {
			p := mustDecode(t, data)
			if w, h := p.Size(); w != 16 || h != 12 {
				t.Errorf("size %d × %d", w, h)
			}
			if got := standing(p.Pixels); got != "RGBY" {
				t.Errorf("corners %s", got)
			}
			if p.Animated != strings.HasSuffix(name, ", two frames") {
				t.Errorf("animated: %v", p.Animated)
			}
		})
	}
}

func TestFirstFrameOfAGIFMayBeSmall(t *testing.T) {
	small := image.NewPaletted(image.Rect(4, 3, 8, 6), color.Palette{color.NRGBA{255, 0, 0, 255}})
	p := mustDecode(t, gifOf(t, small))
	if w, h := p.Size(); w != 16 || h != 12 {
		t.Fatalf("size %d × %d", w, h)
	}
	if p.Pixels.NRGBAAt(5, 4).R != 255 || p.Pixels.NRGBAAt(0, 0).A != 0 {
		t.Error("the frame is not where it belongs")
	}
}

func TestTransparencyIsKept(t *testing.T) {
	m := corners(8, 8)
	m.SetNRGBA(2, 2, color.NRGBA{200, 100, 50, 128})
	if got := mustDecode(t, pngOf(t, m)).Pixels.NRGBAAt(2, 2); got != (color.NRGBA{200, 100, 50, 128}) {
		t.Errorf("%v", got)
	}
}

func TestOrientationIsAppliedInEveryFormatThatHasOne(t *testing.T) {
	// How the stored picture has to look for an upright RGBY, by orientation.
	stored := [9]string{1: "RGBY", 2: "GRYB", 3: "BYRG", 4: "YBGR", 5: "RYBG", 6: "GBYR", 7: "BGRY", 8: "YRGB"}
	for o := 1; o <= 8; o++ {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			w, h := 16, 12
			if o >= 5 {
				w, h = h, w
			}
			m := image.NewNRGBA(image.Rect(0, 0, w, h))
			colors := map[byte]color.NRGBA{'R': {255, 0, 0, 255}, 'G': {0, 255, 0, 255}, 'B': {0, 0, 255, 255}, 'Y': {255, 255, 0, 255}}
			for y := range h {
				for x := range w {
					corner := [2][2]int{{0, 1}, {3, 2}}[y*2/h][x*2/w]
					m.SetNRGBA(x, y, colors[stored[o][corner]])
				}
			}
			block := exifWith(order, o, false)
			for name, data := range map[string][]byte{
				"jpeg": withJPEGSegment(jpegOf(t, m), 0xe1, append([]byte("Exif\x00\x00"), block...)),
				"png":  withPNGChunk(pngOf(t, m), "eXIf", block),
			} {
				p := mustDecode(t, data)
				if got := standing(p.Pixels); got != "RGBY" || p.Pixels.Rect != image.Rect(0, 0, 16, 12) {
					t.Errorf("orientation %d, %s, %s: %s in %v", o, name, order, got, p.Pixels.Rect)
				}
				if (p.Turn == Turn{}) != (o == 1) {
					t.Errorf("orientation %d: told %v", o, p.Turn)
				}
			}
		}
	}
	if got := turnOf(6); got != (Turn{Degrees: 90}) {
		t.Errorf("a telephone held upright is told as %v", got)
	}
	if got := turnOf(9); got != (Turn{}) {
		t.Errorf("an unknown orientation is told as %v", got)
	}
}

func TestMetadataIsToldAndThenGone(t *testing.T) {
	want := []Metadata{
		{KindGPS, "46.1690, 8.7940"},
		{KindCamera, "Pontax P-100"},
		{KindSerial, "SN-0042"},
		{KindDate, "2026:11:20 12:00:00"},
		{KindSoftware, "Camera 1.2"},
		{KindThumbnail, ""},
	}
	block := exifWith(binary.BigEndian, 6, true)
	jpg := withJPEGSegment(jpegOf(t, corners(16, 12)), 0xe1, append([]byte("Exif\x00\x00"), block...))
	p := mustDecode(t, jpg)
	if diff := cmp.Diff(want, p.Metadata); diff != "" {
		t.Error(diff)
	}
	jpg = withJPEGSegment(jpg, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x/>"))
	jpg = withJPEGSegment(jpg, 0xfe, []byte("made for Elena"))
	jpg = withJPEGSegment(jpg, 0xed, []byte("Photoshop 3.0\x00"))
	p = mustDecode(t, jpg)
	more := append(want[:len(want):len(want)], Metadata{KindXMP, ""}, Metadata{KindIPTC, ""}, Metadata{KindText, "made for Elena"})
	if diff := cmp.Diff(more, p.Metadata); diff != "" {
		t.Error(diff)
	}
	asPNG := withPNGChunk(withPNGChunk(pngOf(t, corners(16, 12)), "eXIf", block), "tEXt", []byte("Author\x00Elena"))
	p = mustDecode(t, asPNG)
	if p.Metadata[3].Value != "2026:11:20 12:00:00" || p.Metadata[4] != (Metadata{KindAuthor, "Elena"}) {
		t.Errorf("%v", p.Metadata)
	}
	for _, encode := range []func(*image.NRGBA) ([]byte, error){
		EncodePNG, EncodeFastPNG, func(m *image.NRGBA) ([]byte, error) { return EncodeJPEG(m, 90) },
	} {
		out, err := encode(p.Pixels)
		if err != nil {
			t.Fatal(err)
		}
		if again := mustDecode(t, out); len(again.Metadata) != 0 || again.Turn != (Turn{}) {
			t.Errorf("written again: %v, %v", again.Metadata, again.Turn)
		}
		for _, word := range []string{"Exif", "Pontax", "Elena", "SN-0042", "adobe"} {
			if bytes.Contains(out, []byte(word)) {
				t.Errorf("%q is still in the file", word)
			}
		}
	}
}

func TestProfile(t *testing.T) {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(icc("Display P3"))
	_ = w.Close()
	m := corners(8, 8)
	for name, c := range map[string]struct {
		data []byte
		want Profile
	}{
		"none":      {pngOf(t, m), Profile{}},
		"png":       {withPNGChunk(pngOf(t, m), "iCCP", append([]byte("ICC\x00\x00"), z.Bytes()...)), Profile{ProfileOther, "Display P3", false}},
		"png, sRGB": {withPNGChunk(pngOf(t, m), "sRGB", []byte{0}), Profile{ProfileSRGB, "sRGB", false}},
		"jpeg": {
			withJPEGSegment(jpegOf(t, m), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), icc("sRGB IEC61966-2.1")...)),
			Profile{ProfileSRGB, "sRGB IEC61966-2.1", false},
		},
	} {
		if got := mustDecode(t, c.data).Profile; got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestRefusals(t *testing.T) {
	jpg := jpegOf(t, corners(16, 12))
	manyScans := append([]byte{}, jpg[:len(jpg)-2]...)
	for range maxScans + 1 {
		manyScans = append(manyScans, 0xff, 0xda, 0, 2)
	}
	for name, c := range map[string]struct {
		data   []byte
		reason string
	}{
		"nothing":            {nil, ReasonUnknown},
		"a text":             {[]byte("logo.png"), ReasonUnknown},
		"a BMP":              {[]byte("BM\x00\x00\x00\x00\x00\x00"), ReasonUnknown},
		"an SVG":             {[]byte(`<svg viewBox="0 0 1 1"/>`), ReasonUnknown},
		"only a magic":       {[]byte("\x89PNG\r\n\x1a\n"), ReasonDamaged},
		"cut off":            {jpg[:len(jpg)/2], ReasonDamaged},
		"too wide":           {pngHeader(MaxSide+1, 1), ReasonLarge},
		"too high":           {pngHeader(1, MaxSide+1), ReasonLarge},
		"too many pixels":    {pngHeader(5001, 5000), ReasonLarge},
		"a bomb":             {pngHeader(100_000, 100_000), ReasonLarge},
		"a bomb that wraps":  {pngHeader(1<<31-1, 1<<31-1), ReasonDamaged},
		"too heavy":          {make([]byte, MaxBytes+1), ReasonHeavy},
		"a scan too many":    {manyScans, ReasonComplex},
		"a GIF without size": {[]byte("GIF89a\x00\x00\x00\x00\x00\x00\x00;"), ReasonDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode(t.Context(), c.data)
			if fault.CodeOf(err) != fault.Invalid || fault.ReasonOf(err) != c.reason {
				t.Errorf("%v, want %s", err, c.reason)
			}
		})
	}
}

func TestBombIsRefusedAtOnce(t *testing.T) {
	bomb := append(pngHeader(100_000, 100_000), make([]byte, 1<<20)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err := Open(t.Context(), bomb)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if fault.ReasonOf(err) != ReasonLarge {
		t.Fatal(err)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 5<<20 || took > time.Second {
		t.Errorf("%d bytes, %v", allocated, took)
	}
}

func TestDecodingEndsWithItsCaller(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, data := range [][]byte{pngOf(t, corners(16, 12)), jpegOf(t, corners(16, 12))} {
		if _, err := Decode(ctx, data); fault.CodeOf(err) != fault.Canceled {
			t.Errorf("%v", err)
		}
	}
}

func TestTransparentPixelsBecomeWhiteInJPEG(t *testing.T) {
	data, err := EncodeJPEG(image.NewNRGBA(image.Rect(0, 0, 8, 8)), 95)
	if err != nil {
		t.Fatal(err)
	}
	if c := mustDecode(t, data).Pixels.NRGBAAt(4, 4); c.R < 250 {
		t.Errorf("%v", c)
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, megapixels := range []int{1, 4} {
		side := 1000 * megapixels / 2
		if megapixels == 1 {
			side = 1000
		}
		data := pngOf(b, corners(side, side))
		b.Run(fmt.Sprintf("png_%dx%d", side, side), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				mustDecode(b, data)
			}
		})
	}
}

func TestWhatIsNotReadIsNotCalledDamaged(t *testing.T) {
	for reason, data := range map[string][]byte{
		ReasonHEIC:    []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
		ReasonUnknown: []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"),
	} {
		if _, err := Decode(t.Context(), data); fault.ReasonOf(err) != reason {
			t.Errorf("%v, want %s", err, reason)
		}
	}
}
