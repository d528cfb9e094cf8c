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

// logoFile is where the logo is among what is drawn.
const logoFile = "drawn/logo.png"

// ponteriLogo is the invented studio's logo: two arches of a bridge and its name. Its dark letters are lost on dark
// grounds, which is what a preview is for.
const ponteriLogo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -3 126 30"><g fill="#b4553a">` +
	`<path d="M2 20V13a5.5 5.5 0 0 1 11 0v7h-3v-7a2.5 2.5 0 0 0-5 0v7zM14.5 20V9.5a7 7 0 0 1 14 0V20h-3V9.5a4 4 0 0 0-8 0V20z"/>` +
	`<path d="M0 20h30v2.5H0z"/></g>` +
	`<g transform="translate(39 7)" fill="none" stroke="#24324a" stroke-width="2.4" stroke-linejoin="round">` +
	`<path d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0"/><path transform="translate(11.6)" d="M5.6 0a6 6 0 1 1 0 12a6 6 0 0 1 0-12Z"/>` +
	`<path transform="translate(27.6)" d="M0 12V0l8.4 12V0"/><path transform="translate(39.8)" d="M0 0h9M4.5 0v12"/>` +
	`<path transform="translate(53)" d="M6.6 0H0v12h6.6M0 6h5.6"/>` +
	`<path transform="translate(64)" d="M0 12V0h4.2a3.4 3.4 0 0 1 0 6.8H0M4 6.8 8 12"/><path transform="translate(76.5)" d="M0 0v12"/>` +
	`</g></svg>`

// pictures is where a workspace keeps them, beside its database.
const pictures = "pictures"

// logo tells of a logo that Elena prepares for the studio: brought yesterday, not in the Manager yet.
func logo(ctx context.Context, s *story) error {
	files := store.New(filepath.Join(filepath.Dir(s.db.Path()), pictures, "branding"))
	service := branding.NewService(s.db, s.journal, files, studio(s.houses[0].Name), manager.New(s.db, s.journal), s.calendar())
	ctx = access.With(ctx, access.Actor{
		AccountID: s.people[0].account.ID, OrganizationID: s.houses[0].ID, Role: access.LegalRepresentative,
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
