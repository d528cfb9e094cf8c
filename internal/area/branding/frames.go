package branding

import (
	"strings"

	"kontor/internal/host/typeset"
)

// previews draws every cell: three themes by the Manager expanded and collapsed, kDrive and Mail.
func (s *page) previews(files []File) {
	s.heading(s.T("branding_paper_previews"))
	const gap, height, label = 4.0, 19.0, 5.0
	width := (inner - 2*gap) / 3
	rows := []struct {
		name string
		draw func(g Ground, x, y, w, h float64)
	}{
		{s.T("branding_manager"), func(g Ground, x, y, w, h float64) { s.manager(g, files, true, x, y, w, h) }},
		{s.T("branding_paper_collapsed"), func(g Ground, x, y, w, h float64) { s.manager(g, files, false, x, y, w, h) }},
		{"kDrive", func(g Ground, x, y, w, h float64) { s.application(g, files, "kDrive", x, y, w, h) }},
		{"Mail", func(g Ground, x, y, w, h float64) { s.application(g, files, "Mail", x, y, w, h) }},
	}
	for _, row := range rows {
		for i, t := range Themes() {
			x := margin + float64(i)*(width+gap)
			row.draw(s.state.Grounds.theme(t), x, s.Y, width, height)
			s.Page.Text(typeset.Paragraph, x, s.Y+height+0.5, width, style(8, grounds[Light].Muted), row.name+", "+s.theme(t))
		}
		s.Y += height + label + 1
	}
	s.Text(typeset.Paragraph, style(8, grounds[Light].Muted), s.T("branding_ground_note")+" "+s.colors())
}

// colors names the ground of each theme, in the Manager and in the applications.
func (s *page) colors() string {
	var list []string
	for _, t := range Themes() {
		one := s.theme(t)
		for i, p := range Places() {
			one += []string{" ", " / "}[i] + Hex(s.state.Grounds.Of(t, p))
			if s.state.Grounds.Own(t, p) {
				one += " (" + s.T("branding_ground_own") + ")"
			}
		}
		list = append(list, one)
	}
	return strings.Join(list, "; ")
}

func (s *page) frame(g Ground, x, y, w, h float64) {
	s.Page.Box(x, y, w, h, 0, g.Header, g.Border)
}

func (s *page) bars(g Ground, x, y, w float64, n int) {
	for i := range n {
		s.Page.Box(x, y+float64(i)*3, w*[]float64{0.8, 0.6, 0.7, 0.5}[i%4], 1, 0, g.Border, nil)
	}
}

func (s *page) manager(g Ground, files []File, expanded bool, x, y, w, h float64) {
	g.Header = grounds[g.Theme].Header // what was noted for it is that of the applications
	s.frame(g, x, y, w, h)
	side := 10.0
	if expanded {
		side = w * 0.55
	}
	s.Page.Box(x, y, side, h, 0, g.Sidebar, g.Border)
	s.square(g, files, x+2, y+2, 6)
	if expanded && !s.image(files, Rectangular, x+10, y+2.6, 4.8, side-12) {
		s.name(g, x+9.5, y+2, side-11, 6)
	}
	s.bars(g, x+2, y+10, side-4, 3)
	s.bars(g, x+side+4, y+10, w-side-8, 3)
}

func (s *page) application(g Ground, files []File, name string, x, y, w, h float64) {
	s.frame(g, x, y, w, h)
	s.image(files, Rectangular, x+3, y+2.4, 4.8, w*0.6)
	right := style(7, g.Muted)
	right.Align = typeset.Right
	s.Page.Text(typeset.Paragraph, x, y+3.2, w-3, right, name)
	s.bars(g, x+4, y+10, w-8, 3)
}

// square draws the square logo or the initials.
func (s *page) square(g Ground, files []File, x, y, side float64) {
	if s.state.Draft.Square == Logo {
		s.image(files, Square, x, y, side, side)
		return
	}
	colors := g.Avatars[AvatarOf(s.state.OrganizationID)]
	s.Page.Box(x, y, side, side, side*0.2, colors[0], nil)
	text := InitialsOf(s.state.Name)
	st := strong(side*1.1, colors[1])
	if w := s.Width(st, text); w > side*0.9 { // characters written by their numbers are long
		st.Size *= side * 0.9 / w
	}
	st.Align = typeset.Centre
	s.Page.Text(typeset.Paragraph, x, y+(side-s.Height(side, st, text))/2, side, st, text)
}

// name writes the organization's name into the sidebar, cut where it does not fit.
func (s *page) name(g Ground, x, y, w, h float64) {
	st := strong(7, g.Text)
	text := s.Fit(w-1, st, s.state.Name)
	s.Page.Text(typeset.Paragraph, x, y+(h-s.Height(w, st, text))/2, w, st, text)
}

// image draws the ready file of a place at 2×, within a box; false if there is none.
func (s *page) image(files []File, slot Slot, x, y, height, widest float64) bool {
	for _, f := range files {
		if f.Slot != slot || f.Density != 2 {
			continue
		}
		w := height * float64(f.Width) / float64(f.Height)
		if w > widest {
			shrunk := height * widest / w
			y, height, w = y+(height-shrunk)/2, shrunk, widest
		}
		if err := s.Page.Picture(f.Name, f.Data, x, y, w, height, s.slot(slot)); err != nil && s.err == nil {
			s.err = err
		}
		return true
	}
	return false
}
