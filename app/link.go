package app

import (
	"context"

	"kontor/internal/host/link"
)

// LinkService opens pages of Infomaniak in the browser. The window never passes an address.
type LinkService struct{ app *App }

// Open opens the page of that id; params are its parameters, e.g. {"account": "42"}.
func (s *LinkService) Open(id string, params map[string]string) error {
	return do(s.app, "link.Open", func(ctx context.Context, h *workspace) error {
		return h.links.Open(ctx, link.ID(id), params)
	})
}
