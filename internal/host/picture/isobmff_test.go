package picture

import (
	"encoding/binary"
	"image"
	"image/color"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture/avif"
)

func TestAnAVIFIsDecoded(t *testing.T) {
	for name, lowerLeft := range map[string]color.NRGBA{"opaque.avif": {255, 255, 0, 255}, "alpha.avif": {}} {
		p := mustDecode(t, fileOf(t, name))
		if p.Format != AVIF || p.Pixels.Rect != image.Rect(0, 0, 48, 32) {
			t.Fatalf("%s: %s %v", name, p.Format, p.Pixels.Rect)
		}
		for at, want := range map[image.Point]color.NRGBA{
			{X: 6, Y: 6}: {255, 0, 0, 255}, {X: 40, Y: 6}: {0, 255, 0, 255}, {X: 40, Y: 26}: {0, 0, 255, 255}, {X: 6, Y: 26}: lowerLeft,
		} {
			if got := p.Pixels.NRGBAAt(at.X, at.Y); apart(got, want) > 5 {
				t.Errorf("%s at %v: %v, want %v", name, at, got, want)
			}
		}
	}
}

func TestABrokenAVIFIsRefused(t *testing.T) {
	whole := fileOf(t, "opaque.avif")
	large := append([]byte{}, whole...)
	at := len("ispe") + 4
	for i := range large {
		if string(large[i:i+4]) == "ispe" {
			at += i
			break
		}
	}
	binary.BigEndian.PutUint32(large[at:], 4000)
	binary.BigEndian.PutUint32(large[at+4:], 3000)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"cut off":     {whole[:len(whole)-20], ReasonDamaged},
		"only a name": {whole[:32], ReasonDamaged},
		"too large":   {large, ReasonLarge},
		"a HEIC":      {fileOf(t, "phone.heic"), ReasonHEIC},
		"a heavy one": {append(fileOf(t, "phone.heic"), make([]byte, MaxPhotoBytes)...), ReasonHEIC},
	} {
		if _, err := Decode(t.Context(), c.data); fault.ReasonOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	for _, need := range []int{avifBytes * avifPixels, deepAVIFBytes * deepAVIFPixels} {
		if need > avif.Memory || avif.Memory+8*avifPixels > Memory {
			t.Errorf("the largest that is taken needs %d bytes", need)
		}
	}
}

func box(name string, parts ...[]byte) []byte {
	var body []byte
	for _, part := range parts {
		body = append(body, part...)
	}
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), name...), body...)
}

func TestTheBoxesOfAnAVIFAreRead(t *testing.T) {
	for name, c := range map[string]struct {
		turns, mirror int // of its boxes; -1: there is none
		want          Turn
	}{
		"upright":                  {-1, -1, Turn{}},
		"by the left":              {1, -1, Turn{Degrees: 270}},
		"upside down":              {2, -1, Turn{Degrees: 180}},
		"by the right":             {3, -1, Turn{Degrees: 90}},
		"left and right exchanged": {-1, 1, Turn{Mirrored: true}},
		"top and bottom exchanged": {-1, 0, Turn{Degrees: 180, Mirrored: true}},
		"turned, then exchanged":   {1, 0, Turn{Degrees: 270, Mirrored: true}},
		"the other diagonal":       {3, 0, Turn{Degrees: 90, Mirrored: true}},
	} {
		var props []byte
		if c.turns >= 0 {
			props = append(props, box("irot", []byte{byte(c.turns)})...)
		}
		if c.mirror >= 0 {
			props = append(props, box("imir", []byte{byte(c.mirror)})...)
		}
		colours := box("colr", []byte("nclx\x00\x0c\x00\x0d\x00\x06\x80"))
		meta := box("meta", []byte{0, 0, 0, 0}, box("iinf", []byte("Exif")), box("iprp", box("ipco", props, colours)))
		got := inspect(AVIF, append(append(box("ftyp", []byte("avif")), meta...), box("mdat", exifWith(binary.BigEndian, 6, true))...))
		if turnOf(got.orientation) != c.want || got.profile.Name != "Display P3" || got.conversion == nil || got.found[KindGPS] == "" {
			t.Errorf("%s: %+v %+v %v", name, turnOf(got.orientation), got.profile, got.found)
		}
	}
}
