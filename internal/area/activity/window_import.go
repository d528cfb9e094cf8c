package activity

import (
	"bytes"
	"context"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/google/uuid"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	book "kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// OutlineView is what a file to import looks like. Upload names it in the calls that follow.
type OutlineView struct {
	Upload    string            `json:"upload"`
	Columns   []string          `json:"columns"`
	Suggested map[string]string `json:"suggested"` // column by field
	Samples   [][]string        `json:"samples"`
}

// MappingInput says which column fills which field, or which value it has in every row.
type MappingInput struct {
	Columns map[string]string `json:"columns"`
	Fixed   map[string]string `json:"fixed"`
}

// ImportedView is what an import did, or would do.
type ImportedView struct {
	ID            string         `json:"id"` // "" for a preview
	Rows          int            `json:"rows"`
	Added         int            `json:"added"`
	Duplicates    int            `json:"duplicates"`
	Rejected      int            `json:"rejected"`
	FirstRejected []RejectedView `json:"firstRejected"`
	Samples       []EntryView    `json:"samples"`
}

// RejectedView is a row that was not taken.
type RejectedView struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Reason string `json:"reason"` // field code
	Raw    string `json:"raw"`
}

// upload is a file between the steps of an import.
type upload struct {
	id, name string
	data     []byte
}

// uploads keeps the last file of each person.
type uploads struct {
	mu sync.Mutex
	by map[string]upload
}

func (u *uploads) keep(ctx context.Context, name string, data []byte) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by == nil {
		u.by = map[string]upload{}
	}
	id := uuid.NewString()
	u.by[access.From(ctx).AccountID] = upload{id, name, data}
	return id
}

func (u *uploads) find(ctx context.Context, id string) (upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up, ok := u.by[access.From(ctx).AccountID]
	if !ok || up.id != id {
		return upload{}, fault.New(fault.NotFound, "")
	}
	return up, nil
}

func (u *uploads) drop(ctx context.Context) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.by, access.From(ctx).AccountID)
}

// OpenImport takes a file in, in base64, and tells what it looks like.
func (w *Window) OpenImport(name, data string) (OutlineView, error) {
	return bridge.Call(w.room, "activity.OpenImport", func(ctx context.Context, s *Service) (OutlineView, error) {
		file, err := bridge.File(data, MaxFile)
		if err != nil {
			return OutlineView{}, err
		}
		o, err := s.Inspect(ctx, file)
		if err != nil {
			return OutlineView{}, err
		}
		v := OutlineView{Columns: o.Columns, Samples: o.Samples, Suggested: map[string]string{}}
		for field, column := range o.Suggested {
			v.Suggested[string(field)] = column
		}
		v.Upload = s.uploads.keep(ctx, filepath.Base(name), file)
		return v, nil
	})
}

// PreviewImport starts to find out what an import would do; it changes nothing.
func (w *Window) PreviewImport(upload string, in MappingInput) (bridge.JobView, error) {
	return w.bring(upload, "activity.PreviewImport", in, (*Service).Preview)
}

// RunImport starts to take a file in: all of it, or nothing if it is stopped.
func (w *Window) RunImport(upload string, in MappingInput) (bridge.JobView, error) {
	return w.bring(upload, "activity.RunImport", in, (*Service).Import)
}

type bringing func(s *Service, ctx context.Context, name string, data []byte, m Mapping,
	progress func(done, total int64)) (Imported, error)

func (w *Window) bring(id, name string, in MappingInput, how bringing) (bridge.JobView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (bridge.JobView, error) {
		up, err := s.uploads.find(ctx, id)
		if err != nil {
			return bridge.JobView{}, err
		}
		m := in.mapping()
		m.Zone = w.zone(ctx)
		return bridge.Start(ctx, w.room.Shell().Jobs, name, func(ctx context.Context, progress func(done, total int64)) (Imported, error) {
			out, err := how(s, ctx, up.name, up.data, m, progress)
			if err == nil && out.ID != "" {
				s.uploads.drop(ctx)
			}
			return out, err
		}), nil
	})
}

func (in MappingInput) mapping() Mapping {
	m := Mapping{Columns: map[Field]string{}, Fixed: map[Field]string{}}
	for field, column := range in.Columns {
		m.Columns[Field(field)] = column
	}
	for field, value := range in.Fixed {
		m.Fixed[Field(field)] = value
	}
	return m
}

// ImportResult is what a job of PreviewImport or RunImport found or did.
func (w *Window) ImportResult(job string) (ImportedView, error) {
	return bridge.Call(w.room, "activity.ImportResult", func(ctx context.Context, s *Service) (ImportedView, error) {
		r, err := bridge.ResultOf[Imported](ctx, w.room.Shell().Jobs, job)
		if err != nil {
			return ImportedView{}, err
		}
		v := ImportedView{
			ID: r.ID, Rows: r.Rows, Added: r.Added, Duplicates: r.Duplicates, Rejected: r.Rejected, FirstRejected: []RejectedView{},
		}
		for _, a := range r.FirstRejected {
			v.FirstRejected = append(v.FirstRejected, RejectedView{Line: a.Line, Field: string(a.Field), Reason: a.Reason, Raw: a.Raw})
		}
		v.Samples, err = s.entryViews(ctx, r.Samples)
		return v, err
	})
}

// SaveRejected writes the rows that an import did not take to a file of the person's choice; "" if none was chosen.
func (w *Window) SaveRejected(importID, language string) (string, error) {
	b := book.For(book.Parse(language))
	name, err := bridge.Call(w.room, "activity.SaveRejected", func(ctx context.Context, s *Service) (string, error) {
		return fileName(b.T("activity_import_aside_file"), s.db.Now().In(w.zone(ctx)), formCSV), nil
	})
	if err != nil {
		return "", err
	}
	dialog := bridge.SaveDialog{Title: b.T("activity_import_save_aside"), Name: name, Filter: "CSV", Ending: formCSV}
	return bridge.Save(w.room, "activity.SaveRejected", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		list, err := s.Rejected(ctx, importID)
		if err != nil {
			return nil, err
		}
		var file bytes.Buffer
		err = export.WriteCSV(&file, export.For(b.Locale), nil, list,
			export.NumberField("line", func(r Rejected) string { return strconv.Itoa(r.Line) }),
			export.TextField("field", func(r Rejected) string { return string(r.Field) }),
			export.TextField("reason", func(r Rejected) string { return r.Reason }),
			export.TextField("row", func(r Rejected) string { return r.Raw }),
		)
		return file.Bytes(), err
	})
}
