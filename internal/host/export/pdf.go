package export

import (
	"io"
	"strconv"
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
	Title string
	Lead  []string // lines below the title
	Table DocumentTable
	Sums  [][2]string // label and figure, below the table
	Parts []Part      // further tables
	Notes [][2]string // label and text, below the last table
	Foot  string      // left in the footer of every page; the page number stands right
	Unset string      // said at the end where a character is written by its number; see package typeset
	At    time.Time   // when it was made: the same paper at the same moment has the same bytes
}

// Sizes of a page, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	pageMargin = 16.0
	pageBottom = 20.0
	rowHeight  = 6.0
	partHeight = 44.0 // a part that has less left begins on another page
)

// PDF writes a paper. The same paper gives the same bytes.
func PDF(w io.Writer, p Document) error {
	pdf := typeset.New()
	pdf.SetCreationDate(p.At.UTC())
	pdf.SetModificationDate(p.At.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetTitle(p.Title, true)
	pdf.SetCreator("Kontor", true)
	pdf.SetMargins(pageMargin, pageMargin, pageMargin)
	pdf.SetAutoPageBreak(true, pageBottom)
	d := &sheet{pdf, p, widths(p.Table)}
	pdf.SetFooterFunc(d.footer)
	pdf.AddPage()
	d.begin()
	if len(p.Table.columns) > 0 {
		d.rows()
	}
	for _, part := range p.Parts {
		d.part(part)
	}
	d.notes()
	return pdf.Output(w)
}

type sheet struct {
	*typeset.Page
	Document
	widths []float64
}

func widths(t DocumentTable) []float64 {
	var sum float64
	for _, c := range t.columns {
		sum += c.width
	}
	list := make([]float64, len(t.columns))
	for i, c := range t.columns {
		list[i] = c.width / sum * (pageWidth - 2*pageMargin)
	}
	return list
}

func (d *sheet) begin() {
	d.SetFont(typeset.Font, "B", 15)
	d.CellFormat(0, 8, d.fit(d.Title, pageWidth-2*pageMargin), "", 1, "L", false, 0, "")
	d.SetFont(typeset.Font, "", 9)
	for _, line := range d.Lead {
		d.CellFormat(0, 5, d.fit(line, pageWidth-2*pageMargin), "", 1, "L", false, 0, "")
	}
	d.Ln(4)
}

// rows sets a table; a table that goes on on another page has its headings there again.
func (d *sheet) rows() {
	d.headings()
	d.SetHeaderFunc(d.headings)
	d.table()
	d.SetHeaderFunc(func() {}) // sums that come to stand on another page have no headings above them
	d.sums()
}

func (d *sheet) part(p Part) {
	const room = pageHeight - pageBottom
	if d.GetY()+partHeight > room {
		d.AddPage()
	} else {
		d.Ln(6)
	}
	d.SetFont(typeset.Font, "B", 11)
	d.CellFormat(0, 7, d.fit(p.Title, pageWidth-2*pageMargin), "", 1, "L", false, 0, "")
	d.SetFont(typeset.Font, "", 9)
	for _, line := range p.Lead {
		d.CellFormat(0, 5, d.fit(line, pageWidth-2*pageMargin), "", 1, "L", false, 0, "")
	}
	d.Ln(1)
	d.Table, d.Sums, d.widths = p.Table, p.Sums, widths(p.Table)
	d.rows()
}

func (d *sheet) notes() {
	const label = 40.0
	for i, n := range d.Notes {
		if i == 0 {
			d.Ln(4)
		}
		d.SetFont(typeset.Font, "B", 8)
		d.CellFormat(label, 5, d.fit(n[0], label-2), "", 0, "L", false, 0, "")
		d.SetFont(typeset.Font, "", 8)
		d.MultiCell(0, 5, n[1], "", "L", false)
	}
	if d.Numbered() {
		d.SetFont(typeset.Font, "", 8)
		d.Ln(2)
		d.MultiCell(0, 4, d.Unset, "", "L", false)
	}
}

func (d *sheet) headings() {
	d.SetFont(typeset.Font, "B", 8)
	for i, c := range d.Table.columns {
		d.cell(i, c.title, "B")
	}
	d.Ln(rowHeight)
	d.SetFont(typeset.Font, "", 8)
}

func (d *sheet) table() {
	for _, row := range d.Table.rows {
		for i, text := range row {
			d.cell(i, text, "")
		}
		d.Ln(rowHeight)
	}
}

func (d *sheet) cell(i int, text, border string) {
	align := "L"
	if d.Table.columns[i].right {
		align = "R"
	}
	d.CellFormat(d.widths[i], rowHeight, d.fit(text, d.widths[i]-2), border, 0, align, false, 0, "")
}

// fit cuts a text that is wider than its place; three dots say that it was cut.
func (d *sheet) fit(text string, width float64) string {
	if d.GetStringWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && d.GetStringWidth(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

func (d *sheet) sums() {
	const figure = 34.0
	if d.GetY()+2+float64(len(d.Sums))*rowHeight > pageHeight-pageBottom { // sums stand together
		d.AddPage()
	}
	d.Ln(2)
	for i, s := range d.Sums {
		border := ""
		if i == 0 {
			border = "T"
		}
		d.SetFont(typeset.Font, "B", 9)
		d.CellFormat(pageWidth-2*pageMargin-figure, rowHeight, s[0], border, 0, "R", false, 0, "")
		d.CellFormat(figure, rowHeight, s[1], border, 1, "R", false, 0, "")
	}
}

func (d *sheet) footer() {
	d.SetY(-14)
	d.SetFont(typeset.Font, "", 7)
	d.CellFormat(150, 5, d.fit(d.Foot, 150), "", 0, "L", false, 0, "")
	d.CellFormat(0, 5, strconv.Itoa(d.PageNo()), "", 0, "R", false, 0, "")
	d.SetFont(typeset.Font, "", 8)
}
