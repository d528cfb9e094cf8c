package typeset_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/host/typeset"
)

// Names that the outline fonts do not have, and what becomes of them.
var names = []struct {
	name     string
	numbered bool
}{
	{"Hôtel Tre Larici · Żółć · Ωμέγα · Щука", false},
	{"李明設計事務所", false},
	{"東京カンパニー株式会社", false},
	{"서울 주식회사", false},
	{"Nguyễn Văn Đức", false},
	{"חברת הדוגמה", false},
	{"شركة المثال", false},
	{"Studio 李 SA", false},
	{"12\u202f780,00\u2009kg", false},
	{"ร้านกาแฟ", true},
	{"Schnecke 🐌", true},
	{"👩‍💻", true},
}

func page(t *testing.T, write func(p *typeset.Page)) (*typeset.Page, []byte) {
	t.Helper()
	p := typeset.New()
	p.SetCompression(false)
	p.SetCatalogSort(true)
	p.AddPage()
	p.SetFont(typeset.Font, "B", 12)
	write(p)
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return p, b.Bytes()
}

const zeroWidthJoiner = 0x200d

// No character is left out: each takes room, and what no font has stands there as its number.
func TestNothingIsLeftOut(t *testing.T) {
	for _, n := range names {
		p, data := page(t, func(p *typeset.Page) {
			for _, r := range n.name {
				if r != zeroWidthJoiner && p.GetStringWidth(string(r)) <= 0 {
					t.Errorf("%s: %q takes no room", n.name, r)
				}
			}
			p.CellFormat(0, 8, n.name, "", 1, "L", false, 0, "")
		})
		if p.Numbered() != n.numbered {
			t.Errorf("%s: numbered is %v", n.name, p.Numbered())
		}
		if !bytes.Contains(data, []byte("BT ")) && !bytes.Contains(data, []byte(" re\n")) {
			t.Errorf("%s: nothing stands on the page", n.name)
		}
	}
}

func TestTheSameTextGivesTheSameBytes(t *testing.T) {
	draw := func() []byte {
		_, data := page(t, func(p *typeset.Page) {
			for _, n := range names {
				p.MultiCell(40, 6, n.name+" "+n.name, "", "L", false)
			}
		})
		return bytes.Split(data, []byte("/CreationDate"))[0]
	}
	if !bytes.Equal(draw(), draw()) {
		t.Error("drawn twice, it differs")
	}
}

// What fits the outline fonts is left to fpdf: text that can be found and copied.
func TestOutlinedTextStaysText(t *testing.T) {
	_, data := page(t, func(p *typeset.Page) { p.CellFormat(0, 8, names[0].name, "", 1, "L", false, 0, "") })
	if bytes.Contains(data, []byte(" re\n")) {
		t.Error("drawn although the font has it")
	}
}

// The place after a drawn cell is that after a written one, so that nothing stands upon another.
func TestCellsMoveOn(t *testing.T) {
	for ln := range 3 {
		at := func(text string) (place string) {
			page(t, func(p *typeset.Page) {
				p.SetXY(30, 30)
				p.CellFormat(50, 7, text, "1", ln, "R", false, 0, "")
				place = fmt.Sprintf("%.2f %.2f", p.GetX(), p.GetY())
			})
			return place
		}
		if got, want := at("李明"), at("Li Ming"); got != want {
			t.Errorf("ln %d: at %s, want %s", ln, got, want)
		}
	}
	lines := func(text string) (y float64) {
		page(t, func(p *typeset.Page) {
			p.SetY(30)
			p.MultiCell(30, 5, text, "", "L", false)
			y = p.GetY()
		})
		return y
	}
	if y := lines("李明設計事務所李明設計事務所"); y != 45 && y != 40 {
		t.Errorf("a long name without spaces ends at %v", y)
	}
}

// Names of every script stand in cells and in a wrapped text; the page stays to be looked at in the folder that
// KONTOR_LOOK names.
func TestLook(t *testing.T) {
	dir := cmp.Or(os.Getenv("KONTOR_LOOK"), t.TempDir())
	_, data := page(t, func(p *typeset.Page) {
		for _, n := range names {
			p.SetFont(typeset.Font, "", 9)
			p.CellFormat(80, 8, n.name, "1", 0, "R", false, 0, "")
			p.SetFont(typeset.Font, "B", 12)
			p.CellFormat(80, 8, n.name, "1", 1, "L", false, 0, "")
		}
		p.MultiCell(50, 6, names[1].name+" und "+names[2].name+" and "+names[0].name, "", "L", false)
	})
	if err := os.WriteFile(filepath.Join(dir, "typeset.pdf"), data, 0o600); err != nil {
		t.Fatal(err)
	}
}
