package client

import (
	"context"
	"strconv"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/bridge"
)

// ImportInput is a file of clients, and how it is to be read.
type ImportInput struct {
	bridge.Upload
	Unnamed string            `json:"unnamed"` // what is asked where the file names no access: "" (nothing), leave_out, full, full_wallet
	Decided map[string]string `json:"decided"` // about doubles, by line: update, add; the others are skipped
}

// ImportedView is what an import did or would do.
type ImportedView struct {
	Added    int              `json:"added"`
	Replaced int              `json:"replaced"`
	Doubles  []DoubleView     `json:"doubles"`
	Rejected []input.Rejected `json:"rejected"`
	First    []Input          `json:"first"`
}

// DoubleView is a client of a file that is kept already: what is kept, and what the file says.
type DoubleView struct {
	Line  int    `json:"line"`
	ID    string `json:"id"`
	Name  string `json:"name"`
	Place string `json:"place"`
	File  Input  `json:"file"`
	// What was decided: skip, update, add.
	Decided string `json:"decided"`
}

// OutlineImport tells what a file of clients looks like: its columns, and what they are taken for.
func (w *Window) OutlineImport(in ImportInput) (input.Outline, error) {
	return bridge.Call(w.room, "client.OutlineImport", func(ctx context.Context, s *Service) (input.Outline, error) {
		file, err := in.File(ImportLimits.Bytes)
		if err != nil {
			return input.Outline{}, err
		}
		return s.OutlineImport(ctx, file, in.Chosen())
	})
}

// PreviewImport tells what an import would do. It changes nothing.
func (w *Window) PreviewImport(in ImportInput) (ImportedView, error) {
	return bridge.Call(w.room, "client.PreviewImport", func(ctx context.Context, s *Service) (ImportedView, error) {
		done, err := in.run(ctx, s, true)
		return done.view(), err
	})
}

// Import takes the clients of a file.
func (w *Window) Import(in ImportInput) (ImportedView, error) {
	return bridge.Call(w.room, "client.Import", func(ctx context.Context, s *Service) (ImportedView, error) {
		done, err := in.run(ctx, s, false)
		return done.view(), err
	})
}

// SaveRejected writes the rows that an import would leave out, see bridge.SaveRejected.
func (w *Window) SaveRejected(in ImportInput, to bridge.Target) (string, error) {
	return bridge.SaveRejected(w.room, "client.SaveRejected", to, func(ctx context.Context, s *Service) (bridge.Rejects, error) {
		done, err := in.run(ctx, s, true)
		return bridge.Rejects{Table: done.Table, Rows: done.Rejected}, err
	})
}

// SaveExample writes an example of the file that Import reads, see bridge.SaveExample.
func (w *Window) SaveExample(to bridge.Target) (string, error) {
	return bridge.SaveExample(w.room, "client.SaveExample", to, importExample)
}

func (in ImportInput) run(ctx context.Context, s *Service, preview bool) (Imported, error) {
	file, err := in.File(ImportLimits.Bytes)
	if err != nil {
		return Imported{}, err
	}
	decided := map[int]Decision{}
	for line, what := range in.Decided {
		n, err := strconv.Atoi(line)
		if err != nil || what != string(Renew) && what != string(AddToo) && what != string(Skip) {
			var c fault.Check
			c.Refuse("decided", "not_a_choice")
			return Imported{}, c.Err()
		}
		decided[n] = Decision(what)
	}
	return s.Import(ctx, file, ImportOptions{Mapping: in.Chosen(), Unnamed: Unnamed(in.Unnamed), Decided: decided, Preview: preview})
}

func (i Imported) view() ImportedView {
	v := ImportedView{Added: i.Added, Replaced: i.Replaced, Doubles: []DoubleView{}, Rejected: i.Rejected, First: []Input{}}
	for _, d := range i.Doubles {
		v.Doubles = append(v.Doubles, DoubleView{Line: d.Line, ID: d.ID, Name: d.Existing.Name, Place: d.Existing.Place, File: d.File.input(), Decided: string(d.Decided)})
	}
	for _, n := range i.First {
		v.First = append(v.First, n.input())
	}
	return v
}

func (n New) input() Input {
	return Input{DetailsInput: n.Details.input(), Rights: n.Rights}
}
