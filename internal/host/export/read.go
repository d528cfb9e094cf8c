package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Limits of a file that is read.
const (
	MaxRead     = 8 << 20  // bytes
	maxUnpacked = 64 << 20 // bytes of a workbook, unpacked
)

// ErrNotTable tells that a file is no table that can be read.
var ErrNotTable = errors.New("export: not a table")

// Read gives the rows of a CSV file (comma, semicolon or tab) or of the first sheet of an XLSX file, at most most and one
// more, by which the caller sees that there were too many. Figures of a workbook come as they are kept, not as they are shown.
func Read(data []byte, most int) ([][]string, error) {
	if len(data) > MaxRead {
		return nil, fmt.Errorf("%w: %d bytes", ErrNotTable, len(data))
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readWorkbook(data, most)
	}
	return readCSV(bytes.TrimPrefix(data, []byte("\ufeff")), most)
}

func readCSV(data []byte, most int) ([][]string, error) {
	if !utf8.Valid(data) || bytes.ContainsRune(data, 0) {
		return nil, fmt.Errorf("%w: not UTF-8 text", ErrNotTable)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, ','
	head, _, _ := bytes.Cut(data, []byte("\n"))
	for _, mark := range []rune{';', '\t'} {
		if bytes.Count(head, []byte(string(mark))) > bytes.Count(head, []byte(string(r.Comma))) {
			r.Comma = mark
		}
	}
	rows := [][]string{}
	for len(rows) <= most {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotTable, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func readWorkbook(data []byte, most int) (rows [][]string, err error) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotTable, err)
	}
	defer func() { _ = book.Close() }()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, fmt.Errorf("%w: no sheet", ErrNotTable)
	}
	all, err := book.Rows(sheets[0])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotTable, err)
	}
	defer func() { _ = all.Close() }()
	for all.Next() && len(rows) <= most {
		row, err := all.Columns()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNotTable, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
