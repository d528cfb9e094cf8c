package expiry

import (
	"context"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Calendar returns what a query finds, in the span that it shows and not before today, as a calendar file (RFC 5545) in the
// words of its reader: one whole-day event for each end. An event is known by what ends and not by its day: a calendar
// that takes a later file shows a corrected or a renewed end in the place of the first. What was read too long ago says so.
func (s *Service) Calendar(ctx context.Context, q Query, reader words.Locale) ([]byte, error) {
	q.From = max(q.From, s.o.Clock.Today(ctx))
	list, err := s.found(ctx, q)
	if err != nil {
		return nil, err
	}
	days, err := s.Days(ctx)
	if err != nil {
		return nil, err
	}
	book := words.For(reader)
	file := ics.NewCalendarFor("Kontor")
	file.SetProductId("-//Kontor//Expiry//EN")
	file.SetMethod(ics.MethodPublish)
	for _, e := range list {
		event := file.AddEvent(strings.ReplaceAll(e.Key, "/", ".") + ".expiry@kontor")
		event.SetDtStampTime(s.o.DB.Now())
		event.SetAllDayStartAt(e.Ends.Time())
		event.SetAllDayEndAt((e.Ends + 1).Time())
		title := book.T("expiry_calendar_title", "name", e.Name)
		event.SetSummary(title)
		event.SetDescription(strings.Join(e.said(book, s.o.Clock.Location(ctx)), "\n"))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		for _, before := range days {
			alarm := event.AddAlarm()
			alarm.SetAction(ics.ActionDisplay)
			alarm.SetDescription(title)
			alarm.SetTrigger("-P" + strconv.Itoa(before) + "D")
		}
	}
	return []byte(file.Serialize(ics.WithNewLineWindows)), nil
}

// found are all that fit a query, without its page.
func (s *Service) found(ctx context.Context, q Query) ([]Entry, error) {
	all, _, err := s.everything(ctx)
	if err != nil {
		return nil, err
	}
	_, list := q.among(all, s.o.Clock.Today(ctx))
	q.order(list)
	return list, nil
}

// Exported tells the journal that the overview has left the program, in a file of that format.
func (s *Service) Exported(ctx context.Context, format string) error {
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return s.o.Journal.Record(ctx, tx, audit.Entry{Action: audit.DataExported, Product: audit.Expiry, New: format})
	})
}
