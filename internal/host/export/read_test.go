package export_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

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
	write(export.NewWorkbook(&book, "Prices", export.Text("Product"), export.Text("Price")), 1)
	write(export.NewCSV(&english, export.For("en")), 0)
	for name, data := range map[string][]byte{
		"xlsx": book.Bytes(), "csv": english.Bytes(), "semicolons": []byte("\ufeffProduct;Price\r\n\"Web; hosting, \"\"35\"\"\";9.92\r\nü;0.001\r\n"),
		"tabs": []byte("Product\tPrice\nWeb; hosting, \"35\"\t9.92\nü\t0.001"),
	} {
		got, err := export.Read(data, 10)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", name, err, diff)
		}
		if some, err := export.Read(data, 1); err != nil || len(some) != 2 {
			t.Errorf("%s: %d rows, %v", name, len(some), err)
		}
	}
	for name, data := range map[string][]byte{
		"latin-1": []byte("Pr\xe9cis;1"), "zeros": {'a', 0, 'b'}, "no workbook": []byte("PK\x03\x04 nothing"), "too large": make([]byte, export.MaxRead+1),
	} {
		if _, err := export.Read(data, 10); !errors.Is(err, export.ErrNotTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a;b\n1;2"))
	f.Add([]byte("\"a\nb\"\t"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if rows, err := export.Read(data, 5); err == nil && len(rows) > 6 {
			t.Fatal(len(rows))
		}
	})
}
