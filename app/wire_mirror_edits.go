package app

import (
	"context"

	"kontor/internal/area/mirror"
	"kontor/internal/host/infomaniak"
)

func (a *App) editsOf(h *workspace, limit *infomaniak.Limit) *mirror.Edits {
	return mirror.NewEdits(mirror.EditOptions{
		DB: h.db, Journal: h.journal, Reauth: h.sessions, Log: a.log,
		Connections: h.mirror.ForEdits(func(token func(ctx context.Context) (string, error), log func(ctx context.Context, l mirror.RequestLog) error) mirror.Remote {
			return mirrorEditor{a.infomaniak(limit, token, log)}
		}),
		Changed: func() { a.shell.EmitBeside(mirror.EditsChanged) },
	})
}
