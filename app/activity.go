package app

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/host/bridge"

	"kontor/internal/area/activity"
	"kontor/internal/core/fault"
	"kontor/internal/host/export"
)

// ActivityService searches the journal of what was done, and takes entries out of it and into it.
type ActivityService struct{ app *App }

// Catalogue lists the words that a query and an import understand.
func (s *ActivityService) Catalogue() CatalogueView {
	v := CatalogueView{Groups: activity.Groups(), Products: []string{}, Actions: []string{}, Results: []string{}, Fields: []string{}}
	for _, p := range activity.Products() {
		v.Products = append(v.Products, string(p))
	}
	for _, a := range activity.Actions() {
		v.Actions = append(v.Actions, string(a))
	}
	for _, r := range activity.Results() {
		v.Results = append(v.Results, string(r))
	}
	for _, f := range activity.Fields() {
		v.Fields = append(v.Fields, string(f))
	}
	return v
}

// Parse reads a query into its terms. It never fails: what it does not understand is a term with a problem.
func (s *ActivityService) Parse(query string) QueryView { return queryView(activity.Parse(query)) }

// Zone is where the person's days begin, as they chose; "" is the computer's.
func (s *ActivityService) Zone() (string, error) {
	return call(s.app, "activity.Zone", func(ctx context.Context, h *workspace) (string, error) {
		a, err := h.profiles.Mine(ctx)
		return a.TimeZone, err
	})
}

// Page returns up to limit entries, newest first; before is where the page before ended, "" at the start.
func (s *ActivityService) Page(in SearchInput, before string, limit int) (PageView, error) {
	return call(s.app, "activity.Page", func(ctx context.Context, h *workspace) (PageView, error) {
		search, err := in.search()
		if err != nil {
			return PageView{}, err
		}
		var from int64
		if before != "" {
			if from, err = strconv.ParseInt(before, 10, 64); err != nil {
				return PageView{}, fault.New(fault.Invalid, "")
			}
		}
		p, err := h.journal.Page(ctx, search, from, limit)
		if err != nil {
			return PageView{}, err
		}
		return h.pageView(ctx, p)
	})
}

// Count tells how many entries a search finds, of how many there are.
func (s *ActivityService) Count(in SearchInput) (FoundView, error) {
	return call(s.app, "activity.Count", func(ctx context.Context, h *workspace) (FoundView, error) {
		search, err := in.search()
		if err != nil {
			return FoundView{}, err
		}
		c, err := h.journal.Count(ctx, search)
		return FoundView{Matching: AmountView(c.Matching), Total: AmountView(c.Total)}, err
	})
}

// Days counts what a search finds on each of n days up to the last, "" for today.
func (s *ActivityService) Days(in SearchInput, last string, n int) ([]DayView, error) {
	return call(s.app, "activity.Days", func(ctx context.Context, h *workspace) ([]DayView, error) {
		views := []DayView{}
		search, err := in.search()
		if err != nil {
			return views, err
		}
		days, err := h.journal.Days(ctx, search, last, n)
		for _, d := range days {
			views = append(views, DayView{Date: d.Date, Count: d.N, Gap: d.Gap})
		}
		return views, err
	})
}

// Actors lists the people of a scope's entries, for a query to choose from.
func (s *ActivityService) Actors(scope string) ([]ActorView, error) {
	return call(s.app, "activity.Actors", func(ctx context.Context, h *workspace) ([]ActorView, error) {
		views := []ActorView{}
		names, err := h.journal.Actors(ctx, activity.Scope(scope))
		for id, name := range names {
			views = append(views, ActorView{ID: id, Name: name})
		}
		slices.SortFunc(views, func(a, b ActorView) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
		return views, err
	})
}

// Saved lists the person's searches of a scope, with how much each finds that is new.
func (s *ActivityService) Saved(scope, zone string) ([]SavedView, error) {
	return call(s.app, "activity.Saved", func(ctx context.Context, h *workspace) ([]SavedView, error) {
		views := []SavedView{}
		list, err := h.journal.Saved(ctx, activity.Scope(scope), location(zone))
		for _, k := range list {
			views = append(views, SavedView{ID: k.ID, Name: k.Name, Query: k.Query.String(), New: AmountView(k.New)})
		}
		return views, err
	})
}

// Save keeps a search under a name and returns its id.
func (s *ActivityService) Save(scope, name, query string) (string, error) {
	return call(s.app, "activity.Save", func(ctx context.Context, h *workspace) (string, error) {
		return h.journal.Save(ctx, activity.Scope(scope), name, activity.Parse(query))
	})
}

// Seen notes that the person has looked at what a saved search finds.
func (s *ActivityService) Seen(id string) error {
	return do(s.app, "activity.Seen", func(ctx context.Context, h *workspace) error { return h.journal.Seen(ctx, id) })
}

// Unsave removes a saved search.
func (s *ActivityService) Unsave(id string) error {
	return do(s.app, "activity.Unsave", func(ctx context.Context, h *workspace) error { return h.journal.Unsave(ctx, id) })
}

// Verify starts to check the whole chain.
func (s *ActivityService) Verify() (bridge.JobView, error) {
	return call(s.app, "activity.Verify", func(ctx context.Context, h *workspace) (bridge.JobView, error) {
		return bridge.Start(ctx, s.app.shell.Jobs, "activity.Verify", h.journal.Verify), nil
	})
}

// VerifyResult is what a job of Verify found.
func (s *ActivityService) VerifyResult(job string) (ReportView, error) {
	return call(s.app, "activity.VerifyResult", func(ctx context.Context, h *workspace) (ReportView, error) {
		r, err := bridge.ResultOf[activity.Report](ctx, s.app.shell.Jobs, job)
		if err != nil {
			return ReportView{}, err
		}
		v := ReportView{OK: r.OK(), Checked: r.Checked, Broken: r.Broken, Breaks: []BreakView{}}
		for _, b := range r.Breaks {
			v.Breaks = append(v.Breaks, BreakView{Damage: string(b.Damage), Number: b.Seq, Count: b.Count, At: momentText(b.At)})
		}
		return v, nil
	})
}

// Export asks where to, and starts to write exactly what a search finds. A view without an id: nothing was chosen.
func (s *ActivityService) Export(in SearchInput, out ExportInput) (bridge.JobView, error) {
	search, err := in.search()
	if err != nil {
		return bridge.JobView{}, err
	}
	if !slices.Contains([]string{"csv", "xlsx", "jsonl"}, out.Format) {
		return bridge.JobView{}, fault.New(fault.Invalid, "")
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: out.Title, Name: out.Name, Filter: strings.ToUpper(out.Format), Ending: out.Format})
	if err != nil || path == "" {
		return bridge.JobView{}, err
	}
	return call(s.app, "activity.Export", func(ctx context.Context, h *workspace) (bridge.JobView, error) {
		return bridge.Start(ctx, s.app.shell.Jobs, "activity.Export", func(ctx context.Context, progress func(done, total int64)) (ExportedView, error) {
			v := ExportedView{Name: filepath.Base(path)}
			err := export.Save(path, func(w io.Writer) (err error) {
				v.Count, err = out.write(ctx, h.journal, search, w, progress)
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
func (s *ActivityService) ExportResult(job string) (ExportedView, error) {
	return call(s.app, "activity.ExportResult", func(ctx context.Context, h *workspace) (ExportedView, error) {
		return bridge.ResultOf[ExportedView](ctx, s.app.shell.Jobs, job)
	})
}

// rows is what every form of export has.
type rows interface {
	Row(cells ...export.Cell)
	Flush() error
}

func (out ExportInput) write(ctx context.Context, journal *activity.Service, search activity.Search, w io.Writer, progress func(done, total int64)) (int64, error) {
	columns := activity.Columns()
	names, head := make([]string, len(columns)), make([]export.Cell, len(columns))
	for i, c := range columns {
		names[i], head[i] = c.Name, export.Text(out.word("column", c.Name))
	}
	var t rows
	switch out.Format {
	case "jsonl":
		t = export.NewLines(w, names...)
	case "xlsx":
		t = export.NewWorkbook(w, "Kontor", head...)
	default:
		t = export.NewCSV(w, export.For(out.Language))
		t.Row(head...)
	}
	n, err := journal.Export(ctx, search, func(cells []string) error {
		row := make([]export.Cell, len(cells))
		for i, c := range cells {
			if columns[i].Numeric {
				row[i] = export.Number(c)
				continue
			}
			row[i] = export.Text(out.word(names[i], c))
		}
		t.Row(row...)
		return nil
	}, progress)
	if err != nil {
		return n, err
	}
	return n, t.Flush()
}

// word is what the person calls a value; programs read JSON lines, so those keep the ids.
func (out ExportInput) word(kind, id string) string {
	if w, ok := out.Words[kind+"."+id]; ok && out.Format != "jsonl" {
		return w
	}
	return id
}

func momentText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}
