package activity

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/fault"
	book "kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// The forms of an export. Programs read JSON lines, so those keep the ids; the others say what the person says.
const (
	formCSV   = "csv"
	formXLSX  = "xlsx"
	formLines = "jsonl"
)

// Export asks where to, and starts to write exactly what a search finds. A view without an id: nothing was chosen.
func (w *Window) Export(in SearchInput, out ExportInput) (bridge.JobView, error) {
	if !slices.Contains([]string{formCSV, formXLSX, formLines}, out.Format) {
		return bridge.JobView{}, fault.New(fault.Invalid, "")
	}
	b := book.For(book.Parse(out.Language))
	name, err := bridge.Call(w.room, "activity.Export", func(ctx context.Context, s *Service) (string, error) {
		return fileName(b.T("activity_export_file"), s.db.Now().In(w.zone(ctx)), out.Format), s.check(ctx, w.search(ctx, in))
	})
	if err != nil { // before a dialog opens that would lead nowhere
		return bridge.JobView{}, err
	}
	path, err := w.room.AskSave(bridge.SaveDialog{
		Title: b.T("activity_export"), Name: name, Filter: strings.ToUpper(out.Format), Ending: out.Format,
	})
	if err != nil || path == "" {
		return bridge.JobView{}, err
	}
	return bridge.Call(w.room, "activity.Export", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		search := w.search(ctx, in)
		return bridge.Start(ctx, w.room.Shell().Jobs, "activity.Export", func(ctx context.Context, progress func(done, total int64)) (ExportedView, error) {
			v := ExportedView{Name: filepath.Base(path)}
			err := export.Save(path, func(file io.Writer) (err error) {
				v.Count, err = s.write(ctx, file, search, out.Format, b, progress)
				return err
			})
			if err != nil && fault.CodeOf(err) == fault.Internal {
				err = fault.Wrap(err, fault.Unavailable, "not_written")
			}
			return v, err
		}), nil
	})
}

// ExportResult is what a job of Export wrote.
func (w *Window) ExportResult(job string) (ExportedView, error) {
	return bridge.Call(w.room, "activity.ExportResult", func(ctx context.Context, _ *Service) (ExportedView, error) {
		return bridge.ResultOf[ExportedView](ctx, w.room.Shell().Jobs, job)
	})
}

// fileName is what a file is proposed to be called: what it holds, and of which day of the person it is.
func fileName(what string, now time.Time, ending string) string {
	return what + "-" + now.Format(time.DateOnly) + "." + ending
}

func (s *Service) write(ctx context.Context, file io.Writer, search Search, format string, b *book.Book, progress func(done, total int64)) (int64, error) {
	var t *export.File[exported]
	switch format {
	case formLines:
		t = export.NewLines(file, columns(nil, search.zone())...)
	case formXLSX:
		t = export.NewWorkbook(file, "Kontor", columns(b, search.zone())...)
	default:
		t = export.NewCSV(file, export.For(b.Locale), nil, columns(b, search.zone())...)
	}
	n, err := s.export(ctx, search, func(e exported) error {
		if format == formXLSX { // the others come back through an import, which recognises what is as it was
			e.say(b)
		}
		t.Row(e)
		return nil
	}, progress)
	if err != nil {
		return n, err
	}
	return n, t.Flush()
}
