package expiry

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// Ahead is how many days ahead Home looks.
const Ahead = 30

// since is for how many days Home still names what has ended.
const since = 30

// named is how many things a line of Home names.
const named = 3

// Waiting tells Home of what ends within Ahead days, and of what has just ended. Renewals and cards are not among it: the
// payments warn of those that are not covered. What was read too long ago is a line of its own, with the day of the
// reading, and counts in no other.
func (s *Service) Waiting(ctx context.Context) ([]waiting.Line, error) {
	all, _, err := s.everything(ctx)
	if err != nil {
		return nil, waiting.Visible(err)
	}
	today := s.o.Clock.Today(ctx)
	var over, soon, old []Entry
	for _, e := range all {
		switch {
		case e.Renewal != "" || e.Kind == Card || e.Ends > today+Ahead || e.Ends < today-since:
		case e.Stale:
			old = append(old, e)
		case e.Ends < today:
			over = append(over, e)
		default:
			soon = append(soon, e)
		}
	}
	lines := []waiting.Line{}
	for _, group := range []struct {
		kind    string
		urgency waiting.Urgency
		list    []Entry
	}{{"expiry_over", waiting.Failed, over}, {"expiry_soon", waiting.Soon, soon}, {"expiry_old", waiting.Stale, old}} {
		if len(group.list) > 0 {
			lines = append(lines, line(group.kind, group.urgency, group.list))
		}
	}
	return lines, nil
}

// line is one line for several ends, by day: put off, it comes back when another joins them or a day is corrected.
func line(kind string, urgency waiting.Urgency, list []Entry) waiting.Line {
	names, facts := []string{}, []string{}
	oldest := list[0].At
	for i, e := range list {
		if i < named {
			names = append(names, e.Name)
		}
		if e.At.Before(oldest) {
			oldest = e.At
		}
		facts = append(facts, e.Key+" "+e.Ends.String())
	}
	l := waiting.Line{
		Area: "expiry", Kind: kind, Ref: waiting.Only, Urgency: urgency, At: list[0].Ends.Time(), Route: "/expiry",
		Params: map[string]string{
			"count": strconv.Itoa(len(list)), "names": strings.Join(names, ", "), "more": strconv.Itoa(len(list) - len(names)), "days": strconv.Itoa(Ahead),
		},
		Facts: strings.Join(facts, "\n"),
	}
	if kind == "expiry_old" {
		l.At = oldest
	}
	return l
}

// Known tells Home of how many ends something is known.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	all, _, err := s.everything(ctx)
	count := 0
	for _, e := range all {
		if e.Source == Typed || !e.At.IsZero() {
			count++
		}
	}
	return waiting.Known("ends", count, err)
}

// Unpriced is what ends in an organization at a known day, and of which nobody has noted a price.
type Unpriced struct {
	Count int // fresh ones
	Stale int // read too long ago: named, not counted
	First Entry
	At    time.Time // the oldest reading
}

// Unpriced are the ends within so many days of the organization in which the person acts that were read at Infomaniak and
// have no renewal: the cover check names them and adds them to no sum.
func (s *Service) Unpriced(ctx context.Context, days int) (u Unpriced, err error) {
	all, _, err := s.everything(ctx)
	today, place := s.o.Clock.Today(ctx), access.From(ctx).OrganizationID
	for _, e := range all {
		if e.Place != place || e.Renewal != "" || e.At.IsZero() || e.Pays != Unclear || e.Ends < today || int(e.Ends-today) > days {
			continue
		}
		if u.Count+u.Stale == 0 {
			u.First = e
		}
		if u.At.IsZero() || e.At.Before(u.At) {
			u.At = e.At
		}
		if e.Stale {
			u.Stale++
		} else {
			u.Count++
		}
	}
	return u, err
}
