package branding

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"

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
		y := s.GetY()
		for i, t := range Themes() {
			x := margin + float64(i)*(width+gap)
			row.draw(s.state.Grounds.theme(t), x, y, width, height)
			s.SetXY(x, y+height)
			s.SetFont(typeset.Font, "", 8)
			s.ink(grounds[Light].Muted)
			s.CellFormat(width, label, row.name+", "+s.theme(t), "", 0, "L", false, 0, "")
		}
		s.SetXY(margin, y+height+label+1)
	}
	s.line(4, "", 8, grounds[Light].Muted, s.T("branding_ground_note")+" "+s.colors())
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
	s.brush(g.Header)
	s.SetDrawColor(int(g.Border.R), int(g.Border.G), int(g.Border.B))
	s.SetLineWidth(0.2)
	s.Rect(x, y, w, h, "FD")
}

func (s *page) bars(g Ground, x, y, w float64, n int) {
	s.brush(g.Border)
	for i := range n {
		s.Rect(x, y+float64(i)*3, w*[]float64{0.8, 0.6, 0.7, 0.5}[i%4], 1, "F")
	}
}

func (s *page) manager(g Ground, files []File, expanded bool, x, y, w, h float64) {
	g.Header = grounds[g.Theme].Header // what was noted for it is that of the applications
	s.frame(g, x, y, w, h)
	side := 10.0
	if expanded {
		side = w * 0.55
	}
	s.brush(g.Sidebar)
	s.Rect(x, y, side, h, "FD")
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
	s.SetFont(typeset.Font, "", 7)
	s.ink(g.Muted)
	s.SetXY(x, y+2)
	s.CellFormat(w-3, 6, name, "", 0, "R", false, 0, "")
	s.bars(g, x+4, y+10, w-8, 3)
}

// square draws the square logo or the initials.
func (s *page) square(g Ground, files []File, x, y, side float64) {
	if s.state.Draft.Square == Logo {
		s.image(files, Square, x, y, side, side)
		return
	}
	colors := g.Avatars[AvatarOf(s.state.OrganizationID)]
	s.brush(colors[0])
	s.RoundedRect(x, y, side, side, side*0.2, "1234", "F")
	text := InitialsOf(s.state.Name)
	size := side * 1.1
	s.SetFont(typeset.Font, "B", size)
	if w := s.GetStringWidth(text); w > side*0.9 { // characters written by their numbers are long
		s.SetFont(typeset.Font, "B", size*side*0.9/w)
	}
	s.ink(colors[1])
	s.SetXY(x, y)
	s.CellFormat(side, side, text, "", 0, "CM", false, 0, "")
}

// name writes the organization's name into the sidebar, cut where it does not fit.
func (s *page) name(g Ground, x, y, w, h float64) {
	s.SetFont(typeset.Font, "B", 7)
	s.ink(g.Text)
	text := s.state.Name
	for runes := []rune(text); s.GetStringWidth(text) > w && len(runes) > 1; text = string(runes) + "…" {
		runes = runes[:len(runes)-1]
	}
	s.SetXY(x, y)
	s.CellFormat(w, h, text, "", 0, "LM", false, 0, "")
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
		s.ImageOptions(f.Name, x, y, w, height, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
		return true
	}
	return false
}
