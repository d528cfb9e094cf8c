package export

import (
	"archive/zip"
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
)

// Limits of a workbook, unpacked: so many bytes in all, and so many times its packed size (no table packs better).
const (
	maxUnpacked = 64 << 20
	maxRatio    = 400
)

// maxGaps is how many empty rows a sheet may have between those that count.
const maxGaps = 20_000

// Read gives the rows of a file: of a text (see input.EachRow) or of the first sheet of an XLSX workbook that has any.
// Figures and days of a workbook come as they are kept, so they have one meaning; figures are rounded to 15 significant
// digits, as the sheet shows them. It fails with Invalid and the reasons of package input.
func Read(data []byte, l input.Limits) ([]input.Row, error) {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return input.Rows(data, l)
	}
	if len(data) > l.Bytes {
		return nil, fault.New(fault.Invalid, input.FileTooLarge).With("max", strconv.Itoa(l.Bytes>>20)+" MiB")
	}
	if !bounded(data) {
		return nil, fault.New(fault.Invalid, input.FileNotText)
	}
	return readWorkbook(data, l)
}

// bounded tells whether a packed file says that it stays small when it is unpacked. What it says is held by the reader.
func bounded(data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > 2000 {
		return false
	}
	var whole uint64
	for _, f := range z.File {
		if f.UncompressedSize64 > maxUnpacked {
			return false
		}
		whole += f.UncompressedSize64
	}
	return whole <= maxUnpacked && whole <= uint64(len(data))*maxRatio
}

// workbook is an open XLSX file.
type workbook struct {
	file  *excelize.File
	sheet string
	looks map[int]shows // of styles
	since bool          // counts days from 1904

	parts  map[string]string // of sheets: where they lie in the package
	merged map[string]merged // by sheet
}

// shows is what a style shows a figure as.
type shows int

const (
	asFigure shows = iota + 1
	asDay
	asShare // in per cent
)

func readWorkbook(data []byte, l input.Limits) ([]input.Row, error) {
	unreadable := func(err error) error { return fault.Wrap(err, fault.Invalid, input.FileNotText) }
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { _ = file.Close() }()
	book := workbook{file: file, looks: map[int]shows{}}
	book.parts = sheetParts(file)
	if book.merged, err = takeMerged(file); err != nil {
		return nil, unreadable(err)
	}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		book.since = *props.Date1904
	}
	for _, book.sheet = range file.GetSheetList() {
		if shown, err := file.GetSheetVisible(book.sheet); err != nil || !shown {
			continue
		}
		rows, err := book.rows(l)
		if fault.CodeOf(err) == fault.Internal {
			return nil, unreadable(err)
		}
		if err != nil || len(rows) > 0 {
			return rows, err
		}
	}
	return nil, nil
}

func (b *workbook) rows(l input.Limits) (list []input.Row, err error) {
	all, err := b.file.Rows(b.sheet)
	if err != nil {
		return nil, err
	}
	defer func() { _ = all.Close() }()
	part, _ := b.file.Pkg.Load(b.parts[b.sheet])
	sheet, ok := part.([]byte)
	if !ok {
		return nil, errNoSheet
	}
	said := newMarks(sheet)
	spans := b.merged[b.parts[b.sheet]]
	if spans.going == nil {
		spans.going = map[int]tall{}
	}
	for line := 1; all.Next(); line++ {
		cells, err := all.Columns()
		if err != nil {
			return nil, err
		}
		marks, err := said.at(line, l.Columns)
		if err != nil {
			return nil, err
		}
		row := input.Row{Line: line}
		blank := !slices.ContainsFunc(cells, func(raw string) bool { return strings.TrimSpace(raw) != "" })
		for i, raw := range cells {
			switch {
			case i >= l.Columns:
				row.Fault = "too_many_columns"
			case len(raw) > l.Cell:
				row.Cells, row.Fault = append(row.Cells, input.Cell{}), "too_long"
			default:
				m := mark{figure: true}
				if i < len(marks) {
					m = marks[i]
				}
				row.Cells = append(row.Cells, b.cell(raw, m))
			}
			if i >= l.Columns {
				break
			}
		}
		spans.over(&row, blank)
		if row.Empty() {
			if line > l.Rows+maxGaps {
				break
			}
			continue
		}
		if len(list) == l.Rows {
			return nil, fault.New(fault.Invalid, input.FileTooMany).With("max", strconv.Itoa(l.Rows))
		}
		list = append(list, row)
	}
	if _, err := said.at(math.MaxInt, 0); err != nil { // the library ends where a sheet is broken, without a word
		return nil, err
	}
	return list, all.Error()
}

// cell gives a cell as a person sees it: a figure without the tail of its binary form, a day as 2026-11-20, a share as 20 %.
func (b *workbook) cell(raw string, m mark) input.Cell {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || !m.figure || math.IsInf(v, 0) || math.IsNaN(v) {
		return input.Cell{Text: raw}
	}
	switch b.look(m.style) {
	case asDay:
		if t, err := excelize.ExcelDateToTime(v, b.since); err == nil {
			layout := time.DateOnly
			if t.Hour()+t.Minute()+t.Second() > 0 {
				layout = time.DateTime
			}
			return input.Cell{Text: t.Format(layout), Exact: true}
		}
	case asShare:
		return input.Cell{Text: decimal(v*100) + " %", Exact: true}
	}
	return input.Cell{Text: decimal(v), Exact: true}
}

// decimal is a figure with 15 significant digits and no exponent.
func decimal(v float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	if err != nil {
		short = v
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// look tells what a style shows a figure as: by one of the numbers that the format has (ECMA-376, 18.8.30), or the letters of
// a format of its own.
func (b *workbook) look(style int) shows {
	if known, there := b.looks[style]; there {
		return known
	}
	found := asFigure
	if s, err := b.file.GetStyle(style); err == nil {
		switch n := s.NumFmt; {
		case s.CustomNumFmt != nil && dayFormat(plainFormat(*s.CustomNumFmt)):
			found = asDay
		case s.CustomNumFmt != nil:
			if strings.Contains(plainFormat(*s.CustomNumFmt), "%") {
				found = asShare
			}
		case n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 58:
			found = asDay
		case n == 9 || n == 10:
			found = asShare
		}
	}
	b.looks[style] = found
	return found
}

// plainFormat is a format without what stands in quotes and brackets.
func plainFormat(format string) string {
	var plain strings.Builder
	closing := byte(0)
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case closing != 0:
			if c == closing {
				closing = 0
			}
		case c == '"':
			closing = '"'
		case c == '[':
			closing = ']'
		case c == '\\':
			i++
		default:
			plain.WriteByte(c)
		}
	}
	return strings.ToLower(plain.String())
}

// dayFormat looks for a year, or a day with a month.
func dayFormat(letters string) bool {
	return strings.Contains(letters, "y") || strings.Contains(letters, "d") && strings.Contains(letters, "m")
}
