package export_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGolden(t *testing.T) {
	for _, tag := range []string{"it", "es", "fr", "de", "en", "it-CH", "fr-CH", "de-DE", "de-AT"} {
		var b strings.Builder
		c := export.RawCSV(&b, export.For(words.Parse(tag)))
		c.Row(export.Text("Step"), export.Text("Amount"), export.Text("Day"))
		c.Row(export.Text("Hôtel Trè Larici, Ascona"), export.Number("-1234.50"), export.Day(day.Date(2026, 11, 20)))
		c.Row(export.Text(`=HYPERLINK("http://x","y")`), export.Number("208.32"), export.Text(""))
		c.Row(export.Text("a; b"), export.Number("+1"), export.Text("two\nlines"))
		c.Row(export.Text(" - 5"), export.Number("1e3"), export.Text("say \"no\""))
		if err := c.Flush(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", tag+".csv")
		if *update {
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path) //nolint:gosec // our own test data
		if err != nil || b.String() != string(want) {
			t.Errorf("%s: %v\n%s", tag, err, b.String())
		}
	}
}

func TestTextIsNeverAFormula(t *testing.T) {
	for _, s := range []string{
		"=1+1", "+41 22 820", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "\u200b=1", "\x00=1", "＝1", "＋1", "－1", "＠x", "\u00a0=1", "\n@x",
	} {
		var b strings.Builder
		c := export.RawCSV(&b, export.For(words.In("en", "")))
		c.Row(export.Text(s))
		if err := c.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(strings.TrimPrefix(b.String(), "\ufeff"), `"`); !strings.HasPrefix(got, "'") {
			t.Errorf("%q was written as %q", s, b.String())
		}
	}
	for _, s := range []string{"a=1", "35 × 9.92", "", "Ä", "1-2", "(5)"} {
		var b strings.Builder
		c := export.RawCSV(&b, export.For(words.In("en", "")))
		c.Row(export.Text(s))
		if err := c.Flush(); err != nil || b.String() != "\ufeff"+s+"\r\n" {
			t.Errorf("%q was written as %q", s, b.String())
		}
	}
}

func TestNumbersStayNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"-1234.50": "-1234,50", "0": "0", "5": "5", // numbers
		"1e3": "1e3", "-x": "'-x", "1.": "1.", ".5": ".5", "--1": "'--1", "": "", "1.2.3": "1.2.3", "+5": "'+5", // text
	} {
		var b strings.Builder
		c := export.RawCSV(&b, export.Format{Separator: ';', Decimal: ","})
		c.Row(export.Number(in))
		if err := c.Flush(); err != nil || b.String() != "\ufeff"+want+"\r\n" {
			t.Errorf("%q was written as %q", in, b.String())
		}
	}
}

// What is written reads back as it was, but for the guard and dropped NULs.
func FuzzText(f *testing.F) {
	for _, s := range []string{"a", "=1", "a;b", "\"", "x\r\ny", " ", "\x00", "'", "ü"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, semicolon bool) {
		format := export.For(words.In("en", ""))
		if semicolon {
			format = export.Format{Separator: ';', Decimal: ","}
		}
		var b strings.Builder
		c := export.RawCSV(&b, format)
		c.Row(export.Text("first"), export.Text(s))
		if err := c.Flush(); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff")))
		r.Comma = rune(format.Separator)
		row, err := r.Read()
		if err != nil || len(row) != 2 {
			t.Fatalf("%q: %q, %v", s, row, err)
		}
		want := strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "\r\n", "\n") // encoding/csv reads CRLF as LF
		if got := row[1]; got != want && got != "'"+want {
			t.Errorf("%q came back as %q", s, got)
		}
	})
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "simulation.csv")
	if err := export.Save(path, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("disk full")
	err := export.Save(path, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken })
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "new" { //nolint:gosec // written above
		t.Errorf("a failed export left %q, %v", data, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("left behind: %v, %v", files, err)
	}
	if err := export.Save(filepath.Join(dir, "no", "such.csv"), func(io.Writer) error { return nil }); err == nil {
		t.Error("written into a folder that is not there")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestTheFirstErrorStays(t *testing.T) {
	c := export.RawCSV(full{}, export.For(words.In("it", "")))
	for range 2000 {
		c.Row(export.Text("something"), export.Number("1.5"))
	}
	if err := c.Flush(); err == nil {
		t.Error("nothing was written and nobody was told")
	}
}

// Amounts go nowhere without their currency and whose they are, in any form of file.
func TestNoAmountLeavesWithoutItsCurrencyAndOwner(t *testing.T) {
	francs := money.Must(money.ParseAmount("1234.50", "CHF"))
	title := export.TextField("Name", func(money.Amount) string { return "x" })
	net := export.AmountField("Net", func(a money.Amount) money.Amount { return a })
	in := export.CurrencyField("Currency", func(money.Amount) money.Currency { return "CHF" })
	own := export.OrganizationField("Organization", func(money.Amount) string { return "Studio Ponteri SA" })
	for name, c := range map[string]struct {
		fields []export.Field[money.Amount]
		list   []money.Amount
		want   error
	}{
		"all of it":        {[]export.Field[money.Amount]{net, in, own}, []money.Amount{francs, {}}, nil},
		"no money":         {[]export.Field[money.Amount]{title}, []money.Amount{francs}, nil},
		"no currency":      {[]export.Field[money.Amount]{title, net, own}, nil, export.ErrNobodysMoney},
		"no organization":  {[]export.Field[money.Amount]{title, net, in}, nil, export.ErrNobodysMoney},
		"another currency": {[]export.Field[money.Amount]{in, net, own}, []money.Amount{money.Zero("EUR")}, export.ErrNobodysMoney},
	} {
		files := map[string]*export.File[money.Amount]{
			"csv":  export.NewCSV(io.Discard, export.Format{Separator: ';', Decimal: "."}, nil, c.fields...),
			"xlsx": export.NewWorkbook(io.Discard, "x", c.fields...), "jsonl": export.NewLines(io.Discard, c.fields...),
		}
		for form, f := range files {
			for _, a := range c.list {
				f.Row(a)
			}
			if err := f.Flush(); !errors.Is(err, c.want) {
				t.Errorf("%s, %s: %v", name, form, err)
			}
		}
	}
}
