// Package typeset puts text onto the pages of a PDF, whatever script it is in. Latin, Greek, Cyrillic, Hebrew, Arabic,
// Chinese, Japanese and Korean are set as text in fonts that go with the file, from right to left where they are read
// so; what no font has is written by its number, [U+0E01]. It promises that no character is left out in silence, that
// text can be copied and read aloud (the pages are tagged, in PDF/A-3a), and that the same text gives the same bytes on
// every computer: all fonts are its own.
//
// Places are in millimetres from the upper left corner of the page; sizes of letters in points.
package typeset

import (
	"image/color"
	"slices"
	"time"

	"github.com/carlos7ags/folio/document"
	"github.com/carlos7ags/folio/font"
	folioimage "github.com/carlos7ags/folio/image"
	"github.com/carlos7ags/folio/layout"
)

// Size of a page, A4, in millimetres.
const (
	Width  = 210.0
	Height = 297.0
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// Meta is what a file says of itself.
type Meta struct {
	Title    string
	Subject  string
	Author   string
	Language string    // BCP 47, of the text
	At       time.Time // when it was made: the same pages of the same moment have the same bytes
}

// Document is a PDF in the making. It serves one goroutine.
type Document struct {
	meta     Meta
	fonts    [2][]*font.EmbeddedFont // regular and bold; nil until a character needs it
	pictures map[string]*folioimage.Image
	pages    []*Page
	numbered bool
}

// New begins a document without a page.
func New(m Meta) *Document {
	return &Document{
		meta: m, pictures: map[string]*folioimage.Image{},
		fonts: [2][]*font.EmbeddedFont{make([]*font.EmbeddedFont, len(regular)), make([]*font.EmbeddedFont, len(bold))},
	}
}

// Page is one page. What is put onto it is read in the order in which it was put there.
type Page struct {
	doc  *Document
	into *[]layout.PlacedBlock // of the innermost part that is open
	all  []layout.PlacedBlock
}

// AddPage begins another page.
func (d *Document) AddPage() *Page {
	p := &Page{doc: d}
	p.into = &p.all
	d.pages = append(d.pages, p)
	return p
}

// Pages are the pages so far.
func (d *Document) Pages() []*Page { return slices.Clone(d.pages) }

// Numbered tells whether a character had to be written by its number.
func (d *Document) Numbered() bool { return d.numbered }

// PDF writes the file: tagged, PDF/A-3a.
func (d *Document) PDF() ([]byte, error) {
	doc := document.NewDocument(document.PageSizeA4)
	at := d.meta.At.UTC()
	doc.Info = document.Info{
		Title: d.meta.Title, Subject: d.meta.Subject, Author: d.meta.Author, Creator: "Kontor", Producer: "Kontor",
		CreationDate: at, ModDate: at, Language: d.meta.Language,
	}
	doc.SetTagged(true)
	doc.SetActualText(true)
	doc.SetPdfA(document.PdfAConfig{Level: document.PdfA3A})
	doc.SetViewerPreferences(document.ViewerPreferences{DisplayDocTitle: true, OpenPage: -1})
	doc.SetMargins(layout.Margins{})
	for i, p := range d.pages {
		if i > 0 {
			doc.Add(layout.NewAreaBreak())
		}
		doc.Add(p)
	}
	if err := doc.ValidatePdfA(); err != nil {
		return nil, err
	}
	return doc.ToBytesWithOptions(document.WriteOptions{Deterministic: true})
}

// PlanLayout gives the page as it was put together.
func (p *Page) PlanLayout(area layout.LayoutArea) layout.LayoutPlan {
	return layout.LayoutPlan{Status: layout.LayoutFull, Consumed: area.Height, Blocks: []layout.PlacedBlock{{Children: p.all}}}
}

// Tag is what a part of a page is to whoever reads it by ear.
type Tag string

// The tags in use.
const (
	Paragraph Tag = "P"
	Title     Tag = "H1"
	Heading   Tag = "H2"
	Table     Tag = "Table"
	Row       Tag = "TR"
	Head      Tag = "TH"
	Cell      Tag = "TD"
	Section   Tag = "Sect"
)

// Within puts what add puts onto the page into a part of its own, such as a row of a table.
func (p *Page) Within(tag Tag, add func()) {
	end := p.begin(tag)
	add()
	end()
}

// begin opens a part; what it returns closes it.
func (p *Page) begin(tag Tag) (end func()) {
	outer, part := p.into, &layout.PlacedBlock{Tag: string(tag)}
	p.into = &part.Children
	return func() {
		p.into = outer
		if len(part.Children) > 0 {
			*outer = append(*outer, *part)
		}
	}
}

// artifact is what PDF calls the furniture of a page.
const artifact = "Artifact"

// Aside puts what add puts onto the page as furniture of the page, such as its number: it is not read aloud.
func (p *Page) Aside(add func()) {
	outer, part := p.into, layout.PlacedBlock{}
	p.into = &part.Children
	add()
	p.into = outer
	untag(part.Children)
	part.Draw = func(ctx layout.DrawContext, _, _ float64) { ctx.Stream.BeginMarkedContent(artifact) }
	part.PostDraw = func(ctx layout.DrawContext, _, _ float64) { ctx.Stream.EndMarkedContent() }
	*outer = append(*outer, part)
}

func untag(list []layout.PlacedBlock) {
	for i := range list {
		list[i].Tag = ""
		untag(list[i].Children)
	}
}

// shape puts a drawing onto the page; it is not read aloud.
func (p *Page) shape(draw func(ctx layout.DrawContext)) {
	*p.into = append(*p.into, layout.PlacedBlock{Draw: func(ctx layout.DrawContext, _, _ float64) {
		ctx.Stream.BeginMarkedContent(artifact)
		ctx.Stream.SaveState()
		draw(ctx)
		ctx.Stream.RestoreState()
		ctx.Stream.EndMarkedContent()
	}})
}

func parts(c color.Color) (r, g, b float64) {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return float64(n.R) / 255, float64(n.G) / 255, float64(n.B) / 255
}

// Line draws a line, its width in millimetres.
func (p *Page) Line(x1, y1, x2, y2, width float64, c color.Color) {
	p.shape(func(ctx layout.DrawContext) {
		ctx.Stream.SetStrokeColorRGB(parts(c))
		ctx.Stream.SetLineWidth(width * mm)
		ctx.Stream.MoveTo(x1*mm, (Height-y1)*mm)
		ctx.Stream.LineTo(x2*mm, (Height-y2)*mm)
		ctx.Stream.Stroke()
	})
}

// Box draws a rectangle with round corners of a radius; a nil colour leaves out its ground or its edge.
func (p *Page) Box(x, y, w, h, radius float64, ground, edge color.Color) {
	p.shape(func(ctx layout.DrawContext) {
		s := ctx.Stream
		if radius > 0 {
			s.RoundedRect(x*mm, (Height-y-h)*mm, w*mm, h*mm, radius*mm)
		} else {
			s.Rectangle(x*mm, (Height-y-h)*mm, w*mm, h*mm)
		}
		s.SetLineWidth(0.2 * mm)
		if ground != nil {
			s.SetFillColorRGB(parts(ground))
		}
		if edge != nil {
			s.SetStrokeColorRGB(parts(edge))
		}
		switch {
		case ground != nil && edge != nil:
			s.FillAndStroke()
		case ground != nil:
			s.Fill()
		default:
			s.Stroke()
		}
	})
}

// Picture puts a PNG onto the page; alt is what it shows, in words. The name tells pictures of a document apart.
func (p *Page) Picture(name string, png []byte, x, y, w, h float64, alt string) error {
	img := p.doc.pictures[name]
	if img == nil {
		var err error
		if img, err = folioimage.NewPNG(png); err != nil {
			return err
		}
		p.doc.pictures[name] = img
	}
	p.place(layout.NewImageElement(img).SetSize(w*mm, h*mm).SetAltText(alt), "", x, y, w)
	return nil
}

// place puts an element onto the page and returns its height in millimetres.
func (p *Page) place(e layout.Element, tag Tag, x, y, w float64) float64 {
	plan := e.PlanLayout(layout.LayoutArea{Width: w * mm, Height: 1e6})
	part := layout.PlacedBlock{X: x * mm, Y: y * mm, Width: w * mm, Height: plan.Consumed, Tag: string(tag), Children: plan.Blocks}
	if tag != "" {
		untag(part.Children)
	}
	*p.into = append(*p.into, part)
	return plan.Consumed / mm
}
