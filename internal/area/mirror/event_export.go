package mirror

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/find"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// SaveEvents writes the events that a question finds as a CSV file with the columns of the journal's export. Each row says
// that it is of a drive at Infomaniak and no entry of Kontor's journal. It returns the file's name; "" if none was chosen.
func (w *Window) SaveEvents(in EventsInput, to bridge.Target) (string, error) {
	d := bridge.SaveDialog{Title: to.Title, Name: to.Name, Filter: "CSV", Ending: "csv"}
	return bridge.Export(w.room, "mirror.SaveEvents", d, func(ctx context.Context, s *Service) ([]byte, error) {
		q, err := in.query(s.Clock.Location(ctx))
		if err != nil {
			return nil, err
		}
		return s.EventSheet(ctx, q, words.Parse(to.Locale))
	}, func(ctx context.Context, s *Service) error { return s.tellEvents(ctx) })
}

// onSheet is how many events are asked for at once for a file.
const onSheet = 5000

// EventSheet is a CSV file of every event that a question finds, newest first. Requires access.OwnAccount.
func (s *Service) EventSheet(ctx context.Context, q EventQuery, reader words.Locale) ([]byte, error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.drives(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, d := range all.Drives {
		names[d.ID] = d.Name
	}
	b, zone := words.For(reader), s.Clock.Location(ctx)
	var file bytes.Buffer
	table := export.NewCSV(&file, export.For(b.Locale), nil, eventFields(b, zone, names)...)
	for sought := searched(q.Text); ; {
		page, err := s.events(ctx, actor.AccountID, q, sought, onSheet)
		if err != nil {
			return nil, err
		}
		for _, h := range page {
			table.Row(h)
		}
		if len(page) < onSheet {
			break
		}
		q.Before = page[len(page)-1].Number
	}
	err = table.Flush()
	return file.Bytes(), err
}

// eventFields are the columns that events share with the entries of the journal, under the same headings.
func eventFields(b *words.Book, zone *time.Location, drives map[string]string) []export.Field[Happened] {
	at := func(h Happened) time.Time { return h.At }
	return []export.Field[Happened]{
		export.SecondField(b.T("act_column_local_time"), zone, at),
		export.TextField(b.T("act_column_moment"), func(h Happened) string { return h.At.In(zone).Format(time.RFC3339) }),
		export.TextField(b.T("act_column_account"), func(h Happened) string { return h.Actor }),
		export.TextField(b.T("act_column_product"), func(Happened) string { return "kDrive" }),
		export.TextField(b.T("act_column_action"), func(h Happened) string { return actionWord(b, h.Action) }),
		export.TextField(b.T("act_column_object"), func(h Happened) string { return h.Path }),
		export.TextField(b.T("act_column_old"), func(h Happened) string { return h.Event.Before }),
		export.TextField(b.T("act_column_source"), func(h Happened) string { return b.T("mirror_events_foreign", "drive", drives[h.Drive]) }),
		export.TextField(b.T("act_column_object_id"), func(h Happened) string { return h.File }),
		export.TextField(b.T("mirror_events_where"), func(h Happened) string {
			return strings.TrimSpace(h.Source + " " + h.Place)
		}),
	}
}

// actionWord is what was done in a drive; one of the many rarer words as Infomaniak gives it.
func actionWord(b *words.Book, action string) string {
	if word, ok := b.Lookup("mirror_event_" + action); ok {
		return word
	}
	return action
}

// tellEvents tells the journal that a copy of the events was made, without contents.
func (s *Service) tellEvents(ctx context.Context) error {
	if _, err := s.owner(ctx); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Account, ObjectID: "infomaniak", ObjectName: "infomaniak", New: "table",
		})
	})
}

// SearchEvents finds what was done in the drives whose activity is read, newest first. Requires access.OwnAccount.
func (s *Service) SearchEvents(ctx context.Context, question find.Question) (f find.Found, err error) {
	actor, err := s.owner(ctx)
	if err != nil {
		return f, err
	}
	kept, err := sqlite.All(ctx, s.db.Reader(), sqlite.Value[int], "SELECT events FROM mirror_drive WHERE account_id = ?", actor.AccountID)
	if err != nil {
		return f, err
	}
	for _, n := range kept {
		f.Searched += n
	}
	if f.Searched == 0 || question.Empty() {
		return f, nil
	}
	found, err := s.Events(ctx, EventQuery{Text: question.Text, Limit: question.Limit + 1})
	if err != nil {
		return f, err
	}
	f.More = len(found) > question.Limit
	found = found[:min(len(found), question.Limit)]
	f.Total = len(found)
	for _, h := range found {
		number := strconv.FormatInt(h.Number, 10)
		f.Hits = append(f.Hits, find.Hit{
			ID: number, Title: h.Path, Route: "/activity/infomaniak?" + url.Values{"q": {question.Text}, "row": {number}}.Encode(),
			Params: map[string]string{"action": h.Action, "person": h.Actor, "at": moment(h.At)},
		})
	}
	return f, nil
}
