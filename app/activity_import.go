package app

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"kontor/internal/host/bridge"

	"github.com/google/uuid"

	"kontor/internal/area/activity"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
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
	Zone    string            `json:"zone"`
	Words   map[string]string `json:"words"` // what the window calls things → their ids
}

func (in MappingInput) mapping() activity.Mapping {
	m := activity.Mapping{
		Columns: map[activity.Field]string{}, Fixed: map[activity.Field]string{}, Zone: location(in.Zone), Words: map[string]string{},
	}
	for field, column := range in.Columns {
		m.Columns[activity.Field(field)] = column
	}
	for field, value := range in.Fixed {
		m.Fixed[activity.Field(field)] = value
	}
	for word, id := range in.Words {
		m.Words[strings.ToLower(word)] = id
	}
	return m
}

// JournalImportView is what an import did, or would do.
type JournalImportView struct {
	ID         string             `json:"id"` // "" for a preview
	Rows       int                `json:"rows"`
	Added      int                `json:"added"`
	Duplicates int                `json:"duplicates"`
	Aside      int                `json:"aside"`
	FirstAside []AsideView        `json:"firstAside"`
	Samples    []JournalEntryView `json:"samples"`
}

// AsideView is a row that was not taken.
type AsideView struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Reason string `json:"reason"` // field code
	Raw    string `json:"raw"`
}

// upload is a file between the steps of an import.
type upload struct {
	id, account, name string
	data              []byte
}

// uploads keeps the last file of each person.
type uploads struct {
	mu sync.Mutex
	by map[string]upload
}

func (u *uploads) keep(account, name string, data []byte) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by == nil {
		u.by = map[string]upload{}
	}
	id := uuid.NewString()
	u.by[account] = upload{id, account, name, data}
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

// OpenImport takes a file in and tells what it looks like. Words are what the window calls the fields.
func (s *ActivityService) OpenImport(name string, data []byte, words map[string]string) (OutlineView, error) {
	return call(s.app, "activity.OpenImport", func(ctx context.Context, h *workspace) (OutlineView, error) {
		fields := map[string]activity.Field{}
		for word, field := range words {
			fields[strings.ToLower(word)] = activity.Field(field)
		}
		o, err := h.journal.Inspect(ctx, data, fields)
		if err != nil {
			return OutlineView{}, err
		}
		v := OutlineView{Columns: o.Columns, Samples: o.Samples, Suggested: map[string]string{}}
		for field, column := range o.Suggested {
			v.Suggested[string(field)] = column
		}
		v.Upload = h.uploads.keep(access.From(ctx).AccountID, filepath.Base(name), data)
		return v, nil
	})
}

// PreviewImport starts to find out what an import would do; it changes nothing.
func (s *ActivityService) PreviewImport(upload string, in MappingInput) (bridge.JobView, error) {
	return s.bring(upload, "activity.PreviewImport", in, (*activity.Service).Preview)
}

// RunImport starts to take a file in: all of it, or nothing if it is stopped.
func (s *ActivityService) RunImport(upload string, in MappingInput) (bridge.JobView, error) {
	return s.bring(upload, "activity.RunImport", in, (*activity.Service).Import)
}

type bringing func(s *activity.Service, ctx context.Context, name string, data []byte, m activity.Mapping,
	progress func(done, total int64)) (activity.Imported, error)

func (s *ActivityService) bring(id, name string, in MappingInput, how bringing) (bridge.JobView, error) {
	return call(s.app, name, func(ctx context.Context, h *workspace) (bridge.JobView, error) {
		up, err := h.uploads.find(ctx, id)
		if err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, s.app.shell.Jobs, name, func(ctx context.Context, progress func(done, total int64)) (activity.Imported, error) {
			out, err := how(h.journal, ctx, up.name, up.data, in.mapping(), progress)
			if err == nil && out.ID != "" {
				h.uploads.drop(ctx)
			}
			return out, err
		}), nil
	})
}

// ImportResult is what a job of PreviewImport or RunImport found or did.
func (s *ActivityService) ImportResult(job string) (JournalImportView, error) {
	return call(s.app, "activity.ImportResult", func(ctx context.Context, h *workspace) (JournalImportView, error) {
		r, err := bridge.ResultOf[activity.Imported](ctx, s.app.shell.Jobs, job)
		if err != nil {
			return JournalImportView{}, err
		}
		v := JournalImportView{
			ID: r.ID, Rows: r.Rows, Added: r.Added, Duplicates: r.Duplicates, Aside: r.Aside, FirstAside: []AsideView{},
		}
		for _, a := range r.FirstAside {
			v.FirstAside = append(v.FirstAside, AsideView{Line: a.Line, Field: string(a.Field), Reason: a.Reason, Raw: a.Raw})
		}
		v.Samples, err = h.entryViews(ctx, r.Samples)
		return v, err
	})
}

// SaveAside writes the rows that an import did not take to a file of the person's choice; "" if none was chosen.
func (s *ActivityService) SaveAside(importID, language, title, name string) (string, error) {
	rows, err := call(s.app, "activity.SaveAside", func(ctx context.Context, h *workspace) ([]activity.Aside, error) {
		return h.journal.Aside(ctx, importID)
	})
	if err != nil {
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: title, Name: name, Filter: "CSV", Ending: "csv"})
	if err != nil || path == "" {
		return "", err
	}
	err = export.Save(path, func(w io.Writer) error {
		t := export.NewCSV(w, export.For(language))
		t.Row(export.Text("line"), export.Text("field"), export.Text("reason"), export.Text("row"))
		for _, a := range rows {
			t.Row(export.Number(strconv.Itoa(a.Line)), export.Text(string(a.Field)), export.Text(a.Reason), export.Text(a.Raw))
		}
		return t.Flush()
	})
	if err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "not_written")
	}
	return filepath.Base(path), nil
}
