package branding

import (
	"bytes"
	"context"
	"fmt"
	"image/color"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"kontor/internal/access"
	"kontor/internal/audit"
	"kontor/internal/fault"
	"kontor/internal/picture"
	"kontor/internal/sqlite"
)

// Sheet is a sign-off sheet as a PDF, and what exactly it shows.
type Sheet struct {
	Data     []byte
	Name     string // proposed for the file
	approval Approval
}

// Sheet makes the sign-off sheet of the draft. The same draft at the same moment gives the same bytes.
func (s *Service) Sheet(ctx context.Context, language string) (Sheet, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return Sheet{}, err
	}
	text, ok := sheetWords[language]
	if !ok {
		return Sheet{}, fault.New(fault.Invalid, "not_a_choice")
	}
	st, err := s.State(ctx)
	if err != nil {
		return Sheet{}, err
	}
	files, err := s.ready(ctx, st)
	if err != nil {
		return Sheet{}, err
	}
	approval := Approval{
		Square: st.Draft.Square, SquareSum: sumOf(st.plain(), st.Draft.Shown(Square)),
		Rectangular: sumOf(st.plain(), st.Draft.Shown(Rectangular)), Ready: map[string]string{}, Name: st.Name,
		ApprovedBy: actor.AccountID, ApprovedAt: s.db.Now(),
	}
	for _, f := range files {
		approval.Ready[f.Name] = f.SHA256
	}
	data, err := drawSheet(st, files, text, approval.ApprovedAt)
	name := slug(st.Name) + "-" + approval.ApprovedAt.Format(time.DateOnly) + ".pdf"
	return Sheet{data, name, approval}, err
}

// Approve remembers what a sheet shows, once it has been written: later drift is measured against it.
func (s *Service) Approve(ctx context.Context, sheet Sheet) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		a := sheet.approval
		a.ID = tx.NewID()
		if err := insertApproval(ctx, tx, actor.OrganizationID, a); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Branding, ObjectID: actor.OrganizationID, ObjectName: "sheet",
			New: a.SquareSum + a.Rectangular,
		})
	})
}

const (
	pageWidth = 210.0 // millimetres, A4
	margin    = 14.0
	inner     = pageWidth - 2*margin
)

// page is a PDF in the making.
type page struct {
	*fpdf.Fpdf
	words words
	state State
}

func drawSheet(st State, files []File, w words, at time.Time) ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCreationDate(at)
	pdf.SetModificationDate(at)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(w.title+" · "+st.Name, true)
	pdf.SetAuthor("Kontor", true)
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(true, 16)
	sh := &page{pdf, w, st}
	pdf.SetFooterFunc(func() {
		pdf.SetY(-12)
		sh.ink(grounds[Light].Muted)
		pdf.SetFont("go", "", 8)
		pdf.CellFormat(0, 5, fmt.Sprintf("%s %d", w.page, pdf.PageNo()), "", 0, "R", false, 0, "")
	})
	for _, f := range files {
		pdf.RegisterImageOptionsReader(f.Name, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(f.Data))
	}
	pdf.AddPage()
	sh.head(at)
	sh.previews(files)
	sh.measured()
	for _, slot := range []Slot{Square, Rectangular} {
		sh.logo(slot, files)
	}
	sh.signature()
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (s *page) ink(c color.NRGBA)   { s.SetTextColor(int(c.R), int(c.G), int(c.B)) }
func (s *page) brush(c color.NRGBA) { s.SetFillColor(int(c.R), int(c.G), int(c.B)) }

func (s *page) line(height float64, style string, size float64, c color.NRGBA, text string) {
	s.SetFont("go", style, size)
	s.ink(c)
	s.MultiCell(0, height, text, "", "L", false)
}

func (s *page) head(at time.Time) {
	light := grounds[Light]
	s.line(8, "B", 16, light.Text, s.words.title)
	s.line(6, "B", 11, light.Text, s.state.Name)
	s.line(5, "", 9, light.Muted, fmt.Sprintf("%s %s, %s", s.words.made, at.UTC().Format("2006-01-02 15:04 UTC"), s.words.by))
	s.line(5, "", 9, light.Muted, s.words.rule)
	s.Ln(2)
}

func (s *page) heading(text string) {
	s.Ln(2)
	s.line(7, "B", 11, grounds[Light].Text, text)
}

// previews draws every cell: three themes by the Manager expanded and collapsed, kDrive and Mail.
func (s *page) previews(files []File) {
	s.heading(s.words.previews)
	const gap, height, label = 4.0, 22.0, 5.0
	width := (inner - 2*gap) / 3
	rows := []struct {
		name string
		draw func(g Ground, x, y, w, h float64)
	}{
		{s.words.manager, func(g Ground, x, y, w, h float64) { s.manager(g, files, true, x, y, w, h) }},
		{s.words.collapsed, func(g Ground, x, y, w, h float64) { s.manager(g, files, false, x, y, w, h) }},
		{"kDrive", func(g Ground, x, y, w, h float64) { s.application(g, files, "kDrive", x, y, w, h) }},
		{"Mail", func(g Ground, x, y, w, h float64) { s.application(g, files, "Mail", x, y, w, h) }},
	}
	for _, row := range rows {
		y := s.GetY()
		for i, t := range Themes() {
			x := margin + float64(i)*(width+gap)
			row.draw(grounds[t], x, y, width, height)
			s.SetXY(x, y+height)
			s.SetFont("go", "", 8)
			s.ink(grounds[Light].Muted)
			s.CellFormat(width, label, row.name+", "+s.words.themes[t], "", 0, "L", false, 0, "")
		}
		s.SetXY(margin, y+height+label+1)
	}
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
	s.bars(g, x+2, y+11, side-4, 4)
	s.bars(g, x+side+4, y+11, w-side-8, 3)
}

func (s *page) application(g Ground, files []File, name string, x, y, w, h float64) {
	s.frame(g, x, y, w, h)
	s.image(files, Rectangular, x+3, y+2.4, 4.8, w*0.6)
	s.SetFont("go", "", 7)
	s.ink(g.Muted)
	s.SetXY(x, y+2)
	s.CellFormat(w-3, 6, name, "", 0, "R", false, 0, "")
	s.bars(g, x+4, y+11, w-8, 3)
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
	s.SetFont("go", "B", side*1.1)
	s.ink(colors[1])
	s.SetXY(x, y)
	s.CellFormat(side, side, InitialsOf(s.state.Name), "", 0, "CM", false, 0, "")
}

// name writes the organization's name into the sidebar, cut where it does not fit.
func (s *page) name(g Ground, x, y, w, h float64) {
	s.SetFont("go", "B", 7)
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

func (s *page) row(name, value string) {
	const left = 62.0
	s.SetFont("go", "", 9)
	s.ink(grounds[Light].Muted)
	s.CellFormat(left, 5, name, "", 0, "L", false, 0, "")
	s.ink(grounds[Light].Text)
	s.MultiCell(inner-left, 5, value, "", "L", false)
}

// measured tells the contrast of each cell.
func (s *page) measured() {
	s.heading(s.words.contrast + " (" + s.words.advised + ")")
	if s.state.Draft.Square == Initials {
		var list []string
		for _, t := range Themes() {
			c := grounds[t].Avatars[AvatarOf(s.state.OrganizationID)]
			list = append(list, s.words.themes[t]+" "+s.ratio(picture.Ratio(c[0], c[1])))
		}
		s.row(s.words.initials, strings.Join(list, "; "))
	}
	for _, slot := range []Slot{Square, Rectangular} {
		p, ok := s.picture(slot)
		if !ok {
			continue
		}
		for _, m := range p.Facts.Contrast {
			verdict := s.words.reached
			if m.Ratio < GraphicRatio {
				verdict = s.words.missed
			}
			place := s.words.sidebar
			if m.Place == InHeader {
				place = s.words.header
			}
			s.row(s.slot(slot), fmt.Sprintf("%s, %s: %s (%s)", s.words.themes[m.Theme], place, s.ratio(m.Ratio), verdict))
		}
	}
	s.line(5, "", 8, grounds[Light].Muted, s.words.exempt)
}

func (s *page) slot(slot Slot) string {
	if slot == Square {
		return s.words.square
	}
	return s.words.rectangular
}

func (s *page) picture(slot Slot) (Viewed, bool) {
	id := s.state.Draft.Shown(slot)
	for _, p := range s.state.Pictures {
		if p.ID == id {
			return p, true
		}
	}
	return Viewed{}, false
}

func (s *page) decimal(v float64, digits int) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', digits, 64), ".", s.words.decimal, 1)
}

// ratio is cut, not rounded: 2.96 must not read as 3.0.
func (s *page) ratio(v float64) string { return s.decimal(float64(int(v*10+1e-9))/10, 1) + ":1" }

// logo tells the facts of one place.
func (s *page) logo(slot Slot, files []File) {
	s.heading(s.slot(slot))
	p, ok := s.picture(slot)
	if !ok {
		text := s.words.none
		if slot == Square {
			text = s.words.initials + ": " + InitialsOf(s.state.Name)
		}
		s.line(5, "", 9, grounds[Light].Text, text)
		return
	}
	f := p.Facts
	name := p.Name
	if p.Drawn {
		name += " (" + s.words.drawn + ")"
	}
	s.row(s.words.file, name)
	s.row(s.words.size, fmt.Sprintf("%d × %d px", f.Width, f.Height))
	s.row(s.words.ratio, fmt.Sprintf("%d:%d", f.RatioW, f.RatioH))
	s.row(s.words.weight, s.decimal(float64(f.Bytes)/1000, 1)+" kB")
	s.row(s.words.transparency, s.decimal(f.Transparent*100, 1)+" %")
	s.row(s.words.border, fmt.Sprintf("%d, %d, %d, %d px", f.Border.Top, f.Border.Right, f.Border.Bottom, f.Border.Left))
	if f.Profile.Kind != picture.ProfileNone {
		s.row(s.words.profile, f.Profile.Name)
	}
	for _, a := range p.Advice {
		if a.Hint == HintEnlarged {
			s.row("", fmt.Sprintf(s.words.enlarged, s.decimal(a.Factor, 1)))
		}
	}
	s.row(s.words.source, p.SHA256)
	for _, file := range files {
		if file.Slot == slot {
			s.row(s.words.ready, fmt.Sprintf("%s, %d × %d px, %s kB\n%s", file.Name, file.Width, file.Height,
				s.decimal(float64(len(file.Data))/1000, 1), file.SHA256))
		}
	}
}

func (s *page) signature() {
	s.line(5, "", 8, grounds[Light].Muted, s.words.assumed)
	s.Ln(12)
	if s.GetY() > 265 {
		s.AddPage()
		s.Ln(12)
	}
	width := inner / 3
	y := s.GetY()
	s.SetDrawColor(0, 0, 0)
	for i, text := range []string{s.words.signName, s.words.signDate, s.words.signature} {
		x := margin + float64(i)*width
		s.Line(x, y, x+width-6, y)
		s.SetXY(x, y+1)
		s.SetFont("go", "", 8)
		s.ink(grounds[Light].Muted)
		s.CellFormat(width-6, 5, text, "", 0, "L", false, 0, "")
	}
}
