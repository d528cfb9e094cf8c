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
		return deviceFile(all, book, s.clock.Location(ctx))
	})
	if err != nil || name == "" {
		return "", err
	}
	return name, bridge.Do(w.room, "security.Exported", func(ctx context.Context, s *Service) error { return s.Exported(ctx, count) })
}

// deviceFile is the list of sessions as CSV. Its moments are on the clock of a zone, and say which.
func deviceFile(all []Session, book *words.Book, zone *time.Location) ([]byte, error) {
	var file bytes.Buffer
	t := export.NewCSV(&file, export.For(book.Locale))
	in := ""
	if zone.String() != "Local" { // the computer's, which has no name
		in = " (" + zone.String() + ")"
	}
	text := export.Text
	t.Row(text(book.T("session_device")), text(book.T("session_own_name")), text(book.T("session_note")), text(book.T("session_system")),
		text(book.T("session_version")), text(book.T("session_address")), text(book.T("session_method")), text(book.T("session_first_seen")+in),
		text(book.T("session_last_active")+in), text(book.T("session_ended_at")+in), text(book.T("session_how_ended")))
	for _, one := range all {
		ended := ""
		if one.EndedBy != "" {
			ended = words.Of(book, "session_ended_", one.EndedBy)
		}
		t.Row(text(one.Device.Name), text(one.OwnName), text(one.Note), text(one.Device.System), text(one.Device.Version),
			text(one.Device.Address), text(words.Of(book, "session_method_", one.Method)), export.Second(one.FirstSeen, zone),
			export.Second(one.LastActive, zone), export.Second(one.EndedAt, zone), text(ended))
	}
	if err := t.Flush(); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}
