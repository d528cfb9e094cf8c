package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// tableProfile is a profile (ICC.1, lut16Type) whose table holds only the corners of its colours, as L*, a*, b* with a and b
// at rest: of gives the lightness of each, 0 to 100, by its bits, the first channel the highest.
func tableProfile(space string, channels int, of func(corner int) float64) []byte {
	tag := []byte("mft2\x00\x00\x00\x00")
	tag = append(tag, byte(channels), 3, 2, 0)
	for i := range 9 {
		tag = binary.BigEndian.AppendUint32(tag, map[bool]uint32{true: 1 << 16}[i%4 == 0])
	}
	word := func(list ...uint16) {
		for _, v := range list {
			tag = binary.BigEndian.AppendUint16(tag, v)
		}
	}
	word(2, 2) // points of a curve, in and out
	for range channels {
		word(0, 65535)
	}
	for corner := range 1 << channels {
		word(uint16(of(corner)/100*0xff00+0.5), 0x8000, 0x8000)
	}
	for range 3 {
		word(0, 65535)
	}
	head := make([]byte, 128)
	head[8] = 2 // its version
	copy(head[12:], "prtr"+space+"Lab ")
	copy(head[36:], "acsp")
	for i, v := range []uint32{0xf6d6, 0x10000, 0xd32d} { // the light of all profiles
		binary.BigEndian.PutUint32(head[68+4*i:], v)
	}
	out := binary.BigEndian.AppendUint32(head, 1)
	out = append(out, "A2B0"...)
	out = binary.BigEndian.AppendUint32(out, 144)
	out = binary.BigEndian.AppendUint32(out, uint32(len(tag)))
	return append(out, tag...)
}

// withInks is a picture of inks with a profile, in the parts that a JPEG divides it into, the last one first.
func withInks(t *testing.T, profile []byte) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(cmykJPEG)
	if err != nil {
		t.Fatal(err)
	}
	half := len(profile) / 2
	data = withJPEGSegment(data, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x02"), profile[:half]...))
	return withJPEGSegment(data, 0xe2, append([]byte("ICC_PROFILE\x00\x02\x02"), profile[half:]...))
}

// A profile of tables is followed: the paper is white, and each ink takes its part of the light. L* 50 is 119 in sRGB.
func TestColoursOfTablesInksAndGreys(t *testing.T) {
	inks := tableProfile("CMYK", 4, func(corner int) float64 { return []float64{100, 50}[min(corner, 1)] })
	light := tableProfile("RGB ", 3, func(corner int) float64 { return []float64{50, 100}[corner/7] })
	for name, c := range map[string]struct {
		profile  []byte
		channels int
		from     [4]byte
		want     uint8
	}{
		"no ink":              {inks, 4, [4]byte{0, 0, 0, 0}, 255},
		"an ink":              {inks, 4, [4]byte{0, 255, 0, 0}, 119},
		"all inks":            {inks, 4, [4]byte{255, 255, 255, 255}, 119},
		"half an ink":         {inks, 4, [4]byte{0, 0, 0, 128}, 185},
		"half of each":        {inks, 4, [4]byte{128, 128, 128, 128}, 151}, // L* 62.5: the first channel goes straight
		"a quarter and three": {inks, 4, [4]byte{64, 0, 191, 0}, 143},      // L* 59.4
		"all light":           {light, 3, [4]byte{255, 255, 255, 255}, 255},
		"some light":          {light, 3, [4]byte{255, 0, 0, 255}, 119},
		"half of all light":   {light, 3, [4]byte{128, 128, 128, 255}, 185},
	} {
		l := latticeOf(c.profile, c.channels)
		if l == nil {
			t.Fatalf("%s: the profile is not followed", name)
		}
		l.at(c.from[:])
		if got, want := (color.NRGBA{c.from[0], c.from[1], c.from[2], 255}), (color.NRGBA{c.want, c.want, c.want, 255}); apart(got, want) > 1 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestAPictureOfInksSaysWhereItsColoursComeFrom(t *testing.T) {
	plain, err := base64.StdEncoding.DecodeString(cmykJPEG)
	if err != nil {
		t.Fatal(err)
	}
	grey := tableProfile("CMYK", 4, func(int) float64 { return 50 })
	for name, c := range map[string]struct {
		data []byte
		want Profile
	}{
		"no profile":              {plain, Profile{ProfileOther, "CMYK", false}},
		"its profile":             {withInks(t, grey), Profile{ProfileOther, "ICC", true}},
		"a profile of light":      {withInks(t, tableProfile("RGB ", 3, func(int) float64 { return 50 })), Profile{ProfileOther, "CMYK", false}},
		"a profile that is wrong": {withInks(t, grey[:len(grey)-30]), Profile{ProfileOther, "ICC", false}},
	} {
		p := mustDecode(t, c.data)
		if p.Profile != c.want {
			t.Errorf("%s: %+v", name, p.Profile)
		}
		if is := p.Pixels.NRGBAAt(1, 1); c.want.Converted && apart(is, color.NRGBA{119, 119, 119, 255}) > 1 {
			t.Errorf("%s: %v", name, is)
		}
	}
	if p := mustDecode(t, withProfile(t, color.NRGBA{9, 9, 9, 255}, tableProfile("GRAY", 1, func(int) float64 { return 50 }))); !p.Profile.Converted || apart(p.Pixels.NRGBAAt(0, 0), color.NRGBA{119, 119, 119, 255}) > 1 {
		t.Errorf("a grey: %+v, %v", p.Profile, p.Pixels.NRGBAAt(0, 0))
	}
}

// Profiles of strangers: every byte that is off is a profile that is not followed, or another colour, and never more.
func TestNoProfileStopsAPicture(t *testing.T) {
	whole := tableProfile("GRAY", 1, func(int) float64 { return 50 })
	for i := 0; i < len(whole); i += 2 {
		for _, v := range []byte{0, 255} {
			data := bytes.Clone(whole)
			data[i] = v
			mustDecode(t, withProfile(t, color.NRGBA{9, 9, 9, 255}, data))
		}
	}
}

// The edges of colours do not fray where a JPEG keeps them coarsely, whatever its numbers mean: halfway between two coarse
// numbers lies a quarter of each other.
func TestCoarseColoursGoOverIntoEachOther(t *testing.T) {
	m := image.NewYCbCr(image.Rect(0, 0, 32, 32), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = 128
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 128, []uint8{100, 156}[i%m.CStride/8]
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	luminance := b.Bytes()
	light := bytes.Clone(luminance) // the same numbers, called red, green and blue
	frame, scan := bytes.Index(light, []byte("\xff\xc0\x00\x11")), bytes.Index(light, []byte("\xff\xda\x00\x0c"))
	for k, name := range []byte("RGB") {
		light[frame+10+3*k], light[scan+5+2*k] = name, name
	}
	for name, data := range map[string][]byte{"luminance": luminance, "light": light} {
		p := mustDecode(t, data).Pixels
		var steps []int
		for x := 13; x < 18; x++ {
			a, b := p.NRGBAAt(x, 9), p.NRGBAAt(x+1, 9)
			steps = append(steps, int(b.R)-int(a.R)+int(b.B)-int(a.B))
		}
		if steps[1] < 8 || steps[2] < 2*steps[1]-6 || steps[3] < 8 || steps[4] > 8 {
			t.Errorf("%s: the steps over an edge are %v", name, steps)
		}
	}
}

// What a profile promises and does not hold takes no memory.
func TestAProfileThatPromisesTooMuchIsNotFollowed(t *testing.T) {
	whole := tableProfile("GRAY", 1, func(int) float64 { return 50 })
	with := func(at int, b ...byte) []byte {
		data := bytes.Clone(whole)
		copy(data[at:], b)
		return data
	}
	many := []byte{0xff, 0xff, 0xff, 0xff}
	table := append([]byte("mAB \x00\x00\x00\x00\x01\x03\x00\x00"), make([]byte, 20)...)
	table[27] = 32 // where its table begins, whose numbers have no bytes
	for name, data := range map[string][]byte{
		"tags": with(128, many...), "a tag behind the end": with(136, many...), "the size of a tag": with(140, many...),
		"a curve": with(160, append([]byte("curv\x00\x00\x00\x00"), many...)...), "a table": with(144, append(table, many...)...),
	} {
		if latticeOf(data, 1) != nil {
			t.Errorf("%s: followed", name)
		}
	}
	if latticeOf(whole, 1) == nil {
		t.Error("what holds what it promises is not followed")
	}
}
