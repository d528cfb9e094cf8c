package replica

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Seen is a computer that has written, and when it was last heard of.
type Seen struct {
	Computer string
	At       time.Time // by its clock
	Writes   bool      // it is the one that writes
	Here     bool      // it is this one
	Closed   bool      // it has sent everything and closed Kontor
}

// Computers are those that have written, the one that writes first, then by when they were last heard of. Computers of one name
// are told apart by nothing: they count as one. Errors: those of the place.
func (l *Line) Computers(ctx context.Context) ([]Seen, error) {
	own, err := l.State()
	if err != nil {
		return nil, err
	}
	n, all, err := l.numbers(ctx)
	if err != nil {
		return nil, err
	}
	heads, err := l.heads(ctx, all)
	if err != nil {
		return nil, err
	}
	list := []Seen{}
	for _, h := range slices.Backward(heads) {
		at := slices.IndexFunc(list, func(s Seen) bool { return s.Computer == h.Computer })
		if at >= 0 { // what it claimed before is older
			list[at].Here = list[at].Here || h.Path == own.Path
			continue
		}
		s := Seen{Computer: h.Computer, At: h.At, Writes: h.Number == n, Here: h.Path == own.Path}
		there, err := l.versions(ctx, h.Path)
		if err != nil {
			return nil, err
		}
		mark, err := l.mark(ctx, h.Path)
		if err != nil {
			return nil, err
		}
		last := ""
		if len(there) > 0 {
			last = there[len(there)-1].Name
			_, sent, _, _ := parseName(last)
			s.At = later(s.At, sent)
		}
		s.At, s.Closed = later(s.At, mark.At), mark.Closed && mark.Name == last
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b Seen) int {
		switch {
		case a.Writes != b.Writes && a.Writes:
			return -1
		case a.Writes != b.Writes:
			return 1
		case !a.At.Equal(b.At):
			return b.At.Compare(a.At)
		}
		return strings.Compare(a.Computer, b.Computer)
	})
	return list, nil
}

func later(one, other time.Time) time.Time {
	if other.After(one) {
		return other
	}
	return one
}
