package app

import "kontor/internal/area/mirror"

func (a *App) mirrorOf(h *workspace) *mirror.Service {
	return mirror.NewService(mirror.Options{
		DB: h.db, Journal: h.journal, Sample: h.sample, Changed: func() { go a.shell.Emit(mirror.Changed) },
	})
}
