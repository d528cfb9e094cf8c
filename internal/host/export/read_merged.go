package export

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html/charset"

	"kontor/internal/core/input"
)

// tall is a cell that is merged over several rows. What stands in it is kept in the first of them only, and is meant for each.
type tall struct {
	column, from, to int // from 0; lines from 1
	cell             input.Cell
}

// merged are the tall cells of a sheet, while its rows are read.
type merged struct {
	coming []tall       // by where they begin
	going  map[int]tall // by column; a sheet has no two that overlap
}

// over writes into a row what tall cells say there, if the row has anything of its own, and takes note of what begins in it.
func (m *merged) over(row *input.Row, blank bool) {
	for len(m.coming) > 0 && m.coming[0].from <= row.Line {
		if t := m.coming[0]; t.from == row.Line && t.column < len(row.Cells) {
			t.cell = row.Cell(t.column)
			m.going[t.column] = t
		}
		m.coming = m.coming[1:]
	}
	if blank || row.Fault != "" {
		return
	}
	for column, t := range m.going {
		if t.to < row.Line {
			delete(m.going, column)
			continue
		}
		for len(row.Cells) <= column {
			row.Cells = append(row.Cells, input.Cell{})
		}
		if row.Cell(column).Text == "" {
			row.Cells[column] = t.cell
		}
	}
}

var (
	mergedPart = regexp.MustCompile(`(?s)<(?:\w+:)?mergeCells[\s>].*?</(?:\w+:)?mergeCells\s*>`)
	mergedCell = regexp.MustCompile(`<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})["']`)
)

// isWide tells whether a part is XML of more than one byte for each sign, in which mergedPart finds nothing.
func isWide(part []byte) bool {
	for _, start := range []string{"\xff\xfe", "\xfe\xff", "<\x00", "\x00<"} {
		if bytes.HasPrefix(part, []byte(start)) {
			return true
		}
	}
	return false
}

// Why a workbook is not read.
var (
	errWide    = errors.New("export: a part in another encoding than UTF-8")
	errNoSheet = errors.New("export: a sheet that is not in the package")
)

// takeMerged takes the merged cells out of the sheets of a workbook, and gives those that are more than one row high. The
// library looks through all of them for each cell that it is asked for, and a file of some megabytes may say a million.
func takeMerged(file *excelize.File) (map[string]merged, error) {
	found := map[string]merged{}
	var wide bool
	file.Pkg.Range(func(key, value any) bool {
		name, _ := key.(string)
		data, ok := value.([]byte)
		if wide = ok && isWide(data); wide {
			return false
		}
		if !ok || !bytes.Contains(data, []byte("mergeCells")) {
			return true
		}
		parts := mergedPart.FindAllIndex(data, -1)
		m := merged{going: map[int]tall{}}
		var rest []byte
		end := 0
		for _, part := range parts {
			rest = append(rest, data[end:part[0]]...)
			end = part[1]
			for _, cell := range mergedCell.FindAllSubmatch(data[part[0]:part[1]], -1) {
				column, from, err := excelize.CellNameToCoordinates(string(cell[1]))
				_, to, wrong := excelize.CellNameToCoordinates(string(cell[2]))
				if err == nil && wrong == nil && to > from {
					m.coming = append(m.coming, tall{column: column - 1, from: from, to: to})
				}
			}
		}
		slices.SortStableFunc(m.coming, func(a, b tall) int { return cmp.Compare(a.from, b.from) })
		file.Pkg.Store(key, append(rest, data[end:]...))
		found[name] = m
		return true
	})
	if wide {
		return nil, errWide
	}
	return found, nil
}

// sheetParts are where the sheets lie in the package, by their names.
func sheetParts(file *excelize.File) map[string]string {
	type links struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	var book struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	read := func(name string, to any) {
		value, _ := file.Pkg.Load(name)
		if data, ok := value.([]byte); ok {
			in := xml.NewDecoder(bytes.NewReader(data))
			in.CharsetReader = charset.NewReaderLabel
			_ = in.Decode(to) // what is not understood has no sheets
		}
	}
	place := func(folder, target string) string {
		if target = strings.ReplaceAll(target, "\\", "/"); !strings.HasPrefix(target, "/") {
			target = "/" + folder + "/" + target
		}
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	whole, main := links{}, "xl/workbook.xml"
	read("_rels/.rels", &whole)
	for _, l := range whole.List {
		if strings.HasSuffix(l.Type, "/officeDocument") {
			main = place("", l.Target)
			break
		}
	}
	folder, name := path.Split(main)
	inside := links{}
	read(main, &book)
	read(folder+"_rels/"+name+".rels", &inside)
	targets, parts := map[string]string{}, map[string]string{}
	for _, l := range inside.List {
		targets[l.ID] = place(folder, l.Target)
	}
	for _, s := range book.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local == "id" && a.Name.Space != "" {
				parts[s.Name] = targets[a.Value]
			}
		}
	}
	return parts
}
