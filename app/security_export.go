package app

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"kontor/internal/host/bridge"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/export"
)

// DeviceSheetInput is how the list of sessions is written: in the person's words, for the person's spreadsheet program.
type DeviceSheetInput struct {
	Title    string            `json:"title"` // of the dialog
	Name     string            `json:"name"`  // proposed file name
	Language string            `json:"language"`
	Words    map[string]string `json:"words"` // column.<name>, method.<method>, ended.<by>
}

// deviceColumns are the columns of the list, by the key of their heading.
var deviceColumns = []string{
	"device", "own_name", "note", "system", "app_version", "address", "method", "first_seen", "last_active", "ended_at", "ended_by",
}

// Export writes every session, alive or ended, to a CSV file that the person chooses and returns its name; "" if none
// was chosen.
func (s *SecurityService) Export(in DeviceSheetInput) (string, error) {
	if err := do(s.app, "security.Export", func(ctx context.Context, _ *workspace) error {
		_, err := access.Require(ctx, access.OwnProfile) // before a dialog opens that would lead nowhere
		return err
	}); err != nil {
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: in.Title, Name: in.Name, Filter: "CSV", Ending: "csv"})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "security.Export", func(ctx context.Context, h *workspace) (string, error) {
		all, err := h.sessions.Export(ctx)
		if err != nil {
			return "", err
		}
		err = export.Save(path, func(w io.Writer) error { return in.write(w, all) })
		if err != nil {
			return "", fault.Wrap(err, fault.Unavailable, "not_written")
		}
		return filepath.Base(path), nil
	})
}

func (in DeviceSheetInput) write(w io.Writer, all []session.Session) error {
	t := export.NewCSV(w, export.For(in.Language))
	row := func(texts ...string) {
		cells := make([]export.Cell, len(texts))
		for i, text := range texts {
			cells[i] = export.Text(text)
		}
		t.Row(cells...)
	}
	head := make([]string, len(deviceColumns))
	for i, c := range deviceColumns {
		head[i] = in.Words["column."+c]
	}
	row(head...)
	for _, one := range all {
		row(one.Device.Name, one.OwnName, one.Note, one.Device.System, one.Device.Version, one.Device.Address,
			in.Words["method."+string(one.Method)], second(one.FirstSeen), second(one.LastActive), second(one.EndedAt), in.Words["ended."+string(one.EndedBy)])
	}
	return t.Flush()
}

// second is a moment that a spreadsheet program takes for one, UTC.
func second(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}
