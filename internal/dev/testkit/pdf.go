package testkit

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// PDFWord is a word on a page, with its place in millimetres from the upper left corner.
type PDFWord struct {
	Page                   int // from 1
	Left, Right, Top, Foot float64
	Text                   string
}

// PDFText is what can be read in a PDF, in the order in which it stands in the file.
type PDFText struct {
	Pages int
	Words []PDFWord
}

// ReadPDF takes the words with their places out of a PDF, with pdftotext: a program that has nothing to do with what
// wrote it. The file has to be without fault for a second such program, qpdf; tagged, in a language, and with all its fonts
// in it, from which text can be copied.
func ReadPDF(t testing.TB, data []byte) PDFText {
	t.Helper()
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf --check (see scripts/packages): %v\n%s", err, out)
	}
	if !regexp.MustCompile(`/Lang ?[(<]`).Match(data) {
		t.Error("a paper without its language")
	}
	if out, err := exec.Command("pdfinfo", path).Output(); err != nil || !regexp.MustCompile(`(?m)^Tagged: +yes`).Match(out) {
		t.Errorf("not tagged, says pdfinfo: %v\n%s", err, out)
	}
	fonts, err := exec.Command("pdffonts", path).Output()
	for n, line := range strings.Split(strings.TrimSpace(string(fonts)), "\n") {
		// … encoding, embedded, a subset, with Unicode, object and generation
		if f := strings.Fields(line); n >= 2 && (len(f) < 5 || f[len(f)-5] != "yes" || f[len(f)-3] != "yes") {
			t.Errorf("a font that is not in the paper, or whose text cannot be copied: %s", line)
		}
	}
	if err != nil {
		t.Errorf("pdffonts: %v", err)
	}
	out, err := exec.Command("pdftotext", "-enc", "UTF-8", "-bbox", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (of poppler-utils, see scripts/packages): %v", err)
	}
	var read struct {
		Pages []struct {
			Words []struct {
				Left  float64 `xml:"xMin,attr"`
				Top   float64 `xml:"yMin,attr"`
				Right float64 `xml:"xMax,attr"`
				Foot  float64 `xml:"yMax,attr"`
				Text  string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"page"`
	}
	_, out, _ = bytes.Cut(out, []byte("<doc>")) // the title before it is not always well written
	out, _, _ = bytes.Cut(out, []byte("</doc>"))
	if err := xml.Unmarshal(slices.Concat([]byte("<doc>"), out, []byte("</doc>")), &read); err != nil {
		t.Fatal(err)
	}
	const mm = 25.4 / 72
	p := PDFText{Pages: len(read.Pages)}
	for i, page := range read.Pages {
		for _, w := range page.Words {
			p.Words = append(p.Words, PDFWord{i + 1, w.Left * mm, w.Right * mm, w.Top * mm, w.Foot * mm, w.Text})
		}
	}
	return p
}

// Text is everything that the paper says, as one line.
func (p PDFText) Text() string {
	list := make([]string, len(p.Words))
	for i, w := range p.Words {
		list[i] = w.Text
	}
	return Spaces(strings.Join(list, " "))
}

// Spaces makes every space of a text, whatever its kind, a plain one: paper tells them apart by their width alone.
func Spaces(text string) string { return strings.Join(strings.Fields(text), " ") }

// PDFLine is a line of a page: words that stand at one height, from the left.
type PDFLine []PDFWord

// Text is what the line says.
func (l PDFLine) Text() string { return PDFText{Words: l}.Text() }

// Cells are the parts of a line between which there is more than a space.
func (l PDFLine) Cells() (cells []PDFWord) {
	const space = 1.9 // millimetres
	for _, w := range l {
		if n := len(cells) - 1; n >= 0 && w.Left-cells[n].Right < space {
			cells[n].Text += " " + w.Text
			cells[n].Right, cells[n].Top = w.Right, min(w.Top, cells[n].Top)
			continue
		}
		cells = append(cells, w)
	}
	for i := range cells {
		cells[i].Text = Spaces(cells[i].Text)
	}
	return cells
}

// Lines are the lines of all pages, from above.
func (p PDFText) Lines() (lines []PDFLine) {
	words := slices.Clone(p.Words)
	slices.SortStableFunc(words, func(a, b PDFWord) int { return cmp.Or(a.Page-b.Page, cmp.Compare(a.Foot, b.Foot)) })
	for _, w := range words {
		if n := len(lines) - 1; n >= 0 && lines[n][0].Page == w.Page && w.Foot-lines[n][0].Foot < 0.9 {
			lines[n] = append(lines[n], w)
			continue
		}
		lines = append(lines, PDFLine{w})
	}
	for _, l := range lines {
		slices.SortStableFunc(l, func(a, b PDFWord) int { return cmp.Compare(a.Left, b.Left) })
	}
	return lines
}

// Rows reads the rows of every table that has these heads, from above: for each row, the text that stands below each
// head, by where it stands on the page and nothing else. A title that goes over the whole row stands below the first.
func (p PDFText) Rows(heads ...string) (rows []map[string]string) {
	// Millimetres: from row to row, below the last one, and from what stands in a column to its edge.
	const between, after, aligned = 0.9, 6.0, 0.4
	lines := p.Lines()
	var columns []PDFWord
	page, foot := 0, 0.0
	for _, line := range lines {
		if found := headed(line, heads); found != nil {
			columns, page, foot = found, line[0].Page, found[0].Foot
			rows = append(rows, nil) // the next line begins a row
			continue
		}
		cells := line.Cells()
		top := cells[0].Top
		for _, c := range cells {
			top = min(top, c.Top)
		}
		if columns == nil || line[0].Page != page || top-foot > after || slices.ContainsFunc(cells, func(c PDFWord) bool { return off(columns, c) > aligned }) {
			columns = nil
			continue
		}
		if last := len(rows) - 1; rows[last] == nil {
			rows[last] = map[string]string{}
		} else if top-foot > between {
			rows = append(rows, map[string]string{})
		}
		for _, c := range cells {
			head := heads[nearest(columns, c)]
			rows[len(rows)-1][head] = Spaces(rows[len(rows)-1][head] + " " + c.Text)
			foot = max(foot, c.Foot)
		}
	}
	return slices.DeleteFunc(rows, func(r map[string]string) bool { return r == nil })
}

// headed gives the places of the heads if a line is made of them.
func headed(line PDFLine, heads []string) []PDFWord {
	cells := line.Cells()
	if len(cells) != len(heads) {
		return nil
	}
	for i, c := range cells {
		if c.Text != Spaces(heads[i]) {
			return nil
		}
	}
	return cells
}

// nearest is the column to which a text belongs: that with whose head it shares an edge, left of words, right of figures.
func nearest(columns []PDFWord, cell PDFWord) (best int) {
	for i, c := range columns {
		if apart(c, cell) < apart(columns[best], cell) {
			best = i
		}
	}
	return best
}

// off is how far a text is from any column.
func off(columns []PDFWord, cell PDFWord) float64 {
	return apart(columns[nearest(columns, cell)], cell)
}

func apart(head, cell PDFWord) float64 {
	return min(math.Abs(head.Left-cell.Left), math.Abs(head.Right-cell.Right))
}
