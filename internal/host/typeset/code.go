package typeset

import (
	"github.com/carlos7ags/folio/barcode"
	"github.com/carlos7ags/folio/layout"
)

// Code draws a text as a QR code (error correction M) of a size in millimetres. What it says has to stand beside it in
// words, for whoever does not see it; the white around it, four modules wide, is the caller's.
func (p *Page) Code(text string, x, y, size float64) error {
	code, err := barcode.NewQRWithECC(text, barcode.ECCLevelM)
	if err != nil {
		return err
	}
	p.shape(func(ctx layout.DrawContext) { code.Draw(ctx.Stream, x*mm, (Height-y-size)*mm, size*mm, size*mm) })
	return nil
}
