package branding

import (
	"context"
	"fmt"
	"image/color"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/words"
	"kontor/internal/host/picture"
	"kontor/internal/host/typeset"
)

// Sheet is the sheet on which a look is put before somebody, as a PDF. It approves nothing.
type Sheet struct {
	Data []byte
	Name string // proposed for the file
}

// Sheet makes the sheet of the draft. The same draft at the same moment gives the same bytes.
func (s *Service) Sheet(ctx context.Context, reader words.Locale) (Sheet, error) {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return Sheet{}, err
	}
	st, err := s.State(ctx)
	if err != nil {
		return Sheet{}, err
	}
	files, err := s.ready(ctx, st)
	if err != nil {
		return Sheet{}, err
	}
	now, w := s.db.Now(), words.For(reader)
	data, err := drawSheet(st, files, w, now.In(s.clock.Location(ctx)))
	return Sheet{data, fmt.Sprintf("%s-%s-%s.pdf", slug(st.Name), slug(w.T("branding_paper_title")), s.clock.Of(ctx, now))}, err
}

const (
	pageWidth  = 210.0 // millimetres, A4
	pageHeight = 297.0
	margin     = 14.0
	bottom     = 16.0
	inner      = pageWidth - 2*margin
)

// page is a PDF in the making.
type page struct {
	typeset.Flow
	*words.Book
	state State
	err   error // of the first picture that could not be drawn
}

// drawSheet draws what a sheet shows, made at a moment in the zone of who makes it.
func drawSheet(st State, files []File, w *words.Book, at time.Time) ([]byte, error) {
	sh := &page{Book: w, state: st, Flow: typeset.Flow{
		Document: typeset.New(typeset.Meta{Title: w.T("branding_paper_title") + " · " + st.Name, Author: st.Name, Language: w.Tag(), At: at}),
		Left:     margin, Wide: inner, Top: margin, Bottom: pageHeight - bottom,
	}}
	sh.Next()
	sh.head(at)
	sh.previews(files)
	sh.measured()
	for _, slot := range []Slot{Square, Rectangular} {
		sh.logo(slot, files)
	}
	sh.signature()
	sh.numbers()
	if sh.err != nil {
		return nil, sh.err
	}
	return sh.PDF()
}

// numbers says on each page which it is.
func (s *page) numbers() {
	style := typeset.Style{Size: 8, Align: typeset.Right, Ink: grounds[Light].Muted}
	for i, p := range s.Pages() {
		p.Aside(func() {
			p.Text(typeset.Paragraph, margin, pageHeight-12, inner, style, fmt.Sprintf("%s %d / %d", s.T("branding_paper_page"), i+1, len(s.Pages())))
		})
	}
}

func style(size float64, ink color.Color) typeset.Style { return typeset.Style{Size: size, Ink: ink} }

func strong(size float64, ink color.Color) typeset.Style {
	return typeset.Style{Size: size, Ink: ink, Bold: true}
}

func (s *page) head(at time.Time) {
	light := grounds[Light]
	s.Text(typeset.Title, strong(16, light.Text), s.T("branding_paper_title"))
	s.Text(typeset.Paragraph, strong(11, light.Text), s.state.Name)
	s.Text(typeset.Paragraph, style(9, light.Muted), fmt.Sprintf("%s %s, %s", s.T("branding_paper_made"), s.Moment(at), s.T("branding_paper_by")))
	s.Text(typeset.Paragraph, style(9, light.Muted), s.T("branding_paper_rule"))
	s.Gap(2)
}

func (s *page) heading(text string) {
	s.Gap(2)
	s.Room(16)
	s.Text(typeset.Heading, strong(11, grounds[Light].Text), text)
}

func (s *page) row(name, value string) {
	const left = 62.0
	label, text := style(9, grounds[Light].Muted), style(9, grounds[Light].Text)
	s.Room(s.Height(inner-left, text, value)) // what belongs together is not parted
	s.Page.Text(typeset.Paragraph, margin, s.Y, left-2, label, name)
	below := s.Y + s.Height(left-2, label, name)
	s.TextAt(typeset.Paragraph, margin+left, inner-left, text, value)
	s.Y = max(s.Y, below) + 0.6
}

// measured tells the contrast of each cell.
func (s *page) measured() {
	s.heading(s.T("branding_paper_contrast") + " (" + s.T("branding_paper_advised", "graphic", s.decimal(GraphicRatio, 0), "text", s.decimal(TextRatio, 1)) + ")")
	if s.state.Draft.Square == Initials {
		var list []string
		for _, t := range Themes() {
			c := grounds[t].Avatars[AvatarOf(s.state.OrganizationID)]
			list = append(list, s.theme(t)+" "+s.ratio(picture.Ratio(c[0], c[1])))
		}
		s.row(s.T("branding_initials"), strings.Join(list, "; "))
	}
	for _, slot := range []Slot{Square, Rectangular} {
		p, ok := s.picture(slot)
		if !ok {
			continue
		}
		for _, t := range Themes() {
			s.row(s.slot(slot)+", "+s.theme(t), strings.Join(s.contrasts(p.Facts, t), "; "))
		}
	}
	s.Text(typeset.Paragraph, style(8, grounds[Light].Muted), s.T("branding_paper_exempt"))
}

// contrasts tells, for one theme, each place with its ratio and whether that is enough.
func (s *page) contrasts(f Facts, t Theme) []string {
	var list []string
	for _, m := range f.Contrast {
		if m.Theme != t {
			continue
		}
		verdict, place := s.T("branding_paper_reached"), s.T("branding_paper_sidebar")
		if grade := m.Grade(); grade == GradeLost {
			verdict = s.T("branding_paper_lost")
		} else if grade == GradeWeak {
			verdict = s.T("branding_paper_missed", "graphic", s.decimal(GraphicRatio, 0))
		}
		if m.Place == InHeader {
			place = s.T("branding_paper_header")
		}
		list = append(list, fmt.Sprintf("%s %s (%s)", place, s.said(m), verdict))
	}
	return list
}

func (s *page) said(m Measure) string {
	if m = m.said(); m.Ratio == picture.Plenty {
		return s.T("branding_at_least", "ratio", s.ratio(m.Ratio))
	}
	return s.ratio(m.Ratio)
}

func (s *page) slot(slot Slot) string {
	if slot == Square {
		return s.T("branding_square")
	}
	return s.T("branding_rectangular")
}

func (s *page) theme(t Theme) string { return words.Of(s.Book, "branding_paper_theme_", t) }

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
	return s.Number(strconv.FormatFloat(v, 'f', digits, 64))
}

// ratio is cut, not rounded: 2.96 must not read as 3.0.
func (s *page) ratio(v float64) string { return s.decimal(float64(int(v*10+1e-9))/10, 1) + ":1" }

// logo tells the facts of one place.
func (s *page) logo(slot Slot, files []File) {
	s.heading(s.slot(slot))
	p, ok := s.picture(slot)
	if !ok {
		text := s.T("branding_paper_none")
		if slot == Square {
			text = s.T("branding_initials") + ": " + InitialsOf(s.state.Name)
		}
		s.Text(typeset.Paragraph, style(9, grounds[Light].Text), text)
		return
	}
	f := p.Facts
	name := p.Name
	if p.Drawn {
		name += " (" + s.T("branding_fact_drawn") + ")"
	}
	s.row(s.T("branding_paper_brought"), name+"\n"+p.Brought)
	if len(p.Repairs) > 0 {
		list := make([]string, len(p.Repairs))
		for i, r := range p.Repairs {
			list[i] = words.Of(s.Book, "branding_repair_", r)
		}
		s.row(s.T("branding_paper_repairs"), strings.Join(list, ", "))
	}
	s.row(s.T("branding_fact_size"), fmt.Sprintf("%d × %d px", f.Width, f.Height))
	ratio := fmt.Sprintf("%d:%d", f.RatioW, f.RatioH)
	if max(f.RatioW, f.RatioH) > 100 { // the exact terms would tell nobody anything
		ratio = s.decimal(float64(f.Width)/float64(f.Height), 1) + ":1"
	}
	s.row(s.T("branding_fact_ratio"), ratio)
	s.row(s.T("branding_fact_weight"), s.decimal(float64(f.Bytes)/1000, 1)+" kB")
	s.row(s.T("branding_fact_transparent"), s.decimal(f.Transparent*100, 1)+" %")
	s.row(s.T("branding_paper_border"), fmt.Sprintf("%d, %d, %d, %d px", f.Border.Top, f.Border.Right, f.Border.Bottom, f.Border.Left))
	if f.Profile.Kind != picture.ProfileNone {
		name := f.Profile.Name
		if f.Profile.Converted {
			name += " → sRGB"
		}
		s.row(s.T("branding_fact_profile"), name)
	}
	for _, a := range p.Advice {
		if a.Hint == HintEnlarged {
			s.row("", s.T("branding_paper_enlarged", "factor", s.decimal(a.Factor, 1)))
		}
	}
	s.row(s.T("branding_paper_source"), p.SHA256)
	for _, file := range files {
		if file.Slot == slot {
			s.row(s.T("branding_paper_ready"), fmt.Sprintf("%s, %d × %d px, %s kB\n%s", file.Name, file.Width, file.Height,
				s.decimal(float64(len(file.Data))/1000, 1), file.SHA256))
		}
	}
}

// signature is the place to sign, with what is signed: it never stands alone on a page.
func (s *page) signature() {
	const needed = 52.0
	s.Text(typeset.Paragraph, style(8, grounds[Light].Muted), s.T("branding_paper_assumed"))
	if s.Numbered() {
		s.Text(typeset.Paragraph, style(8, grounds[Light].Muted), s.T("ui_numbered"))
	}
	s.Room(needed)
	s.heading(s.T("branding_paper_approval"))
	s.Text(typeset.Paragraph, style(9, grounds[Light].Text), s.T("branding_paper_approves", "name", s.state.Name))
	s.row(s.T("branding_digest"), s.state.Digest())
	if a := s.state.Approval; a != nil && s.state.DraftApproved {
		s.row("", s.T("branding_approved", "person", a.Person, "on", s.Day(a.On)))
	}
	s.Y += 14
	width := inner / 3
	for i, text := range []string{s.T("branding_name"), s.T("branding_paper_sign_date"), s.T("branding_paper_signature")} {
		x := margin + float64(i)*width
		s.Page.Line(x, s.Y, x+width-6, s.Y, 0.2, color.Black)
		s.Page.Text(typeset.Paragraph, x, s.Y+1, width-6, style(8, grounds[Light].Muted), text)
	}
}
