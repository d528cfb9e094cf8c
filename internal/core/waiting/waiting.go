// Package waiting is the vocabulary in which the areas tell Home what waits for the person. An area gives a Source;
// package home asks them all and puts the lines in order.
package waiting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

// Urgency of a line, most urgent first.
type Urgency int

// The urgencies and what they mean to a person.
const (
	Failed  Urgency = iota // something broke, or money will not arrive
	Soon                   // will break at a known moment
	Unusual                // wants a look
	Answer                 // somebody waits for an answer
	Stale                  // old, and still in use
)

// String is the urgency as the window knows it.
func (u Urgency) String() string {
	return [...]string{"failed", "soon", "unusual", "answer", "stale"}[u]
}

// Only is the Ref of a line of which there is at most one of its kind.
const Only = "-"

// Line is one thing that waits. Its words are in the window's messages, by Kind; Params fill them.
type Line struct {
	Area    string // where it is dealt with, e.g. "transfer"
	Kind    string // message key, e.g. "transfer_failed"
	Ref     string // id of the record that it is about, or Only; with Kind it is the same line tomorrow
	Urgency Urgency
	Params  map[string]string
	At      time.Time // since when, or when it is due
	Route   string    // the place where it is dealt with, e.g. "/partner/simulator"
	// Facts are what makes it another matter than yesterday, for who put it off. "" stands for Params and At; an area
	// says it where those change by the mere passing of time.
	Facts string
}

// Key is the same for the same matter on every day: the kind and the record.
func (l Line) Key() string { return l.Kind + "/" + l.Ref }

// News is a short mark of the facts of a line: another one means that something has happened since.
func (l Line) News() string {
	facts := l.Facts
	if facts == "" {
		for _, name := range slices.Sorted(maps.Keys(l.Params)) {
			facts += name + "=" + l.Params[name] + "\n"
		}
		facts += l.At.UTC().Format(time.RFC3339Nano)
	}
	sum := sha256.Sum256([]byte(facts))
	return hex.EncodeToString(sum[:8])
}

// Figures adds amounts up for a text: one figure for each currency, each with its own, "CHF 100.00 + EUR 50.00". The
// window writes them as the person does. Error: a sum that is too large.
func Figures(amounts ...money.Amount) (string, error) {
	sums, err := money.Sum(amounts...)
	list := make([]string, 0, len(sums))
	for _, a := range sums {
		list = append(list, a.String())
	}
	return strings.Join(list, " + "), err
}

// Source is an area's share; a person who may not see the area gets none.
type Source func(ctx context.Context) ([]Line, error)

// Visible turns "you may not see this" into nothing to see: Home shows what a person may see.
func Visible(err error) error {
	if code := fault.CodeOf(err); code == fault.Forbidden || code == fault.Unauthenticated {
		return nil
	}
	return err
}

// Fact is how much an area knows of one thing of which it could warn. Nothing known is not the same as nothing waiting.
type Fact struct {
	Kind   string // its words are home_known_<kind>, e.g. "renewals"
	Count  int
	Hidden bool // the person may not see it: nobody has looked
}

// Knowledge is an area's share of what Kontor knows.
type Knowledge func(ctx context.Context) ([]Fact, error)

// Known is one fact; where reading it was refused for want of a right it is hidden, not zero.
func Known(kind string, count int, err error) ([]Fact, error) {
	if err != nil && Visible(err) == nil {
		return []Fact{{Kind: kind, Hidden: true}}, nil
	}
	return []Fact{{Kind: kind, Count: count}}, err
}
