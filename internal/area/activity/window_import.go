package activity

import (
	"bytes"
	"context"
	"path/filepath"
	"strconv"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	book "kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// OutlineView is what a file to import looks like.
type OutlineView struct {
	Columns   []string     `json:"columns"`
	Suggested MappingInput `json:"suggested"`
	Known     bool         `json:"known"` // a file of this kind was read before, and is suggested as it was read then
	Samples   [][]string   `json:"samples"`
}

// MappingInput says which column fills which field, or which value it has in every row, and what becomes of the words.
type MappingInput struct {
	Source  string                       `json:"source"` // the program that wrote the file
	Columns map[string]string            `json:"columns"`
	Fixed   map[string]string            `json:"fixed"`
	Words   map[string]map[string]string `json:"words"` // by field and word: an id, "=" as it is written, "-" left out
	Order   string                       `json:"order"` // of days: dmy, mdy; "" is what the file tells
}

// ChoiceView is a word of a file and what becomes of it.
type ChoiceView struct {
	Field string `json:"field"`
	Word  string `json:"word"`
	Rows  int    `json:"rows"`
	Taken string `json:"taken"` // an id, "=", "-", or "" where a choice is needed
}

// SurveyView is what a file holds under a mapping.
type SurveyView struct {
	Rows      int              `json:"rows"`
	Choices   []ChoiceView     `json:"choices"`
	More      map[string]int   `json:"more"`      // words of a field that are not listed
	Questions []input.Question `json:"questions"` // none or one: whether the day or the month comes first
}

// ImportedView is what an import did, or would do.
type ImportedView struct {
	ID            string         `json:"id"` // "" for a preview
	Rows          int            `json:"rows"`
	Added         int            `json:"added"`
	Duplicates    int            `json:"duplicates"`
	Rejected      int            `json:"rejected"`
	LeftOut       int            `json:"leftOut"` // as the person chose
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

// OpenImport begins to take in a file of so many bytes and gives the name for the calls that follow.
func (w *Window) OpenImport(name string, size int) (string, error) {
	return bridge.Call(w.room, "activity.OpenImport", func(ctx context.Context, s *Service) (string, error) {
		if size < 0 || size > MaxFile {
			return "", fault.New(fault.Invalid, "import_too_large").With("max", strconv.Itoa(MaxFile>>20)+" MB")
		}
		if _, err := access.Require(ctx, access.ViewJournal); err != nil {
			return "", err
		}
		return s.uploads.open(ctx, filepath.Base(name), size), nil
	})
}

// AddImport takes in the next part of the file, in base64. A file comes in parts, so that a large one is never held several times.
func (w *Window) AddImport(id, data string) error {
	return bridge.Do(w.room, "activity.AddImport", func(ctx context.Context, s *Service) error {
		if len(data) == 0 {
			return nil
		}
		part, err := bridge.File(data, MaxFile)
		if err != nil {
			return err
		}
		return s.uploads.add(ctx, id, part)
	})
}

// DropImport forgets the file.
func (w *Window) DropImport() error {
	return bridge.Do(w.room, "activity.DropImport", func(ctx context.Context, s *Service) error {
		if _, err := access.Require(ctx, access.ViewJournal); err != nil {
			return err
		}
		s.uploads.drop(ctx)
		return nil
	})
}

// LookImport starts to find out what the file looks like.
func (w *Window) LookImport(id string) (bridge.JobView, error) {
	return withUpload(w, id, "activity.LookImport", func(ctx context.Context, s *Service, up *upload, progress func(done, total int64)) (Outline, error) {
		return s.Inspect(ctx, up.text(), progress)
	})
}

// OutlineResult is what a job of LookImport found.
func (w *Window) OutlineResult(job string) (OutlineView, error) {
	return bridge.Call(w.room, "activity.OutlineResult", func(ctx context.Context, _ *Service) (OutlineView, error) {
		o, err := bridge.ResultOf[Outline](ctx, w.room.Shell().Jobs, job)
		m := o.Suggested
		v := OutlineView{
			Columns: o.Columns, Samples: o.Samples, Known: o.Known,
			Suggested: MappingInput{Source: m.Source, Columns: byName(m.Columns), Fixed: byName(m.Fixed), Words: byName(m.Words), Order: m.Order},
		}
		return v, err
	})
}

// SurveyImport starts to count the words of the file, and finds what has to be asked.
func (w *Window) SurveyImport(id string, in MappingInput) (bridge.JobView, error) {
	return withUpload(w, id, "activity.SurveyImport", func(ctx context.Context, s *Service, up *upload, progress func(done, total int64)) (Survey, error) {
		return s.Survey(ctx, up.text(), in.mapping(w.zone(ctx)), progress)
	})
}

// SurveyResult is what a job of SurveyImport found.
func (w *Window) SurveyResult(job string) (SurveyView, error) {
	return bridge.Call(w.room, "activity.SurveyResult", func(ctx context.Context, _ *Service) (SurveyView, error) {
		found, err := bridge.ResultOf[Survey](ctx, w.room.Shell().Jobs, job)
		v := SurveyView{Rows: found.Rows, Choices: []ChoiceView{}, More: map[string]int{}, Questions: []input.Question{}}
		for _, c := range found.Choices {
			v.Choices = append(v.Choices, ChoiceView{string(c.Field), c.Word, c.Rows, c.Taken})
		}
		for field, n := range found.More {
			v.More[string(field)] = n
		}
		if found.Question != nil {
			v.Questions = append(v.Questions, *found.Question)
		}
		return v, err
	})
}

// PreviewImport starts to find out what an import would do; it changes nothing.
func (w *Window) PreviewImport(id string, in MappingInput) (bridge.JobView, error) {
	return withUpload(w, id, "activity.PreviewImport", func(ctx context.Context, s *Service, up *upload, progress func(done, total int64)) (Imported, error) {
		return s.Preview(ctx, up.name, up.text(), in.mapping(w.zone(ctx)), progress)
	})
}

// RunImport starts to take a file in: all of it, or nothing if it is stopped.
func (w *Window) RunImport(id string, in MappingInput) (bridge.JobView, error) {
	return withUpload(w, id, "activity.RunImport", func(ctx context.Context, s *Service, up *upload, progress func(done, total int64)) (Imported, error) {
		m := in.mapping(w.zone(ctx))
		out, err := s.Import(ctx, up.name, up.text(), m, progress)
		if err == nil {
			s.uploads.done(ctx, id, out.ID, m)
		}
		return out, err
	})
}

// withUpload starts a job over a file that was taken in.
func withUpload[T any](w *Window, id, name string, work func(ctx context.Context, s *Service, up *upload, progress func(done, total int64)) (T, error)) (bridge.JobView, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (bridge.JobView, error) {
		up, err := s.uploads.find(ctx, id)
		if err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, name, func(ctx context.Context, progress func(done, total int64)) (T, error) {
			return work(ctx, s, up, progress)
		}), nil
	})
}

func byName[T any](list map[Field]T) map[string]T {
	out := map[string]T{}
	for field, value := range list {
		out[string(field)] = value
	}
	return out
}

func fielded[T any](list map[string]T) map[Field]T {
	out := map[Field]T{}
	for field, value := range list {
		out[Field(field)] = value
	}
	return out
}

func (in MappingInput) mapping(zone *time.Location) Mapping {
	return Mapping{Source: in.Source, Columns: fielded(in.Columns), Fixed: fielded(in.Fixed), Words: fielded(in.Words), Order: in.Order, Zone: zone}
}

// ImportResult is what a job of PreviewImport or RunImport found or did.
func (w *Window) ImportResult(job string) (ImportedView, error) {
	return bridge.Call(w.room, "activity.ImportResult", func(ctx context.Context, s *Service) (ImportedView, error) {
		r, err := bridge.ResultOf[Imported](ctx, w.room.Shell().Jobs, job)
		if err != nil {
			return ImportedView{}, err
		}
		v := ImportedView{
			ID: r.ID, Rows: r.Rows, Added: r.Added, Duplicates: r.Duplicates, Rejected: r.Rejected, LeftOut: r.LeftOut, FirstRejected: []RejectedView{},
		}
		for _, a := range r.FirstRejected {
			v.FirstRejected = append(v.FirstRejected, RejectedView{Line: a.Line, Field: string(a.Field), Reason: a.Reason, Raw: cut(a.Raw, beginAside)})
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
		list, err := s.wholeRejected(ctx, importID)
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
