package input

import (
	"strconv"
	"strings"

	"kontor/internal/core/fault"
)

// Cell is one field of a table.
type Cell struct {
	Text  string
	Exact bool // a spreadsheet kept it as a figure or a day: Text is "-1234.5", "20 %" or "2026-11-20" and has one meaning
}

// Row is one record of a file.
type Row struct {
	Line  int // where it begins, from 1
	Cells []Cell
	Raw   string // as it stands in the file; "" in a workbook
	Fault string // why it cannot be read: bad_quotes, too_many_columns, too_long; "" if it can
}

// Cell is the cell of a column, without blanks around it; a short row has empty ones.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	c := r.Cells[column]
	c.Text = strings.TrimSpace(c.Text)
	return c
}

// Empty tells whether a row has nothing in it.
func (r Row) Empty() bool {
	for i := range r.Cells {
		if r.Cell(i).Text != "" {
			return false
		}
	}
	return r.Fault == ""
}

// Limits are what a file may bring.
type Limits struct {
	Bytes   int
	Rows    int // above which reading ends with too_many_rows
	Columns int
	Cell    int // bytes of one cell
}

// Refused are the reasons for which a file is refused as a whole, as Invalid.
const (
	FileTooLarge = "file_too_large"     // max: MiB
	FileNotText  = "file_not_text"      // neither text nor a workbook
	FileTooMany  = "file_too_many_rows" // max
	FileTooWide  = "file_too_many_columns"
	FileEmpty    = "file_empty"
)

// tooWide is the fault of a row with more columns than are read.
const tooWide = "too_many_columns"

// EachRow reads the rows of a text file one after the other: separated by semicolons, commas, tabs or upright strokes,
// whichever its first rows have in common, or by what a line "sep=;" says. Empty rows are left out. An error of each ends
// the reading. A row with a fault is handed on like the others; it spoils nobody else's.
func EachRow(data []byte, l Limits, each func(Row) error) error {
	if len(data) > l.Bytes {
		return fault.New(fault.Invalid, FileTooLarge).With("max", strconv.Itoa(l.Bytes>>20)+" MiB")
	}
	s, ok := Decode(data)
	if !ok {
		return fault.New(fault.Invalid, FileNotText)
	}
	return SplitRows(s, l, each)
}

// SplitRows is EachRow for a text that was decoded before; its size is not looked at.
func SplitRows(s string, l Limits, each func(Row) error) error {
	in := NewSplitter(s)
	count := 0
	for row, ok := in.Next(l); ok; row, ok = in.Next(l) {
		if count++; count > l.Rows {
			return fault.New(fault.Invalid, FileTooMany).With("max", strconv.Itoa(l.Rows))
		}
		if err := each(row); err != nil {
			return err
		}
	}
	return nil
}

// Rows reads all rows of a text file; see EachRow.
func Rows(data []byte, l Limits) (rows []Row, err error) {
	err = EachRow(data, l, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	return rows, err
}

var delimiters = []byte{';', '\t', ',', '|'}

// delimiter is the sign that parts the columns: the one by which most of the first lines fall into the same number of
// them. The sign that comes first in the text wins a tie.
func delimiter(s string) byte {
	const look = 60
	best, bestLines, bestFirst := byte(';'), 0, len(s)
	for _, comma := range delimiters {
		in := Splitter{rest: s, line: 1, comma: comma}
		widths := map[int]int{}
		for n := 0; n < look && in.rest != ""; n++ {
			if row := in.next(Limits{Columns: 1000, Cell: 1 << 16}); len(row.Cells) > 1 {
				widths[len(row.Cells)]++
			}
		}
		lines := 0
		for _, n := range widths {
			lines = max(lines, n)
		}
		if first := strings.IndexByte(s, comma); lines > bestLines || lines == bestLines && lines > 0 && first < bestFirst {
			best, bestLines, bestFirst = comma, lines, first
		}
	}
	return best
}

// Splitter cuts a text into rows; see EachRow. It copies nothing but cells with doubled quotes. It differs from encoding/csv
// in what it does with quotes that are wrong: one in the middle of a cell is a sign like any other, and one that is never
// closed spoils its own line only.
type Splitter struct {
	rest  string
	line  int
	comma byte
}

// NewSplitter begins to cut a text that was decoded before.
func NewSplitter(s string) *Splitter {
	in := &Splitter{rest: s, line: 1}
	if comma, ok := in.declared(); ok {
		in.comma = comma
	} else {
		in.comma = delimiter(s)
	}
	return in
}

// Next is the next row that is not empty; not ok at the end.
func (in *Splitter) Next(l Limits) (row Row, ok bool) {
	for in.rest != "" {
		if row := in.next(l); !row.Empty() {
			return row, true
		}
	}
	return Row{}, false
}

// Again cuts a row anew that Next gave before, by its Raw and its Line.
func (in *Splitter) Again(raw string, line int, l Limits) Row {
	again := Splitter{rest: raw, line: line, comma: in.comma}
	return again.next(l)
}

// Left is how many bytes of the text are still to come.
func (in *Splitter) Left() int { return len(in.rest) }

// declared takes a first line "sep=;" off.
func (in *Splitter) declared() (comma byte, ok bool) {
	first, rest := cutLine(in.rest)
	first = strings.Trim(first, `"`)
	if len(first) != len("sep=;") || !strings.EqualFold(first[:4], "sep=") {
		return 0, false
	}
	in.rest, in.line = rest, 2
	return first[4], true
}

// cutLine is the first line of a text, and what follows its end: a line feed, a carriage return, or both.
func cutLine(s string) (line, rest string) {
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i+lineEnd(s, i):]
}

// lineEnd is how long the end of a line is that begins at a place; 0 if none does.
func lineEnd(s string, at int) int {
	switch {
	case at == len(s):
		return 0
	case s[at] == '\n', s[at] == '\r' && (at+1 == len(s) || s[at+1] != '\n'):
		return 1
	case s[at] == '\r':
		return 2
	}
	return 0
}

// lines is how many line ends a text has.
func lines(s string) int {
	return strings.Count(s, "\n") + strings.Count(s, "\r") - strings.Count(s, "\r\n")
}

func (in *Splitter) next(l Limits) Row {
	row := Row{Line: in.line}
	size, ok := in.cells(&row, l)
	if !ok { // only this line
		line, rest := cutLine(in.rest)
		size = len(in.rest) - len(rest)
		row.Cells, row.Fault = nil, "bad_quotes"
		if len(line) > l.Cell {
			row.Fault = "too_long"
		}
	}
	row.Raw = strings.TrimRight(in.rest[:size], "\r\n")
	in.line += lines(in.rest[:size])
	in.rest = in.rest[size:]
	if len(row.Cells) > l.Columns {
		row.Cells, row.Fault = row.Cells[:l.Columns], tooWide
	}
	for i := range row.Cells {
		if len(row.Cells[i].Text) > l.Cell {
			row.Cells[i].Text, row.Fault = "", "too_long"
		}
	}
	return row
}

// cells cuts the first row and gives its length; it fails where quotes are wrong. Of more cells than a row may have one is
// kept, so that a line of commas alone takes no memory.
func (in *Splitter) cells(row *Row, l Limits) (size int, ok bool) {
	s := in.rest
	at := 0
	add := func(text string) {
		if len(row.Cells) <= l.Columns {
			row.Cells = append(row.Cells, Cell{Text: text})
		}
	}
	for {
		start := at
		for at < len(s) && (s[at] == ' ' || s[at] == '\t' && in.comma != '\t') {
			at++
		}
		if at < len(s) && s[at] == '"' {
			text, end, ok := quoted(s, at+1, l.Cell)
			if !ok {
				return 0, false
			}
			for at = end; at < len(s) && s[at] == ' '; at++ {
			}
			if at < len(s) && s[at] != in.comma && lineEnd(s, at) == 0 {
				return 0, false
			}
			add(text)
		} else {
			for at = start; at < len(s) && s[at] != in.comma && s[at] != '\n' && s[at] != '\r'; at++ {
			}
			add(s[start:at])
		}
		switch {
		case at == len(s):
			return at, true
		case s[at] == in.comma:
			at++
		default:
			return at + lineEnd(s, at), true
		}
	}
}

// quoted reads up to the closing quote, which has to come within most bytes, and gives the place behind it. Line ends in
// it become line feeds.
func quoted(s string, at, most int) (text string, end int, ok bool) {
	until := min(len(s), at+most+1)
	var b strings.Builder
	for at <= until {
		i := strings.IndexByte(s[at:until], '"')
		if i < 0 {
			return "", 0, false
		}
		if b.Len() == 0 && (at+i+1 == len(s) || s[at+i+1] != '"') { // the usual case takes no memory
			return lineFeeds(s[at : at+i]), at + i + 1, true
		}
		b.WriteString(s[at : at+i])
		at += i + 1
		if at == len(s) || s[at] != '"' {
			return lineFeeds(b.String()), at, true
		}
		b.WriteByte('"')
		at++
	}
	return "", 0, false
}

func lineFeeds(s string) string {
	if strings.Contains(s, "\r") {
		return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s
}
