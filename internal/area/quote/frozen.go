package quote

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// frozen is how a quote keeps its basis and its answer: JSON whose names never change. What is added later is left out
// where it is not set, so that an old quote stays byte for byte what it was.
type frozen struct {
	Basis  Basis           `json:"basis"`
	Answer json.RawMessage `json:"answer"`
}

// freeze computes a basis and gives what is kept of it.
func freeze(b Basis) (text string, a Answer, err error) {
	if a, err = Compute(b); err != nil {
		return "", a, err
	}
	answer, err := json.Marshal(a)
	if err != nil {
		return "", a, err
	}
	data, err := json.Marshal(frozen{b, answer})
	return string(data), a, err
}

func thaw(text string) (b Basis, a Answer, err error) {
	var f frozen
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return b, a, fmt.Errorf("quote: frozen: %w", err)
	}
	if err := json.Unmarshal(f.Answer, &a); err != nil {
		return b, a, fmt.Errorf("quote: frozen answer: %w", err)
	}
	return f.Basis, a, nil
}

// thawBasis reads the basis alone: the answer is most of what is kept.
func thawBasis(text string) (Basis, error) {
	var f struct {
		Basis Basis `json:"basis"`
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return Basis{}, fmt.Errorf("quote: frozen: %w", err)
	}
	return f.Basis, nil
}

// Proof is what came of computing a quote again.
type Proof struct {
	Same        bool // every figure and every step, byte for byte
	Figures     int  // how many steps were compared
	Differences []Difference
}

// Difference is a line that comes to something else than the quote says.
type Difference struct {
	Scenario, Line   int // from 0
	Stored, Computed string
}

// prove computes what was frozen again and compares every step.
func prove(text string) (Proof, error) {
	basis, stored, err := thaw(text)
	if err != nil {
		return Proof{}, err
	}
	again, computed, err := freeze(basis)
	if err != nil {
		return Proof{}, err
	}
	p := Proof{Same: again == text, Differences: []Difference{}}
	if !p.Same && (len(stored.Scenarios) != len(computed.Scenarios)) {
		return p, nil
	}
	for i, s := range computed.Scenarios {
		for j, line := range s.Lines {
			p.Figures += len(line.Steps)
			if p.Same || j >= len(stored.Scenarios[i].Lines) {
				continue
			}
			if was := stored.Scenarios[i].Lines[j]; !sameJSON(was, line) {
				p.Differences = append(p.Differences, Difference{i, j, was.Offer.String(), line.Offer.String()})
			}
		}
	}
	return p, nil
}

func sameJSON(a, b LineResult) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
