package app

import (
	"context"

	"kontor/internal/core/words"
	"kontor/internal/host/settings"
)

// Theme is what the window is painted in before anybody has signed in.
func (a *App) Theme(ctx context.Context) string {
	return a.preference(ctx, (*settings.Store).FirstTheme)
}

// Language is the language of the window before anybody has signed in.
func (a *App) Language(ctx context.Context) string { return a.locale(ctx).Language }

// locale is how the workspace reads before anybody has signed in.
func (a *App) locale(ctx context.Context) words.Locale {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var store *settings.Store
	if a.workspace != nil {
		store = a.workspace.settings
	}
	locale, err := store.Locale(ctx, settings.Workspace)
	if err != nil {
		a.log.Error("preference", "error", err)
	}
	return locale
}

func (a *App) preference(ctx context.Context, first func(*settings.Store, context.Context) (string, error)) string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var store *settings.Store
	if a.workspace != nil {
		store = a.workspace.settings
	}
	value, err := first(store, ctx)
	if err != nil {
		a.log.Error("preference", "error", err)
	}
	return value
}
