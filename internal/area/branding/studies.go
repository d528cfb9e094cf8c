package branding

import (
	"context"
	"image"
	"sync"

	"kontor/internal/host/picture"
)

// studies remembers what was found out about the pictures that were looked at last. A file never changes, so what was
// found out about it does not either.
type studies struct {
	files Files
	mu    sync.Mutex
	order []studyKey // least recently used first
	known map[studyKey]study
	drawn map[drawnKey][]byte
	seen  map[seenKey][]Measure
}

type studyKey struct {
	slot Slot
	sum  string
}

type drawnKey struct {
	studyKey
	height int
}

type seenKey struct {
	studyKey
	grounds Grounds
}

// remembered bounds the memory: a study holds at most masterPixels.
const remembered = 6

// drawings is how many sizes of them are remembered, encoded; a page needs about a dozen.
const drawings = 64

func newStudies(files Files) *studies {
	return &studies{files: files, known: map[studyKey]study{}, drawn: map[drawnKey][]byte{}, seen: map[seenKey][]Measure{}}
}

func (s *studies) of(ctx context.Context, slot Slot, sum string) (study, error) {
	key := studyKey{slot, sum}
	s.mu.Lock()
	defer s.mu.Unlock() // one at a time: decoding two large pictures at once would only cost memory
	if found, ok := s.known[key]; ok {
		s.used(key)
		return found, nil
	}
	data, err := s.files.Get(sum)
	if err != nil {
		return study{}, err
	}
	found, err := examine(ctx, data)
	if err != nil {
		return study{}, err
	}
	s.known[key] = found
	s.used(key)
	return found, nil
}

// facts are what was found out about a picture, with how well it is seen on these grounds.
func (s *studies) facts(ctx context.Context, slot Slot, sum string, g Grounds) (Facts, error) {
	found, err := s.of(ctx, slot, sum)
	if err != nil {
		return Facts{}, err
	}
	key := seenKey{studyKey{slot, sum}, g}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen[key] == nil {
		if len(s.seen) >= drawings {
			clear(s.seen)
		}
		s.seen[key] = found.measure(slot, g)
	}
	found.facts.Contrast = s.seen[key]
	return found.facts, nil
}

func (s *studies) used(key studyKey) {
	for i, k := range s.order {
		if k == key {
			s.order = append(s.order[:i], s.order[i+1:]...)
			break
		}
	}
	s.order = append(s.order, key)
	if len(s.order) > remembered {
		oldest := s.order[0]
		s.order = s.order[1:]
		delete(s.known, oldest)
		for k := range s.drawn {
			if k.studyKey == oldest {
				delete(s.drawn, k)
			}
		}
	}
}

// png is the picture at a height, ready for a window or a page.
func (s *studies) png(ctx context.Context, slot Slot, sum string, height int) ([]byte, error) {
	found, err := s.of(ctx, slot, sum)
	if err != nil {
		return nil, err
	}
	key := drawnKey{studyKey{slot, sum}, height}
	s.mu.Lock()
	data := s.drawn[key]
	s.mu.Unlock()
	if data != nil {
		return data, nil
	}
	if data, err = picture.EncodeFastPNG(fitted(found.master, height)); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.drawn) >= drawings {
		clear(s.drawn)
	}
	if _, still := s.known[key.studyKey]; still {
		s.drawn[key] = data
	}
	return data, nil
}

// fitted scales a picture to a height, within the width that pictures may have.
func fitted(m *image.NRGBA, height int) *image.NRGBA {
	widest := picture.MaxSide * m.Rect.Dy() / max(m.Rect.Dx(), 1)
	return picture.Fit(m, max(1, min(height, widest)))
}
