package branding

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/waiting"
)

// Known tells Home how many logos are prepared, of the two that there can be.
func (s *Service) Known(ctx context.Context) ([]waiting.Fact, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return waiting.Known("logos", 0, err)
	}
	draft, err := readDraft(ctx, s.db.Reader(), actor.OrganizationID)
	logos := 0
	for _, id := range []string{draft.look.SquareID, draft.look.RectangularID} {
		if id != "" {
			logos++
		}
	}
	return waiting.Known("logos", logos, err)
}
