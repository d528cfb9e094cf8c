package profile

import (
	"context"

	"kontor/internal/host/bridge"
	"kontor/internal/host/picture"
)

// AvatarWindow is what the page may call to change the picture of the person who is signed in.
type AvatarWindow struct{ room bridge.Room[*Service] }

// NewAvatarWindow wires an AvatarWindow.
func NewAvatarWindow(room bridge.Room[*Service]) *AvatarWindow { return &AvatarWindow{room} }

// AvatarDraftView is a picture that was brought along and is not kept yet.
type AvatarDraftView struct {
	ID        string         `json:"id"`
	Width     int            `json:"width"` // upright, in pixels
	Height    int            `json:"height"`
	Turned    int            `json:"turned"` // degrees clockwise by which it was turned upright
	Mirrored  bool           `json:"mirrored"`
	Animated  bool           `json:"animated"`
	Removed   []MetadataView `json:"removed"`   // what the file told besides pixels
	Profile   string         `json:"profile"`   // another colour profile than sRGB; "" if it has none
	Converted bool           `json:"converted"` // its colours were taken from that profile to sRGB
	Advised   int            `json:"advised"`   // pixels a side that a picture should have
	Largest   int            `json:"largest"`   // pixels a side that are kept at most
}

// MetadataView is something that a file carries besides its pixels.
type MetadataView struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// AvatarInput says which part of a draft becomes the picture: a square in pixels of the draft, turned first.
type AvatarInput struct {
	Version int64   `json:"version"`
	Draft   string  `json:"draft"`
	Degrees int     `json:"degrees"`
	X       float64 `json:"x"`
	Y       float64 `json:"y"`
	Side    float64 `json:"side"`
}

// Bring prepares a picture file, in base64.
func (w *AvatarWindow) Bring(data string) (AvatarDraftView, error) {
	return bridge.Call(w.room, "avatar.Bring", func(ctx context.Context, s *Service) (AvatarDraftView, error) {
		v := AvatarDraftView{Removed: []MetadataView{}, Advised: picture.AvatarAdvised, Largest: AvatarSide}
		file, err := picture.FromText(data)
		if err != nil {
			return v, err
		}
		d, err := s.Bring(ctx, file)
		if err != nil {
			return v, err
		}
		v.ID, v.Width, v.Height, v.Animated = d.ID, d.Width, d.Height, d.Animated
		v.Converted = d.Profile.Converted
		if d.Profile.Kind == picture.ProfileOther {
			v.Profile = d.Profile.Name
		}
		v.Turned, v.Mirrored = d.Turn.Degrees, d.Turn.Mirrored
		for _, one := range d.Removed {
			v.Removed = append(v.Removed, MetadataView{Kind: string(one.Kind), Value: one.Value})
		}
		return v, nil
	})
}

// Discard forgets what was prepared.
func (w *AvatarWindow) Discard() error {
	return bridge.Do(w.room, "avatar.Discard", func(ctx context.Context, s *Service) error { return s.Discard(ctx) })
}

// Set makes a part of what was prepared the person's picture.
func (w *AvatarWindow) Set(in AvatarInput) (AccountView, error) {
	return bridge.Call(w.room, "avatar.Set", func(ctx context.Context, s *Service) (AccountView, error) {
		return viewOf(s.SetAvatar(ctx, in.Version, in.Draft, Cut{
			Degrees: in.Degrees, Square: picture.Rect{X: in.X, Y: in.Y, W: in.Side, H: in.Side},
		}))
	})
}

// Remove shows the initials again.
func (w *AvatarWindow) Remove(version int64) (AccountView, error) {
	return bridge.Call(w.room, "avatar.Remove", func(ctx context.Context, s *Service) (AccountView, error) {
		return viewOf(s.RemoveAvatar(ctx, version))
	})
}

// Undo shows what was shown before.
func (w *AvatarWindow) Undo(version int64) (AccountView, error) {
	return bridge.Call(w.room, "avatar.Undo", func(ctx context.Context, s *Service) (AccountView, error) {
		return viewOf(s.UndoAvatar(ctx, version))
	})
}
