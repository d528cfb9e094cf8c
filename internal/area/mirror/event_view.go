package mirror

import (
	"context"
	"strconv"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/bridge"
)

// EventsInput is which of the events of the drives are looked for. Empty fields narrow nothing.
type EventsInput struct {
	Drive  string `json:"drive"` // id there
	Text   string `json:"text"`
	From   string `json:"from"`   // 2026-11-28: the first day, where the person's days begin
	Until  string `json:"until"`  // the last day
	Before string `json:"before"` // EventsView.Next of the page before
}

// EventView is something that was done in a drive, as Infomaniak tells it.
type EventView struct {
	Number    string `json:"number"`
	Drive     string `json:"drive"`
	DriveName string `json:"driveName"`
	At        string `json:"at"`
	Action    string `json:"action"` // Infomaniak's own word, e.g. "file_create"
	Actor     string `json:"actor"`
	Path      string `json:"path"`
	Before    string `json:"before"` // the path that it had; "" where it is the same
	Source    string `json:"source"` // Infomaniak's own word: api, job, webdav, location
	Place     string `json:"place"`  // the address it was done from
}

// EventsView is a page of the events of the drives that are read.
type EventsView struct {
	Stand  StandView   `json:"stand"` // the oldest of the drives that are read
	Drives []DriveView `json:"drives"`
	Events []EventView `json:"events"`
	Next   string      `json:"next"` // "" on the last page
}

// eventsOfPage is how many events one page has.
const eventsOfPage = 100

// Events are the events of the drives whose activity is read, newest first, 100 at a time.
func (w *Window) Events(in EventsInput) (EventsView, error) {
	return bridge.Call(w.room, "mirror.Events", func(ctx context.Context, s *Service) (EventsView, error) {
		q, err := in.query(s.Clock.Location(ctx))
		if err != nil {
			return EventsView{}, err
		}
		found, err := s.Events(ctx, q)
		if err != nil {
			return EventsView{}, err
		}
		all, err := s.drives(ctx)
		return eventsView(all.Drives, found), err
	})
}

// query reads an input; its days begin where the person's do.
func (in EventsInput) query(zone *time.Location) (EventQuery, error) {
	midnight := func(d day.Day) time.Time {
		if d == 0 {
			return time.Time{}
		}
		t := d.Time()
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
	}
	var c fault.Check
	from, until := input.Day(&c, "from", in.From, false), input.Day(&c, "until", in.Until, false)
	if until != 0 {
		until++
	}
	q := EventQuery{Drive: in.Drive, Text: in.Text, From: midnight(from), Until: midnight(until), Limit: eventsOfPage}
	if in.Before != "" {
		var err error
		if q.Before, err = strconv.ParseInt(in.Before, 10, 64); err != nil {
			return q, fault.New(fault.Invalid, "")
		}
	}
	return q, c.Err()
}

func eventsView(drives []DriveView, found []Happened) EventsView {
	v := EventsView{Stand: local, Drives: []DriveView{}, Events: make([]EventView, 0, len(found))}
	names := map[string]string{}
	for _, d := range drives {
		names[d.ID] = d.Name
		if !d.On {
			continue
		}
		if v.Drives = append(v.Drives, d); len(v.Drives) == 1 || d.Stand.Since < v.Stand.Since {
			v.Stand = d.Stand
		}
	}
	for _, h := range found {
		v.Events = append(v.Events, EventView{
			Number: strconv.FormatInt(h.Number, 10), Drive: h.Drive, DriveName: names[h.Drive], At: moment(h.At), Action: h.Action, Actor: h.Actor, Path: h.Path,
			Before: h.Event.Before, Source: h.Source, Place: h.Place,
		})
	}
	if len(found) == eventsOfPage {
		v.Next = v.Events[len(found)-1].Number
	}
	return v
}
