package bridge

import (
	"bytes"
	"context"

	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/export"
)

// Upload is a file on its way in, as the page sends it with each step of an import: base64 text, and what its columns
// mean. A mapping without any column is the one that the headings suggest.
type Upload struct {
	Data    string        `json:"data"`
	Mapping input.Mapping `json:"mapping"`
}

// File is the file; one of more than limit bytes is refused, see File.
func (u Upload) File(limit int) ([]byte, error) { return File(u.Data, limit) }

// Chosen is the mapping that the person gave; nil for none.
func (u Upload) Chosen() *input.Mapping {
	if len(u.Mapping.Columns) == 0 {
		return nil
	}
	return &u.Mapping
}

// Target is where a file shall go and in whose words it is written.
type Target struct {
	Title  string `json:"title"` // of the dialog
	Name   string `json:"name"`  // proposed, with its ending
	Locale string `json:"locale"`
}

// Rejects are the rows of a file that an import would leave out.
type Rejects struct {
	Table input.Table
	Rows  []input.Rejected
	// Reason words why a row is left out; nil takes the words of refused fields.
	Reason func(*words.Book, input.Rejected) string
}

// SaveRejected writes the rows that an import would leave out, each with its reason, as a CSV file to mend and import
// again. It returns the file's name; "" if none was chosen.
func SaveRejected[S any](r Room[S], name string, to Target, find func(ctx context.Context, service S) (Rejects, error)) (string, error) {
	d := SaveDialog{Title: to.Title, Name: to.Name, Filter: "CSV", Ending: "csv"}
	return Save(r, name, d, func(ctx context.Context, service S) ([]byte, error) {
		found, err := find(ctx, service)
		if err != nil {
			return nil, err
		}
		return found.file(words.Parse(to.Locale))
	})
}

// SaveExample writes an example of the file that an import reads, headings first, as a CSV file in the person's words. It
// returns the file's name; "" if none was chosen.
func SaveExample[S any](r Room[S], name string, to Target, rows func(*words.Book) [][]string) (string, error) {
	d := SaveDialog{Title: to.Title, Name: to.Name, Filter: "CSV", Ending: "csv"}
	return Save(r, name, d, func(context.Context, S) ([]byte, error) {
		var file bytes.Buffer
		locale := words.Parse(to.Locale)
		err := export.Echo(&file, export.For(locale), rows(words.For(locale)))
		return file.Bytes(), err
	})
}

func (r Rejects) file(locale words.Locale) ([]byte, error) {
	book := words.For(locale)
	reason := r.Reason
	if reason == nil {
		reason = fieldReason
	}
	var file bytes.Buffer
	err := export.Echo(&file, export.For(locale), input.RejectedTable(r.Table, r.Rows, book.T("ui_import_problem"), func(r input.Rejected) string {
		return reason(book, r)
	}))
	return file.Bytes(), err
}

func fieldReason(book *words.Book, r input.Rejected) string {
	args := []any{}
	for name, value := range r.Params {
		args = append(args, name, value)
	}
	return words.Of(book, "field_", r.Code, args...)
}
