package typeset

import (
	"image/color"
	"strings"

	"github.com/carlos7ags/folio/layout"
)

// Flow puts one thing below the other, and begins another page where there is no room.
type Flow struct {
	*Document
	Page *Page
	Y    float64 // where the next thing stands

	Left, Wide  float64       // the column
	Top, Bottom float64       // of every page
	Begin       func(f *Flow) // draws what every page begins with, and may move Y
}

// Next begins another page.
func (f *Flow) Next() {
	f.Page, f.Y = f.AddPage(), f.Top
	if f.Begin != nil {
		f.Begin(f)
	}
}

// Room begins another page if less than a height is left.
func (f *Flow) Room(height float64) {
	if f.Y+height > f.Bottom && f.Y > f.Top {
		f.Next()
	}
}

// Gap leaves room, but not at the head of a page.
func (f *Flow) Gap(height float64) {
	if f.Y > f.Top+0.1 {
		f.Y += height
	}
}

// Text sets a text. Where it goes on on another page, two lines at least stand on either.
func (f *Flow) Text(tag Tag, s Style, text string) { f.TextAt(tag, f.Left, f.Wide, s, text) }

// TextAt sets a text in a column of its own.
func (f *Flow) TextAt(tag Tag, x, w float64, s Style, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		p := f.paragraph(s, line)
		for p != nil {
			p = f.part(tag, x, w, p)
		}
	}
}

// part sets as many lines of a paragraph as there is room for and returns the rest; nil if that was all.
func (f *Flow) part(tag Tag, x, w float64, p *layout.Paragraph) *layout.Paragraph {
	const least = 2
	lines, height := p.MeasureLines(w*mm), p.MeasureHeight(w*mm)/mm
	room := f.Bottom - f.Y
	if height <= room {
		f.Y += f.Page.place(p, tag, x, f.Y, w)
		return nil
	}
	fits := min(int(room/(height/float64(max(lines, 1)))), lines-least)
	if fits < least {
		if f.Y <= f.Top+0.1 && fits < 1 { // nothing ever fits: better over the edge than never
			f.Y += f.Page.place(p, tag, x, f.Y, w)
			return nil
		}
		f.Next()
		return p
	}
	head, tail := p.SplitAfterLine(fits, w*mm)
	f.Y += f.Page.place(head, tag, x, f.Y, w)
	f.Next()
	return tail
}

// Column is a column of a table.
type Column struct {
	Title string
	Share float64 // of the whole width
	Right bool    // figures
}

// Kind is what a row of a table is.
type Kind int

// The kinds of rows.
const (
	Plain  Kind = iota
	Opener      // the title of the rows below it; it has one cell and is never the last on a page
	Sum         // of the rows above it; it is never the first on a page
)

// Entry is a cell of a table.
type Entry struct {
	Text   string
	Detail string // a second part, smaller
	Bold   bool
}

// Line is a row of a table.
type Line struct {
	Kind    Kind
	Entries []Entry
}

// Stroke is a line as it is drawn, its width in millimetres; 0 is none.
type Stroke struct {
	Width float64
	Ink   color.Color
}

func (p *Page) rule(x, y, w float64, s Stroke) {
	if s.Width > 0 {
		p.Line(x, y, x+w, y, s.Width, s.Ink)
	}
}

// Look is how a table is drawn.
type Look struct {
	Head, Body, Detail, Opener Style
	Gap                        float64 // between columns
	Pad                        float64 // above and below a row
	Hair, Rule                 Stroke  // below a row; below heads and sums
}

// Table sets a table. It breaks between rows, with its heads again on each page; a part that has a title moves whole to
// the next page where that is less than a third of it.
func (f *Flow) Table(columns []Column, lines []Line, look Look) {
	t := &table{f, columns, lines, look, make([]float64, len(columns)), make([]float64, len(lines)), nil}
	t.measure()
	for i := 0; i < len(lines); {
		n, whole := t.bond(i)
		if t.begun == nil {
			f.Room(t.headHeight() + max(n.height, whole))
			t.open()
		} else if height := max(n.height, whole); f.Y+height > f.Bottom {
			t.close()
			f.Next()
			t.open()
		}
		for range n.lines {
			t.set(i)
			i++
		}
	}
	if t.begun == nil {
		f.Room(t.headHeight())
		t.open()
	}
	t.close()
}

type table struct {
	*Flow
	columns []Column
	lines   []Line
	look    Look
	widths  []float64
	heights []float64
	begun   func() // closes the part on this page
}

type bond struct {
	lines  int
	height float64
}

func (t *table) measure() {
	var shares float64
	for _, c := range t.columns {
		shares += c.Share
	}
	room := t.Wide - t.look.Gap*float64(len(t.columns)-1)
	for i, c := range t.columns {
		t.widths[i] = c.Share / shares * room
	}
	t.widen()
	for i, l := range t.lines {
		for j, e := range l.Entries {
			w := t.widthOf(l, j)
			t.heights[i] = max(t.heights[i], t.Height(w, t.styleOf(l, j), e.Text)+t.Height(w, t.look.Detail, e.Detail))
		}
		t.heights[i] += 2 * t.look.Pad
		if l.Kind == Opener {
			t.heights[i] += t.look.Pad
		}
	}
}

// widen gives each column what the longest word of its head and its figures need, as long as others have room to spare:
// no head is broken within a word, no figure at all.
func (t *table) widen() {
	spare, lack := make([]float64, len(t.columns)), 0.0
	var free float64
	for i, c := range t.columns {
		need := 0.0
		for word := range strings.FieldsSeq(c.Title) {
			need = max(need, t.Width(t.look.Head, word))
		}
		for _, l := range t.lines {
			if c.Right && l.Kind != Opener && i < len(l.Entries) {
				need = max(need, t.Width(t.styleOf(l, i), l.Entries[i].Text), t.Width(t.look.Detail, l.Entries[i].Detail))
			}
		}
		need += 0.1
		spare[i] = max(t.widths[i]-need, 0)
		free += spare[i]
		if need > t.widths[i] {
			lack += need - t.widths[i]
			t.widths[i] = need
		}
	}
	if lack == 0 || free == 0 {
		return
	}
	for i := range t.widths {
		t.widths[i] -= spare[i] / free * min(lack, free)
	}
}

// widthOf is the width of a cell: a title has the whole row, and the name of a sum all that stands before its figures.
func (t *table) widthOf(l Line, j int) float64 {
	if l.Kind == Opener {
		return t.Wide
	}
	w := t.widths[j]
	for next := j + 1; l.Kind == Sum && j == 0 && next < len(l.Entries)-1 && l.Entries[next].Text == ""; next++ {
		w += t.look.Gap + t.widths[next]
	}
	return w
}

func (t *table) styleOf(l Line, j int) Style {
	s := t.look.Body
	if l.Kind == Opener {
		s = t.look.Opener
	}
	s.Bold = s.Bold || l.Kind == Sum || l.Entries[j].Bold
	if l.Kind != Opener && t.columns[j].Right {
		s.Align = Right
	}
	return s
}

// bond is what may not be parted from a row: what a title stands above, and the sum of the last row. whole is the height
// of the part that begins here, if it is small enough to move as one.
func (t *table) bond(i int) (b bond, whole float64) {
	for j := i; j < len(t.lines); j++ {
		b.lines++
		b.height += t.heights[j]
		if t.lines[j].Kind != Opener && (j+1 == len(t.lines) || t.lines[j+1].Kind != Sum) {
			break
		}
	}
	if t.lines[i].Kind != Opener {
		return b, 0
	}
	for j := i; j < len(t.lines) && (j == i || t.lines[j].Kind != Opener); j++ {
		whole += t.heights[j]
	}
	if whole > (t.Bottom-t.Top)/3 {
		whole = 0
	}
	return b, whole
}

func (t *table) headHeight() (height float64) {
	for i, c := range t.columns {
		height = max(height, t.Height(t.widths[i], t.look.Head, c.Title))
	}
	return height + 2*t.look.Pad
}

// open sets the heads; everything until close is one table to whoever reads by ear.
func (t *table) open() {
	t.begun = t.Page.begin(Table)
	height := t.headHeight()
	t.Page.Within(Row, func() {
		x := t.Left
		for i, c := range t.columns {
			s := t.look.Head
			if c.Right {
				s.Align = Right
			}
			own := t.Height(t.widths[i], s, c.Title)
			t.Page.Text(Head, x, t.Y+height-t.look.Pad-own, t.widths[i], s, c.Title)
			x += t.widths[i] + t.look.Gap
		}
	})
	t.Y += height
	t.Page.rule(t.Left, t.Y, t.Wide, t.look.Rule)
}

func (t *table) close() { t.begun(); t.begun = nil }

func (t *table) set(i int) {
	l := t.lines[i]
	y := t.Y + t.look.Pad
	if l.Kind == Opener {
		y += t.look.Pad
	}
	t.Page.Within(Row, func() {
		x := t.Left
		for j, e := range l.Entries {
			w := t.widthOf(l, j)
			t.Page.Within(Cell, func() {
				h := t.Page.Text("", x, y, w, t.styleOf(l, j), e.Text)
				detail := t.look.Detail
				if t.columns[j].Right {
					detail.Align = Right
				}
				t.Page.Text("", x, y+h, w, detail, e.Detail)
			})
			x += t.widths[j] + t.look.Gap
		}
	})
	t.Y += t.heights[i]
	stroke := t.look.Hair
	if l.Kind == Sum {
		stroke = t.look.Rule
	}
	t.Page.rule(t.Left, t.Y, t.Wide, stroke)
}
