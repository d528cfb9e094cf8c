package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"

	"golang.org/x/image/vp8"
	"golang.org/x/image/vp8l"
	"golang.org/x/image/webp"
)

var errWebP = errors.New("webp: no picture in it")

// webPFile is the first picture of a WebP, and where it lies on the canvas.
type webPFile struct {
	canvas, at image.Rectangle
	file       []byte // a WebP of nothing but that picture
}

func configWebP(r io.Reader) (image.Config, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return image.Config{}, err
	}
	f, err := readWebP(data)
	return image.Config{Width: f.canvas.Dx(), Height: f.canvas.Dy()}, err
}

// decodeWebP decodes a still WebP, or the first picture of an animation on its transparent canvas.
func decodeWebP(r io.Reader) (image.Image, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	f, err := readWebP(data)
	if err != nil {
		return nil, err
	}
	m, err := webp.Decode(bytes.NewReader(f.file))
	if err != nil {
		return nil, err
	}
	out := image.NewNRGBA(f.canvas)
	part := out.SubImage(f.at).(*image.NRGBA)
	switch m := m.(type) {
	case *image.YCbCr:
		studio(part, m, nil, 0)
	case *image.NYCbCrA:
		studio(part, &m.YCbCr, m.A, m.AStride)
	case *image.NRGBA:
		for y := range f.at.Dy() {
			copy(part.Pix[y*part.Stride:][:f.at.Dx()*4], m.Pix[y*m.Stride:])
		}
	default:
		return nil, errWebP
	}
	return out, nil
}

// readWebP finds the first picture. It is taken out of its file with its alpha and nothing else, because the decoder knows
// no animations, and refuses a file whose header promises an alpha that is not there, which other programs show.
func readWebP(data []byte) (webPFile, error) {
	var f webPFile
	var alpha []byte
	begun := false // inside the first frame of an animation
	for rest := data[min(12, len(data)):]; len(rest) >= 8; {
		name, size := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		if size > int64(len(rest)-8) && name != "VP8 " && name != "VP8L" { // those may be cut off: the decoder says so
			return f, errWebP
		}
		body := rest[8:min(8+size, int64(len(rest)))]
		next := rest[min(8+size+size&1, int64(len(rest))):]
		switch name {
		case "VP8X":
			if len(body) < 10 {
				return f, errWebP
			}
			f.canvas = image.Rect(0, 0, number24(body[4:])+1, number24(body[7:])+1)
		case "ANMF":
			if len(body) < 16 || begun || f.canvas.Empty() {
				return f, errWebP
			}
			begun = true
			f.at = image.Rect(0, 0, number24(body[6:])+1, number24(body[9:])+1).Add(image.Pt(2*number24(body), 2*number24(body[3:])))
			next = body[16:]
		case "ALPH":
			alpha = body
		case "VP8 ", "VP8L":
			return f.with(name, body, alpha, begun)
		}
		rest = next
	}
	return f, errWebP
}

// with takes the picture itself. Its size has to be the one that was said before.
func (f webPFile) with(name string, body, alpha []byte, begun bool) (webPFile, error) {
	var size image.Rectangle
	if name == "VP8L" {
		c, err := vp8l.DecodeConfig(bytes.NewReader(body))
		if err != nil {
			return f, err
		}
		size, alpha = image.Rect(0, 0, c.Width, c.Height), nil
	} else {
		d := vp8.NewDecoder()
		d.Init(bytes.NewReader(body), len(body))
		h, err := d.DecodeFrameHeader()
		if err != nil {
			return f, err
		}
		size = image.Rect(0, 0, h.Width, h.Height)
	}
	if !begun {
		f.at = size
		if f.canvas.Empty() {
			f.canvas = size
		}
	}
	if f.at.Size() != size.Size() || !f.at.In(f.canvas) || !begun && f.canvas != size {
		return f, errWebP
	}
	b := []byte("RIFF\x00\x00\x00\x00WEBP")
	if alpha != nil {
		w, h := size.Dx()-1, size.Dy()-1
		b = append(b, "VP8X\x0a\x00\x00\x00\x10\x00\x00\x00"...)
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(h), byte(h>>8), byte(h>>16))
		b = appendChunk(b, "ALPH", alpha)
	}
	b = appendChunk(b, name, body)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8)) //nolint:gosec // no file is larger than MaxBytes
	f.file = b
	return f, nil
}

func appendChunk(b []byte, name string, body []byte) []byte {
	b = binary.LittleEndian.AppendUint32(append(b, name...), uint32(len(body))) //nolint:gosec // no file is larger than MaxBytes
	b = append(b, body...)
	if len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func number24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// studio writes the pixels of a lossy WebP as libwebp does: its numbers run from 16 to 235 and 240 (BT.601), and its
// colours, of which there is one for four pixels, go over into each other. The standard library takes them for those of
// a JPEG, which makes white grey.
func studio(out *image.NRGBA, m *image.YCbCr, alpha []byte, alphaStride int) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := (w+1)/2, (h+1)/2
	for y := range h {
		near := m.CStride * (y / 2)
		far := m.CStride * neighbour(y, 2, ch)
		to := out.Pix[y*out.Stride:][:4*w]
		luma := m.Y[y*m.YStride:][:w]
		for x := range w {
			a, b := x/2, neighbour(x, 2, cw)
			u := between(m.Cb[near+a], m.Cb[near+b], m.Cb[far+a], m.Cb[far+b])
			v := between(m.Cr[near+a], m.Cr[near+b], m.Cr[far+a], m.Cr[far+b])
			l := int(luma[x]) * 19077 >> 8
			p := to[4*x : 4*x+4 : 4*x+4]
			p[0] = clip6(l + v*26149>>8 - 14234)
			p[1] = clip6(l - u*6419>>8 - v*13320>>8 + 8708)
			p[2] = clip6(l + u*33050>>8 - 17685)
			p[3] = 0xff
			if alpha != nil {
				p[3] = alpha[y*alphaStride+x]
			}
		}
	}
}

// between is the colour of a pixel: nine parts of the nearest, three of the next in its row and in its column, one of the last.
func between(nearest, row, column, last uint8) int {
	n, r, c, l := int(nearest), int(row), int(column), int(last)
	return ((n+3*r+3*c+l+8)>>3 + n) >> 1
}

func clip6(v int) uint8 { return uint8(min(max(v>>6, 0), 255)) } //nolint:gosec // it is clipped
