package activity

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	book "kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// Window is what the page may call to search the journal of what was done, and to take entries out of it and into it.
type Window struct {
	room bridge.Room[*Service]
	zone func(ctx context.Context) *time.Location
}

// NewWindow wires a Window. Zone is where the days of the person who is signed in begin; it is asked within each call.
func NewWindow(room bridge.Room[*Service], zone func(ctx context.Context) *time.Location) *Window {
	return &Window{room, zone}
}

// SearchInput is what a person looks for.
type SearchInput struct {
	Scope  string `json:"scope"` // own, organization
	Query  string `json:"query"`
	Locale string `json:"locale"` // in which the person reads, as BCP 47 has it
	Bound  int64  `json:"bound"`  // of the first page, so that what came later shifts nothing; 0 at the start
}

func (w *Window) search(ctx context.Context, in SearchInput) Search {
	by := book.Parse(in.Locale)
	return Search{Scope: Scope(in.Scope), Query: Parse(in.Query, by), Zone: w.zone(ctx), Locale: by, Bound: in.Bound}
}

// Catalogue lists the words that a query and an import understand.
func (w *Window) Catalogue() CatalogueView {
	return CatalogueView{
		Groups: Groups(), Products: texts(Products()), Actions: texts(Actions()), Results: texts(Results()), Fields: texts(Fields()),
	}
}

// Page returns up to limit entries, newest first, and how the query was read; before is where the page before ended, "" at
// the start, or a mark of Count from which so many entries are skipped. A query that nobody understands finds nothing: its
// terms say why.
func (w *Window) Page(in SearchInput, before string, skip, limit int) (PageView, error) {
	return bridge.Call(w.room, "activity.Page", func(ctx context.Context, s *Service) (PageView, error) {
		from, err := entryID(before)
		if err != nil {
			return PageView{}, err
		}
		search := w.search(ctx, in)
		p, err := s.Page(ctx, search, from, max(skip, 0), limit)
		if search.Query.blame(err) {
			err = nil
		}
		if err != nil {
			return PageView{}, err
		}
		return s.pageView(ctx, search, p)
	})
}

// Count tells how many entries a search finds, of how many there are.
func (w *Window) Count(in SearchInput) (Count, error) {
	return bridge.Call(w.room, "activity.Count", func(ctx context.Context, s *Service) (Count, error) {
		return s.Count(ctx, w.search(ctx, in))
	})
}

// Newer tells how many of the entries that a search finds came after a day: where in the list that day begins.
func (w *Window) Newer(in SearchInput, day string) (Amount, error) {
	return bridge.Call(w.room, "activity.Newer", func(ctx context.Context, s *Service) (Amount, error) {
		return s.Newer(ctx, w.search(ctx, in), day)
	})
}

// Above tells how many of the entries that a search finds stand above one of them in the list.
func (w *Window) Above(in SearchInput, id string) (Amount, error) {
	return bridge.Call(w.room, "activity.Above", func(ctx context.Context, s *Service) (Amount, error) {
		entry, wrong := entryID(id)
		n, err := s.Above(ctx, w.search(ctx, in), entry) // whoever may not is told that first
		if err == nil {
			err = wrong
		}
		return n, err
	})
}

// entryID reads the id of an entry as the page has it; 0 for "".
func entryID(id string) (int64, error) {
	if id == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.New(fault.Invalid, "")
	}
	return n, nil
}

// Days counts what a search finds on each of n days up to the last, "" for today.
func (w *Window) Days(in SearchInput, last string, n int) ([]DayView, error) {
	return bridge.Call(w.room, "activity.Days", func(ctx context.Context, s *Service) ([]DayView, error) {
		days, err := s.Days(ctx, w.search(ctx, in), last, n)
		views := []DayView{}
		for _, d := range days {
			views = append(views, DayView{Date: d.Date, Count: d.N, Gap: d.Gap})
		}
		return views, err
	})
}

// Actors lists the people of a scope's entries, for a query to choose from.
func (w *Window) Actors(scope string) ([]ActorView, error) {
	return bridge.Call(w.room, "activity.Actors", func(ctx context.Context, s *Service) ([]ActorView, error) {
		names, err := s.Actors(ctx, Scope(scope))
		views := []ActorView{}
		for id, name := range names {
			views = append(views, ActorView{ID: id, Name: name})
		}
		slices.SortFunc(views, func(a, b ActorView) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
		return views, err
	})
}

// Saved lists the person's searches of a scope, with how much each finds that is new.
func (w *Window) Saved(scope, locale string) ([]SavedView, error) {
	return bridge.Call(w.room, "activity.Saved", func(ctx context.Context, s *Service) ([]SavedView, error) {
		list, err := s.Saved(ctx, Scope(scope), w.zone(ctx), book.Parse(locale))
		views := []SavedView{}
		for _, k := range list {
			views = append(views, SavedView{ID: k.ID, Name: k.Name, Query: k.Query.String(), New: k.New})
		}
		return views, err
	})
}

// Save keeps a search under a name and returns its id.
func (w *Window) Save(in SearchInput, name string) (string, error) {
	return bridge.Call(w.room, "activity.Save", func(ctx context.Context, s *Service) (string, error) {
		search := w.search(ctx, in)
		return s.Save(ctx, search.Scope, name, search.Query)
	})
}

// Seen notes that the person has looked at what a saved search finds.
func (w *Window) Seen(id string) error {
	return bridge.Do(w.room, "activity.Seen", func(ctx context.Context, s *Service) error { return s.Seen(ctx, id) })
}

// Unsave removes a saved search.
func (w *Window) Unsave(id string) error {
	return bridge.Do(w.room, "activity.Unsave", func(ctx context.Context, s *Service) error { return s.Unsave(ctx, id) })
}

// Verify starts to check the whole chain.
func (w *Window) Verify() (bridge.JobView, error) {
	return bridge.Call(w.room, "activity.Verify", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		return bridge.Start(ctx, w.room.Shell().Jobs, "activity.Verify", s.Verify), nil
	})
}

// VerifyResult is what a job of Verify found.
func (w *Window) VerifyResult(job string) (ReportView, error) {
	return bridge.Call(w.room, "activity.VerifyResult", func(ctx context.Context, _ *Service) (ReportView, error) {
		r, err := bridge.ResultOf[Report](ctx, w.room.Shell().Jobs, job)
		if err != nil {
			return ReportView{}, err
		}
		v := ReportView{OK: r.OK(), Checked: r.Checked, Broken: r.Broken, Breaks: []BreakView{}, Sealing: string(r.Sealing), SealedTo: r.SealedTo}
		for _, b := range r.Breaks {
			v.Breaks = append(v.Breaks, BreakView{Damage: string(b.Damage), Number: b.Seq, Count: b.Count, At: exact(b.At)})
		}
		return v, nil
	})
}
