package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"math"

	profiles "github.com/kovidgoyal/imaging/prism/meta/icc"
)

// lattice takes pixels to sRGB by a profile whose colours stand in tables, or are inks or greys: the profile is asked at
// the points of a lattice, and what lies between is interpolated.
type lattice struct {
	channels int
	steps    int       // points along each channel
	points   []float32 // red, green and blue of each point, 0 to 255; the last channel changes first
	place    [256]int  // of a number: the point below it
	part     [256]float32
}

// latticeOf asks a profile of so many channels: one of grey, three of light, four of ink. It is nil where the profile cannot
// be followed. The intent is the perceptual one, and what is black to the profile stays as dark as it is: so do browsers and
// ImageMagick.
func latticeOf(data []byte, channels int) (l *lattice) {
	defer func() {
		if recover() != nil { // a profile of a stranger's
			l = nil
		}
	}()
	if !holds(data) {
		return nil
	}
	p, err := profiles.DecodeProfile(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	to, err := p.CreateTransformerToSRGB(profiles.PerceptualRenderingIntent, false, channels, true, false, true)
	if err != nil {
		return nil
	}
	l = &lattice{channels: channels, steps: map[int]int{1: 256, 3: 33, 4: 17}[channels]}
	for v := range 256 {
		at := float64(v) / 255 * float64(l.steps-1)
		l.place[v] = min(int(at), l.steps-2)
		l.part[v] = float32(at - float64(l.place[v]))
	}
	count := 1
	for range channels {
		count *= l.steps
	}
	l.points = make([]float32, 0, 3*count)
	in, out := make([]float64, 4), make([]float64, 4)
	for i := range count {
		for k, rest := channels-1, i; k >= 0; k-- {
			in[k] = float64(rest%l.steps) / float64(l.steps-1)
			rest /= l.steps
		}
		to.TransformGeneral(out, in)
		for _, v := range out[:3] {
			if math.IsNaN(v) {
				return nil
			}
			l.points = append(l.points, float32(min(max(v, 0), 1)*255))
		}
	}
	return l
}

// holds tells whether a profile has room for what it says that it holds: its reader takes the memory before it looks.
func holds(data []byte) bool {
	if len(data) < 132 || len(data) > maxProfile {
		return false
	}
	count := binary.BigEndian.Uint32(data[128:])
	if count > 100 || 132+12*int(count) > len(data) {
		return false
	}
	for i := range int(count) {
		at := data[132+12*i:]
		from, size := uint64(binary.BigEndian.Uint32(at[4:])), uint64(binary.BigEndian.Uint32(at[8:]))
		if from+size > uint64(len(data)) || from < uint64(132+12*count) {
			return false
		}
		if tag := data[from : from+size]; bytes.HasPrefix(tag, []byte("mAB ")) || bytes.HasPrefix(tag, []byte("mBA ")) {
			if len(tag) < 32 {
				return false
			}
			table := uint64(binary.BigEndian.Uint32(tag[24:])) // its numbers have one byte or two, or there is none
			if table != 0 && (table+20 > size || tag[table+16] != 1 && tag[table+16] != 2) {
				return false
			}
		}
	}
	for rest := data; ; rest = rest[4:] { // curves stand anywhere
		at := bytes.Index(rest, []byte("curv"))
		if at < 0 {
			return true
		}
		rest = rest[at:]
		if len(rest) < 12 || uint64(binary.BigEndian.Uint32(rest[8:]))*2 > uint64(len(rest)-12) {
			return false
		}
	}
}

// at writes the colour of a pixel's numbers over its first three; there are as many as channels. From the point below it
// goes to the one above, channel by channel, the one with the largest part first: one simplex of the lattice's cell.
func (l *lattice) at(p []byte) {
	var order [4]struct {
		part   float32
		stride int
	}
	at := 0
	for k, step := l.channels-1, 3; k >= 0; k-- {
		at += step * l.place[p[k]]
		n, part := l.channels-1-k, l.part[p[k]]
		for ; n > 0 && order[n-1].part < part; n-- {
			order[n] = order[n-1]
		}
		order[n].part, order[n].stride = part, step
		step *= l.steps
	}
	c := l.points[at : at+3 : at+3]
	weight := 1 - order[0].part
	r, g, b := weight*c[0], weight*c[1], weight*c[2]
	for n := range l.channels {
		if weight = order[n].part; weight == 0 {
			break
		}
		if n+1 < l.channels {
			weight -= order[n+1].part
		}
		at += order[n].stride
		c = l.points[at : at+3 : at+3]
		r, g, b = r+weight*c[0], g+weight*c[1], b+weight*c[2]
	}
	p[0], p[1], p[2] = uint8(r+0.5), uint8(g+0.5), uint8(b+0.5)
}

// apply changes straight pixels in place; those of a grey picture have their number three times.
func (l *lattice) apply(m *image.NRGBA) {
	l.each(m.Pix, func(p []byte) { l.at(p) })
}

// ink makes pixels of a picture of inks, in its memory.
func (l *lattice) ink(m *image.CMYK) *image.NRGBA {
	l.each(m.Pix, func(p []byte) {
		l.at(p)
		p[3] = 255
	})
	return &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
}

// each hands over the four numbers of every pixel, and repeats what it became where the next one is the same.
func (l *lattice) each(pix []byte, do func(p []byte)) {
	const pixel = 4
	inBands(len(pix)/pixel, func(from, to int) {
		var was, is [pixel]byte
		for i := from; i < to; i++ {
			p := pix[i*pixel:][:pixel:pixel]
			if now := [pixel]byte(p); i == from || now != was {
				was = now
				do(p)
				is = [pixel]byte(p)
			} else {
				copy(p, is[:])
			}
		}
	})
}
