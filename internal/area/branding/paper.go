package branding

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/sqlite"
)

// OnPaper is the logo for the organization's papers: the rectangular one, else the square one, of the look that was set,
// else of the draft; nothing where there is none. Requires access.ViewOrganization.
func (s *Service) OnPaper(ctx context.Context) (File, error) {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return File{}, err
	}
	st := State{OrganizationID: actor.OrganizationID}
	var pictures []Picture
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		pictures, err = st.read(ctx, q)
		return err
	})
	if err != nil {
		return File{}, err
	}
	for _, look := range []Look{st.Set, st.Draft} {
		for _, slot := range []Slot{Rectangular, Square} {
			id := look.Shown(slot)
			if id == "" {
				continue
			}
			study, err := s.studies.of(ctx, slot, sumOf(pictures, id))
			if err != nil {
				return File{}, err
			}
			return readyFile(study.master, slot, 2, st.Limits)
		}
	}
	return File{}, nil
}
