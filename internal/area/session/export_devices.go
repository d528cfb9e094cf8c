package session

import (
	"bytes"
	"context"
	"strings"
	"time"

	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// Export writes every session, alive or ended, to a CSV file that the person chooses, in the person's words and for the
// person's spreadsheet program. It returns the file's name, "" if none was chosen. The journal tells of it.
func (w *SecurityWindow) Export(language string) (string, error) {
	book := words.For(words.Parse(language))
	title := book.T("session_title")
	// The day is that of the person, who is asked for a place at once.
	day, err := bridge.Call(w.room, "security.Export", func(ctx context.Context, s *Service) (string, error) {
		return s.clock.Today(ctx).String(), nil
	})
	if err != nil {
		return "", err
	}
	dialog := bridge.SaveDialog{
		Title: book.T("session_export"), Name: "kontor-" + strings.ToLower(title) + "-" + day + ".csv", Filter: "CSV", Ending: "csv",
	}
	count := 0
	name, err := bridge.Save(w.room, "security.Export", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		all, err := s.All(ctx)
		if err != nil {
			return nil, err
		}
		count = len(all)
		return deviceFile(all, book)
	})
	if err != nil || name == "" {
		return "", err
	}
	return name, bridge.Do(w.room, "security.Exported", func(ctx context.Context, s *Service) error { return s.Exported(ctx, count) })
}

// deviceFile is the list of sessions as CSV. Its moments are UTC, and say so.
func deviceFile(all []Session, book *words.Book) ([]byte, error) {
	var file bytes.Buffer
	t := export.NewCSV(&file, export.For(book.Locale))
	row := func(texts ...string) {
		cells := make([]export.Cell, len(texts))
		for i, text := range texts {
			cells[i] = export.Text(text)
		}
		t.Row(cells...)
	}
	const utc = " (UTC)"
	row(book.T("session_device"), book.T("session_own_name"), book.T("session_note"), book.T("session_system"),
		book.T("session_version"), book.T("session_address"), book.T("session_method"),
		book.T("session_first_seen")+utc, book.T("session_last_active")+utc, book.T("session_ended_at")+utc, book.T("session_how_ended"))
	for _, one := range all {
		ended := ""
		if one.EndedBy != "" {
			ended = words.Of(book, "session_ended_", one.EndedBy)
		}
		row(one.Device.Name, one.OwnName, one.Note, one.Device.System, one.Device.Version, one.Device.Address,
			words.Of(book, "session_method_", one.Method), second(one.FirstSeen), second(one.LastActive), second(one.EndedAt), ended)
	}
	if err := t.Flush(); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// second is a moment that a spreadsheet program takes for one, UTC.
func second(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}
