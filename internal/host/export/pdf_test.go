package export_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kontor/internal/dev/testkit"
	"kontor/internal/host/export"
)

const long = "a cause so long that it cannot stand in one line of its column, whatever one tries, and wraps to a second or a third"

func sheet(rows int) export.Document {
	numbers := make([]int, rows)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return export.Document{
		Language: "en", Title: "Prepaid account · Hôtel Tre Larici", Lead: []string{"1–30 November 2026", "Währung CHF"}, Foot: "Kontor · ab12",
		Table: export.DocumentTableOf(numbers,
			export.FigureColumn("Nº", 1, func(n int) string { return fmt.Sprint(n) }),
			export.TextColumn("Causa", 5, func(int) string {
				return long
			}),
			export.FigureColumn("CHF", 2, func(int) string { return "1’234.50" }),
		),
		Sums: [][2]string{{"Saldo", "1’234.50"}}, At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
	}
}

// The same paper has the same bytes, today and on another computer: the sum is part of the test.
func TestPDFIsStable(t *testing.T) {
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := export.PDF(b, sheet(80)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same paper has other bytes the second time")
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(first.Bytes())); got != golden {
		t.Errorf("the paper has changed: %s", got)
	}
	later := sheet(80)
	later.At = later.At.Add(time.Second)
	var third bytes.Buffer
	if err := export.PDF(&third, later); err != nil || bytes.Equal(first.Bytes(), third.Bytes()) {
		t.Errorf("a paper of another moment is the same (%v)", err)
	}
}

const golden = "c9bdd3907fa899b4a95c32e357922073fbdb88026c29501f0fed49596e1aa86a"

// A long text wraps, a table goes on below its heads on the next page, and every page says which it is.
func TestATableGoesOnBelowItsHeads(t *testing.T) {
	var file bytes.Buffer
	if err := export.PDF(&file, sheet(80)); err != nil {
		t.Fatal(err)
	}
	paper := testkit.ReadPDF(t, file.Bytes())
	rows := paper.Rows("Nº", "Causa", "CHF")[:80] // the sums stand below them
	if paper.Pages < 2 {
		t.Errorf("80 rows stand on %d page", paper.Pages)
	}
	for i, row := range rows {
		want := map[string]string{"Nº": fmt.Sprint(i + 1), "Causa": long, "CHF": "1’234.50"}
		if diff := cmp.Diff(want, row); diff != "" {
			t.Fatal(diff)
		}
	}
	for n := range paper.Pages {
		if want := fmt.Sprintf(" %d/%d", n+1, paper.Pages); !strings.Contains(paper.Text(), want) {
			t.Errorf("no page says %s", want)
		}
	}
}
