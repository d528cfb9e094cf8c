package expiry

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/find"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
)

// MaxPage is how many entries one page holds at most.
const MaxPage = 500

// Weeks is how many weeks the strip shows: this one, and those of the year after it.
const Weeks = 53

// Query says which entries are shown, and in which order. The zero Query shows all, soonest first.
type Query struct {
	Text   string
	Place  string
	Kind   Kind // "" for all; Other stands for all that is neither domain, product nor card
	From   day.Day
	Until  day.Day
	Sort   string // ends, name, price; ends where it is empty
	Down   bool
	Offset int
	Limit  int    // at most MaxPage
	Of     string // the key of an entry whose place in the list is asked for
}

// Week counts the ends of a week by who pays.
type Week struct {
	From                           day.Day // a Monday
	Paid, Unpaid, Unclear, Nothing int
}

// Group is an organization of which there are entries.
type Group struct{ Place, Name string }

// List is what a query found.
type List struct {
	Today   day.Day
	Rows    []Entry
	Total   int // that fit
	Place   int // of the entry that was asked for, among all that fit; -1 if it is not one of them
	All     int // without the query
	Groups  []Group
	Places  []Place
	Weeks   []Week         // of what fits, whatever its span
	Known   int            // rows of Total whose price is known
	Unknown int            // whose price is not known, though there is one
	Sum     []money.Amount // of the known prices alone, a figure for each currency
	Open    []money.Amount // of those that nothing pays
	Stale   int            // rows of Total that were read too long ago
	Oldest  time.Time      // the oldest reading of all; zero where nothing was read
}

// List returns what fits a query. Requires access.OwnProfile.
func (s *Service) List(ctx context.Context, q Query) (List, error) {
	all, places, err := s.everything(ctx)
	if err != nil {
		return List{}, err
	}
	l := List{Today: s.o.Clock.Today(ctx), All: len(all), Groups: groups(all), Places: places, Rows: []Entry{}}
	for _, e := range all {
		if !e.At.IsZero() && (l.Oldest.IsZero() || e.At.Before(l.Oldest)) {
			l.Oldest = e.At
		}
	}
	var found []Entry
	l.Weeks, found = q.among(all, l.Today)
	if err := l.sum(found); err != nil {
		return l, err
	}
	q.order(found)
	l.Place = slices.IndexFunc(found, func(e Entry) bool { return q.Of != "" && e.Key == q.Of })
	from := min(max(q.Offset, 0), len(found))
	l.Rows = append(l.Rows, found[from:min(from+max(0, min(q.Limit, MaxPage)), len(found))]...)
	return l, nil
}

// among picks what fits, and counts its weeks before its span is looked at.
func (q Query) among(all []Entry, today day.Day) ([]Week, []Entry) {
	weeks, found := weeksFrom(today), []Entry{}
	ask := find.Ask(q.Text, 0)
	for _, e := range all {
		if !q.fits(ask, e) {
			continue
		}
		if i := int(e.Ends-weeks[0].From) / 7; e.Ends >= weeks[0].From && i < len(weeks) {
			weeks[i].count(e)
		}
		if (q.From == 0 || e.Ends >= q.From) && (q.Until == 0 || e.Ends <= q.Until) {
			found = append(found, e)
		}
	}
	return weeks, found
}

func (q Query) fits(ask find.Question, e Entry) bool {
	if q.Place != "" && q.Place != e.Place {
		return false
	}
	switch q.Kind {
	case "":
	case Other:
		if e.Kind == Domain || e.Kind == Product || e.Kind == Card {
			return false
		}
	default:
		if e.Kind != q.Kind {
			return false
		}
	}
	return ask.Empty() || ask.Fits(e.Name, e.Organization, e.Service, e.Note, e.Means)
}

// weeksFrom are the weeks from the one before today's on, so that what has just ended is seen.
func weeksFrom(today day.Day) []Week {
	monday := today - day.Day((int(today.Time().Weekday())+6)%7) - 7
	weeks := make([]Week, Weeks)
	for i := range weeks {
		weeks[i].From = monday + day.Day(7*i)
	}
	return weeks
}

func (w *Week) count(e Entry) {
	switch e.Pays {
	case Paid:
		w.Paid++
	case Unpaid:
		w.Unpaid++
	case Nothing:
		w.Nothing++
	case Unclear, ByClient:
		w.Unclear++
	}
}

func (q Query) order(list []Entry) {
	by := func(a, b Entry) int { return cmp.Compare(a.Ends, b.Ends) }
	switch q.Sort {
	case "name":
		by = func(a, b Entry) int { return strings.Compare(text.Fold(a.Name), text.Fold(b.Name)) }
	case "price":
		by = func(a, b Entry) int {
			if a, b := a.Price.Currency() == "", b.Price.Currency() == ""; a != b { // what is not known comes last
				return map[bool]int{true: 1, false: -1}[a]
			}
			return money.Order(a.Price, b.Price)
		}
	}
	slices.SortStableFunc(list, func(a, b Entry) int { // they come by day
		if q.Down {
			return by(b, a)
		}
		return by(a, b)
	})
}

// groups are the organizations of the entries, by name.
func groups(all []Entry) []Group {
	list, known := []Group{}, map[string]bool{}
	for _, e := range all {
		if e.Place == "" || known[e.Place] {
			continue
		}
		known[e.Place] = true
		list = append(list, Group{e.Place, e.Organization})
	}
	slices.SortFunc(list, func(a, b Group) int {
		return cmp.Or(strings.Compare(text.Fold(a.Name), text.Fold(b.Name)), strings.Compare(a.Place, b.Place))
	})
	return list
}

// sum adds up what is known. What is not known is counted, and stands in no sum.
func (l *List) sum(found []Entry) (err error) {
	l.Total = len(found)
	var known, open money.Sums
	for _, e := range found {
		if e.Stale {
			l.Stale++
		}
		switch {
		case e.Price.Currency() != "":
			l.Known++
			known.Add(e.Price)
			if e.Pays == Unpaid {
				open.Add(e.Price)
			}
		case e.Pays != Nothing:
			l.Unknown++
		}
	}
	if l.Sum, err = known.All(); err != nil {
		return err
	}
	l.Open, err = open.All()
	return err
}
