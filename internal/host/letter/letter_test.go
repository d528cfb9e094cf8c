package letter_test

import (
	"bytes"
	"cmp"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/letter"
)

func page(n, of int) string { return fmt.Sprintf("Seite %d von %d", n, of) }

func sample(rows int) letter.Letter {
	parts := []letter.Part{{Title: "Einmalig"}, {Title: "Monatlich, ab 1. Januar 2027"}, {Title: "Jährlich"}}
	for i := range rows {
		part := &parts[min(i*3/rows, 2)]
		part.Rows = append(part.Rows, letter.Row{
			Item: fmt.Sprintf("Leistung %d", i+1), Detail: strings.Repeat("was dazu zu sagen ist ", i%5), Quantity: fmt.Sprintf("%d Std.", i+1),
			Price: "120.00", Discount: []string{"", "– 10 %"}[i%2], Amount: fmt.Sprintf("%d.00", 120*(i+1)),
		})
	}
	for i := range parts {
		parts[i].Sums = []letter.Sum{{Name: "Zwischensumme", Amount: fmt.Sprintf("%d’000.00", i+1)}}
	}
	return letter.Letter{
		Language: "de-CH", At: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC),
		Head: letter.Head{
			Name: "Studio Ponteri SA", Lines: []string{"Studio Ponteri SA · Via Esempio 12 · 6600 Locarno", "Tel. +41 91 555 01 42 · studio@ponteri.example", "CHE-987.654.321 MWST"},
			Sender: "Studio Ponteri SA, Via Esempio 12, 6600 Locarno", Footer: "Studio Ponteri SA · CHE-987.654.321 MWST · IBAN CH93 0076 2011 6238 5295 7", Accent: color.NRGBA{0x0b, 0x4d, 0x66, 0xff},
		},
		Address: []string{"Hotel Tre Larici AG", "Frau Seraina Muster", "Musterweg 4", "7000 Chur"}, Small: []string{"CHE-123.456.789 MWST"},
		Facts: [][2]string{{"Nummer", "2026-0007"}, {"Datum", "28. November 2026"}, {"Gültig bis", "28. Dezember 2026"}, {"Kundennummer", "884 120"}, {"Ihre Ansprechperson", "Elena Bernasconi"}},
		Title: "Offerte 2026-0007", Subject: "Umzug zu Infomaniak und laufender Betrieb", Running: "Hotel Tre Larici AG · 28. November 2026",
		Opening: []string{"Sehr geehrte Frau Muster", "Vielen Dank für das Gespräch vom 24. November. Gerne bieten wir Ihnen den Umzug und den laufenden Betrieb wie folgt an."},
		Offers: []letter.Offer{{
			Columns: [5]string{"Leistung", "Menge", "Einzelpreis", "Rabatt", "Betrag"}, Parts: parts,
			Summary: letter.Summary{Title: "Zusammenfassung", Columns: []string{"", "Netto", "MWST 8.1 %", "Total CHF"}, Rows: [][]string{{"Einmalig", "1’908.00", "146.77", "2’057.27"}, {"Monatlich", "340.38", "27.57", "367.95"}}},
			First:   letter.Figure{Name: "In den ersten zwölf Monaten, inkl. MWST", Detail: "einmalig + 12 × monatlich", Amount: "CHF 7’753.22"},
		}},
		Terms:   letter.Terms{Title: "Bedingungen", List: [][2]string{{"Zahlung", "Einmaliges nach Abschluss, Monatliches am Monatsersten. 30 Tage netto."}, {"Gültigkeit", strings.Repeat("Dieses Angebot gilt bis 28. Dezember 2026. ", 4)}, {"Nicht enthalten", "Texte, Bilder"}}},
		Closing: []string{"Freundliche Grüsse", "Elena Bernasconi", "Studio Ponteri SA"},
		Accept:  letter.Accept{Title: "Annahme", Text: "Wir nehmen die Offerte 2026-0007 an.", Fields: [3]string{"Ort, Datum", "Name", "Unterschrift"}},
		PageOf:  page,
	}
}

func read(t *testing.T, name string, l interface{ PDF() ([]byte, error) }) testkit.PDFText {
	t.Helper()
	data, err := l.PDF()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := l.PDF(); err != nil || !bytes.Equal(again, data) {
		t.Errorf("%s: another file the second time (%v)", name, err)
	}
	if dir := os.Getenv("KONTOR_LOOK"); dir != "" { // to look at it
		if err := os.WriteFile(filepath.Join(dir, "letter-"+name+".pdf"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return testkit.ReadPDF(t, data)
}

var heads = []string{"Leistung", "Menge", "Einzelpreis", "Rabatt", "Betrag"}

// However long it is, each row stands below its heads, whole, a title never ends a page and a sum never begins one.
func TestATableIsReadRowByRow(t *testing.T) {
	for _, n := range []int{1, 3, 9, 17, 18, 19, 20, 21, 60} {
		l := sample(n)
		paper := read(t, fmt.Sprint(n), l)
		var want []map[string]string
		for _, part := range l.Offers[0].Parts {
			want = append(want, map[string]string{"Leistung": part.Title})
			for _, r := range part.Rows {
				row := map[string]string{"Leistung": testkit.Spaces(r.Item + " " + r.Detail), "Menge": r.Quantity, "Einzelpreis": r.Price, "Betrag": r.Amount}
				if r.Discount != "" {
					row["Rabatt"] = r.Discount
				}
				want = append(want, row)
			}
			want = append(want, map[string]string{"Leistung": "Zwischensumme", "Betrag": part.Sums[0].Amount})
		}
		if got := paper.Rows(heads...); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%d rows: %v\nnot %v", n, got, want)
		}
		for i := range paper.Pages {
			if !strings.Contains(paper.Text(), page(i+1, paper.Pages)) {
				t.Errorf("%d rows: no page says %s", n, page(i+1, paper.Pages))
			}
		}
		paging(t, paper, n)
	}
}

// paging looks at where pages begin and end.
func paging(t *testing.T, paper testkit.PDFText, n int) {
	t.Helper()
	lines := paper.Lines()
	for i, line := range lines {
		if foot := line[len(line)-1].Foot; foot > 295 || (foot > 272 && foot < 282) {
			t.Errorf("%d rows: %q stands in the margin, %.0f mm from above", n, line.Text(), foot)
		}
		if line.Text() != strings.Join(heads, " ") {
			continue
		}
		if next := lines[i+1].Text(); strings.HasPrefix(next, "Zwischensumme") {
			t.Errorf("%d rows: a page begins with %q", n, next)
		}
	}
	for i := 1; i < len(lines); i++ {
		title := lines[i-1].Text()
		if (title == "Einmalig" || strings.HasPrefix(title, "Monatlich, ab") || title == "Jährlich") && lines[i][0].Page != lines[i-1][0].Page {
			t.Errorf("%d rows: page %d ends with %q", n, lines[i-1][0].Page, title)
		}
	}
}

// The address stands in the window of the envelope, on either side, however long the names are.
func TestTheAddressStandsInTheWindow(t *testing.T) {
	for _, right := range []bool{false, true} {
		l := sample(3)
		l.Head.Right = right
		l.Address = []string{"Internationale Gesellschaft für die Förderung der Schifffahrt auf dem Vierwaldstättersee AG", "李明設計事務所", "חברת הדוגמה (2026)", "Musterweg 4", "7000 Chur"}
		paper := read(t, fmt.Sprint("window-", right), l)
		from, to := 20.0, 100.0
		if right {
			from, to = 116, 198
		}
		found := 0
		for _, w := range paper.Words {
			for _, part := range []string{"Internationale", "李明設計事務所", "(2026)", "Chur"} {
				if w.Text == part && w.Page == 1 {
					found++
					if w.Left < from || w.Right > to || w.Top < 47 || w.Foot > 90 {
						t.Errorf("%q stands at %.0f, %.0f", w.Text, w.Left, w.Top)
					}
				}
			}
		}
		if found < 4 {
			t.Errorf("%d parts of the address were found", found)
		}
	}
}

// The place to sign is on the last page, whole.
func TestThePlaceToSignIsOnTheLastPage(t *testing.T) {
	for n := 3; n < 24; n++ {
		l := sample(n)
		l.Offers = append(l.Offers, l.Offers[0])
		l.Accept.Choices = []string{"Variante 1", cmp.Or("Variante 2")}
		paper := read(t, "sign", l)
		for _, line := range paper.Lines() {
			if text := line.Text(); (strings.Contains(text, "Annahme") || strings.Contains(text, "Unterschrift")) && line[0].Page != paper.Pages {
				t.Errorf("%d rows: %q on page %d of %d", n, text, line[0].Page, paper.Pages)
			}
		}
	}
}

// The internal paper says on every page that it is.
func TestTheInternalPaperSaysSoOnEveryPage(t *testing.T) {
	in := letter.Internal{
		Language: "en", At: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), Mark: "Internal — not for the client", Title: "Cost and margin", Lead: "Hotel Tre Larici AG",
		Tables: []letter.InternalTable{{
			Title: "Lines", Columns: []letter.InternalColumn{{Title: "Line", Share: 34, Text: true}, {Title: "Client pays", Share: 15}, {Title: "Rests on", Share: 20, Text: true}},
			Parts: []letter.InternalPart{{Title: "Once", Sum: []string{"Known cost", "96.00", ""}}},
		}},
		Notes: []string{"Before VAT."}, PageOf: func(n, of int) string { return fmt.Sprintf("Page %d of %d", n, of) },
	}
	for i := range 60 {
		in.Tables[0].Parts[0].Rows = append(in.Tables[0].Parts[0].Rows, letter.InternalRow{Cells: []string{fmt.Sprintf("Line %d", i), "1,512.00", "D1, A1"}, Detail: "own work"})
	}
	paper := read(t, "internal", in)
	marks := map[int]int{}
	for _, w := range paper.Words {
		if w.Text == "Internal" {
			marks[w.Page]++
		}
	}
	if len(marks) != paper.Pages || paper.Pages < 2 {
		t.Fatalf("%d pages, marked %v", paper.Pages, marks)
	}
	for n, count := range marks {
		if count != 2 {
			t.Errorf("page %d is marked %d times", n, count)
		}
	}
	if rows := paper.Rows("Line", "Client pays", "Rests on"); len(rows) != 62 || rows[1]["Client pays"] != "1,512.00" || rows[1]["Rests on"] != "D1, A1" {
		t.Errorf("%d rows, %v", len(rows), rows[1])
	}
}
