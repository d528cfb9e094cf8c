package picture

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"testing"

	"kontor/internal/core/fault"
)

func plainPNG(t *testing.T, c color.NRGBA) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 3, 2))
	for i := range 6 {
		m.SetNRGBA(i%3, i/3, c)
	}
	return pngOf(t, m)
}

func numbers(list ...uint32) (b []byte) {
	for _, n := range list {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// The right column comes from the formulas of the PNG and sRGB specifications, those of the wide ones with the published matrix.
func TestColoursThatAPNGSaysInNumbersBecomeSRGB(t *testing.T) {
	p3 := numbers(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
	for name, c := range map[string]struct {
		gamma, chroma []byte
		from, want    color.NRGBA
	}{
		"light as it is":      {numbers(100_000), nil, color.NRGBA{55, 0, 255, 255}, color.NRGBA{128, 0, 255, 255}},
		"an old Macintosh":    {numbers(55_556), nil, color.NRGBA{128, 128, 128, 77}, color.NRGBA{145, 145, 145, 77}},
		"sRGB":                {numbers(45_455), numbers(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000), color.NRGBA{9, 99, 199, 255}, color.NRGBA{9, 99, 199, 255}},
		"wide":                {numbers(45_455), p3, color.NRGBA{200, 100, 50, 255}, color.NRGBA{216, 92, 24, 255}},
		"wide, gamma unsaid":  {nil, p3, color.NRGBA{200, 100, 50, 255}, color.NRGBA{216, 92, 24, 255}},
		"nonsense":            {numbers(0), numbers(1, 0, 0, 0, 0, 0, 0, 0), color.NRGBA{9, 99, 199, 255}, color.NRGBA{9, 99, 199, 255}},
		"three times one hue": {numbers(45_455), numbers(31270, 32900, 64000, 33000, 64000, 33000, 64000, 33000), color.NRGBA{9, 99, 199, 255}, color.NRGBA{9, 99, 199, 255}},
	} {
		data := plainPNG(t, c.from)
		if c.chroma != nil {
			data = withPNGChunk(data, "cHRM", c.chroma)
		}
		if c.gamma != nil {
			data = withPNGChunk(data, "gAMA", c.gamma)
		}
		p := mustDecode(t, data)
		if got := p.Pixels.NRGBAAt(1, 1); apart(got, c.want) > 2 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if changed := c.from != c.want; p.Profile.Converted != changed {
			t.Errorf("%s: %+v", name, p.Profile)
		}
		if q := mustDecode(t, withPNGChunk(data, "sRGB", []byte{0})); q.Pixels.NRGBAAt(1, 1) != c.from {
			t.Errorf("%s, said to be sRGB: %v", name, q.Pixels.NRGBAAt(1, 1))
		}
	}
}

func TestAWrongSumMattersWhereThePictureIs(t *testing.T) {
	good := withPNGChunk(plainPNG(t, color.NRGBA{9, 99, 199, 255}), "tEXt", []byte("Comment\x00hello"))
	const first, comment = 8 + 25, 12 + 13 // the header stands first, and the comment behind it
	for name, c := range map[string]struct {
		at     int
		reason string
	}{
		"of the comment": {first + comment - 1, ""},
		"of the header":  {first - 1, ReasonDamaged},
		"of the pixels":  {len(good) - 13, ReasonDamaged},
	} {
		bad := append([]byte{}, good...)
		bad[c.at] ^= 1
		if _, err := Decode(t.Context(), bad); fault.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHowAPictureStandsIsReadWhereverItIsWritten(t *testing.T) {
	exif := exifWith(binary.BigEndian, 6, false)
	plain := plainPNG(t, color.NRGBA{9, 99, 199, 255})
	raw := fmt.Sprintf("Raw profile type exif\x00\nexif\n%8d\n%s\n", len(exif), hex.EncodeToString(exif))
	for name, data := range map[string][]byte{
		"an attribute of XMP": withPNGChunk(plain, "iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00<rdf:Description tiff:Orientation=\"6\"/>")),
		"an element of XMP":   withPNGChunk(plain, "iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00<tiff:Orientation>6</tiff:Orientation>")),
		"ImageMagick's text":  withPNGChunk(plain, "tEXt", []byte(raw)),
	} {
		if p := mustDecode(t, data); p.Turn.Degrees != 90 || p.Pixels.Rect.Dx() != 2 {
			t.Errorf("%s: %+v", name, p.Turn)
		}
	}
	both := withPNGChunk(withPNGChunk(plain, "eXIf", exif), "iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00<rdf:Description tiff:Orientation=\"3\"/>"))
	if p := mustDecode(t, both); p.Turn.Degrees != 90 {
		t.Errorf("EXIF and XMP: %+v", p.Turn)
	}
}
