package app

import (
	"context"

	"kontor/internal/settings"
)

// SettingsService keeps what a person prefers, or the workspace while nobody is signed in.
type SettingsService struct{ app *App }

// SettingsView is every preference with its present value.
type SettingsView struct {
	Language string `json:"language"` // system, it, es, fr, de, en
	Theme    string `json:"theme"`    // system, light, dark, contrast
	Sidebar  string `json:"sidebar"`  // open, collapsed
}

// Get returns the preferences.
func (s *SettingsService) Get() (SettingsView, error) {
	return call(s.app, "settings.Get", settingsView)
}

// Set changes one preference and returns all of them.
func (s *SettingsService) Set(name, value string) (SettingsView, error) {
	return call(s.app, "settings.Set", func(ctx context.Context, h *house) (SettingsView, error) {
		if err := h.settings.Save(ctx, settings.Name(name), value); err != nil {
			return SettingsView{}, err
		}
		return settingsView(ctx, h)
	})
}

func settingsView(ctx context.Context, h *house) (SettingsView, error) {
	all, err := h.settings.All(ctx)
	if err != nil {
		return SettingsView{}, err
	}
	return SettingsView{
		Language: all[settings.Language], Theme: all[settings.Theme], Sidebar: all[settings.Sidebar],
	}, nil
}

// Theme is the workspace's theme before anybody has signed in; "system" if no workspace is open.
func (a *App) Theme(ctx context.Context) string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.house == nil {
		return settings.System
	}
	theme, err := a.house.settings.Get(ctx, settings.Workspace, settings.Theme)
	if err != nil {
		a.log.Error("theme", "error", err)
		return settings.System
	}
	return theme
}
