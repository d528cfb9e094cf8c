// Package waiting is the vocabulary in which the areas tell Home what waits for the person. An area gives a Source;
// package home asks them all and puts the lines in order.
package waiting

import (
	"context"
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

// Line is one thing that waits. Its words are in the window's messages, by Kind; Params fill them.
type Line struct {
	Area    string // where it is dealt with, e.g. "transfer"
	Kind    string // message key, e.g. "transfer_failed"
	Urgency Urgency
	Params  map[string]string
	At      time.Time // since when, or when it is due
	Route   string    // the place where it is dealt with, e.g. "/partner/simulator"
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
