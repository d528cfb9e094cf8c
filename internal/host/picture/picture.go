// Package picture takes pictures that people bring along and makes them safe and ready: it recognises them by their
// first bytes, refuses what is too large before any pixel is allocated, turns them upright, drops their metadata and
// says what it dropped, crops, scales, measures, repairs and encodes. It promises that no input can make it panic, and
// that what it encodes carries pixels and nothing else.
package picture

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"kontor/internal/core/fault"
)

// Reasons of the faults that this package returns; all are fault.Invalid.
const (
	ReasonUnknown     = "picture_unknown_format" // no picture, or one of a kind that is not taken
	ReasonHeavy       = "picture_too_heavy"      // max: MiB
	ReasonLarge       = "picture_too_large"      // width, height; max_side, max_megapixels
	ReasonDamaged     = "picture_damaged"        // it starts like a picture and then is none
	ReasonHEIC        = "picture_heic"           // what iPhones make, and its relatives
	ReasonComplex     = "picture_too_complex"    // drawing it would take too long
	ReasonExternal    = "svg_external"           // it refers to something outside itself
	ReasonEmbedded    = "svg_embedded"           // it carries a picture in it
	ReasonScript      = "svg_script"             // it carries a program in it
	ReasonUnsupported = "svg_unsupported"        // what: an element or property that would not be drawn faithfully
)

// Format is a kind of picture file.
type Format string

// The formats, recognised by their first bytes and never by a name.
const (
	PNG  Format = "png"
	JPEG Format = "jpeg"
	GIF  Format = "gif"
	WebP Format = "webp"
	AVIF Format = "avif"
	SVG  Format = "svg"
)

// Picture is a decoded file: upright pixels, and what was learnt about the file.
type Picture struct {
	Pixels   *image.NRGBA // upright, its bounds start at 0,0
	Format   Format
	Bytes    int // of the file
	Turn     Turn
	Metadata []Metadata // what the file carries besides pixels; never nil
	Profile  Profile
	Animated bool // it moves; only its first frame is here
}

// Sum is the SHA-256 of a file, in hex: what it is known by.
func Sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Size is the upright size in pixels.
func (p *Picture) Size() (width, height int) { return p.Pixels.Rect.Dx(), p.Pixels.Rect.Dy() }

// Sniff tells the format by the first bytes.
func Sniff(data []byte) (Format, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, true
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG, true
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return GIF, true
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP, true
	case isAVIF(data):
		return AVIF, true
	case looksLikeSVG(data):
		return SVG, true
	}
	return "", false
}

// Open decodes what Decode decodes, and draws SVG so that its longer side has DrawnSide pixels.
func Open(ctx context.Context, data []byte) (*Picture, error) {
	if f, _ := Sniff(data); f == SVG {
		return Draw(ctx, data)
	}
	return Decode(ctx, data)
}

// Decode decodes PNG, JPEG, GIF, WebP and AVIF; of what moves the first frame. The header is judged before anything is allocated.
func Decode(ctx context.Context, data []byte) (*Picture, error) {
	return decode(ctx, data, false)
}

// Photo is Decode for pictures of which a small part or copy is wanted: a JPEG may have up to MaxPhotoBytes and as many
// pixels as phones make. Each side of one that is too large is divided by a whole number, always the same for a file.
func Photo(ctx context.Context, data []byte) (*Picture, error) { return decode(ctx, data, true) }

func decode(ctx context.Context, data []byte, shrink bool) (p *Picture, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fault.Wrap(fmt.Errorf("decoder panicked: %v", r), fault.Invalid, ReasonDamaged)
		}
	}()
	format, ok := Sniff(data)
	shrink = shrink && format == JPEG
	switch {
	case isHEIC(data): // however large: another kind is what helps
		return nil, fault.New(fault.Invalid, ReasonHEIC)
	case len(data) > MaxBytes && !shrink, len(data) > MaxPhotoBytes:
		return nil, Heavy(shrink)
	case !ok || format == SVG:
		return nil, fault.New(fault.Invalid, ReasonUnknown)
	}
	carried := inspect(format, data)
	pixels, err := pixelsOf(ctx, format, data, carried, shrink)
	if err != nil {
		return nil, err
	}
	if carried.conversion != nil {
		carried.conversion.apply(pixels)
	}
	upright := turned(pixels, carried.orientation)
	return &Picture{
		Pixels: upright, Format: format, Bytes: len(data), Turn: turnOf(carried.orientation),
		Metadata: carried.list(), Profile: carried.profile, Animated: carried.frames > 1,
	}, nil
}

// pixelsOf decodes the pixels as they lie in the file.
func pixelsOf(ctx context.Context, format Format, data []byte, carried *carried, shrink bool) (*image.NRGBA, error) {
	if format == AVIF {
		return decodeAVIF(ctx, data)
	}
	d := decoders[format]
	config, err := d.config(bytes.NewReader(data))
	if err != nil {
		return nil, broken(err)
	}
	by, err := fits(config.Width, config.Height, carried.cost(format, data), shrink)
	if err != nil {
		return nil, err
	}
	if carried.scans > maxScans {
		return nil, fault.New(fault.Invalid, ReasonComplex)
	}
	if format == JPEG && carried.ownNumbers && carried.coarse && !carried.jfif {
		d.decode = decodePlanes
	}
	decoded, err := d.decode(&patientReader{ctx, bytes.NewReader(data)})
	if ctx.Err() != nil {
		return nil, fault.Wrap(ctx.Err(), fault.Canceled, "")
	}
	if err != nil {
		return nil, broken(err)
	}
	if inks, ok := decoded.(*image.CMYK); ok {
		decoded = carried.paper(inks)
	}
	if by > 1 {
		return shrunk(decoded, int(by)), nil
	}
	return flat(decoded, config.Width, config.Height), nil
}

// broken is why a file could not be decoded: it is damaged, or a kind of JPEG that hardly any program writes.
func broken(err error) error {
	if rare := jpeg.UnsupportedError(""); errors.As(err, &rare) {
		return fault.Wrap(err, fault.Invalid, ReasonUnknown)
	}
	return fault.Wrap(err, fault.Invalid, ReasonDamaged)
}

type decoder struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var decoders = map[Format]decoder{
	PNG:  {png.DecodeConfig, decodePNG},
	JPEG: {jpeg.DecodeConfig, jpeg.Decode},
	GIF:  {gif.DecodeConfig, gif.Decode},
	WebP: {configWebP, decodeWebP},
}

// patientReader ends a decoder whose caller no longer waits.
type patientReader struct {
	ctx context.Context
	*bytes.Reader
}

func (r *patientReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

func (r *patientReader) ReadByte() (byte, error) {
	if r.Reader.Len()&0xfff == 0 {
		if err := r.ctx.Err(); err != nil {
			return 0, err
		}
	}
	return r.Reader.ReadByte()
}

// flat turns whatever a decoder returns into straight (not premultiplied) 8-bit pixels on a canvas of width × height;
// the frame of a GIF may cover a part of it only.
func flat(m image.Image, width, height int) *image.NRGBA {
	whole := m.Bounds() == image.Rect(0, 0, width, height)
	switch m := m.(type) {
	case *image.NRGBA:
		if whole {
			return m
		}
	case *image.RGBA:
		if whole && m.Opaque() {
			return &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
		}
	case *image.YCbCr, *image.Gray, *image.CMYK: // opaque by nature; the standard library is fastest towards RGBA
		if planes, ok := m.(*image.YCbCr); ok && whole && planes.SubsampleRatio != image.YCbCrSubsampleRatio444 {
			return luminous(planes)
		}
		if whole {
			out := image.NewRGBA(m.Bounds())
			draw.Draw(out, out.Rect, m, image.Point{}, draw.Src)
			return &image.NRGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect}
		}
	case *image.NRGBA64:
		if whole {
			return narrowed(m.Pix, m.Rect)
		}
	case *image.RGBA64:
		if whole && m.Opaque() {
			return narrowed(m.Pix, m.Rect)
		}
	case *image.Paletted:
		return flatPaletted(m, width, height)
	}
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, m.Bounds(), m, m.Bounds().Min, draw.Src)
	return out
}

// narrowed takes the upper half of each number, in the same memory.
func narrowed(wide []byte, r image.Rectangle) *image.NRGBA {
	n := 4 * r.Dx() * r.Dy()
	for i := range n {
		wide[i] = wide[2*i]
	}
	return &image.NRGBA{Pix: wide[:n:n], Stride: 4 * r.Dx(), Rect: r}
}

func flatPaletted(m *image.Paletted, width, height int) *image.NRGBA {
	var palette [256][4]byte
	for i, c := range m.Palette {
		n := color.NRGBAModel.Convert(c).(color.NRGBA)
		palette[i] = [4]byte{n.R, n.G, n.B, n.A}
	}
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	r := m.Rect.Intersect(out.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := m.Pix[m.PixOffset(r.Min.X, y):][:r.Dx()]
		to := out.Pix[out.PixOffset(r.Min.X, y):]
		for x, index := range row {
			copy(to[x*4:x*4+4], palette[index][:])
		}
	}
	return out
}

// EncodePNG writes pixels and nothing else.
func EncodePNG(m *image.NRGBA) ([]byte, error) { return encodePNG(m, png.DefaultCompression) }

// EncodeFastPNG trades size for speed; for pictures that only the window sees.
func EncodeFastPNG(m *image.NRGBA) ([]byte, error) { return encodePNG(m, png.BestSpeed) }

func encodePNG(m *image.NRGBA, level png.CompressionLevel) ([]byte, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: level}
	if err := e.Encode(&b, m); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// EncodeJPEG writes pixels and nothing else, on white where they are transparent. Quality is 1 to 100.
func EncodeJPEG(m *image.NRGBA, quality int) ([]byte, error) {
	out := image.NewRGBA(m.Rect)
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, m, m.Rect.Min, draw.Over)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
