package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
)

// decodePlanes decodes a JPEG of red, green and blue whose planes are not equally fine: with a word that it is a picture of
// luminance the library gives the planes as they are.
func decodePlanes(r io.Reader) (image.Image, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	said := append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), data[2:]...)
	m, err := jpeg.Decode(bytes.NewReader(said))
	planes, ok := m.(*image.YCbCr)
	if err != nil || !ok {
		return m, err
	}
	return smooth(planes, func(r, g, b uint8) (uint8, uint8, uint8) { return r, g, b }), nil
}

// smooth makes pixels of planes of which the second and third may be coarse. The standard library repeats their numbers,
// which frays the edges of colours; here they go over into each other, as in every other program. Colour makes red, green and
// blue of three numbers.
func smooth(m *image.YCbCr, colour func(a, b, c uint8) (uint8, uint8, uint8)) *image.NRGBA {
	across, down := 1, 1 // of the fine plane's numbers for one of a coarse
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		across = 2
	case image.YCbCrSubsampleRatio420:
		across, down = 2, 2
	case image.YCbCrSubsampleRatio440:
		down = 2
	case image.YCbCrSubsampleRatio411:
		across = 4
	case image.YCbCrSubsampleRatio410:
		across, down = 4, 2
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := (w+across-1)/across, (h+down-1)/down
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	inBands(h, func(from, to int) {
		for y := from; y < to; y++ {
			near, far := m.CStride*(y/down), m.CStride*neighbour(y, down, ch)
			row, luma := out.Pix[y*out.Stride:][:4*w], m.Y[y*m.YStride:][:w]
			for x := range w {
				a, b := x/across, neighbour(x, across, cw)
				second := between(m.Cb[near+a], m.Cb[near+b], m.Cb[far+a], m.Cb[far+b])
				third := between(m.Cr[near+a], m.Cr[near+b], m.Cr[far+a], m.Cr[far+b])
				p := row[4*x : 4*x+4 : 4*x+4]
				p[0], p[1], p[2] = colour(luma[x], uint8(second), uint8(third)) //nolint:gosec // between such
				p[3] = 0xff
			}
		}
	})
	return out
}

// luminous is smooth for a picture of luminance, as nearly all JPEG are.
func luminous(m *image.YCbCr) *image.NRGBA { return smooth(m, color.YCbCrToRGB) }

// neighbour is the second nearest of the coarse numbers to a fine one, of which there are by for each, among most. Where by is 1
// or 4 it is the nearest itself: those planes are equally fine, or from hardly any program.
func neighbour(fine, by, most int) int {
	if by != 2 {
		return fine / by
	}
	return min(max(fine/2+fine%2*2-1, 0), most-1)
}
