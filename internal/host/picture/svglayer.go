package picture

import (
	"image"
	"math"

	"kontor/internal/core/fault"
)

// layer draws apart and lays what came of it on the canvas, faded as one.
func (d *drawing) layer(opacity float64, draw func() error) error {
	switch opacity {
	case 0:
		return nil
	case 1:
		return draw()
	}
	if d.layers++; d.layers > maxLayers {
		return fault.New(fault.Invalid, ReasonComplex)
	}
	below := d.canvas
	d.canvas = image.NewRGBA(below.Rect)
	err := draw()
	above := d.canvas
	d.canvas = below
	d.layers--
	if err != nil {
		return err
	}
	fade := uint32(math.Round(opacity * 255))
	for i := 0; i < len(above.Pix); i += 4 {
		if above.Pix[i+3] == 0 {
			continue
		}
		rest := 255*255 - uint32(above.Pix[i+3])*fade
		for k := i; k < i+4; k++ { // premultiplied, so that all four are alike
			below.Pix[k] = uint8((uint32(above.Pix[k])*fade*255 + uint32(below.Pix[k])*rest + 255*255/2) / (255 * 255))
		}
	}
	return nil
}
