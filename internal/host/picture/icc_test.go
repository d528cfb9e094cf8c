package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"testing"
)

// profileOf builds an RGB profile of three colorants (X, Y, Z) and one curve for all channels.
func profileOf(name string, colorants [3][3]float64, curve []byte) []byte {
	type tag struct {
		name string
		data []byte
	}
	text := append([]byte("desc\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))...)
	tags := []tag{{"desc", append(append(text, name...), 0)}}
	for i, key := range []string{"rXYZ", "gXYZ", "bXYZ"} {
		data := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range colorants[i] {
			data = binary.BigEndian.AppendUint32(data, uint32(int32(math.Round(v*65536))))
		}
		tags = append(tags, tag{key, data})
	}
	for _, key := range []string{"rTRC", "gTRC", "bTRC"} {
		tags = append(tags, tag{key, curve})
	}
	head := make([]byte, 128)
	copy(head[16:], "RGB XYZ ")
	copy(head[36:], "acsp")
	head = binary.BigEndian.AppendUint32(head, uint32(len(tags)))
	at := 132 + 12*len(tags)
	var body []byte
	for _, one := range tags {
		head = append(head, one.name...)
		head = binary.BigEndian.AppendUint32(head, uint32(at+len(body)))
		head = binary.BigEndian.AppendUint32(head, uint32(len(one.data)))
		body = append(body, one.data...)
	}
	return append(head, body...)
}

var displayP3 = [3][3]float64{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}

// parametric writes a curve as numbers of a formula.
func parametric(kind uint16, numbers ...float64) []byte {
	b := append([]byte("para\x00\x00\x00\x00"), byte(kind>>8), byte(kind), 0, 0)
	for _, v := range numbers {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

var sRGBCurve = parametric(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)

func withProfile(t *testing.T, c color.NRGBA, icc []byte) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	for i := range 4 {
		m.SetNRGBA(i%2, i/2, c)
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(icc)
	_ = w.Close()
	return withPNGChunk(pngOf(t, m), "iCCP", append([]byte("ICC\x00\x00"), z.Bytes()...))
}

// The right column was computed with the published matrices, apart from this code.
func TestColoursBecomeSRGB(t *testing.T) {
	p3 := profileOf("Display P3", displayP3, sRGBCurve)
	for from, want := range map[color.NRGBA]color.NRGBA{
		{200, 100, 50, 255}:  {215, 93, 31, 255},
		{128, 128, 128, 255}: {128, 128, 128, 255},
		{10, 200, 30, 255}:   {0, 204, 0, 255}, // sRGB has no such green: the nearest
		{255, 0, 0, 255}:     {255, 0, 0, 255},
		{60, 60, 200, 77}:    {60, 60, 208, 77},
		{0, 0, 0, 255}:       {0, 0, 0, 255},
		{255, 255, 255, 255}: {255, 255, 255, 255},
	} {
		p := mustDecode(t, withProfile(t, from, p3))
		if got := p.Pixels.NRGBAAt(1, 1); apart(got, want) > 1 {
			t.Errorf("%v becomes %v, want %v", from, got, want)
		}
		if p.Profile != (Profile{ProfileOther, "Display P3", true}) {
			t.Errorf("%+v", p.Profile)
		}
	}
}

func TestCurves(t *testing.T) {
	table := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 3)
	for _, v := range []uint16{0, 0x4000, 0xffff} {
		table = binary.BigEndian.AppendUint16(table, v)
	}
	gamma := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 1), 0x0200)
	for name, c := range map[string]struct {
		data []byte
		want float64 // at 0.5; below 0: not taken
	}{
		"none":          {binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 0), 0.5},
		"gamma":         {gamma, 0.25},
		"table":         {table, 0.25},
		"parametric 0":  {parametric(0, 3), 0.125},
		"parametric 3":  {sRGBCurve, 0.2140},
		"parametric 4":  {parametric(4, 1, 0.5, 0, 1, 0, 0.1, 0), 0.35},
		"parametric 9":  {parametric(9, 1), -1},
		"cut off":       {table[:14], -1},
		"far too long":  {binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 1<<31), -1},
		"another thing": {[]byte("text\x00\x00\x00\x00abcd"), -1},
		"nothing":       {nil, -1},
	} {
		f, ok := curveOf(c.data)
		if ok != (c.want >= 0) {
			t.Errorf("%s: taken is %v", name, ok)
		} else if ok && math.Abs(f(0.5)-c.want) > 0.001 {
			t.Errorf("%s: %v, want %v", name, f(0.5), c.want)
		}
	}
}

// A profile that cannot be followed changes nothing, and the picture says so.
func TestProfilesThatAreNotFollowed(t *testing.T) {
	black := profileOf("All black", [3][3]float64{}, sRGBCurve)
	cmyk := profileOf("Ink", displayP3, sRGBCurve)
	copy(cmyk[16:], "CMYK")
	for name, data := range map[string][]byte{"a name only": icc("Adobe RGB (1998)"), "no colorants": black, "CMYK": cmyk, "cut off": black[:140]} {
		p := mustDecode(t, withProfile(t, color.NRGBA{200, 100, 50, 255}, data))
		if got := p.Pixels.NRGBAAt(0, 0); got != (color.NRGBA{200, 100, 50, 255}) || p.Profile.Converted {
			t.Errorf("%s: %v, %+v", name, got, p.Profile)
		}
	}
}

func FuzzProfile(f *testing.F) {
	f.Add(profileOf("Display P3", displayP3, sRGBCurve))
	f.Add(icc("x"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		readProfile(data)
		if c := conversionOf(data); c != nil {
			m := image.NewNRGBA(image.Rect(0, 0, 2, 1))
			m.SetNRGBA(0, 0, color.NRGBA{200, 100, 50, 255})
			c.apply(m)
		}
	})
}
