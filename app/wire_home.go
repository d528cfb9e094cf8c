package app

import (
	"context"
	"path/filepath"

	"kontor/internal/core/day"
	"kontor/internal/core/waiting"
	"kontor/internal/flow/home"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// homeOf asks every area what waits, and what it knows.
func homeOf(h *workspace, clock day.Clock) *home.Service {
	return home.NewService(home.Options{
		DB: h.db, Settings: h.settings, Clock: clock, Sample: h.sample, Tasks: h.openTasks,
		Next: h.payments.Next,
		Sources: []waiting.Source{
			h.payments.Waiting, h.prepaid.Waiting, h.quotes.Waiting, h.partner.Waiting, h.transfers.Waiting, h.sessions.Waiting,
			h.organizations.Waiting, h.clients.Waiting, h.mail.Waiting, h.notices.Waiting, h.expiry.Waiting, h.backup.Waiting,
			h.replica.Waiting, h.sales.Waiting,
		},
		Known: []waiting.Knowledge{
			h.organizations.Known, h.branding.Known, h.payments.Known, h.prepaid.Known, h.clients.Known, h.quotes.Known,
			h.partner.Known, h.transfers.Known, h.expiry.Known, h.copiesOnDisk,
		},
	})
}

// openTasks is how much is to do in the Manager.
func (h *workspace) openTasks(ctx context.Context) (int, error) {
	list, err := h.tasks.List(ctx)
	open := 0
	for _, t := range list {
		if t.Outcome == manager.Open {
			open++
		}
	}
	return open, err
}

// copiesOnDisk are the copies that Kontor made of this workspace before updates.
func (h *workspace) copiesOnDisk(context.Context) ([]waiting.Fact, error) {
	found, err := sqlite.Copies(filepath.Join(h.path, copiesFolder))
	return waiting.Known("copies", len(found), err)
}
