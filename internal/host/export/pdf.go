package export

import (
	"fmt"
	"image/color"
	"io"
	"time"

	"kontor/internal/host/typeset"
)

// column is a column of a paper's table.
type column struct {
	title string
	width float64 // in parts of the whole
	right bool    // figures
}

// Part is a table of a paper with what stands around it.
type Part struct {
	Title string
	Lead  []string // lines below the title
	Table DocumentTable
	Sums  [][2]string // label and figure, below the table
}

// Document is a paper of one table or several. The words are the caller's; figures come written as they shall stand.
type Document struct {
	Title    string
	Language string   // BCP 47, of the words
	Author   string   // whose paper it is
	Lead     []string // lines below the title
	Table    DocumentTable
	Sums     [][2]string // label and figure, below the table
	Parts    []Part      // further tables
	Notes    [][2]string // label and text, below the last table
	Foot     string      // left in the footer of every page; the page number stands right
	Unset    string      // said at the end where a character is written by its number; see package typeset
	At       time.Time   // when it was made: the same paper at the same moment has the same bytes
}

// Sizes of a page, in millimetres.
const (
	pageMargin = 16.0
	pageBottom = 277.0
	inner      = typeset.Width - 2*pageMargin
	partHeight = 44.0 // a part that has less left begins on another page
)

var (
	black = color.Black
	grey  = color.NRGBA{0xb8, 0xb8, 0xb8, 0xff}
	look  = typeset.Look{
		Head: typeset.Style{Size: 8, Bold: true}, Body: typeset.Style{Size: 8}, Gap: 2.5, Pad: 0.9,
		Hair: typeset.Stroke{Width: 0.1, Ink: grey}, Rule: typeset.Stroke{Width: 0.2, Ink: black},
	}
	body = typeset.Style{Size: 9}
)

// PDF writes a paper. The same paper gives the same bytes.
func PDF(w io.Writer, p Document) error {
	d := &sheet{Document: p, Flow: typeset.Flow{
		Document: typeset.New(typeset.Meta{Title: p.Title, Author: p.Author, Language: p.Language, At: p.At}),
		Left:     pageMargin, Wide: inner, Top: pageMargin, Bottom: pageBottom,
	}}
	d.Next()
	d.Flow.Text(typeset.Title, typeset.Style{Size: 15, Bold: true}, p.Title)
	for _, line := range p.Lead {
		d.Flow.Text(typeset.Paragraph, body, line)
	}
	d.Gap(4)
	if len(p.Table.columns) > 0 {
		d.rows(p.Table, p.Sums)
	}
	for _, part := range p.Parts {
		d.part(part)
	}
	d.notes()
	for i, page := range d.Pages() {
		d.foot(page, i+1)
	}
	data, err := d.Flow.PDF()
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

type sheet struct {
	Document
	typeset.Flow
}

func (d *sheet) rows(t DocumentTable, sums [][2]string) {
	columns, lines := make([]typeset.Column, len(t.columns)), make([]typeset.Line, len(t.rows))
	for i, c := range t.columns {
		columns[i] = typeset.Column{Title: c.title, Share: c.width, Right: c.right}
	}
	for i, row := range t.rows {
		for _, text := range row {
			lines[i].Entries = append(lines[i].Entries, typeset.Entry{Text: text})
		}
	}
	d.Flow.Table(columns, lines, look)
	d.sums(sums)
}

func (d *sheet) part(p Part) {
	d.Gap(6)
	d.Room(partHeight)
	d.Flow.Text(typeset.Heading, typeset.Style{Size: 11, Bold: true}, p.Title)
	for _, line := range p.Lead {
		d.Flow.Text(typeset.Paragraph, body, line)
	}
	d.Gap(1)
	d.rows(p.Table, p.Sums)
}

// sums stand together.
func (d *sheet) sums(sums [][2]string) {
	const figure, height = 34.0, 5.5
	d.Gap(3)
	d.Room(float64(len(sums)) * height)
	s := typeset.Style{Size: 9, Bold: true, Align: typeset.Right}
	for _, sum := range sums {
		d.Page.Text(typeset.Paragraph, pageMargin, d.Y, inner-figure-2, s, sum[0])
		d.Page.Text(typeset.Paragraph, pageMargin+inner-figure, d.Y, figure, s, sum[1])
		d.Y += height
	}
}

func (d *sheet) notes() {
	const label = 40.0
	small := typeset.Style{Size: 8}
	for i, n := range d.Notes {
		if i == 0 {
			d.Gap(4)
		}
		d.Room(8)
		strong := typeset.Style{Size: 8, Bold: true}
		d.Page.Text(typeset.Paragraph, pageMargin, d.Y, label-2, strong, n[0])
		below := d.Y + d.Height(label-2, strong, n[0])
		d.TextAt(typeset.Paragraph, pageMargin+label, inner-label, small, n[1])
		d.Y = max(d.Y, min(below, pageBottom)) + 0.8
	}
	if d.Numbered() {
		d.Gap(2)
		d.Flow.Text(typeset.Paragraph, small, d.Unset)
	}
}

func (d *sheet) foot(page *typeset.Page, n int) {
	const y, number = 284.0, 20.0
	s := typeset.Style{Size: 7}
	page.Aside(func() {
		page.Text(typeset.Paragraph, pageMargin, y, inner-number, s, d.Fit(inner-number, s, d.Foot))
		s.Align = typeset.Right
		page.Text(typeset.Paragraph, pageMargin+inner-number, y, number, s, fmt.Sprintf("%d / %d", n, len(d.Pages())))
	})
}
