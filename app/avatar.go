package app

import (
	"context"

	"kontor/internal/area/profile"
	"kontor/internal/host/picture"
)

// AvatarService changes the picture of the person who is signed in.
type AvatarService struct{ app *App }

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
func (s *AvatarService) Bring(data string) (AvatarDraftView, error) {
	return call(s.app, "avatar.Bring", func(ctx context.Context, h *workspace) (AvatarDraftView, error) {
		v := AvatarDraftView{Removed: []MetadataView{}, Advised: picture.AvatarAdvised, Largest: profile.AvatarSide}
		file, err := fileOf(data)
		if err != nil {
			return v, err
		}
		d, err := h.profiles.Bring(ctx, file)
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
func (s *AvatarService) Discard() error {
	return do(s.app, "avatar.Discard", func(ctx context.Context, h *workspace) error { return h.profiles.Discard(ctx) })
}

// Set makes a part of what was prepared the person's picture.
func (s *AvatarService) Set(in AvatarInput) (ProfileView, error) {
	return call(s.app, "avatar.Set", func(ctx context.Context, h *workspace) (ProfileView, error) {
		a, err := h.profiles.SetAvatar(ctx, in.Version, in.Draft, profile.Cut{
			Degrees: in.Degrees, Square: picture.Rect{X: in.X, Y: in.Y, W: in.Side, H: in.Side},
		})
		return profileView(a), err
	})
}

// Remove shows the initials again.
func (s *AvatarService) Remove(version int64) (ProfileView, error) {
	return call(s.app, "avatar.Remove", func(ctx context.Context, h *workspace) (ProfileView, error) {
		a, err := h.profiles.RemoveAvatar(ctx, version)
		return profileView(a), err
	})
}

// Undo shows what was shown before.
func (s *AvatarService) Undo(version int64) (ProfileView, error) {
	return call(s.app, "avatar.Undo", func(ctx context.Context, h *workspace) (ProfileView, error) {
		a, err := h.profiles.UndoAvatar(ctx, version)
		return profileView(a), err
	})
}
