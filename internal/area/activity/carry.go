package activity

import (
	"context"
	"io"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// whole is the end of a walk that has as much as Take takes.
var whole = fault.New(fault.Canceled, "")

// Lines writes the newest entries of the organization that the window shows as JSON lines, for Take: MaxRows and MaxFile bytes
// at most. It leaves no trace in the journal; whoever carries them does. Requires access.ViewJournal.
func (s *Service) Lines(ctx context.Context, w io.Writer) (written int64, err error) {
	if _, err := access.Require(ctx, access.ViewJournal); err != nil {
		return 0, err
	}
	limited := &room{Writer: w, left: MaxFile}
	lines := export.NewLines(limited, columns(nil, time.UTC)...)
	_, err = s.entries(ctx, Search{Scope: Organization, Zone: time.UTC}, func(e exported) error {
		if written >= MaxRows || limited.left < 2*maxRow {
			return whole
		}
		lines.Row(e)
		written++
		return nil
	}, nil)
	if err != nil && err != whole { //nolint:errorlint // it is the same
		return written, err
	}
	return written, lines.Flush()
}

// room counts what is written.
type room struct {
	io.Writer

	left int
}

func (r *room) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	r.left -= n
	return n, err
}

// Take adds what Lines wrote as imported entries of the actor's organization, in the caller's transaction, in which it may
// have been made. Nobody in it is taken for an account of this workspace: nothing of it counts as anybody's own act.
// Entries that the journal has already are left out. Requires access.ViewJournal. Errors: as Import.
func (s *Service) Take(ctx context.Context, tx *sqlite.Tx, name, data string) (Imported, error) {
	actor, err := access.Require(ctx, access.ViewJournal)
	out := Imported{}
	if err != nil || data == "" {
		return out, err
	}
	sh, err := openSheet(data, func(int) error { return ctx.Err() })
	if err != nil {
		return out, err
	}
	got, err := s.read(ctx, data, Mapping{Columns: suggest(sh.columns), Fixed: map[Field]string{}}, func(int64, int64) {})
	if err != nil {
		return out, err
	}
	out.Rows, out.Rejected = len(got.taken)+len(got.aside)+got.leftOut, len(got.aside)
	i := importer{ctx: context.WithoutCancel(ctx), stopped: ctx.Err, tx: tx, service: s, actor: actor, accounts: map[string]string{}, out: &out}
	return out, i.run(cut(name, MaxName), got, func(int64, int64) {})
}
