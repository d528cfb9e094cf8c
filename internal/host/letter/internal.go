package letter

import (
	"image/color"
	"time"

	"kontor/internal/host/typeset"
)

// Internal is a paper that must not leave the company: it says so on all four edges of every page.
type Internal struct {
	Language string
	At       time.Time
	Author   string
	Mark     string // "Internal, not for the client"
	Title    string
	Lead     string
	Tables   []InternalTable
	Notes    []string
	PageOf   func(n, of int) string
	Unset    string
}

// InternalTable is a table of it. Text columns stand left, all others right.
type InternalTable struct {
	Title   string
	Lead    string
	Columns []InternalColumn
	Parts   []InternalPart
}

// InternalColumn is a column; Share is its part of the width.
type InternalColumn struct {
	Title string
	Share float64
	Text  bool
}

// InternalPart is rows below a title, with their sum.
type InternalPart struct {
	Title string // "" is none
	Rows  []InternalRow
	Sum   []string // nil is none
}

// InternalRow is a row; Detail stands below its first cell.
type InternalRow struct {
	Cells  []string
	Detail string
}

var (
	red   = color.NRGBA{0xa3, 0x21, 0x1a, 0xff}
	white = color.NRGBA{0xff, 0xff, 0xff, 0xff}
)

// PDF writes the paper.
func (in Internal) PDF() ([]byte, error) {
	const edge, band, side = 5.0, 18.0, 24.0
	f := &typeset.Flow{
		Document: typeset.New(typeset.Meta{Title: in.Mark + " · " + in.Title, Author: in.Author, Language: in.Language, At: in.At}),
		Left:     side, Wide: typeset.Width - 2*side, Top: band + 8, Bottom: typeset.Height - band - 10,
	}
	f.Begin = func(f *typeset.Flow) {
		f.Page.Box(0, 0, edge, typeset.Height, 0, red, nil)
		f.Page.Box(typeset.Width-edge, 0, edge, typeset.Height, 0, red, nil)
		mark := typeset.Style{Size: 14, Bold: true, Ink: white, Align: typeset.Centre, Leading: 1.2}
		for _, y := range []float64{0, typeset.Height - band} {
			f.Page.Box(0, y, typeset.Width, band, 0, red, nil)
			f.Page.Text(typeset.Paragraph, side, y+(band-f.Height(f.Wide, mark, in.Mark))/2, f.Wide, mark, in.Mark)
		}
	}
	f.Next()
	f.Text(typeset.Title, typeset.Style{Size: 16, Ink: ink, Bold: true, Leading: 1.25}, in.Title)
	lead := body
	lead.Ink = muted
	f.Text(typeset.Paragraph, lead, in.Lead)
	for _, t := range in.Tables {
		in.table(f, t)
	}
	for i, note := range in.Notes {
		if i == 0 {
			f.Gap(5)
		}
		f.Text(typeset.Paragraph, body, note)
		f.Gap(1.5)
	}
	if f.Numbered() {
		f.Text(typeset.Paragraph, tiny, in.Unset)
	}
	for i, p := range f.Pages() {
		p.Aside(func() {
			right := tiny
			right.Align = typeset.Right
			p.Text(typeset.Paragraph, side, typeset.Height-band-7, f.Wide, right, in.PageOf(i+1, len(f.Pages())))
		})
	}
	return f.PDF()
}

func (in Internal) table(f *typeset.Flow, t InternalTable) {
	f.Gap(5)
	if t.Title != "" {
		f.Room(34)
		f.Text(typeset.Heading, typeset.Style{Size: 10.5, Ink: ink, Bold: true}, t.Title)
	}
	if t.Lead != "" {
		f.Text(typeset.Paragraph, small, t.Lead)
	}
	f.Gap(1)
	columns := make([]typeset.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = typeset.Column{Title: c.Title, Share: c.Share, Right: !c.Text}
	}
	var lines []typeset.Line
	for _, part := range t.Parts {
		if part.Title != "" {
			lines = append(lines, typeset.Line{Kind: typeset.Opener, Entries: []typeset.Entry{{Text: part.Title}}})
		}
		for _, row := range part.Rows {
			lines = append(lines, typeset.Line{Entries: entries(row.Cells, row.Detail)})
		}
		if part.Sum != nil {
			lines = append(lines, typeset.Line{Kind: typeset.Sum, Entries: entries(part.Sum, "")})
		}
	}
	l := look(color.NRGBA{0x0b, 0x4d, 0x66, 0xff})
	l.Body.Size, l.Detail.Size, l.Gap = 8.5, 7.5, 3
	f.Table(columns, lines, l)
}

func entries(cells []string, detail string) []typeset.Entry {
	list := make([]typeset.Entry, len(cells))
	for i, text := range cells {
		list[i] = typeset.Entry{Text: text}
	}
	list[0].Detail = detail
	return list
}
