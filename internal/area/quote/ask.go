package quote

import (
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
)

// askList refuses prices of a list that does not apply on a day, until the person says that they are meant. A quote without
// a line of the list has none of its prices.
func (b Basis) askList(today day.Day, confirmed []string) error {
	if !slices.ContainsFunc(b.Lines, Line.listed) {
		return nil
	}
	reason, date := "", day.Day(0)
	switch {
	case b.Book.ValidFrom > today:
		reason, date = ReasonListFuture, b.Book.ValidFrom
	case b.Book.ValidUntil != 0 && b.Book.ValidUntil < today:
		reason, date = ReasonListEnded, b.Book.ValidUntil
	}
	if reason == "" || slices.Contains(confirmed, reason) {
		return nil
	}
	return fault.New(fault.Conflict, reason).With("date", date.String())
}

// askFloor refuses lines below what was set as the least, until the person says that they are meant.
func (b Basis) askFloor(confirmed []string) error {
	if slices.Contains(confirmed, ReasonBelowFloor) {
		return nil
	}
	a, err := Compute(b)
	if err != nil {
		return err
	}
	below := []string{}
	for j := range b.Lines {
		if slices.ContainsFunc(a.Scenarios, func(r Result) bool { return r.Lines[j].Below }) {
			below = append(below, strconv.Itoa(j+1))
		}
	}
	if len(below) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, ReasonBelowFloor).With("lines", strings.Join(below, ", "))
}
