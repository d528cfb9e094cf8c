package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os/exec"
	"strconv"

	"kontor/internal/host/picture"
)

// compare tells whether pictures and drawings are set beside what ImageMagick and librsvg make of them.
var compare bool

// Pictures: what avatars and logos are read from. Files of phones are read as photos.
var pictures = []kind{{
	name: "pictures",
	takes: func(name string, head []byte) bool {
		f, ok := picture.Sniff(head)
		return ok && f != picture.SVG || ending(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic")(name, head)
	},
	run: func(data []byte) error {
		p, err := picture.Photo(context.Background(), data)
		if err != nil || !compare || p.Profile.Kind == picture.ProfileOther { // ImageMagick does not follow profiles unasked
			return err
		}
		return alike(p, "convert", "-[0]", "-coalesce", "-auto-orient", "-colorspace", "sRGB", "-resize", size2(p)+"!", "-depth", "8", "PNG32:-")(data)
	},
}}

// Drawings: what logos are drawn from.
var drawings = []kind{{
	name: "drawings",
	takes: func(name string, head []byte) bool {
		f, ok := picture.Sniff(head)
		return ok && f == picture.SVG || ending(".svg", ".svgz")(name, head)
	},
	run: func(data []byte) error {
		p, err := picture.Draw(context.Background(), data)
		if err != nil || !compare {
			return err
		}
		w, h := p.Size()
		return alike(p, "rsvg-convert", "--unlimited", "--width", strconv.Itoa(w), "--height", strconv.Itoa(h))(data)
	},
}}

func size2(p *picture.Picture) string {
	w, h := p.Size()
	return fmt.Sprintf("%dx%d", w, h)
}

// alike asks another program, which reads the file from its input and writes a PNG, and compares at 256 pixels.
func alike(p *picture.Picture, program string, args ...string) func(data []byte) error {
	return func(data []byte) error {
		const side, most = 256, 0.02
		other := exec.Command(program, args...) //nolint:gosec // the two that are named above
		other.Stdin = bytes.NewReader(data)
		out, err := other.Output()
		if err != nil {
			return nil // it does not read this file
		}
		m, err := png.Decode(bytes.NewReader(out))
		if err != nil {
			return nil
		}
		theirs := image.NewNRGBA(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
		draw.Draw(theirs, theirs.Rect, m, m.Bounds().Min, draw.Src)
		w, h := p.Size()
		by := min(1, side/float64(max(w, h)))
		w, h = max(1, int(float64(w)*by)), max(1, int(float64(h)*by))
		a, b := picture.Scale(p.Pixels, picture.Whole(p.Pixels), w, h), picture.Scale(theirs, picture.Whole(theirs), w, h)
		if off := distance(a, b); off > most {
			return difference(fmt.Sprintf("%.0f %% from what %s makes", 100*off, program))
		}
		return nil
	}
}

// distance is the root of the mean square of what two pictures of one size differ by, on white and on black, 0 to 1.
func distance(a, b *image.NRGBA) float64 {
	sum := 0.0
	for i := 0; i < len(a.Pix); i += 4 {
		x, y := float64(a.Pix[i+3])/255, float64(b.Pix[i+3])/255
		for k := range 3 {
			d := float64(a.Pix[i+k])/255*x - float64(b.Pix[i+k])/255*y
			sum += d*d/2 + (d-x+y)*(d-x+y)/2
		}
	}
	return math.Sqrt(sum / float64(len(a.Pix)/4*3))
}
