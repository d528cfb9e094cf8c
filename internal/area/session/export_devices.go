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
	in := ""
	if zone.String() != "Local" { // the computer's, which has no name
		in = " (" + zone.String() + ")"
	}
	err := export.WriteCSV(&file, export.For(book.Locale), nil, all,
		export.TextField(book.T("session_device"), func(s Session) string { return s.Device.Name }),
		export.TextField(book.T("session_own_name"), func(s Session) string { return s.OwnName }),
		export.TextField(book.T("session_note"), func(s Session) string { return s.Note }),
		export.TextField(book.T("session_system"), func(s Session) string { return s.Device.System }),
		export.TextField(book.T("session_version"), func(s Session) string { return s.Device.Version }),
		export.TextField(book.T("session_address"), func(s Session) string { return s.Device.Address }),
		export.TextField(book.T("session_method"), func(s Session) string { return words.Of(book, "session_method_", s.Method) }),
		export.SecondField(book.T("session_first_seen")+in, zone, func(s Session) time.Time { return s.FirstSeen }),
		export.SecondField(book.T("session_last_active")+in, zone, func(s Session) time.Time { return s.LastActive }),
		export.SecondField(book.T("session_ended_at")+in, zone, func(s Session) time.Time { return s.EndedAt }),
		export.TextField(book.T("session_how_ended"), func(s Session) string {
			if s.Ending() == "" {
				return ""
			}
			return words.Of(book, "session_ended_", s.Ending())
		}),
	)
	return file.Bytes(), err
}
