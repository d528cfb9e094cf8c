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

// faces are whose portraits there are: indices in people. They are invented, of plain shapes, so that nobody is taken for
// somebody.
var faces = []int{0, 1, 2, 4, 6, 7}

// drawn are the faces and the logo as files: to draw them each time would cost a second of work at the start of a sample.
//
//go:embed drawn/*.png
var drawn embed.FS

// file is where a face is among those that are drawn.
func file(face int) string { return fmt.Sprintf("drawn/%d.png", face) }

// portraits gives half of the people a picture; the others show their initials.
func portraits(ctx context.Context, s *story) error {
	files := store.New(filepath.Join(filepath.Dir(s.db.Path()), pictures, "profile"))
	service := profile.NewService(s.profiles.Directory, s.journal, nil, files)
	for i, face := range faces {
		png, err := drawn.ReadFile(file(i))
		if err != nil {
			return err
		}
		who := s.people[face]
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
