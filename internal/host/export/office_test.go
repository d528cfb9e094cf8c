//go:build office

package export_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"kontor/internal/core/day"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// offices are the regions in which files are opened, with the numbers under which LibreOffice knows them.
var offices = map[string]int{
	"de-CH": 2055, "it-CH": 2064, "fr-CH": 4108, "de-DE": 1031, "it-IT": 1040, "fr-FR": 1036, "es-ES": 3082, "en-GB": 2057,
}

// LibreOffice, which has nothing to do with what wrote the files, finds numbers in them and sums them up, in every region.
// It is too large for every run: make office.
func TestOfficeSumsUpEveryRegion(t *testing.T) {
	amounts, want := []string{"1234.50", "347.20", "-0.05", "1000000.00"}, decimal.RequireFromString("1001581.65")
	number := regexp.MustCompile(`office:value-type="float"[^>]*office:value="([^"]*)"`)
	for name, no := range offices {
		f := export.For(words.Parse(name))
		fields := []export.Field[string]{
			export.TextField("Name", func(string) string { return "Hôtel" }),
			export.NumberField("Amount", func(s string) string { return s }),
			export.DayField("Day", func(string) day.Day { return day.Date(2026, time.March, 4) }),
		}
		var table, book bytes.Buffer
		if err := export.WriteCSV(&table, f, nil, amounts, fields...); err != nil {
			t.Fatal(err)
		}
		if err := export.WriteWorkbook(&book, "Amounts", amounts, fields...); err != nil {
			t.Fatal(err)
		}
		for ending, file := range map[string][]byte{"csv": table.Bytes(), "xlsx": book.Bytes()} {
			dir := t.TempDir()
			in := filepath.Join(dir, "file."+ending)
			if err := os.WriteFile(in, file, 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(os.TempDir(), "kontor-office"), "--convert-to", "ods", "--outdir", dir, in}
			if ending == "csv" {
				args = append(args, fmt.Sprintf("--infilter=Text - txt - csv (StarCalc):%d,34,76,1,,%d,false,true", f.Separator, no))
			}
			if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
				t.Fatalf("soffice (of libreoffice-calc): %v\n%s", err, out)
			}
			content := unpacked(t, filepath.Join(dir, "file.ods"), "content.xml")
			sum := decimal.Zero
			for _, m := range number.FindAllStringSubmatch(content, -1) {
				sum = sum.Add(decimal.RequireFromString(m[1]))
			}
			if n := strings.Count(content, `office:date-value="2026-03-04"`); n != len(amounts) {
				t.Errorf("%s of %s: LibreOffice finds %d days, not %d", ending, name, n, len(amounts))
			}
			if !sum.Equal(want) || !strings.Contains(content, "Hôtel") {
				t.Errorf("%s of %s: LibreOffice sums up %s, not %s", ending, name, sum, want)
			}
		}
	}
}

func unpacked(t *testing.T, path, name string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
