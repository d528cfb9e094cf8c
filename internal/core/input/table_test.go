package input

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

var few = Limits{Bytes: 1 << 20, Rows: 1000, Columns: 20, Cell: 200}

func cellsOf(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		for i, c := range r.Cells {
			if i > 0 {
				b.WriteByte('|')
			}
			b.WriteString(c.Text)
		}
		b.WriteString(r.Fault + "/")
	}
	return b.String()
}

// One table, however it was saved.
func TestRowsInEveryForm(t *testing.T) {
	const want = "Produit|Prix/Hébergement web|9,92/Mail, 12 €|1’250.00/"
	text := "Produit;Prix\r\nHébergement web;9,92\r\n\r\nMail, 12 €;1’250.00\r\n"
	encode := func(e interface{ Bytes([]byte) ([]byte, error) }, s string) string {
		out, err := e.Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	quoted := func(comma string) string {
		return "\"Produit\"" + comma + "Prix\n\"Hébergement web\"" + comma + "\"9,92\"\n\"Mail, 12 €\"" + comma + "1’250.00"
	}
	for name, data := range map[string]string{
		"UTF-8": text, "UTF-8 with mark": "\ufeff" + text, "Unix": strings.ReplaceAll(text, "\r\n", "\n"), "old Mac": strings.ReplaceAll(text, "\r\n", "\r"),
		"sep": "sep=;\r\n" + text, "sep in quotes": "\"sep=;\"\n" + text, "sep and mark": "\ufeffSEP=;\n" + text,
		"Windows-1252":        encode(charmap.Windows1252.NewEncoder(), text),
		"UTF-16 little":       encode(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewEncoder(), text),
		"UTF-16 big":          encode(unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewEncoder(), text),
		"UTF-16 without mark": encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), text),
		"commas":              quoted(","), "tabs": quoted("\t"), "strokes": quoted("|"), "semicolons": quoted(";"),
	} {
		rows, err := Rows([]byte(data), few)
		if got := cellsOf(rows); got != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestRowsThatAreWrong(t *testing.T) {
	for text, want := range map[string]string{
		"a;b\n\"x;y\nz;w\n":             "a|b/bad_quotes/z|w/",
		"a;b\nx\"1;y\n":                 "a|b/x\"1|y/",
		"a;b\n\"x\" y;z\nq;r\n":         "a|b/bad_quotes/q|r/",
		"a;b\n\"x\ny\";z\n":             "a|b/x\ny|z/",
		"a;\"b \"\"c\"\"\"\n":           "a|b \"c\"/",
		strings.Repeat("x;", 30) + "\n": strings.Repeat("x|", 19) + "xtoo_many_columns/",
		"a;" + strings.Repeat("x", 300): "a|too_long/",
	} {
		rows, err := Rows([]byte(text), few)
		if got := cellsOf(rows); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{"a\x00b\x01;c": FileNotText, strings.Repeat("a;b\n", 1001): FileTooMany, strings.Repeat("a", 1<<20+1): FileTooLarge, "\x81\x8d;": FileNotText} {
		if _, err := Rows([]byte(text), few); fault.ReasonOf(err) != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
	rows, _ := Rows([]byte("a;b\n\"x\n\n\ny\";z\nq;r\n"), few)
	if rows[2].Line != 6 {
		t.Errorf("line %d, want 6", rows[2].Line)
	}
}

// Whatever was written can be read again.
func TestRowsReadWhatWasQuoted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 5).Draw(t, "width")
		table := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[a-z;,"\n\t |é]{0,8}x`), width, width), 1, 8).Draw(t, "table")
		comma := rapid.SampledFrom([]string{";", ",", "\t", "|"}).Draw(t, "comma")
		file, want := "sep="+comma+"\n", ""
		for _, row := range table {
			for i, c := range row {
				if i > 0 {
					file, want = file+comma, want+"|"
				}
				file, want = file+`"`+strings.ReplaceAll(c, `"`, `""`)+`"`, want+c
			}
			file, want = file+"\n", want+"/"
		}
		rows, err := Rows([]byte(file), few)
		if got := cellsOf(rows); got != want || err != nil {
			t.Fatalf("%q: %q, %v", file, got, err)
		}
	})
}

func FuzzRows(f *testing.F) {
	for _, s := range []string{"a;b\nc;d", "sep=,\n\"a\",b", "\ufeffa\tb\n", "\xff\xfea\x00", "ä;\x80", "\"", ";;;\n,,,\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := 0
		_ = EachRow(data, few, func(r Row) error {
			if r.Line <= before || len(r.Cells) > few.Columns {
				t.Fatalf("%+v after line %d", r, before)
			}
			before = r.Line
			return nil
		})
	})
}

var prices = Schema{
	{Name: "product", Required: true, Titles: []string{"product", "prodotto"}},
	{Name: "price", Required: true, Titles: []string{"price", "prezzo"}, Holds: Numbers, Unit: Unit{Currency: money.CHF}},
	{Name: "from", Titles: []string{"from", "dal"}, Holds: Dates},
}

func read(t *testing.T, file string, decimal, order string) (values string, questions []Question) {
	t.Helper()
	rows, err := Rows([]byte(file), few)
	if err != nil {
		t.Fatal(err)
	}
	table, err := NewTable(rows, prices)
	if err != nil {
		t.Fatal(err)
	}
	m := prices.Suggest(table)
	m.Decimal, m.Order = decimal, order
	if err := prices.Check(m, table); err != nil {
		t.Fatal(err)
	}
	r := NewReader(table, prices, m)
	for record := range r.Records {
		var c fault.Check
		values += record.Text("product") + "=" + record.Figure(&c, "price") + "@" + record.Day(&c, "from")
		if err := c.Err(); err != nil {
			values += "!" + err.Error()
		}
		values += " "
	}
	return values, r.Questions()
}

func TestTable(t *testing.T) {
	for _, tt := range []struct{ name, file, want, asked string }{
		{"title rows above", "Listino 2026\nPonteri SA;;\n\nProdotto;Prezzo (CHF);Dal\nWeb;9.92;2026-01-15\n", "Web=9.92@2026-01-15 ", ""},
		{"both meanings", "product;price\nWeb hosting;1,250\nMail;1.250\n", "Web hosting=@!invalid price:number_ambiguous Mail=@!invalid price:number_ambiguous ", "figures 2 1,250 .1250 ,1.250"},
		{"the file tells", "product;price\nWeb;1,250\nMail;9.92\n", "Web=1250@ Mail=9.92@ ", ""},
		{"the file tells the other", "product;price\nWeb;1,250\nMail;9,92\n", "Web=1.250@ Mail=9.92@ ", ""},
		{"grouping tells", "product;price\nWeb;1,250\nMail;1,234,567\n", "Web=1250@ Mail=1234567@ ", ""},
		{"the file contradicts itself", "product;price\nWeb;1,250\nMail;9,92\nFax;9.92\n", "Web=@!invalid price:number_ambiguous Mail=9.92@ Fax=9.92@ ", "figures 2 1,250 .1250 ,1.250"},
		{"slips", "product;price\nWeb;12..50\nMail;1.25.5\nFax;CHF 5\nTel;5 €\n", "Web=@!invalid price:not_a_number Mail=@!invalid price:not_a_number Fax=5@ Tel=@!invalid price:wrong_currency ", ""},
		{"binary tails", "product;price\nWeb;6.6699999999999999\nMail;3.3000000000000003\n", "Web=6.67@ Mail=3.3@ ", ""},
		{"days", "product;price;from\nA;1;31.12.2026\nB;1;3.4.2026\nC;1;31/12/2026\nD;1;3/4/2026\nE;1;2026-02-30\n", "A=1@2026-12-31 B=1@2026-04-03 C=1@2026-12-31 D=1@2026-04-03 E=1@!invalid from:not_a_date ", ""},
		{"dots tell", "product;price;from\nA;1;3/4/2026\nB;1;5.6.2026\n", "A=1@2026-04-03 B=1@2026-06-05 ", ""},
		{"days with two meanings", "product;price;from\nA;1;3/4/2026\nB;1;5/5/2026\n", "A=1@!invalid from:date_ambiguous B=1@2026-05-05 ", "days 2 3/4/2026 dmy2026-04-03 mdy2026-03-04"},
		{"American days", "product;price;from\nA;1;3/4/2026\nB;1;12/31/2026\n", "A=1@2026-03-04 B=1@2026-12-31 ", ""},
	} {
		got, questions := read(t, tt.file, "", "")
		asked := ""
		for _, q := range questions {
			asked += q.About + " " + string(rune('0'+q.Line)) + " " + q.Text + " " + q.Choices[0].Answer + q.Choices[0].Value + " " + q.Choices[1].Answer + q.Choices[1].Value
		}
		if got != tt.want || asked != tt.asked {
			t.Errorf("%s:\n got %q asked %q\nwant %q asked %q", tt.name, got, asked, tt.want, tt.asked)
		}
	}
	got, questions := read(t, "product;price;from\nWeb;1,250;3/4/2026\n", ",", MonthFirst)
	if got != "Web=1.250@2026-03-04 " || len(questions) != 0 {
		t.Errorf("answered: %q, %v", got, questions)
	}
}

func TestSignificant(t *testing.T) {
	for text, want := range map[string]string{
		"6.6699999999999999": "6.67", "3.3000000000000003": "3.3", "0.57999999999999996": "0.58", "9.9999999999999999": "10", "-6.6699999999999999": "-6.67",
		"123456789012345678": "123456789012345678", "12345678901234.56": "12345678901234.6", "6.67": "6.67", "1.50": "1.50", "0": "0", "0.00000000000000012": "0.00000000000000012",
	} {
		if got := significant(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestRejected(t *testing.T) {
	rows, _ := Rows([]byte("product;price\nWeb;x\n4111 1111 1111 1111;5\n\"a;b\n"), few)
	table, _ := NewTable(rows, prices)
	list := []Rejected{}
	for r := range NewReader(table, prices, prices.Suggest(table)).Records {
		list = append(list, r.Reject(fault.Field{Name: "price", Code: "not_a_number"}))
	}
	got := RejectedTable(table, list, "why", func(r Rejected) string { return r.Code })
	want := "product|price|why/Web|x|not_a_number/|5|not_a_number/\"a;b||not_a_number"
	text := ""
	for i, row := range got {
		if i > 0 {
			text += "/"
		}
		text += strings.Join(row, "|")
	}
	if text != want {
		t.Errorf("%q, want %q", text, want)
	}
}

// A byte that is wrong spoils nothing but itself, and a sign that no text has is seen where it is rare.
func TestDecodeKeepsTheRest(t *testing.T) {
	long := strings.Repeat("x", 600)
	for in, want := range map[string]string{
		"caffè \xe8 più": "caffè è più", "caff\xe8": "caffè", "\ufeffè\xff": "èÿ", long + "\x1b": long + "\ufffd", "è" + long + "\x81": "è" + long + "\ufffd",
		"a\r\nb\rc": "a\r\nb\rc", "\x00\x01": "", "\x81\x8d": "",
	} {
		if got, ok := Decode([]byte(in)); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v", in, got, ok)
		}
	}
}

// A line of separators alone, or with a quote that never ends, takes no more memory than its text.
func TestHugeLinesTakeNoMemory(t *testing.T) {
	for _, s := range []string{strings.Repeat(",", 2<<20), `a,"` + strings.Repeat("x", 2<<20), strings.Repeat(`""`, 2<<20), strings.Repeat("\"\n", 1<<19)} {
		n := testing.AllocsPerRun(1, func() {
			_ = SplitRows(s, Limits{Rows: 1 << 22, Columns: 200, Cell: 1 << 16}, func(Row) error { return nil })
		})
		if n > 500 && len(s) != 1<<20 {
			t.Errorf("%.10q: %v allocations", s, n)
		}
	}
}

// A cell that a workbook shows in per cent is a share, and no amount.
func TestAShareIsNoAmount(t *testing.T) {
	f, cell := NewFigures(""), Cell{Text: "8.1 %", Exact: true}
	if got, refusal := f.Read(cell, Unit{Percent: true}); got != "8.1" || refusal != nil {
		t.Errorf("%q %v", got, refusal)
	}
	if got, refusal := f.Read(cell, Unit{}); refusal == nil || refusal.Code != "not_a_number" {
		t.Errorf("%q %v", got, refusal)
	}
}

// A table is told to be too wide before anybody is asked what its columns mean.
func TestATableThatIsTooWide(t *testing.T) {
	rows, err := Rows([]byte(strings.Repeat("name;", 10_000)+"\n"+strings.Repeat("x;", 10_000)+"\n"), few)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewOutline(rows, Schema{{Name: "name", Titles: []string{"name"}}}, nil); fault.ReasonOf(err) != FileTooWide {
		t.Error(err)
	}
	if _, err := Open(rows, Schema{{Name: "other"}}, nil); fault.ReasonOf(err) != FileTooWide {
		t.Error(err)
	}
}
