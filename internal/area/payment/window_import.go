package payment

import (
	"context"

	"kontor/internal/core/input"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// ImportInput is a file of renewals and how it is to be read.
type ImportInput struct {
	bridge.Upload
	LeaveOut bool `json:"leaveOut"` // take what can be taken; else all rows are taken or none
}

func (in ImportInput) options() ImportOptions {
	return ImportOptions{Mapping: in.Chosen(), LeaveOut: in.LeaveOut}
}

// OutlineImport tells what a file of renewals looks like: its columns, what they are taken for, what has to be asked.
func (w *Window) OutlineImport(in ImportInput) (input.Outline, error) {
	return bridge.Call(w.room, "payment.OutlineImport", func(ctx context.Context, s *Service) (input.Outline, error) {
		file, err := in.File(MaxImport)
		if err != nil {
			return input.Outline{}, err
		}
		return s.OutlineImport(ctx, file, in.Chosen())
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

// SaveRejected writes the rows that an import would leave out, see bridge.SaveRejected.
func (w *Window) SaveRejected(in ImportInput, to bridge.Target) (string, error) {
	return bridge.SaveRejected(w.room, "payment.SaveRejected", to, func(ctx context.Context, s *Service) (bridge.Rejects, error) {
		file, err := in.File(MaxImport)
		if err != nil {
			return bridge.Rejects{}, err
		}
		o := in.options()
		o.Preview, o.LeaveOut = true, true
		found, err := s.Import(ctx, file, o)
		if err != nil {
			return bridge.Rejects{}, err
		}
		rows, err := export.Read(file, importLimits)
		if err != nil {
			return bridge.Rejects{}, err
		}
		table, err := input.NewTable(rows, importSchema(""))
		return bridge.Rejects{Table: table, Rows: found.Rejected}, err
	})
}
