package picture

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture/resvg"
)

// sound checks what every answer to a stranger's file must be: a picture within the limits, or a coded refusal.
func sound(t *testing.T, p *Picture, err error) {
	t.Helper()
	if err != nil {
		if c := fault.CodeOf(err); c != fault.Invalid && c != fault.Canceled {
			t.Fatalf("refused as %q: %v", c, err)
		}
		return
	}
	w, h := p.Size()
	if p.Pixels.Rect.Min != (image.Point{}) || w < 1 || h < 1 || w > MaxSide || h > MaxSide || w*h > MaxPixels || len(p.Pixels.Pix) < h*p.Pixels.Stride || p.Metadata == nil {
		t.Fatalf("%v, stride %d, %d bytes", p.Pixels.Rect, p.Pixels.Stride, len(p.Pixels.Pix))
	}
}

func FuzzPicture(f *testing.F) {
	m := corners(16, 12)
	paletted := image.NewPaletted(m.Rect, color.Palette{black, white})
	for _, data := range [][]byte{pngOf(f, m), jpegOf(f, m), gifOf(f, paletted, paletted), pngHeader(100_000, 100_000)} {
		f.Add(data)
	}
	for _, text := range []string{interlacedPNG, progressiveJPEG, cmykJPEG, losslessWebP, lossyWebP} {
		data, _ := base64.StdEncoding.DecodeString(text)
		f.Add(data)
	}
	f.Add(withJPEGSegment(jpegOf(f, m), 0xe1, append([]byte("Exif\x00\x00"), exifWith(binary.BigEndian, 6, true)...)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if format, ok := Sniff(data); ok && format != SVG {
			if c, err := decoders[format].config(bytes.NewReader(data)); err == nil && c.Width*c.Height > 1<<20 {
				return // large pictures are slow, and no different
			}
		}
		p, err := Decode(t.Context(), data)
		sound(t, p, err)
		if err == nil {
			ShapeOf(p.Pixels)
			Contrast(p.Pixels, []color.NRGBA{white, black})
			Trim(p.Pixels)
		}
	})
}

func FuzzEXIF(f *testing.F) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		f.Add(exifWith(order, 6, false))
		f.Add(exifWith(order, 3, true))
	}
	f.Add([]byte("II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c carried
		c.exif(data)
		turnOf(c.orientation)
		for _, m := range c.list() {
			if len([]rune(m.Value)) > maxValue {
				t.Fatalf("%s is %d long", m.Kind, len(m.Value))
			}
		}
	})
}

func FuzzSVG(f *testing.F) {
	for _, body := range []string{
		`<rect x="4" y="4" width="8" height="8" rx="2" fill="red" stroke="#00f" stroke-dasharray="2 1"/>`,
		`<path d="M0 8C0 0 16 0 16 8s1 1 2 2Q8-8 16 8T32 8a4 4 0 1 1 8 0z" stroke="red" stroke-linejoin="round"/>`,
		`<linearGradient id="g"><stop stop-color="red"/><stop offset="1"/></linearGradient><g transform="rotate(3 4 5) skewX(3)"><circle r="9" fill="url(#g)"/></g>`,
		`<radialGradient id="g" fx="0.1" gradientTransform="scale(2)"><stop/><stop offset="50%"/></radialGradient><ellipse rx="9" ry="4" fill="url(#g)"/>`,
		`<style>.a{fill:red;stroke-width:3}</style><defs><g id="x"><path class="a" d="M0 0h1v1z"/></g></defs><use href="#x" x="3"/>`,
		`<g id="a"><use href="#a"/></g>`,
	} {
		f.Add([]byte(`<svg viewBox="0 0 16 16">` + body + `</svg>`))
	}
	resvg.Warm()
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		start := time.Now()
		p, err := Draw(ctx, data)
		sound(t, p, err)
		if took := time.Since(start); took > 30*time.Second {
			t.Fatalf("took %v", took)
		}
	})
}
