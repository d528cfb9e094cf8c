package sample

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"kontor/internal/area/branding"
	"kontor/internal/core/access"
	"kontor/internal/host/manager"
	"kontor/internal/host/picture/store"
)

// logoFile is where the invented studio's logo is among what is drawn. Its dark letters are lost on dark grounds, which
// is what a preview is for.
const logoFile = "drawn/logo.png"

// pictures is where a workspace keeps them, beside its database.
const pictures = "pictures"

// logo tells of a logo that Elena prepares for the studio: brought yesterday, not in the Manager yet.
func logo(ctx context.Context, s *story) error {
	files := store.New(filepath.Join(filepath.Dir(s.db.Path()), pictures, "branding"))
	service := branding.NewService(s.db, s.journal, files, studio(s.orgs[0].Name), manager.New(s.db, s.journal), s.calendar())
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative,
	})
	defer func(before time.Time) { s.clock = before }(s.clock)
	s.clock = s.today.Add(-9 * time.Hour)
	data, err := drawn.ReadFile(logoFile)
	if err != nil {
		return err
	}
	return service.Bring(ctx, -1, branding.Rectangular, "ponteri-logo.png", data, false)
}

type studio string

func (s studio) CurrentName(context.Context) (string, error) { return string(s), nil }

// move puts the pictures of a finished story where the workspace looks for them.
func move(work, dir string) error {
	to := filepath.Join(dir, pictures)
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.Rename(filepath.Join(work, pictures), to)
}
