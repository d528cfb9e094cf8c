package export_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

func TestReadIsTheReverseOfWriting(t *testing.T) {
	want := [][]string{{"Product", "Price"}, {"Web; hosting, \"35\"", "9.92"}, {"ü", "0.001"}}
	write := func(out interface {
		Row(...export.Cell)
		Flush() error
	}, from int,
	) {
		for _, row := range want[from:] {
			out.Row(export.Text(row[0]), export.Number(row[1]))
		}
		if err := out.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	var book, english bytes.Buffer
	write(export.RawWorkbook(&book, "Prices", export.Text("Product"), export.Text("Price")), 1)
	write(export.RawCSV(&english, export.For(words.In("en", ""))), 0)
	for name, data := range map[string][]byte{
		"xlsx": book.Bytes(), "csv": english.Bytes(), "semicolons": []byte("\ufeffProduct;Price\r\n\"Web; hosting, \"\"35\"\"\";9.92\r\nü;0.001\r\n"),
		"tabs": []byte("Product\tPrice\nWeb; hosting, \"35\"\t9.92\nü\t0.001"),
	} {
		rows, err := export.Read(data, limits)
		got := [][]string{}
		for _, r := range rows {
			cells := []string{}
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			got = append(got, cells)
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
		few := limits
		few.Rows = 1
		if _, err := export.Read(data, few); fault.ReasonOf(err) != input.FileTooMany {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"zeros": {[]byte{'a', 0, 'b'}, input.FileNotText}, "no workbook": {[]byte("PK\x03\x04 nothing"), input.FileNotText},
		"too large": {make([]byte, limits.Bytes+1), input.FileTooLarge}, "too large a workbook": {append([]byte("PK\x03\x04"), make([]byte, limits.Bytes)...), input.FileTooLarge},
		"bomb": {bomb(t), input.FileNotText},
	} {
		if _, err := export.Read(test.data, limits); fault.ReasonOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

var limits = input.Limits{Bytes: 8 << 20, Rows: 10, Columns: 20, Cell: 1000}

// bomb is a workbook whose sheet unpacks to far more than a table can hold.
func bomb(t *testing.T) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, 32<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// saved is a workbook as a spreadsheet saves it, not as the library that reads it does: figures with the tails of their
// binary form, days as numbers with a style, texts in a table of their own and in place, formulas with what they came to.
func saved(t *testing.T, sheet string, changes ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.0\\ %;[Red]-0.0\\ %"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>product</t></si><si><t>1,250</t></si></sst>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + sheet + `</sheetData></worksheet>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(strings.NewReplacer(changes...).Replace(text))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// texts are the cells of a file in each row, or the reason of its refusal.
func texts(t *testing.T, data []byte) (list [][]string) {
	t.Helper()
	rows, err := export.Read(data, limits)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		cells := []string{}
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		list = append(list, cells)
	}
	return list
}

func TestReadWhatIsSetInAWorkbook(t *testing.T) {
	const day, share = `<row r="1"><c r="A1" s="1"><v>44909</v></c></row>`, `<row r="1"><c r="A1" s="4"><v>0.2</v></c><c r="B1" s="5"><v>0.081000000000000003</v></c></row>`
	const tall = `<row r="1"><c r="A1" t="inlineStr"><is><t>Rossi</t></is></c><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row><row r="3"/><row r="4"><c r="B4"><v>3</v></c></row>`
	many := `</sheetData><x:mergeCells>` + strings.Repeat(`<x:mergeCell ref="B7:B9"/>`, 50_000) + `</x:mergeCells>`
	for name, test := range map[string]struct {
		data []byte
		want [][]string
	}{
		"days from 1904":       {saved(t, day, "<sheets>", `<workbookPr date1904="1"/><sheets>`), [][]string{{"2026-12-15"}}},
		"days from 1900":       {saved(t, day), [][]string{{"2022-12-14"}}},
		"shares":               {saved(t, share), [][]string{{"20 %", "8.1 %"}}},
		"a hidden sheet":       {saved(t, day, `sheetId="1" r:id="rId1"`, `sheetId="1" state="hidden" r:id="rId1"`), nil},
		"a merged column":      {saved(t, tall, "</sheetData>", `</sheetData><mergeCells count="2"><mergeCell ref="A1:A3"/><mergeCell ref="C1:D1"/></mergeCells>`), [][]string{{"Rossi", "1"}, {"Rossi", "2"}, {"", "3"}}},
		"merged over and over": {saved(t, `<row r="1">`+strings.Repeat(`<c><v>1</v></c>`, 15)+`</row>`, "</sheetData>", many, "<worksheet ", `<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `), [][]string{slices.Repeat([]string{"1"}, 15)}},
	} {
		if diff := cmp.Diff(test.want, texts(t, test.data)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A row that names its last possible cell has sixteen thousand for whoever holds what it leaves out.
func TestAWideWorkbookTakesNoMoreThanItsText(t *testing.T) {
	var sheet strings.Builder
	sheet.WriteString(`<row r="1"><c r="A1" s="1"><v>46371</v></c></row>`)
	for i := 2; i < 1500; i++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="XFD%d"/></row>`, i, i)
	}
	var before, after runtime.MemStats
	data := saved(t, sheet.String())
	runtime.ReadMemStats(&before)
	got := texts(t, data)
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 500 || len(got) != 1 || got[0][0] != "2026-12-15" {
		t.Errorf("%d MiB for %d kB: %v", took, len(data)>>10, got)
	}
}

func TestASheetThatBreaksOffIsRefused(t *testing.T) {
	for _, sheet := range []string{`<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></row>`, `<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheets>`} {
		if rows, err := export.Read(saved(t, sheet), limits); fault.ReasonOf(err) != input.FileNotText {
			t.Errorf("%s: %v, %v", sheet, rows, err)
		}
	}
	if _, err := export.Read(saved(t, "", `Target="worksheets/sheet1.xml"`, `Target="elsewhere.xml"`), limits); fault.ReasonOf(err) != input.FileNotText {
		t.Error(err)
	}
}

func TestReadWhatSpreadsheetsSave(t *testing.T) {
	rows, err := export.Read(saved(t, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>price</t></is></c></row>`+
		`<row r="3"><c r="A3"><v>6.6699999999999999</v></c><c r="B3"><v>3.3000000000000003</v></c><c r="C3"><v>0.57999999999999996</v></c><c r="D3"><v>1E-3</v></c></row>`+
		`<row r="4"><c r="A4" s="1"><v>46371</v></c><c r="B4" s="2"><v>46371</v></c><c r="C4" s="3"><v>1234.5</v></c><c r="D4" t="s"><v>1</v></c><c r="E4" t="str"><f>A1</f><v>1.250</v></c></row>`), limits)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]input.Cell{
		{{Text: "product"}, {Text: "price"}},
		{{Text: "6.67", Exact: true}, {Text: "3.3", Exact: true}, {Text: "0.58", Exact: true}, {Text: "0.001", Exact: true}},
		{{Text: "2026-12-15", Exact: true}, {Text: "2026-12-15", Exact: true}, {Text: "1234.5", Exact: true}, {Text: "1,250"}, {Text: "1.250"}},
	}
	got := [][]input.Cell{}
	for _, r := range rows {
		got = append(got, r.Cells)
	}
	if diff := cmp.Diff(want, got); diff != "" || rows[1].Line != 3 {
		t.Errorf("%s line %d", diff, rows[1].Line)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a;b\n1;2"))
	f.Add([]byte("\"a\nb\"\t"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if rows, err := export.Read(data, limits); err == nil && len(rows) > limits.Rows {
			t.Fatal(len(rows))
		}
	})
}
