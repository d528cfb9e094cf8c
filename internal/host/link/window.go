package link

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window opens pages of Infomaniak in the browser. The window never passes an address.
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// Open opens the page of that id; params are its parameters, e.g. {"account": "42"}. Numbers that the person told once
// may be left out; "of" then names the domain of a page that is about one.
func (w *Window) Open(id string, params map[string]string) error {
	return bridge.Do(w.room, "link.Open", func(ctx context.Context, s *Service) error {
		return s.Open(ctx, ID(id), params)
	})
}

// SetNumber keeps the number of the organization in the Manager (or of a domain), read from an address of the Manager.
func (w *Window) SetNumber(domain, address string) error {
	return bridge.Do(w.room, "link.SetNumber", func(ctx context.Context, s *Service) error {
		return s.SetNumber(ctx, domain, address)
	})
}
