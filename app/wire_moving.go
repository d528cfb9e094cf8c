package app

import (
	"path/filepath"

	"kontor/internal/core/day"
	"kontor/internal/flow/moving"
	"kontor/internal/host/machine"
)

// movingOf takes organizations along.
func (a *App) movingOf(h *workspace, clock day.Clock) *moving.Service {
	return moving.New(moving.Options{
		DB: h.db, Clock: clock, Organizations: h.organizations, Journal: h.journal, Quotes: h.quotes, Vault: h.vault, Sessions: h.sessions,
		Dir: h.path, Pictures: filepath.Join(h.path, picturesFolder), Program: a.options.Version, Computer: machine.Name(),
	})
}
