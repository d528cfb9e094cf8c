package picture

import (
	"image"
	"image/draw"
	"math"
	"strconv"

	"kontor/internal/core/fault"
)

// What is accepted. Within these limits, and those that follow from Memory, a picture decodes within 256 MiB with its file.
const (
	MaxBytes      = 10 << 20   // of the file
	MaxPhotoBytes = 32 << 20   // of a JPEG that Photo decodes
	MaxSide       = 8192       // pixels
	MaxPixels     = 25_000_000 // width × height
	Memory        = 224 << 20  // bytes that decoding takes, beside the file
	maxScans      = 64         // of one JPEG; real ones have about ten, each costs a pass over the whole picture

	maxPhotoSide   = 20_000
	maxPhotoPixels = 250_000_000
)

// cost is what decoding takes, in bytes for each pixel of the file.
type cost struct {
	decoder float64 // of the decoder's own picture, and what it needs on the way
	pixels  float64 // of ours: once, and once more where it has to be turned
}

func (c cost) of(pixels, shrunk int64) float64 {
	return float64(pixels) * (c.decoder + c.pixels/float64(shrunk*shrunk))
}

// cost is what a file costs by its header.
func (c *carried) cost(format Format, data []byte) cost {
	own := 4.0
	if turnOf(c.orientation) != (Turn{}) {
		own += 4
	}
	switch format {
	case PNG:
		depth, colour, interlaced := data[24], data[25], data[28] == 1
		decoder := 4.0
		switch {
		case depth == 16: // narrowed where it lies
			decoder, own = 8, own-4
		case colour == 0 || colour == 3: // one number for a pixel; with transparency four
			decoder = 4
		default:
			own -= 4 // the decoder's picture is ours
		}
		if interlaced { // its passes are put together
			decoder *= 2
		}
		return cost{decoder, own}
	case JPEG:
		decoder := c.jpegSamples
		if decoder == 0 { // it has no header that was understood
			decoder = 20
		}
		if c.ownNumbers {
			decoder += 4 // a picture more, of numbers as they were
		}
		return cost{decoder, own}
	case WebP:
		return cost{8, own} // four times each: the numbers, what they are taken from, and ours
	}
	return cost{1, own} // a GIF's palette
}

// frameHeader reads what a JPEG says of its samples.
func (c *carried) frameHeader(marker byte, body []byte) {
	if len(body) < 6 || len(body) < 6+3*int(body[5]) {
		return
	}
	n := int(body[5])
	sum, across, down := 0, 1, 1
	for i := range n {
		h, v := int(body[7+3*i]>>4), int(body[7+3*i]&15)
		sum, across, down = sum+h*v, max(across, h), max(down, v)
		c.coarse = c.coarse || n == 3 && body[7+3*i] != body[7]
	}
	samples := float64(sum) / float64(max(across*down, 1))
	if marker == 0xc2 { // progressive: every number is kept in 32 bits until the last scan
		samples *= 5
	}
	c.jpegSamples = max(c.jpegSamples, samples)
	c.ownNumbers = c.ownNumbers || n == 4 || body[6] == 'R' // CMYK, or RGB as it is
}

// fits refuses a picture that has too many pixels, or would cost too much memory. With shrink it returns by how much a side
// has to be divided for it to fit; without, this is 1.
func fits(w, h int, price cost, shrink bool) (by int64, err error) {
	if w < 1 || h < 1 {
		return 0, fault.New(fault.Invalid, ReasonDamaged)
	}
	pixels, most, side := int64(w)*int64(h), float64(MaxPixels), MaxSide
	fair := func(by int64) bool {
		return price.of(pixels, by) <= Memory && pixels/(by*by) <= MaxPixels
	}
	by = 1
	if shrink {
		most, side = maxPhotoPixels, maxPhotoSide
		for by < 8 && !fair(by) {
			by++
		}
	}
	if w <= side && h <= side && float64(pixels) <= most && fair(by) {
		return by, nil
	}
	return 0, tooLarge(w, h, side, min(most, Memory/price.of(1, by)))
}

func tooLarge(w, h, side int, pixels float64) error {
	return fault.New(fault.Invalid, ReasonLarge).
		With("width", strconv.Itoa(w)).With("height", strconv.Itoa(h)).
		With("max_side", strconv.Itoa(side)).
		With("max_megapixels", strconv.Itoa(int(math.Floor(pixels/1e6))))
}

// shrunk is flat for a picture whose sides are divided by a whole number. It takes the picture in stripes, so that its full
// size is never there in our pixels.
func shrunk(m image.Image, by int) *image.NRGBA {
	const rows = 16
	w, h := m.Bounds().Dx()/by, m.Bounds().Dy()/by
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	stripe := image.NewRGBA(image.Rect(0, 0, w*by, rows*by))
	for y := 0; y < h; y += rows {
		n := min(rows, h-y)
		draw.Draw(stripe, stripe.Rect, m, m.Bounds().Min.Add(image.Pt(0, y*by)), draw.Src)
		opaque := &image.NRGBA{Pix: stripe.Pix, Stride: stripe.Stride, Rect: image.Rect(0, 0, w*by, n*by)}
		small := Scale(opaque, Whole(opaque), w, n)
		copy(out.Pix[y*out.Stride:], small.Pix)
	}
	return out
}
