package organization

import (
	"context"

	"kontor/internal/core/numbering"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// LetterheadView is the letterhead with what the page shows beside it.
type LetterheadView struct {
	Head    Letterhead     `json:"head"`
	Own     []StandardText `json:"own"`     // the program's own, all of them
	Example string         `json:"example"` // of a number by the pattern
}

// Letterhead is that of the organization that the window shows.
func (w *Window) Letterhead() (LetterheadView, error) {
	return bridge.Call(w.room, "organization.Letterhead", func(ctx context.Context, s *Service) (LetterheadView, error) {
		l, _, err := s.Letterhead(ctx)
		return letterheadView(l), err
	})
}

// SetLetterhead changes it.
func (w *Window) SetLetterhead(in Letterhead) (LetterheadView, error) {
	return bridge.Call(w.room, "organization.SetLetterhead", func(ctx context.Context, s *Service) (LetterheadView, error) {
		l, err := s.SetLetterhead(ctx, in)
		return letterheadView(l), err
	})
}

func letterheadView(l Letterhead) LetterheadView {
	l.Texts = append([]StandardText{}, l.Texts...)
	v := LetterheadView{Head: l, Own: []StandardText{}, Example: numbering.Of(l.Pattern, 2026, 7)}
	for _, language := range words.Languages {
		for _, kind := range TextKinds {
			v.Own = append(v.Own, StandardText{language, kind, ownText(language, kind)})
		}
	}
	return v
}
