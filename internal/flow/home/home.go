// Package home gathers what waits for the person, from every area that has something to say, and what Kontor knows at
// all: that nothing is waiting can only be said where something is known. It computes nothing of its own; it puts the
// lines in order, and keeps what the person put off or has dealt with.
package home

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/waiting"
	"kontor/internal/host/sqlite"
)

// State is what can be said of what waits.
type State string

// The states. Not known, none and something are three different words.
const (
	Unknown State = "unknown" // nothing is known of which Kontor could warn
	Quiet   State = "quiet"   // looked, and nothing waits
	Waiting State = "waiting" // something does, or is to be done in the Manager
)

// warns are the kinds of facts of which Kontor can warn. The others only tell what is there.
var warns = []string{"renewals", "methods", "bookings", "clients", "quotes", "transfers", "lists", "ends"}

// Settings keeps small texts for a person.
type Settings interface {
	Text(ctx context.Context, q sqlite.Queryer, account, key string) (string, error)
	SetText(ctx context.Context, tx *sqlite.Tx, account, key, text string) error
}

// Options wire a Service.
type Options struct {
	DB       *sqlite.DB
	Sources  []waiting.Source
	Known    []waiting.Knowledge
	Next     waiting.Source                         // what comes next of itself, for a day on which nothing waits; nil: nothing
	Tasks    func(ctx context.Context) (int, error) // how many are open in the Manager; nil: none
	Settings Settings
	Clock    day.Clock
	Sample   bool // the workspace is the sample: nobody takes first steps in it
}

// Service answers "is anything waiting for me?".
type Service struct{ o Options }

// NewService wires a service.
func NewService(o Options) *Service { return &Service{o} }

// Board is everything that Home shows.
type Board struct {
	State State
	Lines []waiting.Line // most urgent first, then by moment
	Later []Answered     // put off by the person, the next first
	Dealt []Answered     // dealt with within Recent, the newest first
	Next  []waiting.Line // where nothing waits: what comes next of itself
	Tasks int            // to do in the Manager
	Facts []waiting.Fact
	Steps []Step
	// Hidden: the person does not want to see the first steps.
	Hidden bool
}

// Board asks all areas.
func (s *Service) Board(ctx context.Context) (Board, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Board{}, err
	}
	b := Board{}
	lines, err := s.lines(ctx)
	if err != nil {
		return b, err
	}
	slices.SortStableFunc(lines, func(a, b waiting.Line) int {
		return cmp.Or(cmp.Compare(a.Urgency, b.Urgency), a.At.Compare(b.At))
	})
	for _, known := range s.o.Known {
		more, err := known(ctx)
		if err != nil {
			return b, err
		}
		b.Facts = append(b.Facts, more...)
	}
	if s.o.Tasks != nil {
		if b.Tasks, err = s.o.Tasks(ctx); err != nil {
			return b, err
		}
	}
	said, err := answers(ctx, s.o.DB.Reader(), actor)
	if err != nil {
		return b, err
	}
	b.sort(lines, said, s.o.Clock.Today(ctx), s.o.DB.Now())
	b.State = b.state()
	if len(b.Lines) == 0 && s.o.Next != nil {
		if b.Next, err = s.o.Next(ctx); err != nil {
			return b, err
		}
	}
	b.Steps, b.Hidden, err = s.steps(ctx, actor, b.Facts)
	return b, err
}

// state is unknown while nothing at all was entered of which Kontor could warn: an empty list says nothing then.
func (b Board) state() State {
	if len(b.Lines)+b.Tasks > 0 {
		return Waiting
	}
	knows := len(b.Later)+len(b.Dealt) > 0 || slices.ContainsFunc(b.Facts, func(f waiting.Fact) bool {
		return f.Count > 0 && slices.Contains(warns, f.Kind)
	})
	if !knows {
		return Unknown
	}
	return Quiet
}

// lines are those of all areas.
func (s *Service) lines(ctx context.Context) ([]waiting.Line, error) {
	all := []waiting.Line{}
	for _, source := range s.o.Sources {
		more, err := source(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}
