package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// corners is a picture whose four corners tell how it stands: red, green, blue, and yellow, clockwise from the top left.
func corners(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x >= w/2:
				c = color.NRGBA{0, 0, 255, 255}
			case y >= h/2:
				c = color.NRGBA{255, 255, 0, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, frames ...*image.Paletted) []byte {
	t.Helper()
	g := &gif.GIF{Image: frames, Delay: make([]int, len(frames)), Config: image.Config{Width: 16, Height: 12}}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exifWith is an EXIF block, big or little endian, with an orientation and, if full, everything that is told.
func exifWith(order binary.AppendByteOrder, orientation int, full bool) []byte {
	type tag struct {
		id, kind uint16
		value    []byte
	}
	short := func(v int) []byte { return order.AppendUint16(nil, uint16(v)) }
	long := func(v int) []byte { return order.AppendUint32(nil, uint32(v)) }
	text := func(s string) []byte { return append([]byte(s), 0) }
	ratios := func(v ...int) (b []byte) {
		for i := range v {
			b = order.AppendUint32(b, uint32(v[i]))
		}
		return b
	}
	width := map[uint16]int{2: 1, 3: 2, 4: 4, 5: 8}
	var out []byte
	if order.String() == "LittleEndian" {
		out = append(out, "II*\x00"...)
	} else {
		out = append(out, "MM\x00*"...)
	}
	out = append(out, long(8)...)
	// directory appends a directory at the end of the block; its values lie behind it.
	directory := func(next int, tags ...tag) {
		at := len(out) + 2 + len(tags)*12 + 4
		out = append(out, short(len(tags))...)
		var values []byte
		for _, g := range tags {
			out = append(append(out, short(int(g.id))...), short(int(g.kind))...)
			out = append(out, long(len(g.value)/width[g.kind])...)
			if len(g.value) <= 4 {
				out = append(out, append(g.value, 0, 0, 0, 0)[:4]...)
			} else {
				out = append(out, long(at+len(values))...)
				values = append(values, g.value...)
			}
		}
		out = append(append(out, long(next)...), values...)
	}
	if !full {
		directory(0, tag{tagOrientation, 3, short(orientation)})
		return out
	}
	main := func(exif, gps, next int) []tag {
		return []tag{
			{tagMaker, 2, text("Pontax")},
			{tagModel, 2, text("P-100")},
			{tagOrientation, 3, short(orientation)},
			{tagSoftware, 2, text("Camera 1.2")},
			{tagExif, 4, long(exif)},
			{tagGPS, 4, long(gps)},
		}
	}
	head := len(out)
	directory(0, main(0, 0, 0)...)
	exif := len(out)
	directory(0, tag{tagTaken, 2, text("2026:11:20 12:00:00")}, tag{tagCameraSerial, 2, text("SN-0042")})
	gps := len(out)
	directory(0, tag{gpsLatitudeRef, 2, text("N")}, tag{gpsLatitude, 5, ratios(46, 1, 10, 1, 840, 100)},
		tag{gpsLongitudeRef, 2, text("E")}, tag{gpsLongitude, 5, ratios(8, 1, 47, 1, 3840, 100)})
	thumbnail := len(out)
	directory(0, tag{0x0103, 3, short(6)})
	rest := out[exif:]
	out = out[:head:head]
	directory(thumbnail, main(exif, gps, thumbnail)...)
	return append(out, rest...)
}

// withJPEGSegment puts a segment right behind the start of a JPEG.
func withJPEGSegment(data []byte, marker byte, body []byte) []byte {
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), data[2:]...)
}

// withPNGChunk puts a chunk right behind the header of a PNG.
func withPNGChunk(data []byte, name string, body []byte) []byte {
	const header = 8 + 25
	out := append([]byte{}, data[:header]...)
	return append(append(out, pngChunk(name, body)...), data[header:]...)
}

func pngChunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngHeader is the start of a PNG that claims a size.
func pngHeader(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	body = append(body, 8, 6, 0, 0, 0)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", body)...)
}

// icc is a colour profile that has a name and nothing else.
func icc(name string) []byte {
	out := make([]byte, 128)
	copy(out[36:], "acsp")
	out = binary.BigEndian.AppendUint32(out, 1)
	out = append(out, "desc"...)
	out = binary.BigEndian.AppendUint32(out, 144)
	out = binary.BigEndian.AppendUint32(out, uint32(12+len(name)+1))
	out = append(out, "desc\x00\x00\x00\x00"...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(name)+1))
	return append(append(out, name...), 0)
}
