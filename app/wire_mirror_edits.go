package app

import "kontor/internal/area/mirror"

func (a *App) editsOf(h *workspace) *mirror.Edits {
	return mirror.NewEdits(mirror.EditOptions{
		DB: h.db, Journal: h.journal, Reauth: h.sessions, Log: a.log, Connections: mirror.Unconnected{Sample: h.sample},
		Changed: func() { go a.shell.Emit(mirror.EditsChanged) },
	})
}
