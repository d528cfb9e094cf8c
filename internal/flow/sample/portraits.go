package sample

import (
	"context"
	"embed"
	"fmt"
	"path/filepath"

	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/host/picture/store"
)

// portrait is how an invented person looks: plain shapes, so that nobody is taken for somebody.
type portrait struct {
	person                     int // index in people
	ground, clothes, skin, tip string
	hair                       string // behind and above the face, in the colour tip
	extra                      string // in front of the face
}

// Hair as paths around a face of 96 × 116 at 256, 212.
const (
	longHair  = `M150 232C138 120 210 92 256 92s118 28 106 140c-4 60 4 110 16 150H334V230H178V382H134c12-40 20-90 16-150z`
	shortHair = `M156 214c-14-86 38-124 100-124s114 38 100 124c-10-36-30-52-44-58-40 16-92 14-112 0-18 10-34 26-44 58z`
	curlyHair = `M168 226c-34-6-38-48-14-62-12-34 22-58 46-46 14-30 66-36 84-8 30-20 68 2 64 34 30 8 28 56 0 66 2 10-4 14-12 16-4-30-14-50-28-60-36 12-72 10-100-4-20 12-32 32-40 64z`
	bunHair   = `M256 40a40 40 0 0 1 30 68c44 12 74 50 66 112-12-32-34-52-58-62-34 10-60 6-80-2-22 12-40 32-50 62-8-60 20-98 62-111A40 40 0 0 1 256 40z`
	thinHair  = `M144 222a26 40 0 1 0 52 0a26 40 0 1 0-52 0zM316 222a26 40 0 1 0 52 0a26 40 0 1 0-52 0z`
	beard     = `<path fill="%s" d="M164 230c6 86 40 116 92 116s86-30 92-116c-12 34-30 44-56 44-14-8-58-8-72 0-26 0-44-10-56-44z"/>`
	glasses   = `<g fill="none" stroke="#2b3033" stroke-width="7"><circle cx="216" cy="218" r="27"/><circle cx="296" cy="218" r="27"/><path d="M243 214h26"/></g>`
)

var faces = []portrait{
	{0, "#d8e4e2", "#2f5f63", "#e3b48f", "#5a3825", longHair, ""},
	{1, "#e9e0cf", "#36435e", "#d9a27a", "#2b2320", shortHair, fmt.Sprintf(beard, "#2b2320")},
	{2, "#e6dbe4", "#7a4464", "#f0c9ab", "#b5542f", curlyHair, ""},
	{4, "#dfe5ea", "#4a5560", "#ecc3a2", "#8f949a", thinHair, glasses},
	{6, "#ece3d3", "#6b4a33", "#c98f63", "#3a322d", thinHair, fmt.Sprintf(beard, "#8a8580")},
	{7, "#dde7da", "#41614a", "#edc6a6", "#c79a4b", bunHair, glasses},
}

// drawn are the faces and the logo as files: to draw them each time would cost a second of work at the start of a sample.
//
//go:embed drawn/*.png
var drawn embed.FS

// file is where a face is among those that are drawn.
func file(face int) string { return fmt.Sprintf("drawn/%d.png", face) }

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" fill="%s"/>` +
	`<path fill="%s" d="M52 512c8-110 84-150 204-150s196 40 204 150z"/><path fill="%s" d="M216 300h80v76c0 52-80 52-80 0z"/>` +
	`<path fill="%s" d="%s"/><ellipse cx="256" cy="222" rx="92" ry="112" fill="%s"/><path fill="%[4]s" d="%[7]s"/>%s</svg>`

// svg draws the hair twice where it hangs down: behind the face, and above the forehead.
func (p portrait) svg() string {
	front := p.hair
	switch p.hair {
	case thinHair:
		front = "M0 0"
	case longHair:
		front = `M164 214C160 140 206 104 256 104s96 36 92 110c-20-50-50-66-66-72-22 34-80 52-118 72z`
	}
	return fmt.Sprintf(drawing, p.ground, p.clothes, p.skin, p.tip, p.hair, p.skin, front, p.extra)
}

// portraits gives half of the people a picture; the others show their initials.
func portraits(ctx context.Context, s *story) error {
	files := store.New(filepath.Join(filepath.Dir(s.db.Path()), pictures, "profile"))
	service := profile.NewService(s.profiles.Directory, s.journal, nil, files)
	for i, face := range faces {
		png, err := drawn.ReadFile(file(i))
		if err != nil {
			return err
		}
		who := s.people[face.person]
		own := access.With(ctx, access.Actor{AccountID: who.account.ID, OrganizationID: who.member[0]})
		s.clock = s.today.AddDate(0, 0, -40+i)
		draft, err := service.Bring(own, png)
		if err != nil {
			return err
		}
		if _, err := service.SetAvatar(own, who.account.Version, draft.ID, profile.Cut{}); err != nil {
			return err
		}
	}
	return nil
}
