package letter

import (
	"image/color"
	"strings"

	"kontor/internal/host/typeset"
)

// Places on the page, in millimetres. The address stands where the window of an envelope C5/6 shows it: on the left
// after DIN 5008, on the right after the Swiss Post.
const (
	left, wide  = 22.0, 170.0
	top, bottom = 16.0, 270.0
	laterTop    = 28.0
	footTop     = 283.0
	windowTop   = 47.0
	windowLeft  = 22.0
	windowRight = 118.0
	windowWide  = 78.0
	belowWindow = 90.0
	factsWide   = 74.0
	logoWide    = 62.0
	logoHigh    = 17.0
)

var (
	ink   = color.NRGBA{0x1d, 0x21, 0x22, 0xff}
	muted = color.NRGBA{0x4f, 0x55, 0x56, 0xff}
	hair  = color.NRGBA{0xdc, 0xd9, 0xd2, 0xff}
	rule  = color.NRGBA{0x7b, 0x80, 0x81, 0xff}
	well  = color.NRGBA{0xef, 0xed, 0xe8, 0xff}

	body   = typeset.Style{Size: 9.5, Ink: ink}
	strong = typeset.Style{Size: 9.5, Ink: ink, Bold: true}
	small  = typeset.Style{Size: 8.5, Ink: muted}
	tiny   = typeset.Style{Size: 7.5, Ink: muted}
)

func look(accent color.NRGBA) typeset.Look {
	return typeset.Look{
		Head: typeset.Style{Size: 8, Ink: muted}, Body: body, Detail: small, Opener: typeset.Style{Size: 9, Ink: accent, Bold: true},
		Gap: 4, Pad: 1.2, Hair: typeset.Stroke{Width: 0.14, Ink: hair}, Rule: typeset.Stroke{Width: 0.21, Ink: rule},
	}
}

type sheet struct {
	Letter
	typeset.Flow
	err error
}

// PDF writes the letter. The same letter has the same bytes.
func (l Letter) PDF() ([]byte, error) {
	s := &sheet{Letter: l, Flow: typeset.Flow{
		Document: typeset.New(typeset.Meta{Title: l.Title, Subject: l.Subject, Author: l.Head.Name, Language: l.Language, At: l.At}),
		Left:     left, Wide: wide, Top: top, Bottom: bottom,
	}}
	s.Begin = func(f *typeset.Flow) {
		if len(f.Pages()) > 1 {
			s.later()
		}
	}
	s.Next()
	s.first()
	s.code()
	for _, o := range l.Offers {
		s.offer(o)
	}
	s.terms()
	s.closing()
	if s.Numbered() {
		s.Gap(2)
		s.Flow.Text(typeset.Paragraph, tiny, l.Unset)
	}
	s.accept()
	for i, p := range s.Pages() {
		s.foot(p, i+1)
	}
	if s.err != nil {
		return nil, s.err
	}
	return s.Flow.PDF()
}

// first is the letterhead, the address, what the letter is and how it begins.
func (s *sheet) first() {
	end := s.letterhead()
	s.Page.Line(left, end, left+wide, end, 0.21, s.Head.Accent)
	s.address()
	s.Y = max(s.Y, belowWindow)
	s.Flow.Text(typeset.Title, typeset.Style{Size: 16, Ink: ink, Bold: true, Leading: 1.25}, s.Title)
	subject := body
	subject.Ink = muted
	s.Flow.Text(typeset.Paragraph, subject, s.Subject)
	s.Gap(5)
	for _, text := range s.Opening {
		s.Flow.Text(typeset.Paragraph, body, text)
		s.Gap(3)
	}
}

// code is the QR code with what it says, and the white that it needs around it.
func (s *sheet) code() {
	const size, white, name = 42.0, 6.0, 34.0
	if s.Code.Text == "" || s.err != nil {
		return
	}
	s.Gap(white)
	s.Room(size + white)
	s.err = s.Page.Code(s.Code.Text, left+white, s.Y, size)
	x, y := left+size+3*white, s.Y
	label := body
	label.Ink = muted
	for _, f := range s.Code.Says {
		h := s.Page.Text(typeset.Paragraph, x, y, name, label, f[0])
		y += max(h, s.Page.Text(typeset.Paragraph, x+name+2, y, left+wide-x-name-2, body, f[1])) + 1.6
	}
	s.Y = max(y, s.Y+size) + white
}

func (s *sheet) letterhead() (end float64) {
	if l := s.Head.Logo; len(l.PNG) > 0 && l.Width > 0 && l.Height > 0 {
		h := min(logoHigh, logoWide*float64(l.Height)/float64(l.Width))
		s.err = s.Page.Picture("logo", l.PNG, left, top, h*float64(l.Width)/float64(l.Height), h, s.Head.Name)
		end = top + h
	} else {
		name := typeset.Style{Size: 14, Ink: s.Head.Accent, Bold: true, Leading: 1.2}
		end = top + s.Page.Text(typeset.Paragraph, left, top, wide/2-10, name, s.Head.Name)
	}
	lines := typeset.Style{Size: 8, Ink: muted, Align: typeset.Right, Leading: 1.45}
	y := top
	for _, line := range s.Head.Lines {
		y += s.Page.Text(typeset.Paragraph, left+wide/2-10, y, wide/2+10, lines, line)
	}
	return min(max(end, y, 29)+3.5, windowTop-4)
}

func (s *sheet) address() {
	x, facts := windowLeft, left+wide-factsWide
	if s.Head.Right {
		x, facts = windowRight, left
	}
	sender := typeset.Style{Size: 7, Ink: muted}
	y := windowTop
	if s.Head.Sender != "" {
		text := s.Fit(windowWide, sender, s.Head.Sender)
		y += s.Page.Text(typeset.Paragraph, x, y, windowWide, sender, text)
		s.Page.Line(x, y, x+min(s.Width(sender, text), windowWide), y, 0.1, muted)
	}
	y += 1.8
	for _, line := range s.Address {
		y += s.Page.Text(typeset.Paragraph, x, y, windowWide-6, body, line)
	}
	for _, line := range s.Small {
		y += s.Page.Text(typeset.Paragraph, x, y, windowWide-6, small, line)
	}
	s.Y = y + 6
	y = windowTop
	label, value := body, body
	label.Ink, value.Align = muted, typeset.Right
	name := 0.0
	for _, f := range s.Facts {
		name = max(name, s.Width(label, f[0]))
	}
	name = min(name, factsWide/2)
	for _, f := range s.Facts {
		h := s.Page.Text(typeset.Paragraph, facts, y, name+0.2, label, f[0])
		y += max(h, s.Page.Text(typeset.Paragraph, facts+name+4, y, factsWide-name-4, value, f[1])) + 0.9
	}
	s.Y = max(s.Y, y+6)
}

// later is the head of every page but the first.
func (s *sheet) later() {
	const titled = 60.0
	s.Page.Aside(func() {
		h := s.Page.Text(typeset.Paragraph, left, top, titled, strong, s.Fit(titled, strong, s.Title))
		right := body
		right.Ink, right.Align = muted, typeset.Right
		s.Page.Text(typeset.Paragraph, left+titled+2, top, wide-titled-2, right, s.Fit(wide-titled-2, right, s.Running))
		s.Page.Line(left, top+h+1.5, left+wide, top+h+1.5, 0.21, s.Head.Accent)
	})
	s.Top, s.Y = laterTop, laterTop
}

func (s *sheet) heading(text string, room float64) {
	s.Gap(5)
	s.Room(room)
	s.Flow.Text(typeset.Heading, typeset.Style{Size: 10.5, Ink: ink, Bold: true}, text)
	s.Gap(1.2)
}

func (s *sheet) offer(o Offer) {
	if o.Title != "" {
		s.heading(o.Title, 40)
	}
	if o.Lead != "" {
		s.Flow.Text(typeset.Paragraph, small, o.Lead)
		s.Gap(1.5)
	}
	columns := []typeset.Column{
		{Title: o.Columns[0], Share: 44},
		{Title: o.Columns[1], Share: 14, Right: true},
		{Title: o.Columns[2], Share: 15, Right: true},
		{Title: o.Columns[3], Share: 11, Right: true},
		{Title: o.Columns[4], Share: 16, Right: true},
	}
	pick := func(list []typeset.Entry) []typeset.Entry {
		if o.Bare {
			return append(list[:3:3], list[4])
		}
		return list
	}
	if o.Bare {
		columns = append(columns[:3:3], columns[4])
	}
	var lines []typeset.Line
	for _, part := range o.Parts {
		lines = append(lines, typeset.Line{Kind: typeset.Opener, Entries: []typeset.Entry{{Text: part.Title}}})
		for _, r := range part.Rows {
			lines = append(lines, typeset.Line{Entries: pick([]typeset.Entry{
				{Text: r.Item, Detail: r.Detail, Bold: true}, {Text: r.Quantity}, {Text: r.Price}, {Text: r.Discount}, {Text: r.Amount},
			})})
		}
		for _, sum := range part.Sums {
			lines = append(lines, typeset.Line{Kind: typeset.Sum, Entries: pick([]typeset.Entry{{Text: sum.Name}, {}, {}, {}, {Text: sum.Amount}})})
		}
	}
	s.Flow.Table(columns, lines, look(s.Head.Accent))
	s.summary(o)
}

// summary is the table of the parts, with the figure for the first year and what is to be known of them.
func (s *sheet) summary(o Offer) {
	if len(o.Summary.Rows) > 0 {
		s.heading(o.Summary.Title, 34+8*float64(len(o.Summary.Rows))) // with the figure below it
		columns := make([]typeset.Column, len(o.Summary.Columns))
		for i, title := range o.Summary.Columns {
			columns[i] = typeset.Column{Title: title, Share: 14, Right: i > 0}
		}
		columns[0].Share = 40
		lines := make([]typeset.Line, len(o.Summary.Rows))
		for i, row := range o.Summary.Rows {
			for j, text := range row {
				lines[i].Entries = append(lines[i].Entries, typeset.Entry{Text: text, Bold: j == len(row)-1})
			}
		}
		s.Flow.Table(columns, lines, look(s.Head.Accent))
	}
	if o.First.Amount != "" {
		s.figure(o.First)
	}
	for _, note := range o.Notes {
		s.Gap(1.5)
		s.Flow.Text(typeset.Paragraph, small, note)
	}
}

func (s *sheet) figure(f Figure) {
	const pad = 3.0
	large := typeset.Style{Size: 13, Ink: ink, Bold: true, Align: typeset.Right}
	amount := s.Width(large, f.Amount) + 1
	words := wide - 2*pad - amount - 4
	height := s.Height(words, body, f.Name) + s.Height(words, small, f.Detail) + 2*pad
	s.Gap(3)
	s.Room(height)
	s.Page.Box(left, s.Y, wide, height, 1.5, well, nil)
	h := s.Page.Text(typeset.Paragraph, left+pad, s.Y+pad, words, body, f.Name)
	s.Page.Text(typeset.Paragraph, left+pad, s.Y+pad+h, words, small, f.Detail)
	s.Page.Text(typeset.Paragraph, left+wide-pad-amount, s.Y+(height-s.Height(amount, large, f.Amount))/2, amount, large, f.Amount)
	s.Y += height
}

func (s *sheet) terms() {
	const label = 34.0
	if len(s.Terms.List) == 0 {
		return
	}
	s.heading(s.Terms.Title, 20)
	for _, t := range s.Terms.List {
		s.Room(min(s.Height(wide-label, body, t[1]), 9))
		y, page := s.Y, s.Page
		named := page.Text(typeset.Paragraph, left, y, label-3, strong, t[0])
		s.TextAt(typeset.Paragraph, left+label, wide-label, body, t[1])
		if s.Page == page {
			s.Y = max(s.Y, y+named)
		}
		s.Gap(1.6)
	}
}

// closing stands together.
func (s *sheet) closing() {
	if len(s.Closing) == 0 {
		return
	}
	s.Gap(6)
	s.Room(5 * float64(len(s.Closing)))
	for i, text := range s.Closing {
		style := body
		if i == 1 {
			style = strong
		}
		s.Flow.Text(typeset.Paragraph, style, text)
	}
}

// accept is the place to sign, at the foot of the last page.
func (s *sheet) accept() {
	const pad, gap, line = 5.0, 6.0, 17.0
	a := s.Accept
	if a.Title == "" {
		return
	}
	title := typeset.Style{Size: 10.5, Ink: ink, Bold: true}
	inner := wide - 2*pad
	height := pad + s.Height(inner, title, a.Title) + 1.5 + s.Height(inner, body, a.Text) + 5.5*float64(len(a.Choices)) + line + 10
	s.Gap(8)
	s.Room(height)
	y := max(s.Y, bottom-height)
	s.Page.Within(typeset.Section, func() {
		s.Page.Box(left, y, wide, height, 1.5, nil, rule)
		y += pad
		y += s.Page.Text(typeset.Heading, left+pad, y, inner, title, a.Title) + 1.5
		y += s.Page.Text(typeset.Paragraph, left+pad, y, inner, body, a.Text)
		for _, choice := range a.Choices {
			y += 1.2
			s.Page.Box(left+pad, y+0.8, 2.8, 2.8, 0, nil, rule)
			y += s.Page.Text(typeset.Paragraph, left+pad+5, y, inner-5, body, s.Fit(inner-5, body, choice))
		}
		y += line
		x := left + pad
		for i, share := range []float64{1, 1, 1.3} {
			w := (inner - 2*gap) * share / 3.3
			s.Page.Line(x, y, x+w, y, 0.21, ink)
			s.Page.Text(typeset.Paragraph, x, y+1, w, typeset.Style{Size: 8, Ink: muted}, a.Fields[i])
			x += w + gap
		}
	})
	s.Y = bottom
}

func (s *sheet) foot(p *typeset.Page, n int) {
	number := s.Title + " · " + s.PageOf(n, len(s.Pages()))
	p.Aside(func() {
		p.Line(left, footTop, left+wide, footTop, 0.14, hair)
		right := tiny
		right.Align = typeset.Right
		number = s.Fit(wide/2, tiny, number)
		w := s.Width(tiny, number) + 0.5
		p.Text(typeset.Paragraph, left+wide-w, footTop+2, w, right, number)
		footer := strings.Split(s.Head.Footer, "\n")
		y := footTop + 2
		for _, line := range footer[:min(len(footer), 2)] {
			y += p.Text(typeset.Paragraph, left, y, wide-w-4, tiny, s.Fit(wide-w-4, tiny, line))
		}
	})
}
