package typeset_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/typeset"
)

// Names of every script, and what becomes of them on paper.
var names = []struct {
	name     string
	reads    string // word by word from the left; "" is the name itself
	numbered bool
}{
	{"Hôtel Tre Larici · Żółć · Ωμέγα · Щука", "", false},
	{"李明設計事務所", "", false},
	{"東京カンパニー株式会社", "", false},
	{"서울 주식회사", "", false},
	{"Nguyễn Văn Đức", "", false},
	{"חברת הדוגמה (2026) בע\"מ", "מ\"בע (2026) הדוגמה חברת", false},
	{"شركة المثال (2026) ذ.م.م", "م.م.ذ (2026) المثال شركة", false},
	{"Studio 李 SA (חברה)", "", false},
	{"12\u202f780,00\u2009kg", "12 780,00 kg", false},
	{"1’234.50 − 10 %", "1’234.50 – 10 %", false},
	{"ร้าน", "[U+0E23][U+0E49][U+0E32][U+0E19]", true},
	{"Schnecke 🐌", "Schnecke [U+1F40C]", true},
}

func document() *typeset.Document {
	return typeset.New(typeset.Meta{Title: "Offerte 李明 🐌", Subject: "x", Author: "Studio Ponteri SA", Language: "de-CH", At: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)})
}

func bytesOf(t *testing.T, d *typeset.Document) []byte {
	t.Helper()
	data, err := d.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every name can be copied out of the paper as it was written; what no font has stands there as its number.
func TestNamesAreRead(t *testing.T) {
	for _, heavy := range []bool{false, true} {
		for _, n := range names {
			d := document()
			d.AddPage().Text(typeset.Paragraph, 20, 20, 170, typeset.Style{Size: 10, Bold: heavy}, n.name)
			if d.Numbered() != n.numbered {
				t.Errorf("%s: numbered is %v", n.name, d.Numbered())
			}
			if got, want := testkit.ReadPDF(t, bytesOf(t, d)).Text(), cmp.Or(n.reads, n.name); got != want {
				t.Errorf("%s (bold %v) reads %q, want %q", n.name, heavy, got, want)
			}
		}
	}
}

func TestTheSamePagesHaveTheSameBytes(t *testing.T) {
	draw := func() []byte {
		d := document()
		for range 2 {
			p := d.AddPage()
			for i, n := range names {
				p.Text(typeset.Paragraph, 20, 20+20*float64(i), 40, typeset.Style{Size: 10, Bold: i%2 == 0}, n.name+" "+n.name)
			}
		}
		return bytesOf(t, d)
	}
	if !bytes.Equal(draw(), draw()) {
		t.Error("drawn twice, it differs")
	}
}

// A word without a space is broken where its column ends, and a text that is measured is as high as it is set.
func TestLongTextStaysInItsColumn(t *testing.T) {
	for _, text := range []string{
		"Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselbundanhängerverleih", "李明設計事務所李明設計事務所李明設計事務所",
		"https://www.example.com/a/very/long/address/that/nobody/can/read?with=query&and=more", "one two three four five six seven eight nine ten\nsecond line",
	} {
		d := document()
		p := d.AddPage()
		s := typeset.Style{Size: 10}
		set, measured := p.Text(typeset.Paragraph, 20, 20, 30, s, text), d.Height(30, s, text)
		if set != measured || set < 2*10*1.3/72*25.4 {
			t.Errorf("%s: set %.2f mm high, measured %.2f", text, set, measured)
		}
		for _, w := range testkit.ReadPDF(t, bytesOf(t, d)).Words {
			if w.Right > 50.2 {
				t.Errorf("%s: %q ends at %.1f mm", text, w.Text, w.Right)
			}
		}
		if fitted := d.Fit(30, s, text); d.Width(s, fitted) > 30.01 {
			t.Errorf("%s: fitted to %q", text, fitted)
		}
	}
}

// The file says what it is and in which language, and is tagged.
func TestTheFileSaysWhatItIs(t *testing.T) {
	d := document()
	d.AddPage().Text(typeset.Title, 20, 20, 170, typeset.Style{Size: 10}, "Offerte")
	data := bytesOf(t, d)
	for _, want := range []string{"/Lang (de-CH)", "/MarkInfo", "/StructTreeRoot", "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "Offerte 李明 🐌"} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
}

// The page stays to be looked at in the folder that KONTOR_LOOK names.
func TestLook(t *testing.T) {
	d := document()
	p := d.AddPage()
	for i, n := range names {
		y := 20 + 12*float64(i)
		p.Box(20, y, 80, 8, 1, nil, nil)
		p.Text(typeset.Paragraph, 20, y, 80, typeset.Style{Size: 9, Align: typeset.Right}, n.name)
		p.Text(typeset.Paragraph, 105, y, 80, typeset.Style{Size: 12, Bold: true}, n.name)
	}
	if err := os.WriteFile(filepath.Join(cmp.Or(os.Getenv("KONTOR_LOOK"), t.TempDir()), "typeset.pdf"), bytesOf(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
}
