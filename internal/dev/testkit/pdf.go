package testkit

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// PDFTable is a table as it stands on a page: the headings, and each row's text below the heading under which it lies.
type PDFTable struct {
	Heads []string
	Rows  []map[string]string
}

// What a page is drawn with, as typeset writes it: a font, a line below or above a cell, a text at its place.
var drawn = regexp.MustCompile(`(?s)BT /\S+ [\d.]+ Tf ET|([\d.]+) ([\d.]+) m ([\d.]+) [\d.]+ l S|BT ([\d.]+) ([\d.]+) Td \(((?:[^\\)]|\\.)*)\)\s*Tj`)

var pages = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)

// PDFTables reads the tables of a document that package export has written, by where everything stands on the page.
func PDFTables(t testing.TB, pdf []byte) (tables []PDFTable) {
	t.Helper()
	for _, stream := range pages.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // a font or a picture
		}
		page, err := io.ReadAll(r)
		if err != nil || !bytes.Contains(page, []byte(" Td (")) {
			continue
		}
		tables = append(tables, tablesOf(page)...)
	}
	return tables
}

// PDFText is everything that is written on the pages of a document that package export or a sign-off sheet has drawn.
func PDFText(t testing.TB, pdf []byte) string {
	t.Helper()
	var b strings.Builder
	for _, stream := range pages.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // a font or a picture
		}
		if page, err := io.ReadAll(r); err == nil {
			for _, m := range drawn.FindAllSubmatch(page, -1) {
				b.WriteString(unescape(m[6]) + "\n")
			}
		}
	}
	return b.String()
}

// column is where a column stands, and what heads it.
type column struct {
	from, to float64
	head     string
}

// tablesOf reads a page. A heading has a line below it; the rows follow in a font of their own, up to the next font.
func tablesOf(page []byte) (tables []PDFTable) {
	var columns []column
	var fonts int
	var line [3]float64 // from, to, height
	lined, row := false, 0.0
	for _, m := range drawn.FindAllSubmatch(page, -1) {
		number := func(i int) float64 { f, _ := strconv.ParseFloat(string(m[i]), 64); return f }
		switch {
		case m[1] != nil:
			line, lined = [3]float64{number(1), number(3), number(2)}, true
		case m[4] == nil:
			if fonts++; fonts > 1 {
				columns = nil
			}
		case lined && line[2] < number(5): // below the text
			if columns == nil || fonts > 0 {
				columns, tables = nil, append(tables, PDFTable{})
			}
			fonts, lined, row = 0, false, 0
			columns = append(columns, column{line[0], line[1], unescape(m[6])})
			last := &tables[len(tables)-1]
			last.Heads = append(last.Heads, unescape(m[6]))
		case columns != nil && fonts == 1 && !lined:
			last := &tables[len(tables)-1]
			if number(5) != row {
				row = number(5)
				last.Rows = append(last.Rows, map[string]string{})
			}
			for _, c := range columns {
				if c.from <= number(4) && number(4) < c.to {
					last.Rows[len(last.Rows)-1][c.head] += unescape(m[6])
				}
			}
		default:
			lined = false
		}
	}
	return tables
}

// unescape reads a text of a PDF, which is in UTF-16.
func unescape(text []byte) string {
	plain := strings.NewReplacer(`\\`, `\`, `\(`, "(", `\)`, ")", `\r`, "\r").Replace(string(text))
	units := make([]uint16, 0, len(plain)/2)
	for i := 0; i+1 < len(plain); i += 2 {
		units = append(units, uint16(plain[i])<<8|uint16(plain[i+1]))
	}
	return string(utf16.Decode(units))
}
