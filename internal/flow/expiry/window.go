package expiry

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window is what the page may call of the overview of what ends when.
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// List returns what fits a query, over all organizations of the person.
func (w *Window) List(in QueryInput) (ListView, error) {
	return bridge.Call(w.room, "expiry.List", func(ctx context.Context, s *Service) (ListView, error) {
		q, err := in.query()
		if err != nil {
			return ListView{}, err
		}
		l, err := s.List(ctx, q)
		if err != nil {
			return ListView{}, err
		}
		return l.view(), nil
	})
}

// AddDate keeps an end that the person typed and returns its id.
func (w *Window) AddDate(in Date) (string, error) {
	return bridge.Call(w.room, "expiry.AddDate", func(ctx context.Context, s *Service) (string, error) { return s.AddDate(ctx, in) })
}

// UpdateDate changes one.
func (w *Window) UpdateDate(id string, version int, in Date) error {
	return bridge.Do(w.room, "expiry.UpdateDate", func(ctx context.Context, s *Service) error { return s.UpdateDate(ctx, id, version, in) })
}

// RemoveDate forgets one.
func (w *Window) RemoveDate(id string) error {
	return bridge.Do(w.room, "expiry.RemoveDate", func(ctx context.Context, s *Service) error { return s.RemoveDate(ctx, id) })
}

// Renew makes a renewal of an end that has none, at the price that the person says, and returns the renewal's id.
func (w *Window) Renew(key string, in NewRenewal) (string, error) {
	return bridge.Call(w.room, "expiry.Renew", func(ctx context.Context, s *Service) (string, error) { return s.Renew(ctx, key, in) })
}

// Days are how many days before an end the person is told, the most first.
func (w *Window) Days() ([]int, error) {
	return bridge.Call(w.room, "expiry.Days", func(ctx context.Context, s *Service) ([]int, error) { return s.Days(ctx) })
}

// SetDays says how many days before an end the person is told; none: she is told of nothing.
func (w *Window) SetDays(days []int) error {
	return bridge.Do(w.room, "expiry.SetDays", func(ctx context.Context, s *Service) error { return s.SetDays(ctx, days) })
}

// SaveSheet writes what a query finds as a table and returns its name; "" if none was chosen.
func (w *Window) SaveSheet(in QueryInput, file FileInput) (string, error) {
	d := bridge.SaveDialog{Title: file.Title, Name: file.Name, Filter: "CSV", Ending: "csv"}
	if file.Format == "xlsx" {
		d.Filter, d.Ending = "XLSX", "xlsx"
	}
	return bridge.Export(w.room, "expiry.SaveSheet", d, func(ctx context.Context, s *Service) ([]byte, error) {
		q, err := in.query()
		if err != nil {
			return nil, err
		}
		return s.Sheet(ctx, q, d.Ending, file.reader())
	}, func(ctx context.Context, s *Service) error { return s.Exported(ctx, "table") })
}

// SaveCalendar writes what a query finds as a calendar file and returns its name; "" if none was chosen.
func (w *Window) SaveCalendar(in QueryInput, file FileInput) (string, error) {
	d := bridge.SaveDialog{Title: file.Title, Name: file.Name, Filter: "iCalendar", Ending: "ics"}
	return bridge.Export(w.room, "expiry.SaveCalendar", d, func(ctx context.Context, s *Service) ([]byte, error) {
		q, err := in.query()
		if err != nil {
			return nil, err
		}
		return s.Calendar(ctx, q, file.reader())
	}, func(ctx context.Context, s *Service) error { return s.Exported(ctx, "ics") })
}
