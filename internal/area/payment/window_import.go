package payment

import (
	"bytes"
	"context"

	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// ImportInput is a file of renewals, as base64 text, and how it is to be read. A mapping without any column is the one
// that the headings suggest.
type ImportInput struct {
	Data     string        `json:"data"`
	Mapping  input.Mapping `json:"mapping"`
	LeaveOut bool          `json:"leaveOut"` // take what can be taken; else all rows are taken or none
}

func (in ImportInput) options() ImportOptions {
	o := ImportOptions{LeaveOut: in.LeaveOut}
	if len(in.Mapping.Columns) > 0 {
		o.Mapping = &in.Mapping
	}
	return o
}

// OutlineImport tells what a file of renewals looks like: its columns, what they are taken for, what has to be asked.
func (w *Window) OutlineImport(in ImportInput) (input.Outline, error) {
	return bridge.Call(w.room, "payment.OutlineImport", func(ctx context.Context, s *Service) (input.Outline, error) {
		file, err := bridge.File(in.Data, MaxImport)
		if err != nil {
			return input.Outline{}, err
		}
		return s.OutlineImport(ctx, file, in.options().Mapping)
	})
}

// PreviewImport tells what an import would do with the rows, and why it would leave which of them out. It changes nothing.
func (w *Window) PreviewImport(in ImportInput) (Imported, error) {
	o := in.options()
	o.Preview, o.LeaveOut = true, true
	return w.bring("payment.PreviewImport", in.Data, o)
}

// Import reads renewals from a file.
func (w *Window) Import(in ImportInput) (Imported, error) {
	return w.bring("payment.Import", in.Data, in.options())
}

func (w *Window) bring(name, data string, o ImportOptions) (Imported, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (Imported, error) {
		file, err := bridge.File(data, MaxImport)
		if err != nil {
			return Imported{}, err
		}
		return s.Import(ctx, file, o)
	})
}

// SaveRejected writes the rows that an import would leave out, each with its reason, as a CSV file to mend and import
// again. It returns the file's name; "" if none was chosen.
func (w *Window) SaveRejected(in ImportInput, to FileInput, language string) (string, error) {
	d := bridge.SaveDialog{Title: to.Title, Name: to.Name, Filter: "CSV", Ending: "csv"}
	return bridge.Save(w.room, "payment.SaveRejected", d, func(ctx context.Context, s *Service) ([]byte, error) {
		data, err := bridge.File(in.Data, MaxImport)
		if err != nil {
			return nil, err
		}
		o := in.options()
		o.Preview, o.LeaveOut = true, true
		found, err := s.Import(ctx, data, o)
		if err != nil {
			return nil, err
		}
		rows, err := export.Read(data, importLimits)
		if err != nil {
			return nil, err
		}
		table, err := input.NewTable(rows, importSchema(""))
		if err != nil {
			return nil, err
		}
		locale := words.Parse(language)
		book := words.For(locale)
		var file bytes.Buffer
		err = export.Echo(&file, export.For(locale), input.RejectedTable(table, found.Rejected, book.T("payment_problem"), func(r input.Rejected) string {
			args := []any{}
			for name, value := range r.Params {
				args = append(args, name, value)
			}
			return words.Of(book, "field_", r.Code, args...)
		}))
		return file.Bytes(), err
	})
}
