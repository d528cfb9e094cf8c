package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html/charset"
)

// mark is what a sheet says of a cell beside its value.
type mark struct {
	figure bool // its value is a number, and no text that looks like one
	style  int
}

// marks reads a sheet beside the library's rows, row by row. The library would tell the kind and the style of a cell, but
// holds the whole sheet for it, with every cell that a row leaves out: a file of some kilobytes takes gigabytes.
type marks struct {
	in    *xml.Decoder
	line  int // of the row that was read last
	row   []mark
	ended bool
}

func newMarks(sheet []byte) *marks {
	in := xml.NewDecoder(bytes.NewReader(sheet))
	in.CharsetReader = charset.NewReaderLabel
	return &marks{in: in}
}

// at gives the marks of a line, of the first columns; the lines are asked for in their order.
func (m *marks) at(line, columns int) ([]mark, error) {
	for m.line < line && !m.ended {
		if err := m.next(columns); err != nil {
			return nil, err
		}
	}
	if m.line != line {
		return nil, nil
	}
	return m.row, nil
}

// next reads a row.
func (m *marks) next(columns int) error {
	for {
		token, err := m.in.Token()
		if errors.Is(err, io.EOF) {
			m.ended = true
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		m.line++
		if n, err := strconv.Atoi(attribute(start, "r")); err == nil && n >= m.line {
			m.line = n
		}
		return m.cells(columns)
	}
}

// cells reads the cells of a row up to its end.
func (m *marks) cells(columns int) error {
	m.row = m.row[:0]
	column := 0
	for {
		token, err := m.in.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			column++
			if name := attribute(t, "r"); name != "" {
				if column, _, err = excelize.CellNameToCoordinates(name); err != nil {
					return err
				}
			}
			if column > columns {
				continue
			}
			for len(m.row) < column {
				m.row = append(m.row, mark{})
			}
			kind := attribute(t, "t")
			style, _ := strconv.Atoi(attribute(t, "s"))
			m.row[column-1] = mark{figure: kind == "" || kind == "n", style: style}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
