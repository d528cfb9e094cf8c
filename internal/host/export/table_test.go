package export_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kontor/internal/core/day"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// hostile are rows that a careless export gets wrong.
var hostile = [][]export.Cell{
	{export.Text("=1+1"), export.Number("-1234.5"), export.Text("Zürich")},
	{export.Text("+41 22 820"), export.Number("0"), export.Text("a;b,c")},
	{export.Text("@SUM(A1)"), export.Number("1203"), export.Text("\"quoted\"")},
	{export.Text("-5"), export.Number("208.32"), export.Text("two\nlines")},
	{export.Text(`=HYPERLINK("http://x","y")`), export.Number("12345678901234567"), export.Text("<b>&amp;</b>")},
	{export.Text("\t=1"), export.Number("no number"), export.Text("")},
}

func TestLinesAreJSON(t *testing.T) {
	var b bytes.Buffer
	l := export.RawLines(&b, "text", "number", "more")
	for _, row := range hostile {
		l.Row(row...)
	}
	l.Row(export.Text("\x00"), export.Number("-007.50"), export.Text("x"), export.Text("beyond"))
	if err := l.Flush(); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "lines.jsonl"))
	if *update {
		err = os.WriteFile(filepath.Join("testdata", "lines.jsonl"), b.Bytes(), 0o600)
		want = b.Bytes()
	}
	if err != nil || b.String() != string(want) {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func workbook(t *testing.T, rows [][]export.Cell) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.xlsx")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := export.RawWorkbook(f, "Journal", export.Text("Text"), export.Text("Number"), export.Text("More"))
	for _, row := range rows {
		w.Row(row...)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAWorkbookHoldsTypesAndNoFormula(t *testing.T) {
	f, err := excelize.OpenFile(workbook(t, hostile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range hostile {
		for c, want := range []excelize.CellType{excelize.CellTypeInlineString, excelize.CellTypeUnset} {
			cell, _ := excelize.CoordinatesToCellName(c+1, i+2)
			kind, err := f.GetCellType("Journal", cell)
			if c == 1 && i >= 4 { // too long for a number, and none at all
				want = excelize.CellTypeInlineString
			}
			formula, _ := f.GetCellFormula("Journal", cell)
			if err != nil || kind != want || formula != "" {
				t.Errorf("%s: type %d, want %d, formula %q, %v", cell, kind, want, formula, err)
			}
		}
	}
}

// convert opens a file with a real spreadsheet program and returns what it shows, formulas as formulas.
func convert(t *testing.T, path string, options ...string) [][]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.csv")
	args := append(options, "-O", "separator=, format=raw eol=unix", "-T", "Gnumeric_stf:stf_assistant", path, out)
	cmd := exec.Command("ssconvert", args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+t.TempDir())
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ssconvert: %v\n%s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestASpreadsheetShowsWhatWasWritten(t *testing.T) {
	if _, err := exec.LookPath("ssconvert"); err != nil {
		t.Fatal("ssconvert of the package gnumeric is needed: scripts/packages test")
	}
	got := convert(t, workbook(t, hostile))
	want := [][]string{
		{"Text", "Number", "More"},
		{"=1+1", "-1234.5", "Zürich"},
		{"+41 22 820", "0", "a;b,c"},
		{"@SUM(A1)", "1203", `"quoted"`},
		{"-5", "208.32", "two\nlines"},
		{`=HYPERLINK("http://x","y")`, "12345678901234567", "<b>&amp;</b>"},
		{"\t=1", "no number", ""},
	}
	compare(t, "XLSX", got, want)

	path := filepath.Join(t.TempDir(), "book.csv")
	var b bytes.Buffer
	c := export.RawCSV(&b, export.For(words.In("en", "")))
	for _, row := range hostile {
		c.Row(row...)
	}
	if err := c.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	got = convert(t, path)
	got[4][1] = want[5][1]           // of a number of 17 digits in a CSV, programs keep what they can
	compare(t, "CSV", got, want[1:]) // the guard is gone, too: the program takes it for what it is

	if err := os.WriteFile(path, []byte("=1+1,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := convert(t, path); got[0][0] != "2" {
		t.Errorf("without the guard the program shows %q: this test would not notice a formula", got[0][0])
	}
}

func compare(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d rows, want %d\n%q", what, len(got), len(want), got)
	}
	for i := range want {
		if strings.Join(got[i], "|") != strings.Join(want[i], "|") {
			t.Errorf("%s row %d: got %q, want %q", what, i, got[i], want[i])
		}
	}
}

// Days and moments are dates of a workbook, which can be sorted and filtered, as the clock of the zone shows them.
func TestMomentsAreDatesOfAWorkbook(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 29, 22, 30, 15, 0, time.UTC) // the 30th there
	var b bytes.Buffer
	err = export.WriteWorkbook(&b, "Journal", []time.Time{at, {}},
		export.SecondField("Second", zurich, func(at time.Time) time.Time { return at }),
		export.MinuteField("Minute", zurich, func(at time.Time) time.Time { return at }),
		export.DayField("Day", func(at time.Time) day.Day {
			if at.IsZero() {
				return 0
			}
			return day.Of(at, time.UTC)
		}))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A2": "2026-03-30 00:30:15", "B2": "2026-03-30 00:30", "C2": "2026-03-29", "A3": "", "B3": "", "C3": ""} {
		if got, err := f.GetCellValue("Journal", cell); err != nil || got != want {
			t.Errorf("%s shows %q, not %q, %v", cell, got, want, err)
		}
		raw, err := f.GetCellValue("Journal", cell, excelize.Options{RawCellValue: true})
		if n, numErr := strconv.ParseFloat(raw, 64); want != "" && (err != nil || numErr != nil || n < 46_000 || n > 47_000) {
			t.Errorf("%s is %q, no date, %v", cell, raw, err)
		}
	}
}

// Whoever opens a workbook sees whose it is, and amounts as they are written.
func TestAWorkbookSaysWhoMadeItAndShowsAmounts(t *testing.T) {
	f, err := excelize.OpenFile(workbook(t, [][]export.Cell{{export.Text("x"), export.Number("1234.50"), export.Text("")}, {export.Text("x"), export.Number("9.9"), export.Text("")}, {export.Text("x"), export.Number("7"), export.Text("")}}))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"B2": "1,234.50", "B3": "9.9", "B4": "7"} {
		if got, err := f.GetCellValue("Journal", cell); err != nil || got != want {
			t.Errorf("%s shows %q, not %q, %v", cell, got, want, err)
		}
	}
	props, err := f.GetDocProps()
	made, wrong := time.Parse(time.RFC3339, props.Created)
	if err != nil || wrong != nil || props.Creator != "Kontor" || props.LastModifiedBy != "Kontor" || props.Title != "Journal" || time.Since(made) > time.Hour {
		t.Errorf("%+v, %v, %v", props, err, wrong)
	}
}
