package export_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"kontor/internal/host/export"
)

func sheet(rows int) export.Document {
	numbers := make([]int, rows)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return export.Document{
		Title: "Prepaid account · Hôtel Tre Larici", Lead: []string{"1–30 November 2026", "Währung CHF"}, Foot: "Kontor · ab12",
		Table: export.DocumentTableOf(numbers,
			export.FigureColumn("Nº", 1, func(n int) string { return fmt.Sprint(n) }),
			export.TextColumn("Causa", 5, func(int) string {
				return "a cause so long that it cannot stand in its column, whatever one tries, and is cut"
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
	if n := bytes.Count(first.Bytes(), []byte("/Type /Page\n")); n != 3 {
		t.Errorf("80 rows stand on %d pages", n)
	}
	later := sheet(80)
	later.At = later.At.Add(time.Second)
	var third bytes.Buffer
	if err := export.PDF(&third, later); err != nil || bytes.Equal(first.Bytes(), third.Bytes()) {
		t.Errorf("a paper of another moment is the same (%v)", err)
	}
}

const golden = "78c6a814988b8f21d54947db95ca6a3cb318d464fa2e337dec34b0b425741587"
