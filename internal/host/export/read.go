package export

import (
	"archive/zip"
	"bytes"
	"math"
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
	days  map[int]bool // of styles: whether it shows a figure as a day
	since bool         // counts days from 1904
}

func readWorkbook(data []byte, l input.Limits) ([]input.Row, error) {
	unreadable := func(err error) error { return fault.Wrap(err, fault.Invalid, input.FileNotText) }
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { _ = file.Close() }()
	book := workbook{file: file, days: map[int]bool{}}
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
	for line := 1; all.Next(); line++ {
		cells, err := all.Columns()
		if err != nil {
			return nil, err
		}
		row := input.Row{Line: line}
		for i, raw := range cells {
			switch {
			case i >= l.Columns:
				row.Fault = "too_many_columns"
			case len(raw) > l.Cell:
				row.Cells, row.Fault = append(row.Cells, input.Cell{}), "too_long"
			default:
				row.Cells = append(row.Cells, b.cell(raw, i+1, line))
			}
			if i >= l.Columns {
				break
			}
		}
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
	return list, all.Error()
}

// cell gives a cell as a person sees it: a figure without the tail of its binary form, a day as 2026-11-20.
func (b *workbook) cell(raw string, column, line int) input.Cell {
	v, err := strconv.ParseFloat(raw, 64)
	name, wrong := excelize.CoordinatesToCellName(column, line)
	if err != nil || wrong != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return input.Cell{Text: raw}
	}
	if kind, err := b.file.GetCellType(b.sheet, name); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		return input.Cell{Text: raw}
	}
	if style, err := b.file.GetCellStyle(b.sheet, name); err == nil && b.isDay(style) {
		if t, err := excelize.ExcelDateToTime(v, b.since); err == nil {
			layout := time.DateOnly
			if t.Hour()+t.Minute()+t.Second() > 0 {
				layout = time.DateTime
			}
			return input.Cell{Text: t.Format(layout), Exact: true}
		}
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

// isDay tells whether a style shows a figure as a day: one of the numbers that the format has for them (ECMA-376, 18.8.30),
// or letters of a day in a format of its own.
func (b *workbook) isDay(style int) bool {
	if known, there := b.days[style]; there {
		return known
	}
	s, err := b.file.GetStyle(style)
	day := false
	if err == nil {
		n := s.NumFmt
		day = n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 58
		if s.CustomNumFmt != nil {
			day = dayFormat(*s.CustomNumFmt)
		}
	}
	b.days[style] = day
	return day
}

// dayFormat looks for a year, or a day with a month, outside quotes and brackets.
func dayFormat(format string) bool {
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
	letters := strings.ToLower(plain.String())
	return strings.Contains(letters, "y") || strings.Contains(letters, "d") && strings.Contains(letters, "m")
}
