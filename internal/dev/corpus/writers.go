package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// writeBack writes the rows of a file as CSV and as a workbook, and reads both again: every cell has to be what it was, and
// none may be a formula.
func writeBack(rows []input.Row) error {
	const most = 2000 // rows; more of the same tell nothing new
	rows = rows[:min(len(rows), most)]
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	fields := make([]export.Field[input.Row], width)
	for i := range fields {
		fields[i] = export.TextField(fmt.Sprintf("c%d", i), func(r input.Row) string { return r.Cell(i).Text })
	}
	if width == 0 {
		return nil
	}
	var file bytes.Buffer
	if err := export.WriteCSV(&file, export.For(words.In("de", "CH")), nil, rows, fields...); err != nil {
		return err
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.String(), "\ufeff")))
	in.Comma = ';'
	got, err := in.ReadAll()
	if err != nil {
		return difference("CSV cannot be read: " + err.Error())
	}
	for i, r := range rows {
		for c := range fields {
			want, is := plain(r.Cell(c).Text), got[i+1][c]
			if guarded := strings.TrimPrefix(is, "'"); plain(is) != want && plain(guarded) != want {
				return difference(fmt.Sprintf("CSV has %q for %q", is, want))
			}
			if strings.ContainsAny(firstSign(is), "=+-@") {
				return difference(fmt.Sprintf("CSV has the formula %q", is))
			}
		}
	}
	return nil
}

// plain is a text but for what a CSV file cannot hold, or holds in another way.
func plain(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(s))
}

func firstSign(s string) string {
	for _, r := range text.Bare(s) {
		return string(r)
	}
	return ""
}
