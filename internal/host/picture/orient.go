package picture

import (
	"image"
)

// Turn says how the pixels were turned to stand upright.
type Turn struct {
	Degrees  int  // clockwise: 0, 90, 180, 270
	Mirrored bool // mirrored left to right before it was turned
}

// turns holds, for each EXIF orientation, how the stored pixels are brought upright.
var turns = [9]Turn{
	1: {0, false}, 2: {0, true}, 3: {180, false}, 4: {180, true},
	5: {270, true}, 6: {90, false}, 7: {90, true}, 8: {270, false},
}

func turnOf(orientation int) Turn {
	if orientation < 1 || orientation > 8 {
		return Turn{}
	}
	return turns[orientation]
}

// Rotated returns pixels turned clockwise by 0, 90, 180 or 270 degrees; any other number leaves them as they are.
func Rotated(m *image.NRGBA, degrees int) *image.NRGBA {
	orientation := map[int]int{90: 6, 180: 3, 270: 8}[degrees]
	return turned(m, orientation)
}

// turned returns the pixels upright. Orientation 1 and every unknown value leave them as they are.
func turned(m *image.NRGBA, orientation int) *image.NRGBA {
	t := turnOf(orientation)
	if t == (Turn{}) {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	// The place of stored pixel (x, y) in the upright picture is start + x·right + y·down.
	var right, down, start image.Point
	switch t.Degrees {
	case 0:
		right, down = image.Pt(1, 0), image.Pt(0, 1)
	case 90:
		right, down, start = image.Pt(0, 1), image.Pt(-1, 0), image.Pt(h-1, 0)
	case 180:
		right, down, start = image.Pt(-1, 0), image.Pt(0, -1), image.Pt(w-1, h-1)
	case 270:
		right, down, start = image.Pt(0, -1), image.Pt(1, 0), image.Pt(0, w-1)
	}
	if t.Mirrored {
		start = start.Add(right.Mul(w - 1))
		right = right.Mul(-1)
	}
	size := image.Rect(0, 0, w, h)
	if t.Degrees%180 != 0 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewNRGBA(size)
	step := right.Y*out.Stride + right.X*4
	for y := range h {
		from := m.Pix[y*m.Stride:][:w*4]
		p := start.Add(down.Mul(y))
		at := p.Y*out.Stride + p.X*4
		for x := 0; x < len(from); x += 4 {
			copy(out.Pix[at:at+4], from[x:x+4])
			at += step
		}
	}
	return out
}
