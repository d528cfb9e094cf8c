package money

import "fmt"

// Sums adds amounts up and keeps currencies apart: each has a figure of its own, and nothing turns one into another.
// The zero Sums is empty. The order of adding does not matter.
type Sums struct {
	sums map[Currency]Exact
	err  error
}

// Add adds amounts. What has no currency is nothing, or remembered as an error for All and In.
func (s *Sums) Add(amounts ...Amount) {
	for _, a := range amounts {
		if a == (Amount{}) {
			continue
		}
		if _, err := ParseCurrency(string(a.currency)); err != nil {
			s.err = fmt.Errorf("%w: a sum of %v", ErrCurrency, a)
			continue
		}
		if s.sums == nil {
			s.sums = map[Currency]Exact{}
		}
		s.sums[a.currency] = s.sums[a.currency].Add(a.Exact())
	}
}

// Sub takes amounts away.
func (s *Sums) Sub(amounts ...Amount) {
	for _, a := range amounts {
		s.Add(a.Neg())
	}
}

// All returns one figure for each currency in which something was added, in the order of Currencies; never a nil slice.
// Errors: ErrTooLarge, ErrCurrency.
func (s *Sums) All() ([]Amount, error) {
	list := []Amount{}
	for _, c := range currencies {
		if _, added := s.sums[c]; !added {
			continue
		}
		a, err := s.In(c)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, s.err
}

// In returns the figure of one currency; nothing of it if none was added. Errors: ErrTooLarge, ErrCurrency.
func (s *Sums) In(c Currency) (Amount, error) {
	if s.err != nil {
		return Amount{}, s.err
	}
	return s.sums[c].Round(c)
}

// Sum adds amounts up as Sums does, and returns one figure for each currency.
func Sum(amounts ...Amount) ([]Amount, error) {
	var s Sums
	s.Add(amounts...)
	return s.All()
}
